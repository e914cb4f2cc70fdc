"""Printed lines with their places → paragraphs: what a column's lines and its ends say.

In: the `Row`s of each page in the order in which they are drawn. Out: one `Set` a paragraph, as large as its letters.
A line goes on with the one above if that one fills the column and it is not indented itself; at a column's end too.
Lines larger than the body stay lines: the parts of a headline.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Row", "Set", "set_pages"]

_LARGER = 1.2  # times the size of the body: a headline
_ALIKE = 0.06  # sizes that differ by no larger share are one
# Distances are shares of the size of the letters.
_DEEPEST = 2.4  # from line to line in a column
_INDENT = (1.2, 3.2)
_FILLED, _RAGGED = 1.1, 2.1  # how far before the column's edge a line ends that fills it
_EDGE = 0.35  # how exactly edges of columns meet
_WIDER = 1.35  # times the usual step: a line apart
_TENTH = 10  # so many of the steps are no longer than the usual one
_FEWEST = 3  # lines that show where a column's edges are
_STOPS = "。！？!?…；;：:）)”’」』"


class Row(NamedTuple):
    """A printed line: its text, its size, its edges and its baseline, in points."""

    text: str
    size: float
    left: float
    right: float
    base: float


class Set(NamedTuple):
    """A line of the text and how large it is set: 1 is the body, 0 an empty line."""

    text: str
    size: float


@dataclass(slots=True)
class _Piece:
    """Lines of one size below each other, and the edges of their column; sure if two lines reach each."""

    rows: list[Row]
    left: float
    right: float
    sure: bool

    @property
    def size(self) -> float:
        return self.rows[0].size


def set_pages(pages: Sequence[Sequence[Row]]) -> list[Set]:
    """The paragraphs of all pages; an empty line stands between pages, and before a headline below the body."""
    body = _body_size(row for page in pages for row in page) or 1.0
    out: list[Set] = []
    for number, page in enumerate(pages):
        if number:
            out.append(Set("", 0.0))
        was_body = False
        for text, size in _paragraphs(page, body):
            large = size > _LARGER
            if large and was_body:
                out.append(Set("", 0.0))
            was_body = not large
            out.append(Set(text, size))
    return out


def _body_size(rows: Iterable[Row]) -> float:
    """The size in which most characters are set; 0 if there are none."""
    counts: Counter[float] = Counter()
    for row in rows:
        counts[round(row.size, 1)] += len(row.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _paragraphs(rows: Sequence[Row], body: float) -> Iterable[Set]:
    """The paragraphs of a page.

    >>> rows = [Row("昨日三座", 10, 20, 60, 90), Row("新桥通车。", 10, 0, 50, 75), Row("夜校开课", 30, 0, 120, 40)]
    >>> [tuple(line) for line in _paragraphs(rows, 10)]
    [('昨日三座新桥通车。', 1.0), ('夜校开课', 3.0)]
    """
    pieces = _pieces(rows)
    ragged, steps = _is_ragged(pieces), _steps(pieces)
    _share_edges(pieces, ragged)
    told: list[list[Row]] = []
    last: _Piece | None = None
    for piece in pieces:
        for at, row in enumerate(piece.rows):
            above = (piece, piece.rows[at - 1]) if at else (last, last.rows[-1]) if last is not None else None
            step = steps.get(round(piece.size, 1), 0.0)
            if above is not None and _goes_on(*above, piece, row, ragged, step, body):
                told[-1].append(row)
            else:
                told.append([row])
        last = piece
    for run in told:
        text = run[0].text
        for row in run[1:]:
            latin = all(c.isascii() and c.isalpha() for c in (text[-1], row.text[0]))
            text += " " * latin + row.text
        yield Set(text, round(run[0].size / body, 2))


def _pieces(rows: Sequence[Row]) -> list[_Piece]:
    """The lines in pieces of columns."""
    runs: list[list[Row]] = []
    for row in rows:
        if runs and _is_below(runs[-1][-1], row):
            runs[-1].append(row)
        else:
            runs.append([row])
    return [_piece(run) for run in runs]


def _piece(run: list[Row]) -> _Piece:
    """Lines with the outermost places that two of them reach: a byline in the middle may be wider than the column."""
    near = _EDGE * run[0].size

    def edge(ends: list[float]) -> tuple[float, bool]:
        met = [end for end in ends if sum(abs(end - other) < near for other in ends) > 1]
        return max(met or ends), bool(met)

    (left, flush), (right, filled) = edge([-row.left for row in run]), edge([row.right for row in run])
    return _Piece(run, -left, right, flush and filled)


def _is_below(last: Row, row: Row) -> bool:
    """Whether a line stands in the column of the last one, below it."""
    return (
        _alike(last, row)
        and 0.5 * row.size < last.base - row.base < _DEEPEST * row.size
        and row.left < last.right
        and last.left < row.right
    )


def _alike(last: Row, row: Row) -> bool:
    return abs(last.size - row.size) <= _ALIKE * last.size


def _steps(pieces: Sequence[_Piece]) -> dict[float, float]:
    """The step from line to line inside a paragraph, by the size of the letters."""
    found: dict[float, list[float]] = defaultdict(list)
    for piece in pieces:
        found[round(piece.size, 1)] += [a.base - b.base for a, b in pairwise(piece.rows)]
    return {size: sorted(steps)[len(steps) // _TENTH] for size, steps in found.items() if steps}


def _share_edges(pieces: Sequence[_Piece], ragged: bool) -> None:
    """Give a piece whose edges are not sure those of the column that it stands in, as others show them.

    Where lines are not filled, the widest column that begins there says most.
    """
    known = sorted((piece for piece in pieces if piece.sure or ragged), key=lambda piece: len(piece.rows), reverse=True)
    for piece in pieces:
        if piece.sure and not ragged:
            continue
        size = piece.size
        fitting = []
        for column in known:
            into = (piece.left - column.left) / size
            if abs(column.size - size) > _ALIKE * size or piece.left > column.right:
                continue
            if abs(into) < _EDGE or (_INDENT[0] < into < _INDENT[1] and len(piece.rows) < _FEWEST):
                fitting.append((column.left, column.right))
        if fitting:
            piece.left = fitting[0][0]
            piece.right = max(piece.right, *[right for _, right in fitting]) if ragged else fitting[0][1]


def _is_ragged(pieces: Sequence[_Piece]) -> bool:
    """Whether lines are not filled up to the column's edge."""
    missing = [(p.right - r.right) / p.size for p in pieces if p.sure for r in p.rows]
    near = [gap for gap in missing if gap < _RAGGED]
    return sum(gap < _EDGE for gap in near) < 0.6 * len(near)


def _goes_on(above: _Piece, last: Row, piece: _Piece, row: Row, ragged: bool, step: float, body: float) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if not _alike(last, row) or (row.size > _LARGER * body and not _is_prose(piece)):
        return False
    missing = (above.right - last.right) / last.size
    if not -_INDENT[0] < missing < (_RAGGED if ragged else _FILLED):
        return False
    if (row.left - piece.left) / row.size > _INDENT[0]:
        return False
    ended = last.text[-1] in _STOPS
    if above is piece:
        return not ended or last.base - row.base < _WIDER * step
    return row.base > last.base and not (ended and ragged) and len(above.rows) > 1


def _is_prose(piece: _Piece) -> bool:
    """Whether large lines are sentences, not a headline."""
    return any("。" in row.text for row in piece.rows)
