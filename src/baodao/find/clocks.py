"""Times of day: parts of a day and the clock, on the day that was named.

The parts and their hours are `data/dayparts.csv`; messages draw some of them wider than newspapers (早上 up to noon).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from baodao.find.points import Anchor, Point, number, unresolved
from baodao.resources import read_csv
from baodao.text.dates import Day, Stretch

__all__ = ["READERS"]

_LENGTHS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "hour": timedelta(hours=1)}


@cache
def _parts() -> dict[str, tuple[str, tuple[int, int], tuple[int, int]]]:
    """Half of the day, hours, and the wider hours of messages."""
    return {
        row["name"]: (
            row["half"],
            (int(row["first"]), int(row["last"])),
            (int(row["wide_first"]), int(row["wide_last"])),
        )
        for row in read_csv("dayparts.csv")
    }


def _daypart(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None and before.level != "day":
        return None
    half, hours, wide = _parts()[match["part"]]
    day = _day_of(before, anchor)
    if day is None:
        return unresolved("daypart")._replace(half=half)
    if before is not None and before.stretch.grain == "day" and "/" in before.stretch.iso:
        return before._replace(level="daypart", half=half)  # 周末晚上: of each of its days
    first, last = wide if anchor.talk else hours
    stretch = Stretch(_at(day, first * 3600), _at(day, last * 3600), "hour", day.iso)
    return Point("daypart", day, stretch, half, names=before is not None)


def _day_of(before: Point | None, anchor: Anchor) -> Day | None:
    """The day that a time of day belongs to; None if it is not known to the day."""
    day = before.day if before is not None else anchor.last
    return day if day is not None and day.year and day.day else None


def _at(day: Day, seconds: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)


def _clock(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """9时, 三点半, 15时20分30秒."""
    minute, second, quarter = match["min"], match["sec"], match["q"]
    grain = "second" if second else "minute" if minute or quarter or match["half"] else "hour"
    minutes = 30 if match["half"] else 15 * number(quarter) if quarter else number((minute or "").lstrip("零〇"))
    return _moment(number(match["h"]), minutes, number(second), grain, "", before, anchor)


def _quarters(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """Cantonese clocks count in fives: 三点踏三 and 三点三个字 are 3:15, 三点搭半 is 3:30."""
    fives = match["z"] or match["z2"] or match["z3"]
    return _moment(number(match["h"]), 30 if match["half"] else 5 * number(fives), 0, "minute", "", before, anchor)


def _digital(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """14:30, 2:00pm, 3pm."""
    groups = match.groupdict()
    minute, second = groups.get("mm"), groups.get("ss")
    half = {"a": "am", "p": "pm"}.get((match["ap"] or "")[:1].lower(), "")
    grain = "second" if second else "minute" if minute else "hour"
    return _moment(int(match["hh"]), int(minute or 0), int(second or 0), grain, half, before, anchor)


def _moment(
    hour: int, minute: int, second: int, grain: str, half: str, before: Point | None, anchor: Anchor
) -> Point | None:
    """A printed time of day on its day."""
    if before is not None and before.level not in ("day", "daypart"):
        return None
    if minute > 59 or second > 59 or hour > 24:
        return None
    left = anchor.left
    said = half or (before.half if before is not None else "")
    if not said and left is not None and left.half in ("pm", "night") and hour < 12 and before is None:
        said = left.half
    hour = _full(hour, said)
    day = _day_of(before, anchor)
    if day is None:
        return unresolved("clock", grain=grain)
    seconds = hour * 3600 + minute * 60 + second
    first = _at(day, seconds)
    if before is None:
        first = _coming(first, said, hour, anchor)
    return Point("clock", day, Stretch(first, first + _LENGTHS[grain], grain, day.iso), said, names=before is not None)


def _full(hour: int, half: str) -> int:
    """The hour of 24 that one of 12 stands for in its half of the day."""
    if half in ("pm", "night") and hour < 12:
        return hour + (24 if half == "night" and hour < 5 else 12)
    if half == "noon" and hour < 4:
        return hour + 12
    if half == "night" and hour == 12:
        return 24
    return 0 if half == "am" and hour == 12 else hour


def _coming(first: datetime, half: str, hour: int, anchor: Anchor) -> datetime:
    """A bare hour after the left end of its range; in a message, after the instant of speaking."""
    left = anchor.left.stretch.first if anchor.left is not None else None
    if left is not None:
        return first if first > left else first + timedelta(days=1) if first.date() == left.date() else first
    moment = anchor.moment if anchor.talk else None
    if moment is None or half or hour > 12 or first >= moment:
        return first
    later = first + timedelta(hours=12)
    return later if later >= moment else first + timedelta(days=1)


def _zone(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """A printed time zone belongs to the span; the interval stays the printed clock's."""
    return before._replace(level="zone") if before is not None and before.level == "clock" else None


READERS = {
    "time.daypart": _daypart, "time.daypart.short": _daypart, "time.clock": _clock, "time.clock.quarters": _quarters,
    "time.clock.digital": _digital, "time.clock.pm": _digital, "time.zone": _zone,
}  # fmt: skip
