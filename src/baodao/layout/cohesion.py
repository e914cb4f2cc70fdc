"""Which report a paragraph speaks of: tails that jumped over a later report go back to their own.

In: the groups of `groups`. Out: the same groups, tails moved. A paragraph is like a report if they share pairs of
characters that few reports around have. A weight table weighs that likeness against what else is seen: a paragraph
left open, a credit that closes a report, how the tail begins. A text is looked at in windows of some reports, and
work is bounded for each report, so a book costs no more a character than a page.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
_WINDOW = 24  # reports that are looked at together
_TAIL = 12  # paragraphs of a report that may be moved
_BEGINNING = 10  # fragments at the beginning of a report that another one is compared with
_ENDING = 20  # fragments at its end that are looked at
_SAMPLE = 200  # characters of a fragment that are compared
_ABOUT = 0.03  # difference of likeness that may be chance
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
    for first in range(1, len(stories), _WINDOW):
        begin = max(0, first - _BACK)
        profiles = _profiles(stories[begin : first + _WINDOW])
        for k in range(first - begin, len(profiles)):
            for move in _story_moves(profiles, k, habits, joins):
                yield move._replace(source=begin + k, target=begin + move.target)


def _story_moves(profiles: Sequence[_Profile], k: int, habits: str, joins: LinearModel) -> Iterator[Move]:
    """The tails of one report that may belong to one before it."""
    story = profiles[k]
    back = range(max(0, k - _BACK), k)
    if not story.may_lend([profiles[j] for j in back]):
        return
    own = story.likeness_to_itself()
    for j in back:
        other = profiles[j]
        like = story.likeness_to(other)
        for n, start in enumerate(story.starts):
            gains = list(map(sub, like[n:], own[n]))
            if other.left_open is not None or sum(gains) > 0:
                words = _surroundings(story.group, start, other.left_open, habits, joins)
                total = sum(gains) + _GOES_ON * ("other-open=well" in words)
                seen = (*_likeness(gains), *words, f"closed={other.closed:d}", f"back={k - j}")
                yield Move(k, start, j, total, seen)


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


def _profiles(groups: Sequence[Group]) -> list[_Profile]:
    """The reports of a window, their pairs weighed: the fewer reports have one, the more it counts."""
    profiles = [_Profile(group) for group in groups]
    fragments = Counter(chain.from_iterable(chain.from_iterable([profile.pairs for profile in profiles])))
    again = {pair for pair, n in fragments.items() if n > 1}  # what one fragment alone has is only counted
    for profile in profiles:
        profile.keep(again)
    spread = Counter(chain.from_iterable([profile.beginning for profile in profiles]))
    count = len(profiles)
    rare = [math.log((count + 1) / max(n, 1)) ** 2 for n in range(count + 1)]
    weight = {pair: rare[spread[pair]] for pair in again}
    for profile in profiles:
        profile.weigh(weight, rare[1])
    return profiles


class _Profile:
    """A report as the pairs of characters of its fragments."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.closed = False
        last_body: Chunk | None = None
        parts, bodies = [], []
        for i, (chunk, role) in enumerate(group.parts):
            if role == "body":
                last_body = chunk
                bodies.append(i)
            elif role not in _RUNNING:
                bodies = []
            if role != "byline":
                parts.append(i)
            self.closed |= role == "credit"
        self.left_open = last_body if last_body is not None and is_open(last_body.text) else None
        if len(parts) > _BEGINNING + _ENDING:
            parts = parts[:_BEGINNING] + parts[-_ENDING:]
        place = {i: n for n, i in enumerate(parts)}
        self.starts = [i for i in bodies[-_TAIL:] if i and i in place]
        self._tail = [place[i] for i in self.starts]
        self.pairs = [_pairs(group.parts[i][0].text[:_SAMPLE]) for i in parts]

    def keep(self, again: set[int]) -> None:
        """Of the pairs keep those that stand in other fragments, and how many the others are."""
        self._shared = [pairs & again for pairs in self.pairs]
        self._others = [len(pairs) - len(shared) for pairs, shared in zip(self.pairs, self._shared, strict=True)]
        self.beginning = set().union(*self._shared[:_BEGINNING])

    def weigh(self, weight: Mapping[int, float], usual: float) -> None:
        """Measure every fragment, and the beginning of the report."""
        self._weight, self._usual = weight, usual
        self._norms = [
            usual * others + self._sum(shared) for others, shared in zip(self._others, self._shared, strict=True)
        ]
        self._norm = usual * sum(self._others[:_BEGINNING]) + self._sum(self.beginning)

    def _sum(self, pairs: set[int]) -> float:
        return sum(map(self._weight.__getitem__, pairs))

    def may_lend(self, others: Sequence[_Profile]) -> bool:
        """Whether the last paragraph is about as like another report as like the rest of its own: else none is."""
        if not self._tail:
            return False
        last = self._tail[-1]
        shared, norm = self._shared[last], self._norms[last]
        own = set().union(*self._shared[:last])
        size = self._usual * sum(self._others[:last]) + self._sum(own)
        most = max([_cosine(self._sum(shared & other.beginning), norm, other._norm) for other in others])
        return most > _cosine(self._sum(shared & own), norm, size) - _ABOUT

    def likeness_to(self, other: _Profile) -> list[float]:
        """How like the beginning of another report each paragraph is that may begin a tail."""
        return [_cosine(self._sum(self._shared[i] & other.beginning), self._norms[i], other._norm) for i in self._tail]

    def likeness_to_itself(self) -> list[list[float]]:
        """For each cut, how like the part before it every paragraph behind it is."""
        own: set[int] = set()
        norm = 0.0
        both = dict.fromkeys(self._tail, 0.0)
        out = []
        at = 0
        for n, cut in enumerate(self._tail):
            for i in range(at, cut):
                new = self._shared[i] - own
                own |= new
                norm += self._usual * self._others[i] + self._sum(new)
                for m in self._tail[n:]:
                    both[m] += self._sum(new & self._shared[m])
            at = cut
            out.append([_cosine(both[m], self._norms[m], norm) for m in self._tail[n:]])
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
