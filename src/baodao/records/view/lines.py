"""The lines of an article as a reader meets them, each with the mentions that stand in it.

In: an article. Out: `Line`s: headlines, repaired paragraphs, and between them the blocks that are no running text
(pull quotes, credits). Notebook, review page and terminal all draw these; none looks for places itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from baodao.records.article import Article, Block
    from baodao.records.mention import Mention

__all__ = ["HEADS", "Line", "Piece", "article_lines", "cut_lines"]

HEADS = {  # field of the article: the roles of its blocks
    "section": ("section_label",), "kicker": ("kicker",), "title": ("title", "caption_title"),
    "subtitle": ("subtitle",),
}  # fmt: skip
_SHOWN = {  # by fields and paragraphs; other blocks get a line of their own
    "byline", "body", "body_continuation", "subhead", "caption", *(role for roles in HEADS.values() for role in roles),
}  # fmt: skip
Span = tuple[int, int]


class Piece(NamedTuple):
    """A stretch of a line that belongs to a mention. A mention over several lines or fragments has several."""

    start: int  # of the line's text, half-open
    end: int
    mention: Mention
    first: bool  # the mention begins with this piece
    last: bool


class Line(NamedTuple):
    """One headline, paragraph or block of an article. `role` is a field of HEADS or the role of a block."""

    role: str
    text: str
    pieces: tuple[Piece, ...] = ()


def article_lines(article: Article) -> tuple[Line, ...]:
    """The lines of an article in reading order with their mentions; one is the title, be it empty."""
    printed = [*_headlines(article), *_running(article)]
    runs = []  # (page start, page end, line, where the run begins in the line)
    for number, (_, _, spans) in enumerate(printed):
        at = 0
        for start, end in spans:
            runs.append((start, end, number, at))
            at += end - start
    runs.sort()
    pieces: list[list[Piece]] = [[] for _ in printed]
    for mention in article.mentions:
        places = _places(runs, mention.spans)
        for k, (number, start, end) in enumerate(places):
            pieces[number].append(Piece(start, end, mention, k == 0, k == len(places) - 1))
    return tuple(Line(role, text, tuple(own)) for (role, text, _), own in zip(printed, pieces, strict=True))


def cut_lines(lines: Iterable[Line], room: int | None) -> Iterator[Line]:
    """The lines that fit into so many characters; the last one may be cut.

    >>> [line.text for line in cut_lines([Line("body", "全县"), Line("body", "三百名"), Line("body", "多")], 4)]
    ['全县', '三百']
    """
    for line in lines:
        if room is not None and len(line.text) > room:
            if room > 0:
                pieces = tuple(p._replace(end=min(p.end, room)) for p in line.pieces if p.start < room)
                yield Line(line.role, line.text[:room], pieces)
            return
        yield line
        room = None if room is None else room - len(line.text)


def _headlines(article: Article) -> Iterator[tuple[str, str, Sequence[Span]]]:
    """The headlines, a title also where there is none: role, text, the page spans it is made of; no spans where the
    text is not as printed."""
    for name, roles in HEADS.items():
        text: str = getattr(article, name)
        if text or name == "title":
            blocks = [block for block in article.blocks if block.role in roles]
            spans = [span for block in blocks for span in _strips(block)]
            yield name, text, spans if sum(end - start for start, end in spans) == len(text) else ()


def _strips(block: Block) -> Iterator[Span]:
    """The page spans of a block's lines without the white space around them."""
    at = block.start
    for line in block.text.splitlines(keepends=True):
        begin = at + len(line) - len(line.lstrip())
        if line.strip():
            yield begin, begin + len(line.strip())
        at += len(line)


def _running(article: Article) -> Iterator[tuple[str, str, Sequence[Span]]]:
    """Paragraphs, and behind the one it was set in each block that is no running text."""
    rest = [(index, block) for index, block in enumerate(article.blocks) if block.role not in _SHOWN]
    for paragraph in article.paragraphs:
        first = paragraph.blocks[0] if paragraph.blocks else 0
        while rest and rest[0][0] < first:
            yield _beside(rest.pop(0)[1])
        role = article.blocks[first].role if first < len(article.blocks) else "body"
        yield role, paragraph.text, paragraph.spans
    for _, block in rest:
        yield _beside(block)


def _beside(block: Block) -> tuple[str, str, Sequence[Span]]:
    spans = tuple(_strips(block))
    return block.role, "".join(block.text[a - block.start : b - block.start] for a, b in spans), spans


def _places(runs: list[tuple[int, int, int, int]], spans: Sequence[Span]) -> list[tuple[int, int, int]]:
    """Where page spans stand in the lines: (line, start, end), in order, touching ones put together."""
    found = []
    for start, end in spans:
        index = max(bisect_right(runs, start, key=lambda run: run[0]) - 1, 0)
        while index < len(runs) and runs[index][0] < end:
            page_start, page_end, number, at = runs[index]
            low, high = max(start, page_start), min(end, page_end)
            if low < high:
                found.append((number, at + low - page_start, at + high - page_start))
            index += 1
    merged: list[tuple[int, int, int]] = []
    for number, start, end in sorted(found):
        if merged and merged[-1][0] == number and merged[-1][2] == start:
            start = merged.pop()[1]
        merged.append((number, start, end))
    return merged
