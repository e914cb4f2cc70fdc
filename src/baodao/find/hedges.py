"""Hedges beside a number: 约 近 超 不足 … before it, 左右 以上 … behind it, and the bound each sets.

The list is `data/hedges.csv`, whose `source` column says on which word of FACTS.md a row rests; bound "none"
marks words that only end like a hedge (节约).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from baodao.resources import read_csv

__all__ = ["Hedge", "hedge_after", "hedge_before", "hedge_ends", "hedge_starts", "hedge_verb", "verb_ends"]


class Hedge(NamedTuple):
    """A hedge in a text and the bound it sets."""

    start: int
    end: int
    bound: str


@cache
def _table(side: str) -> dict[str, str]:
    return {row["word"]: row["bound"] for row in read_csv("hedges.csv") if row["side"] == side}


@cache
def hedge_ends() -> frozenset[str]:
    """The last characters of hedges that stand before a number."""
    return frozenset(word[-1] for word in _table("before"))


@cache
def hedge_starts() -> frozenset[str]:
    """The first characters of hedges that stand behind a number."""
    return frozenset(word[0] for word in _table("after"))


@cache
def _sizes(side: str) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in _table(side)}, reverse=True))


def hedge_before(text: str, at: int) -> Hedge | None:
    """The hedge that ends right before `at`; two may stand together (大约近)."""
    table = _table("before")
    if text[at - 1 : at] not in hedge_ends():
        return None
    for size in _sizes("before"):
        word = text[max(at - size, 0) : at]
        if len(word) == size and word in table and not (word == "过" and _is_particle(text, at)):
            return Hedge(at - size, at, table[word]) if table[word] != "none" else None
    return None


def _is_particle(text: str, at: int) -> bool:
    """过 is a hedge before large or relative numbers (过六成), else the tail of a verb (经过三次)."""
    return text[at - 2 : at - 1] in ("经", "通", "越", "度", "走") or not any(
        c in "成半%百千万亿" for c in text[at : at + 6]
    )


_VERBS = ("突破", "突破了", "跌破", "约", "大约", "近", "超", "超了", "超过", "超过了", "不足", "不到", "至少", "逾")
_COPULAS = ("", "为", "有", "占", "达", "达到", "是", "总数的", "减少", "增加", "增长", "下降")
_VERB = re.compile(
    r"(突破了?|跌破|(?<![节预签合公条简制违契履解续毁邀相])约|大约|(?<![最附临邻靠亲远])近|超过?了?|不足|不到|至少|逾)"
    rf"(?:{'|'.join(filter(None, _COPULAS))})?$"
)


@cache
def verb_ends() -> dict[str, tuple[str, ...]]:
    """By last character, what ends a verb that sets a bound (超过了, 约为); more may end so than does."""
    table: dict[str, list[str]] = {}
    for verb in _VERBS:
        for copula in _COPULAS:
            table.setdefault((verb + copula)[-1], []).append(verb + copula)
    return {last: tuple(ends) for last, ends in table.items()}


def hedge_verb(text: str, at: int) -> str:
    """The bound that a verb before the number sets, though it lies outside the span: 突破8000元, 约为93%.

    >>> hedge_verb("已突破8000元", 3), hedge_verb("约为93%", 2), hedge_verb("共93户", 1)
    ('over', 'about', 'exact')
    """
    ends = verb_ends().get(text[at - 1 : at])
    if ends is None or not text.endswith(ends, max(at - 8, 0), at):
        return "exact"
    found = _VERB.search(text, max(at - 8, 0), at)
    if found is None:
        return "exact"
    word = found[1].removesuffix("了")
    return {"突破": "over", "跌破": "under"}.get(word) or _table("before").get(word, "exact")


def hedge_after(text: str, at: int) -> Hedge | None:
    """The hedge that begins at `at`."""
    table = _table("after")
    for size in _sizes("after"):
        word = text[at : at + size]
        if len(word) == size and word in table:
            return Hedge(at, at + size, table[word])
    return None
