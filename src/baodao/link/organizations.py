"""Where an organization belongs, and its full form: after regions are linked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.regions import region_name

__all__ = ["place_organizations"]


def place_organizations(passages: Sequence[list[Hit]]) -> list[list[Hit]]:
    """The hits of an article's passages with organizations placed.

    `region` is the code of the place that an organization begins with; an elliptic one (省妇联) gets the
    full form that the article prints for the same place and body, else place and body put together.
    """
    placed = [[_place(hit, hits) for hit in hits] for hits in passages]
    named = {
        (hit.region, _body(hit, hits)): hit.name
        for hits in placed
        for hit in hits
        if isinstance(hit, NameHit) and hit.kind == "organization" and hit.form == "named" and hit.region
    }
    return [[_complete(hit, hits, named) for hit in hits] for hits in placed]


def _inner(hit: NameHit, hits: Sequence[Hit]) -> list[RegionHit]:
    return [h for h in hits if isinstance(h, RegionHit) and hit.start <= h.start and h.end <= hit.end]


def _place(hit: Hit, hits: Sequence[Hit]) -> Hit:
    if not isinstance(hit, NameHit) or hit.kind != "organization":
        return hit
    places = [place for place in _inner(hit, hits) if place.adcode and place.level != "country"]
    return replace(hit, region=places[-1].adcode) if places else hit


def _body(hit: NameHit, hits: Sequence[Hit]) -> str:
    places = _inner(hit, hits)
    return hit.name[places[-1].end - hit.start :] if places else hit.name


def _complete(hit: Hit, hits: Sequence[Hit], named: dict[tuple[str, str], str]) -> Hit:
    if not isinstance(hit, NameHit) or hit.kind != "organization" or hit.form != "elliptic" or not hit.region:
        return hit
    body = _body(hit, hits)
    return replace(hit, name=named.get((hit.region, body)) or region_name(hit.region) + body)
