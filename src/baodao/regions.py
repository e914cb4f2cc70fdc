"""Administrative regions of China, by code and by name.

>>> get("420606").path
('湖北省', '襄阳市', '樊城区')
>>> [region.adcode for region in search("樊城")]
['420606']
"""

from __future__ import annotations

from dataclasses import dataclass

from baodao.text.gazetteer import gazetteer, parent_code, path_codes

__all__ = ["Region", "get", "region_name", "region_path", "search"]


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
        """Whether `other` lies in this region, or is it.

        >>> get("420000").contains("420606")
        True
        """
        code = other if isinstance(other, str) else other.adcode
        return self.level == "country" or self.adcode in path_codes(code)


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
