"""What the stages hand to each other: small mutable-free-by-habit records, cheap to make.

A stage returns new ones and changes none. At the door each becomes the public record beside it:

    Fragment → Block      Story → Article      Hit → Mention      Claim → Fact      Reading → Page

Positions of fragments are code points of the page; positions of hits and claims are code points of
their passage (`baodao.text.passage`), whose `cite` leads back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

__all__ = [
    "Claim",
    "Fragment",
    "Hit",
    "JumpNote",
    "Link",
    "NameHit",
    "QuantityHit",
    "RegionHit",
    "Remark",
    "Story",
    "StoryParagraph",
    "TimeHit",
]


class Fragment(NamedTuple):
    """One printed fragment of the page and its role (the roles of LAYOUT.md)."""

    role: str
    start: int
    end: int


class Remark(NamedTuple):
    """Something odd at a place of the page; becomes an `Issue`."""

    rule: str
    start: int
    end: int
    reason: str


class StoryParagraph(NamedTuple):
    """One repaired paragraph of running text.

    `fragments` are indexes into the story's fragments; `pieces` are the page spans whose characters,
    put together, are the paragraph: line breaks, indents and doubled characters are left out.
    """

    fragments: tuple[int, ...]
    pieces: tuple[tuple[int, int], ...]


class JumpNote(NamedTuple):
    """Where a report goes on ("to"), or comes from ("from")."""

    direction: str
    page: str  # without leading zeros: 4, A2
    headline: str  # the words by which the note names the report; "" if none
    start: int
    end: int


@dataclass(slots=True)
class Story:
    """One article before it is dressed up: fragments in reading order and how they join."""

    fragments: tuple[Fragment, ...]
    paragraphs: tuple[StoryParagraph, ...]  # body, subheads and captions, in reading order
    title: tuple[tuple[int, int], ...] = ()  # page pieces of the title, joined without a break
    kicker: tuple[tuple[int, int], ...] = ()
    subtitle: tuple[tuple[int, int], ...] = ()
    section: tuple[tuple[int, int], ...] = ()
    bylines: tuple[tuple[int, int], ...] = ()  # one piece a person or a line of persons
    dateline: tuple[int, int] | None = None  # the place and agency head: 本报兰州3月5日电
    place: str = ""  # the place in it: 兰州
    credits: tuple[tuple[int, int], ...] = ()
    jumps: tuple[JumpNote, ...] = ()


@dataclass(slots=True)
class Hit:
    """A typed span of a passage. `rule` names what found it."""

    kind: str
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class QuantityHit(Hit):
    """kind: count amount rate measure number ordinal age duration frequency."""

    value: Decimal | None = None  # multiplied out; None only when vague
    low: Decimal | None = None  # set for range and vague, inclusive
    high: Decimal | None = None
    bound: str = "exact"
    unit: str = ""  # as printed; ISO 4217 for money; "" if none
    number: tuple[int, int] = (0, 0)  # passage span of the numeral itself, without hedge and unit
    fraction: tuple[int, int] | None = None  # (numerator, denominator) of a printed fraction
    seconds: Decimal | tuple[Decimal, Decimal] | None = None  # durations
    period: str = ""  # frequencies, ISO 8601


@dataclass(slots=True)
class TimeHit(Hit):
    """A point or stretch of time, half-open; both ends None: known to be a time, not when."""

    first: datetime | None = None
    last: datetime | None = None  # exclusive
    grain: str = ""  # second minute hour day week month quarter half year decade
    iso: str = ""  # inclusive ISO text of FACTS.md (2021-07/.., ../2018, --09-25); "" if unresolved
    repeat: str = ""  # a recurrence (每周一), TIMEX3: XXXX-WXX-1; "" for a time that comes once


@dataclass(slots=True)
class RegionHit(Hit):
    """A place name or a word that stands for one (全市, the 省 of 省妇联)."""

    adcode: str | None = None  # None until linked, or when it cannot be
    level: str = ""  # country province city county township village; "" if unknown
    candidates: tuple[str, ...] = ()  # adcodes still possible, best first
    form: str = "explicit"  # explicit, short, elliptic, org (heads a body), in-name (inside a brand)
    reason: str = ""  # why this code was chosen


@dataclass(slots=True)
class NameHit(Hit):
    """organization, program or person."""

    name: str = ""  # full form, as printed somewhere in the article
    region: str | None = None  # adcode of the place the body belongs to
    title: str = ""  # a person's office, as printed
    form: str = "named"  # named, elliptic (省妇联)


@dataclass(slots=True)
class Link:
    """One role of a fact: its value, where it was read, and how far one had to look."""

    value: str = ""
    hit: Hit | None = None
    via: str = ""  # stated clause sentence paragraph headline article dateline paper; "" if empty
    span: tuple[int, int] | None = None  # passage span of the words, where no hit carries them
    reason: str = ""
    others: tuple[str, ...] = ()  # readings that lost


@dataclass(slots=True)
class Claim:
    """One quantity and its roles, in passage coordinates."""

    quantity: QuantityHit
    what: Link = field(default_factory=Link)
    predicate: Link = field(default_factory=Link)
    region: Link = field(default_factory=Link)
    program: Link = field(default_factory=Link)
    actor: Link = field(default_factory=Link)
    time: Link = field(default_factory=Link)
    sentence: tuple[int, int] = (0, 0)
    raw: float = 0.0  # product of the shares that the chosen readings had
    confidence: float = 0.0  # calibrated: the probability that the row is strictly right
    notes: Sequence[str] = ()
