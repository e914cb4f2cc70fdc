"""Which report a paragraph speaks of: tails that jumped over a later report go back to their own.

In: the groups of `groups`. Out: the same groups, tails moved. A paragraph is like a report if they share pairs of
characters that few reports of the page have. A weight table weighs that likeness against what else is seen: a
paragraph left open, a credit that closes a report, how the tail begins. Work is bounded for each report, so a book
costs no more a character than a page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import sub
from typing import NamedTuple

from baodao.layout.begins import begins_paragraph
from baodao.layout.groups import Group
from baodao.layout.joins import is_open, join_features
from baodao.layout.lines import Chunk
from baodao.layout.weights import Weights
from baodao.learn.linear import LinearModel

__all__ = ["Move", "find_moves", "move_tails"]

_BACK = 3  # how many reports a tail may jump over
_TAIL = 12  # paragraphs of a report that are looked at
_SAMPLE = 200  # characters of a paragraph that are compared
_STORY = 1500  # characters of the report it may belong to
_SURE = 0.4  # log-odds from which a tail is moved
_GOES_ON = 0.1  # what it adds to the gain that a tail goes on with a paragraph left open
_RUNNING = ("body", "pull_quote", "credit", "caption", "jump", "subhead")


class Move(NamedTuple):
    """A tail that may go to another report: from part `start` of story `source` to the end of story `target`."""

    source: int
    start: int
    target: int
    gain: float  # by how much its paragraphs are more like the other report
    features: tuple[str, ...]


def move_tails(groups: Sequence[Group], habits: str, weights: Weights) -> None:
    """Give paragraphs that follow a report but speak of one before it to that one, in place.

    Args:
        groups: the articles of the page.
        habits: how the page sets paragraphs, as `joins.page_habits` says.
        weights: what was learned.
    """
    stories = [group for group in groups if not group.photo]
    if len(stories) < 2:
        return
    best: dict[int, Move] = {}
    for move in find_moves(stories, habits, weights.joins):
        known = best.get(move.source)
        if (known is None or move.gain > known.gain) and weights.tails.score(move.features) > _SURE:
            best[move.source] = move
    for move in best.values():
        stories[move.target].parts.extend(stories[move.source].parts[move.start :])
        del stories[move.source].parts[move.start :]


def find_moves(stories: Sequence[Group], habits: str, joins: LinearModel) -> Iterator[Move]:
    """The tails that may belong elsewhere, with what speaks for and against it."""
    found = [_pairs("".join([c.text for c, r in g.parts if r != "byline"])[:_STORY]) for g in stories]
    rarity = _Rarity(found)
    norms = [rarity.weigh(pairs) for pairs in found]
    closed = [any(role == "credit" for _, role in group.parts) for group in stories]
    lasts = [_last_body(group) for group in stories]
    opened = [last if last is not None and is_open(last.text) else None for last in lasts]
    for k in range(1, len(stories)):
        tail = _Tail(stories[k], rarity)
        for j in range(max(0, k - _BACK), k):
            last = opened[j]
            for start, gains in tail.splits(found[j], norms[j]):
                if last is not None or sum(gains) > 0:
                    words = _surroundings(stories[k], start, last, habits, joins)
                    total = sum(gains) + _GOES_ON * ("other-open=well" in words)
                    yield Move(
                        k, start, j, total, (*_likeness(gains), *words, f"closed={closed[j]:d}", f"back={k - j}")
                    )


def _likeness(gains: Sequence[float]) -> list[str]:
    """By how much the paragraphs of a tail are more like the other report than like their own."""
    total, least = sum(gains), min(gains)
    size = min(len(gains), 3)
    step = max(-2, min(12, int(total * 50)))
    return [f"gain={step}", f"gain={step}|{size}", f"first={max(-3, min(8, int(gains[0] * 50)))}",
            f"least={max(-3, min(4, int(least * 50)))}", f"count={size}"]  # fmt: skip


def _surroundings(story: Group, start: int, last: Chunk | None, habits: str, joins: LinearModel) -> list[str]:
    """How a tail begins, what stands before it, and whether it goes on with what the other report left open."""
    chunk, (before, role) = story.parts[start][0], story.parts[start - 1]
    begins = max(-2, min(2, round(begins_paragraph(chunk.text))))
    out = [f"after={role}", f"begins={begins}"]
    if any(r == "credit" for _, r in story.parts[start:]):
        out.append("credit-inside")
    if chunk.gap > 1 and before.gap != chunk.gap:
        out.append("gap")
    if role == "body" and is_open(before.text):
        out.append("own-open=" + _fit(before, chunk, habits, joins))
    if last is not None:
        out.append("other-open=" + _fit(last, chunk, habits, joins))
    return out


def _fit(last: Chunk, chunk: Chunk, habits: str, joins: LinearModel) -> str:
    """How well a fragment goes on with another one."""
    score = -9.0 if chunk.indented else joins.score(join_features(last, chunk, habits, ()))
    return "well" if score > 2 else "maybe" if score > 0 else "hardly" if score > -2 else "no"


def _last_body(group: Group) -> Chunk | None:
    return next((chunk for chunk, role in reversed(group.parts) if role == "body"), None)


class _Rarity:
    """What pairs of characters count: the fewer reports of a page have one, the more.

    Most stand in one report only, so a set weighs as if all did, corrected for those that do not.
    """

    def __init__(self, found: Sequence[set[int]]) -> None:
        self._known: set[int] = set()
        again: set[int] = set()
        for pairs in found:
            again |= pairs & self._known
            self._known |= pairs
        spread = Counter(chain.from_iterable([pairs & again for pairs in found]))
        rare = [math.log((len(found) + 1) / count) ** 2 for count in range(1, len(found) + 1)]
        self._usual = rare[0]
        self._change = {pair: rare[n - 1] - rare[0] for pair, n in spread.items()}
        self._changed = set(self._change)

    def weigh(self, pairs: set[int]) -> float:
        """The sum over a set of known pairs."""
        return self._usual * len(pairs) + sum(map(self._change.__getitem__, pairs & self._changed))

    def forget(self, pairs: set[int]) -> None:
        """Let those of the pairs that no report was counted with weigh nothing."""
        new = pairs - self._known
        self._change.update(dict.fromkeys(new, -self._usual))
        self._changed |= new


class _Tail:
    """The last paragraphs of a report, and how like its beginning each is wherever one cuts."""

    def __init__(self, group: Group, rarity: _Rarity) -> None:
        bodies = [i for i, (_, role) in enumerate(group.parts) if role == "body"]
        last_head = max((i for i, (_, role) in enumerate(group.parts) if role not in _RUNNING), default=-1)
        self.starts = [i for i in bodies[-_TAIL:] if i > last_head and i]
        self._rarity = rarity
        self._pairs = [_pairs(group.parts[i][0].text[:_SAMPLE]) for i in self.starts]
        own: set[int] = set()
        if self.starts:
            before = [chunk.text for chunk, _ in group.parts[: self.starts[0]]]
            own = _pairs("".join(before)[-_STORY:])
            rarity.forget(own.union(*self._pairs))
        self._norms = [rarity.weigh(pairs) for pairs in self._pairs]
        self._own = self._cuts(own)

    def splits(self, other: set[int], norm: float) -> Iterator[tuple[int, list[float]]]:
        """For each cut, the part it begins at and the gains of giving the paragraphs from there to another report."""
        weigh = self._rarity.weigh
        like = [_cosine(weigh(pairs & other), own, norm) for pairs, own in zip(self._pairs, self._norms, strict=True)]
        for n, start in enumerate(self.starts):
            yield start, list(map(sub, like[n:], self._own[n]))

    def _cuts(self, own: set[int]) -> list[list[float]]:
        """For each cut, how like the part before it every paragraph behind it is."""
        weigh, count = self._rarity.weigh, len(self._pairs)
        norm = weigh(own)
        shared = [weigh(pairs & own) for pairs in self._pairs]
        out = []
        for n, pairs in enumerate(self._pairs, 1):
            out.append(
                [_cosine(both, size, norm) for both, size in zip(shared[n - 1 :], self._norms[n - 1 :], strict=True)]
            )
            if n < count:
                new = pairs - own
                norm += weigh(new)
                for m in range(n, count):
                    if again := new & self._pairs[m]:
                        shared[m] += weigh(again)
                own |= new
        return out


def _pairs(text: str) -> set[int]:
    """The pairs of neighbouring characters, as numbers: two UTF-16 units read as one, at even and at odd places."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass"))
    count = len(units) // 2
    even = units[: count // 2 * 4].cast("I")
    odd = units[2 : 2 + max(count - 1, 0) // 2 * 4].cast("I")
    return {*even, *odd}


def _cosine(shared: float, norm: float, other: float) -> float:
    return shared / math.sqrt(norm * other) if norm and other else 0.0
