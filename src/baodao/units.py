"""What a printed unit is worth: SI for measures (亩, 斤, 里, 担 too), ISO 4217 for money, seconds for lengths of time.

>>> to_base(Decimal(1200), "亩")
(Decimal('800000.000400'), 'm2')
>>> to_base(Decimal(3), "担"), to_base(Decimal(3), "打"), to_base(Decimal(3), "名")
((Decimal('150'), 'kg'), (Decimal('36'), ''), None)

Facts keep the unit as printed; this is for adding up what was printed in different units:

>>> import baodao as bd
>>> page = bd.analyze("当地种植油茶1200亩、柑橘80公顷。")
>>> [to_si(fact) for fact in page.facts]
[(Decimal('800000.000400'), 'm2'), (Decimal('800000'), 'm2')]
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Protocol

from baodao.records.exact import exact
from baodao.resources import read_csv

__all__ = ["Sized", "to_base", "to_si"]


class Sized(Protocol):
    """A fact or a quantity: anything with a value and a printed unit."""

    @property
    def value(self) -> Decimal | None:
        """The number, multiplied out; None if vague."""

    @property
    def unit(self) -> str:
        """The unit as printed."""


@cache
def _worth() -> dict[str, tuple[Decimal, str]]:
    """What one of each unit is; years and months have no fixed length."""
    table: dict[str, tuple[Decimal, str]] = {}
    for row in read_csv("units.csv"):
        if row["kind"] in ("measure", "amount", "count") and row["factor"]:
            table[row["unit"]] = Decimal(row["factor"]), row["base"]
        elif row["kind"] == "duration" and row["base"] == row["factor"]:
            table[row["unit"]] = Decimal(row["factor"]), "s"
        if row["kind"] == "amount":
            table.setdefault(row["base"], (Decimal(1), row["base"]))  # CNY is what facts call it
    return table


@exact()
def to_base(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """A size in the base of its unit; None if the unit has none (名, 年).

    Args:
        value: how many of the unit.
        unit: as printed.

    Returns:
        The size and its base: an SI unit (m, m2, m3, kg, J, W, s …; °C and °F stay), a currency, "" for a dozen.

    Source: GB 3100—93; 1 亩 = 2000/3 m², 1 斤 = 0.5 kg, 1 里 = 500 m, 1 担 = 50 kg.
    """
    found = _worth().get(unit)
    return (value * found[0], found[1]) if found is not None else None


def to_si(quantity: Sized) -> tuple[Decimal, str] | None:
    """The size of a fact or quantity in the base of its unit; None if it is vague or its unit has no base."""
    return None if quantity.value is None else to_base(quantity.value, quantity.unit)
