"""Which region a quantity is about: an option for each place around it, for what a list of places has in common, and
none.

A place speaks for itself by where it stands and what stands around it (安徽|250吨, 运往|湖北), by how often and where
the article names it, and by what the number before had.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from baodao.link.choice import Chooser, Evidence, Tables
from baodao.link.features import unit_class
from baodao.link.scope import Scope, Seen
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence
from baodao.link.words import words
from baodao.records.light import Link, QuantityHit, RegionHit
from baodao.text.gazetteer import COUNTRY

__all__ = ["choose_region"]

_WORLD = re.compile("全球|世界|国际|各国|海外|境外")
_REGIONS = frozenset("省市县区州旗镇乡村")  # what counts regions lies in a larger one: 新疆22个县
_FAR = frozenset(["paragraph", "article", "headline"])


def choose_region(scope: Scope, sentence: Sentence, k: int, thing: Thing, choose: Chooser) -> tuple[Link, float]:
    """The region that the number is about."""
    quantity, tables, last = sentence.quantity(k), choose.tables("region"), scope.last.get("region")
    seen = scope.seen("region", sentence.span, quantity)
    inner = sentence.place(thing.run) if thing.run else (quantity.start, quantity.end)
    counted, since = _counted(scope.passage.text, quantity, inner), scope.since("region", sentence.span, quantity.start)
    world = _WORLD.search(scope.passage.text, sentence.span[0], quantity.start) is not None
    near, unit = min([where for _, where, _ in seen].count("clause"), 3), unit_class(quantity)
    options = []
    for place in seen:
        hit, where, rank = place
        assert isinstance(hit, RegionHit)
        code = hit.adcode or ""
        touches = "Q" if hit.end == quantity.start else "thing" if hit.end == inner[0] else ""
        inside = inner[0] <= hit.start and hit.end <= inner[1]
        speaks = (
            _stands(scope, sentence, quantity, place, tables)
            + tables[_form][where, hit.form, hit.level, counted, touches]
            + tables[_named][where, code == scope.top, code in scope.headed, bool(scope.headed), scope.codes[code]]
            + tables[_kept][where, since, "" if last is None else str(code == last), _nested(code, last)]
            + tables[_setting][where, rank, unit, near, world, inside, hit.start in scope.listed]
        )
        options.append((speaks, (hit, code, where)))
    kept = "" if last is None else str(bool(last))
    none = (
        tables[_none][seen[0].where if seen else "none", kept, since, len(scope.codes), bool(scope.headed)]
        + tables[_none_of][quantity.kind, unit, counted, near, world, seen[0].where if seen else "none"]
    )  # fmt: skip
    return scope.pick("region", quantity, options, none, choose)


def _counted(text: str, quantity: QuantityHit, thing: tuple[int, int]) -> str:
    """The kind of region that is counted, if any is: 县 of 16个藏区县."""
    tail = text[thing[1] - 1] if quantity.unit in ("", "个", "多个") else quantity.unit[-1]
    return tail if tail in _REGIONS else ""


def _stands(scope: Scope, sentence: Sentence, quantity: QuantityHit, place: Seen, tables: Tables) -> Evidence:
    """What speaks for a place by where it stands: how near, what is around it, whether a clause begins with it, and
    how many semicolons part it from the quantity."""
    hit, where, rank = place
    text, start, end = scope.text_of(hit), hit.start, hit.end
    goal = text.endswith(_movers(), 0, start)
    country = isinstance(hit, RegionHit) and hit.adcode == COUNTRY and text[start:end]
    evidence = (
        tables[_near][where, rank, goal, country]
        + tables[_before][where, text[max(start - 1, 0) : start]]
        + tables[_after][where, text[end : end + 1]]
    )
    if where in _FAR:
        return evidence + tables[_back][where, scope.back(start, quantity.start, where)]
    token = bisect_right(sentence.starts, start) - 1
    begin = scope.begins.get(start, start)
    opens = begin == sentence.span[0] or text[begin - 1] in ",;:。\n"
    semicolons = text.count(";", end, quantity.start)
    return (
        evidence
        + tables[_token][where, sentence.tokens[token].tag, sentence.classes[token + 1], opens]
        + tables[_opens][where, opens, semicolons, goal, start <= sentence.span[0] + 2]
    )


@cache
def _movers() -> tuple[str, ...]:
    return tuple(words("mover"))


def _nested(code: str, kept: str | None) -> str:
    """How a code lies to the one kept from the last quantity: in, out, same or apart."""
    if not code or not kept:
        return ""
    a, b = code.rstrip("0"), kept.rstrip("0")
    return "same" if a == b else "in" if a.startswith(b) else "out" if b.startswith(a) else "apart"


def _near(where: str, rank: int, goal: bool, country: str | bool) -> Sequence[str]:
    return (
        f"where={where}", f"where,rank={where},{rank}", f"goal={goal},{where}", f"goal={goal},{where},{rank}",
        f"country={country is not False},{where},{rank}", f"word={country}",
    )  # fmt: skip


def _before(where: str, char: str) -> Sequence[str]:
    return (f"before={char},{where}",)


def _after(where: str, char: str) -> Sequence[str]:
    return (f"after={char},{where}",)


def _back(where: str, back: int) -> Sequence[str]:
    return (f"back={back},{where}",)


def _token(where: str, tag: str, following: str, opens: bool) -> Sequence[str]:
    return (f"token={tag},{where}", f"next={following},{where}", f"opens,next={opens},{following}")


def _opens(where: str, opens: bool, semicolons: int, goal: bool, first: bool) -> Sequence[str]:
    apart = min(semicolons, 2)
    return (
        f"opens={opens},{where}", f"apart={apart},{where}", f"opens,apart={opens},{apart}",
        f"goal,opens={goal},{opens}", f"first={first},{where}",
    )  # fmt: skip


def _form(where: str, form: str, level: str, counted: str, touches: str) -> Sequence[str]:
    return (
        f"form={form},{where}", f"level={level},{where}", f"touches={touches}", f"counted={counted},{level},{touches}",
    )  # fmt: skip


def _named(where: str, top: bool, headed: bool, heads: bool, count: int) -> Sequence[str]:
    return (f"top={top},{where}", f"head={headed},{where},{heads}", f"count={min(count, 4)},{where}")


def _kept(where: str, since: str, kept: str, nested: str) -> Sequence[str]:
    return (
        f"kept={kept},{where}", f"kept,since={kept},{where},{since}", f"nested={nested},{where}",
        f"nested,since={nested},{since}",
    )  # fmt: skip


def _setting(where: str, rank: int, unit: str, near: int, world: bool, inside: bool, listed: bool) -> Sequence[str]:
    return (
        f"unit={unit},{where}", f"near={near},{where},{rank}", f"world={world},{where}", f"inside={inside},{where}",
        f"listed={listed},{where}",
    )  # fmt: skip


def _none(nearest: str, kept: str, since: str, count: int, heads: bool) -> Sequence[str]:
    return (
        f"none nearest={nearest}", f"none kept={kept},{nearest}", f"none kept,since={kept},{since}",
        f"none count={min(count, 4)},{nearest}", f"none head={heads},{nearest}",
    )  # fmt: skip


def _none_of(kind: str, unit: str, counted: str, near: int, world: bool, nearest: str) -> Sequence[str]:
    return (
        f"none kind={kind}", f"none unit={unit}", f"none counted={counted}", f"none near={near}",
        f"none world={world},{nearest}",
    )  # fmt: skip
