"""Small tables as text, wide characters aligned, and as HTML: for what summaries and figures show of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from unicodedata import combining, east_asian_width

from baodao.markup import element

__all__ = ["html_table", "text_table", "text_width"]

Cell = str | int | float | None


def text_width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> text_width("50户")
    4
    """
    return sum(0 if combining(char) else 1 + (east_asian_width(char) in "WF") for char in text)


def text_table(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Columns under their headings, numbers to the right.

    >>> print(text_table(["单位", "n"], [["户", 3], ["人次", 12]]))
    单位   n
    户     3
    人次  12
    """
    body = [list(row) for row in rows]
    cells = [list(header), *([_shown(cell) for cell in row] for row in body)]
    widths = [max(map(text_width, column)) for column in zip(*cells, strict=True)]
    right = [any(isinstance(row[k], int | float) for row in body) for k in range(len(header))]
    lines = []
    for line in cells:
        padded = [
            " " * (width - text_width(cell)) + cell if to_right else cell + " " * (width - text_width(cell))
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def html_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> str:
    """The same as an HTML table, escaped.

    >>> html_table(["n"], [[3]])
    '<table><thead><tr><th>n</th></tr></thead><tbody><tr><td class="bd-n">3</td></tr></tbody></table>'
    """
    head = "".join(element("th", escape(name)) for name in header)
    body = "".join(
        element(
            "tr",
            "".join(element("td", escape(_shown(c)), css="bd-n" if isinstance(c, int | float) else "") for c in row),
        )
        for row in rows
    )
    top = element("caption", escape(caption)) if caption else ""
    return element("table", f"{top}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>")


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:,.6g}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell)
