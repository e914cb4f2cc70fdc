"""Compute the days of festivals, 1949 to 2050.

    python -m baodao.build festivals        writes data/festivals.csv

Lunar days come from PyPI lunar-python (MIT), needed by this script only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from baodao.build.tables import write_table

TABLE = Path("src/baodao/data/festivals.csv")
LUNAR = {"春节": (1, 1), "元宵": (1, 15), "端午": (5, 5), "七夕": (7, 7), "中秋": (8, 15), "重阳": (9, 9)}
SOLAR = {
    "元旦": (1, 1), "妇女": (3, 8), "植树": (3, 12), "五一": (5, 1), "劳动": (5, 1), "青年": (5, 4), "儿童": (6, 1),
    "建党": (7, 1), "建军": (8, 1), "教师": (9, 10), "国庆": (10, 1),
}  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Write the table."""
    rows = sorted(festivals())
    write_table(TABLE, ("name", "date", "source"), rows)
    print(f"{TABLE}: {len(rows)} days")


def festivals() -> Iterator[tuple[str, str, str]]:
    """Name, ISO date and source of each."""
    from lunar_python import Lunar, Solar

    for year in range(1949, 2051):
        for name, (month, day) in SOLAR.items():
            yield name, f"{year}-{month:02d}-{day:02d}", "calendar"
        for name, (month, day) in LUNAR.items():
            yield name, Lunar.fromYmd(year, month, day).getSolar().toYmd(), "lunar-python"
        new_year = Lunar.fromYmd(year, 1, 1).getSolar()
        yield "除夕", new_year.next(-1).toYmd(), "lunar-python"
        terms = Lunar.fromSolar(Solar.fromYmd(year, 4, 5)).getJieQiTable()
        yield "清明", terms["清明"].toYmd(), "lunar-python"
