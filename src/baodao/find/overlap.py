"""Which of two clashing hits stays: numbers and times compete, names swallow the numbers inside them.

In: the hits of all finders on one passage. Out: those that stay, by place. Names themselves nest: the 湖北省
of 湖北省妇联 stays a region inside the organization.
"""

from __future__ import annotations

from collections.abc import Iterable

from baodao.records.light import Hit, NameHit, QuantityHit, RegionHit, TimeHit

__all__ = ["settle"]


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """Hits by place. Of numbers and times that overlap the longest stays, of equals the time; a number
    that lies wholly inside a longer name goes.

    >>> year, duration = TimeHit("time", 0, 5, ""), QuantityHit("duration", 0, 5, "")
    >>> city, number = RegionHit("region", 8, 11, ""), QuantityHit("count", 8, 9, "")
    >>> settle([number, city, duration, year]) == [year, city]
    True
    """
    ordered = sorted(hits, key=lambda hit: (hit.start, -hit.end, isinstance(hit, QuantityHit)))
    kept: list[Hit] = []
    rival = -1  # where in `kept` the last number or time stands
    name_end = 0
    for hit in ordered:
        if isinstance(hit, NameHit | RegionHit):
            name_end = max(name_end, hit.end)
        elif isinstance(hit, QuantityHit | TimeHit):
            if isinstance(hit, QuantityHit) and hit.end <= name_end:
                continue
            if rival >= 0 and hit.start < kept[rival].end:
                if hit.end - hit.start <= kept[rival].end - kept[rival].start:
                    continue
                del kept[rival]
            rival = len(kept)
        kept.append(hit)
    return kept
