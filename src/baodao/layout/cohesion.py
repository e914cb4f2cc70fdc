"""Which report a paragraph speaks of: tails that jumped over a later report go back to their own.

In: the groups of `decode`. Out: the same groups, tails moved. A paragraph is like a report if they share
pairs of characters that few reports of the page have. Work is bounded for each report, so a book costs no
more a character than a page.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

from baodao.layout.decode import Group

__all__ = ["move_tails"]

_BACK = 3  # how many reports a tail may jump over
_TAIL = 16  # paragraphs of a report that are looked at
_SAMPLE = 200  # characters of a paragraph that are compared
_STORY = 1500  # characters of the report it may belong to
_LEAST = 0.03  # by how much, summed over its paragraphs, a tail must be more like the other report
_RUNNING = ("body", "body_continuation", "pull_quote", "credit", "caption", "jump", "subhead")

Weights = Mapping[str, float]


def move_tails(groups: list[Group]) -> None:
    """Give paragraphs that follow a report but speak of one before it to that one, in place."""
    stories = [group for group in groups if not group.photo]
    if len(stories) < 2:
        return
    found = [_pairs("".join(c.text for c, r in g.parts if r != "byline")[:_STORY]) for g in stories]
    spread = Counter(pair for pairs in found for pair in pairs)
    weights = {pair: math.log((len(stories) + 1) / count) ** 2 for pair, count in spread.items()}
    norms = [sum(weights[pair] for pair in pairs) for pairs in found]
    for k in range(1, len(stories)):
        tail = _Tail(stories[k], weights)
        options = [(*tail.best_split(found[j], norms[j]), j) for j in range(max(0, k - _BACK), k)]
        gain, start, j = max(options, default=(0.0, 0, 0))
        if gain > _LEAST:
            stories[j].parts.extend(stories[k].parts[start:])
            del stories[k].parts[start:]


class _Tail:
    """The last paragraphs of a report, and how like its beginning each is wherever one cuts."""

    def __init__(self, group: Group, weights: Weights) -> None:
        bodies = [i for i, (_, role) in enumerate(group.parts) if role == "body"]
        last_head = max((i for i, (_, role) in enumerate(group.parts) if role not in _RUNNING), default=-1)
        self._weights = weights
        self.starts = [i for i in bodies[1:][-_TAIL:] if i > last_head]
        self._pairs = [_pairs(group.parts[i][0].text[:_SAMPLE]) for i in self.starts]
        self._norms = [sum(weights.get(pair, 0.0) for pair in pairs) for pairs in self._pairs]
        stop = self.starts[0] if self.starts else 0
        self._own = self._cuts(_pairs("".join(chunk.text for chunk, _ in group.parts[:stop])[-_STORY:]))

    def best_split(self, other: set[str], norm: float) -> tuple[float, int]:
        """The gain of giving the paragraphs from some part on to another report, and the part they begin at."""
        weights = self._weights
        shared = [sum(weights.get(pair, 0.0) for pair in pairs & other) for pairs in self._pairs]
        like = [_cosine(both, own, norm) for both, own in zip(shared, self._norms, strict=True)]
        best = (0.0, 0)
        for n, start in enumerate(self.starts):
            gains = [like[m] - self._own[n][m - n] for m in range(n, len(like))]
            if gains[0] > 0 and sum(gains) > best[0]:
                best = (sum(gains), start)
        return best

    def _cuts(self, own: set[str]) -> list[list[float]]:
        """For each cut, how like the part before it every paragraph behind it is."""
        where: dict[str, list[int]] = defaultdict(list)
        for m, pairs in enumerate(self._pairs):
            for pair in pairs:
                where[pair].append(m)
        weights = self._weights
        norm = sum(weights.get(pair, 0.0) for pair in own)
        shared = [sum(weights.get(pair, 0.0) for pair in pairs & own) for pairs in self._pairs]
        out = []
        for n, pairs in enumerate(self._pairs):
            out.append([_cosine(shared[m], self._norms[m], norm) for m in range(n, len(shared))])
            for pair in pairs - own:
                weight = weights.get(pair, 0.0)
                norm += weight
                for m in where[pair]:
                    shared[m] += weight
            own |= pairs
        return out


def _pairs(text: str) -> set[str]:
    return {first + second for first, second in pairwise(text)}


def _cosine(shared: float, norm: float, other: float) -> float:
    return shared / math.sqrt(norm * other) if norm and other else 0.0
