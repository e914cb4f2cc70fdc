"""Learning to rank by conditional logistic regression: the right options of each example against its wrong ones.

In: examples, each the feature names of its options and which of them are right (several may be: their probabilities
add up). Out: a `LinearModel`. The loss is that of a multinomial logistic regression whose classes are the options;
scikit-learn's own wants one set of classes for all rows, so the gradient is written out here and scipy minimises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from baodao.learn.linear import LinearModel

__all__ = ["Example", "fit_ranking"]

MIN_COUNT = 3  # options; a feature seen with fewer is left out
MOST_STEPS = 60
LEAST = 0.03  # weights below it are left out: half of the table, no decision measured


class Example(NamedTuple):
    """A decision with its answer."""

    options: list[Sequence[str]]  # their features
    right: list[bool]  # which of them are right
    weight: float = 1.0


def fit_ranking(examples: Sequence[Example], *, penalty: float, empty_weight: float = 1.0) -> LinearModel:
    """The weights that make the right options likely.

    Args:
        examples: those without a right option, or without a wrong one, teach nothing.
        penalty: of the squared weights; the larger, the smaller they stay.
        empty_weight: what an example weighs whose right option is the last, which stands for no answer.
    """
    from scipy.optimize import minimize

    examples = [example for example in examples if any(example.right) and not all(example.right)]
    if not examples:
        return LinearModel({})
    x, names = _matrix(examples)
    right = np.concatenate([np.array(example.right, bool) for example in examples])
    sizes = np.array([len(example.right) for example in examples])
    starts, group = np.concatenate([[0], np.cumsum(sizes)[:-1]]), np.repeat(np.arange(len(sizes)), sizes)
    weight = np.array([e.weight * (empty_weight if e.right[-1] else 1.0) for e in examples])
    turned = x.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        scores = x @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        good = np.where(right, odds, 0.0)
        total, kept = np.add.reduceat(odds, starts), np.maximum(np.add.reduceat(good, starts), 1e-300)
        slope = turned @ ((odds / total[group] - good / kept[group]) * weight[group])
        return float(weight @ np.log(total / kept) + penalty / 2 * weights @ weights), slope + penalty * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    return LinearModel({n: round(float(w), 3) for n, w in zip(names, found.x, strict=True) if abs(w) >= LEAST})


def _matrix(examples: Sequence[Example]) -> tuple[Any, list[str]]:
    """Options as rows, features as columns: (n_options, n_features)."""
    from scipy.sparse import csr_matrix

    counts = Counter(name for example in examples for features in example.options for name in set(features))
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    column = {name: index for index, name in enumerate(names)}
    ones: list[int] = []
    ends = [0]
    for example in examples:
        for features in example.options:
            ones.extend(sorted({column[name] for name in features if name in column}))  # sums alike in every run
            ends.append(len(ones))
    return csr_matrix((np.ones(len(ones)), ones, ends), shape=(len(ends) - 1, len(names))), names
