"""Passage → hits, one file a kind. A finder is a callable; `overlap.settle` decides between clashing hits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from baodao.records.light import Hit
from baodao.text.passage import Passage

__all__ = ["Finder"]


class Finder(Protocol):
    """What a finder is: it sees the passage and what was found before, and gives hits of its kind."""

    def __call__(self, passage: Passage, found: Sequence[Hit]) -> Iterable[Hit]: ...
