"""How large a line is set, as features: against the body, and against the lines before and after it.

In: the sizes of a page's fragments, 1 is the body; a reader knows them (`Source.sizes`), a plain text does not. Out:
a bundle of features for each. What they weigh is `data/models/layout_sizes.csv`, learned on top of the other weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from baodao.layout.lines import Chunk
from baodao.learn.tagger import Bundle

__all__ = ["chunk_sizes", "size_bundles"]

_SCALE = ((0.9, "small"), (1.1, "body"), (1.35, "large"), (1.9, "larger"))
_HUGE = "huge"
_ALIKE = 0.1  # sizes that differ by no larger share are one
_SHORT = 40  # characters


def chunk_sizes(chunks: Sequence[Chunk], sizes: Sequence[float]) -> list[float]:
    """How large each fragment is set, by its first line; empty if the sizes are not those of the page."""
    if not chunks or chunks[-1].lines[-1].number >= len(sizes):
        return []
    return [sizes[chunk.lines[0].number] or 1.0 for chunk in chunks]


def size_bundles(chunks: Sequence[Chunk], sizes: Sequence[float]) -> Iterator[Bundle]:
    """The features of each fragment of a page.

    >>> from baodao.layout.lines import read_chunks, read_lines
    >>> text = "柳城办实事\\n三座新桥同日通车\\n桥头装上了路灯。"
    >>> chunks = read_chunks(text, read_lines(text), 0)
    >>> [bundle[0] for bundle in size_bundles(chunks, [1.2, 2.5, 1.0])]
    ['set=large', 'set=huge', 'set=body']
    """
    last = len(chunks) - 1
    for k, size in enumerate(sizes):
        before = _against(sizes[k - 1], size) if k else "none"
        after = _against(sizes[k + 1], size) if k < last else "none"
        yield _bundle(_name(size), before, after, _length(chunks[k].text), _among(sizes, k))


def _name(size: float) -> str:
    return next((name for limit, name in _SCALE if size < limit), _HUGE)


def _against(other: float, size: float) -> str:
    """How large a neighbour is."""
    return "same" if abs(other - size) <= _ALIKE * size else "larger" if other > size else "smaller"


def _length(text: str) -> str:
    return "long" if len(text) > _SHORT else "stop" if text[-1] in "。！？…”" else "short"


def _among(sizes: Sequence[float], k: int) -> str:
    """Whether a fragment is the largest of the run of fragments larger than the body that it stands in."""
    if sizes[k] <= _SCALE[1][0]:
        return "none"
    start = end = k
    while start and sizes[start - 1] > _SCALE[1][0]:
        start -= 1
    while end + 1 < len(sizes) and sizes[end + 1] > _SCALE[1][0]:
        end += 1
    top = max(sizes[start : end + 1])
    if sizes[k] >= (1 - _ALIKE) * top:
        return "top" if end > start else "alone"
    return "above" if any(size >= (1 - _ALIKE) * top for size in sizes[k + 1 : end + 1]) else "under"


@lru_cache(4096)
def _bundle(name: str, before: str, after: str, length: str, among: str) -> Bundle:
    return (
        "set=" + name, f"set={name}|{length}", f"set-before={before}|{length}",
        f"set-after={after}|{length}", f"set={before}|{name}|{after}", f"set={before}|{name}|{after}|{length}",
        f"set-among={among}|{length}", f"set-among={among}|{name}",
    )  # fmt: skip
