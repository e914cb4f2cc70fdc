"""Mentions: typed spans of the page, one record type for each family of kinds.

Every mention quotes its page: `page.text[m.start:m.end] == m.text`. `spans` lists the printed pieces
without the line breaks between them. Where a mention runs over a join with foreign matter between its
pieces (a pull quote, a photo), `start`, `end` and `text` are its first piece, for a quantity the piece
with the number. `surface` is the repaired wording.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from baodao.records.source import Record

__all__ = [
    "QUANTITIES",
    "Bound",
    "Mention",
    "Organization",
    "Person",
    "Program",
    "Quantity",
    "Region",
    "Time",
    "read_mention",
]

QUANTITIES = frozenset(
    ("count", "amount", "rate", "measure", "number", "ordinal", "age", "duration", "frequency")
)  # the kinds of a quantity
Bound = Literal["exact", "about", "over", "under", "range", "vague"]
Span = tuple[int, int]


class MentionBase(Record):
    """What all mentions have. Positions are code points of `page.text`, half-open."""

    text: str  # as printed: page.text[start:end]
    start: int
    end: int
    spans: tuple[Span, ...]  # the printed pieces, line breaks left out
    surface: str  # the repaired wording
    rule: str  # the rule or stage that found it

    @model_validator(mode="after")
    def _lies_in_order(self) -> MentionBase:
        if not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            raise ValueError(f"text {self.text!r} does not fill [{self.start}, {self.end})")
        return self


class Quantity(MentionBase):
    """One printed quantity: 约12.6亿元 is 1260000000 CNY, about.

    A temperature is a `measure` with ℃, ℉ or 度; a fraction is a `rate` in % that keeps `fraction`.
    """

    kind: Literal["count", "amount", "rate", "measure", "number", "ordinal", "age", "duration", "frequency"]
    value: Decimal | None = None  # multiplied out; None only when bound is "vague"
    low: Decimal | None = None  # set for "range" and "vague", inclusive
    high: Decimal | None = None  # likewise
    bound: Bound = "exact"
    unit: str = ""  # as printed (户, 亩, %); ISO 4217 for money; "" if none
    fraction: tuple[int, int] | None = None  # (2, 3) for 三分之二
    seconds: Decimal | tuple[Decimal, Decimal] | None = None  # durations; a pair where months vary
    period: str = ""  # frequencies: ISO 8601, 每月 is P1M

    @model_validator(mode="after")
    def _bounds_agree(self) -> Quantity:
        if self.value is None and self.bound != "vague" and self.kind != "frequency":
            raise ValueError("only a vague quantity has no value")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("low lies above high")
        return self


class Time(MentionBase):
    """A point or stretch of time. Both ends None: it is a time, but nobody said when (近日)."""

    kind: Literal["time"] = "time"
    first: datetime | None = None  # naive
    last: datetime | None = None  # exclusive
    grain: str = ""  # second minute hour day week month quarter half year decade
    iso: str = ""  # inclusive ISO text, as in Fact.time
    repeat: str = ""  # a recurrence (每周一), TIMEX3: XXXX-WXX-1; "" for a time that comes once


class Region(MentionBase):
    """An administrative region, or a word that stands for one (全市, the 省 of 省妇联)."""

    kind: Literal["region"] = "region"
    adcode: str | None = None  # GB/T 2260, six digits; nine or twelve for a town or village; None if not linked
    name: str = ""  # official name; "" if not linked
    path: tuple[str, ...] = ()  # official names from the province down
    level: str = ""  # country province city county township village
    candidates: tuple[str, ...] = ()  # adcodes that were possible, best first
    reason: str = ""  # why this code


class Organization(MentionBase):
    """A body: 湖北省妇联. `name` is its full form where the article prints one."""

    kind: Literal["organization"] = "organization"
    name: str = ""
    region: str | None = None  # adcode of the place the body belongs to


class Program(MentionBase):
    """A named program, project, campaign, activity, service or brand."""

    kind: Literal["program"] = "program"
    name: str = ""


class Person(MentionBase):
    """A named person; `title` is the office printed with the name."""

    kind: Literal["person"] = "person"
    name: str = ""
    title: str = ""


Mention = Annotated[Quantity | Time | Region | Organization | Program | Person, Field(discriminator="kind")]

_ADAPTER: TypeAdapter[Quantity | Time | Region | Organization | Program | Person] = TypeAdapter(Mention)


def read_mention(data: object) -> Quantity | Time | Region | Organization | Program | Person:
    """A mention from plain data (a dict, as in JSON).

    Raises:
        pydantic.ValidationError: the data is no mention.
    """
    return _ADAPTER.validate_python(data)
