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
from functools import cached_property
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
_STEPS = 70  # to the unit of likeness, as features name it
_ABOUT = 0.02  # difference of likeness that may be chance
_SURE = 0.4  # log-odds from which a tail is moved
_GOES_ON = 0.07  # what it adds to the gain that a tail goes on with a paragraph left open
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
    step = max(-2, min(12, int(total * _STEPS)))
    return [f"gain={step}", f"gain={step}|{size}", f"first={max(-3, min(8, int(gains[0] * _STEPS)))}",
            f"least={max(-3, min(4, int(least * _STEPS)))}", f"count={size}"]  # fmt: skip


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
    """The reports of a window; of a pair that many of them begin with each counts for less."""
    profiles = [_Profile(group) for group in groups]
    spread = Counter(chain.from_iterable([profile.beginning for profile in profiles]))
    most = math.log(len(profiles) + 1)
    rarity = [1.0, *[(1 - math.log(count) / most) ** 2 for count in range(1, len(profiles) + 1)]]
    for profile in profiles:
        profile.rarity, profile.spread = rarity, spread
    return profiles


class _Profile:
    """A report as pairs of characters.

    Of what a paragraph is compared with, every other pair is enough: the paragraph itself has them all, however the
    words are aligned.
    """

    rarity: Sequence[float]  # what a pair counts that so many reports of the window begin with
    spread: Mapping[int, int]  # how many do

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
        self._texts = [group.parts[i][0].text[:_SAMPLE] for i in parts]
        self._half = [_every_other(text) for text in self._texts]
        self.beginning = set().union(*self._half[:_BEGINNING])
        place = {i: n for n, i in enumerate(parts)}
        self.starts = [i for i in bodies[-_TAIL:] if i and i in place]
        self._tail = [place[i] for i in self.starts]

    def may_lend(self, others: Sequence[_Profile]) -> bool:
        """Whether the last paragraph is about as like another report as like the rest of its own: else none is."""
        if not self._tail:
            return False
        last = self._tail[-1]
        pairs = _pairs(self._texts[last])
        own = self._like(pairs, set().union(*self._half[:last]))
        return max([self._like(pairs, other.beginning) for other in others]) > own - _ABOUT

    def likeness_to(self, other: _Profile) -> list[float]:
        """How like the beginning of another report each paragraph is that may begin a tail."""
        return [self._like(pairs, other.beginning) for pairs in self._tail_pairs]

    def likeness_to_itself(self) -> list[list[float]]:
        """For each cut, how like the part before it every paragraph behind it is."""
        own: set[int] = set()
        both = [0.0] * len(self._tail)
        out = []
        at = 0
        for n, cut in enumerate(self._tail):
            new = set().union(*self._half[at:cut]) - own
            own |= new
            at = cut
            for m in range(n, len(both)):
                both[m] += self._weigh(self._tail_pairs[m] & new)
            out.append([_cosine(both[m], self._tail_pairs[m], own) for m in range(n, len(both))])
        return out

    @cached_property
    def _tail_pairs(self) -> list[set[int]]:
        return [_pairs(self._texts[i]) for i in self._tail]

    def _like(self, pairs: set[int], others: set[int]) -> float:
        return _cosine(self._weigh(pairs & others), pairs, others)

    def _weigh(self, pairs: set[int]) -> float:
        rarity, spread = self.rarity, self.spread
        return sum([rarity[spread[pair]] for pair in pairs])


def _cosine(both: float, pairs: set[int], others: set[int]) -> float:
    """The likeness of a paragraph's pairs and others, from what those count that both have."""
    return both / math.sqrt(len(pairs) * len(others)) if both else 0.0


def _pairs(text: str) -> set[int]:
    """The pairs of neighbouring characters, as numbers: two UTF-16 units read as one, at even and at odd places."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass"))
    count = len(units) // 2
    even = units[: count // 2 * 4].cast("I")
    odd = units[2 : 2 + max(count - 1, 0) // 2 * 4].cast("I")
    return {*even, *odd}


def _every_other(text: str) -> set[int]:
    """The pairs at even places."""
    units = memoryview(text.encode("utf-16-le", "surrogatepass"))
    return {*units[: len(units) // 4 * 4].cast("I")}
