"""What the layout learned: the tagger of roles, what speaks for a join, what speaks for moving a tail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from baodao.layout.by_rules import RuleTagger
from baodao.learn.linear import BIAS, LinearModel, load_model
from baodao.learn.tagger import Bundle, load_tagger

__all__ = ["Decoder", "Weights", "load_weights", "rule_weights"]

_NEVER = -99.0  # log-odds


class Decoder(Protocol):
    """Gives each fragment of a page its role."""

    def decode(self, rows: Iterable[Sequence[Bundle]]) -> list[str]:
        """The roles, from the features of the fragments."""
        ...


class Weights(NamedTuple):
    """The weight tables that read a page."""

    tagger: Decoder
    joins: LinearModel
    tails: LinearModel


@cache
def load_weights() -> Weights:
    """The shipped ones, `data/models/layout_*.csv`; rules alone where the workshop has not made them yet."""
    try:
        return Weights(load_tagger("layout"), load_model("layout_joins"), load_model("layout_tails"))
    except FileNotFoundError:
        return rule_weights()


def rule_weights() -> Weights:
    """Rules instead of tables: roles by `RuleTagger`, every paragraph left open is joined, no tail moves."""
    return Weights(RuleTagger(), LinearModel({}), LinearModel({BIAS: _NEVER}))
