"""Choosing among readings: rules propose options with readable features, a model picks one.

In production `ModelChooser` scores the options with the shipped weight tables. In training (`build/facts.py`)
a recorder of the same signature notes which options were right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from baodao.learn.linear import LinearModel, load_model
from baodao.records.light import QuantityHit

__all__ = ["Chooser", "ModelChooser", "Option", "says"]


class Option(NamedTuple):
    """One reading.

    Attributes:
        features: names of what speaks for or against it.
        value: what the caller goes on with.
        readings: the texts it may come to; asked for in training only. None of its own where it
            shares those of another quantity.
    """

    features: Sequence[str]
    value: Any
    readings: Callable[[], Iterable[str]]


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
        index, sure = model.best([option.features for option in options])
        return options[index], sure
