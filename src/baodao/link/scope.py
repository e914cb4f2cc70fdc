"""What is in force at a place of an article, and which region governs a quantity.

In: the linked hits of an article and where the quantity stands. Out: one `Link`, with `via` telling how far one
had to look: stated, clause, sentence, paragraph, article, headline. The hits around are the options, with what
speaks for them; a chooser picks one, or none. `governing`, `actors` and `moments` choose their roles from it too.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, cached_property
from typing import NamedTuple

from baodao.link.choice import Chooser, Evidence, Option
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence
from baodao.link.words import words
from baodao.records.light import Hit, Link, NameHit, QuantityHit, RegionHit
from baodao.text.gazetteer import COUNTRY
from baodao.text.passage import Passage
from baodao.text.sentences import cut_clauses

__all__ = ["Scope", "Seen"]

Span = tuple[int, int]

_HEADS = ("kicker", "title", "subtitle", "caption_title")
_ROLES = {
    "region": ("region",), "time": ("time",), "program": ("program",), "actor": ("organization", "person"),
}  # fmt: skip
_EACH = 6  # hits looked at before the quantity, and as many of the headline
_BEHIND = 2


class Seen(NamedTuple):
    """A hit as seen from a quantity."""

    hit: Hit
    where: str  # clause sentence paragraph article behind later headline
    rank: int  # 0 is nearest


class _Place(NamedTuple):
    """What a region's mention says by itself."""

    before: str  # the character before it
    after: str
    goal: bool  # whether aid or travel goes there (支援湖北, 飞赴武汉)
    country: str | bool  # how the country is called, False for a region


class Scope:
    """What may be in force at each place of an article's running text.

    Attributes:
        hits, heads: by role, what the running text and the headlines name.
        starts: by role, where the hits of the running text begin.
        last: by role, what the quantity before had; absent before the first.
        names: how often the article names each program.
    """

    def __init__(self, passages: Sequence[tuple[Passage, list[Hit]]], body: int) -> None:
        self.passage, self.all = passages[body]
        heads = [(p.text, h) for p, found in passages[:body] if p.role in _HEADS for h in found]
        self.hits = {role: [h for h in self.all if h.kind in kinds] for role, kinds in _ROLES.items()}
        self.heads = {role: [h for _, h in heads if h.kind in kinds] for role, kinds in _ROLES.items()}
        self.hits["region"] = _last_of_chains(self.hits["region"])
        self.heads["region"] = _last_of_chains(self.heads["region"])
        self.starts = {role: [h.start for h in hits] for role, hits in self.hits.items()}
        self.last: dict[str, str] = {}
        self.names = Counter(h.name for h in (*self.hits["program"], *self.heads["program"]) if isinstance(h, NameHit))
        self.openers: dict[int, str] = {}  # what opens a sentence, as `actors` reads it
        self._texts = {id(h): text for text, h in heads}
        self._codes = Counter(h.adcode for h in self.hits["region"] if isinstance(h, RegionHit))
        self._top = max(self._codes, key=lambda code: self._codes[code], default="")
        self._headed = {h.adcode for h in self.heads["region"] if isinstance(h, RegionHit)}
        self._seen: dict[int, _Place] = {}
        self._printed: dict[str, bool] = {}
        self._paragraphs = [start for start, _ in self.passage.paragraphs]
        self._clauses: tuple[Span, list[Span]] = ((-1, -1), [])

    @cached_property
    def places(self) -> dict[str, str]:
        """The name that the article prints first for each region."""
        printed: dict[str, str] = {}
        for hit in self.hits["region"]:
            if isinstance(hit, RegionHit) and hit.adcode and hit.form in ("explicit", "short"):
                printed.setdefault(hit.adcode, self.passage.raw[hit.start : hit.end])
        return printed

    def region(self, sentence: Sentence, k: int, thing: Thing, choose: Chooser) -> tuple[Link, float]:
        """The region that the number is about."""
        quantity, tables, kept = sentence.quantity(k), choose.tables("region"), self.last.get("region")
        seen = self.seen("region", sentence.span, quantity)
        inner = sentence.place(thing.run) if thing.run else (quantity.start, quantity.end)
        opening = sentence.span[0] + 2
        options = []
        for hit, where, rank in seen:
            assert isinstance(hit, RegionHit)
            code = hit.adcode or ""
            place = self._place(hit)
            inside = (inner[0] <= hit.start and hit.end <= inner[1]) or hit.end == inner[0]
            speaks = (
                tables[_near][where, rank, place.goal, place.country]
                + tables[_form][where, hit.form, hit.level, hit.start <= opening]
                + tables[_before][where, place.before]
                + tables[_after][where, place.after]
                + tables[_named][where, code == self._top, code in self._headed, bool(self._headed)]
                + tables[_stands][where, self._codes[code], code == kept, inside, _nested(code, kept)]
            )
            options.append((speaks, (hit, code, where)))
        none = tables[_none][
            seen[0].where if seen else "none", "" if kept is None else str(bool(kept)), quantity.kind, len(self._codes),
            bool(self.heads["region"]),
        ]  # fmt: skip
        return self.pick("region", quantity, options, none, choose)

    def _place(self, hit: RegionHit) -> _Place:
        place = self._seen.get(id(hit))
        if place is None:
            text, start, end = self.text_of(hit), hit.start, hit.end
            country = hit.adcode == COUNTRY and text[start:end]
            place = _Place(text[max(start - 1, 0) : start], text[end : end + 1], _is_goal(text, hit), country)
            self._seen[id(hit)] = place
        return place

    def pick(
        self, role: str, quantity: QuantityHit, options: list[Option], none: Evidence, choose: Chooser
    ) -> tuple[Link, float]:
        """The role as the best of these options, or of none, has it; it is kept for the next quantity.

        Args:
            options: their values are a hit, what it says, and how far one had to look.
        """
        (hit, value, via), share = choose.weigh(role, quantity, [*options, (none, (None, "", ""))], _say)
        self.last[role] = value
        others = dict.fromkeys([said for _, (_, said, _) in options if said and said != value])
        reason = getattr(hit, "reason", "")
        return Link(value, hit, via if value else "", reason=reason, others=tuple(others)[:3]), share

    def seen(self, role: str, sentence: Span, quantity: QuantityHit) -> list[Seen]:
        """The hits of a role around the quantity, nearest first."""
        hits, at = self.hits[role], quantity.start
        middle = bisect_left(self.starts[role], at)
        clause, paragraph = self.clause(sentence, at), self.paragraph(at)
        found = []
        ranks: Counter[str] = Counter()
        for hit in reversed(hits[max(middle - _EACH, 0) : middle]):
            where = (
                "clause"
                if hit.start >= clause[0]
                else "sentence"
                if hit.start >= sentence[0]
                else "paragraph"
                if hit.start >= paragraph[0]
                else "article"
            )
            found.append(Seen(hit, where, min(ranks[where], 3)))
            ranks[where] += 1
        for rank, hit in enumerate([h for h in hits[middle : middle + _BEHIND] if h.end <= sentence[1]]):
            found.append(Seen(hit, "behind" if hit.start < clause[1] else "later", rank))
        found += [Seen(hit, "headline", rank) for rank, hit in enumerate(self.heads[role][: _EACH // 2])]
        return found

    def text_of(self, hit: Hit) -> str:
        """The text that a hit stands in."""
        return self._texts.get(id(hit), self.passage.text)

    def clause(self, sentence: Span, at: int) -> Span:
        """The clause of a sentence that holds a place."""
        if self._clauses[0] != sentence:
            self._clauses = sentence, cut_clauses(self.passage.text, *sentence)
        return next((c for c in self._clauses[1] if c[0] <= at < c[1]), sentence)

    def paragraph(self, at: int) -> Span:
        """The paragraph that holds a place."""
        spans = self.passage.paragraphs
        return spans[max(bisect_right(self._paragraphs, at) - 1, 0)] if spans else (0, len(self.passage))

    def is_printed(self, name: str) -> bool:
        """Whether the running text has the name as it is."""
        known = self._printed.get(name)
        if known is None:
            known = self._printed[name] = name in self.passage.raw
        return known


def _say(value: tuple[Hit | None, str, str]) -> list[str | QuantityHit]:
    return [value[1]]


def _last_of_chains(hits: Sequence[Hit]) -> list[Hit]:
    """Linked regions; of a chain (山东省济南市历下区) only the last, most specific one."""
    found = [h for h in hits if isinstance(h, RegionHit) and h.adcode]
    starts = {hit.start for hit in found}
    return [hit for hit in found if hit.end not in starts]


def _is_goal(text: str, hit: RegionHit) -> bool:
    return text.endswith(_movers(), 0, hit.start)


@cache
def _movers() -> tuple[str, ...]:
    return tuple(words("mover"))


def _nested(code: str, kept: str | None) -> str:
    """How a code lies to the one kept from the last quantity: in, out, same or apart."""
    if not code or not kept:
        return ""
    a, b = code.rstrip("0"), kept.rstrip("0")
    return "same" if a == b else "in" if a.startswith(b) else "out" if b.startswith(a) else "apart"


def _near(where: str, rank: int, goal: bool, country: str | bool) -> Sequence[str]:
    return (
        f"where={where}", f"where,rank={where},{rank}", f"goal={goal},{where}", f"goal={goal},{where},{rank}",
        f"country={country is not False},{where},{rank}", f"word={country}",
    )  # fmt: skip


def _form(where: str, form: str, level: str, opening: bool) -> Sequence[str]:
    return (f"form={form},{where}", f"level={level},{where}", f"sentence-start={opening},{where}")


def _before(where: str, char: str) -> Sequence[str]:
    return (f"before={char},{where}",)


def _after(where: str, char: str) -> Sequence[str]:
    return (f"after={char},{where}",)


def _named(where: str, top: bool, headed: bool, heads: bool) -> Sequence[str]:
    return (f"top={top},{where}", f"head={headed},{where},{heads}")


def _stands(where: str, count: int, kept: bool, inside: bool, nested: str) -> Sequence[str]:
    return (
        f"count={min(count, 4)},{where}", f"kept={kept},{where}", f"inside={inside},{where}",
        f"nested={nested},{where}",
    )  # fmt: skip


def _none(nearest: str, kept: str, kind: str, count: int, heads: bool) -> Sequence[str]:
    return (
        f"none nearest={nearest}", f"none kept={kept},{nearest}", f"none kind={kind}",
        f"none count={min(count, 4)},{nearest}", f"none head={heads},{nearest}",
    )  # fmt: skip
