"""One code point for one code point: full width to half width, radicals to characters, Traditional to Simplified.

Because nothing changes length, a position in the normalised text is a position in the printed one. Each step is
guarded by a test, so that plain text costs nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from baodao.resources import read_csv

__all__ = ["TRADITIONAL_FROM", "normalize", "radical_count", "traditional_share"]

TRADITIONAL_FROM = 0.05  # share of Traditional-only characters above which a text is read as Traditional

_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " ", "\xa0": " ", "￥": "¥"}
_NEEDS_WIDTH = re.compile("[\uff01-\uff5e\u3000\u00a0\uffe5]")
_RADICAL = re.compile("[\u2e80-\u2ef3\u2f00-\u2fd5]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def normalize(text: str, *, traditional: bool = False) -> str:
    """`text` as the finders read it; same length.

    >>> normalize("招募１２００名，占９２％"), normalize("⼥⼯"), normalize("補貼", traditional=True)
    ('招募1200名,占92%', '女工', '补贴')

    Args:
        traditional: whether to read Traditional characters as Simplified ones.
    """
    for wide in set(_NEEDS_WIDTH.findall(text)):  # a handful of marks: three times faster than to translate
        text = text.replace(wide, _WIDE[wide])
    if _RADICAL.search(text):
        text = text.translate(_radicals())
    if traditional:
        text = text.translate(_traditional())
    return text


def radical_count(text: str) -> int:
    """How many radical code points (⼥ for 女) a text holds."""
    return len(_RADICAL.findall(text))


@lru_cache(maxsize=2)  # a page is asked twice
def traditional_share(text: str) -> float:
    """The share of the Han characters of a text that are Traditional only, 0 to 1.

    >>> traditional_share("婦聯補貼"), traditional_share("妇联补贴")
    (1.0, 0.0)
    """
    if _traditional_only().isdisjoint(text):
        return 0.0
    found = sum(char in _traditional_only() for char in text)
    return found / max(len(_HAN.findall(text)), 1)


@cache
def _radicals() -> dict[int, str]:
    return {ord(row["radical"]): row["character"] for row in read_csv("radicals.csv")}


@cache
def _traditional_only() -> frozenset[str]:
    return frozenset(row["traditional"] for row in read_csv("traditional.csv"))


@cache
def _traditional() -> dict[int, str]:
    return {ord(row["traditional"]): row["simplified"] for row in read_csv("traditional.csv")}
