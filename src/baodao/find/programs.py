"""Finds programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baodao.records.light import Hit
from baodao.text.passage import Passage

__all__ = ["find_programs"]


def find_programs(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the programs of `passage`."""
    return ()
