"""Chinese and Arabic numerals: reading one, writing one.

Magnitudes 十百千万亿 belong to the numeral; units (元, 户) and hedges (约, 多) do not. Values are exact.
Source: GB/T 15835—2011, numerals in publications.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

__all__ = ["CHINESE_DIGITS", "MAGNITUDES", "NumeralError", "parse_number", "write_number"]

CHINESE_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1, "弌": 1, "叄": 3, "參": 3, "参": 3, "陸": 6, "貳": 2, "兩": 2,
}  # fmt: skip
MAGNITUDES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_AFTER_SCALE = frozenset("123456789一二三四五六七八九两壹贰叁肆伍陆柒捌玖")  # 一百二 is 120
_SCALES = frozenset("百佰千仟万萬亿億")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")
_LONGEST = 48  # characters; longer runs are tables or noise, no numeral
_TENS = {"廿": 20, "卅": 30, "卌": 40}


class NumeralError(ValueError):
    """The text is not one whole numeral."""


def parse_number(text: str) -> Decimal:
    """Read one printed numeral, Arabic or Chinese or mixed, as an exact number.

    >>> parse_number("12.6亿"), parse_number("三千二百一十八"), parse_number("13亿5千万")
    (Decimal('1260000000'), Decimal('3218'), Decimal('1350000000'))
    >>> parse_number("一百二"), parse_number("两万五"), parse_number("二〇二一"), parse_number("三点六")
    (Decimal('120'), Decimal('25000'), Decimal('2021'), Decimal('3.6'))

    Args:
        text: the numeral alone, half-width; thousands commas and spaces are allowed.

    Returns:
        The value. Decimal, so that ten times 0.1亿 is exactly 1亿.

    Raises:
        NumeralError: `text` is not one whole numeral.
    """
    plain = text.replace(",", "").replace(" ", "")
    negative = plain[:1] in ("-", "−", "负")
    plain = plain[negative:]
    if not plain or len(plain) > _LONGEST:
        raise NumeralError(text)
    value = _read(plain, text)
    if value == value.to_integral_value():
        value = Decimal(int(value))
    return -value if negative else value


@lru_cache(maxsize=8192)
def _read(plain: str, text: str) -> Decimal:
    if plain.isascii() and plain[0].isdigit() and plain[-1].isdigit() and plain.count(".") < 2:
        return Decimal(plain)
    if all(c in CHINESE_DIGITS for c in plain) and len(plain) > 1:
        return Decimal("".join(str(CHINESE_DIGITS[c]) for c in plain))
    head, dot, tail = plain.partition("点")
    if dot:
        digits = tail.rstrip("万亿千百")
        if not head or not digits or not all(c in CHINESE_DIGITS or c.isdigit() for c in digits):
            raise NumeralError(text)
        fraction = Decimal("0." + "".join(str(CHINESE_DIGITS.get(c, c)) for c in digits))
        return (_read(head, text) + fraction) * _product(tail[len(digits) :], text)
    return _sum(plain, text)


def _product(magnitudes: str, text: str) -> int:
    size = 1
    for c in magnitudes:
        if c not in MAGNITUDES and c not in GROUPS:
            raise NumeralError(text)
        size *= MAGNITUDES.get(c) or GROUPS[c]
    return size


class _Sum:
    """A numeral read from left to right: section below 万, group below 亿, total."""

    def __init__(self) -> None:
        self.total = self.group = self.section = Decimal(0)
        self.pending: Decimal | None = None  # a digit or Arabic number that waits for its magnitude
        self.last = 0  # the magnitude read last, for 一百二 and 两万五

    def digit(self, value: Decimal, text: str) -> None:
        if self.pending:
            raise NumeralError(text)
        self.pending = value
        if not value:
            self.last = 0

    def ten(self, value: int) -> None:
        self.section += value
        self.last = 10

    def magnitude(self, size: int) -> None:
        if self.pending is None and self.section and size > 10:
            self.section *= size  # 十百: magnitudes multiply
        else:
            self.section += (self.pending or 1) * size  # 零十二: the 零 only fills a gap
        self.last, self.pending = size, None

    def scale(self, size: int, first: bool) -> None:
        """万, 亿 or 兆 closes what stands before it; 万万 and 万亿 multiply."""
        self.section += self.pending or 0
        if size == 10**4 and self.section:
            self.group += self.section * size
        elif size == 10**4:
            self.group = self.group * size or Decimal(size if first else 0)
        elif self.group + self.section or first:
            self.total += (self.group + self.section or 1) * size
            self.group = Decimal(0)
        else:
            self.total *= size
        self.section, self.pending, self.last = Decimal(0), None, size

    def result(self, short: bool) -> Decimal:
        """The value; `short` where a digit ends the numeral right behind a magnitude (一百二 is 120)."""
        if self.pending is not None:
            self.section += self.pending * (self.last // 10) if short and self.last >= 100 else self.pending
        return self.total + self.group + self.section


def _sum(plain: str, text: str) -> Decimal:
    state = _Sum()
    for position, token in enumerate(_TOKEN.findall(plain)):
        if token[0] in "0123456789":
            state.digit(Decimal(token), text)
        elif token in _TENS:
            state.ten(_TENS[token])
        elif token in CHINESE_DIGITS:
            state.digit(Decimal(CHINESE_DIGITS[token]), text)
        elif token in MAGNITUDES:
            state.magnitude(MAGNITUDES[token])
        elif token in GROUPS:
            state.scale(GROUPS[token], position == 0)
        else:
            raise NumeralError(text)
    return state.result(plain[-1:] in _AFTER_SCALE and plain[-2:-1] in _SCALES)


def write_number(value: int) -> str:
    """Write a whole number in Chinese, as newspapers spell it.

    >>> write_number(3218), write_number(10), write_number(100050000), write_number(20002)
    ('三千二百一十八', '十', '一亿零五万', '二万零二')

    Args:
        value: 0 to 10**16 - 1.

    Raises:
        ValueError: `value` is out of range.
    """
    if not 0 <= value < 10**16:
        raise ValueError(f"{value} cannot be written")
    if value == 0:
        return "零"
    text = _write(value)
    return text[1:] if text.startswith("一十") else text


def _write(value: int) -> str:
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _write(high) + name + gap + (_write(low) if low else "")
    digits = "零一二三四五六七八九"
    text, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + name
            zero = False
        else:
            zero = True
    return text
