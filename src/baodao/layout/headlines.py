"""The lines of one headline: section label, kicker, title, subtitle, chosen together.

In: the lines of a group in page order. Out: a role for each. The best path through the grammar
label* kicker* title+ subtitle* is taken, scored line by line and over each break (LAYOUT.md, parts of an article).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from baodao.layout.roles import is_label, is_names
from baodao.resources import read_csv
from baodao.text.segment import Segmenter

__all__ = ["head_roles", "runs_over"]

_ORDER = ("section_label", "kicker", "title", "subtitle")
_NEEDS_MORE = "的和与在为对将把让、从向及以"
_GOES_ON = "的了和与，,、等"
_TALL = 2.5  # three lines or more begin with a label
_EVEN = 11  # two lines of one length and no longer than this are a couplet, not kicker and title


def head_roles(texts: Sequence[str], *, labels: Sequence[bool] = (), wrapped: bool = False) -> list[str]:
    """The role of each line of a headline, top to bottom.

    >>> head_roles(["柳树乡", "夜校开课村民踊跃报名"])
    ['kicker', 'title']
    >>> head_roles(["夜校开课以来坚持为村民的", "孩子辅导功课"])
    ['title', 'title']

    Args:
        texts: the lines of the headline.
        labels: for each line, whether it is known to be a section label.
        wrapped: the page is set in narrow columns, so titles take more than one line.
    """
    known = list(labels) or [False] * len(texts)
    tall = len(texts) > 2 and not wrapped
    best: dict[str, tuple[float, list[str]]] = {}
    for k, text in enumerate(texts):
        following: dict[str, tuple[float, list[str]]] = {}
        for n, role in enumerate(_ORDER):
            own = _score(role, text, known[k], k == len(texts) - 1) + _TALL * (
                role == "section_label" and k == 0 and tall
            )
            before = [
                (score + _step(last, role, texts[k - 1], text, wrapped), path)
                for last, (score, path) in best.items()
                if _ORDER.index(last) <= n and not (role == "subtitle" and last in ("section_label", "kicker"))
            ]
            if k == 0:
                before = [(0.0, [])] if role != "subtitle" else []
            if before:
                score, path = max(before, key=lambda option: option[0])
                following[role] = (score + own, [*path, role])
        best = following
    ends = [option for role, option in best.items() if role in ("title", "subtitle")]
    return max(ends, key=lambda option: option[0])[1] if ends else []


def _score(role: str, text: str, known: bool, last: bool) -> float:
    """How well a line by itself fits a role."""
    if role == "section_label":
        return 6.0 if known and not last else 4.5 * is_label(text) - 3.0
    if role == "kicker":
        return 4.0 * text.endswith(("——", "--")) + 2.5 * is_actor(text) + 1.2 * (len(text) <= 4) - 1.0
    if role == "subtitle":
        return 5.0 if text.startswith(("——", "—", "--")) else -2.5
    return -3.0 * (known and not last) - 1.0 * (len(text) <= 3) - 1.5 * text.startswith(("——", "--"))


def _step(before: str, role: str, first: str, second: str, wrapped: bool) -> float:
    """How well two roles follow each other over a break."""
    if before == role == "title":
        even = abs(len(first) - len(second)) <= 2 and max(len(first), len(second)) <= _EVEN
        return 3.0 * runs_over(first, second) + 1.5 * even + 1.9 * wrapped - 1.6
    if before == role == "kicker":
        return 1.0 if runs_over(first, second) else -1.5
    return -1.5 * runs_over(first, second) if before in ("kicker", "section_label") else 0.0


def runs_over(first: str, second: str) -> bool:
    """Whether a phrase runs over the break between two lines: a word is cut, or one side cannot stand alone."""
    if first[-1] in _NEEDS_MORE or second[0] in _GOES_ON:
        return True
    joined = first[-6:] + second[:6]
    cut = len(first[-6:])
    return any(word.start < cut < word.end for word in _segmenter().words(joined) if len(word.text) > 1)


def is_actor(text: str) -> bool:
    """Whether a line is just a place or a person: what a kicker of one word says."""
    return text in _places() or is_names(text)


@cache
def _places() -> frozenset[str]:
    """Provinces and cities as a kicker names them: 湖北, 武汉, 武汉市."""
    names = {row["name"] for row in read_csv("regions.csv") if row["level"] in ("province", "city")}
    return frozenset(names | {name.removesuffix("省").removesuffix("市") for name in names})


@cache
def _segmenter() -> Segmenter:
    return Segmenter()
