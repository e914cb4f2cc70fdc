"""Texts that are a mere list: short lines and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from baodao.layout.lines import Chunk, is_complete

__all__ = ["list_roles"]

_FEWEST = 4  # lines of a list
_LONGEST = 30  # characters of an item


def list_roles(chunks: Sequence[Chunk]) -> list[str]:
    """The roles of a list: its first line heads it, the others are its items; empty if the text is no list."""
    if len(chunks) < _FEWEST or any(len(chunk.text) > _LONGEST or is_complete(chunk.text) for chunk in chunks):
        return []
    return ["title"] + ["body"] * (len(chunks) - 1)
