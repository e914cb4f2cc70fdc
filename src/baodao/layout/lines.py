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

from baodao.layout.begins import begins_paragraph

__all__ = ["Chunk", "Line", "is_complete", "read_chunks", "read_lines", "wrap_width"]

_TERMINAL = re.compile(r"[。！？!?…；;：:）)】][”’」』\"]*$|[。！？!?.][”’」』\"）)]*$|[”」』]$")
_ENDS = frozenset("。！？!?…；;：:）)】”’」』.")  # each ends a paragraph, whatever stands before it
_HAN = re.compile(r"[㐀-鿿]")
_STOP = re.compile(r"[。！？!?][”’」）)]?$")
_MIN_WRAP, _MAX_WRAP = 10, 30
_FEWEST = 8  # lines of hard-wrapped text
_FULL = 0.45  # share of lines that are full
_SHORT = 0.9  # share of lines that are no longer
_EVEN = 0.8  # share of full lines that have the very width
_BEGINS = 0.0  # log-odds from which a sentence at a full line's end begins a paragraph
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
    return text[-1] in _ENDS or (text[-1] == '"' and _TERMINAL.search(text[-4:]) is not None)


def read_chunks(text: str, lines: Sequence[Line], width: int) -> list[Chunk]:
    """The printed fragments: lines themselves, or runs of hard-wrapped lines.

    Args:
        text: the page.
        lines: its lines.
        width: the column width as `wrap_width` gives it.
    """
    if not width:
        return [Chunk((line,), text[line.start : line.end]) for line in lines]
    slack = 0 if _is_even(lines, width) else 1
    chunks: list[list[Line]] = []
    for line in lines:
        if chunks and _goes_on(text, chunks[-1], line, width, slack):
            chunks[-1].append(line)
        else:
            chunks.append([line])
    return [Chunk(tuple(run), "".join([text[line.start : line.end] for line in run])) for run in chunks]


def wrap_width(lines: Sequence[Line]) -> int:
    """The column width of hard-wrapped text in characters; 0 where lines are whole paragraphs.

    >>> wrap_width(read_lines("\\n".join(["一二三四五六七八九十一二三四五"] * 20 + ["完。"])))
    15
    """
    if len(lines) < _FEWEST:
        return 0
    sizes = Counter([_size(line) for line in lines])
    width, _ = max(
        ((size, n) for size, n in sizes.items() if _MIN_WRAP <= size <= _MAX_WRAP), key=lambda x: x[1], default=(0, 0)
    )
    near = sum(sizes[size] for size in range(width - 1, width + 2))
    short = sum(n for size, n in sizes.items() if size <= width + 2)
    return width if near >= _FULL * len(lines) and short >= _SHORT * len(lines) else 0


def _size(line: Line) -> int:
    """The characters of a line with its indent."""
    return line.end - line.start + _INDENT * line.indented


def _is_even(lines: Sequence[Line], width: int) -> bool:
    """Whether full lines have the same count of characters: no column is a character short or long."""
    sizes = Counter([_size(line) for line in lines])
    return sizes[width] > _EVEN * sum(sizes[size] for size in range(width - 1, width + 2))


def _goes_on(text: str, run: Sequence[Line], line: Line, width: int, slack: int) -> bool:
    """Whether a line belongs to the fragment that the lines before it began.

    A line that ends short ends a fragment. One that is full and ends a sentence may: the line below says
    whether it is a headline, or begins as paragraphs do.
    """
    last = run[-1]
    size = _size(last)
    said = text[last.start : last.end]
    if not line.gap and size == width - 1 and said.count("(") + said.count("（") > said.count(")") + said.count("）"):
        return True  # a space at the end of a full line is not seen
    if line.gap or line.indented or size < width - slack:
        return False
    if not _STOP.search(said):
        return _HAN.search(said) is not None
    if size < width and len(run) > 1:
        return False
    below = text[line.start : line.end]
    if _size(line) < width - slack and not is_complete(below):
        return False
    return begins_paragraph(below) < _BEGINS
