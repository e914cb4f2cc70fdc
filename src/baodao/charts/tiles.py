"""A map of one tile a province. Needs altair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import altair as alt

from baodao.charts.look import EMPTY, FAINT, INK, MAIN, Still, finish, heading, say
from baodao.charts.values import Value, readable
from baodao.errors import language
from baodao.resources import read_csv
from baodao.text.gazetteer import gazetteer

__all__ = ["draw"]

_TILE, _GAP = 62, 0.05  # pixels, share of a tile
_LIGHT = "#dcebed"
_WHITE_FROM = 0.55  # on tiles darker than this the letters are white


def draw(values: Sequence[Value], unit: str | None) -> Still:
    """The chart of `charts.tilemap`."""
    sums: dict[str, float] = defaultdict(float)
    for value in values:
        sums[value.row["region"][:2]] += value.amount
    tiles = _tiles(sums)
    country = sum(value.row["region"] == "100000" for value in values)
    nowhere = sum(not value.row["region"] for value in values)
    notes = [say("country", n=country)] if country else []
    notes += [say("nowhere", n=nowhere)] if nowhere else []
    columns, rows = (1 + max(int(tile[axis]) for tile in tiles) for axis in ("column", "row"))
    return finish(_layers(tiles), heading(unit, "province"), notes, width=columns * _TILE, height=rows * _TILE)


def _tiles(sums: dict[str, float]) -> list[dict[str, Any]]:
    """A row a tile: where it lies, what it is called, how dark it is (the root of its share of the largest)."""
    layout = read_csv("province_tiles.csv")
    largest = max((sums.get(row["adcode"][:2], 0) for row in layout), default=0) or 1
    tiles = []
    for row in layout:
        column, line, total = int(row["column"]), int(row["row"]), sums.get(row["adcode"][:2], 0)
        place = gazetteer().get(row["adcode"])
        shade = (max(total, 0) / largest) ** 0.5
        tiles.append({
            "column": column, "row": line, "left": column + _GAP, "right": column + 1 - _GAP, "top": line + _GAP,
            "bottom": line + 1 - _GAP, "middle": column + 0.5, "upper": line + (0.4 if total else 0.5),
            "lower": line + 0.68, "name": place.short[0] if place and place.short else "", "total": total,
            "label": readable(total, chinese=language() == "zh") if total else "", "shade": shade,
            "ink": "white" if shade > _WHITE_FROM else INK if total else FAINT,
        })  # fmt: skip
    return tiles


def _layers(tiles: list[dict[str, Any]]) -> list[Any]:
    size = [1 + max(tile[axis] for tile in tiles) for axis in ("column", "row")]
    x, y = (
        dict[str, Any](axis=None, scale=alt.Scale(domain=[0, end], nice=False, reverse=flip))
        for end, flip in zip(size, (False, True), strict=True)
    )
    base = alt.Chart(alt.InlineData(values=tiles))
    squares = base.mark_rect(cornerRadius=5).encode(
        x=alt.X("left:Q", **x), x2="right:Q", y=alt.Y("top:Q", **y), y2="bottom:Q", tooltip=["name:N", "total:Q"],
        color=alt.condition(
            "datum.total > 0",
            alt.Color("shade:Q", scale=alt.Scale(domain=[0, 1], range=[_LIGHT, MAIN]), legend=None),
            alt.value(EMPTY),
        ),
    )  # fmt: skip
    ink = alt.Color("ink:N", scale=None)
    names = base.mark_text(fontSize=13).encode(
        x=alt.X("middle:Q", **x), y=alt.Y("upper:Q", **y), text="name:N", color=ink
    )
    labels = base.mark_text(fontSize=11).encode(
        x=alt.X("middle:Q", **x), y=alt.Y("lower:Q", **y), text="label:N", color=ink
    )
    return [squares, names, labels]
