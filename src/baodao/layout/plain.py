"""Texts that are no page: a mere list, a sentence or a headline alone."""

from __future__ import annotations

from collections.abc import Sequence

from baodao.layout.lines import Chunk, is_complete
from baodao.layout.roles import line_rule

__all__ = ["plain_roles"]

_FEWEST = 4  # lines of a list
_LONGEST = 30  # characters of an item


def plain_roles(chunks: Sequence[Chunk]) -> list[str]:
    """The roles of a text that is no page; empty if it may be one.

    One fragment is a caption by its rule, else a headline or a paragraph by its end. The first line of a list heads it,
    the others are its items.
    """
    if len(chunks) == 1 and line_rule(chunks[0].text) == "caption":
        return ["caption"]
    if len(chunks) == 1:
        return ["body" if is_complete(chunks[0].text) or len(chunks[0].text) > _LONGEST else "title"]
    if len(chunks) < _FEWEST or any(len(chunk.text) > _LONGEST or is_complete(chunk.text) for chunk in chunks):
        return []
    return ["title"] + ["body"] * (len(chunks) - 1)
