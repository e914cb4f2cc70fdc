"""The fullest form of each program's name in an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from baodao.records.light import Hit, NameHit

__all__ = ["complete_programs"]

_CORE = re.compile(r"[“「\"]([^”」\"]+)[”」\"]")


def complete_programs(passages: Sequence[list[Hit]]) -> list[list[Hit]]:
    """The hits of an article's passages; programs carry the longest name that the article prints for them.

    Names of a user's own list stay as they are. Two names are one program's if the quoted core of one stands in the
    core of the other: “微光” and “微光”助学行动, “春风计划” and “春风计划 圆梦”行动; or if one is made of characters of
    the other: 进博会.
    """
    known = {h.name for hits in passages for h in hits if isinstance(h, NameHit) and h.rule == "program.own"}
    names = {h.name for hits in passages for h in hits if isinstance(h, NameHit) and h.kind == "program"}
    longer = {name: full for name in names - known if (full := _fullest(name, names)) != name}
    if not longer:
        return list(passages)
    return [
        [
            replace(h, name=longer[h.name])
            if isinstance(h, NameHit) and h.kind == "program" and h.name in longer
            else h
            for h in hits
        ]
        for hits in passages
    ]


def _fullest(name: str, names: set[str]) -> str:
    """The longest name for the same program; the name itself where two different ones would do (进博会)."""
    core = _core(name)
    if core != name:  # quoted
        same = [other for other in names if len(core) >= 2 and core in _core(other)]
        return max(same, key=lambda n: (len(n), n), default=name)
    longer = [other for other in names if other != name and (other.endswith(name) or _abbreviates(name, other))]
    longest = max(longer, key=lambda n: (len(n), n), default=name)
    return longest if all(longest.endswith(other) for other in longer) else name


def _abbreviates(short: str, name: str) -> bool:
    """Whether a fair or contest goes by characters of its name: 进博会, 首届中国国际进口博览会."""
    if not 3 <= len(short) <= 4 or short[-1] not in "会节赛展" or len(name) < len(short) + 3 or name[-1] != short[-1]:
        return False
    at = -1
    for char in short:
        at = name.find(char, at + 1)
        if at < 0:
            return False
    return True


def _core(name: str) -> str:
    found = _CORE.search(name)
    return found[1] if found else name
