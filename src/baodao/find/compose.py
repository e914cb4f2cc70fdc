"""Number, unit and hedges put together into one hit.

In: a `Measured`. Out: a `QuantityHit` whose span takes in the hedges beside it (FACTS.md, Span) and a currency
before it; or a frequency (每周三次); or nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal

from baodao.find.hedges import Hedge, hedge_after, hedge_before, hedge_verb
from baodao.find.kinds import kind_of
from baodao.find.measured import Measured
from baodao.find.numbers import Amount, surroundings
from baodao.find.units import Unit, more_behind, unit_before
from baodao.records.light import QuantityHit
from baodao.text.numerals import NumeralError, parse_number

__all__ = ["compose", "frequency"]

_MORE_BEHIND = frozenset(("measure", "amount", "duration", "age", "rate"))
_TIMES = frozenset("次回趟")
_ROUND_OFF = re.compile(r"[整正](?![一-鿿])")
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


def compose(text: str, read: Measured) -> QuantityHit | None:
    """Put number, unit and hedges together, and say what kind of quantity it is."""
    amount, unit, end = read
    start = amount.start
    left = hedge_before(text, start)
    prefix = unit_before(text, left.start if left else start)
    inner = hedge_before(text, prefix.start) if prefix else None
    over_unit = unit is not None and unit.kind in _MORE_BEHIND and more_behind(text, end)
    end += over_unit
    kind, printed, factor = kind_of(text, amount, unit, end, prefix)
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
        return frequency(every, every.start(), amount.value, end) if amount.value is not None else None
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
    if amount.bound == "about":
        return "about"
    for hedge in (left, right):
        if hedge is not None:
            return hedge.bound
    return hedge_verb(text, amount.start)


def _seconds(unit: Unit, value: Decimal) -> Decimal | tuple[Decimal, Decimal]:
    low, high = value * Decimal(unit.base), value * Decimal(unit.factor)
    return low if low == high else (low, high)


def frequency(
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
