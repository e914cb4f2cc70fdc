"""Bars of a column's values, longest first. Needs altair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import altair as alt

from baodao.charts.look import INK, MAIN, PALE, Still, finish, heading, say, unit_name
from baodao.charts.values import Value, readable
from baodao.errors import BaodaoError, language
from baodao.regions import region_name, region_path

__all__ = ["draw"]

_STEP, _WIDTH, _LABEL = 25, 460, 190  # pixels: a bar, all bars, the longest name


def draw(values: Sequence[Value], by: str, unit: str | None, top: int) -> Still:
    """The chart of `charts.bar`."""
    if values and by not in (*values[0].row, "province"):
        raise BaodaoError("BD172", name="by", value=by, known=", ".join(("province", *values[0].row)))
    totals: dict[str, float] = defaultdict(float)
    parts: dict[tuple[str, bool], float] = defaultdict(float)
    for value in values:
        name = _name(value, by)
        totals[name] += value.amount
        parts[name, value.hedged] += value.amount
    without = sum(not _name(value, by) for value in values)
    names = [name for name, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0])) if name]
    drawn = names[:top]
    chinese = language() == "zh"
    ends = [{"name": name, "amount": totals[name], "label": readable(totals[name], chinese=chinese)} for name in drawn]
    bars = [
        {"name": name, "part": say("hedged" if hedged else "exact"), "order": int(hedged), "amount": amount}
        for (name, hedged), amount in parts.items()
        if name in drawn
    ]
    notes = [say("rest", n=len(names) - top, by=say(by))] if len(names) > top else []
    notes += [say("none", n=without, by=say(by))] if without else []
    return finish(
        _layers(bars, ends, drawn), heading(unit, by) if drawn else say("nothing"), notes,
        width=_WIDTH, height=max(len(drawn), 1) * _STEP,
    )  # fmt: skip


def _layers(bars: list[dict[str, Any]], ends: list[dict[str, Any]], names: list[str]) -> list[Any]:
    parts = [say("exact"), say("hedged")]
    axis = alt.Axis(ticks=False, domain=False, labelLimit=_LABEL, labelPadding=8)
    y = alt.Y("name:N", sort=names, title=None, axis=axis)
    color = alt.Color(
        "part:N", scale=alt.Scale(domain=parts, range=[MAIN, PALE]),
        legend=alt.Legend() if any(bar["order"] for bar in bars) else None,
    )  # fmt: skip
    x = alt.X("amount:Q", title=None, axis=None, scale=alt.Scale(zero=True, nice=False))
    drawn = (
        alt.Chart(alt.InlineData(values=bars))
        .mark_bar(height=15, cornerRadiusEnd=2)
        .encode(y=y, x=x.stack("zero"), color=color, order="order:Q", tooltip=["name:N", "part:N", "amount:Q"])
    )
    labels = (
        alt.Chart(alt.InlineData(values=ends))
        .mark_text(align="left", dx=5, color=INK, fontSize=11.5)
        .encode(y=y, x=x, text="label:N")
    )
    return [drawn, labels]


def _name(value: Value, by: str) -> str:
    """What a bar is called; a county with its city, so that two of a name stay apart."""
    row = value.row
    if by == "province":
        return region_name(row["region"][:2] + "0000")
    if by != "region":
        name = str(row[by] or "")
        return say(name) if by == "kind" else unit_name(name) if by == "unit" else name
    path = region_path(row["region"]) or ((row.get("region_name"),) if row.get("region_name") else ())
    return "".join(map(str, path[-2:])) if len(path) > 2 else str(path[-1]) if path else ""
