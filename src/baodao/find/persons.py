"""Finds persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baodao.records.light import Hit
from baodao.text.passage import Passage

__all__ = ["find_persons"]


def find_persons(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the persons of `passage`."""
    return ()
