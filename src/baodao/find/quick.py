"""Most quantities are plain: a numeral, a unit, at most a hedge on either side. Read those at once.

In: a text and the place of a numeral. Out: the hit that the full reading (`quantities`) would give; False where it
would find nothing; None where something (a sign, a currency, a second number) asks for the full reading. What a
plain quantity is worth depends on its characters alone, so it is kept from one text to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from baodao.find.hedges import hedge_after, hedge_before, hedge_ends, hedge_starts, hedge_verb, verb_ends
from baodao.find.numbers import form_starts, formal_digits, surroundings
from baodao.find.units import Unit, prefix_ends, unit_at
from baodao.records.light import QuantityHit
from baodao.text.numerals import CHINESE_DIGITS

__all__ = ["FullReading", "read_plain"]

FullReading = Callable[[str, int], QuantityHit | None]

_NUMERALS = frozenset(
    "0123456789零〇○又一二三四五六七八九十百千万亿两俩兩仨壹贰貳叁叄參参肆伍陆陸柒捌玖拾佰仟廿卅卌萬億几数半首"
)
_JOINS = frozenset(" -—–~～至到和与")
_SECOND = _NUMERALS | _JOINS  # behind a join: perhaps the second number of a range
_AFTER_COUNT = frozenset(" -—–~～多余半亿")
_AFTER = _AFTER_COUNT | _NUMERALS | frozenset("整正大.°")
_SAFE_ASCII = frozenset('\n,;:()!?"')
_TIMES = frozenset("次回趟")
_IN_DOUBT = frozenset("块级")  # money or a piece, strength or grade: what is around decides
_UNSURE = frozenset("百千兆两兩")  # 5千|克, 八两: the last character may belong to the unit
_MORE = frozenset("多余")
_IDLE = frozenset("一百千")  # before a noun, without a unit, no number: 一钢独大, 百般
_COUNTING = frozenset("二三四五六七八九两")
_KEPT = 1 << 14


class _Sets(NamedTuple):
    """What the characters beside a number may begin or end."""

    left: frozenset[str]  # a sign, a currency or the tail of a longer number
    hedge_ends: frozenset[str]
    hedge_starts: frozenset[str]
    verb_ends: frozenset[str]


@cache
def _sets() -> _Sets:
    left = (frozenset(map(chr, range(128))) - _SAFE_ASCII) | prefix_ends() | frozenset("第负−下上好")
    return _Sets(left, hedge_ends(), hedge_starts(), frozenset(verb_ends()))


def read_plain(text: str, start: int, end: int, read: FullReading) -> QuantityHit | Literal[False] | None:
    """The plain quantity whose numeral is `text[start:end]`.

    Args:
        read: the full reading of a numeral in a text by its place; asked once for each plain quantity.
    """
    before = text[start - 1] if start else "\n"
    left, hedges, right_hedges, verbs = sets = _sets()
    if before in left:
        return _ordinal(text, start, end, read) if before == "第" else None
    at = end
    if (after := text[end : end + 1]) in _MORE:
        at += 1
    unit = unit_at(text, at)
    if unit is None:
        return _bare(text, start, end, before, after, sets)
    stop = at + len(unit.text)
    after = text[stop : stop + 1]
    if after in _JOINS:
        if text[stop + 1 : stop + 2] in _SECOND or after == " ":
            return None
    elif after in (_AFTER_COUNT if unit.kind == "count" else _AFTER):
        return None
    if (unit.kind == "count" and not _is_settled(text, start, stop, unit)) or unit.text in _IN_DOUBT:
        return None
    plain = _plain(text[start:stop], 0, at - start, read)
    if plain is None:
        return None
    if before in hedges or after in right_hedges or before in verbs:
        return _with_hedges(text, start, stop, before, after, plain, sets)
    return QuantityHit(
        plain.kind, start, stop, plain.rule, plain.value, plain.low, plain.high, plain.bound, plain.unit, (start, at),
        plain.fraction, plain.seconds,
    )  # fmt: skip


def _with_hedges(
    text: str, start: int, stop: int, before: str, after: str, plain: QuantityHit, sets: _Sets
) -> QuantityHit | None:
    number = start, start + plain.number[1]
    bound, begin = plain.bound, start
    left = hedge_before(text, start) if before in sets.hedge_ends else None
    right = hedge_after(text, stop) if after in sets.hedge_starts else None
    if left is not None:
        begin = left.start
        if begin and text[begin - 1] in sets.left:
            return None
    if right is not None:
        stop = right.end
    if bound == "exact":
        bound = left.bound if left else right.bound if right else hedge_verb(text, start)
    return QuantityHit(
        plain.kind, begin, stop, plain.rule, plain.value, plain.low, plain.high, bound, plain.unit, number,
        plain.fraction, plain.seconds,
    )  # fmt: skip


def _is_settled(text: str, start: int, stop: int, unit: Unit) -> bool:
    """Whether a classifier stays one: 三次 may be a frequency, 六个加仑 a measure, 三份一 a third."""
    if unit.text == "个":
        return unit_at(text, stop) is None and not text[stop : stop + 1].isdigit()  # 3个100亿
    if unit.text == "把":
        return text[start] not in "百千万"  # 千把人
    if unit.text in _TIMES:
        return "每" not in text[max(start - 12, 0) : start]
    return unit.text != "份" or text[stop : stop + 1] != "一"


def _ordinal(text: str, start: int, end: int, read: FullReading) -> QuantityHit | None:
    unit = unit_at(text, end)
    if unit is None and text[end : end + 1] in form_starts():
        return None
    stop = end + len(unit.text) if unit is not None else end
    plain = _plain(text[start - 1 : stop], 1, end - start, read)
    if plain is None:
        return None
    return QuantityHit(
        plain.kind, start - 1, stop, plain.rule, plain.value, None, None, plain.bound, plain.unit, (start, end)
    )


def _bare(text: str, start: int, end: int, before: str, after: str, sets: _Sets) -> QuantityHit | Literal[False] | None:
    """One numeral before a noun: 两国 counts, 一钢独大 and 陆军 do not."""
    if end - start > 1 or not "一" <= after <= "鿿" or after in form_starts() or after in _SECOND:
        return None
    digit = text[start]
    if digit in _IDLE or digit in formal_digits():
        return False
    if digit not in _COUNTING or before in sets.hedge_ends or after in sets.hedge_starts:
        return None
    if surroundings("none.after").match(text, end):
        return False
    if not surroundings("count.after").match(text, end):
        return False
    value = Decimal(CHINESE_DIGITS[digit])
    bound = hedge_verb(text, start)
    return QuantityHit("count", start, end, "count.bare", value, None, None, bound, "", (start, end))


@lru_cache(maxsize=_KEPT)
def _plain(word: str, begin: int, size: int, read: FullReading) -> QuantityHit | None:
    """The full reading of a numeral (`size` characters from `begin`) and its unit, where it covers all of `word`."""
    if word[begin] in formal_digits() or (size > 1 and word[begin + size - 1] in _UNSURE):
        return None
    hit = read(word, begin)
    if hit is None or (hit.start, hit.end) != (0, len(word)) or hit.number != (begin, begin + size) or hit.period:
        return None
    return hit
