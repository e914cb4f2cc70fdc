"""Where an organization belongs, and its full form: after regions are linked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.regions import region_name

__all__ = ["place_organizations"]


def place_organizations(passages: Sequence[list[Hit]]) -> list[list[Hit]]:
    """The hits of an article's passages with organizations placed.

    `region` is the code of the place that an organization begins with; an elliptic one (省妇联) gets the
    full form that the article prints for the same place and body, else place and body put together.
    """
    read = [_read(hits) for hits in passages]
    named = {
        (seen.region, seen.body): seen.hit.name
        for found in read
        for seen in found.values()
        if seen.hit.form == "named" and seen.region
    }
    return [
        [_placed(found[id(hit)], named) if id(hit) in found else hit for hit in hits] if found else hits
        for hits, found in zip(passages, read, strict=True)
    ]


class _Seen(NamedTuple):
    """An organization with the places printed in its name."""

    hit: NameHit
    region: str | None  # code of the place it belongs to
    body: str  # its name behind the place


def _read(hits: Sequence[Hit]) -> dict[int, _Seen]:
    """The organizations of a passage by the id of their hits."""
    places = [hit for hit in hits if isinstance(hit, RegionHit)]
    starts = [place.start for place in places]
    found: dict[int, _Seen] = {}
    for hit in hits:
        if isinstance(hit, NameHit) and hit.kind == "organization":
            near = places[bisect_left(starts, hit.start) : bisect_left(starts, hit.end)]
            inner = [place for place in near if place.end <= hit.end]
            codes = [place.adcode for place in inner if place.adcode and place.level != "country"]
            body = hit.name[inner[-1].end - hit.start :] if inner else hit.name
            found[id(hit)] = _Seen(hit, codes[-1] if codes else hit.region, body)
    return found


def _placed(seen: _Seen, named: dict[tuple[str, str], str]) -> NameHit:
    hit, region, name = seen.hit, seen.region, seen.hit.name
    if hit.form == "elliptic" and region:
        name = named.get((region, seen.body)) or region_name(region) + seen.body
    return NameHit(hit.kind, hit.start, hit.end, hit.rule, name, region, hit.title, hit.form)
