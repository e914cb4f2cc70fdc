"""Administrative regions of China, by code and by name.

>>> get("420606").path
('湖北省', '襄阳市', '樊城区')
>>> [region.adcode for region in search("樊城")]
['420606']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from baodao.text.gazetteer import COUNTRY, gazetteer, parent_code, path_codes

__all__ = ["Region", "get", "region_name", "region_path", "region_within", "search"]


@dataclass(frozen=True, slots=True)
class Region:
    """A region under one name.

    Attributes:
        adcode: six digits; nine for a town, twelve for a village.
        level: country province city county township village.
        first, last: years in force; `last` is None if it still is. 0: not known (towns, villages).
        successors: codes of what came after.
    """

    adcode: str
    name: str
    level: str
    first: int = 0
    last: int | None = None
    successors: tuple[str, ...] = ()

    @property
    def parent(self) -> Region | None:
        """The region it lies in; None for the country."""
        return get(above) if (above := parent_code(self.adcode)) else None

    @property
    def path(self) -> tuple[str, ...]:
        """Names from the province down."""
        return region_path(self.adcode)

    def contains(self, other: Region | str) -> bool:
        """Whether `other` lies in this region, or is it; see `region_within`.

        >>> get("420000").contains("420606")
        True
        """
        return region_within(other if isinstance(other, str) else other.adcode, self.adcode)


def get(adcode: str, year: int = 9999) -> Region:
    """The region of a code, under the name it has today (or had in `year`).

    Raises:
        KeyError: there is none.
    """
    place = gazetteer().get(adcode, year)
    if place is None:
        raise KeyError(f"no region has the code {adcode!r}")
    last = None if place.last == 9999 else place.last
    return Region(place.adcode, place.name, place.level, place.first, last, place.successors)


def search(name: str) -> tuple[Region, ...]:
    """Every region of that name, full or short, largest and present ones first.

    >>> [region.path[:2] for region in search("鼓楼区")][:2]
    [('江苏省', '南京市'), ('江苏省', '徐州市')]
    """
    found = []
    for code in gazetteer().names.get(name, ()):
        year = max((p.last for p in gazetteer().places[code] if name in (p.name, *p.short)), default=9999)
        found.append(get(code, year))
    order = ("country", "province", "city", "county")
    return tuple(sorted(found, key=lambda r: (order.index(r.level), r.last is not None, r.adcode)))


@lru_cache(maxsize=1 << 16)
def region_within(adcode: str, outer: str) -> bool:
    """Whether a region is `outer` or lies in it, by its own code or today; an abolished one lies where all that came
    after it lies. "" lies in itself alone.

    >>> region_within("512222", "510000"), region_within("512222", "500000")  # a part of Sichuan until 1997
    (True, True)
    >>> region_within("341421", "340100"), region_within("341421", "340200")  # 庐江 came to 合肥
    (True, False)
    """
    if not adcode or not outer or adcode == outer:
        return adcode == outer
    if outer == COUNTRY or outer in path_codes(adcode):
        return True
    after = _present(adcode) - {adcode}
    return bool(after) and all(outer in path_codes(code) for code in after)


def _present(adcode: str) -> set[str]:
    """The codes in force of what came after a region; its own while it is in force."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [adcode]
    while waiting:
        code = waiting.pop()
        place = gazetteer().get(code)
        if place is None or code in seen:
            continue
        seen.add(code)
        if place.last == 9999:
            found.add(code)
        else:
            waiting.extend(place.successors)
    return found


def region_name(adcode: str) -> str:
    """Official name; "" if there is no such code.

    >>> region_name("420606")
    '樊城区'
    """
    place = gazetteer().get(adcode)
    return place.name if place else ""


def region_path(adcode: str) -> tuple[str, ...]:
    """Official names from the province down; () if there is no such code."""
    if not region_name(adcode):
        return ()
    return tuple(region_name(code) for code in path_codes(adcode))
