"""Which named program governs a quantity: an option for each program that the article names, and none.

A name speaks for itself by how near it was said last, whether headlines and first sentences say it, how often,
whether the sentence takes it up again (该项目, 活动), and whether the number before had it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import unit_class
from baodao.link.scope import Scope, name_of
from baodao.link.tokens import Sentence
from baodao.records.light import Hit, Link, NameHit
from baodao.text.sentences import cut_clauses

__all__ = ["choose_program"]

_MOST = 6  # names looked at
_OPENING = 120  # characters that open an article


class _Near(NamedTuple):
    """A program as seen from a quantity: its nearest mention."""

    hit: NameHit
    where: str  # clause behind sentence paragraph article later headline


def choose_program(scope: Scope, sentence: Sentence, k: int, choose: Chooser) -> tuple[Link, float]:
    """The named program under which the number was reached."""
    quantity = sentence.quantity(k)
    options = []
    kept = scope.last.get("program")
    heads = frozenset(name_of(h) for h in scope.heads["program"])
    said = scope.passage.text[sentence.span[0] : sentence.span[1]]
    nearest = _nearest(scope, sentence, quantity.start)
    for rank, (hit, where) in enumerate(nearest):
        features = _features(
            where, min(rank, 3), hit.rule, hit.name[:1] == "“", hit.name in heads, min(scope.names[hit.name], 4),
            "" if kept is None else "same" if kept == hit.name else "none" if not kept else "other",
            hit.start < _OPENING, min(len(nearest), 4), hit.name[-2:], hit.name[-2:] in said or "该" in said,
            quantity.kind, unit_class(quantity),
        )  # fmt: skip
        options.append(Option(features, (hit, hit.name, where), says(hit.name)))
    top = max((scope.names[hit.name] for hit, _ in nearest), default=0)
    none = _none_features(
        nearest[0].where if nearest else "", "" if kept is None else str(bool(kept)), bool(heads), min(top, 4),
        unit_class(quantity), min(len(nearest), 4),
    )  # fmt: skip
    options.append(Option(none, (None, "", ""), says("")))
    return scope.pick("program", quantity, options, choose)


def _nearest(scope: Scope, sentence: Sentence, at: int) -> list[_Near]:
    """Each program of the article once, where it was named last before `at`, else next behind it."""
    hits = scope.hits["program"]
    middle = bisect_left([hit.start for hit in hits], at)
    found: dict[str, _Near] = {}
    clause = next((c for c in cut_clauses(scope.passage.text, *sentence.span) if c[0] <= at < c[1]), sentence.span)
    paragraph = scope.paragraph(at)
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


@cache
def _features(
    where: str, rank: int, rule: str, quoted: bool, head: bool, count: int, kept: str, first: bool, kinds: int,
    tail: str, again: bool, kind: str, unit: str,
) -> tuple[str, ...]:  # fmt: skip
    return (
        f"where={where}", f"where,rank={where},{rank}", f"rule={rule}", f"rule,where={rule},{where}",
        f"quoted={quoted},{where}", f"head={head},{where}", f"count={count},{where}", f"count,head={count},{head}",
        f"kept={kept}", f"kept,where={kept},{where}", f"tail={tail}", f"first={first},{where}",
        f"first,head={first},{head}", f"first,count={first},{count}", f"kinds={kinds},{where}", f"unit={unit},{where}",
        f"again={again},{where}", f"quoted,count,head={quoted},{count},{head}", f"kind={kind},{rule}",
    )  # fmt: skip


@cache
def _none_features(nearest: str, kept: str, heads: bool, top: int, unit: str, kinds: int) -> tuple[str, ...]:
    return (
        "none", f"none nearest={nearest}", f"none kept={kept}", f"none kept,nearest={kept},{nearest}",
        f"none heads={heads}", f"none top={top}", f"none unit={unit}", f"none kinds={kinds},{heads}",
    )  # fmt: skip
