"""Choosing among readings: rules propose options with readable features, a weight table picks one.

What speaks for an option is feature names, alone, `tables.names.get(f"tail={char}", 0)`, or in families: pure functions
from a few plain values to names, looked up by those values, `tables[edge]["n", "stop"]`. What is found adds up. In
production (`ModelChooser`) that is a number: what the names weigh together in the shipped table; for a family it is
remembered by the values, which pays where the same values come again and again, as those of classes and small numbers
do and those of words do not. In training (`build/decisions.py`) it is the names themselves, and the chooser knows the
answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import exp
from operator import itemgetter
from typing import Any, Protocol

from baodao.learn.linear import LinearModel, read_model
from baodao.records.light import QuantityHit

__all__ = [
    "Chooser", "Evidence", "Family", "ModelChooser", "ModelTables", "NameTables", "Option", "Say", "Tables",
]  # fmt: skip

Evidence = Any  # what speaks for a reading and adds up: thousandths of weight (int), or feature names (tuple)
Family = Callable[..., Sequence[str]]
Option = tuple[Evidence, Any]  # one reading: what speaks for it, and what the caller goes on with
Say = Callable[[Any], Iterable[str | QuantityHit]]

_MOST = 20_000  # remembered weights of a family
_EVIDENCE = itemgetter(0)


class Tables(Protocol):
    """The evidence of a decision, by family and then by the values that the family looks at; a single value stands
    alone. `names.get(name, 0)` is the evidence of a single name."""

    @property
    def names(self) -> Any: ...
    def __getitem__(self, family: Family) -> Any: ...


class _Weights(dict[Any, int]):
    """What the names of a family weigh together, by the values they are made of; each value keeps its type, since True
    and 1 would be one key."""

    def __init__(self, family: Family, names: dict[str, int]) -> None:
        self._family, self._get = family, names.get

    def __missing__(self, key: Any) -> int:
        if len(self) >= _MOST:
            self.clear()
        get, weight = self._get, 0
        for name in self._family(*key) if type(key) is tuple else self._family(key):
            weight += get(name, 0)
        self[key] = weight
        return weight


class ModelTables(dict[Family, _Weights]):
    """Evidence as weights, in thousandths: whole numbers, so that no order of adding matters.

    >>> tables = ModelTables(LinearModel({"word=站": 1.5}))
    >>> tables[lambda word, tag: (f"word={word}", f"tag={tag}")]["站", "n"], tables.names.get("word=站", 0)
    (1500, 1500)
    """

    def __init__(self, model: LinearModel) -> None:
        self.names = {name: round(1000 * weight) for name, weight in model.weights.items()}

    def __missing__(self, family: Family) -> _Weights:
        weights = self[family] = _Weights(family, self.names)
        return weights

    def weigh(self, names: Iterable[str]) -> int:
        """What any names weigh together."""
        return sum([self.names.get(name, 0) for name in names])


class NameTables(dict[Family, "_Names"]):
    """Evidence as the names themselves, for training.

    >>> tables = NameTables()
    >>> tables[lambda word, tag: (f"word={word}", f"tag={tag}")]["站", "n"] + tables.names.get("one", 0)
    ('word=站', 'tag=n', 'one')
    """

    def __init__(self) -> None:
        self.names = _Alone()

    def __missing__(self, family: Family) -> _Names:
        names = self[family] = _Names(family)
        return names


class _Alone:
    """Single names, each evidence of itself."""

    def get(self, name: str, _: int) -> tuple[str, ...]:
        return (name,)


class _Names:
    """The names that a family gives."""

    def __init__(self, family: Family) -> None:
        self._family = family

    def __getitem__(self, key: Any) -> tuple[str, ...]:
        return tuple(self._family(*key) if type(key) is tuple else self._family(key))


class Chooser(Protocol):
    """Gives the evidence of a decision, and picks one of its options."""

    def tables(self, decision: str) -> Tables:
        """The evidence that the options of this decision are made of."""
        ...

    def pick(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> Any:
        """The value of the best option of a decision about a quantity; of equals the first.

        Args:
            say: the texts that a value may come to, or the quantity whose answer it shares; asked in training only.
        """
        ...

    def weigh(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        """The same with its share of the belief (softmax)."""
        ...


class ModelChooser:
    """Picks by linear models.

    Args:
        models: by decision; those not given are read from `data/models/`.
    """

    def __init__(self, models: dict[str, LinearModel] | None = None) -> None:
        self._models = models or {}
        self._tables: dict[str, ModelTables] = {}

    def tables(self, decision: str) -> ModelTables:
        found = self._tables.get(decision)
        if found is None:
            model = self._models.get(decision) or read_model(f"link_{decision}")
            found = self._tables[decision] = ModelTables(model)
        return found

    def pick(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> Any:
        return max(options, key=_EVIDENCE)[1]

    def weigh(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        top, value = max(options, key=_EVIDENCE)
        return value, 1 / sum([exp((evidence - top) / 1000) for evidence, _ in options])
