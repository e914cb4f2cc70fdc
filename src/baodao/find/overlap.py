"""Which of two clashing hits stays."""

from __future__ import annotations

from collections.abc import Iterable

from baodao.records.light import Hit

__all__ = ["settle"]


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Hits by place: of numbers and times that overlap the longest stays; names may nest."""
    return sorted(hits, key=lambda hit: (hit.start, -hit.end))
