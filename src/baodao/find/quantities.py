"""Numbers and what they are counted in: counts, amounts, rates, measures, ages, durations, frequencies, ordinals.

In: a passage. Out: `QuantityHit`s with exact values, the hedge split from the number, the unit as printed
(ISO 4217 for money). `numbers` reads the number, `measured` its unit, `kinds` what it is, `hedges` the bound; words
whose numerals measure nothing are `data/lexicon/number_words.txt`. Authority: FACTS.md (span, value, bound, unit).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import ahocorasick_rs

from baodao.find.compose import compose, frequency
from baodao.find.measured import below_one, measure, with_sign
from baodao.find.numbers import Amount, read_amount, scanner, surroundings
from baodao.find.quick import read_plain
from baodao.find.spaced import Closed, close_gaps
from baodao.find.units import unit_at, unit_before
from baodao.records.light import Hit, QuantityHit
from baodao.resources import read_words
from baodao.text.passage import Passage

__all__ = ["find_quantities"]

_SCALES = frozenset("十百千万亿")
_OPENERS = frozenset("数几半首")  # other forms of number than a numeral
_LONGEST_UNIT = 8
_COUNTED_WORDS = frozenset(("四处", "五台", "三台", "三门"))  # numeral and classifier, but words as well
_PERIOD_STARTS = frozenset("个天日周月季年")
_BESIDE = re.compile(r"[ ,]{0,2}(?:并且?|而且|且|但|又)? ?")
_OPEN = frozenset(("over", "under"))


@cache
def _words() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        sorted(set(read_words("lexicon/number_words.txt"))), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


def find_quantities(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """The quantities of `passage`, left to right.

    >>> passage = Passage.whole("招募1.2万余名志愿者,约占92%")
    >>> [(passage.text[h.start : h.end], h.kind, int(h.value), h.unit, h.bound) for h in find_quantities(passage)]
    [('1.2万余名', 'count', 12000, '名', 'over'), ('92%', 'rate', 92, '%', 'about')]

    Args:
        passage: the text.
        found: hits of earlier finders; a number inside a time is only read when it runs beyond it
            (八点五成), and `settle` decides.
    """
    times = [(h.start, h.end) for h in found if h.kind == "time"]
    closed = close_gaps(passage.text)
    if closed is None:
        return _scan(passage.text, times)
    inside = [(closed.inside(start), closed.inside(end)) for start, end in times]
    return [_opened(hit, closed) for hit in _scan(closed.text, inside)]


def _opened(hit: QuantityHit, closed: Closed) -> QuantityHit:
    """A hit of a text with closed gaps, in the places of the text as it was."""
    number = closed.start(hit.number[0]), closed.end(hit.number[1])
    return replace(hit, start=closed.start(hit.start), end=closed.end(hit.end), number=number)


_BEYOND = (1 << 62, 1 << 62)


def _scan(text: str, times: Sequence[tuple[int, int]]) -> list[QuantityHit]:
    """The quantities of a text, around its times and the words whose numerals count nothing."""
    words = _words().find_matches_as_indexes(text)
    word_start, word_end, next_word = -1, -1, 0
    time_start, time_end, next_time = -1, -1, 0
    hits: list[QuantityHit] = []
    search, at = scanner().search, 0
    while (match := search(text, at)) is not None:
        start, at = match.span()
        while word_end <= start:
            _, word_start, word_end = words[next_word] if next_word < len(words) else (0, *_BEYOND)
            next_word += 1
        if word_start <= start and at <= word_end and not _outgrows(text, start, at, word_end):
            at = word_end
            continue
        while time_end <= start:
            time_start, time_end = times[next_time] if next_time < len(times) else _BEYOND
            next_time += 1
        in_time = time_start <= start
        if in_time and at < time_end and not _runs_beyond(text, at, time_end):
            at = time_end
            continue
        quick = None if text[start] in _OPENERS else read_plain(text, start, at, _read_at)
        if quick is False:
            continue
        hit = quick or _read(text, match)
        if hit is None or isinstance(hit, int):
            at = hit or at
            continue
        if in_time and (hit.end <= time_end or hit.end - hit.start <= time_end - time_start):
            at = max(at, time_end)
            continue
        if hits and hit.start < hits[-1].end:
            at = max(at, hit.end)  # the currency before it belongs to the number before that: 二日元|近2
            continue
        if hit.bound in _OPEN and hits and (both := _both_bounds(text, hits[-1], hit)) is not None:
            hits[-1] = hit = both
        else:
            hits.append(hit)
        if hit.end > at:
            at = hit.end
    return hits


def _read_at(text: str, start: int) -> QuantityHit | None:
    """The quantity whose numeral begins at `start`, by the full reading."""
    match = scanner().match(text, start)
    hit = _read(text, match) if match else None
    return hit if isinstance(hit, QuantityHit) else None


def _both_bounds(text: str, one: QuantityHit, two: QuantityHit) -> QuantityHit | None:
    """大于100并且小于300: two hedged numbers side by side that leave one stretch between them are a range."""
    if {one.bound, two.bound} != _OPEN or one.value is None or two.value is None:
        return None
    if (one.unit and two.unit and one.unit != two.unit) or not _BESIDE.fullmatch(text, one.end, two.start):
        return None
    low, high = (one, two) if one.bound == "over" else (two, one)
    if one.start == one.number[0] or two.start == two.number[0]:
        return None
    if (one.value if low is one else two.value) >= (two.value if low is one else one.value):
        return None
    kind = one.kind if one.unit or not two.unit else two.kind
    return replace(
        two, kind=kind, start=one.start, rule=f"{kind}.bounds", value=low.value, low=low.value, high=high.value,
        bound="range", unit=one.unit or two.unit, number=low.number, fraction=None, seconds=None,
    )  # fmt: skip


def _runs_beyond(text: str, at: int, time_end: int) -> bool:
    """10日元: the unit of a number inside a time runs beyond it."""
    if time_end - at > _LONGEST_UNIT:
        return False
    unit = unit_at(text, at)
    return unit is not None and at + len(unit.text) > time_end


def _outgrows(text: str, start: int, end: int, word_end: int) -> bool:
    """减少数千万, 上百家, 十分之一, 一刻钟: a number for all that 少数, 百家, 十分 and 一刻 are words."""
    if (text[start] == "数" and text[end : end + 1] in _SCALES) or text.startswith("分之", end):
        return True
    if text[start] in _SCALES and text[start - 1 : start] == "上":
        return True
    if end + 1 != word_end:
        return False
    unit = unit_at(text, end)
    if unit is None:
        return False
    if len(unit.text) > 1:  # 一刻|钟, 四平|方公里, but not 十分|地
        return unit.kind == "duration" or (unit.kind == "measure" and len(unit.text) > 2)
    return text[start:word_end] in _COUNTED_WORDS and _is_counted(text, start, word_end)


def _is_counted(text: str, start: int, end: int) -> bool:
    """危桥四处, 安装五台设备: not the adverb, not the county."""
    if surroundings("word.after").match(text, end):
        return False
    return surroundings("word.before").search(text, max(start - 2, 0), start) is not None


def _read(text: str, match: re.Match[str]) -> QuantityHit | int | None:
    """The quantity at a numeral; where to go on behind a score or a version; None where it measures nothing."""
    start = match.start()
    before = text[start - 1] if start else ""
    dotted = before == "." and (start == 1 or not (text[start - 2].isalnum() or text[start - 2] == "."))
    if before and before.isascii() and not dotted and (before.isalnum() or before in "./_#%=&"):
        prefix = unit_before(text, start) if before.isalpha() else None  # RMB300万, but not the end of a code
        if prefix is None or (prefix.start and text[prefix.start - 1].isascii() and text[prefix.start - 1].isalnum()):
            return None
    if text[start] == "首":
        first = surroundings("ordinal.first").match(text, start)
        return _first(first) if first else None
    if text[match.end() : match.end() + 1] in _PERIOD_STARTS:
        often = surroundings("frequency.per").match(text, start)
        if often is not None:
            return frequency(often, start)
    amount = read_amount(text, match)
    if amount is None:
        return None
    if amount.bound == "none":
        return amount.end
    if dotted and (amount := below_one(text, amount)) is None:
        return None
    amount = with_sign(text, amount)
    if before == "第":
        return _ordinal(text, amount)
    read = measure(text, amount)
    return compose(text, read) if read is not None else None


def _ordinal(text: str, amount: Amount) -> QuantityHit:
    unit = unit_at(text, amount.end)
    end = amount.end + (len(unit.text) if unit else 0)
    return QuantityHit(
        "ordinal", amount.start - 1, end, "ordinal.plain", amount.value, amount.low, amount.high, amount.bound,
        unit.text if unit else "", (amount.start, amount.end),
    )  # fmt: skip


def _first(match: re.Match[str]) -> QuantityHit:
    start, end = match.span()
    return QuantityHit("ordinal", start, end, "ordinal.first", Decimal(1), unit=match[0][1:], number=(start, start + 1))
