"""What kind a number with its unit is: count, amount, rate, measure, duration, age, a bare number, or none.

In: an `Amount`, its unit and what stands around it. Out: kind, unit as facts print it, factor. Without a unit the
neighbourhood decides, by the rules amount.before, amount.after, count.after and none.after.
"""

from __future__ import annotations

import re

from baodao.find.hedges import hedge_before
from baodao.find.numbers import Amount, surroundings
from baodao.find.units import Prefix, Unit

__all__ = ["is_han", "kind_of"]

_BOTH_OF = frozenset("他她它咱我你们哥爷娘父姐兄弟妹口儿女")  # 咱俩, 哥俩: who, not how many
_FEW_TIERS = frozenset("两三四五")
_YEAR = re.compile(r"(?:19|20)\d\d")


def kind_of(text: str, amount: Amount, unit: Unit | None, end: int, prefix: Prefix | None) -> tuple[str, str, str]:
    """Kind, printed unit and factor; kind "" where the number is no quantity."""
    if amount.rate and unit is None:
        return "rate", "%", "1"
    printed = text[amount.start : amount.end]
    if unit is None:
        if prefix is not None and (prefix.kind == "amount" or text[end : end + 1] == "°"):
            return prefix.kind, prefix.unit, "1"
        return _bare(text, amount, printed)
    match unit.kind:
        case "amount" if unit.text == "块" and _is_piece(text, amount.start, end):
            return "count", unit.text, "1"
        case "amount":
            foreign = prefix is not None and prefix.kind == "amount" and unit.base == "CNY"
            return "amount", prefix.unit if foreign and prefix else unit.base, unit.factor
        case "rate":
            whole = unit.text == "折" and amount.value is not None and amount.value >= 10
            return "rate", unit.base, "1" if whole else unit.factor
        case "measure" if unit.text == "级" and not _is_strength(text, amount, end):
            return ("count" if _is_tier(text, amount, printed, end) else ""), unit.text, "1"
        case "measure" if prefix is not None and prefix.kind == "measure" and unit.text in ("度", "°"):
            return "measure", prefix.unit, "1"
        case "measure" | "duration" | "age":
            return unit.kind, unit.text, "1"
    return "count", unit.text, "1"


def is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def _is_strength(text: str, amount: Amount, end: int) -> bool:
    """5.2级地震, 7到8级大风, 阵风10级: what 级 measures; 四级手术 is a grade."""
    if amount.bound == "range" or (amount.value is not None and amount.value % 1):
        return True
    after, before = surroundings("strength.after"), surroundings("strength.before")
    start = amount.start
    return bool(after.match(text, end) or before.search(text, max(start - 8, 0), start))


def _is_tier(text: str, amount: Amount, printed: str, end: int) -> bool:
    """市县两级, 18级台阶: tiers and steps are counted, grades are not."""
    if surroundings("tier.after").match(text, end):
        return True
    start = amount.start
    return printed in _FEW_TIERS and surroundings("tier.before").search(text, max(start - 2, 0), start) is not None


def _is_piece(text: str, start: int, end: int) -> bool:
    """一块展板, 展板42块: 块 before a noun, or behind what comes in pieces, is no money."""
    following = text[end : end + 1]
    if following != "钱" and surroundings("pieces.before").search(text, max(start - 6, 0), start):
        return True
    return is_han(following) and following not in "的左以到至多半和或起不、一二三四五六七八九两每就"


def _bare(text: str, amount: Amount, printed: str) -> tuple[str, str, str]:
    """A number without a unit: money, a count of the noun behind it, or a bare number."""
    if surroundings("none.after").match(text, amount.end):
        return "", "", "1"
    if amount.rule == "few" or (amount.rule == "half"):
        return "", "", "1"
    if amount.rule == "power":
        return "number", "", "1"
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
    noun = is_han(following) or following == "“"
    if digits[:1].isdigit():
        if not sized and amount.bound == "exact" and _is_name(text, amount, digits):
            return "number", "", "1"
        if noun and _YEAR.fullmatch(digits):
            return "number", "", "1"  # 2018世界杯: a year more often than a count
        return ("count" if sized or noun else "number"), "", "1"
    return _bare_chinese(text, amount, digits, sized, noun)


def _is_name(text: str, amount: Amount, digits: str) -> bool:
    """苏-35战机, 394.8高地, 301调查: a number that is part of a name."""
    start = amount.start
    dashed = text[start - 1 : start] in ("-", "—") and text[start - 2 : start - 1].isalpha()
    return dashed or "." in digits or bool(surroundings("name.after").match(text, amount.end))


def _bare_chinese(text: str, amount: Amount, digits: str, sized: bool, noun: bool) -> tuple[str, str, str]:
    before = text[amount.start - 1 : amount.start]
    if sized and not noun and (amount.bound != "exact" or hedge_before(text, amount.start)):
        return "count", "", "1"
    counted = bool(surroundings("count.after").match(text, amount.end))
    if digits in ("俩", "仨"):
        return ("" if before in _BOTH_OF else "count"), "", "1"
    if len(digits) == 1:
        if digits == "零" and before in ("为", "至", "到", "从", "由"):
            return "count", "", "1"
        if counted and digits not in "一零〇百千万亿":
            return "count", "", "1"
        return ("" if noun or is_han(before) or digits in "百千万亿萬億" else "number"), "", "1"
    if counted or (sized and (digits.strip("十百千万亿") or not noun)):
        return "count", "", "1"
    return ("number" if digits.strip("十百千万亿") or not noun else ""), "", "1"
