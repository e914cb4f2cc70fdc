"""Finds organizations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baodao.records.light import Hit
from baodao.text.passage import Passage

__all__ = ["find_organizations"]


def find_organizations(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the organizations of `passage`."""
    return ()
