"""Charts of facts: by region, program or unit; along time; on a map of one tile a province.

    import baodao as bd
    bd.charts.bar(table)                      # how many facts each region has
    bd.charts.bar(table, "program", unit="CNY")
    bd.charts.timeline(table)
    bd.charts.tilemap(table, unit="名").save("map.png", scale_factor=2)

Each returns an altair chart: `.properties(…)`, `.save("chart.svg")` and the rest work as in altair. In a notebook it
shows as a still picture, which needs no network. Facts may be a `FactTable`, a `Page`, a pandas, polars or Arrow table
with the columns of a table of facts, or a list of such rows. Doubt is shown: hedged numbers (约, 余, 近) are paler, and
what could not be placed is counted below the title. altair is imported on the first call (`baodao[plot]`).
"""

from __future__ import annotations

from typing import Any

from baodao.charts.rows import read_rows
from baodao.charts.values import measured
from baodao.records.saved import need

__all__ = ["bar", "tilemap", "timeline"]


def bar(facts: object, by: str = "region", *, unit: str | None = None, top: int = 15) -> Any:
    """How much there is of each region, program, unit …, largest first.

    Args:
        facts: see above.
        by: a column: `region`, `province` (regions taken together), `program`, `unit`, `kind`, `what`, `actor` …
        unit: None counts facts; a unit (`名`, `CNY`) adds the values of the facts that have it. Units are never
            added to each other.
        top: how many bars; the others are counted below the title.

    Raises:
        BaodaoError: BD150, altair or vl-convert is not installed; BD172, no such column; BD210, a unit that no fact
            has or that cannot be added; BD211, these are no facts.
    """
    rows = measured(read_rows(facts), unit)
    _load("bar()")
    from baodao.charts.bars import draw

    return draw(rows, by, unit, top)


def timeline(facts: object, *, unit: str | None = None, per: str = "") -> Any:
    """How much there is in each year, quarter, month or day, by kind.

    A fact stands in the period that wholly holds its time; `../2023-10` (as of) stands at its end. Facts whose time is
    coarser, open (`2021-07/..`) or not told are counted below the title.

    Args:
        facts: see above.
        unit: as in `bar`.
        per: `year`, `quarter`, `month` or `day`; the finest that holds most of the dated facts if not given.

    Raises:
        BaodaoError: as `bar`; BD172, no such `per`.
    """
    rows = measured(read_rows(facts), unit)
    _load("timeline()")
    from baodao.charts.times import draw

    return draw(rows, unit, per)


def tilemap(facts: object, *, unit: str | None = None) -> Any:
    """The 34 regions of province level, a tile each, as dark as their value; no border line to get wrong.

    Args:
        facts: see above. Facts about the whole country, or about no region, are counted below the title.
        unit: as in `bar`.

    Raises:
        BaodaoError: as `bar`.
    """
    rows = measured(read_rows(facts), unit)
    _load("tilemap()")
    from baodao.charts.tiles import draw

    return draw(rows, unit)


def _load(what: str) -> None:
    """Raise now, and say which extra brings it, if a library is missing."""
    for module in ("altair", "vl_convert"):
        need(module, "plot", what)
