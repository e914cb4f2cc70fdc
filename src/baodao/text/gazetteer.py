"""The gazetteer: names → places, places → parents, years and successors.

In: `data/regions.csv` (provinces, cities and counties since 1981), read at the first look-up, and
`data/places.zip` (towns and villages), of which only the prefectures asked for are opened.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from baodao.resources import read_bytes, read_csv

__all__ = ["COUNTRY", "Gazetteer", "Place", "gazetteer", "level_of", "parent_code", "path_codes"]

COUNTRY = "100000"
_LEVELS = {9: "township", 12: "village"}
_TODAY = 9999


class Place(NamedTuple):
    """A region under one name."""

    adcode: str
    name: str
    level: str
    first: int = 0  # first year in force
    last: int = _TODAY  # last year; 9999 if still in force
    successors: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    other: str = ""  # nine digits: the statistics bureau's code, where it differs


class Gazetteer:
    """All regions, by code and by name."""

    def __init__(self) -> None:
        self.places: dict[str, list[Place]] = defaultdict(list)  # by code; names of one code by year
        self.names: dict[str, list[str]] = defaultdict(list)  # full and short names → codes
        self.full: set[str] = set()
        rows = csv.reader(io.StringIO(read_bytes("regions.csv").decode("utf-8"), newline=""))
        next(rows)
        for code, name, level, first, last, successors, short in rows:
            years = int(first), int(last or _TODAY)
            place = Place(code, name, level, *years, tuple(successors.split()), tuple(short.split()))
            self.places[code].append(place)
            self.full.add(name)
            for word in (name, *place.short):
                if code not in (codes := self.names[word]):
                    codes.append(code)
        for row in read_csv("region_aliases.csv"):
            if row["adcode"] not in self.names[row["alias"]]:
                self.names[row["alias"]].append(row["adcode"])
        self.places[COUNTRY] = [Place(COUNTRY, "中国", "country")]
        self._words = list(self.names)
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def matches(self, text: str) -> list[tuple[str, int, int]]:
        """Names in `text` as (name, start, end), leftmost and longest; a full name that begins inside a
        short one wins (和|龙华区, not 和龙)."""
        out = []
        done = 0
        for k, start, end in self._automaton.find_matches_as_indexes(text):
            if start < done:
                continue
            word = self._words[k]
            if word not in self.full:
                for begin in range(start + 1, end):
                    words = (text[begin:e] for e in range(end + 4, end, -1))
                    longer = next((found for found in words if found in self.full), "")
                    if longer:
                        word, start, end = longer, begin, begin + len(longer)
                        break
            out.append((word, start, end))
            done = end
        return out

    def get(self, adcode: str, year: int = _TODAY) -> Place | None:
        """The place of a code, under the name it had in `year` (else the nearest)."""
        if len(adcode) > 6:
            return self.inside(adcode[:6]).by_code.get(adcode)
        named = self.places.get(adcode)
        return min(named, key=lambda place: _years_off(place, year)) if named else None

    def off(self, adcode: str, name: str, year: int) -> int:
        """How many years `year` is away from the time when `adcode` was called `name`."""
        named = [p for p in self.places[adcode] if name == p.name or name in p.short] or self.places[adcode]
        return min(_years_off(place, year) for place in named)

    @staticmethod
    @lru_cache(maxsize=1024)  # a county has some two hundred names
    def inside(county: str) -> Inner:
        """Towns and villages of a county, or of all of a prefecture (its first four digits)."""
        return Inner(county)


class Inner:
    """Towns and villages of one county or prefecture, by name and by code."""

    def __init__(self, county: str) -> None:
        self.by_name: dict[str, tuple[str, ...]] = {}
        text = _prefecture(county[:4])
        start = text.find(f"\n{county}")
        end = text.find("\n", text.rfind(f"\n{county}") + 1)
        self._rows = [line.split(",") for line in text[start + 1 : end].split("\n")] if start >= 0 else []
        names = self.by_name
        for code, name, _ in self._rows:
            names[name] = (*names[name], code) if name in names else (code,)

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """Places by either of their codes."""
        places = {}
        for code, name, other in self._rows:
            place = Place(code, name, _LEVELS[len(code)], other=other)
            places[code] = place
            if other:
                places.setdefault(other, place)
        return places


@cache
def _archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(read_bytes("places.zip")))


@lru_cache(maxsize=64)
def _prefecture(prefix: str) -> str:
    """Lines `code,name,other code` between line feeds, by code."""
    try:
        return f"\n{_archive().read(f'{prefix}.csv').decode('utf-8')}\n"
    except KeyError:
        return ""


def _years_off(place: Place, year: int) -> int:
    return max(place.first - year, year - place.last, 0)


def level_of(adcode: str) -> str:
    """The level that a code shows.

    >>> level_of("420000"), level_of("420600"), level_of("420606"), level_of("420606001")
    ('province', 'city', 'county', 'township')
    """
    if len(adcode) > 6:
        return _LEVELS[len(adcode)]
    if adcode == COUNTRY:
        return "country"
    return "province" if adcode.endswith("0000") else "city" if adcode.endswith("00") else "county"


@cache
def parent_code(adcode: str) -> str:
    """The code of the next region up; "" above the country.

    >>> parent_code("420606"), parent_code("110105"), parent_code("429004")
    ('420600', '110000', '420000')
    """
    if adcode == COUNTRY:
        return ""
    if adcode.endswith("0000") and len(adcode) == 6:
        return COUNTRY
    if len(adcode) > 9:
        return adcode[:9]
    if len(adcode) > 6:
        return adcode[:6] if adcode[:6] in gazetteer().places else adcode[:4] + "00"
    city = adcode[:4] + "00"
    return city if city != adcode and city in gazetteer().places else adcode[:2] + "0000"


@cache
def path_codes(adcode: str) -> tuple[str, ...]:
    """Codes from the province down to `adcode`; the country alone for itself.

    >>> path_codes("420606")
    ('420000', '420600', '420606')
    """
    codes = [adcode]
    while (above := parent_code(codes[0])) not in ("", COUNTRY):
        codes.insert(0, above)
    return tuple(codes)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, built once per process."""
    return Gazetteer()
