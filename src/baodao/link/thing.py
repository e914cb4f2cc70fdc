"""What a quantity measures: noun phrases around it, weighed against each other and against saying nothing.

Candidates stand behind the number, before it, or with a neighbouring number (`previous`, `next`); `none` where the
text names nothing. What speaks for a candidate is that of its place, its two edges, the words inside and its length,
so that what candidates share is looked at once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from baodao.link import thing_evidence as by
from baodao.link.choice import Chooser, Evidence, Option, Tables
from baodao.link.features import head_of, inner_word, left_context, left_edge, right_edge, signature, unit_class
from baodao.link.phrases import natural_begin, natural_end, parted
from baodao.link.reach import CLOSED, IDLE, LONGEST, begin_after, described, edges, governs, is_bare
from baodao.link.tokens import QUANTITY, VERBS, Sentence
from baodao.link.words import words
from baodao.records.light import QuantityHit

__all__ = ["Thing", "choose_things", "without_scope"]

Run = tuple[int, int]

_ONCE = (0, 0)  # what `again` tells of a phrase that is said only here
_AROUND = 1500  # characters before and behind a sentence in which a phrase may be said again
_SHORT = 6  # tokens of a phrase far off
_CLAUSE = frozenset(("stop", QUANTITY))  # classes that part clauses


class Thing(NamedTuple):
    """Where the thing stands: `place` is after, before, previous, next or none.

    `run` are its tokens, None where it is shared with a neighbour (`partner`, a token index) or unsaid; `tail` is what
    it shares with the other things of a list: 电脑 … 出口 in 电脑、家电出口分别增长4%、9%.
    """

    place: str
    run: Run | None
    partner: int | None
    sure: float
    tail: Run | None = None


_Reading = tuple[str, Run | None, int | None, Run | None]  # place, run, partner and tail of a thing


def choose_things(sentence: Sentence, places: Sequence[int], choose: Chooser) -> dict[int, Thing]:
    """The things of the quantities at these tokens."""
    phrases = _Phrases(sentence, choose.tables("what"))
    return {k: phrases.choose(k, choose) for k in places}


def without_scope(sentence: Sentence, run: Run) -> Run:
    """The run without the places and words of scope (全年, 这批) that lead it; what they say stands elsewhere."""
    begin, end = run
    while begin < end - 1 and (sentence.classes[begin] in ("R", "的") or sentence.texts[begin] in words("scope")):
        begin += 1
    return (begin, end) if sentence.classes[begin] not in ("R", "的") else run


class _Seen(NamedTuple):
    """A quantity and what stands around it."""

    k: int
    hit: QuantityHit
    unit: str  # its class
    left: str  # class of what stands before it, light words apart
    right: str  # class of what stands behind it
    far: str  # class of what stands behind that


class _Phrases:
    """The noun phrases of a sentence and what speaks for them."""

    def __init__(self, sentence: Sentence, tables: Tables) -> None:
        self.sentence, self.tables = sentence, tables
        # the text around, where it begins in the passage, and what `again` told of runs of tokens
        self.shift = max(sentence.span[0] - _AROUND, 0)
        self.around = sentence.passage.text[self.shift : sentence.span[1] + _AROUND]
        self.said: dict[Run, tuple[int, int]] = {}
        # what speaks for a phrase that begins with a token, runs over it, ends with it; looked at when first asked
        self.begins: dict[int, Evidence] = {}
        self.inside: dict[int, Evidence] = {}
        self.ends: dict[int, Evidence] = {}
        self.ends_before: dict[int, Evidence] = {}
        # how many verbs and nouns stand before a token; what opens the clause of a token and what closes it
        classes, nominal = sentence.classes, sentence.is_nominal
        self.verbs = list(accumulate((klass in VERBS for klass in classes), initial=0))
        self.nouns = list(accumulate((n and k not in VERBS for n, k in zip(nominal, classes, strict=True)), initial=0))
        edges = [index for index, klass in enumerate(classes[:-2]) if klass in _CLAUSE]
        self.edges = [-1, *edges, len(classes) - 2]

    def choose(self, k: int, choose: Chooser) -> Thing:
        """The thing of the quantity at token `k`."""
        classes, quantity = self.sentence.classes, self.sentence.quantity(k)
        left = left_context(self.sentence, k)
        seen = _Seen(k, quantity, unit_class(quantity), left, classes[k + 1], classes[k + 2])
        options = [*self.after(seen), *self.beyond(seen), *self.before(seen), *self.apart(seen), *self.shared(seen)]
        (place, run, partner, tail), share = choose.weigh("what", quantity, options, self.say)
        return Thing(place, run, partner, share, tail)

    def say(self, reading: _Reading) -> list[str | QuantityHit]:
        """What a reading comes to: its words, or the quantity whose thing it shares."""
        _, run, partner, tail = reading
        if partner is not None:
            return [self.sentence.quantity(partner)]
        return ["".join([self.sentence.text(part) for part in (run, tail) if part])]

    def rest(self, start: int, end: int) -> tuple[int, int]:
        """How many verbs and nouns stand in a stretch, at most two of each."""
        return min(self.verbs[end] - self.verbs[start], 2), min(self.nouns[end] - self.nouns[start], 2)

    def opened(self, k: int) -> int:
        """The first token of the clause that token `k`, or a place behind its last, belongs to."""
        return self.edges[bisect_left(self.edges, k) - 1] + 1

    def closed(self, k: int) -> int:
        """The token that ends the clause of token `k`."""
        return self.edges[bisect_left(self.edges, k)]

    def after(self, seen: _Seen) -> list[Option]:
        """The phrases that begin behind the number."""
        sentence, tables = self.sentence, self.tables
        begin = begin_after(sentence, seen.k)
        if begin is None:
            return []
        evidence = (
            self.common(seen, "after ")
            + tables[by.first_after][begin > seen.k + 1, seen.unit, sentence.classes[begin]]
            + tables.names.get(f"after word={sentence.words[begin]}", 0)
            + left_edge(tables, sentence, begin, "after ")
        )
        rests, again, classes = tables[by.rest], tables[by.again], sentence.classes
        closed, led = self.closed(begin), self.rest(self.opened(seen.k), seen.k)[0] > 0
        options = []
        for last, speaks in self.behind(seen, begin, LONGEST, evidence):
            rest = self.rest(last + 1, max(closed, last + 1))
            speaks += (
                rests["after ", *rest, classes[last + 1], seen.left, led]
                + again["after ", *self.again(begin, last + 1), classes[last]]
            )
            options.append((speaks, ("after", (begin, last + 1), None, None)))
        return options

    def behind(self, seen: _Seen, begin: int, most: int, evidence: Evidence) -> Iterator[tuple[int, Evidence]]:
        """The last tokens of the phrases behind the number that begin with a token, and what speaks for each.

        Args:
            most: tokens of the longest.
            evidence: what speaks for all of them.
        """
        sentence, tables, ends = self.sentence, self.tables, self.ends
        natural, start = natural_end(sentence, begin), sentence.starts[begin]
        shape, beside = tables[by.shape], tables[by.beside]
        for last in range(begin, min(begin + most, len(sentence.tokens))):
            klass = sentence.classes[last]
            if last > begin:
                if klass in CLOSED:
                    break
                if last > begin + 1:
                    evidence += inner_word(tables, sentence, last - 1)
                if klass in IDLE:
                    continue
            if last not in ends:
                ends[last] = right_edge(tables, sentence, last)
            yield (
                last,
                evidence
                + ends[last]
                + head_of(tables, sentence, last, seen.hit, seen.unit)
                + beside["after ", last + 1 - natural, klass]
                + shape["after ", last + 1 - begin, sentence.ends[last] - start],
            )

    def again(self, begin: int, end: int) -> tuple[int, int]:
        """How often the article around says a phrase, and the phrase with the word behind it; of one character -1.

        What holds a phrase that is said only here is said only here too.
        """
        said = self.said
        found = said.get((begin, end))
        if found is None:
            once = said.get((begin, end - 1)) == _ONCE or said.get((begin + 1, end)) == _ONCE
            found = said[begin, end] = _ONCE if once else self.count(begin, end)
        return found

    def count(self, begin: int, end: int) -> tuple[int, int]:
        """What `again` tells, counted."""
        starts, around, shift = self.sentence.starts, self.around, self.shift
        start, stop = starts[begin] - shift, starts[end] - shift
        if stop - start < 2:
            return -1, -1
        said = around.count(around[start:stop])
        if said < 2:
            return _ONCE
        longer = around[start : self.sentence.ends[end] - shift] if end < len(self.sentence.tokens) else ""
        return min(said, 4), min(around.count(longer) if longer else said, 3)

    def beyond(self, seen: _Seen) -> list[Option]:
        """The heads of what describes them at length behind the number: 12名|党性强、有威望的|老党员."""
        sentence, tables, k = self.sentence, self.tables, seen.k
        classes = sentence.classes
        options: list[Option] = []
        for begin in described(sentence, k):
            between = classes[k + 1 : begin - 1]
            evidence = (
                self.common(seen, "beyond ")
                + tables[by.across][
                    seen.unit,
                    seen.right,
                    between.count("stop"),
                    between.count(QUANTITY),
                    len(between) + 1,
                    classes[begin],
                ]
                + tables.names.get(f"beyond between={signature(classes, k + 1, begin - 1, 4)}", 0)
                + left_edge(tables, sentence, begin, "after ")
            )
            options += [
                (speaks, ("after", (begin, last + 1), None, None))
                for last, speaks in self.behind(seen, begin, _SHORT, evidence)
            ]
        return options

    def before(self, seen: _Seen) -> list[Option]:
        """The phrases that end before the number."""
        sentence, tables, begins, inside = self.sentence, self.tables, self.begins, self.inside
        starts, classes, is_verb = sentence.starts, sentence.classes, sentence.is_verb
        shape, beside, rests = tables[by.shape], tables[by.beside_begin], tables[by.rest]
        options = []
        for rank, edge in enumerate(edges(sentence, seen.k)):
            evidence = self.place_before(seen, rank, edge)
            natural, stop, last = natural_begin(sentence, edge), starts[edge], edge - 1
            opened = self.opened(last)
            for begin in range(last, max(last - LONGEST, -1), -1):
                klass = classes[begin]
                if begin < last:
                    if klass in CLOSED:
                        break
                    if begin < last - 1:
                        if begin + 1 not in inside:
                            inside[begin + 1] = inner_word(tables, sentence, begin + 1)
                        evidence += inside[begin + 1]
                    if klass in IDLE:
                        continue
                if begin not in begins:
                    begins[begin] = left_edge(tables, sentence, begin)
                governing = is_verb[begin] and begin < last and governs(sentence, begin)
                alone = classes[begin - 1] if begin == last and stop - starts[begin] == 1 else ""
                speaks = (
                    begins[begin] + beside[governing, begin - natural, klass, alone]
                    + rests["before ", *self.rest(min(opened, begin), begin), classes[begin - 1], seen.left, rank]
                    + shape["before ", edge - begin, stop - starts[begin]]
                    + tables[by.again]["before ", *self.again(begin, edge), klass]
                )  # fmt: skip
                options.append((evidence + speaks, ("before", (begin, edge), None, None)))
        return options

    def apart(self, seen: _Seen) -> list[Option]:
        """The things of a list that 分别 parts among as many numbers, each with what the list ends with or without."""
        sentence, tables = self.sentence, self.tables
        classes, fine = sentence.classes, sentence.fine
        items, rank = parted(sentence, seen.k)
        if not items:
            return []
        (begin, end), last, is_last = items[rank], items[-1], rank == len(items) - 1
        options: list[Option] = []
        tails = () if is_last else range(last[1] - 1, max(last[0], last[1] - _SHORT), -1)
        alike = fine[end - 1] == fine[last[1] - 1], sentence.texts[end - 1][-1] == sentence.texts[last[1] - 1][-1]
        for at in (last[1], *tails):
            if at < last[1] and classes[at] in IDLE:
                continue
            size, first = last[1] - at, classes[at] if at < last[1] else ""
            evidence = (
                self.common(seen, "apart ")
                + tables[by.apart][len(items), is_last, size, first, *alike, classes[end - 1], at - last[0]]
                + tables.names.get(f"apart begins={sentence.words[at] if size else ''}", 0)
                + tables.names.get(f"apart begins-kind={fine[at] if size else ''},{fine[at - 1]}", 0)
                + left_edge(tables, sentence, begin)
                + head_of(tables, sentence, (last if size else items[rank])[1] - 1, seen.hit, seen.unit, "before ")
            )
            options.append((evidence, ("before", (begin, end), None, (at, last[1]) if size else None)))
        return options

    def common(self, seen: _Seen, side: str) -> Evidence:
        """What stands around the number, for things of one side."""
        _, _, unit, left, right, far = seen
        return self.tables[by.common][side, unit, left, right] + self.tables[by.far][side, unit, right, far]

    def place_before(self, seen: _Seen, rank: int, edge: int) -> Evidence:
        """What speaks for the phrases that end at an edge before the number."""
        sentence, tables, get, k, unit = self.sentence, self.tables, self.tables.names.get, seen.k, seen.unit
        classes, words, last = sentence.classes, sentence.words, edge - 1
        between = signature(classes, edge, k)
        said = " ".join(words[edge:k]) if k - edge <= 3 else ""
        if last not in self.ends_before:
            self.ends_before[last] = right_edge(tables, sentence, last, "before ")
        return (
            tables[by.ranked][rank, classes[edge:k].count("stop")]
            + get(f"before between={between}", 0)
            + get(f"before between,unit={between},{unit}", 0)
            + get(f"before between,right={between},{seen.right}", 0)
            + get(f"before rank,between={rank},{between}", 0)
            + get(f"before rank,left,right={rank},{seen.left},{seen.right}", 0)
            + get(f"before head={classes[last]},{between}", 0)
            + get(f"before said={said}", 0)
            + get(f"before next={words[edge] if edge < k else '='}", 0)
            + get(f"before tail={sentence.texts[last][-1]},{unit}", 0)
            + self.ends_before[last]
            + head_of(tables, sentence, last, seen.hit, unit, "before ")
        )

    def shared(self, seen: _Seen) -> list[Option]:
        """The things of the neighbours, and none."""
        sentence, tables, k, quantity = self.sentence, self.tables, seen.k, seen.hit
        bare = is_bare(sentence, k)
        at = sentence.quantities.index(k)
        options = []
        for place, other in (("previous", at - 1), ("next", at + 1)):
            if not 0 <= other < len(sentence.quantities):
                continue
            partner = sentence.quantities[other]
            if place == "next" and partner - k > 2:
                continue
            hit, side = sentence.quantity(partner), f"{place} "
            between = signature(sentence.classes, min(partner, k) + 1, max(partner, k), 3)
            same = hit.unit == quantity.unit, hit.kind == quantity.kind
            evidence = (
                self.common(seen, side)
                + tables[by.bare][side, bare, seen.unit]
                + tables[by.between_same][side, between, seen.unit, *same]
                + tables[by.left_same][side, seen.left, *same, bare]
            )
            options.append((evidence, (place, None, partner, None)))
        none = (
            self.common(seen, "none ")
            + tables[by.bare]["none ", bare, seen.unit]
            + tables.names.get(f"none printed={quantity.unit}", 0)
        )
        return [*options, (none, ("none", None, None, None))]
