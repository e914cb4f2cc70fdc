"""Hits → claims."""

from __future__ import annotations

from collections.abc import Sequence

from baodao.records.light import Claim, Hit
from baodao.text.passage import Passage

__all__ = ["link_facts"]


def link_facts(article: Sequence[tuple[Passage, list[Hit]]], body: int) -> list[Claim]:
    """The claims of an article's running text."""
    return []
