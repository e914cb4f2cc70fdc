"""Festivals, days of the lunar calendar and reign years.

Names and rules are `data/feasts.csv` (solar 10 1, nth 5 2 6, lunar 8 15, term 清明, easter -2, table diwali), lunar
years `lunar_years.csv`, solar terms `solar_terms.csv`, feasts of other calendars `moving_feasts.csv`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from baodao.find.points import Anchor, Point, known, number, unresolved
from baodao.resources import read_csv
from baodao.text.dates import Day, Stretch, make_day

__all__ = ["READERS"]

_TERMS = (
    "小寒 大寒 立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 "
    "小暑 大暑 立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至"
).split()
_MONTHS = {"正": 1, "冬": 11, "腊": 12}


@cache
def _feasts() -> dict[str, tuple[str, int, int, bool]]:
    return {
        row["name"]: (row["when"], int(row["days"]), int(row["shift"] or 0), bool(row["weak"]))
        for row in read_csv("feasts.csv")
    }


@lru_cache(4096)
def feast_day(when: str, year: int) -> Day | None:
    """The day that a rule names in a solar year; None if the tables do not know it.

    >>> feast_day("lunar 8 15", 2021), feast_day("nth 5 2 6", 2021), feast_day("easter 0", 2021)
    (Day(year=2021, month=9, day=21), Day(year=2021, month=5, day=9), Day(year=2021, month=4, day=4))
    """
    kind, *rest = when.split()
    match kind:
        case "solar":
            return make_day(year, int(rest[0]), int(rest[1]))
        case "nth":
            month, nth, weekday = map(int, rest)
            first = Day(year, month, 1)
            return first.shift((weekday - first.weekday) % 7 + 7 * nth - 7)
        case "lunar":
            return _lunar_in(int(rest[0]), int(rest[1]), year)
        case "term":
            days = _solar_terms().get(year)
            said = days.split()[_TERMS.index(rest[0])] if days else ""
            return Day(year, int(said[:2]), int(said[2:])) if said else None
        case "easter" | "orthodox":
            return _easter(year, kind == "orthodox").shift(int(rest[0]))
        case _:
            return _moving().get((rest[0], year))


def _easter(year: int, orthodox: bool) -> Day:
    """Easter Sunday; Meeus, Astronomical Algorithms, chapter 8."""
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return Day(year, month, day + 1).shift(13 if 1900 <= year < 2100 else 14)
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return Day(year, month, day + 1)


@cache
def _lunar_years() -> dict[int, tuple[Day, tuple[tuple[int, int], ...]]]:
    found = {}
    for row in read_csv("lunar_years.csv"):
        months = tuple((int(m), int(n)) for m, n in (cell.split(":") for cell in row["months"].split()))
        found[int(row["year"])] = (Day(*map(int, row["first"].split("-"))), months)
    return found


@cache
def _solar_terms() -> dict[int, str]:
    return {int(row["year"]): row["days"] for row in read_csv("solar_terms.csv")}


@cache
def _moving() -> dict[tuple[str, int], Day]:
    found: dict[tuple[str, int], Day] = {}
    for row in read_csv("moving_feasts.csv"):
        day = Day(*map(int, row["date"].split("-")))
        found.setdefault((row["name"], day.year), day)
    return found


def lunar_day(year: int, month: int, day: int, leap: bool = False) -> Day | None:
    """The solar date of a day of the lunar year; day 0 is the eve of the first (除夕 with month 1).

    >>> lunar_day(2021, 8, 15)
    Day(year=2021, month=9, day=21)
    """
    known_year = _lunar_years().get(year)
    if known_year is None:
        return None
    first, months = known_year
    passed = 0
    for number_, length in months:
        if number_ == (-month if leap else month):
            return first.shift(passed + day - 1) if day <= length or (length == 29 and day == 30) else None
        passed += length
    return None


def _lunar_in(month: int, day: int, year: int) -> Day | None:
    """The lunar day that falls into a solar year: the twelfth month mostly belongs to the lunar year before."""
    for lunar_year in (year, year - 1):
        found = lunar_day(lunar_year, month, day)
        if found is not None and found.year == year:
            return found
    return lunar_day(year, month, day)


def _festival(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    when, days, shift, weak = _feasts()[match["f"]]
    tail, spell = match["t"] or "", match["when"] or ""
    if before is not None and before.level != "year":
        return None
    if weak and before is None and not (tail or spell or anchor.talk):
        return None  # 大雪 is weather
    day = _feast_near(when, before, anchor)
    if day is None:
        return unresolved("day")
    day = day.shift(shift)
    if tail or spell == "期间":
        length = max(days, 3 if tail == "小长假" else 1)
    elif (when.startswith(("easter", "table", "solar 1 1")) and days > 3) or when.startswith("table"):
        length = days
    else:
        length = 1
    if spell[:1] == "第":
        day, length = day.shift(number(spell[1]) - 1), 1
    return Point("day", day, Stretch.of(day, day.shift(length - 1)))


def _feast_near(when: str, before: Point | None, anchor: Anchor) -> Day | None:
    """In the year printed before it, else in that of the time last named; in a message the next one."""
    if before is not None:
        if before.day is None:
            return None
        if when.startswith("lunar") and (old := _printed(before.day.year, *map(int, when.split()[1:]))):
            return old
        return feast_day(when, before.day.year)
    base = anchor.last if not anchor.talk else anchor.issue
    if base is None or not base.year:
        return None
    day = feast_day(when, base.year)
    if anchor.talk and day is not None and base.day and day < base:
        return feast_day(when, base.year + 1)
    return day


def _lunar(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """腊月十八, 农历八月十五; without 农历 only what no solar date looks like (初五, 廿三, 正月, no 日)."""
    if before is not None and before.level != "year":
        return None
    said = match["d"]
    month = _MONTHS.get(match["m"]) or number(match["m"])
    day = number(said.removeprefix("初").replace("廿", "二十"))
    sure = match["mark"] or match["leap"] or match["m"] in _MONTHS or said[0] in "初廿"
    usual = anchor.talk or (month == 8 and not match["m"].isascii())
    if not sure and (before is not None or said.isascii() or not usual):
        return None
    found: Day | None
    if before is not None and before.day is not None:
        year = before.day.year
        found = _printed(year, month, day) or lunar_day(year, month, day, bool(match["leap"]))
    else:
        base = anchor.last if before is None else None
        found = lunar_day(base.year, month, day, bool(match["leap"])) if base and base.year else None
    return known(found) if found is not None else unresolved("day")


def _printed(year: int, month: int, day: int) -> Day | None:
    """Years before the tables begin: the lunar day under its printed numbers."""
    return make_day(year, month, day) if year < min(_lunar_years()) else None


def _lunar_month(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None and before.level != "year":
        return None
    said = match["m"] or match["m2"]
    month = _MONTHS.get(said) or number(said)
    base = before.day if before is not None else anchor.last
    first = lunar_day(base.year, month, 1, bool(match["leap"])) if base is not None and base.year else None
    if base is None or first is None:
        return unresolved("month")
    length = next((n for m, n in _lunar_years()[base.year][1] if m == (-month if match["leap"] else month)), 30)
    return Point("whole", first, Stretch.of(first, first.shift(length - 1)), names=False)


@cache
def _reigns() -> dict[str, int]:
    return {row["name"]: int(row["first"]) for row in read_csv("reigns.csv")}


def _reign(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """康熙三年: the years of a reign count from its first."""
    count = 1 if match["n"] == "元" else number(match["n"])
    return known(Day(_reigns()[match["era"]] + count - 1)) if before is None and 1 <= count <= 99 else None


READERS = {
    "time.festival": _festival, "time.lunar": _lunar, "time.lunar.month": _lunar_month, "time.reign": _reign,
}  # fmt: skip
