"""Fields of a report and of the page: bylines, run-in bylines, datelines, credits, issue date, paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from baodao.layout.lines import Chunk
from baodao.text.dates import make_day

__all__ = ["page_date", "page_paper", "read_heads"]

Span = tuple[int, int]

_RUNIN = re.compile(
    r"^(?P<by>[一-鿿]{1,8}(?:报|网|台|社)(?:全媒体|融媒体|融媒)?记者\s?[一-鿿·/、\s]{2,20}?)"
    r"\s(?P<line>发自[一-鿿]{2,8})[\s　]"
)
_DISPATCH = re.compile(
    r"^(?P<line>(?:据)?(?:本报|新华社|中新社|央视网|[一-鿿]{2,8}(?:日报|晚报|晨报|早报|时报|商报|妇女报|青年报))[一-鿿]{0,10}"
    r"(?:\d{1,2}月\d{1,2}日)?(?:讯|电|全媒体消息|消息))\s?(?:[（(](?P<by>[^（()）]{0,6}(?:记者|通讯员)[^（()）]{1,40})[)）])?"
)
_CREDIT = re.compile(
    r"[（(](?P<who>(?:据[^（()）]{2,20}|(?:记者|通讯员)?\s?[一-鿿]{2,4}(?:[\s、][一-鿿]{2,4}){0,5}))[)）]$"
)
_PHOTO = re.compile(r"[\s。（(]((?:[一-鿿]{2,8}(?:记者|通讯员)\s?)?[一-鿿]{2,4}\s?/?\s?摄(?:影报道)?)[)）]?$")
_LONGEST_CREDIT = 60
_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_PAPER = re.compile(r"[一-鿿]{2,6}(?:日报|晚报|早报|晨报|时报|都市报|妇女报|工人报|青年报|农民报|商报|导报|周报)")


def read_heads(parts: list[tuple[Chunk, str]]) -> tuple[list[Span], Span | None, list[Span]]:
    """Bylines, dateline and credits of an article as page spans; run-in ones are parts of a body fragment."""
    bylines = [(line.start, line.end) for c, role in parts if role == "byline" for line in c.lines]
    credits = [(line.start, line.end) for c, role in parts if role == "credit" for line in c.lines]
    dateline: Span | None = None
    bodies = [c for c, role in parts if role in ("body", "body_continuation")]
    if bodies:
        first = bodies[0]
        match = _RUNIN.match(first.text) or _DISPATCH.match(first.text)
        if match is not None:
            dateline = _on_page(first, match.span("line"))
            if match["by"]:
                bylines.append(_on_page(first, match.span("by")))
        if (match := _CREDIT.search(bodies[-1].text, max(0, len(bodies[-1].text) - _LONGEST_CREDIT))) is not None:
            credits.append(_on_page(bodies[-1], match.span("who")))
    for chunk, role in parts:
        if role == "caption" and (match := _PHOTO.search(chunk.text)):
            credits.append(_on_page(chunk, match.span(1)))
    return bylines, dateline, credits


def _on_page(chunk: Chunk, span: Span) -> Span:
    """The page span of a span of a fragment's text; over hard-wrapped lines it takes the break along."""
    start, end = span
    at = 0
    first = last = chunk.start
    for line in chunk.lines:
        size = line.end - line.start
        if at <= start < at + size:
            first = line.start + start - at
        if at < end <= at + size:
            last = line.start + end - at
        at += size
    return first, last


def page_date(furniture: Iterable[Chunk]) -> str:
    """The ISO date printed in the page head; "" if there is none."""
    for chunk in furniture:
        if (match := _DATE.search(chunk.text)) is not None:
            found = make_day(*(int(part) for part in match.groups()))
            if found is not None and found.day:
                return found.iso
    return ""


def page_paper(furniture: Iterable[Chunk]) -> str:
    """The paper's name printed in the page head; "" if there is none."""
    for chunk in furniture:
        if (match := _PAPER.search(chunk.text)) is not None:
            return match[0]
    return ""
