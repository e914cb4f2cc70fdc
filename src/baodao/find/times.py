"""Dates, periods and times of day, resolved against the issue date and the time last named.

In: a passage, which knows its issue date. Out: `TimeHit`s; half-open intervals, and the inclusive ISO text that facts
carry. One pattern, made of all forms of `data/rules/times.toml`, cuts runs of time forms out of the text; `chains.py`
reads a run, `periods` `clocks` `stretches` `feasts` its forms; what a run says is kept, since newspapers repeat
themselves. There is no clock: without an issue date relative times stay unresolved. Authority: FACTS.md, `time`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from baodao.find.chains import CONNECT, EACH, Found, first_characters, read_run
from baodao.find.points import Anchor
from baodao.records.light import Hit, TimeHit
from baodao.resources import Rule, fragments, read_csv, read_rules, read_words
from baodao.text.dates import Day, Stretch
from baodao.text.passage import Passage

__all__ = ["NEWS", "Reading", "find_times"]

_CHINESE = "一二三四五六七八九十两〇零○廿"
_NUMERALS = "0123456789" + _CHINESE
# What may follow a numeral that begins a time; all other numerals are passed over without trying the forms.
_BEHIND = "年月日号时点:/.至到~～世个天周星礼季小分秒刻钟工半多几·pPaA—–\\-"
_NAMES = ("time.festival", "time.plan", "time.congress")  # begin with numerals that are none
_LISTS = ("time.festival", "time.reign")  # their names are tried only where two characters agree
_LEAD = re.compile(f"(?:{EACH}|自从?|从|由)$")
_GROUP = re.compile(r"\(\?P<\w+>")
_SINCE_LATER = re.compile(r"[^,。;:!?、\n]{0,10}以来|[^,。;:!?\n]{0,2}开始")
_UNTIL = re.compile(r"(?:截至|截止到?|截止至)(?:了|到)?$")
_FROM = re.compile(r"(?:自从?|从)$")
_JOINT = re.compile(f"{CONNECT}|[ 的,] ?")
_MOST = 10  # forms of a run behind its first
_KEPT = 1 << 14


class Reading(NamedTuple):
    """How times are read where newspapers and messages differ.

    A newspaper looks back: a bare weekday is that of its week, 春节 that of its year. A message (`talk`) looks ahead:
    to the next Friday, the next 三点; 从 and 自 are part of its spans, and `moment` is the instant of speaking, from
    which it counts hours and minutes.
    """

    talk: bool = False
    moment: datetime | None = None


NEWS = Reading()


def find_times(passage: Passage, found: Sequence[Hit] = (), *, reading: Reading = NEWS) -> Iterable[Hit]:
    """Yield the times of `passage`, left to right.

    >>> passage = Passage.whole("去年7月以来,共培训三期", issue_date="2021-11-23")
    >>> [(passage.text[h.start : h.end], h.iso) for h in find_times(passage)]
    [('去年7月以来', '2020-07/..')]

    Args:
        passage: the text; `issue_date` is what relative times are read against.
        found: not used.
        reading: newspaper or message.
    """
    text = passage.text
    issue = _issue(passage.issue_date)
    scan = _scanner(reading.talk)
    for start, end in passage.paragraphs:
        last: Day | None = None
        at = start
        for place in _places(text, start, end, scan):
            if place < at or (span := _run(text, place, at, end, scan)) is None:
                continue
            begin, at = span
            for time in _read(text[begin:at], issue, last, reading):
                if time.day is not None and time.day.year:
                    last = time.day
                if text[begin + time.start - 1 : begin + time.start] == "《" and text[at : at + 1] == "》":
                    continue  # the title of a work
                yield _hit(text, begin, time, end, reading.talk)


def _issue(iso: str) -> Day | None:
    parts = [int(part) for part in iso.split("-")] if iso else []
    return Day(*parts) if parts else None


class _Scanner(NamedTuple):
    """How runs are cut: a coarse pattern proposes places, the forms of its first character confirm."""

    propose: re.Pattern[str]
    starts: frozenset[str]  # the first two characters of times that no numeral begins
    listed: frozenset[str]  # those of feasts and reigns
    heads: frozenset[str]  # characters that a form may begin with
    talk: bool
    joint: re.Pattern[str]  # what may part two forms, with the first character of the second behind it
    tails: re.Pattern[str]  # what may end a run


def _places(text: str, start: int, end: int, scan: _Scanner) -> list[int]:
    """Where a time may begin."""
    starts = scan.starts
    found = (match.start() for match in scan.propose.finditer(text, start, end))
    return [place for place in found if text[place] in _NUMERALS or text[place : place + 2] in starts]


def _run(text: str, start: int, floor: int, end: int, scan: _Scanner) -> tuple[int, int] | None:
    """The stretch of time forms at a place, with the 从 and 每 before it."""
    begin = _begin(text[start], text[start : start + 2] in scan.listed, scan.talk)
    match = _match(begin, text, start, end)
    if match is None or match.end() == start:
        return None
    stop = _follow(text, match.end(), end, scan)
    if start > floor and text[start - 1] in "每的年月天日逢自从由":
        lead = _LEAD.search(text, max(floor, start - 5), start)
        start = lead.start() if lead is not None else start
    return start, stop


def _follow(text: str, start: int, end: int, scan: _Scanner) -> int:
    """Where the forms end that follow one another from a place on."""
    for _ in range(_MOST):
        for place in _joints(text, start, end, scan):
            form = _next(text[place], text[place : place + 2] in scan.listed, scan.talk)
            match = _match(form, text, place, end)
            if match is not None:
                break
        else:
            break
        start = match.end()
    tails = scan.tails.match(text, start, end)
    return start if tails is None else tails.end()


def _joints(text: str, start: int, end: int, scan: _Scanner) -> Iterator[int]:
    """Where a form may begin that follows another: behind what joins them, the longest first, else at once."""
    joint = scan.joint.match(text, start, end)
    if joint is None:
        return
    yield joint.end()
    for stop in range(joint.end() - 1, start - 1, -1):
        if text[stop] in scan.heads and (stop == start or _JOINT.fullmatch(text, start, stop)):
            yield stop


@cache
def _scanner(talk: bool) -> _Scanner:
    """The patterns, made of the rules. The one character that `propose` consumes lets the engine skip to it."""
    affixes = [rule for rule in _rules(talk) if rule.fields["level"] == "affix" and rule.id != "time.from"]
    heads = frozenset().union(*map(first_characters, _forms(talk)))
    joint = re.compile(f"(?:{_JOINT.pattern}|[和与](?=[{_NUMERALS}]))?(?=[{re.escape(''.join(sorted(heads)))}])")
    tails = re.compile(f"(?:{'|'.join(map(_bare, affixes))}){{0,2}}")
    listed, starts = _pairs(), frozenset(read_words("lexicon/time_pairs.txt"))
    counted = "".join(sorted({pair[1] for pair in listed if pair[0] in _CHINESE}))
    words, seconds = (re.escape("".join(sorted({pair[k] for pair in starts}))) for k in (0, 1))
    propose = (
        f"[{words}{_NUMERALS}](?:(?<=[{_NUMERALS}])(?:(?<![{_NUMERALS}百千万亿第.].){_check(1)}"
        f"|(?<=[{_CHINESE}])(?=[{_CHINESE}届大{counted}]))|(?<![{_NUMERALS}])(?=[{seconds}]))"
    )
    return _Scanner(re.compile(propose), starts, listed, heads, talk, joint, tails)


@cache
def _begin(first: str, listed: bool, talk: bool) -> tuple[re.Pattern[str], ...]:
    """The forms that begin with a character, compiled when it is first met; `listed`: with feasts and reigns."""
    lists = [rule for rule in _starting(first, talk) if rule.id in _LISTS and (listed or first == "“")]
    if first in _NUMERALS:  # no reign begins with a numeral, and feasts come first
        return (*(re.compile(_bare(rule, first)) for rule in lists), _numeric(talk))
    rules = [rule for rule in _starting(first, talk) if "after" not in rule.fields]
    found = [_bare(rule, first if listed else "") for rule in rules if rule.id not in _LISTS or rule in lists]
    return (re.compile("|".join(found)),) if found else ()


@cache
def _next(first: str, listed: bool, talk: bool) -> tuple[re.Pattern[str], ...]:
    """The forms that begin with a character and may follow others, compiled when it is first met."""
    rules = [rule for rule in _starting(first, talk) if rule.id not in _LISTS or listed or first == "“"]
    names = "|".join(_bare(rule, first if listed else "") for rule in rules if rule.id in _NAMES + _LISTS)
    firsts, seconds = ("".join(sorted({pair[k] for pair in _pairs()})) for k in (0, 1))
    found = [f"(?=[{firsts}“十党二][{seconds}“的一二三四五共大])(?:{names})"] if names else []
    if first in _NUMERALS:
        return (_numeric_next(talk), *map(re.compile, found))
    found += [_bare(rule) for rule in rules if rule.id not in _NAMES + _LISTS]
    return (re.compile("|".join(found)),) if found else ()


@cache
def _numeric(talk: bool) -> re.Pattern[str]:
    """The forms that any numeral begins: one pattern, since each takes long to compile."""
    rules = [rule for rule in _counted(talk) if "after" not in rule.fields and rule.id not in _LISTS]
    return re.compile("|".join(map(_bare, rules)))


@cache
def _numeric_next(talk: bool) -> re.Pattern[str]:
    """Those of them that may follow others."""
    rules = [rule for rule in _counted(talk) if rule.id not in _NAMES + _LISTS]
    return re.compile(f"{_check(0)}(?:{'|'.join(map(_bare, rules))})")


def _counted(talk: bool) -> list[Rule]:
    return [rule for rule in _forms(talk) if not set(first_characters(rule)).isdisjoint(_NUMERALS)]


def _starting(first: str, talk: bool) -> list[Rule]:
    return [rule for rule in _forms(talk) if first in first_characters(rule)]


def _match(patterns: tuple[re.Pattern[str], ...], text: str, start: int, end: int) -> re.Match[str] | None:
    """What the first of the patterns that matches says."""
    for pattern in patterns:
        match = pattern.match(text, start, end)
        if match is not None:
            return match
    return None


@cache
def _rules(talk: bool) -> list[Rule]:
    return [rule for rule in read_rules("times.toml") if talk or not rule.fields.get("talk")]


@cache
def _forms(talk: bool) -> list[Rule]:
    return [rule for rule in _rules(talk) if rule.fields["level"] != "affix"]


def _check(said: int) -> str:
    """What may follow a numeral of which `said` characters are read already."""
    arabic, chinese = f"[0-9]{{{1 - said},8}} ?[{_BEHIND}\\s]", f"[{_CHINESE}百]{{{1 - said},6}} ?[{_BEHIND}廿初正]"
    return f"(?=[0-9]{{7}}(?![0-9])|{arabic}|{chinese})"


def _bare(rule: Rule, first: str = "") -> str:
    """The pattern of a rule without names of groups; `first` keeps of its lists only what begins so."""
    pattern = rule.source
    for key in ("feast", "reign") if first and first != "“" and rule.id in _LISTS else ():
        kept = [row["name"] for row in read_csv(f"{key}s.csv") if row["name"][0] == first]
        some = "|".join(map(re.escape, sorted(kept, key=len, reverse=True))) or "(?!)"
        pattern = pattern.replace(fragments()[key], some)
    return f"(?:{_GROUP.sub('(?:', pattern)})"


@cache
def _pairs() -> frozenset[str]:
    """The first two characters of feasts and reigns."""
    return frozenset(row["name"][:2] for name in ("feasts.csv", "reigns.csv") for row in read_csv(name))


_always: dict[tuple[str, bool], tuple[Found, ...]] = {}
_then: dict[tuple[object, ...], tuple[Found, ...]] = {}


def _read(run: str, issue: Day | None, last: Day | None, reading: Reading) -> tuple[Found, ...]:
    """What a run says; kept, with the dates it was read against where they mattered."""
    found = _always.get((run, reading.talk))
    if found is not None:
        return found
    key = (run, issue, last, reading)
    found = _then.get(key)
    if found is not None:
        return found
    anchor = Anchor(issue, last, reading.talk, reading.moment)
    found = tuple(read_run(run, anchor))
    if len(_always) + len(_then) > _KEPT:
        _always.clear()
        _then.clear()
    if anchor.used:
        _then[key] = found
    else:
        _always[run, reading.talk] = found
    return found


def _hit(text: str, offset: int, time: Found, stop: int, talk: bool) -> TimeHit:
    """The hit of a time, its open side read from the words around it."""
    start, end, stretch = offset + time.start, offset + time.end, time.stretch
    iso = stretch.iso
    if iso and "/.." not in iso and iso[:2] != "..":
        if (
            text[start - 1 : start] in ("至", "止", "到")
            and start
            and (until := _UNTIL.search(text, max(start - 4, 0), start))
        ):
            start = until.start() if talk else start
            stretch = stretch._replace(first=None, iso=f"../{iso.split('/')[-1]}")
        elif time.rule != "time.since" and "/" not in iso:
            stretch = _opened(text, start, end, stop, stretch)
    return TimeHit("time", start, end, time.rule, stretch.first, stretch.last, stretch.grain, stretch.iso, time.repeat)


def _opened(text: str, start: int, end: int, stop: int, stretch: Stretch) -> Stretch:
    """自今年7月启动以来, 从去年开始, 3月至今: open, though the words stand apart from the time."""
    after = text[end : end + 2]
    if after in ("至今", "到今") or (after[:1] in ("至", "到") and text[end + 1 : end + 3] in ("现在", "目前")):
        return stretch._replace(iso=f"{stretch.iso}/..")
    near = text.find("以来", end, min(end + 12, stop)) >= 0 or text.find("开始", end, min(end + 4, stop)) >= 0
    later = _SINCE_LATER.match(text, end, stop) if near else None
    if later is not None and (
        "以来" in later[0] or text[start] in "自从" or _FROM.search(text, max(start - 2, 0), start)
    ):
        return stretch._replace(iso=f"{stretch.iso}/..")
    return stretch
