"""Fields of a report and of the page: bylines, run-in bylines, datelines, credits, issue date, paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from baodao.layout.lines import Chunk

__all__ = ["page_date", "page_paper", "read_heads"]

Span = tuple[int, int]

_RUNIN = re.compile(
    r"^(?P<by>[一-鿿]{2,8}(?:报|网|台|社)(?:全媒体|融媒体|融媒)?记者\s?[一-鿿·/、\s]{2,20}?)"
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
_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_PAPER = re.compile(r"[一-鿿]{2,6}(?:日报|晚报|早报|晨报|时报|都市报|妇女报|工人报|青年报|农民报|商报|导报|周报)")


def read_heads(parts: list[tuple[Chunk, str]]) -> tuple[list[Span], Span | None, list[Span]]:
    """Bylines, dateline and credits of an article as page spans; run-in ones are parts of a body fragment."""
    bylines = [(c.start, c.end) for c, role in parts if role == "byline"]
    credits = [(c.start, c.end) for c, role in parts if role == "credit"]
    dateline: Span | None = None
    bodies = [c for c, role in parts if role in ("body", "body_continuation")]
    if bodies and len(bodies[0].lines) == 1:
        first = bodies[0]
        match = _RUNIN.match(first.text) or _DISPATCH.match(first.text)
        if match is not None:
            dateline = (first.start + match.start("line"), first.start + match.end("line"))
            if match["by"]:
                bylines.append((first.start + match.start("by"), first.start + match.end("by")))
    if bodies and len(bodies[-1].lines) == 1 and (match := _CREDIT.search(bodies[-1].text)):
        credits.append((bodies[-1].start + match.start("who"), bodies[-1].start + match.end("who")))
    for chunk, role in parts:
        if role == "caption" and len(chunk.lines) == 1 and (match := _PHOTO.search(chunk.text)):
            credits.append((chunk.start + match.start(1), chunk.start + match.end(1)))
    return bylines, dateline, credits


def page_date(furniture: Iterable[Chunk]) -> str:
    """The ISO date printed in the page head; "" if there is none."""
    for chunk in furniture:
        if (match := _DATE.search(chunk.text)) is not None:
            year, month, day = (int(part) for part in match.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04d}-{month:02d}-{day:02d}"
    return ""


def page_paper(furniture: Iterable[Chunk]) -> str:
    """The paper's name printed in the page head; "" if there is none."""
    for chunk in furniture:
        if (match := _PAPER.search(chunk.text)) is not None:
            return match[0]
    return ""
