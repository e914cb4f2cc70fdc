"""The text layer of a PDF → its paragraphs in reading order, and how large each is set.

In: the bytes of a file. Out: one paragraph a line, and a size for every line. pdfium gives the characters in the order
in which the file draws them; lines and spaces are read from their places, for what pdfium makes of them goes wrong on a
page with vertical headlines. `columns` makes paragraphs of the lines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from baodao.readers.check import Finding, Opened
from baodao.readers.columns import Row, set_pages
from baodao.readers.limits import MOST_PAGES, check_size
from baodao.records.saved import need

__all__ = ["read_pdf"]

# Distances are shares of the size of the letters.
_BACK = 0.3  # a letter so far left of the last one begins a line
_DROP = 0.5  # so far below or above it too
_APART = 1.6  # so far right of it as well
_SPACE = 0.2  # a gap wider than those around it by so much is a space
_THIN = 0.4  # beside a digit or a letter, where a gap is set anyway
_LOOSE = 0.15  # between letters
_STEP = (0.8, 1.7)  # from letter to letter in a vertical line
_SHORTEST = 2  # letters of a vertical line


class _Letter(NamedTuple):
    """A character, its size, and where it stands: left and right edge and baseline, in points."""

    text: str
    size: float
    left: float
    right: float
    base: float


def read_pdf(content: bytes) -> Opened:
    """The text layer of a PDF, page after page; a page without one is noted (BD140).

    A paragraph is one line. A line set larger than the body has an empty line before it, so that a report begins where
    its headline's size says. How large each line is set goes along.
    """
    pdfium = need("pypdfium2", "pdf", ".pdf")
    raw = need("pypdfium2.raw", "pdf", ".pdf")
    findings: list[Finding] = []
    pages: list[list[Row]] = []
    document = pdfium.PdfDocument(content)
    try:
        check_size(".pdf", len(document), MOST_PAGES, ("页", "pages"))
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            pages.append(_rows(list(_letters(layer, raw))))
            layer.close()
            page.close()
            if not pages[-1]:
                findings.append(Finding("BD140", False, {"page": number + 1}))
    finally:
        document.close()
    lines = set_pages(pages)
    return Opened("\n".join(line.text for line in lines), findings, tuple(line.size for line in lines))


def _letters(layer: Any, raw: Any) -> Iterator[_Letter]:
    """The characters that the page draws, without what pdfium adds between them."""
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = raw.c_double(), raw.c_double()
    half = ""
    for at in range(raw.FPDFText_CountChars(layer)):
        code = raw.FPDFText_GetUnicode(layer, at)
        if raw.FPDFText_IsGenerated(layer, at) == 1 or code in (0, 0xFFFE, 0xFFFF):
            continue
        char = half + chr(code)
        if 0xD800 <= code < 0xDC00:
            half = char
            continue
        half = ""
        raw.FPDFText_GetMatrix(layer, at, matrix)
        scale = math.hypot(matrix.b, matrix.d) or 1.0  # a size is given before it is scaled
        size = raw.FPDFText_GetFontSize(layer, at) * scale
        raw.FPDFText_GetCharOrigin(layer, at, x, y)
        raw.FPDFText_GetLooseCharBox(layer, at, box)
        right = max(box.right, x.value + size * (char >= "⺀"))  # a box may lie close around the drawing
        if size > 0:
            yield _Letter(_whole(char), size, x.value, right, y.value)


def _whole(char: str) -> str:
    """A character of two halves as one."""
    return char if len(char) == 1 else char.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _rows(letters: Sequence[_Letter]) -> list[Row]:
    """The printed lines of a page in the order in which they are drawn."""
    runs: list[list[_Letter]] = []
    for letter in letters:
        if runs and _goes_on(runs[-1][-1], letter):
            runs[-1].append(letter)
        elif not letter.text.isspace():
            runs.append([letter])
    rows = [_upright(run) if len(run) > 1 and _falls(run[0], run[1]) else _row(run) for run in _vertical(runs)]
    return [row for row in rows if row.text]


def _goes_on(last: _Letter, letter: _Letter) -> bool:
    """Whether a letter stands in the same line as the last one."""
    size = max(last.size, letter.size)
    return (
        abs(letter.base - last.base) < _DROP * size
        and letter.left > last.left - _BACK * size
        and letter.left - last.right < _APART * size
    )


def _falls(last: _Letter, letter: _Letter) -> bool:
    """Whether a letter stands below the last one, as in a vertical line."""
    size, low = last.size, (last.base - letter.base) / last.size
    middle = (letter.left + letter.right - last.left - last.right) / 2
    return abs(letter.size - size) < 0.1 * size and abs(middle) < 0.3 * size and _STEP[0] < low < _STEP[1]


def _vertical(runs: Sequence[list[_Letter]]) -> Iterator[list[_Letter]]:
    """The lines, those of single letters below each other put together."""
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs) and len(runs[end - 1]) == len(runs[end]) == 1 and _falls(runs[end - 1][0], runs[end][0]):
            end += 1
        if end - at >= _SHORTEST:
            yield [run[0] for run in runs[at:end]]
        else:
            yield from runs[at:end]
        at = end


def _upright(run: Sequence[_Letter]) -> Row:
    """A vertical line."""
    text = "".join([letter.text for letter in run])
    left, right = min(letter.left for letter in run), max(letter.right for letter in run)
    return Row(text, median([letter.size for letter in run]), left, right, run[0].base)


def _row(run: Sequence[_Letter]) -> Row:
    """A line, with spaces where its letters stand apart."""
    size = median([letter.size for letter in run])
    gaps = [(letter.left - last.right) / size for last, letter in pairwise(run)]
    usual = max(0.0, median(gaps)) if len(gaps) > 1 else 0.0  # letters of a line that is filled up stand apart evenly
    out = [run[0].text]
    for (last, letter), gap in zip(pairwise(run), gaps, strict=True):
        wide = [c.isascii() and c.isalnum() for c in (last.text, letter.text)]
        if gap > usual + (_LOOSE if all(wide) else _THIN if any(wide) else _SPACE) and not letter.text.isspace():
            out.append(" ")
        out.append(letter.text)
    return Row(" ".join("".join(out).split()), size, run[0].left, run[-1].right, median([x.base for x in run]))
