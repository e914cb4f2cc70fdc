"""Finds quantities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baodao.records.light import Hit
from baodao.text.passage import Passage

__all__ = ["find_quantities"]


def find_quantities(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the quantities of `passage`."""
    return ()
