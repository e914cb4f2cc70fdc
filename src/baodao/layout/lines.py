"""Printed lines, the format they are set in, and the fragments they make.

In: the page text. Out: `Line`s and `Chunk`s; a chunk is one printed fragment, which in hard-wrapped text is
several lines. Formats: blocks parted by empty lines, one paragraph a line, indented paragraphs, lines wrapped
at a column's width (LAYOUT.md).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

__all__ = ["Chunk", "Line", "is_complete", "read_chunks", "read_lines"]

_TERMINAL = re.compile(r"[。！？!?…；;：:）)】][”’」』\"]*$|[。！？!?.][”’」』\"）)]*$|[”」』]$")
_HAN = re.compile(r"[㐀-鿿]")
_MIN_WRAP, _MAX_WRAP = 10, 30
_INDENT = 2  # characters


class Line(NamedTuple):
    """A line of the page: span of its printed part, its number, how many empty lines stand before it."""

    start: int
    end: int
    number: int
    gap: int
    indented: bool


class Chunk(NamedTuple):
    """One printed fragment: its lines and its repaired text."""

    lines: tuple[Line, ...]
    text: str

    @property
    def start(self) -> int:
        """Where it begins on the page."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Where it ends on the page, exclusive."""
        return self.lines[-1].end

    @property
    def indented(self) -> bool:
        """Whether its first line is indented, as that of a paragraph is."""
        return self.lines[0].indented

    @property
    def gap(self) -> int:
        """Empty lines before it."""
        return self.lines[0].gap


def read_lines(text: str) -> list[Line]:
    """The lines that hold more than white space, in order."""
    lines = []
    at = gap = 0
    for number, raw in enumerate(text.split("\n")):
        body = raw.strip()
        if body:
            start = at + raw.index(body)
            lines.append(Line(start, start + len(body), number, gap, raw[:1] in "\u3000" or raw.startswith("  ")))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    return lines


def is_complete(text: str) -> bool:
    """Whether a paragraph's text ends as one does."""
    return _TERMINAL.search(text[-4:]) is not None


def read_chunks(text: str, lines: Sequence[Line]) -> list[Chunk]:
    """The printed fragments: lines themselves, or runs of hard-wrapped lines."""
    width = wrap_width(text, lines)
    if not width:
        return [Chunk((line,), text[line.start : line.end]) for line in lines]
    chunks: list[list[Line]] = []
    for line in lines:
        if chunks and _goes_on(text, chunks[-1], line, width):
            chunks[-1].append(line)
        else:
            chunks.append([line])
    return [Chunk(tuple(run), "".join(text[line.start : line.end] for line in run)) for run in chunks]


def wrap_width(text: str, lines: Sequence[Line]) -> int:
    """The column width of hard-wrapped text in characters; 0 where lines are whole paragraphs.

    >>> page = "\\n".join(["一二三四五六七八九十一二三四五"] * 20 + ["完。"])
    >>> wrap_width(page, read_lines(page))
    15
    """
    sizes = [line.end - line.start + _INDENT * line.indented for line in lines]
    if len(sizes) < 8:
        return 0
    counts = Counter(size for size in sizes if _MIN_WRAP <= size <= _MAX_WRAP)
    if not counts:
        return 0
    width, _ = counts.most_common(1)[0]
    near = sum(counts[size] for size in range(width - 1, width + 2))
    short = sum(size <= width + 2 for size in sizes)
    return width if near >= 0.45 * len(sizes) and short >= 0.9 * len(sizes) else 0


def _goes_on(text: str, run: Sequence[Line], line: Line, width: int) -> bool:
    """Whether a line belongs to the fragment that the lines before it began."""
    last = run[-1]
    if line.gap or line.indented:
        return False
    size, said = last.end - last.start + _INDENT * last.indented, text[last.start : last.end]
    if size < width - 1:
        return False
    if is_complete(said) and said[-1] in "。！？!?" and len(run) > 1 and size < width:
        return False
    return bool(_HAN.search(said))
