"""Small tables as text, wide characters aligned, and as HTML: for what summaries and figures show of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

from baodao.markup import element, escaped

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
    right = _to_the_right(header, body)
    lines = []
    for line in cells:
        padded = [
            " " * (width - text_width(cell)) + cell if to_right else cell + " " * (width - text_width(cell))
            for cell, width, to_right in zip(line, widths, right, strict=True)
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def html_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], caption: str = "") -> str:
    """The same as an HTML table, escaped, with the classes that the views' style knows.

    >>> html_table(["", ""], [["+", "<b>"]])
    '<div class="bd-wide"><table><tbody><tr><td>+</td><td>&lt;b&gt;</td></tr></tbody></table></div>'
    """
    body = [list(row) for row in rows]
    css = ["bd-n" if right else "" for right in _to_the_right(header, body)]
    lines = [
        element("tr", "".join(element("td", escaped(_shown(c)), css=k) for c, k in zip(row, css, strict=True)))
        for row in body
    ]
    head = "".join(element("th", escaped(name), css=k) for name, k in zip(header, css, strict=True))
    top = element("caption", escaped(caption)) if caption else ""
    head = f"<thead><tr>{head}</tr></thead>" if any(header) else ""
    return element("div", element("table", f"{top}{head}<tbody>{''.join(lines)}</tbody>"), css="bd-wide")


def _to_the_right(header: Sequence[str], body: Sequence[Sequence[Cell]]) -> list[bool]:
    """Which columns hold numbers."""
    return [any(isinstance(row[k], int | float) for row in body) for k in range(len(header))]


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell:,.6g}" if isinstance(cell, float) else f"{cell:,}" if isinstance(cell, int) else str(cell)
