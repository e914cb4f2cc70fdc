"""A number with its unit, sign and, where it opens one, its range: 3至5名, 七千到九千亿元, 20和30米之间.

In: an `Amount`. Out: a `Measured`: the number multiplied out along its chain of units (3元5角), with the unit and
where both end. A unit printed once counts for both ends of a range, and so does a magnitude.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from baodao.find.kinds import is_han
from baodao.find.numbers import Amount, read_amount, scanner
from baodao.find.units import Unit, read_chain, unit_at
from baodao.text.numerals import parse_number

__all__ = ["Measured", "below_one", "measure", "with_sign"]

_JOIN = re.compile(r" ?[-—–~～至到]{1,2} ?")
_BETWEEN = re.compile(r"[和与]")
_CARRIED = re.compile(r"[百千万亿佰仟]{1,3}$")
_GROUPS = re.compile(r"万?亿$|万$")
_INSIDE = re.compile(r"(?P<more>[多半])(?P<unit>小时|星期|礼拜|钟头?|月|世纪|学期)")
_MINUTES = re.compile(r"分(?:半钟?(?![一-鿿])|(?P<more>多)钟)")
_HALVES = {"月": "个月", "钟": "个钟"}  # 半月, 个半月, 个半钟
_HALF = Decimal("0.5")
_MONEY = Unit("元", "amount", "CNY", "1")
_CENT = Unit("分", "amount", "CNY", "0.01")
_MANY = 100
_OF_PIECES = frozenset(("m3", "kg"))  # 六个加仑: 个 before a measure


class Measured(NamedTuple):
    """A number with its unit; `end` is behind both."""

    amount: Amount
    unit: Unit | None
    end: int


_DIGITS = re.compile(r"\d{1,12}(?![\d.])")


def below_one(text: str, amount: Amount) -> Amount | None:
    """.5 and .0012G: the number behind a point that nothing stands before."""
    digits = _DIGITS.match(text, amount.start)
    if digits is None or amount.value is None or amount.bound != "exact":
        return None
    return amount._replace(value=amount.value.scaleb(-len(digits[0])), start=amount.start - 1)


def with_sign(text: str, amount: Amount) -> Amount:
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


def measure(text: str, first: Amount) -> Measured | None:
    """The unit behind a number, or behind the range that the number opens; None for a phone number."""
    found = _unit(text, first)
    first, unit, end = found
    if unit is not None and unit.text == "个" and (times := _times(text, first, end)) is not None:
        return times
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


def _unit(text: str, amount: Amount) -> Measured:
    """The unit of a number and its end; a fraction takes one only if it can be divided (四分之一公升)."""
    at = amount.end
    if text[at : at + 1] == " " and (text[at - 1].isdigit() or not is_han(text[amount.start - 1 : amount.start])):
        at += 1
    char = text[at : at + 1]
    if char in ("个", "分") and amount.value is not None and (halved := _halved(text, at, amount)) is not None:
        return halved
    if amount.rule == "half" and (whole := _HALVES.get(char)) is not None and not unit_at(text, at):
        return Measured(amount, unit_at(whole, 0), at + 1)
    unit = _of_pieces(text, at, unit_at(text, at)) if char == "个" else unit_at(text, at)
    if unit is not None and unit.text == "大" and (amount.value or amount.low or 0) >= _MANY:
        unit = None  # 几十万大军
    if unit is None and char == "分" and not amount.start and at + 1 == len(text) and amount.bound == "exact":
        unit = _CENT  # a price that stands alone: 5分
    if amount.rate and (amount.fraction is None or unit is None or unit.kind not in ("measure", "duration", "amount")):
        unit = None
    if unit is None:
        return Measured(amount, None, amount.end)
    end = at + len(unit.text)
    if amount.value is not None and amount.bound == "exact":
        value, end = read_chain(text, amount.value, unit, end, not text[amount.end - 1].isdigit())
        amount = amount._replace(value=value)
    return Measured(amount, unit, end)


def _halved(text: str, at: int, amount: Amount) -> Measured | None:
    """两个多月, 一个半小时, 五分半钟: what is over stands inside the unit."""
    assert amount.value is not None
    if (minutes := _MINUTES.match(text, at)) is not None:
        minute = unit_at("分钟", 0)
        if minutes["more"]:
            return Measured(amount._replace(bound="over"), minute, minutes.end())
        return Measured(amount._replace(value=amount.value + _HALF), minute, minutes.end())
    inside = _INSIDE.match(text, at + 1)
    unit = unit_at("个" + inside["unit"], 0) if inside else None
    if inside is None or unit is None or unit.kind != "duration":
        return None
    half = inside["more"] == "半"
    amount = amount._replace(value=amount.value + _HALF * half, bound="exact" if half else "over")
    return Measured(amount, unit, at + len(unit.text) + 1)


def _of_pieces(text: str, at: int, unit: Unit | None) -> Unit | None:
    """3个亿, 六个加仑: what stands behind 个 is the unit, or makes it money."""
    if unit is None or unit.text != "个":
        return unit
    if text[at + 1 : at + 2] == "亿":
        return Unit("个亿", "amount", "CNY", "100000000")
    inner = unit_at(text, at + 1)
    if inner is None or inner.kind != "measure" or inner.base not in _OF_PIECES or len(inner.text) < 2:
        return unit
    return Unit("个" + inner.text, "measure", inner.base, inner.factor)


def _times(text: str, first: Amount, end: int) -> Measured | None:
    """3个100亿, 5个300万元: so many of so much money."""
    match = scanner().match(text, end)
    if match is None or match[0][-1] not in "万亿" or not match[0][:1].isdigit() or first.bound != "exact":
        return None
    second = read_amount(text, match)
    if second is None or second.value is None or first.value is None:
        return None
    each, unit, end = _unit(text, second)
    if unit is None and match[0][-1] == "亿":
        unit = _MONEY
    if each.value is None or unit is None or unit.kind != "amount":
        return None
    return Measured(each._replace(value=first.value * each.value, start=first.start), unit, end)


def _range(text: str, first: Amount, unit: Unit | None, join: re.Match[str]) -> Measured | None:
    """3至5名, 7千到9千亿元, 5%-8%, 20和30之间: the second number and what both are counted in."""
    match = scanner().match(text, join.end())
    second = read_amount(text, match) if match else None
    if second is None or second.value is None or second.bound != "exact" or first.value is None:
        return None
    second, other, end = _unit(text, second)
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
    return Measured(amount._replace(fraction=None), other or unit, end)


def _carried(text: str, first: Amount, second: Amount) -> Decimal:
    """What 七千到九千亿 lends its first number: 亿; 两到三千 lends 千."""
    assert first.value is not None and second.value is not None
    one, two = text[first.start : first.end], text[second.start : second.end]
    found = (_CARRIED if len(one) == 1 and not one.isdigit() else _GROUPS).search(two)
    if found is None or one[-1] in "万亿" or found.start() == 0:
        return Decimal(1)
    size = parse_number(found[0])
    return size if first.value * size < second.value else Decimal(1)
