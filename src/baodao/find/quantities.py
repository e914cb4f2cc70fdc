"""Numbers and what they are counted in: counts, amounts, rates, measures, ages, durations, frequencies, ordinals.

In: a passage. Out: `QuantityHit`s with exact values, the hedge split from the number, the unit as printed
(ISO 4217 for money). `numbers` reads the number, `units` the unit, `hedges` the bound; words whose numerals
measure nothing are `data/lexicon/number_words.txt`. Authority: FACTS.md (span, value, bound, unit).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from baodao.find.hedges import Hedge, hedge_after, hedge_before, hedge_verb
from baodao.find.numbers import Amount, read_amount, scanner, surroundings
from baodao.find.units import Prefix, Unit, more_behind, read_chain, unit_at, unit_before
from baodao.records.light import Hit, QuantityHit
from baodao.resources import read_words
from baodao.text.numerals import NumeralError, parse_number
from baodao.text.passage import Passage

__all__ = ["find_quantities"]

_JOIN = re.compile(r" ?[-—–~～至到]{1,2} ?")
_BETWEEN = re.compile(r"[和与]")
_CARRIED = re.compile(r"[百千万亿佰仟]{1,3}$")
_GROUPS = re.compile(r"万?亿$|万$")
_MORE_BEHIND = frozenset(("measure", "amount", "duration", "age", "rate"))
_SCALES = frozenset("十百千万亿")
_PERIOD_STARTS = frozenset("个天日周月季年")
_TIMES = frozenset("次回趟")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUND_OFF = re.compile(r"[整正](?![一-鿿])")
_INSIDE = re.compile(r"(?P<more>[多半])(?P<unit>小时|星期|礼拜|钟头?|月|世纪|学期)")
_GROWN = re.compile(r"大(?![会学型量家力小幅约概多])")
_PERIODS = {
    "分钟": "PT{}M",
    "小时": "PT{}H",
    "天": "P{}D",
    "日": "P{}D",
    "周": "P{}W",
    "星期": "P{}W",
    "月": "P{}M",
    "年": "P{}Y",
}
_PERIODS |= {"季": "P{}M", "季度": "P{}M"}


class _Found(NamedTuple):
    """A number with its unit; `end` is behind both, `prefix` a currency or scale before the number."""

    amount: Amount
    unit: Unit | None
    end: int
    prefix: Prefix | None = None


@cache
def _words() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(
        sorted(set(read_words("lexicon/number_words.txt"))), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )


def find_quantities(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the quantities of `passage`, left to right.

    >>> passage = Passage.whole("招募1.2万余名志愿者,约占92%")
    >>> [(passage.text[h.start : h.end], h.kind, int(h.value), h.unit, h.bound) for h in find_quantities(passage)]
    [('1.2万余名', 'count', 12000, '名', 'over'), ('92%', 'rate', 92, '%', 'about')]

    Args:
        passage: the text.
        found: hits of earlier finders; a number inside a time is only read when it runs beyond it
            (八点五成), and `settle` decides.
    """
    text = passage.text
    times = _spans((h.start, h.end) for h in found if h.kind == "time")
    words = _spans((start, end) for _, start, end in _words().find_matches_as_indexes(text))
    time, word = next(times), next(words)
    search, at = scanner().search, 0
    while (match := search(text, at)) is not None:
        start, at = match.span()
        while word[1] <= start:
            word = next(words)
        if word[0] <= start and at <= word[1] and not _is_scaled(text, start, at):
            at = word[1]
            continue
        while time[1] <= start:
            time = next(times)
        if time[0] <= start and at < time[1] and not _runs_beyond(text, at, time[1]):
            at = time[1]
            continue
        hit = _read(text, match)
        if not isinstance(hit, QuantityHit):
            at = hit or at
            continue
        if time[0] <= start and (hit.end <= time[1] or hit.end - hit.start <= time[1] - time[0]):
            at = max(at, time[1])
            continue
        yield hit
        at = max(at, hit.end)


def _runs_beyond(text: str, at: int, time_end: int) -> bool:
    """10日元: the unit of a number inside a time runs beyond it."""
    unit = unit_at(text, at)
    return unit is not None and at + len(unit.text) > time_end


def _is_scaled(text: str, start: int, end: int) -> bool:
    """减少数千万, 上百家: a number for all that 少数 and 百家 are words."""
    return (text[start] == "数" and text[end : end + 1] in _SCALES) or (
        text[start] in _SCALES and text[start - 1 : start] == "上"
    )


def _spans(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order, then one beyond every text."""
    yield from spans
    while True:
        yield 1 << 62, 1 << 62


def _read(text: str, match: re.Match[str]) -> QuantityHit | int | None:
    """The quantity at a numeral; where to go on behind a score or a version; None where it measures nothing."""
    start = match.start()
    before = text[start - 1] if start else ""
    if before and before.isascii() and (before.isalnum() or before in "./_#%=&"):
        return None
    if text[start] == "首":
        first = surroundings("ordinal.first").match(text, start)
        return _first(first) if first else None
    if text[match.end() : match.end() + 1] in _PERIOD_STARTS:
        often = surroundings("frequency.per").match(text, start)
        if often is not None:
            return _frequency(often, start)
    amount = read_amount(text, match)
    if amount is None:
        return None
    if amount.bound == "none":
        return amount.end
    amount = _signed(text, amount)
    if before == "第":
        return _ordinal(text, amount)
    read = _with_unit(text, amount)
    return _compose(text, read) if read is not None else None


def _signed(text: str, amount: Amount) -> Amount:
    """负, 零下 and a minus sign that is no dash make the number negative."""
    start = amount.start
    if not start or amount.value is None or amount.bound not in ("exact", "over"):
        return amount
    while start and text[start - 1] == " ":
        start -= 1
    size = 2 if text[start - 2 : start] == "零下" else 1 if text[start - 1 : start] in ("负", "-", "−") else 0
    if not size or (text[start - 1] in "-−" and not _may_be_minus(text, start - 2)):
        return amount
    if text[start - 1] == "负" and text[start - 2 : start - 1] in ("胜", "担", "抱", "自", "平", "正"):
        return amount
    return amount._replace(value=-amount.value, start=start - size)


def _may_be_minus(text: str, at: int) -> bool:
    return at < 0 or text[at] in " \n(,。;:、为至达到是了约跌降化长速幅率" or text[at] == "\n"


def _with_unit(text: str, first: Amount) -> _Found | None:
    """The unit behind a number, or behind the range that the number opens; None for a phone number."""
    found = _unit(text, first)
    first, unit, end, _ = found
    if first.bound == "exact" and first.value is not None:
        join = _JOIN.match(text, end) or (_BETWEEN.match(text, end) if first.end == end or unit else None)
        if join is not None:
            digits = text[first.start : first.end]
            if unit is None and join[0] in "-—–" and digits.isdigit() and text[join.end() : join.end() + 5].isdigit():
                return None
            ranged = _range(text, first, unit, join)
            if ranged is not None:
                return ranged
    return found


def _unit(text: str, amount: Amount) -> _Found:
    """The unit of a number and its end; a fraction takes one only if it can be divided (四分之一公升)."""
    at = amount.end
    if text[at : at + 1] == " " and (text[at - 1].isdigit() or not _is_han(text[amount.start - 1 : amount.start])):
        at += 1
    if text[at : at + 1] == "个" and (inside := _INSIDE.match(text, at + 1)) and amount.value is not None:
        split = unit_at("个" + inside["unit"], 0)  # 两个多月, 一个半小时
        if split is not None and split.kind == "duration":
            half = inside["more"] == "半"
            amount = amount._replace(value=amount.value + Decimal("0.5") * half, bound="exact" if half else "over")
            return _Found(amount, split, at + len(split.text) + 1)
    unit = unit_at(text, at)
    if unit is not None and unit.text == "个" and text[at + 1 : at + 2] == "亿":
        unit = Unit("个亿", "amount", "CNY", "100000000")
    if amount.rate and (amount.fraction is None or unit is None or unit.kind not in ("measure", "duration", "amount")):
        unit = None
    if unit is None:
        return _Found(amount, None, amount.end)
    end = at + len(unit.text)
    if amount.value is not None and amount.bound == "exact":
        value, end = read_chain(text, amount.value, unit, end, not text[amount.end - 1].isdigit())
        amount = amount._replace(value=value)
    return _Found(amount, unit, end)


def _range(text: str, first: Amount, unit: Unit | None, join: re.Match[str]) -> _Found | None:
    """3至5名, 7千到9千亿元, 5%-8%, 20和30之间: the second number and what both are counted in."""
    match = scanner().match(text, join.end())
    second = read_amount(text, match) if match else None
    if second is None or second.value is None or second.bound != "exact" or first.value is None:
        return None
    second, other, end, _ = _unit(text, second)
    if join[0] in "和与":
        if other is not None and other.text == "间":
            other, end = None, end - 1
        if not text.startswith(("之间", "间"), end):
            return None
        end += 2 if text[end] == "之" else 1
    elif text[first.start - 1 : first.start] in ("从", "由") and unit is not None and join[0] in "到至":
        return None  # 从3户到5户 are two statements
    if first.rate and other is None and unit is None:
        second = second._replace(rate=True)
    if first.rate != second.rate or (unit and other and unit.kind != other.kind):
        return None
    assert second.value is not None
    low = first.value * _carried(text, first, second) if unit is None else first.value
    if low >= second.value:
        return None
    amount = first._replace(low=low, high=second.value, value=low, bound="range", end=second.end, rule="range")
    return _Found(amount._replace(fraction=None), other or unit, end)


def _carried(text: str, first: Amount, second: Amount) -> Decimal:
    """What 七千到九千亿 lends its first number: 亿; 两到三千 lends 千."""
    assert first.value is not None and second.value is not None
    one, two = text[first.start : first.end], text[second.start : second.end]
    found = (_CARRIED if len(one) == 1 and not one.isdigit() else _GROUPS).search(two)
    if found is None or one[-1] in "万亿" or found.start() == 0:
        return Decimal(1)
    size = parse_number(found[0])
    return size if first.value * size < second.value else Decimal(1)


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


def _frequency(
    match: re.Match[str], start: int, number: Decimal | None = None, end: int | None = None
) -> QuantityHit | None:
    """一周三次, 每两年一次: how often in which period (ISO 8601)."""
    try:
        every = parse_number(match["n"]) if match["n"] and match["n"] != "半" else Decimal(1)
        often = parse_number(match["number"]) if number is None else number
    except NumeralError:
        return None
    if match["n"] == "半":
        period = {"年": "P6M", "天": "PT12H", "小时": "PT30M", "月": "P15D"}.get(match["unit"], "")
    else:
        period = _PERIODS[match["unit"]].format(int(every) * (3 if match["unit"][0] == "季" else 1))
    end = match.end() if end is None else end
    return QuantityHit(
        "frequency",
        start,
        end,
        "frequency.per",
        often,
        unit=match.string[end - 1],
        number=(end - 2, end - 1),
        period=period,
    )


def _compose(text: str, read: _Found) -> QuantityHit | None:
    """Put number, unit and hedges together, and say what kind of quantity it is."""
    amount, unit, end, _ = read
    start = amount.start
    left = hedge_before(text, start)
    prefix = unit_before(text, left.start if left else start)
    inner = hedge_before(text, prefix.start) if prefix else None
    over_unit = unit is not None and unit.kind in _MORE_BEHIND and more_behind(text, end)
    end += over_unit
    kind, printed, factor = _kind(text, amount, unit, end, prefix)
    if not kind:
        return None
    if kind == "amount" and _ROUND_OFF.match(text, end):
        end += 1
    if kind == "duration" and _GROWN.match(text, end):
        kind, end = "age", end + 1
    right = hedge_after(text, end)
    if prefix is not None and kind in ("amount", "measure") and printed == prefix.unit:
        start, left = prefix.start, inner or left
    start = min(start, left.start) if left else start
    number = (amount.start, amount.end)
    if kind == "count" and printed in _TIMES and (every := _every(text, start)) is not None:
        return _frequency(every, every.start(), amount.value, end) if amount.value is not None else None
    bound = _bound(text, amount, left, right, over_unit)
    scale = Decimal(factor) if not (amount.rate and unit) else Decimal(factor) / 100
    value, low, high = _scaled(amount, scale)
    seconds = _seconds(unit, value) if kind == "duration" and unit and value is not None else None
    return QuantityHit(
        kind, start, right.end if right else end, f"{kind}.{amount.rule or ('plain' if unit else 'bare')}", value, low,
        high, bound, printed, number, amount.fraction if kind == "rate" else None, seconds,
    )  # fmt: skip


def _scaled(amount: Amount, scale: Decimal) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    value, low, high = amount.value, amount.low, amount.high
    return (
        None if value is None else value * scale,
        None if low is None else low * scale,
        None if high is None else high * scale,
    )


def _every(text: str, start: int) -> re.Match[str] | None:
    return surroundings("frequency.before").search(text, max(start - 12, 0), start) if start else None


def _bound(text: str, amount: Amount, left: Hedge | None, right: Hedge | None, over_unit: bool) -> str:
    if amount.bound in ("range", "vague"):
        return amount.bound
    if amount.bound == "over" or over_unit:
        return "over"
    for hedge in (left, right):
        if hedge is not None:
            return hedge.bound
    return hedge_verb(text, amount.start)


def _seconds(unit: Unit, value: Decimal) -> Decimal | tuple[Decimal, Decimal]:
    low, high = value * Decimal(unit.base), value * Decimal(unit.factor)
    return low if low == high else (low, high)


def _kind(text: str, amount: Amount, unit: Unit | None, end: int, prefix: Prefix | None) -> tuple[str, str, str]:
    """Kind, printed unit and factor; kind "" where the number is no quantity."""
    if amount.rate and unit is None:
        return "rate", "%", "1"
    printed = text[amount.start : amount.end]
    if unit is None:
        if prefix is not None and (prefix.kind == "amount" or text[end : end + 1] == "°"):
            return prefix.kind, prefix.unit, "1"
        return _bare(text, amount, printed)
    match unit.kind:
        case "amount" if unit.text == "块" and _is_piece(text, end):
            return "count", unit.text, "1"
        case "amount":
            foreign = prefix is not None and prefix.kind == "amount" and unit.base == "CNY"
            return "amount", prefix.unit if foreign and prefix else unit.base, unit.factor
        case "rate":
            whole = unit.text == "折" and amount.value is not None and amount.value >= 10
            return "rate", unit.base, "1" if whole else unit.factor
        case "measure" if prefix is not None and prefix.kind == "measure" and unit.text in ("度", "°"):
            return "measure", prefix.unit, "1"
        case "measure" | "duration" | "age":
            return unit.kind, unit.text, "1"
    return "count", unit.text, "1"


def _is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _is_piece(text: str, end: int) -> bool:
    """一块展板: 块 before a noun is no money."""
    following = text[end : end + 1]
    return _is_han(following) and following not in "的左以到至多半和或起不、一二三四五六七八九两每就"


def _bare(text: str, amount: Amount, printed: str) -> tuple[str, str, str]:
    """A number without a unit: money, a count of the noun behind it, or a bare number."""
    if surroundings("none.after").match(text, amount.end):
        return "", "", "1"
    if amount.rule == "few" or (amount.rule == "half"):
        return "", "", "1"
    digits = printed.lstrip("-−负 ")
    sized = any(c in "万亿萬億" for c in digits)
    following = text[amount.end : amount.end + 1]
    if following.isascii() and following.isalpha():
        return "", "", "1"
    before = max(amount.start - 24, 0)
    if sized and (
        surroundings("amount.after").match(text, amount.end)
        or surroundings("amount.before").search(text, before, amount.start)
    ):
        return "amount", "CNY", "1"
    noun = _is_han(following) or following == "“"
    if digits[:1].isdigit():
        if noun and _YEAR.fullmatch(digits):
            return "number", "", "1"  # 2018世界杯: a year more often than a count
        return ("count" if sized or noun else "number"), "", "1"
    return _bare_chinese(text, amount, digits, sized, noun)


def _bare_chinese(text: str, amount: Amount, digits: str, sized: bool, noun: bool) -> tuple[str, str, str]:
    before = text[amount.start - 1 : amount.start]
    if sized and not noun and (amount.bound != "exact" or hedge_before(text, amount.start)):
        return "count", "", "1"
    counted = bool(surroundings("count.after").match(text, amount.end))
    if len(digits) == 1:
        if digits == "零" and before in ("为", "至", "到", "从", "由"):
            return "count", "", "1"
        if counted and digits not in "一零〇百千万亿":
            return "count", "", "1"
        return ("" if noun or _is_han(before) or digits in "百千万亿萬億" else "number"), "", "1"
    if counted or (sized and (digits.strip("十百千万亿") or not noun)):
        return "count", "", "1"
    return ("number" if digits.strip("十百千万亿") or not noun else ""), "", "1"
