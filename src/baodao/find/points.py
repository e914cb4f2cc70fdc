"""What a chain of time forms has named so far, and what it is read against.

`Point` is the state that readers pass on from the large to the small: 今年 → 今年|3月 → 今年|3月|5日. `Anchor` is what
is known from outside: the issue date, the time last named, for messages the instant of speaking, in a range its left
end.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from baodao.text.dates import Day, Stretch, make_day
from baodao.text.numerals import parse_number

__all__ = ["LEVELS", "UNKNOWN", "Anchor", "Point", "date", "known", "number", "unresolved"]

LEVELS = {
    name: rank
    for rank, name in enumerate(
        ("start", "century", "decade", "year", "part", "month", "week", "day", "daypart", "clock", "zone", "whole")
    )
}
UNKNOWN = Stretch(None, None, "", "")


class Point(NamedTuple):
    """A time as far as its chain has been read."""

    level: str  # one of LEVELS
    day: Day | None  # the year, month or day it names; None if it names none or nobody knows
    stretch: Stretch
    half: str = ""  # of the day: am pm noon night
    fine: bool = False  # the interval is finer than the ISO text (5月底 is 2021-05)
    names: bool = True  # whether later times may refer to it


class Anchor:
    """What times are read against. `used` tells afterwards whether a reading depended on it."""

    __slots__ = ("_issue", "_last", "_moment", "left", "talk", "used")

    def __init__(self, issue: Day | None, last: Day | None, talk: bool = False, moment: datetime | None = None) -> None:
        self._issue, self._last, self._moment = issue, last, moment
        self.talk = talk
        self.left: Point | None = None  # the left end of a range while its right end is read
        self.used = False

    @property
    def issue(self) -> Day | None:
        """The date of the paper."""
        self.used = True
        return self._issue

    @property
    def last(self) -> Day | None:
        """The time last named, else the issue date; inside a range its left end."""
        if self.left is not None and self.left.day is not None and self.left.day.year:
            return self.left.day
        self.used = True
        return self._last or self._issue

    @property
    def named(self) -> Day | None:
        """The time last named, None if none was."""
        self.used = True
        return self._last

    @property
    def moment(self) -> datetime | None:
        """The instant of speaking, for messages only."""
        self.used = True
        return self._moment

    def guess_year(self, month: int) -> int:
        """The year of a month whose year is not printed; 0 if nothing tells.

        That of the time last named in the paragraph, else the issue's; a month well after the issue is the year before.
        """
        base = self.last
        if base is None or not base.year:
            return 0
        if self.left is not None and base is self.left.day:
            return base.year + (0 < month < base.month)
        issue = self.issue
        if not self.talk and issue is not None and base.year == issue.year and issue.month and month > issue.month + 1:
            return base.year - 1
        if self.talk and issue is not None and base.year == issue.year and 0 < month < issue.month - 6:
            return base.year + 1
        return base.year


def known(day: Day | None, level: str = "") -> Point | None:
    """The point of a date; None where there is no such date."""
    if day is None:
        return None
    return Point(level or day.grain, day, Stretch.of(day))


def unresolved(level: str, iso: str = "", grain: str = "") -> Point:
    """A time of which nobody said when."""
    return Point(level, None, Stretch(None, None, grain, iso), names=False)


def date(year: int, month: int = 0, day: int = 0) -> Point | None:
    """The point of year, month and day; a date that no calendar has (31 June) is a time without a reading."""
    found = make_day(year, month, day)
    if found is None:
        return unresolved("day") if 1 <= month <= 12 and 1 <= day <= 31 else None
    if not year and not day:
        return Point("month", found, UNKNOWN, names=False)
    return Point(found.grain, found, Stretch.of(found), names=bool(year))


def number(text: str | None) -> int:
    """A printed numeral as an integer; 0 for none."""
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() else int(parse_number(text))
