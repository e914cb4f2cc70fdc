"""What a bar is as long as: the number of facts, or the sum of one unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from baodao.charts.rows import Row
from baodao.errors import BaodaoError

__all__ = ["Value", "measured", "readable"]

_SHOWN = 12  # units named in a message
_MAGNITUDES = ((1e8, "亿"), (1e4, "万"))


class Value(NamedTuple):
    """A fact and what it adds."""

    row: Row
    amount: float
    hedged: bool  # about, over, under, range: the printed number is not exactly the value


def measured(rows: Sequence[Row], unit: object) -> list[Value]:
    """What each fact adds: 1, or its value where only the facts of a unit are taken.

    >>> measured([{"unit": "户", "value": 3.0, "bound": "over", "kind": "count"}], "户")[0][1:]
    (3.0, True)

    Args:
        rows: facts.
        unit: None counts; else the one unit to add. Vague numbers (数十) have no value and add nothing.

    Raises:
        BaodaoError: BD210, more than one unit, a unit that no fact has, or rates, which cannot be added.
    """
    if unit is None:
        return [Value(row, 1, row["bound"] != "exact") for row in rows]
    found = Counter(row["unit"] for row in rows)
    known = "、".join(f"{name or '–'} ({count})" for name, count in found.most_common(_SHOWN))
    if not isinstance(unit, str) or unit not in found:
        named = unit if isinstance(unit, str) else "、".join(map(str, unit)) if isinstance(unit, Sequence) else unit
        raise BaodaoError("BD210", unit=named, known=known)
    chosen = [row for row in rows if row["unit"] == unit]
    if any(row["kind"] == "rate" for row in chosen):
        raise BaodaoError("BD210", unit=unit, known=known)
    return [Value(row, row["value"], row["bound"] != "exact") for row in chosen if row["value"] is not None]


def readable(number: float, *, chinese: bool) -> str:
    """A number short enough for a label.

    >>> readable(12345, chinese=True), readable(12345, chinese=False), readable(3.5, chinese=True)
    ('1.2万', '12,345', '3.5')
    """
    for size, name in _MAGNITUDES if chinese else ():
        if abs(number) >= size:
            return _short(number / size, "") + name
    return _short(number, ",")


def _short(number: float, grouping: str) -> str:
    """One digit after the point, none from a hundred on."""
    return f"{number:{grouping}.{0 if abs(number) >= 100 else 1}f}".removesuffix(".0")
