"""How words lie at the break between two lines or fragments."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate

from baodao.text.segment import Segmenter

__all__ = ["cuts_word", "edge_words", "runs_over"]

_NEEDS_MORE = "的和与在为对将把让、从向及以"
_GOES_ON = "的了和与，,、等"


def runs_over(first: str, second: str) -> bool:
    """Whether a phrase runs over a break: a word is cut, or one side cannot stand alone.

    >>> runs_over("夜校开课以来坚持为村民的", "孩子辅导功课"), runs_over("三座新桥通车", "夜校开课")
    (True, False)
    """
    return first[-1] in _NEEDS_MORE or second[0] in _GOES_ON or cuts_word(first, second)


def cuts_word(first: str, second: str) -> bool:
    """Whether a word lies over a break."""
    return _cuts(first[-6:], second[:6])


@lru_cache(4096)  # a break is looked at from both sides, and again when paragraphs are joined
def _cuts(left: str, right: str) -> bool:
    ends = accumulate([len(word) for word in _segmenter().cut(left + right)])
    return len(left) not in ends


@cache
def _segmenter() -> Segmenter:
    return Segmenter()


def edge_words(first: str, second: str) -> tuple[int, int]:
    """The lengths of the last word before a break and of the first one behind it, each side by itself."""
    return len(_segmenter().cut(first[-6:])[-1]), len(_segmenter().cut(second[:6])[0])
