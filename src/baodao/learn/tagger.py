"""Tags for a sequence: a weight table feature × tag, and weights of steps from tag to tag.

scikit-learn trains (`baodao.build`); a test proves the scores equal to its own. A row's scores depend on its
features alone, so rows of one look are scored once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from baodao.resources import read_csv

__all__ = ["END", "START", "Tagger", "load_tagger"]

START, END = "(start)", "(end)"
BIAS = "(bias)"
_HOPELESS = 5.0  # log-odds under the best tag below which a tag is no candidate
_REMEMBERED = 50_000  # looks whose candidates are kept


class Tagger:
    """Multinomial logistic regression over named binary features, decoded along the sequence.

    >>> tagger = Tagger(("title", "body"), {"short": (2.0, 0.0), "stop": (0.0, 1.0)}, {("title", "title"): -3.0})
    >>> tagger.decode([("short",), ("short", "stop")])
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
        self.weights = {name: tuple(row) for name, row in weights.items()}
        self.steps = dict(steps)
        self._bias = self.weights.get(BIAS, (0.0,) * len(self.tags))
        self._known: dict[tuple[str, ...], list[tuple[str, float]]] = {}

    def scores(self, features: Sequence[str]) -> list[float]:
        """The logarithm of each tag's probability, by the row alone."""
        get = self.weights.get
        rows = [row for row in map(get, features) if row is not None]
        sums = [sum(column) for column in zip(self._bias, *rows, strict=True)]
        top = max(sums)
        norm = top + math.log(sum(math.exp(value - top) for value in sums))
        return [value - norm for value in sums]

    def candidates(self, features: tuple[str, ...]) -> list[tuple[str, float]]:
        """The tags that a row may have, with their scores, best first."""
        known = self._known.get(features)
        if known is None:
            ranked = sorted(zip(self.tags, self.scores(features), strict=True), key=lambda pair: -pair[1])
            known = [pair for pair in ranked if pair[1] > ranked[0][1] - _HOPELESS]
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[features] = known
        return known

    def decode(self, rows: Sequence[tuple[str, ...]]) -> list[str]:
        """The best tags of a sequence (Viterbi). Where a row has one candidate only, the past is settled."""
        out: list[str] = []
        step = self.steps.get
        ends = [(0.0, START)]  # score and last tag of each path that is still open
        back: list[dict[str, str]] = []  # for each open row, the tag before each of its candidates
        for row in rows:
            found = self.candidates(row)
            before: dict[str, str] = {}
            scored = []
            for tag, own in found:
                if len(ends) == 1:
                    score, last = ends[0]
                    score += step((last, tag), 0.0)
                else:
                    score, last = max([(value + step((known, tag), 0.0), known) for value, known in ends])
                before[tag] = last
                scored.append((score + own, tag))
            back.append(before)
            ends = scored
            if len(ends) == 1:
                out.extend(_trace(back, ends[0][1]))
                back.clear()
                ends = [(0.0, ends[0][1])]
        if back:
            out.extend(_trace(back, max((value + step((tag, END), 0.0), tag) for value, tag in ends)[1]))
        return out


def _trace(back: list[dict[str, str]], tag: str) -> list[str]:
    """The path that ends in a tag."""
    path = []
    for before in reversed(back):
        path.append(tag)
        tag = before[tag]
    path.reverse()
    return path


@cache
def load_tagger(name: str) -> Tagger:
    """The shipped tagger `data/models/<name>_tags.csv` with `<name>_steps.csv`.

    Raises:
        BaodaoError: BD180, a file is damaged.
    """
    table = read_csv(f"models/{name}_tags.csv")
    tags = [column for column in table[0] if column != "feature"] if table else []
    weights = {row["feature"]: [float(row[tag] or 0) for tag in tags] for row in table}
    steps = {(row["before"], row["after"]): float(row["weight"]) for row in read_csv(f"models/{name}_steps.csv")}
    return Tagger(tags, weights, steps)
