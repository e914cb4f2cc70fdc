"""Dates, periods and times of day, resolved against the issue date and the time last named.

In: a passage, which knows its issue date. Out: `TimeHit`s; half-open intervals, and the inclusive ISO text
that facts carry. Forms are `data/rules/times.toml`, named eras `data/eras.csv`. There is no clock: without an
issue date relative times stay unresolved. Authority: FACTS.md, `time`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache

from baodao.find.periods import read_period
from baodao.records.light import Hit, TimeHit
from baodao.resources import Rule, read_rules
from baodao.text.dates import Day, Stretch
from baodao.text.numerals import parse_number
from baodao.text.passage import Passage

__all__ = ["find_times"]

_NUMERALS = "0123456789一二三四五六七八九十两〇零○"
_SINCE = re.compile(r"以来|起(?![来床到诉步飞草用码源因点伏])|以后|之后")
_SINCE_LATER = re.compile(r"[^,。;:!?、\n]{0,10}以来|[^,。;:!?\n]{0,2}开始|[到至](?:今|现在|目前)")
_UNTIL = re.compile(r"(?:截至|截止到?|截止至)(?:了|到)?$")
_FROM = re.compile(r"(?:自从?|从)$")
_CLOCKS = ("time.clock", "time.daypart")


def find_times(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the times of `passage`, left to right.

    >>> passage = Passage.whole("去年7月以来,共培训三期", issue_date="2021-11-23")
    >>> [(passage.text[h.start : h.end], h.iso) for h in find_times(passage)]
    [('去年7月以来', '2020-07/..')]

    Args:
        passage: the text; `issue_date` is what relative times are read against.
        found: not used.
    """
    text = passage.text
    issue = _issue(passage.issue_date)
    for start, end in passage.paragraphs:
        last = issue
        at = start
        first, _, _ = _rules()
        while (position := first.search(text, at, end)) is not None:
            hit, named = _read(text, position.start(), end, issue, last)
            if hit is None:
                at = position.start() + 1
                continue
            if named is not None and named.year:
                last = named
            yield hit
            at = hit.end


def _issue(iso: str) -> Day | None:
    parts = [int(part) for part in iso.split("-")] if iso else []
    return Day(*parts) if parts else None


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, tuple[Rule, ...]], tuple[Rule, Rule]]:
    """The characters that a time begins with, the rules by first character, the rules for times of day."""
    rules = {rule.id: rule for rule in read_rules("times.toml")}
    by_first: dict[str, list[Rule]] = {}
    for rule in rules.values():
        for char in str(rule.fields["first"]).replace("#", _NUMERALS):
            if rule.id not in _CLOCKS:
                by_first.setdefault(char, []).append(rule)
            else:
                by_first.setdefault(char, [])
    first = re.compile("[" + re.escape("".join(sorted(by_first))) + "]")
    return (
        first,
        {char: tuple(found) for char, found in by_first.items()},
        (rules[_CLOCKS[0]], rules[_CLOCKS[1]]),
    )


def _read(text: str, at: int, stop: int, issue: Day | None, last: Day | None) -> tuple[TimeHit | None, Day | None]:
    """The longest time at a position, with the date it names."""
    _, by_first, clocks = _rules()
    best: tuple[int, Rule, re.Match[str], Stretch, Day | None] | None = None
    for rule in by_first[text[at]]:
        match = rule.pattern.match(text, at, stop)
        if match is None or match.end() == at or (best is not None and match.end() <= best[0]):
            continue
        read = read_period(rule.id, match, issue, last)
        if read is not None:
            best = (match.end(), rule, match, *read)
    if best is None:
        clock = clocks[0].pattern.match(text, at, stop)
        if clock is None or not (clock["h"] or clock["hh"]):
            return None, None
        return _clock_hit(clock, at, clock.end(), last or issue), None
    end, rule, _, stretch, named = best
    clock = clocks[0].pattern.match(text, end, stop) or clocks[1].pattern.match(text, end, stop)
    if clock is not None and named is not None and named.day and named.year:
        return _clock_hit(clock, at, clock.end(), named), named
    if clock is not None and named is not None and named.day:
        end = clock.end()
    end, stretch = _open_side(text, at, end, stop, stretch, rule.id, named)
    return TimeHit("time", at, end, rule.id, stretch.first, stretch.last, stretch.grain, stretch.iso), named


def _open_side(
    text: str, at: int, end: int, stop: int, stretch: Stretch, rule: str, named: Day | None
) -> tuple[int, Stretch]:
    """X以来, 自X起 and 截至X leave one side open. 今年以来 is the year."""
    since = _SINCE.match(text, end, stop)
    later = since or _SINCE_LATER.match(text, end, stop)
    if since is not None:
        end = since.end()
    if not stretch.iso or "/.." in stretch.iso or stretch.iso.startswith("../"):
        return end, stretch
    if _UNTIL.search(text, max(at - 4, 0), at):
        return end, stretch._replace(first=None, iso=f"../{stretch.iso.split('/')[-1]}")
    if since is not None and since[0] in ("以后", "之后"):
        return end, stretch
    opened = later is not None and (
        since is not None or later[0][0] in "到至" or "以来" in later[0] or _FROM.search(text, max(at - 2, 0), at)
    )
    if opened and not (rule == "time.relyear" and text.startswith(("今年", "本年"), at)) and "/" not in stretch.iso:
        return end, stretch._replace(last=None if since else stretch.last, iso=f"{stretch.iso}/..")
    return end, stretch


def _clock_hit(match: re.Match[str], start: int, end: int, day: Day | None) -> TimeHit:
    """A time of day, on the day that was named."""
    rule = "time.clock" if match.re.groupindex.get("h") else "time.daypart"
    hours = _hours(match)
    if day is None or not day.day or hours is None:
        return TimeHit("time", start, end, rule, grain="hour", iso="")
    base = day.first
    assert base is not None
    first, last = (base + timedelta(hours=h) for h in hours)
    return TimeHit("time", start, end, rule, first, last, "minute" if hours[1] - hours[0] < 1 else "hour", day.iso)


_PARTS = {
    "凌晨": (0, 6), "清晨": (5, 8), "早晨": (6, 9), "早上": (6, 9), "上午": (8, 12), "中午": (11, 13), "下午": (12, 18),
    "傍晚": (17, 19), "晚上": (18, 24), "晚间": (18, 24), "当晚": (18, 24), "晚": (18, 24),
    "夜间": (18, 24), "深夜": (22, 24),
}  # fmt: skip


def _hours(match: re.Match[str]) -> tuple[float, float] | None:
    groups = match.groupdict()
    part = groups.get("part") or ""
    said = groups.get("h") or groups.get("hh")
    if said is None:
        return _PARTS.get(part)
    hour = float(parse_number(said))
    minute = groups.get("min") or groups.get("mm")
    exact = bool(minute or groups.get("half") == "半")
    value = hour + (float(parse_number(minute)) / 60 if minute else 0.5 if groups.get("half") == "半" else 0)
    if part in ("下午", "晚上", "傍晚", "晚间", "晚", "夜间", "当晚", "深夜") and value < 12:
        value += 12
    return (value, value + 1 / 60) if exact else (value, value + 1) if value <= 24 else None
