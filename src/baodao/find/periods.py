"""What each form of printed time stands for: match of a rule → interval, ISO text and the date it names.

One small reader a rule of `data/rules/times.toml`. A year that is not printed is that of the time last named
in the paragraph, else the issue's; a month or day of the issue's year that lies well after it is the one before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from baodao.resources import read_csv
from baodao.text.dates import Day, Stretch, days_in, make_day, year_of
from baodao.text.numerals import NumeralError, parse_number

__all__ = ["read_period"]

Read = tuple[Stretch, Day | None]
_UNKNOWN = Stretch(None, None, "", "")
_YEARS = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
    "后年": 2,
    "次年": 1,
}
_DAYS = {"今": 0, "昨": -1, "前天": -2, "大前天": -3, "明": 1, "后天": 2}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2), "暑": (7, 8), "寒": (1, 2)}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, "末": 5}


def read_period(rule: str, match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    """The interval that a match stands for, and the date it names for those that follow.

    Returns:
        None where the match is no time after all (31 June).
    """
    try:
        return _READERS[rule](match, issue, last)
    except NumeralError:
        return None


def _number(text: str | None) -> int:
    return int(parse_number(text)) if text else 0


def _year(text: str | None, issue: Day | None, last: Day | None) -> int | None:
    """A printed or relative year; None where it cannot be known, 0 where none is printed."""
    if not text:
        return 0
    text = text.removesuffix("年") if text not in _YEARS and text not in ("同年", "当年") else text
    if text in _YEARS:
        base = last if text == "次年" else issue
        return base.year + _YEARS[text] if base else None
    if text in ("同年", "当年"):
        return last.year if last else None
    return year_of(text)


def _guess_year(month: int, day: int, issue: Day | None, last: Day | None) -> int:
    """The year of a month whose year is not printed; 0 if nothing tells."""
    base = last or issue
    if base is None or not base.year:
        return 0
    if issue is not None and base.year == issue.year and issue.month and month > issue.month + 1:
        return base.year - 1
    return base.year


def _date(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    if match["rel"]:
        month, day = _number(match["m3"]), _number(match["d3"])
        return _named(make_day(_guess_year(month, day, issue, None), month, day))
    if match["mm"]:
        month, day = _number(match["mm"]), _number(match["dd"])
        return _named(make_day(_guess_year(month, day, issue, last), month, day))
    year = _year(match["y"], issue, last)
    month, day = _number(match["m"]), _number(match["d"])
    if year is None:
        found = make_day(0, month, day)
        return (Stretch(None, None, found.grain, found.iso if day else ""), None) if found else None
    return _named(make_day(year, month, day))


def _named(day: Day | None) -> Read | None:
    return None if day is None else (Stretch.of(day), day)


def _relday(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    word = match["rel"]
    base = issue if word[0] in "今昨明前后大" else last
    if base is None or not base.day:
        return _UNKNOWN, None
    if match["d"]:
        return _named(make_day(base.year, base.month, _number(match["d"])))
    shift = 0 if word[0] in "当同" else 1 if word in ("次日", "第二天") else _DAYS.get(word, _DAYS.get(word[0], 0))
    return _named(base.shift(shift))


def _day(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    day = _number(match["d"])
    base = last or issue
    if base is None or not base.month:
        return (_UNKNOWN, None) if day <= 31 else None
    month = Day(base.year, base.month)
    if base is issue and issue is not None and issue.day and day > issue.day + 3:
        month = month.shift_month(-1)
    return _named(make_day(month.year, month.month, day))


def _month(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    month = _number(match["m"])
    year = _guess_year(month, 0, issue, last)
    return (_UNKNOWN, None) if not year else _named(make_day(year, month))


def _relmonth(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    word = match["rel"]
    base = last if word[0] in "当同次" else issue
    if base is None or not base.month:
        return _UNKNOWN, None
    month = Day(base.year, base.month).shift_month(-1 if word.startswith("上") else 1 if word[0] in "下次" else 0)
    if match["d"]:
        return _named(make_day(month.year, month.month, _number(match["d"])))
    return _named(month)


def _plain_year(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    year = year_of(match["y"])
    return _named(make_day(year)) if 1000 <= year <= 2999 else None


def _relyear(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    year = _year(match["rel"], issue, last)
    return (_UNKNOWN, None) if not year else _named(Day(year))


def _part(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    groups = match.groupdict()
    year = _year(groups.get("y"), issue, last)
    month = _number((groups.get("m") or "").rstrip("份月") or None)
    if year == 0:
        year = _guess_year(month or 1, 0, issue, last)
    if not year:
        return _UNKNOWN, None
    return _within(year, month, match["p"])


def _within(year: int, month: int, part: str) -> Read | None:
    if month and not 1 <= month <= 12:
        return None
    if part[-1] == "旬" and month:
        first = {"上": 1, "中": 11, "下": 21}[part[0]]
        end = days_in(year, month) if part[0] == "下" else first + 9
        return Stretch.of(Day(year, month, first), Day(year, month, end)), Day(year, month)
    if month:
        return Stretch.of(Day(year, month)), Day(year, month)
    if part in ("底", "末", "岁末", "年底", "年末"):
        return Stretch.of(Day(year, 12)), Day(year, 12)
    if part in ("初", "年初", "岁初"):
        return Stretch.of(Day(year, 1)), Day(year)
    if part[0] in _SEASONS:
        first_month, last_month = _SEASONS[part[0]]
        return Stretch.of(Day(year, first_month), Day(year + (last_month < first_month), last_month)), Day(year)
    return Stretch.of(Day(year)), Day(year)


def _year_part(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    base = last or issue
    return _within(base.year, 0, match["p"]) if base and base.year else (_UNKNOWN, None)


def _fraction(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    year = _year(match["y"], issue, last)
    if year == 0:
        year = (last or issue).year if (last or issue) else 0  # type: ignore[union-attr]
    if not year:
        return _UNKNOWN, None
    part = match["part"]
    if "半年" in part:
        months = (1, 6) if part[0] == "上" else (7, 12)
    elif "季度" in part:
        number = _number(next(c for c in part if c in "一二三四1234"))
        months = (1, 3 * number) if part[0] == "前" else (3 * number - 2, 3 * number)
    else:
        count = _number(match["n"]) or _number(part.strip("头个月"))
        months = (1, count)
    if not 1 <= months[1] <= 12:
        return None
    return Stretch.of(Day(year, months[0]), Day(year, months[1])), Day(year)


def _span_day(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    base = last or issue
    month = _number(match["m"]) or (base.month if base else 0)
    year = _year(match["y"], issue, last) or _guess_year(month, 0, issue, last)
    start = make_day(year, month, _number(match["d"]))
    later = _number(match["m2"]) or month
    end = make_day(year + (later < month), later, _number(match["d2"]))
    if start is None or end is None or (year and start > end):
        return None
    return Stretch.of(start, end), end


def _span_month(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    first, second = _number(match["m"]), _number(match["m2"])
    if match["y"] is None and match["y2"] is None and first >= second:
        return None
    year2 = _year(match["y2"], issue, last)
    year = _year(match["y"], issue, last) or _guess_year(second, 0, issue, last)
    if not year:
        return _UNKNOWN, None
    start = _within(year, first, match["p"] or "中")
    end = _within(year2 or year, second, match["p2"] or "中")
    if start is None or end is None:
        return None
    one, two = start[0], end[0]
    if not (match["p"] and match["p"][-1] == "旬") and not (match["p2"] and match["p2"] != "底"):
        return Stretch.of(Day(year, first), Day(year2 or year, second)), Day(year2 or year, second)
    left = one.iso.split("/")[0]
    right = two.iso.split("/")[-1]
    if match["p2"] == "初":
        right = f"{Day(year2 or year, second).iso}-10"
        return Stretch(one.first, make_day(year2 or year, second, 10).last, "day", f"{left}/{right}"), end[1]  # type: ignore[union-attr]
    return Stretch(one.first, two.last, one.grain, f"{left}/{right}"), end[1]


def _span_year(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    first, second = year_of(match["y"]), _year(match["y2"], issue, last)
    if not second or not 1000 <= first <= second <= 2999:
        return None
    return Stretch.of(Day(first), Day(second)), Day(second)


def _decade(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    if match["cc"]:
        start = 2000 if match["cc"][0] == "本" else 1900
        return Stretch.of(Day(start), Day(start + 9), "decade"), None
    tens = match["t"]
    value = int(tens) if tens.isdigit() else _number(tens)
    value = value * 10 if value < 10 else value
    century = match["c"] or ""
    base = 2000 if century[:1] in ("本",) or century[:2] == "21" else 1800 if century[:2] == "19" else 1900
    if not century and value < 30:
        base = 2000
    return Stretch.of(Day(base + value), Day(base + value + 9), "decade"), None


@cache
def _eras() -> dict[str, tuple[Day, Day | None]]:
    def day(text: str) -> Day:
        return Day(*(int(part) for part in text.split("-")))

    return {row["name"]: (day(row["first"]), day(row["last"]) if row["last"] else None) for row in read_csv("eras.csv")}


def _plan(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    start, end = _eras()[f"十{match['n']}五"]
    if match[0].endswith("以来"):
        return Stretch(start.first, None, "year", f"{start.iso}/.."), None
    if match[0].endswith("末"):
        return Stretch.of(end or start), None
    return Stretch.of(start, end), None


def _congress(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    era = _eras().get(match["s"] or f"{match['n']}大")
    if era is None:
        return _UNKNOWN, None
    return Stretch(era[0].first, None, "month", f"{era[0].iso}/.."), None


def _era(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    start, _ = _eras()[match["e"]]
    if match[0].endswith(("以来", "以后")):
        return Stretch(start.first, None, "month", f"{start.iso}/.."), None
    if match["e"] == "改革开放":
        return _UNKNOWN, None
    return Stretch.of(Day(start.year)), None


def _week(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    if issue is None or not issue.day or issue.first is None:
        return _UNKNOWN, None
    monday = issue.shift(-issue.first.weekday())
    if match["w"] and match["w"][0] in "上下":
        monday = monday.shift(-7 if match["w"][0] == "上" else 7)
    said = match["d"] or match["wd"]
    if said == "末":
        return Stretch.of(monday.shift(5), monday.shift(6)), None
    if said:
        return _named(monday.shift(_WEEKDAYS[said]))
    return Stretch.of(monday, monday.shift(6), "week"), None


def _ago(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    if issue is None or match["n"] == "几" or "几" in match["n"]:
        return _UNKNOWN, None
    count = _number(match["n"]) * (-1 if match["side"] == "前" else 1)
    if match["u"] == "年":
        return Stretch.of(Day(issue.year + count)), None
    if match["u"] == "个月" and issue.month:
        return Stretch.of(Day(issue.year, issue.month).shift_month(count)), None
    if match["u"] in ("天", "周") and issue.day:
        return Stretch.of(issue.shift(count * (7 if match["u"] == "周" else 1))), None
    return _UNKNOWN, None


def _recent(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    if issue is None:
        return _UNKNOWN, None
    count = _number(match["n"] or match["n2"])
    unit = match["u"] or match["u2"]
    ahead = match["near"] in ("未来", "今后")
    if unit == "年":
        years = (issue.year, issue.year + count) if ahead else (issue.year - count, issue.year)
        return Stretch.of(Day(years[0]), Day(years[1])), None
    if not issue.day:
        return _UNKNOWN, None
    if unit == "个月":
        month = Day(issue.year, issue.month).shift_month(count if ahead else -count)
        other = Day(month.year, month.month, min(issue.day, days_in(month.year, month.month)))
    else:
        other = issue.shift(count if ahead else -count)
    return Stretch.of(*((issue, other) if ahead else (other, issue))), None


def _vague(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    return _UNKNOWN, None


@cache
def _festivals() -> dict[tuple[str, int], Day]:
    found: dict[tuple[str, int], Day] = {}
    for row in read_csv("festivals.csv"):
        year, month, day = (int(part) for part in row["date"].split("-"))
        found[row["name"], year] = Day(year, month, day)
    return found


def _festival(match: re.Match[str], issue: Day | None, last: Day | None) -> Read | None:
    year = _year(match["y"], issue, last)
    if year == 0:
        year = (last or issue).year if (last or issue) else 0  # type: ignore[union-attr]
    name = match["f"] if match["f"] in ("春节", "五一") else match["f"].removesuffix("节")
    day = _festivals().get((name, year or 0))
    if day is None:
        return _UNKNOWN, None
    days = {"春节": 7, "国庆": 7, "中秋": 3, "端午": 3, "清明": 3, "五一": 3, "元旦": 3}.get(name, 1)
    if re.search("期间|假|周", match[0]) and days > 1:
        return Stretch.of(day, day.shift(days - 1)), None
    return Stretch.of(day), None


_READERS: dict[str, Callable[[re.Match[str], Day | None, Day | None], Read | None]] = {
    "time.span.day": _span_day, "time.span.month": _span_month, "time.span.year": _span_year,
    "time.fraction": _fraction, "time.part": _part, "time.month-part": _part, "time.date": _date,
    "time.relday": _relday, "time.day": _day, "time.month": _month, "time.relmonth": _relmonth,
    "time.year": _plain_year, "time.relyear": _relyear, "time.yearpart": _year_part, "time.decade": _decade,
    "time.plan": _plan, "time.congress": _congress, "time.era": _era, "time.week": _week, "time.ago": _ago,
    "time.recent": _recent, "time.vague": _vague, "time.festival": _festival,
}  # fmt: skip
