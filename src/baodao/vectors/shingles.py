"""Shingles: which documents share much of their wording, without comparing each with each.

In: texts. Out: pairs of them with how many runs of `LENGTH` letters they share. A text is the set of its shingles,
hashed; every `STEP`-th hash is looked up in an index (sampling by value keeps the same shingles in every text, so
that an excerpt is found in the whole; Manber 1994), and what may be a pair is then counted exactly. The work grows
with the text, not with its square: a shingle that many texts hold links each to its neighbours only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array, triu

__all__ = ["Shared", "compare_wording", "letters_of", "share_wording"]

LENGTH = 8  # letters of a shingle
STEP = 3  # one shingle of so many is looked up
NEIGHBOURS = 64  # texts that one shingle links at most
BLOCK = 4096  # texts whose partners are counted at once
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: spreads code points over all bits
_SIGNS = re.compile(r"[\W_]+")


class Shared(NamedTuple):
    """Two texts by their places, first < second: the share of the shorter one's shingles that the longer one has
    (`overlap`), and of all shingles that both have (`similarity`, Jaccard's)."""

    first: int
    second: int
    overlap: float
    similarity: float


def letters_of(text: str) -> str:
    """The letters and digits of a text: line breaks and punctuation are the typesetter's.

    >>> letters_of("夜校，开班 40 名。")
    '夜校开班40名'
    """
    return _SIGNS.sub("", text).lower()


def share_wording(texts: Sequence[str], threshold: float) -> Iterator[Shared]:
    """Pairs of texts whose overlap is at least `threshold`, by first and second.

    Args:
        texts: their letters; none twice.
        threshold: 0 to 1.
    """
    shingles = [hash_shingles(text) for text in texts]
    for first, second in _candidates(shingles, threshold):
        overlap, similarity = _shares(shingles[first], shingles[second])
        if overlap >= threshold:
            yield Shared(first, second, overlap, similarity)


def compare_wording(one: str, other: str) -> tuple[float, float]:
    """Overlap and similarity of two texts, as in `Shared`.

    >>> compare_wording("社区夜校今晚开班了", "社区夜校今晚开班了")
    (1.0, 1.0)
    """
    return _shares(hash_shingles(one), hash_shingles(other))


def _shares(one: Any, other: Any) -> tuple[float, float]:
    shorter, longer = sorted((one, other), key=len)
    if not len(shorter):
        return 0.0, 0.0
    shared = int((longer[np.minimum(np.searchsorted(longer, shorter), len(longer) - 1)] == shorter).sum())
    return shared / len(shorter), shared / (len(one) + len(other) - shared)


def hash_shingles(text: str) -> Any:
    """The hashes of the distinct shingles of a text, ascending; none if it is shorter than one.

    >>> len(hash_shingles("社区夜校今晚开班了")), len(hash_shingles("夜校"))
    (2, 0)
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    hashes = np.zeros(max(len(points) - LENGTH + 1, 0), np.uint64)
    for place in range(LENGTH):
        hashes = (hashes ^ points[place : place + len(hashes)]) * _FACTOR
        hashes ^= hashes >> np.uint64(29)
    return np.unique((hashes >> np.uint64(32)).astype(np.uint32))


def _candidates(shingles: Sequence[Any], threshold: float) -> Iterator[tuple[int, int]]:
    """Pairs whose sampled shingles let them share enough; a few that do not share enough after all."""
    index, sizes = _index(shingles)
    for begin in range(0, len(shingles), BLOCK):
        block = index[begin : begin + BLOCK]
        counts = triu(block @ index.T, k=begin + 1).tocoo()
        rows, columns = counts.row + begin, counts.col
        likely = counts.data >= 0.6 * threshold * np.minimum(sizes[rows], sizes[columns])
        pairs = np.stack([rows[likely], columns[likely]], axis=1)
        yield from sorted(map(tuple, pairs.tolist()))


def _index(shingles: Sequence[Any]) -> tuple[Any, Any]:
    """The sampled shingles as a matrix (n_texts, n_links) of ones, and how many each text has: (n_texts,)."""
    sampled = [hashes[hashes % STEP == 0] for hashes in shingles]
    sizes = np.array([len(hashes) for hashes in sampled], np.int32)
    rows = np.repeat(np.arange(len(sampled), dtype=np.int32), sizes)
    hashes = np.concatenate([*sampled, np.zeros(0, np.uint32)])
    order = np.argsort(hashes, kind="stable")  # rows stay ascending within a shingle
    rows, hashes = rows[order], hashes[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.zeros(0, np.intp)
    held = np.diff(np.r_[starts, len(hashes)])
    place = np.arange(len(hashes)) - np.repeat(starts, held)  # of a text among those that hold the shingle
    links = np.cumsum(place % NEIGHBOURS == 0) - 1
    # the first text of a link also ends the link before it, so that a long chain does not break
    joint = (place > 0) & (place % NEIGHBOURS == 0)
    rows, links = np.r_[rows, rows[joint]], np.r_[links, links[joint] - 1]
    shape = (len(sampled), int(links.max(initial=-1)) + 1)
    return csr_array((np.ones(len(rows), np.int32), (rows, links)), shape=shape), sizes
