"""How far the confidence of a row can be believed: learned on predictions of models that never saw the bulletin.

In: cross-validated predictions (`raw`, `fold`) with whether each is strictly right. Out: the model that turns `raw`
into a probability, and the figures by which it is judged. What is judged is calibrated by the other folds only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NamedTuple

from baodao.learn.linear import LinearModel
from baodao.link.facts import log_odds

__all__ = ["Bin", "bins", "calibrate_across", "calibration_error", "fit_calibration", "judge", "surest_half"]

Row = dict[str, Any]
Judged = tuple[Row, bool]
Believed = tuple[float, bool]  # a confidence, and whether the row is right


class Bin(NamedTuple):
    """Rows of like confidence."""

    size: int
    believed: float  # mean confidence
    right: int


def judge(scorer: ModuleType, result: dict[str, Any]) -> list[Judged]:
    """The predictions with whether they are strictly right; one that matches no gold fact is wrong, optional rows are
    left out."""
    rows = [
        (p, all(scorer.slot_right(s, g, p) for s in scorer.STRICT))
        for g, p in result["_pairs"]
        if not g.get("optional")
    ]
    return [*rows, *((p, False) for p in result["_spurious"])]


def fit_calibration(rows: Sequence[Judged]) -> LinearModel:
    """How the product of the choices' shares turns into the probability that a row is strictly right."""
    from sklearn.linear_model import LogisticRegression

    x = [[log_odds(p["raw"])] for p, _ in rows]
    model = LogisticRegression(C=10.0).fit(x, [good for _, good in rows])
    return LinearModel({"(bias)": round(float(model.intercept_[0]), 3), "log_odds": round(float(model.coef_[0][0]), 3)})


def calibrate_across(rows: Sequence[Judged]) -> None:
    """Set the confidence of each row by a calibration that was fitted on the other folds."""
    for fold in sorted({p["fold"] for p, _ in rows}):
        weights = fit_calibration([row for row in rows if row[0]["fold"] != fold]).weights
        for p, _ in rows:
            if p["fold"] == fold:
                score = weights["(bias)"] + weights["log_odds"] * log_odds(p["raw"])
                p["confidence"] = 1 / (1 + math.exp(-score))


def bins(rows: Sequence[Believed], count: int = 10) -> list[Bin]:
    """Rows by confidence in bins of equal count, the least sure first."""
    ordered = sorted(rows)
    cut = [ordered[i * len(ordered) // count : (i + 1) * len(ordered) // count] for i in range(count)]
    return [Bin(len(b), sum(c for c, _ in b) / len(b), sum(good for _, good in b)) for b in cut if b]


def calibration_error(rows: Sequence[Believed], count: int = 10) -> float:
    """The expected calibration error: how far belief and truth lie apart in a bin, on average.

    >>> calibration_error([(0.25, False), (0.25, True), (0.75, True), (0.75, True)], 2)
    0.25
    """
    found = bins(rows, count)
    return sum(abs(b.believed * b.size - b.right) for b in found) / sum(b.size for b in found)


def surest_half(rows: Sequence[Believed]) -> tuple[int, int]:
    """How many of the surer half of the rows are right, and how many there are.

    Among rows of one confidence the wrong ones count as surer, so that ties never flatter.

    >>> surest_half([(0.9, True), (0.8, False), (0.3, True), (0.1, False)])
    (1, 2)
    """
    half = sorted(rows, key=lambda row: (-row[0], row[1]))[: (len(rows) + 1) // 2]
    return sum(good for _, good in half), len(half)
