"""Times given as a length from now (三年前, 近一个月, 未来五年) or by both ends with one unit (1至9月).

Newspapers count in whole years, months and days from the issue date; messages, where the instant of speaking is
known, from that instant.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from baodao.find.points import Anchor, Point, number, unresolved
from baodao.text.dates import Day, Stretch, make_day, year_of
from baodao.text.numerals import parse_number

__all__ = ["READERS"]

_CLOCK_UNITS = {
    "小时": 3600, "钟头": 3600, "钟": 3600, "分钟": 60, "刻钟": 900, "秒": 1, "秒钟": 1,
}  # fmt: skip
_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS = {"年": 12, "季度": 3, "月": 1, "世纪": 1200}


def _amount(text: str, half: bool) -> float | None:
    """The number of units; None for a vague one (几)."""
    if text == "半":
        return 0.5
    return None if "几" in text or "数" in text else float(parse_number(text)) + half / 2


def _move(base: Day, count: float, unit: str) -> tuple[Day, str]:
    """The year, month or day so far away, and what it is known to."""
    if unit in _DAYS:
        return base.shift(int(count * _DAYS[unit])), "day"
    months = count * _MONTHS[unit]
    if unit == "年" and count == int(count):
        return Day(base.year + int(count)), "year"
    if months == int(months):
        return Day(base.year, base.month).shift_month(int(months)), "month"
    return base.shift(int(months * 30)), "day"


def _ago(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None:
        return None
    said, unit = match["n"] or match["n2"], match["u"] or match["u2"]
    if said.isdigit() and len(said) == 4 and unit == "年":
        return None  # 2025年前
    if (unit == "日" and not match["within"]) or (match["within"] and not anchor.talk):
        return None
    count = _amount(said, bool(match["half"] or match["half2"]))
    issue = anchor.issue
    side = match["side"] or "后"
    sign = -1 if side[-1] == "前" else 1
    if issue is None or count is None:
        return _some_years(said, sign, issue) if unit == "年" else unresolved("whole")
    if unit in _CLOCK_UNITS:
        return _instant(count * sign * _CLOCK_UNITS[unit], unit, side, bool(match["within"]), anchor)
    if unit == "工作日":
        end = _workdays(issue, int(count) * sign)
    else:
        if (unit != "年" and not issue.month) or (unit in _DAYS and not issue.day):
            return unresolved("whole")
        end, _ = _move(issue, count * sign, unit)
    if match["within"]:
        if not end.day:
            end = issue.shift_months(int(count * _MONTHS[unit]))
            end = end.shift(15) if count != int(count) and unit == "月" else end
        return Point("whole", end, Stretch(anchor.moment or issue.first, end.last, "day", f"{issue.iso}/{end.iso}"))
    if side == "以前":
        stretch = Stretch(None, end.last if anchor.talk else end.first, end.grain, f"../{end.iso}")
        return Point("whole", end, stretch)
    stretch = Stretch.of(end)
    if anchor.talk and unit in ("周", "星期", "礼拜"):
        monday = end.shift(-end.weekday)
        stretch = Stretch.of(monday, monday.shift(6), "week")
    return Point("whole", end, stretch, names=unit != "年")


def _some_years(said: str, sign: int, issue: Day | None) -> Point:
    """二十几年前 lies between two years."""
    tens = number(said[:-1]) if said.endswith("几") and len(said) > 1 and said[:-1] != "几" else 0
    if issue is None or not tens:
        return unresolved("whole")
    near, far = issue.year + sign * tens, issue.year + sign * (tens + 10)
    return Point("whole", None, Stretch.of(Day(min(near, far)), Day(max(near, far))), names=False)


def _instant(seconds: float, unit: str, side: str, within: bool, anchor: Anchor) -> Point:
    """So many hours or minutes from the instant of speaking."""
    moment = anchor.moment
    if moment is None:
        return unresolved("whole")
    other = moment + timedelta(seconds=seconds)
    grain = {3600: "hour", 1: "second"}.get(_CLOCK_UNITS[unit], "minute")
    size = timedelta(seconds={"hour": 3600, "second": 1}.get(grain, 60))
    if within:
        stretch = Stretch(min(moment, other), _reached(max(moment, other), moment), grain, Day.on(other).iso)
    elif side == "以前":
        stretch = Stretch(None, other, grain, f"../{Day.on(other).iso}")
    else:
        stretch = Stretch(other, other + size, grain, Day.on(other).iso)
    return Point("whole", Day.on(other), stretch, names=False)


def _workdays(day: Day, count: int) -> Day:
    """So many working days later, weekends left out (holidays are not known)."""
    step = 1 if count > 0 else -1
    for _ in range(min(abs(count), 500)):
        day = day.shift(step)
        while day.day and day.weekday > 4:
            day = day.shift(step)
    return day


def _recent(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None:
        return None
    issue = anchor.issue
    said, unit = match["n"] or match["n2"], match["u"] or match["u2"]
    half = bool(match["half"] or match["half2"] or match["half3"])
    if said.isdigit() and len(said) == 4 and unit == "年":
        return None  # 2018年以来
    count = _amount(said, half)
    ahead = bool(match["ahead"])
    if issue is None or count is None:
        return unresolved("whole")
    sign = 1 if ahead else -1
    moment = anchor.moment if anchor.talk else None
    if moment is not None:
        return _around(moment, count, sign, unit, whole=match["n"] is None)
    if unit in _CLOCK_UNITS:
        return unresolved("whole")
    if unit == "年" and count == int(count):
        years = sorted((issue.year, issue.year + sign * int(count)))
        return Point("whole", None, Stretch.of(Day(years[0]), Day(years[1])), names=False)
    if not issue.day:
        return unresolved("whole")
    if unit in _DAYS:
        other = issue.shift(sign * int(count * _DAYS[unit]))
    else:
        other = issue.shift_months(sign * int(count * _MONTHS[unit]))
    return Point("whole", None, Stretch.of(min(issue, other), max(issue, other)), names=False)


def _reached(end: datetime, moment: datetime) -> datetime:
    """The end of an interval that an instant closes: what the instant is known to belongs to it."""
    if moment.second:
        return end
    if moment.minute:
        return end + timedelta(minutes=1)
    return end + (timedelta(hours=1) if moment.hour else timedelta(days=1))


def _around(moment: datetime, count: float, sign: int, unit: str, whole: bool) -> Point:
    """From the instant of speaking so far back or ahead; `whole`: from the first of the month (三个月来)."""
    day = Day.on(moment)
    if unit in _CLOCK_UNITS or unit in _DAYS:
        other = moment + timedelta(seconds=sign * count * (_CLOCK_UNITS.get(unit) or _DAYS[unit] * 86400))
        if unit in _DAYS and count == int(count):
            other = Day.on(other).first or other
            other = other + timedelta(days=1) if sign > 0 else other
    else:
        far = day.shift_months(sign * int(count * _MONTHS[unit]))
        if whole:
            far = Day(far.year) if unit == "年" and count == int(count) else Day(far.year, far.month)
        other = far.first or moment
    first, last = min(moment, other), max(moment, other)
    if last == moment or unit in _CLOCK_UNITS:
        last = _reached(last, moment)
    iso = f"{Day.on(first).iso}/{Day.on(last).iso}"
    return Point("whole", None, Stretch(first, last, "day", iso), names=False)


def _shift(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """上两周, 后三天: so many whole units before or after the present one."""
    moment, day = anchor.moment, anchor.issue
    if before is not None or moment is None or day is None:
        return None
    if match["one"]:
        hour = timedelta(hours=1)
        stretch = Stretch(*((moment - hour, moment) if match["one"] == "上" else (moment, moment + hour)), "hour", "")
        return Point("whole", day, stretch, names=False)
    count, unit = _amount(match["n"], False), match["u"].removeprefix("个")
    if count is None:
        return unresolved("whole")
    if count >= 1000:
        return None  # 2009年
    back, size = match["side"] in "上前", int(count)
    if unit in _CLOCK_UNITS:
        step = timedelta(seconds=_CLOCK_UNITS[unit])
        now = moment.replace(second=moment.second if step.seconds == 1 else 0, microsecond=0)
        now = now.replace(minute=0) if step.seconds == 3600 else now
        pair = (now - size * step, now) if back else (now + step, now + (size + 1) * step)
        return Point("whole", day, Stretch(*pair, "hour", day.iso), names=False)
    if unit in _DAYS:
        width = _DAYS[unit]
        start = day.shift(-day.weekday) if width == 7 else day
        first = start.shift(-size * width if back else width)
        return Point("whole", first, Stretch.of(first, first.shift(size * width - 1)), names=False)
    if unit == "年":
        years = (day.year - size, day.year - 1) if back else (day.year + 1, day.year + size)
        return Point("whole", None, Stretch.of(Day(years[0]), Day(years[1])), names=False)
    width = _MONTHS[unit]
    start = Day(day.year, (day.month - 1) // width * width + 1)
    first = start.shift_month(-size * width if back else width)
    return Point("whole", first, Stretch.of(first, first.shift_month(size * width - 1)), names=False)


def _vague(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    if before is not None:
        return None
    moment = anchor.moment if anchor.talk and match[0] in ("现在", "当前", "目前", "此刻", "此时此刻", "而家") else None
    if moment is not None:
        return Point("whole", None, Stretch(moment, moment + timedelta(seconds=1), "second", ""), names=False)
    return unresolved("whole")


def _elided(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    """1至9月, 2016-2020年, 9~11点: the unit is printed once."""
    unit = match["u"][0]
    if unit == "年":
        return _years(match, before, anchor)
    one, two = number(match["n"]), number(match["n2"])
    about = "time.approx" if match.end("n") == match.start("n2") else ""
    if one >= two or anchor.left is not None:
        return None
    if unit == "月":
        if (before is not None and before.level != "year") or two > 12:
            return None
        year = (before.day.year if before.day else 0) if before is not None else anchor.guess_year(two)
        if not year:
            return unresolved("whole")
        return Point("whole", Day(year, two), Stretch.of(Day(year, one), Day(year, two)))
    if unit in "日号":
        if before is not None and before.level != "month":
            return None
        base = before.day if before is not None else anchor.last
        if base is None or not base.month:
            return unresolved("whole") if two <= 31 else None
        start, end = make_day(base.year, base.month, one), make_day(base.year, base.month, two)
        if start is None or end is None:
            return None
        return Point("whole", end, Stretch.of(start, end))
    if (before is not None and before.level not in ("day", "daypart")) or two > 24:
        return None
    day = before.day if before is not None else anchor.last
    if day is None or not day.day or not day.year:
        return unresolved("whole")
    later = 12 if before is not None and before.half in ("pm", "night") and one < 12 else 0
    midnight = datetime(day.year, day.month, day.day)
    pair = (
        midnight + timedelta(hours=one + later),
        midnight + timedelta(hours=two + (later if two <= 12 else 0) + bool(about)),
    )
    return Point("whole", day, Stretch(*pair, "hour", day.iso), names=before is not None)


def _years(match: re.Match[str], before: Point | None, anchor: Anchor) -> Point | None:
    said, other = match["n"], match["n2"]
    if before is not None or len(said) != 4 or len(other) not in (2, 4) or not set("十").isdisjoint(said + other):
        return None
    first = year_of(said)
    second = year_of(other) if len(other) == 4 else first // 100 * 100 + year_of(other) % 100
    if not 1000 <= first < second <= 2999:
        return None
    stretch = Stretch.of(Day(first), Day(second))
    part = match["u"][1:]
    if part in ("底", "末"):
        stretch = stretch._replace(iso=f"{first}/{second}-12")
    return Point("whole", Day(second), stretch)


READERS = {
    "time.ago": _ago, "time.recent": _recent, "time.shift": _shift, "time.vague": _vague, "time.now": _vague,
    "time.elided": _elided, "time.approx": _elided,
}  # fmt: skip
