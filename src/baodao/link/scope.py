"""What is in force at a place of an article, and which region governs a quantity.

In: the linked hits of an article and where the quantity stands. Out: one `Link`, with `via` telling how far one
had to look: stated, clause, sentence, paragraph, article, headline. The hits around are the options, with what
speaks for them; a chooser picks one, or none. `governing`, `actors` and `moments` choose their roles from it too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from baodao.link.choice import Chooser, Option, says
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence
from baodao.link.words import words
from baodao.records.light import Hit, Link, NameHit, QuantityHit, RegionHit
from baodao.text.passage import Passage
from baodao.text.sentences import cut_clauses

__all__ = ["Scope", "name_of"]

Span = tuple[int, int]

_HEADS = ("kicker", "title", "subtitle", "caption_title")
_EACH = 6  # hits looked at before the quantity, and as many of the headline
_BEHIND = 2


class _Seen(NamedTuple):
    """A hit as seen from a quantity."""

    hit: Hit
    where: str  # clause sentence paragraph article behind headline
    rank: int  # 0 is nearest


class Scope:
    """What may be in force at each place of an article's running text."""

    def __init__(self, passages: Sequence[tuple[Passage, list[Hit]]], body: int) -> None:
        self.passage, hits = passages[body]
        self.hits = {kind: [h for h in hits if h.kind == kind] for kind in ("region", "time", "program")}
        heads = [(p.text, h) for p, found in passages[:body] if p.role in _HEADS for h in found]
        self.heads = {kind: [h for _, h in heads if h.kind == kind] for kind in ("region", "time", "program")}
        self.texts = {id(h): text for text, h in heads}
        self.hits["actor"] = [h for h in hits if h.kind in ("organization", "person")]
        self.heads["actor"] = [h for _, h in heads if h.kind in ("organization", "person")]
        self.hits["region"] = _last_of_chains(self.hits["region"])
        self.heads["region"] = _last_of_chains(self.heads["region"])
        self._codes = Counter(h.adcode for h in self.hits["region"] if isinstance(h, RegionHit))
        self.places = self._printed_places()
        self.names = Counter(name_of(h) for h in (*self.hits["program"], *self.heads["program"]))
        self.last: dict[str, str] = {}
        self.all = hits
        self.openers: dict[int, str] = {}  # what opens a sentence, as `actors` reads it

    def _printed_places(self) -> dict[str, str]:
        """The name that the article prints first for each place."""
        printed: dict[str, str] = {}
        for hit in self.hits["region"]:
            if isinstance(hit, RegionHit) and hit.adcode and hit.form in ("explicit", "short"):
                printed.setdefault(hit.adcode, self.passage.raw[hit.start : hit.end])
        return printed

    def region(self, sentence: Sentence, k: int, thing: Thing, choose: Chooser) -> tuple[Link, float]:
        """The region that the number is about."""
        quantity = sentence.quantity(k)
        inner = sentence.place(thing.run) if thing.run else (quantity.start, quantity.end)
        top = self._codes.most_common(1)[0][0] if self._codes else ""
        heads = {h.adcode for h in self.heads["region"] if isinstance(h, RegionHit)}
        options = []
        for hit, where, rank in self.seen("region", sentence.span, quantity):
            assert isinstance(hit, RegionHit)
            text = self.texts.get(id(hit), self.passage.text)
            before, after = text[max(hit.start - 2, 0) : hit.start], text[hit.end : hit.end + 1]
            goal = _is_goal(text, hit)
            names = [
                f"where={where}",
                f"where,rank={where},{rank}",
                f"form={hit.form},{where}",
                f"level={hit.level},{where}",
                f"goal={goal},{where}",
                f"goal={goal},{where},{rank}",
                f"before={before[-1:]},{where}",
                f"after={after},{where}",
                f"top={hit.adcode == top},{where}",
                f"head={hit.adcode in heads},{where},{bool(heads)}",
                f"kept={hit.adcode == self.last.get('region')},{where}",
                f"count={min(self._codes[hit.adcode], 4)},{where}",
                f"inside={(inner[0] <= hit.start and hit.end <= inner[1]) or hit.end == inner[0]},{where}",
                f"country={hit.adcode == '100000'},{where},{rank}",
                f"nested={_nested(hit.adcode, self.last.get('region'))},{where}",
                f"word={hit.adcode == '100000' and text[hit.start : hit.end]}",
                f"sentence-start={hit.start <= sentence.span[0] + 2},{where}",
            ]
            options.append(Option(names, (hit, hit.adcode or "", where), says(hit.adcode or "")))
        first = options[0].value[2] if options else "none"
        kept = self.last.get("region")
        none = [
            f"none nearest={first}",
            f"none kept={'' if kept is None else bool(kept)},{first}",
            f"none kind={quantity.kind}",
            f"none count={min(len(self._codes), 4)},{first}",
            f"none head={bool(heads)},{first}",
        ]
        options.append(Option(none, (None, "", ""), says("")))
        return self.pick("region", quantity, options, choose)

    def pick(self, role: str, quantity: QuantityHit, options: list[Option], choose: Chooser) -> tuple[Link, float]:
        chosen, sure = choose(role, quantity, options)
        hit, value, via = chosen.value
        self.last[role] = value
        others = tuple(dict.fromkeys(o.value[1] for o in options if o.value[1] and o.value[1] != value))[:3]
        reason = getattr(hit, "reason", "")
        return Link(value, hit, via if value else "", reason=reason, others=others), sure

    def seen(self, kind: str, sentence: Span, quantity: QuantityHit) -> Iterator[_Seen]:
        """The hits of a kind around the quantity, nearest first; one for each value and place."""
        hits = self.hits[kind]
        clause = next((c for c in cut_clauses(self.passage.text, *sentence) if c[0] <= quantity.start < c[1]), sentence)
        paragraph = self.paragraph(quantity.start)
        middle = bisect_right([h.start for h in hits], quantity.start - 1)
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
            yield _Seen(hit, where, min(ranks[where], 3))
            ranks[where] += 1
        for hit in hits[middle : middle + _BEHIND]:
            if hit.end <= sentence[1]:
                yield _Seen(hit, "behind" if hit.start < clause[1] else "later", min(ranks["behind"], 3))
                ranks["behind"] += 1
        for hit in self.heads[kind][: _EACH // 2]:
            yield _Seen(hit, "headline", min(ranks["headline"], 3))
            ranks["headline"] += 1

    def paragraph(self, at: int) -> Span:
        """The paragraph that holds a place."""
        spans = self.passage.paragraphs
        return spans[max(bisect_right([start for start, _ in spans], at) - 1, 0)] if spans else (0, len(self.passage))


def _last_of_chains(hits: Sequence[Hit]) -> list[Hit]:
    """Linked regions; of a chain (山东省济南市历下区) only the last, most specific one."""
    found = [h for h in hits if isinstance(h, RegionHit) and h.adcode]
    starts = {hit.start for hit in found}
    return [hit for hit in found if hit.end not in starts]


def name_of(hit: Hit) -> str:
    return hit.name if isinstance(hit, NameHit) else ""


def _is_goal(text: str, hit: RegionHit) -> bool:
    """Whether aid or travel goes to the place (支援湖北, 飞赴武汉)."""
    return text.endswith(_movers(), 0, hit.start)


@cache
def _movers() -> tuple[str, ...]:
    return tuple(words("mover"))


def _nested(code: str | None, kept: str | None) -> str:
    """How a code lies to the one kept from the last quantity: in, out, same or apart."""
    if not code or not kept:
        return ""
    a, b = code.rstrip("0"), kept.rstrip("0")
    return "same" if a == b else "in" if a.startswith(b) else "out" if b.startswith(a) else "apart"
