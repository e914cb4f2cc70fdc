"""(text, spans) → HTML; knows nothing of records. Everything printed is escaped, nothing is printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

__all__ = ["Mark", "element", "escaped", "mark_text", "printable"]

# HTML cannot hold these, a terminal obeys them
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Mark(NamedTuple):
    """A span of a text to be marked: its CSS classes, a small label behind it, a hover text, an anchor, a link."""

    start: int
    end: int
    css: str
    label: str = ""
    title: str = ""
    anchor: str = ""
    link: str = ""


def printable(text: str) -> str:
    """The text with one � for each control character and lone surrogate, so that positions stay.

    >>> printable("九\\x1b[2J")
    '九�[2J'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def escaped(text: str) -> str:
    """The text as HTML, printable and escaped, good for content and attributes.

    >>> escaped('<b>"九"&\\0')
    '&lt;b&gt;&quot;九&quot;&amp;�'
    """
    return escape(printable(text))


def element(name: str, content: str, **attributes: str) -> str:
    """An HTML element; `content` is HTML, attributes are escaped, empty ones left out.

    >>> element("td", "1&nbsp;000", css="n", title='"x"')
    '<td class="n" title="&quot;x&quot;">1&nbsp;000</td>'
    """
    return f"<{name}{_attributes(**attributes)}>{content}</{name}>"


def mark_text(text: str, marks: Iterable[Mark]) -> str:
    """The text as HTML with its marks; overlapping ones nest, crossing ones are split at the crossing.

    A link inside another one is left out: links do not nest.

    >>> mark_text("招募50名<志愿者>", [Mark(2, 5, "count", "数")])
    '招募<mark class="count">50名<sup>数</sup></mark>&lt;志愿者&gt;'
    >>> mark_text("50名", [Mark(0, 3, "count", link="#f1")])
    '<mark class="count"><a href="#f1">50名</a></mark>'
    """
    wanted = sorted((m for m in marks if 0 <= m.start < m.end <= len(text)), key=lambda m: (m.start, -m.end))
    edges = sorted({0, len(text), *(m.start for m in wanted), *(m.end for m in wanted)})
    out: list[str] = []
    stack: list[Mark] = []
    waiting = list(reversed(wanted))
    for position, following in zip(edges, [*edges[1:], len(text)], strict=True):
        opening = _close(out, stack, position)
        while waiting and waiting[-1].start == position:
            opening.append(waiting.pop())
        for mark in sorted(opening, key=lambda mark: -mark.end):
            link = f"<a{_attributes(href=mark.link)}>" if _leads(mark, stack) else ""
            out.append(f"<mark{_attributes(css=mark.css, title=mark.title, id=mark.anchor)}>{link}")
            stack.append(mark)
        out.append(escaped(text[position:following]))
    return "".join(out)


def _close(out: list[str], stack: list[Mark], position: int) -> list[Mark]:
    """Close the marks that end here, and those inside them that go on; give back the latter, to be opened again."""
    reopened: list[Mark] = []
    while any(mark.end == position for mark in stack):
        mark = stack.pop()
        ends = mark.end == position
        label = element("sup", escaped(mark.label)) if ends and mark.label else ""
        out.append(label + ("</a>" if _leads(mark, stack) else "") + "</mark>")
        if not ends:
            reopened.append(mark._replace(anchor=""))
    return reopened


def _leads(mark: Mark, around: Iterable[Mark]) -> bool:
    """Whether the mark is a link where it stands: it has one, and no mark around it is a link already."""
    return bool(mark.link) and not any(outer.link for outer in around)


def _attributes(**attributes: str) -> str:
    return "".join(
        f' {"class" if key == "css" else key}="{escaped(value)}"' for key, value in attributes.items() if value
    )
