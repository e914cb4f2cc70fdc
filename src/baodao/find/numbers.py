"""The number of an expression: plain numerals, fractions, halves, vague ones, ranges of neighbours.

In: a text and where the scanner stopped. Out: an `Amount`, without unit and outer hedges. Forms are
`data/rules/quantities.toml`, numerals `text.numerals`; what a form is worth is FACTS.md (value, bound).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from baodao.find.units import unit_at
from baodao.resources import Rule, fill_fragments, read_rules
from baodao.text.numerals import CHINESE_DIGITS, NumeralError, parse_number

__all__ = ["Amount", "form_starts", "formal_digits", "read_amount", "scanner", "surroundings"]

_STARTS = r"(?=[\d零〇○一二三四五六七八九两俩兩仨壹贰貳叁叄參参肆伍陆陸柒捌玖十百千万亿拾佰仟廿卅卌萬億数几半首])"
_TAIL = re.compile(
    r"(?:(?P<more>[多余几]|来(?![自到源往历袭临电访]))(?P<scale>[百千万亿]{0,2})"
    r"|(?P<wan>w)(?![A-Za-z\d])|(?P<plus>\+)(?![\d+])|(?P<some>把)(?=[个人块元斤米年天里亩]))"
)
_TAILS = frozenset("多余几来w+把")
_NEIGHBOURS = re.compile(
    r"(?P<tens>[一二三四五六七八九两]?[十百千])?(?P<a>[一二两三四五六七八])(?P<b>[两二三四五六七八九])(?P<scale>[十百千万亿]{0,3})"
)
_FORMAL = frozenset("壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟")
_RUNS_ON = frozenset("队入退行大登着内海收捡")  # 队伍, 大陆, 收拾: their second character is no numeral
_WEIGHT = frozenset("两兩")
_SIZES = {"k": Decimal(10**3), "m": Decimal(10**6), "g": Decimal(10**9)}
_COUNTED = frozenset("0123456789零一二三四五六七八九十百千万两几数多余这那每整哪各前后头")
_NO_NUMERALS = frozenset(("万万", "千千", "千万万", "千千万万"))


class Amount(NamedTuple):
    """A number as read: `low` and `high` for ranges and vague ones; a rate is in percent; bound "none": no number."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    start: int
    end: int
    rule: str
    fraction: tuple[int, int] | None = None
    rate: bool = False


@cache
def scanner() -> re.Pattern[str]:
    """Stops at every numeral (group `number`) and at the characters that open other forms."""
    first = next(str(rule.fields["second"]) for rule in read_rules("quantities.toml") if rule.id == "ordinal.first")
    return re.compile(_STARTS + fill_fragments(f"(?:(?P<number>{{numeral}})|[数几半]|首(?=[{first}]))"))


@cache
def surroundings(name: str) -> re.Pattern[str]:
    """The pattern of the rule `name`."""
    return next(rule.pattern for rule in read_rules("quantities.toml") if rule.id == name)


@cache
def _forms() -> tuple[dict[str, tuple[Rule, ...]], dict[str, tuple[Rule, ...]]]:
    """Rules by their first character, and by the character that follows a numeral."""
    first: dict[str, list[Rule]] = {}
    then: dict[str, list[Rule]] = {}
    for rule in read_rules("quantities.toml"):
        for table, key in ((first, "first"), (then, "then")):
            for char in str(rule.fields.get(key, "")):
                table.setdefault(char, []).append(rule)
    return {c: tuple(rules) for c, rules in first.items()}, {c: tuple(rules) for c, rules in then.items()}


@cache
def form_starts() -> frozenset[str]:
    """The characters behind a numeral that may make it another form of number, and "" for none."""
    return _TAILS | frozenset(_forms()[1])


def formal_digits() -> frozenset[str]:
    """壹 to 玖, 拾 佰 仟: numerals only in company."""
    return _FORMAL


def read_amount(text: str, match: re.Match[str]) -> Amount | None:
    """The number where the scanner stopped; None where it is none after all (a score, 大陆).

    >>> text = "占三分之二"
    >>> read_amount(text, scanner().search(text)).fraction
    (2, 3)
    """
    start, end = match.span()
    first, then = _forms()
    rules = then.get(text[end : end + 1], ()) if match["number"] else first.get(text[start], ())
    for rule in rules:
        found = rule.pattern.match(text, start)
        if found is not None and rule.id in _READERS:
            return _READERS[rule.id](found)
    return _plain(text, start, end) if match["number"] else None


def _plain(text: str, start: int, end: int) -> Amount | None:
    numeral = text[start:end]
    if numeral[0] in _FORMAL and not _is_formal(text, start, numeral):
        return None
    if numeral[-1] in "千万" and numeral in _NO_NUMERALS:
        return None
    if numeral.endswith("十千"):
        numeral, end = numeral[:-1], end - 1
    if (pair := _neighbours(numeral)) is not None:
        return Amount(pair[0], *pair, "range", start, end, "adjacent")
    if numeral[-1] in "百千兆" and len(numeral) > 1 and (unit := unit_at(text, end - 1)) and len(unit.text) > 1:
        numeral, end = numeral[:-1], end - 1  # 5千克: 千 belongs to the unit
    if numeral[-1] in _WEIGHT and len(numeral) > 1 and numeral[-2] not in "零百千万亿":
        numeral, end = numeral[:-1], end - 1  # 八两: the unit, not a second digit
    tail = _TAIL.match(text, end) if text[end : end + 1] in _TAILS else None
    more, scale = (tail["more"], tail["scale"] or "") if tail else (None, "")
    if tail and tail["wan"]:
        scale = "万"
    if tail and tail["plus"]:
        more = "+"
    if (more in ("来", "几") and numeral[-1] not in "十百千万亿0零") or (
        tail and tail["some"] and numeral[-1] not in "百千万"
    ):
        tail, more, scale = None, None, ""
    try:
        value = parse_number(numeral + scale)
    except NumeralError:
        return None
    end = tail.end() if tail else end
    if more == "几":
        return Amount(None, value, value + 9 * (parse_number(scale) if scale else 1), "vague", start, end, "tens")
    if (
        more is None
        and text[start - 1 : start] == "上"
        and numeral[0] in "百千万亿"
        and text[start - 2 : start] != "以上"
    ):
        return Amount(value, None, None, "over", start - 1, end, "above")
    if tail and tail["some"]:
        return Amount(value, None, None, "about", start, end, "some")  # 千把人
    return Amount(value, None, None, "over" if more else "exact", start, end, "more" if more else "")


def _is_formal(text: str, start: int, numeral: str) -> bool:
    """Formal digits (壹拾) count in company only, and not as the end of a word (队伍, 大陆)."""
    alone = len(numeral) == 1 and any(
        "一" <= c <= "鿿" for c in text[max(start - 1, 0) : start] + text[start + 1 : start + 2]
    )
    return not alone and not (start and text[start - 1] in _RUNS_ON and numeral[0] in "伍陆拾")


def _neighbours(numeral: str) -> tuple[Decimal, Decimal] | None:
    """三四百, 十七八, 三五: neighbouring digits are a range."""
    match = _NEIGHBOURS.fullmatch(numeral) if 1 < len(numeral) < 8 else None
    if match is None:
        return None
    a, b, tens, scale = CHINESE_DIGITS[match["a"]], CHINESE_DIGITS[match["b"]], match["tens"] or "", match["scale"]
    base = parse_number(tens) if tens else Decimal(0)
    size = parse_number(scale) if scale else Decimal(1)
    if b - a != 1 and (a, b, tens) != (3, 5, ""):
        return None
    if tens and tens[-1] != "十" and (not scale or size * 10 != parse_number(tens[-1])):
        return None
    if tens and tens[-1] == "十":
        return (base + a) * size, (base + b) * size
    return base + a * size, base + b * size


def _percent(match: re.Match[str]) -> Amount | None:
    over, more = match["over"], match["more"]
    start, end = match.span()
    if over[0] in "数几":
        return Amount(None, Decimal(10), Decimal(99), "vague", start, end, "percent", rate=True)
    value = _parse(over)
    if value is None:
        return None
    if more == "几":
        return Amount(None, value, value + 9, "vague", start, end, "percent", rate=True)
    value = -value if match["minus"] else value
    return Amount(value, None, None, "over" if more else "exact", start, end, "percent", rate=True)


def _fraction(match: re.Match[str]) -> Amount | None:
    top, under = _parse(match["over"]), _parse(match["under"])
    whole = _parse(match["whole"]) if match["whole"] else Decimal(0)
    if top is None or whole is None or not under:
        return None
    value = (whole + top / under) * 100 * (-1 if match["minus"] else 1)
    kept = (int(whole * under + top), int(under)) if top == int(top) and under == int(under) else None
    if match["under"] not in ("十", "拾") and not match["under"].strip("十百千万亿拾佰仟"):
        kept = None  # 千分之三 is a rate as 百分之三 is
    bound = "over" if match["more"] else "exact"
    return Amount(value, None, None, bound, match.start(), match.end(), "fraction", kept, True)


def _slash(match: re.Match[str]) -> Amount | None:
    over, under = int(match["over"]), int(match["under"])
    if under < 2 or over >= under:
        return None
    value = Decimal(over) / under * 100
    return Amount(value, None, None, "exact", *match.span(), "fraction", (over, under), True)


def _mixed(match: re.Match[str]) -> Amount | None:
    """1 3/4: a whole number and a fraction of digits."""
    whole, over, under = int(match["whole"]), int(match["over"]), int(match["under"])
    if under < 2:
        return None
    over += whole * under
    return Amount(Decimal(over) / under * 100, None, None, "exact", *match.span(), "fraction", (over, under), True)


def _power(match: re.Match[str]) -> Amount:
    """2e5, 1.5^3, 40k, 1.2M: as computers and laboratories write."""
    base = Decimal(match["base"])
    if size := match["size"] or match["spaced"]:
        value = base * _SIZES[size.lower()]
    elif match["ten"]:
        value = base.scaleb(int(match["ten"]))
    else:
        value = base ** int(match["power"]) if base else Decimal(0)
    if value == value.to_integral_value():
        value = Decimal(int(value))
    return Amount(value, None, None, "exact", *match.span(), "power")


def _half_rate(match: re.Match[str]) -> Amount:
    start, end = match.span()
    past = match.string[start - 1 : start] == "过"
    bound = "over" if past else "exact"
    return Amount(Decimal(50), None, None, bound, start - past, end, "half", (1, 2), True)


def _half(match: re.Match[str]) -> Amount:
    """半年; 个半月 without a number before 个 is one and a half."""
    start, text = match.start(), match.string
    if text[start - 1 : start] == "个" and (start == 1 or text[start - 2] not in _COUNTED):
        return Amount(Decimal("1.5"), None, None, "exact", start - 1, match.end(), "half")
    return Amount(Decimal("0.5"), None, None, "exact", *match.span(), "half")


def _crowd(match: re.Match[str]) -> Amount:
    """成千上万, 数以万计: the order alone."""
    if match["scale"]:
        low = parse_number(match["scale"])
        return Amount(None, low, low * 10 - 1, "vague", *match.span(), "crowd")
    low = parse_number(match["low"])
    return Amount(None, low, low * 100 - 1, "vague", match.start() - 1, match.end(), "crowd")


def _vague(match: re.Match[str]) -> Amount:
    low = parse_number(match["scale"])
    return Amount(None, low, low * 10 - 1, "vague", _from_good(match), match.end(), "vague")


def _few(match: re.Match[str]) -> Amount:
    return Amount(None, Decimal(1), Decimal(9), "vague", _from_good(match), match.end(), "few")


def _from_good(match: re.Match[str]) -> int:
    """好几 begins at 好."""
    start = match.start()
    return start - (match.string[start - 1 : start] == "好" and match[0][0] == "几")


def _parse(numeral: str) -> Decimal | None:
    try:
        return parse_number(numeral)
    except NumeralError:
        return None


def _none(match: re.Match[str]) -> Amount:
    """A score, a version, a network address: no number in it counts."""
    return Amount(None, None, None, "none", *match.span(), "none")


_READERS: dict[str, Callable[[re.Match[str]], Amount | None]] = {
    "none.chain": _none,
    "rate.percent": _percent,
    "rate.fraction": _fraction,
    "rate.short": _fraction,
    "rate.slash": _slash,
    "rate.mixed": _mixed,
    "number.power": _power,
    "rate.half": _half_rate,
    "number.half": _half,
    "number.crowd": _crowd,
    "number.vague": _vague,
    "number.few": _few,
}
