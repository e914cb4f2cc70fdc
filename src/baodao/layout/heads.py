"""The small print of a report as fields: bylines, dateline, credits, jump notes, on their own lines or run in.

In: the fragments of an article with their roles. Out: `Heads`. Patterns are `data/rules/heads.toml`; their named
groups are the fields. A run-in part stays in its paragraph, the field quotes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from baodao.layout.lines import Chunk
from baodao.layout.persons import writers
from baodao.layout.roles import may_open_report
from baodao.records.light import JumpNote
from baodao.resources import Rule, read_rules
from baodao.text.normalize import normalize
from baodao.text.numerals import NumeralError, parse_number

__all__ = ["Heads", "head_rules", "page_name", "read_heads"]

Span = tuple[int, int]

_OPENING = 96  # characters in which the head of a first paragraph ends
_ENDING = 60  # characters of a last paragraph in which a credit or jump note stands
_NOTE = 40  # characters of the longest jump note
_BODY = ("body", "body_continuation")
_FRAME = ' 　《》“”「」"：:—-·'  # what stands around the words of a jump note


@dataclass(slots=True)
class Heads:
    """What the small print of an article says; spans are of the page."""

    bylines: list[Span] = field(default_factory=list)
    dateline: Span | None = None
    place: str = ""
    credits: list[Span] = field(default_factory=list)
    jumps: list[JumpNote] = field(default_factory=list)


def read_heads(parts: list[tuple[Chunk, str]]) -> Heads:
    """Read the small print of an article.

    Args:
        parts: its fragments with their roles, in reading order.
    """
    found = Heads()
    bodies = [chunk for chunk, role in parts if role in _BODY]
    for chunk, role in parts:
        match role:
            case "byline":
                _read_byline(chunk, found)
            case "dateline":
                _read_opening(chunk, found)
            case "credit":
                found.credits.append((chunk.start, chunk.end))
            case "caption":
                _read_photo(chunk, found)
            case "jump":
                found.jumps += [note for note, _ in _notes(chunk, 0, len(chunk.text))]
    if bodies:
        _read_beginning(bodies[0], found)
        _read_ending(bodies[-1], found)
    return found


def _read_byline(chunk: Chunk, found: Heads) -> None:
    """A byline on its own line; 发自 and a place behind the names are the dateline."""
    sent = _match("opening", chunk.text) if "发自" in chunk.text else None
    if sent is None or not sent["by"]:
        found.bylines.append((chunk.start, chunk.end))
    else:
        found.bylines.append(_on_page(chunk, sent.span("by")))
        found.dateline, found.place = _on_page(chunk, sent.span("line")), sent["place"]


def _read_photo(chunk: Chunk, found: Heads) -> None:
    """The credit at the end of a caption."""
    for rule in head_rules("photo"):
        if (match := rule.pattern.search(chunk.text, max(0, len(chunk.text) - _ENDING))) is not None:
            found.credits.append(_on_page(chunk, match.span("who")))
            return


def _read_beginning(chunk: Chunk, found: Heads) -> None:
    """A jump note, then the head of the first sentence."""
    at = 0
    for note, match in _notes(chunk, 0, _NOTE):
        if match.start() == 0:
            found.jumps.append(note)
            at = match.end()
    _read_opening(chunk, found, at)


def _read_opening(chunk: Chunk, found: Heads, at: int = 0) -> None:
    """本报宜城讯（记者 周小河）, 本报记者周小河 发自宜城: who wrote, and from where it was sent."""
    match = _match("opening", chunk.text[at : at + _OPENING])
    if match is None:
        return
    fields = match.groupdict()
    by = "by" if fields.get("by") else "reports"
    said = fields.get(by)
    if said and ("记者" in said or "通讯员" in said or writers(said)):
        start, end = match.span(by)
        found.bylines.append(_on_page(chunk, (at + start, at + end)))
    if fields.get("line"):
        start, end = match.span("line")
        found.dateline, found.place = _on_page(chunk, (at + start, at + end)), fields["place"] or ""


def _read_ending(chunk: Chunk, found: Heads) -> None:
    """A jump note, and a credit before it."""
    end = len(chunk.text)
    for note, match in _notes(chunk, end - _NOTE, end):
        if match.end() == end and match.start() > 0:
            found.jumps.append(note)
            end = match.start()
            break
    text = chunk.text[max(0, end - _ENDING) : end].rstrip()
    if text[-1:] not in (")", "）"):
        return
    for rule in head_rules("ending"):
        credit = rule.pattern.search(text)
        if credit is not None and (_is_source(credit["who"]) or writers(credit["who"])):
            start, stop = credit.span("who")
            at = max(0, end - _ENDING)
            found.credits.append(_on_page(chunk, (at + start, at + stop)))
            return


def _is_source(text: str) -> bool:
    """Whether a credit says where the text comes from, or what its author is."""
    return text.startswith(("据", "作者", "来源", "综合", "本报综合", "供稿"))


def _notes(chunk: Chunk, start: int, end: int) -> list[tuple[JumpNote, re.Match[str]]]:
    """The jump notes in a stretch of a fragment."""
    text, start = chunk.text, max(0, start)
    if "版" not in text[start:end]:
        return []
    out = []
    for rule in head_rules("jump"):
        for match in rule.pattern.finditer(text, start, end):
            page, headline = page_name(match["page"]), match["headline"].strip(_FRAME)
            note = JumpNote(str(rule.fields["direction"]), page, headline, *_on_page(chunk, match.span()))
            out.append((note, match))
    return out


def page_name(printed: str) -> str:
    """The number of a page without leading zeros, its letter before it; as printed if it is no number.

    >>> page_name("四"), page_name("A02"), page_name("１２"), page_name("A٣")
    ('4', 'A2', '12', 'A٣')
    """
    name = normalize(printed)
    letter = name[:1] if name[:1].isascii() and name[:1].isalpha() else ""
    try:
        return f"{letter}{parse_number(name[len(letter) :])}"
    except NumeralError:
        return printed


def _match(role: str, text: str) -> re.Match[str] | None:
    """The first rule of a role that fits the beginning of a text."""
    if role == "opening" and not may_open_report(text):
        return None
    return next((match for rule in head_rules(role) if (match := rule.pattern.match(text))), None)


@cache
def head_rules(role: str) -> tuple[Rule, ...]:
    """The rules of `heads.toml` for one place: opening, ending, photo, jump, page."""
    return tuple(rule for rule in read_rules("heads.toml") if rule.fields["role"] == role)


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
