"""Calendar arithmetic for printed dates: partial dates, their intervals, and the ISO text of a time.

Intervals are half-open pairs of naive datetimes; the ISO text is inclusive, at the printed precision.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

__all__ = ["Day", "Stretch", "days_in", "make_day", "year_of"]


_DIGITS = {ord(char): str(value) for value, char in enumerate("〇一二三四五六七八九")} | {ord("零"): "0", ord("○"): "0"}


class Day(NamedTuple):
    """A date known to the year, month or day; 0 where unknown."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """Inclusive ISO text: 2021, 2021-10, 2021-10-26; `--10-26` where the year is unknown.

        >>> Day(2021, 10).iso, Day(0, 9, 25).iso
        ('2021-10', '--09-25')
        """
        if not self.year:
            return f"--{self.month:02d}" + (f"-{self.day:02d}" if self.day else "") if self.month else ""
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text

    @property
    def first(self) -> datetime | None:
        """The first instant; None where the year is unknown."""
        return datetime(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def last(self) -> datetime | None:
        """The first instant after it; None where the year is unknown."""
        if not self.year:
            return None
        if self.day:
            return datetime(self.year, self.month, self.day) + timedelta(days=1)
        if self.month:
            return datetime(self.year + self.month // 12, self.month % 12 + 1, 1)
        return datetime(self.year + 1, 1, 1)

    @property
    def grain(self) -> str:
        """day, month or year."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def weekday(self) -> int:
        """Monday is 0; the day must be known."""
        return datetime(self.year, self.month, self.day).weekday()

    def shift(self, days: int) -> Day:
        """The day so many days later; itself where the day is unknown."""
        if not (self.year and self.day):
            return self
        moved = datetime(self.year, self.month, self.day) + timedelta(days=days)
        return Day(moved.year, moved.month, moved.day)

    def shift_month(self, months: int) -> Day:
        """The month so many months later, without a day."""
        index = self.year * 12 + self.month - 1 + months
        return Day(index // 12, index % 12 + 1)

    def shift_months(self, months: int) -> Day:
        """The same day so many months later, or that month's last.

        >>> Day(2021, 12, 31).shift_months(2)
        Day(year=2022, month=2, day=28)
        """
        moved = self.shift_month(months)
        return Day(moved.year, moved.month, min(self.day, days_in(moved.year, moved.month)))

    @classmethod
    def on(cls, moment: datetime) -> Day:
        """The day of an instant."""
        return cls(moment.year, moment.month, moment.day)


class Stretch(NamedTuple):
    """A resolved time: interval, grain, ISO text."""

    first: datetime | None
    last: datetime | None
    grain: str
    iso: str

    @classmethod
    def of(cls, start: Day, end: Day | None = None, grain: str = "") -> Stretch:
        """From the first to the last day, month or year, both included."""
        if end is None or end == start:
            return cls(start.first, start.last, grain or start.grain, start.iso)
        return cls(
            start.first,
            end.last,
            grain or start.grain,
            f"{start.iso}/{end.iso}" if start.iso and end.iso else "",
        )


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    return ((datetime(year + month // 12, month % 12 + 1, 1)) - datetime(year, month, 1)).days


def make_day(year: int, month: int = 0, day: int = 0) -> Day | None:
    """The date, if there is one: no 13th month, no 31 June."""
    if not 0 <= month <= 12 or not 0 <= day <= 31 or (year and not 1 <= year <= 9998):
        return None
    if day and (not month or day > days_in(year or 2000, month)):
        return None
    return Day(year, month, day)


def year_of(text: str) -> int:
    """The year that a printed one stands for: 2021, 二〇二一, 98 (1998), 21 (2021).

    >>> year_of("2021"), year_of("二〇二一"), year_of("98")
    (2021, 2021, 1998)
    """
    digits = text.translate(_DIGITS)
    value = int(digits)
    if len(digits) > 2:
        return value
    return value + (1900 if value >= 50 else 2000)
