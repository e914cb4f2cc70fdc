"""Chinese and Arabic numerals: reading one, writing one.

Magnitudes 十百千万亿 belong to the numeral; units (元, 户) and hedges (约, 多) do not. Values are exact.
Source: GB/T 15835—2011, numerals in publications.
"""

from __future__ import annotations

from decimal import Decimal

__all__ = ["CHINESE_DIGITS", "MAGNITUDES", "NumeralError", "parse_number", "write_number"]

CHINESE_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "俩": 2, "仨": 3, "幺": 1, "弌": 1, "叄": 3, "參": 3, "陸": 6, "貳": 2, "兩": 2,
}  # fmt: skip
MAGNITUDES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
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
        text: the numeral alone, half-width; thousands commas are allowed.

    Returns:
        The value. Decimal, so that ten times 0.1亿 is exactly 1亿.

    Raises:
        NumeralError: `text` is not one whole numeral.
    """
    plain = text.replace(",", "")
    if not plain:
        raise NumeralError(text)
    negative = plain[0] in "-负"
    value = _read(plain[1:] if negative else plain, text)
    if value == value.to_integral_value():
        value = Decimal(int(value))
    return -value if negative else value


def _read(plain: str, text: str) -> Decimal:
    if all(c in CHINESE_DIGITS for c in plain) and len(plain) > 1:
        return Decimal("".join(str(CHINESE_DIGITS[c]) for c in plain))
    head, dot, tail = plain.partition("点")
    if dot:
        digits = tail.rstrip("万亿千百")
        if not digits or not all(c in CHINESE_DIGITS for c in digits):
            raise NumeralError(text)
        fraction = Decimal("0." + "".join(str(CHINESE_DIGITS[c]) for c in digits))
        return (_sum(head, text) + fraction) * _product(tail[len(digits) :], text)
    return _sum(plain, text)


def _product(magnitudes: str, text: str) -> int:
    size = 1
    for c in magnitudes:
        size *= MAGNITUDES.get(c) or GROUPS.get(c) or _fail(text)
    return size


def _fail(text: str) -> int:
    raise NumeralError(text)


def _sum(plain: str, text: str) -> Decimal:
    """Read magnitudes left to right: section (below 万), group (万 below 亿), total."""
    total = group = section = Decimal(0)
    pending: Decimal | None = None  # a digit or Arabic number that waits for its magnitude
    last = 0  # the magnitude read last, for 一百二 and 两万五
    index = 0
    while index < len(plain):
        c = plain[index]
        if c in "0123456789.":
            end = index
            while end < len(plain) and plain[end] in "0123456789.":
                end += 1
            if plain[index:end].count(".") > 1 or plain[index:end].startswith(".") or plain[end - 1] == ".":
                raise NumeralError(text)
            if pending is not None:
                raise NumeralError(text)
            pending = Decimal(plain[index:end])
            index = end
            continue
        if c in _TENS:
            section += _TENS[c]
            last = 10
        elif c in CHINESE_DIGITS:
            if pending is not None and pending != 0:
                raise NumeralError(text)
            pending = Decimal(CHINESE_DIGITS[c])
            if c in "零〇○":
                last = 0
        elif c in MAGNITUDES:
            last = MAGNITUDES[c]
            if pending is None and section and last > 10:
                section *= last  # 十百, 百千: magnitudes multiply
            else:
                section += (1 if pending is None else pending) * last
            pending = None
        elif c in GROUPS:
            last = GROUPS[c]
            section += pending or 0
            if last == 10**4:
                group += (section or Decimal(1 if index == 0 else 0)) * last
            else:
                whole = group + section
                total = (
                    total + (whole or Decimal(1 if index == 0 else 0)) * last if whole or index == 0 else total * last
                )
                group = Decimal(0)
            section, pending = Decimal(0), None
        else:
            raise NumeralError(text)
        index += 1
    if pending is not None:
        short = plain[-1] not in "0零〇○" and last >= 100 and plain[-2] in "百佰千仟万萬亿億"
        section += pending * (last // 10) if short else pending
    return total + group + section


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
