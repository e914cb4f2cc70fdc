"""What each calendar form stands for: match of a rule, what the chain has named before it → `Point`.

One small reader a rule of `data/rules/times.toml`. A year that is not printed is that of the time last named in the
paragraph, else the issue's.
"""

from __future__ import annotations

import re
from functools import cache

from baodao.find.points import UNKNOWN, Anchor, Point, date, known, number, unresolved
from baodao.resources import read_csv
from baodao.text.dates import Day, Stretch, days_in, make_day, year_of

__all__ = ["READERS"]

_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "大前": -3, "明": 1, "来": 1, "下": 1, "后": 2, "大后": 3}
_DAYS = {"今": 0, "本": 0, "昨": -1, "听": 1, "寻": -1, "琴": -1, "前": -2, "明": 1, "后": 2}
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11), "冬": (12, 2), "暑": (7, 8), "寒": (1, 2)}
_SHORT = {"晨": "am", "早": "am", "晚": "night", "夜": "night"}
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6, "末": 5}


def _numeric(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    month = next(filter(None, (match[f"m{k}"] for k in range(1, 5))))
    year = int(match["y"] or match["y2"])
    found = make_day(year, number(month), number(match["d"] or match["d2"]))
    return known(found) if 1000 <= year <= 2999 else None


def _numeric_talk(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    month, day = (number(next(filter(None, (match[f"{name}{k}"] for k in range(1, 5))), None)) for name in ("m", "d"))
    year = int(match["y"] or match["y4"] or 0) or anchor.guess_year(month)
    return known(make_day(year, month, day))


def _century(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    count = number(match["n"]) if match["n"] else 21
    if match["rel"]:
        base = anchor.issue
        count = (base.year // 100 + 1 if base else 21) - (match["rel"] == "上")
    if not 1 <= count <= 29:
        return None
    first = max(count * 100 - 100, 1)
    return Point("century", Day(first), Stretch.of(Day(first), Day(count * 100 - 1), "century"), names=False)


def _decade(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    said = number(match["t"])
    if said >= 1000:
        start = said
    elif before is not None and before.day is not None and before.level == "century":
        start = before.day.year // 100 * 100 + said
    else:
        start = (2000 if said < 30 else 1900) + said
    return Point("decade", Day(start), Stretch.of(Day(start), Day(start + 9), "decade"), names=False)


def _decade_part(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """A third of a decade, a fifth or third of a century; the ISO text stays that of the whole."""
    if before is None or before.day is None or before.stretch.first is None:
        return None
    year, part = before.day.year, match["p"]
    if before.level == "century":
        cuts = {"初": (0, 20), "末": (80, 100), "早": (0, 30), "前": (0, 30), "后": (70, 100), "中": (30, 70)}
    else:
        cuts = {"初": (0, 3), "末": (7, 10), "早": (0, 3), "前": (0, 3), "后": (7, 10), "中": (3, 7)}
    low, high = cuts[part[0]]
    if part[0] == "初" and before.level == "century":
        iso = Stretch.of(Day(year), Day(year + 9)).iso
    else:
        iso = before.stretch.iso
    stretch = Stretch(Day(year + low).first, Day(year + high - 1).last, "decade", iso)
    return Point("part", Day(year), stretch, names=False)


def _year(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    year = year_of(match["y"])
    return known(Day(year)) if 1000 <= year <= 2999 else None


def _short_year(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    year = year_of(match["y"] or match["y2"])
    issue = anchor.issue
    return known(Day(year - 100 if issue is not None and issue.year and year > max(issue.year + 10, 1999) else year))


def _relyear(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    word = match["rel"].replace("一", "").removesuffix("度").removesuffix("年")
    if word in ("同", "当", "次", "翌"):
        base = anchor.named if anchor.left is None else anchor.last
        shift = 0 if word in ("同", "当") else 1
        base = base or (anchor.issue if word in ("次", "翌") else None)
    else:
        base, shift = anchor.issue, _YEARS[word]
    return known(Day(base.year + shift)) if base and base.year else unresolved("year")


def _base_year(before: Point | None, anchor: Anchor, month: int = 0) -> int:
    """The year of a part of one: printed before it, else guessed; 0 if nobody knows."""
    if before is not None:
        return before.day.year if before.day else 0
    return anchor.guess_year(month)


def _fraction(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if match["relq"]:
        base = anchor.issue
        if before is not None or base is None or not base.month:
            return unresolved("part") if before is None else None
        shift = match["relq"].count("下") - match["relq"].count("上")
        return _months(Day(base.year, (base.month - 1) // 3 * 3 + 1).shift_month(3 * shift), 3)
    if match["half"] and "个" in match["half"]:
        base = anchor.issue
        if base is None or not base.month:
            return unresolved("part")
        half = Day(base.year, 1 if base.month < 7 else 7)
        return _months(half.shift_month(-6 if match["half"][0] == "上" else 6), 6)
    year = _base_year(before, anchor)
    if not year:
        return unresolved("part")
    if match["half"]:
        return _months(Day(year, 1 if match["half"][0] == "上" else 7), 6)
    if match["q3"]:
        return _months(Day(year, 1), 6 if match["q3"][1] in "两二" or match["q3"][1:3] in ("个两", "个二") else 9)
    quarter = number(match["q"]) if match["q"] else 1 if match["qn"][0] == "首" else 4
    return _months(Day(year, 3 * quarter - 2), 3)


def _months(first: Day, count: int) -> Point:
    stretch = Stretch.of(first, first.shift_month(count - 1))
    return Point("part", Day(first.year, first.month if count == 3 else 0), stretch)


def _fraction_part(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """The first or last month of a quarter."""
    if before is None or before.day is None or not before.day.month:
        return None
    month = before.day if match["p"] == "初" else before.day.shift_month(2)
    return Point("week", month, Stretch.of(month))


def _first_months(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    count = number(match["n"])
    if before.level != "year" if before is not None else anchor.talk:
        return None
    year = _base_year(before, anchor)
    if not 1 <= count <= 12:
        return None
    return Point("part", Day(year), Stretch.of(Day(year, 1), Day(year, count))) if year else unresolved("part")


def _part(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None and before.level != "year":
        return None
    part = match["p"]
    year = _base_year(before, anchor)
    if not year:
        return unresolved("part")
    if part[-1] in "底末":
        return Point("part", Day(year, 12), Stretch.of(Day(year, 12)))
    if part[-1] == "初" or part == "伊始":
        stretch = Stretch.of(Day(year, 1))
        if anchor.talk and part != "伊始":
            stretch = stretch._replace(last=Day(year, 2).last)
        return Point("part", Day(year), stretch)
    if part[0] in _SEASONS:
        first, last = _SEASONS[part[0]]
        last = 8 if part == "春夏" else last
        return Point("part", Day(year), Stretch.of(Day(year, first), Day(year + (last < first), last)))
    return Point("part", Day(year), Stretch.of(Day(year)))


def _month(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None and before.level not in ("year", "start"):
        return None
    month = number(match["m"])
    if before is not None and before.day is None and before.level == "year":
        return unresolved("month")
    return date(_base_year(before if before and before.day else None, anchor, month), month)


def _month_day(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None and before.level not in ("year", "start"):
        return None
    month, day = number(match["m"]), number(match["d"])
    bare = match.string[match.end() - 1] not in "日号"
    year = before is not None and before.level == "year"
    if bare and not year and not match["d"].isdigit():
        return None  # 八月十五 is a day of the lunar year
    if before is not None and before.day is None and year:
        return unresolved("day", Day(0, month, day).iso, "day")
    return date(_base_year(before if year else None, anchor, month), month, day)


def _relmonth(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    word = match["rel"]
    base = anchor.last if word[0] in "当同次" else anchor.issue
    if before is not None or base is None or not base.month:
        return unresolved("month") if before is None else None
    shift = word.count("下") - word.count("上") + (word[0] == "次")
    return known(Day(base.year, base.month).shift_month(shift))


def _month_part(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    part = match["p"]
    if before is not None and before.level != "month":
        return None
    base = before.day if before is not None else anchor.last
    if base is None or not base.month:
        return unresolved("week")
    year, month = base.year, base.month
    if not year:
        return unresolved("week")
    length = days_in(year, month)
    cuts = {
        "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, length), "上中旬": (1, 20), "中上旬": (1, 20),
        "中下旬": (11, length), "上半月": (1, 15), "下半月": (16, length),
    }  # fmt: skip
    if part.removeprefix("月") in cuts:
        low, high = cuts[part.removeprefix("月")]
        return Point("week", Day(year, month), Stretch.of(Day(year, month, low), Day(year, month, high)))
    low, high = {"初": (1, 10), "底": (25, length), "末": (25, length), "中": (11, 20)}[part[-1]]
    if anchor.talk and part[-1] == "初":
        high = 5
    stretch = Stretch(Day(year, month, low).first, Day(year, month, high).last, "month", Day(year, month).iso)
    return Point("week", Day(year, month), stretch, fine=True)


def _nth(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """第三周, 最后一个星期五, 前两天 of the year, quarter or month named before."""
    if before is None or before.level not in ("year", "part", "month"):
        return None
    day, stretch = before.day, before.stretch
    if day is None or stretch.first is None or stretch.last is None:
        return unresolved("day")
    first, last = Day.on(stretch.first), Day.on(stretch.last).shift(-1)
    if match["wd"]:
        weekday = WEEKDAYS[match["wd"]]
        if match["last"]:
            return known(last.shift(-((last.weekday - weekday) % 7)))
        return known(first.shift((weekday - first.weekday) % 7 + 7 * number(match["n"]) - 7))
    unit = match["u"] or match["ku"]
    count = number(match["k"]) if match["k"] and match["k"] != "几" else 1
    index = number(match["n"]) - 1 if match["n"] else 0
    ending = bool(match["last"]) or match["side"] in ("最后", "后")
    if unit in ("月", "季度"):
        size = 3 if unit == "季度" else 1
        end = Day(last.year, last.month)
        start = end.shift_month(1 - size * count) if ending else Day(first.year, first.month).shift_month(size * index)
        found = Stretch.of(start, start.shift_month(size * count - 1))
        return Point("month" if size * count == 1 else "part", start, found)
    if unit in ("天", "日"):
        start = last.shift(1 - count) if ending else first.shift(index)
        return Point("day", start, Stretch.of(start, start.shift(count - 1)))
    monday = last.shift(-last.weekday) if ending else first.shift(-first.weekday % 7 + 7 * index)
    return Point("week", monday, Stretch.of(monday, monday.shift(7 * count - 1), "week"))


def _day(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    day = number(match["d"])
    if day > 31:
        return None
    if before is not None:
        if before.level != "month":
            return None
        return date(before.day.year, before.day.month, day) if before.day else unresolved("day")
    if len(match["d"]) == 1 and not match["d"].isdigit() and anchor.left is None:
        return None  # 一日 is mostly a length
    base = anchor.last
    if base is None or not base.month:
        return unresolved("day")
    month = Day(base.year, base.month)
    issue = anchor.issue
    if anchor.left is not None:
        if base.day > day:
            month = month.shift_month(1)
    elif not anchor.talk and base == issue and issue is not None and issue.day and day > issue.day + 3:
        month = month.shift_month(-1)
    return date(month.year, month.month, day)


def _relday(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None:
        return None
    word = match["rel"]
    backwards = word[0] in "当同次翌隔第"
    base = anchor.last if backwards else anchor.issue
    half = _SHORT.get(word[-1], "")
    level = "daypart" if half and word[0] != "前" else "day"
    found: Day | None = None
    if base is not None and base.day:
        shift = (0 if word[0] in "当同" else 1) if backwards else _DAYS[word.lstrip("大")[0]]
        shift += word.count("大") * (-1 if shift < 0 else 1)
        found = base.shift(shift)
    if match["d3"] and base is not None and base.year:
        month = number(match["m3"]) or base.month
        year = base.year - (base.month > 0 and month > base.month + 1)
        found = make_day(year, month, number(match["d3"])) or found
    elif match["m3"]:
        return unresolved("day", Day(0, number(match["m3"]), number(match["d3"])).iso, "day")
    if found is None:
        return unresolved(level)._replace(half=half)
    point = Point(level, found, Stretch.of(found), half)
    return point


def _week(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    base = anchor.issue
    if before is not None:
        return None
    if base is None or not base.day:
        return unresolved("week")
    word, half = match["w"] or "", match["half"] or match["half2"]
    monday = base.shift(-base.weekday + 7 * (word.count("下") - word.count("上")))
    if half:
        low, high = (0, 2) if half[0] == "上" else (3, 6)
        return Point("week", monday, Stretch.of(monday.shift(low), monday.shift(high)))
    return Point("week", monday, Stretch.of(monday, monday.shift(6), "week"))


def _weekday(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    word, said = match["w"] or "", match["d"]
    if before is not None and before.level != "week":
        return None
    base = before.day if before is not None else anchor.last if anchor.left is not None and not word else anchor.issue
    if base is None or not base.day:
        return unresolved("day")
    monday = base.shift(-base.weekday + 7 * (word.count("下") - word.count("上")))
    day = monday.shift(WEEKDAYS[said])
    if (
        before is None
        and not word
        and ((day < base and anchor.left is not None) or (day <= base and anchor.talk))
        and said != "末"
    ):
        day = day.shift(7)  # from Friday to Monday; in a message the next one
    if said == "末":
        return Point("day", day, Stretch.of(day, day.shift(1)))
    return known(day)


def _weekday_before(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    return Point("start", None, UNKNOWN) if before is None else None


def _weekday_after(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    return before if before is not None and before.level == "day" else None


@cache
def _eras() -> dict[str, tuple[Day, Day | None]]:
    def day(text: str) -> Day:
        return Day(*(int(part) for part in text.split("-")))

    return {row["name"]: (day(row["first"]), day(row["last"]) if row["last"] else None) for row in read_csv("eras.csv")}


def _plan(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    start, end = _eras()[f"十{match['n']}五"]
    stretch = Stretch.of(start, end)
    if match[0].endswith("以来"):
        stretch = Stretch(start.first, None, "year", f"{start.iso}/..")
    elif match[0].endswith("末"):
        stretch = Stretch.of(end or start)
    elif match[0].endswith("开局之年"):
        stretch = Stretch.of(start)
    elif match[0].endswith("收官之年"):
        stretch = Stretch.of(end or start)
    return Point("whole", None, stretch, names=False)


def _congress(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    era = _eras().get(match["s"] or f"{match['n']}大")
    if era is None:
        return unresolved("whole")
    return Point("whole", None, Stretch(era[0].first, None, "month", f"{era[0].iso}/.."), names=False)


def _era(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    start, _ = _eras()[match["e"]]
    if match[0].endswith(("以来", "以后")):
        return Point("whole", None, Stretch(start.first, None, "month", f"{start.iso}/.."), names=False)
    if match["e"] == "改革开放":
        return unresolved("whole")
    return Point("whole", None, Stretch.of(Day(start.year)), names=False)


READERS = {
    "time.numeric": _numeric, "time.numeric.talk": _numeric_talk, "time.century": _century, "time.decade": _decade,
    "time.decade-part": _decade_part, "time.year": _year, "time.year.short": _short_year, "time.relyear": _relyear,
    "time.fraction": _fraction, "time.fraction-part": _fraction_part, "time.months": _first_months, "time.part": _part,
    "time.yearpart": _part, "time.season": _part, "time.season.talk": _part, "time.month": _month,
    "time.month.day": _month_day,
    "time.relmonth": _relmonth, "time.month-part": _month_part, "time.monthpart.alone": _month_part, "time.nth": _nth,
    "time.day": _day, "time.relday": _relday, "time.week": _week, "time.weekday": _weekday,
    "time.weekday-before": _weekday_before, "time.weekday-after": _weekday_after, "time.plan": _plan,
    "time.congress": _congress, "time.era": _era,
}  # fmt: skip
