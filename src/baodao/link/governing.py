"""Which named program governs a quantity: an option for each program that the article names, and none.

A name speaks for itself by how near it was said last, whether headlines and first sentences say it, how often,
whether the sentence takes it up again (该项目, 活动), and whether the number before had it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from baodao.link.choice import Chooser
from baodao.link.features import unit_class
from baodao.link.scope import Scope
from baodao.link.tokens import Sentence
from baodao.records.light import Hit, Link, NameHit

__all__ = ["choose_program"]

_MOST = 6  # names looked at
# A name of a user's own list was never seen in training. It is weighed as that of a fair, which is named to say what
# the numbers belong to, and speaks for itself where it stands beside the number (in thousandths of weight).
_LISTED = "program.own"
_LISTED_HERE = {"clause": 4000, "sentence": 1000}
_OPENING = 120  # characters that open an article


class _Near(NamedTuple):
    """A program as seen from a quantity: its nearest mention."""

    hit: NameHit
    where: str  # clause behind sentence paragraph article later headline


def choose_program(scope: Scope, sentence: Sentence, k: int, choose: Chooser) -> tuple[Link, float]:
    """The named program under which the number was reached."""
    quantity, tables, last = sentence.quantity(k), choose.tables("program"), scope.last.get("program")
    heads = frozenset([hit.name for hit in scope.heads["program"] if isinstance(hit, NameHit)])
    said = scope.passage.text[sentence.span[0] : sentence.span[1]]
    unit, near = unit_class(quantity), _nearest(scope, sentence, quantity.start)
    since = scope.since("program", sentence.span, quantity.start)
    options = []
    for rank, (hit, where) in enumerate(near):
        kept = "" if last is None else "same" if last == hit.name else "none" if not last else "other"
        head, quoted, opening = hit.name in heads, hit.name[:1] == "“", hit.start < _OPENING
        speaks = (
            tables[_place][where, rank, kept, scope.names[hit.name], head, quoted, opening]
            + tables[_since][kept, since, where]
            + tables[_rule]["program.event" if hit.rule == _LISTED else hit.rule, where, quantity.kind]
            + tables[_tail][hit.name[-2:]]
            + tables[_around][where, len(near), unit, hit.name[-2:] in said or "该" in said]
        )
        if hit.rule == _LISTED:
            speaks += _LISTED_HERE.get(where, 0)
        options.append((speaks, (hit, hit.name, where)))
    top = max([scope.names[hit.name] for hit, _ in near], default=0)
    kept = "" if last is None else str(bool(last))
    none = (
        tables[_none][near[0].where if near else "", kept, bool(heads), top, unit, len(near)]
        + tables[_none_since][kept, since]
    )
    return scope.pick("program", quantity, options, none, choose)


def _nearest(scope: Scope, sentence: Sentence, at: int) -> list[_Near]:
    """Each program of the article once, where it was named last before `at`, else next behind it."""
    hits = scope.hits["program"]
    if not hits and not scope.heads["program"]:
        return []
    middle = bisect_left(scope.starts["program"], at)
    found: dict[str, _Near] = {}
    clause, paragraph = scope.clause(sentence.span, at), scope.paragraph(at)
    order: Sequence[Hit] = [*reversed(hits[:middle]), *hits[middle:]]
    for hit in order:
        if not isinstance(hit, NameHit) or hit.name in found or _is_byline(scope.passage.text, hit):
            continue
        found[hit.name] = _Near(hit, _where(hit, at, clause, sentence.span, paragraph))
    for hit in scope.heads["program"]:
        if isinstance(hit, NameHit):
            found.setdefault(hit.name, _Near(hit, "headline"))
    return list(found.values())[:_MOST]


def _where(hit: Hit, at: int, clause: tuple[int, int], sentence: tuple[int, int], paragraph: tuple[int, int]) -> str:
    if hit.start >= at:
        return "behind" if hit.start < clause[1] else "next" if hit.end <= sentence[1] else "later"
    if hit.start >= clause[0]:
        return "clause"
    if hit.start >= sentence[0]:
        return "sentence"
    return "paragraph" if hit.start >= paragraph[0] else "article"


def _is_byline(text: str, hit: Hit) -> bool:
    """Whether the name only says where the report was sent: 央视网消息(新闻联播)."""
    return text[hit.start - 1 : hit.start] == "(" and text[hit.end : hit.end + 1] == ")"


def _place(where: str, rank: int, kept: str, count: int, head: bool, quoted: bool, opening: bool) -> Sequence[str]:
    rank, count = min(rank, 3), min(count, 4)
    return (
        f"where={where}", f"where,rank={where},{rank}", f"quoted={quoted},{where}", f"head={head},{where}",
        f"count={count},{where}", f"count,head={count},{head}", f"kept={kept}", f"kept,where={kept},{where}",
        f"first={opening},{where}", f"first,head={opening},{head}", f"first,count={opening},{count}",
        f"quoted,count,head={quoted},{count},{head}",
    )  # fmt: skip


def _since(kept: str, since: str, where: str) -> Sequence[str]:
    return (f"since={kept},{since}", f"since,where={kept},{since},{where}")


def _rule(rule: str, where: str, kind: str) -> Sequence[str]:
    return (f"rule={rule}", f"rule,where={rule},{where}", f"kind={kind},{rule}")


def _tail(tail: str) -> Sequence[str]:
    return (f"tail={tail}",)


def _around(where: str, kinds: int, unit: str, again: bool) -> Sequence[str]:
    return (f"kinds={min(kinds, 4)},{where}", f"unit={unit},{where}", f"again={again},{where}")


def _none_since(kept: str, since: str) -> Sequence[str]:
    return (f"none since={kept},{since}",)


def _none(nearest: str, kept: str, heads: bool, top: int, unit: str, kinds: int) -> Sequence[str]:
    return (
        "none", f"none nearest={nearest}", f"none kept={kept}", f"none kept,nearest={kept},{nearest}",
        f"none heads={heads}", f"none top={min(top, 4)}", f"none unit={unit}", f"none kinds={min(kinds, 4)},{heads}",
    )  # fmt: skip
