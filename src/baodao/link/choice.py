"""Choosing among readings: rules propose options with readable features, a model picks one.

In production `ModelChooser` scores the options with the shipped weight tables. In training (`build/facts.py`)
a recorder of the same signature notes which options were right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from baodao.learn.linear import LinearModel, best, load_model
from baodao.records.light import QuantityHit

__all__ = ["Chooser", "ModelChooser", "Option", "Part", "says"]


class Part:
    """Features that several readings share (the word a phrase ends with); scored once.

    >>> Part(["last=站"]).score(LinearModel({"last=站": 1.5}))
    1.5
    """

    __slots__ = ("_score", "features")

    def __init__(self, features: Sequence[str]) -> None:
        self.features = features
        self._score: tuple[LinearModel, float] | None = None

    def score(self, model: LinearModel) -> float:
        """What the features weigh together."""
        if self._score is None or self._score[0] is not model:
            self._score = (model, model.weigh(self.features))
        return self._score[1]


class Option(NamedTuple):
    """One reading.

    Attributes:
        features: names of what speaks for or against it.
        value: what the caller goes on with.
        readings: the texts it may come to; asked for in training only. None of its own where it
            shares those of another quantity.
        parts: further features, shared with other readings.
    """

    features: Sequence[str]
    value: Any
    readings: Callable[[], Iterable[str]]
    parts: Sequence[Part] = ()

    def names(self) -> list[str]:
        """All features, the parts' too."""
        return [*self.features, *(name for part in self.parts for name in part.features)]

    def score(self, model: LinearModel) -> float:
        """What all features weigh together."""
        score = model.weigh(self.features)
        for part in self.parts:
            score += part.score(model)
        return score


def says(text: str) -> Callable[[], list[str]]:
    """The readings of an option that comes to one text."""
    return lambda: [text]


class Chooser(Protocol):
    """Picks one option of a decision about a quantity; gives it with its share of the belief."""

    def __call__(self, decision: str, quantity: QuantityHit, options: Sequence[Option]) -> tuple[Option, float]: ...


class ModelChooser:
    """Picks by linear models.

    Args:
        models: by decision; those not given are read from `data/models/`.
    """

    def __init__(self, models: dict[str, LinearModel] | None = None) -> None:
        self._models = models or {}

    def __call__(self, decision: str, quantity: QuantityHit, options: Sequence[Option]) -> tuple[Option, float]:
        model = self._models.get(decision) or load_model(f"link_{decision}")
        index, sure = best([option.score(model) for option in options])
        return options[index], sure
