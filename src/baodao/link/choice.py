"""Choosing among readings: rules propose options with readable features, a weight table picks one.

What speaks for an option comes in families: pure functions from a few plain values to feature names. A family is
looked up by those values, `tables[edge]["n", "stop"]`, and what it gives adds up. In production (`ModelChooser`) that
is a number: what the names weigh together in the shipped table, remembered by the values, so that names are made once
and not for every option. In training (`build/facts.py`) it is the names themselves, and the chooser knows the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from baodao.learn.linear import LinearModel, best, load_model
from baodao.records.light import QuantityHit

__all__ = ["Chooser", "Evidence", "Family", "ModelChooser", "Names", "Option", "Say", "Tables", "Weights", "weigh"]

Evidence = Any  # what speaks for a reading and adds up: thousandths of weight (int), or feature names (tuple)
Family = Callable[..., Sequence[str]]
Option = tuple[Evidence, Any]  # one reading: what speaks for it, and what the caller goes on with
Say = Callable[[Any], Iterable[str | QuantityHit]]

_MOST = 20_000  # remembered weights of a family


class Tables(Protocol):
    """The evidence of each family, by the values that the family looks at; a single value stands alone."""

    def __getitem__(self, family: Family) -> Any: ...


class Weights(dict[Any, int]):
    """What the names of a family weigh together, in thousandths: whole numbers, so that no order of adding matters.

    >>> Weights(lambda word, tag: (f"word={word}", f"tag={tag}"), LinearModel({"word=站": 1.5}))["站", "n"]
    1500
    """

    def __init__(self, family: Family, model: LinearModel) -> None:
        self._family, self._model = family, model

    def __missing__(self, key: Any) -> int:
        if len(self) >= _MOST:
            self.clear()
        names = self._family(*key) if type(key) is tuple else self._family(key)
        weight = self[key] = weigh(names, self._model)
        return weight


def weigh(names: Iterable[str], model: LinearModel) -> int:
    """What these names weigh together, in thousandths."""
    return sum([round(1000 * model.weights.get(name, 0.0)) for name in names])


class ModelTables(dict[Family, Weights]):
    """The weights of the families of one decision."""

    def __init__(self, model: LinearModel) -> None:
        self._model = model

    def __missing__(self, family: Family) -> Weights:
        weights = self[family] = Weights(family, self._model)
        return weights


class Names:
    """The names that a family gives, for training.

    >>> Names(lambda word: (f"word={word}",))["站"]
    ('word=站',)
    """

    def __init__(self, family: Family) -> None:
        self._family = family

    def __getitem__(self, key: Any) -> tuple[str, ...]:
        return tuple(self._family(*key) if type(key) is tuple else self._family(key))


class Chooser(Protocol):
    """Gives the evidence of a decision, and picks one of its options."""

    def tables(self, decision: str) -> Tables:
        """The evidence that the options of this decision are made of."""
        ...

    def __call__(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        """The value of the best option of a decision about a quantity, and its share of the belief.

        Args:
            say: the texts that a value may come to, or the quantity whose answer it shares; asked in training only.
        """
        ...


class ModelChooser:
    """Picks by linear models.

    Args:
        models: by decision; those not given are read from `data/models/`.
    """

    def __init__(self, models: dict[str, LinearModel] | None = None) -> None:
        self._models = models or {}
        self._tables: dict[str, ModelTables] = {}

    def model(self, decision: str) -> LinearModel:
        """The weights of a decision."""
        return self._models.get(decision) or load_model(f"link_{decision}")

    def tables(self, decision: str) -> Tables:
        found = self._tables.get(decision)
        if found is None:
            found = self._tables[decision] = ModelTables(self.model(decision))
        return found

    def __call__(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        index, share = best([option[0] / 1000 for option in options])
        return options[index][1], share
