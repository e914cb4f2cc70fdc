"""What lies in what: regions by the digits of their codes, times by their ISO text."""

from __future__ import annotations

import re

__all__ = ["region_within", "time_within"]

_POINT = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:]+)?)?)?")


def region_within(code: str, outer: str) -> bool:
    """Whether region `code` is `outer` or lies below it (GB/T 2260 nests by digits).

    >>> region_within("420606", "420000"), region_within("420606102", "420606"), region_within("430100", "420000")
    (True, True, False)
    """
    if not code or not outer:
        return code == outer
    if outer == "100000":
        return True
    if len(outer) == 6:
        while outer.endswith("00"):
            outer = outer[:-2]
    return code.startswith(outer)


def time_within(time: str, outer: str) -> bool:
    """Whether ISO time `time` lies in `outer`; both are points or stretches, as in `Fact.time`.

    >>> time_within("2021-11-19", "2021"), time_within("2021-07/..", "2021"), time_within("2021/2022", "2020/..")
    (True, False, True)

    Times of unknown year (--09-25) lie in themselves alone.
    """
    if time == outer:
        return True
    inner_ends, outer_ends = _ends(time), _ends(outer)
    if inner_ends is None or outer_ends is None:
        return False
    return outer_ends[0] <= inner_ends[0] and inner_ends[1] <= outer_ends[1]


def _ends(time: str) -> tuple[str, str] | None:
    """First and last moment as texts that sort by time; None where it is no such time."""
    first, slash, last = time.partition("/")
    ends = first, (last if slash else first)
    if not all(end == ".." or _POINT.fullmatch(end) for end in ends):
        return None
    low = "" if first == ".." else first + "-01-01"[len(first) - 4 :] if len(first) < 10 else first
    # a 31st that the month has not sorts behind all days it has
    high = "~" if ends[1] == ".." else ends[1] + ("-12-31"[len(ends[1]) - 4 :] if len(ends[1]) < 10 else "") + "~"
    return low, high
