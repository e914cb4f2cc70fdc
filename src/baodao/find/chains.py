"""Printed runs of time forms → times: chains from large to small, ranges, open sides, recurrences.

In: a run, a stretch of text in which every character belongs to some form (`times.py` cuts them). Out: `Found`, spans
within the run. A chain takes, at each step, the longest form that may follow what it has named; 从 … 到 joins two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from baodao.find import clocks, feasts, periods, stretches
from baodao.find.points import LEVELS, UNKNOWN, Anchor, Point, number
from baodao.resources import Rule, read_csv, read_rules
from baodao.text.dates import Day, Stretch
from baodao.text.numerals import NumeralError

__all__ = ["CONNECT", "EACH", "Found", "first_characters", "read_run"]

Reader = Callable[[re.Match[str], Point | None, Anchor], Point | None]
_READERS: dict[str, Reader] = {**periods.READERS, **clocks.READERS, **stretches.READERS, **feasts.READERS}
_NUMERALS = "0123456789一二三四五六七八九十两〇零○廿"
CONNECT = r"起? ?(?:[至到\-—–~～]{1,2}) ?"
EACH = r"每(?:年的?|个?月的?|个工作日(?:的)?|周工作日|天|日|逢)?"
_CONNECT = re.compile(CONNECT)
_AND = re.compile(r"[和与](?=.{0,40}之间)")
_EACH = re.compile(EACH)
_MAX_CHAIN = 8


class Found(NamedTuple):
    """One time of a run."""

    start: int
    end: int
    rule: str
    stretch: Stretch
    day: Day | None  # what later times may refer to
    repeat: str = ""  # a recurrence, TIMEX3
    level: str = ""


class _Form(NamedTuple):
    """A rule ready for use."""

    id: str
    rank: int
    level: str
    rule: Rule
    read: Reader
    after: frozenset[str] | None
    talk: bool


def first_characters(rule: Rule) -> str:
    """The characters that a form may begin with."""
    return _spelled(str(rule.fields["first"]))


@cache
def _spelled(said: str) -> str:
    """A rule's `first` with its lists and its # written out."""
    while (found := re.search(r"@([a-z_]+\.csv)", said)) is not None:
        said = said.replace(found[0], "".join(sorted({row["name"][0] for row in read_csv(found[1])})))
    return said.replace("#", _NUMERALS)


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    by_first: dict[str, list[_Form]] = {}
    for rule in read_rules("times.toml"):
        level = str(rule.fields["level"])
        if level == "affix" or rule.id == "time.every":
            continue
        after = rule.fields.get("after")
        form = _Form(
            rule.id, LEVELS[level], level, rule, _READERS[rule.id],
            frozenset(after) if isinstance(after, list) else None, bool(rule.fields.get("talk")),
        )  # fmt: skip
        for char in first_characters(rule):
            by_first.setdefault(char, []).append(form)
    return {char: tuple(forms) for char, forms in by_first.items()}


@cache
def _every() -> re.Pattern[str]:
    return next(rule.pattern for rule in read_rules("times.toml") if rule.id == "time.every")


@cache
def _affixes() -> dict[str, re.Pattern[str]]:
    return {rule.id: rule.pattern for rule in read_rules("times.toml") if rule.fields["level"] == "affix"}


def read_run(run: str, anchor: Anchor) -> list[Found]:
    """The times of a run, left to right."""
    found = []
    at = 0
    while at < len(run):
        time = _recurrence(run, at, anchor) or _time(run, at, anchor)
        if time is None:
            at += 1
            continue
        found.append(time)
        at = time.end
    return found


def _chain(run: str, at: int, anchor: Anchor) -> tuple[int, Point, str] | None:
    """The longest chain of forms from a place, with the id of its last form."""
    point: Point | None = None
    end, rule = at, ""
    for _ in range(_MAX_CHAIN):
        best: tuple[int, Point, str] | None = None
        for step in (end, end + 1):
            if step > end and (point is None or run[end : end + 1] not in ("的", " ")):
                break
            best = _form(run, step, point, anchor)
            if best is not None:
                break
        if best is None:
            break
        end, point = best[0], best[1]
        rule = rule if best[2] == "time.weekday-after" else best[2]
        if point.level == "whole":
            break
    return None if point is None or point.level == "start" else (end, point, rule)


def _form(run: str, at: int, before: Point | None, anchor: Anchor) -> tuple[int, Point, str] | None:
    """The longest form that may stand at a place after what has been named."""
    if at >= len(run):
        return None
    rank = LEVELS[before.level] if before is not None else -1
    best: tuple[int, Point, str] | None = None
    for form in _forms().get(run[at], ()):
        if form.after is None:
            if form.rank <= rank or (form.talk and not anchor.talk) or (before is not None and form.level == "whole"):
                continue
        elif before is None or before.level not in form.after:
            continue
        match = form.rule.pattern.match(run, at)
        if match is None or match.end() == at or (best is not None and match.end() <= best[0]):
            continue
        try:
            point = form.read(match, before, anchor)
        except (NumeralError, ValueError, OverflowError):
            continue  # no date of any calendar
        if point is not None:
            best = (match.end(), point, form.id)
    return best


def _time(run: str, at: int, anchor: Anchor) -> Found | None:
    """A chain, or two joined to a range, with what opens or hedges it."""
    start = at
    lead = _affixes()["time.from"].match(run, at)
    if lead is not None:
        at = lead.end()
    chain = _chain(run, at, anchor)
    if chain is None:
        return None
    end, point, rule = chain
    stretch, day = point.stretch, point.day if point.names else None
    joined = _range(run, end, point, anchor)
    if joined is not None:
        end, stretch, day = joined
        rule = "time.range"
    elif point.level == "daypart" and not point.names and rule.startswith("time.daypart") and not anchor.talk:
        return None
    time = _affixed(run, at, end, rule, stretch, day, point.level, anchor)
    wide = lead is not None and anchor.talk and (joined is not None or time.rule == "time.since")
    return time._replace(start=start) if wide else time


def _range(run: str, end: int, left: Point, anchor: Anchor) -> tuple[int, Stretch, Day | None] | None:
    connect = _CONNECT.match(run, end) or _AND.match(run, end)
    if connect is None:
        return None
    anchor.left = left
    try:
        chain = _chain(run, connect.end(), anchor)
    finally:
        anchor.left = None
    if chain is None:
        return None
    stop, right, _ = chain
    stretch = _between(left, right)
    if stretch is None:
        return None
    tail = _affixes()["time.range.tail"].match(run, stop)
    return (tail.end() if tail else stop), stretch, right.day if right.names or left.names else None


def _between(left: Point, right: Point) -> Stretch | None:
    """From the beginning of one to the end of the other; a clock's hour ends a range where it begins."""
    one, two = left.stretch, right.stretch
    if one.first is None or two.last is None:
        if "whole" in (left.level, right.level):
            return None
        iso = f"{one.iso}/{two.iso}" if one.iso and two.iso else ""
        return Stretch(None, None, one.grain, iso)
    last = two.first if right.level == "clock" and two.grain == "hour" else two.last
    if last is None or last <= one.first:
        return None
    begin, finish = one.iso.split("/")[0], two.iso.split("/")[-1]
    if left.fine:
        begin = Day.on(one.first).iso
    if right.fine:
        finish = Day.on(two.last).shift(-1).iso
    return Stretch(one.first, last, one.grain, begin if begin == finish else f"{begin}/{finish}")


def _affixed(
    run: str, start: int, end: int, rule: str, stretch: Stretch, day: Day | None, level: str, anchor: Anchor
) -> Found:
    """以来, 起, 之前, 之后, 左右 at the end of a time."""
    affixes = _affixes()
    if (match := affixes["time.about"].match(run, end)) is not None:
        end = match.end()
    closed = "/.." not in stretch.iso and not stretch.iso.startswith("../")
    if (match := affixes["time.since"].match(run, end)) is not None and closed:
        end = match.end()
        if match[0] not in ("以后", "之后"):
            stretch = _since(stretch, rule, anchor)
            rule = "time.since"
        elif anchor.talk:
            first = stretch.last if level == "year" else stretch.first
            stretch = stretch._replace(first=first, last=None)
    elif anchor.talk and (match := affixes["time.inside"].match(run, end)) is not None:
        end = match.end()
    elif anchor.talk and closed and (match := affixes["time.after"].match(run, end)) is not None:
        end = match.end()
        if match[0] == "开始":
            return Found(start, end, "time.since", _since(stretch, rule, anchor), day, level=level)
        first = stretch.last if level == "year" else stretch.first
        stretch = stretch._replace(first=first, last=None)
    elif anchor.talk and closed and (match := affixes["time.before"].match(run, end)) is not None:
        end = match.end()
        if rule not in ("time.range", "time.elided"):
            moment = anchor.moment
            begin = moment if moment and stretch.last and stretch.last > moment else None
            stretch = Stretch(begin, stretch.last, stretch.grain, f"../{stretch.iso}")
    return Found(start, end, rule, stretch, day, level=level)


def _since(stretch: Stretch, rule: str, anchor: Anchor) -> Stretch:
    """自X起: open at its end, in a message up to the instant of speaking. 今年以来 is the year."""
    if not stretch.iso or "/" in stretch.iso:
        return stretch
    if rule == "time.relyear" and anchor.issue is not None and stretch.iso == str(anchor.issue.year):
        return stretch
    moment = anchor.moment if anchor.talk else None
    last = moment if moment is not None and stretch.first is not None and stretch.first < moment else None
    return stretch._replace(last=last, iso=f"{stretch.iso}/..")


def _recurrence(run: str, at: int, anchor: Anchor) -> Found | None:
    """每周一, 每年春节, 每天晚上8点: no one time, but when it comes again."""
    each = _EACH.match(run, at)
    if each is None:
        return None
    every = _every().match(run, at) if anchor.talk else None
    chain = _chain(run, each.end(), anchor)
    if chain is None or chain[1].level == "year" or chain[2] in ("time.ago", "time.recent", "time.vague"):
        if every is None:
            return None
        return Found(at, every.end(), "time.every", UNKNOWN, None, _period(every))
    end, point, _ = chain
    joined = _range(run, end, point, anchor)
    if joined is not None:
        end = joined[0]
    return Found(at, end, "time.each", UNKNOWN, None, _timex(each[0], run[each.end() : end], point))


def _period(every: re.Match[str]) -> str:
    """每两天 as an ISO 8601 period."""
    unit = every["u"]
    clock = "T" if unit in ("小时", "分钟") else ""
    letter = {"小时": "H", "分钟": "M", "天": "D", "日": "D", "工作日": "D", "月": "M", "季度": "M", "年": "Y"}.get(
        unit, "W"
    )
    count = number(every["n"]) if every["n"] and "几" not in every["n"] else 1
    return f"P{clock}{count * (3 if unit == '季度' else 1)}{letter}"


def _timex(each: str, said: str, point: Point) -> str:
    """The recurrence in TIMEX3: XXXX-WXX-1T20 for 每周一晚8点."""
    first = point.stretch.first
    clock = f"T{first:%H}" + (f":{first:%M}" if first.minute else "") if first and point.level == "clock" else ""
    day = point.day
    if re.search("周|星期|礼拜", said) and first is not None:
        return f"XXXX-WXX-{first.isoweekday()}{clock}"
    if "年" in each and day is not None and day.month:
        return f"XXXX-{day.month:02d}" + (f"-{day.day:02d}" if day.day else "") + clock
    if "月" in each and day is not None and day.day:
        return f"XXXX-XX-{day.day:02d}{clock}"
    if clock:
        return f"XXXX-XX-XX{clock}"
    return "P1Y" if "年" in each else "P1M" if "月" in each else "P1D"
