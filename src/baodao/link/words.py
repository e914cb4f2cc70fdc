"""The word classes that linking asks for, read from `data/lexicon/linking.csv`."""

from __future__ import annotations

from functools import cache

from baodao.resources import read_csv

__all__ = ["words"]


@cache
def words(name: str) -> frozenset[str]:
    """The words of one class: state, change, light, create, mover …"""
    chosen = frozenset(row["word"] for row in read_csv("lexicon/linking.csv") if row["class"] == name)
    if not chosen:
        raise KeyError(name)
    return chosen
