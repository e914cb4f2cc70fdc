"""What a text of few fragments is: a sentence, a report with its headline, some short items; no whole page.

In: the features of its fragments. Out: a bundle more for each: its shape among those around it, and how many there are.
What they weigh is `data/models/layout_few.csv`, learned on top of the other weights; pages know none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from baodao.layout.lines import Chunk
from baodao.learn.tagger import Bundle

__all__ = ["MOST", "few_bundles"]

MOST = 10  # fragments; more are a page
_NONE = "(none)"
_ASKS = "？?！!"
_HEADS = frozenset(("head", "tall", "name", "label-like", "scrap", "section_label"))  # runs of them are a page's matter
_LEFT = ("open", "jump", "dispatch")  # so are broken paragraphs


def few_bundles(chunks: Sequence[Chunk], rows: Sequence[Sequence[Bundle]]) -> Iterator[Bundle]:
    """The features of each fragment.

    Args:
        chunks: the fragments of the text.
        rows: what `page_features` says of them; the first name of each is the fragment's shape.
    """
    seen = [_NONE, _NONE, *(_shape(chunk, row) for chunk, row in zip(chunks, rows, strict=True)), _NONE, _NONE]
    count = "one" if len(chunks) == 1 else "two" if len(chunks) == 2 else "some" if len(chunks) < 6 else "more"
    for k in range(len(chunks)):
        p2, p1, shape, n1, n2 = seen[k : k + 5]
        left = shape in _LEFT or (shape in _HEADS and (p1 in _HEADS or n1 in _HEADS))
        yield () if left else _bundle(count, p2, p1, shape, n1, n2)


def _shape(chunk: Chunk, row: Sequence[Bundle]) -> str:
    """The shape of a fragment, and whether it asks."""
    shape = row[0][0].removeprefix("s=")
    return "asks" if shape == "short" and chunk.text[-1] in _ASKS and "。" not in chunk.text else shape


@lru_cache(4096)
def _bundle(count: str, p2: str, p1: str, shape: str, n1: str, n2: str) -> Bundle:
    return (
        f"few={shape}", f"few={p1}|{shape}|{n1}", f"few-p={p1}|{shape}", f"few-n={shape}|{n1}",
        f"few-n2={shape}|{n1}|{n2}", f"few-p2={p2}|{p1}|{shape}",
        f"few-again={shape}|{shape == n2}|{shape == p2}", f"few={shape}|{count}",
        f"few={p1}|{shape}|{n1}|{count}",
    )  # fmt: skip
