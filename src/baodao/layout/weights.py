"""What the layout learned: the tagger of roles, what speaks for a join, what speaks for moving a tail."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from baodao.learn.linear import LinearModel, load_model
from baodao.learn.tagger import Tagger, load_tagger

__all__ = ["Weights", "load_weights"]


class Weights(NamedTuple):
    """The weight tables that read a page."""

    tagger: Tagger
    joins: LinearModel
    tails: LinearModel


@cache
def load_weights() -> Weights:
    """The shipped ones, `data/models/layout_*.csv`."""
    return Weights(load_tagger("layout"), load_model("layout_joins"), load_model("layout_tails"))
