"""(text, spans) → HTML; knows nothing of records. Everything printed is escaped, nothing is printed twice."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

__all__ = ["Mark", "element", "mark_text"]


class Mark(NamedTuple):
    """A span of a text to be marked: its CSS classes, a small label behind it, a hover text, an anchor."""

    start: int
    end: int
    css: str
    label: str = ""
    title: str = ""
    anchor: str = ""
    link: str = ""


def element(name: str, content: str, **attributes: str) -> str:
    """An HTML element; `content` is HTML, attributes are escaped, empty ones left out.

    >>> element("td", "1&nbsp;000", css="n", title='"x"')
    '<td class="n" title="&quot;x&quot;">1&nbsp;000</td>'
    """
    said = "".join(
        f' {"class" if key == "css" else key}="{escape(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{said}>{content}</{name}>"


def mark_text(text: str, marks: Iterable[Mark]) -> str:
    """The text as HTML with its marks; overlapping ones nest, crossing ones are split at the crossing.

    >>> mark_text("招募50名<志愿者>", [Mark(2, 5, "count", "数")])
    '招募<mark class="count">50名<sup>数</sup></mark>&lt;志愿者&gt;'
    """
    wanted = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))
    edges = sorted({0, len(text), *(m.start for m in wanted), *(m.end for m in wanted)})
    out: list[str] = []
    stack: list[Mark] = []
    waiting = list(reversed(wanted))
    for position, following in zip(edges, [*edges[1:], None], strict=True):
        reopened = _close(out, stack, position)
        while waiting and waiting[-1].start == position:
            reopened.append((waiting.pop(), True))
        for mark, fresh in sorted(reopened, key=lambda pair: -pair[0].end):
            out.append(_open(mark, fresh))
            stack.append(mark)
        if following is not None:
            out.append(escape(text[position:following], quote=False))
    return "".join(out)


def _close(out: list[str], stack: list[Mark], position: int) -> list[tuple[Mark, bool]]:
    """Close the marks that end here, and those inside them that go on; give back the latter."""
    reopened: list[tuple[Mark, bool]] = []
    while any(mark.end == position for mark in stack):
        mark = stack.pop()
        ends = mark.end == position
        out.append((f"<sup>{escape(mark.label)}</sup>" if ends and mark.label else "") + "</mark>")
        if not ends:
            reopened.append((mark, False))
    return reopened


def _open(mark: Mark, fresh: bool) -> str:
    attributes = {"class": mark.css, "title": mark.title, "id": mark.anchor if fresh else ""}
    return "<mark" + "".join(f' {k}="{escape(v)}"' for k, v in attributes.items() if v) + ">"
