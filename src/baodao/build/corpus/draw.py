"""What chance decides about a story: where it happens, when, and how large its numbers are."""

from __future__ import annotations

import random
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache
from typing import Any, NamedTuple

from baodao.regions import region_name
from baodao.resources import read_csv
from baodao.text.numerals import write_number

__all__ = ["Calendar", "Place", "Wanted", "draw_numbers", "draw_place", "print_number"]

_MAGNITUDES = {"十": 10, "百": 100, "千": 1000}
_MUNICIPALITIES = ("110000", "120000", "310000", "500000")
_WEST = ("51", "52", "53", "61", "62", "63", "64")  # where `far` lies


class Wanted(NamedTuple):
    """What a story needs of its place, as its words tell."""

    kind: str  # province city county municipality
    provinces: tuple[str, ...] = ()  # two digits each; any if none is named
    among: tuple[str, ...] = ()  # these cities only
    province: str = ""  # how the province's name must end
    county: str = ""

    def takes(self, city: str) -> bool:
        """Whether a city will do."""
        return (
            (not self.provinces or city[:2] in self.provinces)
            and region_name(city[:2] + "0000").endswith(self.province)
            and any(region_name(code).endswith(self.county) for code in _below(city[:4]))
        )


class Place:
    """The places of one story by their slots: province, city, city2, county, county2, town, far …"""

    def __init__(self, codes: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._codes = {"nation": "100000", "": "", **codes}
        self._names = names

    def code(self, slot: str) -> str:
        """The adcode behind a slot; "" for no region."""
        return self._codes[slot]

    def name(self, slot: str, *, short: bool = False) -> str:
        """The name behind a slot, full or short."""
        full = self._names.get(slot) or region_name(self._codes[slot])
        return _shorts()[self._codes[slot]] if short else full


class Calendar:
    """The day of a story and what its texts say of it.

    >>> Calendar(date(2023, 9, 6)).slots["upto"]
    '../2023-08~../2023-08-31~2023-08~'
    """

    def __init__(self, day: date) -> None:
        before = day.replace(day=1) - timedelta(days=1)
        end = before.strftime("%Y-%m")
        self.slots = {
            "Y": str(day.year),  # printed
            "M": str(day.month),
            "D": str(day.day),
            "prev": str(before.month),
            "Yn": str(day.year + 1),
            "Y1": str(day.year - 1),
            "Y2": str(day.year - 2),
            "Y5": str(day.year + 5),
            "event": day.isoformat(),  # true: ISO 8601
            "month": day.strftime("%Y-%m"),
            "lastmonth": end,
            "upto": f"../{end}~../{end}-{monthrange(before.year, before.month)[1]}~{end}~",
            "ongoing": f"{day.year}/..~{day.year}~{day.year}-01/{day:%Y-%m}",
            "lasthalf": f"{day.year}-01/{day.year}-06",
        }


def draw_place(wanted: Wanted, taken: set[str], chance: random.Random) -> Place:
    """A place as wanted, in a city and a county that no other story has taken."""
    if wanted.kind == "municipality":
        head, prefix_size = chance.choice(_MUNICIPALITIES), 2
        codes = {"municipality": head}
    else:
        cities = wanted.among or [code for code in _cities() if wanted.takes(code)]
        head, prefix_size = chance.choice([code for code in cities if code not in taken]), 4
        others = [code for code in _cities() if code[:2] == head[:2] and code != head] or [head]
        codes = {"province": head[:2] + "0000", "city": head, "city2": chance.choice(others)}
        taken.add(head)
    below = _below(head[:prefix_size])
    codes["county"] = chance.choice([c for c in below if region_name(c).endswith(wanted.county) and c not in taken])
    codes["county2"] = chance.choice([c for c in below if c != codes["county"]])
    codes["far"] = chance.choice(_below(chance.choice([p for p in _WEST if p != head[:2]])))
    towns = dict(zip(("town", "town2"), chance.sample(_towns()[codes["county"]], 2), strict=True))
    taken.add(codes["county"])
    return Place(codes | {slot: code for slot, (code, _) in towns.items()}, {slot: n for slot, (_, n) in towns.items()})


def draw_numbers(wanted: Mapping[str, list[Any]], chance: random.Random) -> dict[str, Decimal]:
    """Numbers by name, in their order: [low, high], [low, high, step], [other, low share, high share], and
    [part, "%", whole] for its percentage."""
    drawn: dict[str, Decimal] = {}
    for name, (first, second, *third) in wanted.items():
        if second == "%":
            share = 100 * drawn[first] / drawn[third[0]]
            drawn[name] = share.quantize(Decimal("0.1"))
        elif isinstance(first, str):
            drawn[name] = Decimal(round(float(drawn[first]) * chance.uniform(second, third[0])))
        else:
            step = Decimal(str(third[0])) if third else Decimal(1)
            steps = int((Decimal(str(second)) - Decimal(str(first))) / step)
            drawn[name] = Decimal(str(first)) + step * chance.randint(0, steps)
    return drawn


def print_number(value: Decimal, form: str = "") -> tuple[str, Decimal]:
    """A number as printed, and what the print is worth.

    Args:
        form: "" plain; `,` with thousands; 万 or 亿 with one decimal; 十 百 千 cut to whole ones (`百+`: the
            next); 汉 in Chinese.

    >>> print_number(Decimal(12437), "万"), print_number(Decimal(2481), "百+"), print_number(Decimal(36), "汉")
    (('1.2万', Decimal('12000')), ('2500', Decimal('2500')), ('三十六', Decimal('36')))
    """
    if form in ("万", "亿"):
        size = Decimal(10_000 if form == "万" else 100_000_000)
        short = (value / size).quantize(Decimal("0.1"), ROUND_FLOOR).normalize()
        return f"{short:f}{form}", short * size
    if form == "汉":
        return write_number(int(value)), value
    if form:
        size = Decimal(_MAGNITUDES.get(form[0], 1))
        value = (value / size).to_integral_value(ROUND_CEILING if form.endswith("+") else ROUND_FLOOR) * size
    text = f"{value:,f}" if form == "," else f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text), value


@cache
def _rows() -> list[dict[str, str]]:
    return [row for row in read_csv("regions.csv") if not row["last"]]


@cache
def _shorts() -> dict[str, str]:
    return {row["adcode"]: (row["short"].split() or [row["name"]])[0] for row in _rows()}


@cache
def _below(prefix: str) -> list[str]:
    return [
        row["adcode"]
        for row in _rows()
        if row["level"] == "county" and row["adcode"].startswith(prefix) and 2 < len(row["name"]) < 5
        and row["name"] not in ("城区", "郊区", "矿区", "市辖区") and len(_towns().get(row["adcode"], ())) > 1
    ]  # fmt: skip


@cache
def _cities() -> list[str]:
    return [
        row["adcode"]
        for row in _rows()
        if row["level"] == "city" and row["name"].endswith("市") and len(row["name"]) < 5
        and row["adcode"][:2] not in ("66", "71", "81", "82") and len(_below(row["adcode"][:4])) > 2
    ]  # fmt: skip


@cache
def _towns() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in read_csv("towns.csv"):
        if row["name"].endswith(("镇", "乡")) and 2 < len(row["name"]) < 5:
            found.setdefault(row["code"][:6], []).append((row["code"], row["name"]))
    return found
