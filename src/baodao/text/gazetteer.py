"""The gazetteer: names → places, places → parents, years and successors.

In: `data/regions.csv` (provinces, cities and counties since 1981), read at the first look-up; `data/towns.csv`
and `data/villages.bin`, of which only the counties asked for are opened.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_left
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from baodao.resources import read_bytes, read_csv, read_rows

__all__ = ["COUNTRY", "Gazetteer", "Place", "gazetteer", "level_of", "parent_code", "path_codes"]

COUNTRY = "100000"
_LEVELS = {9: "township", 12: "village"}
_TODAY = 9999
_KEPT = 1000  # counties whose towns and villages stay open, some 5 kB each


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
        self.places: dict[str, tuple[Place, ...]] = {}  # by code; names of one code by year
        self.names: dict[str, tuple[str, ...]] = {}  # full and short names → codes
        self.full: set[str] = set()
        kept: dict[str, str] = {}  # each text once
        for code, name, level, first, last, successors, short in read_rows("regions.csv"):
            code, name, level = kept.setdefault(code, code), kept.setdefault(name, name), kept.setdefault(level, level)
            words = tuple([kept.setdefault(word, word) for word in short.split()])
            place = Place(code, name, level, int(first), int(last or _TODAY), tuple(successors.split()), words)
            self.places[code] = (*self.places.get(code, ()), place)
            self.full.add(name)
            for word in (name, *words):
                self._add_name(word, code)
        for row in read_csv("region_aliases.csv"):
            self._add_name(row["alias"], row["adcode"])
        self.places[COUNTRY] = (Place(COUNTRY, "中国", "country"),)
        self._words = list(self.names)
        self._begin = {name[:2] for name in self.full}
        self._automaton = AhoCorasick(
            self._words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
        )

    def _add_name(self, word: str, code: str) -> None:
        codes = self.names.get(word, ())
        if code not in codes:
            self.names[word] = (*codes, code)

    def matches(self, text: str) -> list[tuple[str, int, int]]:
        """Names in `text` as (name, start, end), leftmost and longest; a full name that begins inside a
        short one wins (和|龙华区, not 和龙)."""
        out = []
        done = 0
        for k, start, end in self._automaton.find_matches_as_indexes(text):
            if start < done:
                continue
            word = self._words[k]
            if word not in self.full and self._may_begin(text, start + 1, end) and not self._nests(word, text, end):
                for begin in range(start + 1, end):
                    if text[begin : begin + 2] not in self._begin:
                        continue
                    words = (text[begin:e] for e in range(end + 4, end, -1))
                    longer = next((found for found in words if found in self.full), "")
                    if longer:
                        word, start, end = longer, begin, begin + len(longer)
                        break
            out.append((word, start, end))
            done = end
        return out

    def _may_begin(self, text: str, start: int, end: int) -> bool:
        """Whether a full name may begin in `[start, end)`."""
        if end - start == 1:
            return text[start : start + 2] in self._begin
        return any(text[begin : begin + 2] in self._begin for begin in range(start, end))

    def _nests(self, word: str, text: str, end: int) -> bool:
        """Whether the full name of a region that lies in `word` follows it: 信阳|新县, not 信|阳新县."""
        if text[end : end + 2] not in self._begin:
            return False
        following = next((w for e in range(end + 5, end + 1, -1) if (w := text[end:e]) in self.full), "")
        return any(c in path_codes(inner)[:-1] for inner in self.names.get(following, ()) for c in self.names[word])

    def get(self, adcode: str, year: int = _TODAY) -> Place | None:
        """The place of a code, under the name it had in `year` (else the nearest)."""
        if len(adcode) > 6:
            return self.inside(adcode[:6]).by_code.get(adcode)
        named = self.places.get(adcode)
        return min(named, key=lambda place: _years_off(place, year)) if named else None

    @staticmethod
    @lru_cache(maxsize=16384)
    def off(adcode: str, name: str, year: int) -> int:
        """How many years `year` is away from the time when `adcode` was called `name`."""
        places = gazetteer().places[adcode]
        named = [p for p in places if name == p.name or name in p.short] or places
        return min(_years_off(place, year) for place in named)

    @staticmethod
    @lru_cache(maxsize=_KEPT)
    def inside(county: str) -> Inner:
        """Towns and villages of a county, or of all of a prefecture (its first four digits)."""
        return Inner(county)


class Inner:
    """Towns and villages of one county or prefecture, by name and by code.

    Both codes of a town are kept: `adcode` is the one of the ministry of civil affairs, `other` the one of the
    statistics bureau where it differs; villages have the bureau's code alone.
    """

    def __init__(self, county: str) -> None:
        self._county = county
        self._lines = _town_lines(county)  # code,name,other

    def __bool__(self) -> bool:
        """Whether any town is known."""
        return bool(self._lines)

    @cached_property
    def towns(self) -> dict[str, tuple[str, ...]]:
        """The codes of the towns, by name."""
        towns: dict[str, tuple[str, ...]] = {}
        for code, name, _ in self._rows():
            towns[name] = (*towns.get(name, ()), code)
        return towns

    def ends_town(self, two: str) -> bool:
        """Whether a town's name ends with two characters; asked first, since most texts end otherwise."""
        return f"{two}," in self._lines

    def ends_village(self, three: str) -> bool:
        """Whether a village's name ends with three characters."""
        key = f"{three}\n"
        return any(key in _villages(county) for county in _counties(self._county))

    def ending_at(self, text: str, end: int, longest: int = 12) -> tuple[int, tuple[str, ...]]:
        """Where the longest name that ends at `end` begins, and its codes; (end, ()) if there is none."""
        if self.ends_town(text[max(end - 2, 0) : end]):
            for start in range(max(0, end - longest), end - 1):
                if text[start:end] in self.towns:
                    return start, self.towns[text[start:end]]
        return self._village_at(text, end, longest)

    def villages_named(self, name: str) -> tuple[str, ...]:
        """The codes of the villages of exactly that name."""
        codes: list[str] = []
        key = f"{name}\n"
        for county in _counties(self._county):
            block = _villages(county)
            at = block.find(key)
            while at >= 0:
                if at > 3 and block[at - 4] == "\n":
                    mark = block.rfind("\n=", 0, at) + 2
                    codes.append(block[mark : mark + 9] + block[at - 3 : at])
                at = block.find(key, at + 1)
        return tuple(codes)

    def _village_at(self, text: str, end: int, longest: int) -> tuple[int, tuple[str, ...]]:
        best: tuple[int, tuple[str, ...]] = (end, ())
        # names of two characters (李村) are asked for by `villages_named`, right behind their county
        key = text[max(end - (4 if text.endswith("社区", 0, end) else 3), 0) : end] + "\n"
        for county in _counties(self._county):
            block = _villages(county)
            at = block.find(key)
            while at >= 0:
                name = block.rfind("\n", 0, at) + 4
                start = end - (at + len(key) - 1 - name)
                if (
                    name <= at
                    and end - longest <= start <= best[0]
                    and start >= 0
                    and text.startswith(block[name:at], start)
                ):
                    mark = block.rfind("\n=", 0, name - 3) + 2
                    code = block[mark : mark + 9] + block[name - 3 : name]
                    best = start, (*best[1], code) if start == best[0] else (code,)
                at = block.find(key, at + 1)
        return best

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """Places by either of their codes."""
        places = {}
        for code, name, other in self._rows():
            place = Place(code, name, _LEVELS[len(code)], other=other)
            places[code] = place
            if other:
                places.setdefault(other, place)
        for county in _counties(self._county):
            town = ""
            for line in _villages(county).split("\n"):
                if line.startswith("="):
                    town = line[1:]
                elif line:
                    places[town + line[:3]] = Place(town + line[:3], line[3:], _LEVELS[12])
        return places

    def _rows(self) -> list[list[str]]:
        return [line.split(",") for line in self._lines.splitlines()]


@cache
def _town_bytes() -> bytes:
    return read_bytes("towns.csv")


def _town_lines(prefix: str) -> str:
    """The lines of `towns.csv` whose code begins with `prefix`: by bisection, the file is sorted."""
    content, wanted = _town_bytes(), prefix.encode()
    start = _line_from(content, wanted)
    end = _line_from(content, wanted + b"~")
    return content[start:end].decode("utf-8")


def _line_from(content: bytes, wanted: bytes) -> int:
    """Where the first line that sorts at or behind `wanted` begins; the heading is left out."""
    low, high = content.index(b"\n") + 1, len(content)
    while low < high:
        middle = (low + high) // 2
        line = max(content.rfind(b"\n", low, middle) + 1, low)
        if content[line : line + len(wanted)] < wanted:
            low = content.index(b"\n", line) + 1
        else:
            high = line
    return low


@cache
def _village_index() -> tuple[bytes, tuple[str, ...], tuple[int, ...]]:
    """The packed file, its counties, and where each block begins (and the last ends)."""
    content = read_bytes("villages.bin")
    count = int.from_bytes(content[:4], "big")
    entries = list(struct.iter_unpack(">6sI", content[4 : 4 + 10 * count]))
    return content, tuple(code.decode() for code, _ in entries), (*(at for _, at in entries), len(content))


def _counties(prefix: str) -> tuple[str, ...]:
    """The counties with villages that begin with `prefix`; a whole code is its own."""
    if len(prefix) == 6:
        return (prefix,)
    codes = _village_index()[1]
    return codes[bisect_left(codes, prefix) : bisect_left(codes, prefix + "~")]


@lru_cache(maxsize=_KEPT)
def _villages(county: str) -> str:
    """The lines of one county, between line feeds; "" if it has none."""
    content, codes, starts = _village_index()
    k = bisect_left(codes, county)
    if k == len(codes) or codes[k] != county:
        return ""
    return zlib.decompress(content[starts[k] : starts[k + 1]]).decode("utf-8")


def _years_off(place: Place, year: int) -> int:
    return max(place.first - year, year - place.last, 0)


@lru_cache(maxsize=16384)
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
