"""Shares with their uncertainty, and the agreement of two judges."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Figure", "kappa", "weighted", "wilson"]

_Z = 1.959964  # 95 % of a normal distribution lie within


class Figure(NamedTuple):
    """A share with the ends of its 95 % interval and the number of cases it rests on."""

    share: float
    low: float
    high: float
    size: int

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.low:.3f}-{self.high:.3f})" if self.size else "-"


def wilson(right: int, size: int) -> Figure:
    """Wilson's score interval of a share (Wilson 1927), which holds for few cases and for shares near 0 and 1.

    >>> str(wilson(8, 10)), str(wilson(0, 0))
    ('0.800 (0.490-0.943)', '-')
    """
    return _figure(right / size if size else 0.0, size, size)


def weighted(marks: Iterable[tuple[bool, float]]) -> Figure:
    """The share in the whole table, of a sample whose rows stand for different numbers of rows.

    The interval is Wilson's for the effective number of cases, (Σw)² / Σw² (Kish 1965).

    >>> str(weighted([(True, 1.0)] * 8 + [(False, 1.0)] * 2))
    '0.800 (0.490-0.943)'
    >>> round(weighted([(True, 9.0), (False, 1.0)]).share, 2)
    0.9

    Args:
        marks: for each case, whether it is right and how many rows of the table it stands for.
    """
    cases = list(marks)
    total = sum(weight for _, weight in cases)
    if not total:
        return Figure(0.0, 0.0, 0.0, 0)
    share = sum(weight for right, weight in cases if right) / total
    return _figure(share, total**2 / sum(weight**2 for _, weight in cases), len(cases))


def _figure(share: float, effective: float, size: int) -> Figure:
    if not size:
        return Figure(0.0, 0.0, 0.0, 0)
    middle = share + _Z * _Z / (2 * effective)
    spread = _Z * math.sqrt(max(share * (1 - share), 0.0) / effective + (_Z / (2 * effective)) ** 2)
    scale = 1 + _Z * _Z / effective
    return Figure(share, max((middle - spread) / scale, 0.0), min((middle + spread) / scale, 1.0), size)


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa of two judges: agreement beyond what their habits alone would give.

    >>> kappa([(True, True), (True, True), (False, False), (True, False)])
    0.5

    Returns:
        1 for full agreement, 0 for that of chance; None where both gave one and the same mark throughout, or
        nothing was judged: chance would agree as well.
    """
    marks = list(pairs)
    if not marks:
        return None
    same = sum(a == b for a, b in marks) / len(marks)
    first, second = (sum(pair[side] for pair in marks) / len(marks) for side in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (same - chance) / (1 - chance)
