"""The word classes that linking asks for, read from `data/lexicon/linking.csv`."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from baodao.resources import read_rows

__all__ = ["classes_of", "words"]

_NONE: frozenset[str] = frozenset()


@cache
def words(name: str) -> frozenset[str]:
    """The words of one class: state, change, light, create, mover …"""
    chosen = frozenset(word for word, classes in _table().items() if name in classes)
    if not chosen:
        raise KeyError(name)
    return chosen


def classes_of(word: str) -> frozenset[str]:
    """The classes that a word is in; of most words none."""
    return _table().get(word, _NONE)


@cache
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word, name, _ in read_rows("lexicon/linking.csv"):
        found[word].add(name)
    kept: dict[frozenset[str], frozenset[str]] = {}  # few sets, each kept once
    return {
        word: kept.setdefault(names, names) for word, names in zip(found, map(frozenset, found.values()), strict=True)
    }
