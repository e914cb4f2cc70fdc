"""Quoted names and words of a kind behind them: cheap to find, not yet judged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Quoted", "quoted_names"]

_QUOTED = re.compile(r"“([^“”。！!？?；;\n]{1,30})”|「([^「」\n]{1,30})」|\"([^\"\n。]{1,30})\"")


class Quoted(NamedTuple):
    """A quotation: span with its marks, and what stands between them."""

    start: int
    end: int
    inner: str


def quoted_names(text: str) -> Iterator[Quoted]:
    """The short quotations of a text, left to right.

    >>> [q.inner for q in quoted_names("“暖春行动”和“微光”品牌")]
    ['暖春行动', '微光']
    """
    for match in _QUOTED.finditer(text):
        yield Quoted(match.start(), match.end(), next(group for group in match.groups() if group is not None))
