"""Tags for a sequence: a weight table feature × tag, and weights of steps from tag to tag.

scikit-learn trains (`baodao.build`); a test proves the scores equal to its own. Features come in bundles, tuples of
names that are seen together again and again: a bundle is weighed once. Its weights for all tags are one integer,
a tag every 32 bits, in thousandths as the tables have them, so that a row costs one sum of integers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from struct import calcsize, pack, unpack

from baodao.resources import read_rows

__all__ = ["END", "START", "Bundle", "Tagger", "load_tagger"]

Bundle = tuple[str, ...]  # names of features that stand together
START, END = "(start)", "(end)"
BIAS = "(bias)"
_HOPELESS = 5000  # thousandths of log-odds under the best tag below which a tag is no candidate
_REMEMBERED = 50_000  # bundles and rows that are kept
_HALF = 1 << 31  # what keeps a tag's sum above zero in its 32 bits


class Tagger:
    """Multinomial logistic regression over named binary features, decoded along the sequence.

    >>> tagger = Tagger(("title", "body"), {"short": (2.0, 0.0), "stop": (0.0, 1.0)}, {("title", "title"): -3.0})
    >>> tagger.decode([[("short",)], [("short", "stop")]])
    ['title', 'body']

    Args:
        tags: their names.
        weights: for each feature, its weight for every tag, in their order; `(bias)` is added to each row.
        steps: weights of one tag following another, with `(start)` and `(end)`; those not named weigh nothing.
    """

    def __init__(
        self,
        tags: Sequence[str],
        weights: Mapping[str, Sequence[float]],
        steps: Mapping[tuple[str, str], float],
    ) -> None:
        self.tags = tuple(tags)
        self.weights = weights
        self.steps = dict(steps)
        self._names: dict[str, int] = {}  # what was packed so far
        self._bundles: dict[Bundle, int] = {}
        self._rows: dict[int, list[tuple[str, int]]] = {}  # candidates by the row's sum
        self._lanes = f"<{len(self.tags)}I"
        self._size = calcsize(self._lanes)
        self._halves = int.from_bytes(pack(self._lanes, *[_HALF] * len(self.tags)), "little")
        self._base = self._halves + self._weigh((BIAS,))  # keeps every tag's sum above zero
        self._thousandths = {pair: round(1000 * weight) for pair, weight in self.steps.items()}

    def with_weights(self, more: Mapping[str, Sequence[float]]) -> Tagger:
        """The same tagger with weights of further features."""
        return Tagger(self.tags, {**self.weights, **more}, self.steps)

    def scores(self, features: Iterable[str]) -> list[float]:
        """The logarithm of each tag's probability, by the row alone."""
        rows = [row for name in (BIAS, *features) if (row := self.weights.get(name)) is not None]
        sums = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(self.tags)
        top = max(sums)
        norm = top + math.log(sum(math.exp(value - top) for value in sums))
        return [value - norm for value in sums]

    def candidates(self, row: Sequence[Bundle]) -> list[tuple[str, int]]:
        """The tags that a row may have, with what speaks for each in thousandths."""
        known = self._bundles
        try:
            total = sum(map(known.__getitem__, row), self._base)
        except KeyError:
            total = sum(map(self._weigh, row), self._base)
        found = self._rows.get(total)
        if found is None:
            values = unpack(self._lanes, total.to_bytes(self._size, "little"))
            least = max(values) - _HOPELESS
            found = [pair for pair in zip(self.tags, values, strict=True) if pair[1] > least]
            if len(self._rows) > _REMEMBERED:
                self._rows.clear()
            self._rows[total] = found
        return found

    def _weigh(self, bundle: Bundle) -> int:
        """The weights of a bundle for all tags."""
        known = self._bundles.get(bundle)
        if known is None:
            known = sum([self._packed(name) for name in bundle])
            if len(self._bundles) > _REMEMBERED:
                self._bundles.clear()
            self._bundles[bundle] = known
        return known

    def _packed(self, name: str) -> int:
        """The weights of a feature for all tags; the sum of such integers holds the sums of the weights."""
        known = self._names.get(name)
        if known is None and (row := self.weights.get(name)) is not None:
            shifted = pack(self._lanes, *[round(1000 * weight) + _HALF for weight in row])
            known = self._names[name] = int.from_bytes(shifted, "little") - self._halves
        return known or 0

    def decode(self, rows: Iterable[Sequence[Bundle]]) -> list[str]:
        """The best tags of a sequence (Viterbi). Where a row has one candidate only, the past is settled."""
        out: list[str] = []
        step = self._thousandths.get
        ends = [(0, START)]  # score and last tag of each path that is still open
        back: list[dict[str, str]] = []  # for each open row, the tag before each of its candidates
        for row in rows:
            found = self.candidates(row)
            if len(found) == len(ends) == 1:
                out.append(found[0][0])
                ends = [(0, found[0][0])]
                continue
            before: dict[str, str] = {}
            scored = []
            for tag, own in found:
                score, last = max([(value + step((known, tag), 0), known) for value, known in ends])
                before[tag] = last
                scored.append((score + own, tag))
            back.append(before)
            ends = scored
            if len(ends) == 1:
                out.extend(_trace(back, ends[0][1]))
                back.clear()
                ends = [(0, ends[0][1])]
        if back:
            out.extend(_trace(back, max((value + step((tag, END), 0), tag) for value, tag in ends)[1]))
        return out


def _trace(back: list[dict[str, str]], tag: str) -> list[str]:
    """The path that ends in a tag."""
    path = []
    for before in reversed(back):
        path.append(tag)
        tag = before[tag]
    path.reverse()
    return path


class _Printed(Mapping[str, tuple[float, ...]]):
    """Weights as their file prints them, read when asked for: a page meets few of the features, some of them once."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        self._lines = lines

    def __getitem__(self, name: str) -> tuple[float, ...]:
        return tuple([float(weight or 0) for weight in self._lines[name].split(",")])

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


@cache
def load_tagger(name: str) -> Tagger:
    """The shipped tagger `data/models/<name>_tags.csv` with `_sizes.csv`, `_few.csv` and `_steps.csv`.

    Raises:
        BaodaoError: BD180, a file is damaged.
    """
    heading, *rows = read_rows(f"models/{name}_tags.csv", heading=True)
    rows += [*read_rows(f"models/{name}_sizes.csv"), *read_rows(f"models/{name}_few.csv")]
    steps = {(before, after): float(weight) for before, after, weight in read_rows(f"models/{name}_steps.csv")}
    return Tagger(heading[1:], _Printed({feature: ",".join(printed) for feature, *printed in rows}), steps)
