"""How paragraphs begin and how they go on: what the first characters of a sentence or fragment say.

In: a fragment's text. Out: log-odds and feature names. The weights are `data/models/layout_begins.csv`, learned
from where paragraphs begin and where sentences go on inside them.
"""

from __future__ import annotations

from functools import cache, lru_cache

from baodao.learn.linear import LinearModel, load_model

__all__ = ["begin_features", "begins_model", "begins_paragraph", "forget_weights"]

_SAYS = ("说", "指出", "强调", "表示", "介绍", "认为", "要求", "透露", "告诉")
_NAME_AND_VERB = 14  # characters in which a speaker and a verb of saying stand
_LOOKED_AT = _NAME_AND_VERB + 2  # characters of a beginning that matter


def begins_paragraph(text: str) -> float:
    """The log-odds that a sentence begins a paragraph, if it follows a full stop."""
    return _begins(text[:_LOOKED_AT])


@lru_cache(4096)  # features, habits, tails and joins ask for the same fragments
def _begins(head: str) -> float:
    return begins_model().score(begin_features(head))


def forget_weights() -> None:
    """Read them anew: they were trained."""
    begins_model.cache_clear()
    _begins.cache_clear()


@cache
def begins_model() -> LinearModel:
    """The shipped weights."""
    return load_model("layout_begins")


def begin_features(text: str) -> list[str]:
    """What the beginning of a sentence looks like.

    >>> begin_features("同时，路灯亮了")
    ['1=同', '2=同时', '3=同时，']
    """
    out = ["1=" + text[0], "2=" + text[:2], "3=" + text[:3].replace(",", "，")]
    head = text[:_NAME_AND_VERB]
    for verb in _SAYS:
        at = head.find(verb)
        if at > 0:
            out.append("says=" + verb)
            if head[at + len(verb) : at + len(verb) + 1] in ("，", ",", "：", ":"):
                out.append("says")
            break
    if text[0].isdigit():
        out.append("digit")
    return out
