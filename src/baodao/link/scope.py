"""What is in force at a place of an article.

In: the linked hits of an article and where the quantity stands. Out: the hits around, nearest first, and the `Link` of
the one that a chooser picks, with `via` telling how far one had to look: stated, clause, sentence, paragraph, article,
headline. `areas`, `governing`, `actors` and `moments` put the options of their roles from it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from baodao.link.choice import Chooser, Evidence, Option
from baodao.records.light import Hit, Link, NameHit, QuantityHit, RegionHit
from baodao.text.gazetteer import level_of, path_codes
from baodao.text.passage import Passage
from baodao.text.sentences import cut_clauses

__all__ = ["Scope", "Seen"]

Span = tuple[int, int]

_HEADS = ("kicker", "title", "subtitle", "caption_title")
_ROLES = {
    "region": ("region",), "time": ("time",), "program": ("program",), "actor": ("organization", "person"),
}  # fmt: skip
_COMMAS = frozenset(["、", "和", "与", "及", "以及"])  # between the places of a list
_EACH = 6  # hits looked at before the quantity, and as many of the headline
_BEHIND = 2


class Seen(NamedTuple):
    """A hit as seen from a quantity."""

    hit: Hit
    where: str  # clause sentence paragraph article behind later headline
    rank: int  # 0 is nearest


class Scope:
    """What may be in force at each place of an article's running text.

    Attributes:
        hits, heads: by role, what the running text and the headlines name.
        starts, ends: by role, where the hits of the running text begin and end.
        last: by role, what the quantity before had; absent before the first.
        names: how often the article names each program.
        codes: how often the running text names each region; `top` is the commonest, `headed` those of the headlines.
        begins: where the chain (山东省济南市历下区) begins whose last region starts at a place.
        listed: where the regions start that stand in a list.
        last_at: by role, where the quantity stands that had it last.
    """

    def __init__(self, passages: Sequence[tuple[Passage, list[Hit]]], body: int) -> None:
        self.passage, self.all = passages[body]
        heads = [(p.text, h) for p, found in passages[:body] if p.role in _HEADS for h in found]
        self.hits = {role: [h for h in self.all if h.kind in kinds] for role, kinds in _ROLES.items()}
        self.heads = {role: [h for _, h in heads if h.kind in kinds] for role, kinds in _ROLES.items()}
        self.begins = _begins_of_chains(self.hits["region"])
        self.heads["region"] = [*_last_of_chains(self.heads["region"])]
        places = _last_of_chains(self.hits["region"])
        lists = _lists(self.passage.text, places, self.begins)
        self.listed = {hit.start for members in lists for hit in members}
        self.hits["region"] = [*sorted([*places, *map(_common, lists)], key=lambda hit: hit.end)]
        self.starts = {role: [h.start for h in hits] for role, hits in self.hits.items()}
        self.ends = {role: [h.end for h in hits] for role, hits in self.hits.items()}
        self.last: dict[str, str] = {}
        self.names = Counter(h.name for h in (*self.hits["program"], *self.heads["program"]) if isinstance(h, NameHit))
        self.openers: dict[int, str] = {}  # what opens a sentence, as `actors` reads it
        self._texts = {id(h): text for text, h in heads}
        self.codes = Counter(hit.adcode for hit in places)
        self.top = max(self.codes, key=lambda code: self.codes[code], default="")
        self.headed = {hit.adcode for hit in self.heads["region"] if isinstance(hit, RegionHit)}
        self.last_at: dict[str, int] = {}
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

    def pick(
        self, role: str, quantity: QuantityHit, options: list[Option], none: Evidence, choose: Chooser
    ) -> tuple[Link, float]:
        """The role as the best of these options, or of none, has it; it is kept for the next quantity.

        Args:
            options: their values are a hit, what it says, and how far one had to look.
        """
        (hit, value, via), share = choose.weigh(role, quantity, [*options, (none, (None, "", ""))], _say)
        self.last[role], self.last_at[role] = value, quantity.start
        others = dict.fromkeys([said for _, (_, said, _) in options if said and said != value])
        reason = getattr(hit, "reason", "")
        span = (hit.start, hit.end) if isinstance(hit, RegionHit) and hit.form == "list" and value else None
        return Link(value, hit, via if value else "", span, reason, tuple(others)[:3]), share

    def seen(self, role: str, sentence: Span, quantity: QuantityHit) -> list[Seen]:
        """The hits of a role around the quantity, nearest first."""
        hits, at = self.hits[role], quantity.start
        middle = bisect_right(self.ends[role], at)
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

    def since(self, role: str, sentence: Span, at: int) -> str:
        """Where the number before stands, whose role may still hold."""
        before = self.last_at.get(role)
        if before is None:
            return ""
        if before >= sentence[0]:
            return "sentence"
        return "paragraph" if before >= self.paragraph(at)[0] else "article"

    def back(self, at: int, quantity: int, where: str) -> int:
        """How many sentences of the paragraph, or paragraphs of the article, lie between, at most 3."""
        if where == "paragraph":
            sentences = self.passage.sentences
            return min(bisect_right(sentences, (quantity, quantity)) - bisect_right(sentences, (at, at + 1)), 3)
        if where == "article":
            return min(bisect_right(self._paragraphs, quantity) - bisect_right(self._paragraphs, at), 3)
        return 0

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


def _begins_of_chains(hits: Sequence[Hit]) -> dict[int, int]:
    begins: dict[int, int] = {}
    ends: dict[int, int] = {}
    for hit in hits:
        begins[hit.start] = begins.get(ends.get(hit.start, -1), hit.start)
        ends[hit.end] = hit.start
    return begins


def _last_of_chains(hits: Sequence[Hit]) -> list[RegionHit]:
    """Linked regions; of a chain (山东省济南市历下区) only the last, most specific one."""
    found = [h for h in hits if isinstance(h, RegionHit) and h.adcode]
    starts = {hit.start for hit in found}
    return [hit for hit in found if hit.end not in starts]


def _lists(text: str, hits: Sequence[RegionHit], begins: dict[int, int]) -> list[list[RegionHit]]:
    """Places side by side (江苏、浙江和安徽)."""
    lists: list[list[RegionHit]] = []
    last: RegionHit | None = None
    for hit in hits:
        if last is not None and text[last.end : begins[hit.start]] in _COMMAS:
            lists[-1].append(hit)
        else:
            lists.append([hit])
        last = hit
    return [members for members in lists if len(members) > 1]


def _common(members: list[RegionHit]) -> RegionHit:
    """A list of places as one: the region that they all lie in, without a code where there is none."""
    paths = [path_codes(hit.adcode or "") for hit in members]
    shared = [codes[0] for codes in zip(*paths, strict=False) if len(set(codes)) == 1]
    code = shared[-1] if shared else ""
    level = level_of(code) if code else "none"
    return RegionHit("region", members[0].start, members[-1].end, "region.list", code, level, form="list")
