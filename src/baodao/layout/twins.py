"""Fragments that say again what another one says: boxes with sentences of their article, paragraphs printed twice.

In: the fragments of a page. Out: for those with a twin near by, which of the two they are. Clauses are compared
by their first characters, so a page costs one pass; only fragments that share a clause are looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from baodao.layout.lines import Chunk

__all__ = ["find_twins", "repeated"]

_CLAUSE = re.compile("[^，,。]{6,}")
_MARK = 6  # characters of a clause that are compared
_AROUND = 15  # fragments between twins
_LEAST = 12  # characters of a fragment that can be a twin
_SHINGLE = 6
_SAME = 0.5  # share of the shingles of the shorter one that stand in the longer one
_WHOLE, _MOST = 0.9, 0.7
_EVEN = 0.93  # ratio of lengths from which on twins count as equal


def find_twins(chunks: Sequence[Chunk]) -> dict[int, str]:
    """For each fragment with a twin, which it is.

    "short-whole" "short-most" "short-half": that share of it is a piece of the other one; "long": holds the other;
    "first" "second": both are equal.
    """
    marks = [[clause[:_MARK] for clause in _CLAUSE.findall(chunk.text)] for chunk in chunks]
    every = list(chain.from_iterable(marks))
    if len(set(every)) == len(every):
        return {}
    where: dict[str, int] = {}
    pairs: set[tuple[int, int]] = set()
    for k, chunk in enumerate(chunks):
        if len(chunk.text) < _LEAST:
            continue
        for mark in marks[k]:
            other = where.get(mark, k)
            if other != k and k - other <= _AROUND:
                pairs.add((other, k))
            where[mark] = k
    out: dict[int, str] = {}
    for i, k in sorted(pairs):
        first, second = chunks[i].text, chunks[k].text
        short, long = sorted((first, second), key=len)
        share = repeated(short, long, _SHINGLE)
        if share < _SAME:
            continue
        whole = "whole" if share > _WHOLE else "most" if share > _MOST else "half"
        if len(short) >= _EVEN * len(long):
            out.setdefault(i, "first")
            out.setdefault(k, "second")
        else:
            pair = ("short-" + whole, "long")
            out[i], out[k] = pair if len(first) < len(second) else (pair[1], pair[0])
    return out


def repeated(text: str, other: str, size: int) -> float:
    """The share of the n-grams of `text` that stand in `other`.

    >>> repeated("三座新桥", "河湾镇三座新桥通车", 2)
    1.0
    """
    count = len(text) - size + 1
    return sum(text[i : i + size] in other for i in range(count)) / count if count > 0 else 0.0
