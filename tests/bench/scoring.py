"""How right facts are: predicted rows against true ones, by the rules of the team's contract of facts.

A predicted fact matches a true one when, on the same page, their spans overlap by half and their values are the same
number; pairs are one to one, the best overlap first. An optional fact neither helps nor hurts. Other right answers
stand in `what_also` and the like. **strict** wants kind, unit, what, region and program right at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

__all__ = ["SLOTS", "STRICT", "Pair", "match", "plain", "slot_right"]

SLOTS = ("kind", "unit", "bound", "what", "predicate", "region", "program", "actor", "time")
STRICT = ("kind", "unit", "what", "region", "program")
_NOISE = re.compile(r"[\s“”\"'‘’「」『』《》〈〉()()、,，。·]")
_CLOSE = 0.8  # character F1 of two wordings of the same thing
_IN_ORDER = 0.75  # share of the longer wording that both have in the same order
Row = dict[str, Any]


class Pair(NamedTuple):
    """A true and a predicted fact; one side is None where it stands alone."""

    true: Row | None
    given: Row | None

    @property
    def kind(self) -> str:
        """The true kind, else as predicted."""
        return str((self.true or self.given or {})["kind"])

    def right(self, slots: Iterable[str] = STRICT) -> bool:
        """Whether all slots are right."""
        return bool(self.true and self.given) and all(slot_right(s, self.true, self.given) for s in slots)


def match(truth: Sequence[Row], given: Sequence[Row]) -> list[Pair]:
    """Pairs of the required facts: found, missed and made up, in that order.

    >>> a = {"doc": "a", "start": 0, "end": 4, "value": 3}
    >>> match([a], [a | {"end": 3}, a | {"start": 9, "end": 12}])[1].true is None
    True
    """
    candidates = sorted(
        (-_overlap(t, g), i, j)
        for i, t in enumerate(truth)
        for j, g in enumerate(given)
        if t["doc"] == g["doc"] and _overlap(t, g) >= 0.5 and _same_number(t["value"], g["value"])
    )
    partner: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in candidates:
        if i not in partner and j not in used:
            partner[i] = j
            used.add(j)
    found = [Pair(truth[i], given[j]) for i, j in sorted(partner.items()) if not truth[i].get("optional")]
    missed = [Pair(t, None) for i, t in enumerate(truth) if i not in partner and not t.get("optional")]
    spare = [t for i, t in enumerate(truth) if i not in partner and t.get("optional")]
    extra = []
    for j, g in enumerate(given):
        if j in used:
            continue
        excuse = next((t for t in spare if t["doc"] == g["doc"] and _overlap(t, g) >= 0.5), None)
        if excuse is None:
            extra.append(Pair(None, g))
        else:
            spare.remove(excuse)
    return found + missed + extra


def slot_right(slot: str, true: Row, given: Row) -> bool:
    """Whether the answer given for a slot is one of the right ones."""
    answers = (true.get(slot) or "", *true.get(f"{slot}_also", ()))
    return any(_same(slot, str(answer), str(given.get(slot) or "")) for answer in answers)


def plain(text: str) -> str:
    """A wording without quotation marks, white space and punctuation."""
    return _NOISE.sub("", text)


def _same(slot: str, true: str, given: str) -> bool:
    if slot == "region":  # where a township is true, its county will do
        return _code(true) == _code(given) or (len(true) > 6 and _code(true[:6]) == _code(given[:6]))
    if slot not in ("what", "predicate", "program", "actor"):
        return true == given
    true, given = plain(true), plain(given)
    if true == given:
        return True
    short, long = sorted((true, given), key=len)
    contained = bool(short) and short in long and len(long) <= 2 * len(short) + 2
    if slot == "predicate":
        return contained and len(short) > 1
    return (contained and slot != "what") or _alike(true, given)


def _alike(a: str, b: str) -> bool:
    """Whether two wordings share most characters, most of them in the same order."""
    common = sum((Counter(a) & Counter(b)).values())
    return bool(a and b) and 2 * common / (len(a) + len(b)) >= _CLOSE and _ordered(a, b) >= _IN_ORDER


def _ordered(a: str, b: str) -> float:
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], diagonal + 1 if x == y else max(row[j], row[j - 1])
    return row[-1] / max(len(a), len(b))


def _code(adcode: str) -> str:
    return adcode.rstrip("0")


def _same_number(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= abs(b) * 0.0005


def _overlap(a: Row, b: Row) -> float:
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(common, 0) / (max(a["end"], b["end"]) - min(a["start"], b["start"]))
