"""Bars along time. Needs altair."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import altair as alt

from baodao.charts.look import KINDS, MAIN, PALE, Still, finish, heading, say
from baodao.charts.values import Value
from baodao.errors import BaodaoError, language

__all__ = ["draw", "period_of", "span"]

PERIODS = ("day", "month", "quarter", "year")
_ENOUGH = 0.7  # share of the dated facts that a period must hold to be chosen
_MOST = 60  # bars
_WIDTH, _HEIGHT, _STEP = 620, 220, 90  # pixels: at most, always, for a period where there are few
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")


def draw(values: Sequence[Value], unit: str | None, per: str) -> Still:
    """The chart of `charts.timeline`."""
    if per not in ("", *PERIODS):
        raise BaodaoError("BD172", name="per", value=per, known=", ".join(PERIODS))
    dated = [(value, ends) for value in values if (ends := span(value.row["time"]))]
    per = per or _finest([ends for _, ends in dated])
    placed = [(value, period) for value, ends in dated if (period := period_of(ends, per))]
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    for value, period in placed:
        part = value.row["kind"] if unit is None else "hedged" if value.hedged else "exact"
        amounts[period, part] += value.amount
    periods = list(_between([period for _, period in placed], per))
    told = sum(bool(value.row["time"]) for value in values)
    notes = [say("coarse", n=told - len(placed))] if told > len(placed) else []
    notes += [say("undated", n=len(values) - told)] if told < len(values) else []
    colors = KINDS if unit is None else {"exact": MAIN, "hedged": PALE}
    bars = [{"period": p, "part": part, "amount": amount} for (p, part), amount in amounts.items()]
    return finish(
        [_bars(bars, periods, per, colors)], heading(unit, per) if placed else say("nothing"),
        notes, width=min(_WIDTH, _STEP * max(len(periods), 3)), height=_HEIGHT,
    )  # fmt: skip


def _bars(bars: list[dict[str, Any]], periods: list[str], per: str, colors: dict[str, str]) -> Any:
    used = [part for part in colors if any(bar["part"] == part for bar in bars)]
    named = [bar | {"part": say(bar["part"]), "order": used.index(bar["part"])} for bar in bars]
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", ticks=False, title=None, labelPadding=8, labelExpr=_label(per))
    amounts = alt.Axis(tickCount=4, domain=False, ticks=False, labelPadding=6, labelExpr=_amount())
    return (
        alt.Chart(alt.InlineData(values=named))
        .mark_bar(cornerRadiusEnd=1)
        .encode(
            x=alt.X("period:O", scale=alt.Scale(domain=periods, padding=0.2), axis=axis),
            y=alt.Y("amount:Q", title=None, axis=amounts),
            color=alt.Color(
                "part:N", scale=alt.Scale(domain=[say(part) for part in used], range=[colors[part] for part in used]),
                legend=alt.Legend() if len(used) > 1 else None,
            ),
            order=alt.Order("order:Q"), tooltip=["period:O", "part:N", "amount:Q"],
        )
    )  # fmt: skip


def _label(per: str) -> str:
    """How a period is written below its bar: the month, and the year below the first one and each January."""
    if per != "month":
        return "datum.label"
    suffix = "月" if language() == "zh" else ""
    month = f"toNumber(slice(datum.label, 5)) + '{suffix}'"
    return f"datum.index == 0 || slice(datum.label, 5) == '01' ? [{month}, slice(datum.label, 0, 4)] : {month}"


def _amount() -> str:
    """How the amounts beside the bars are written, as `values.readable` does."""
    if language() != "zh":
        return "format(datum.value, ',')"
    return (
        "datum.value >= 1e8 ? format(datum.value / 1e8, '~r') + '亿' : "
        "datum.value >= 1e4 ? format(datum.value / 1e4, '~r') + '万' : datum.label"
    )


def span(time: str) -> tuple[date, date] | None:
    """First and last day of a printed time; None where it is open, without year, or no date.

    >>> span("2023-01/2023-06")
    (datetime.date(2023, 1, 1), datetime.date(2023, 6, 30))
    >>> span("../2023-10"), span("2021-07/.."), span("--09-25")
    ((datetime.date(2023, 10, 31), datetime.date(2023, 10, 31)), None, None)
    """
    first, _, last = time.partition("/")
    opening, closing = _days(first), _days(last or first)
    if not closing or not (opening or first == ".."):
        return None
    return (opening or closing)[0 if opening else 1], closing[1]


def _days(time: str) -> tuple[date, date] | None:
    """First and last day of a year, month or day; None if there is no such."""
    found = _DATE.match(time[:10])
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    try:
        return date(year, month or 1, day or 1), date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:  # a table of someone else may hold 2023-02-30
        return None


def period_of(ends: tuple[date, date], per: str) -> str:
    """The period that holds both days; "" if there is none.

    >>> [period_of((date(2023, 4, 1), date(2023, 6, 30)), per) for per in ("quarter", "month")]
    ['2023-Q2', '']
    """
    first, last = (_name(day, per) for day in ends)
    return first if first == last else ""


def _name(day: date, per: str) -> str:
    match per:
        case "year":
            return f"{day.year}"
        case "quarter":
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case "month":
            return f"{day:%Y-%m}"
        case _:
            return day.isoformat()


def _finest(spans: Sequence[tuple[date, date]]) -> str:
    """The finest period that holds enough of the times without becoming too many bars."""
    for per in PERIODS[:-1]:
        held = [ends for ends in spans if period_of(ends, per)]
        bars = list(_between([_name(first, per) for first, _ in held], per))
        if len(held) >= _ENOUGH * len(spans) and len(bars) <= _MOST:
            return per
    return PERIODS[-1]


def _between(periods: Sequence[str], per: str) -> Iterator[str]:
    """All periods from the first to the last, so that nothing looks nearer than it is."""
    if not periods:
        return
    day = _first_day(min(periods))
    last = max(periods)
    seen = ""
    while seen < last:
        name = _name(day, per)
        if name != seen:
            yield name
        seen = name
        day += timedelta(days=1 if per == "day" else 27)


def _first_day(period: str) -> date:
    year, _, rest = period.partition("-")
    if rest.startswith("Q"):
        return date(int(year), 3 * int(rest[1:]) - 2, 1)
    month, _, day = rest.partition("-")
    return date(int(year), int(month or 1), int(day or 1))
