"""Where a noun phrase naturally ends or begins, by rule: the prior that the learned choice starts from.

Chinese noun phrases end with their head. Behind a number the phrase runs to the first predicate, preposition or
adverb once it has a noun; before a number it runs back to the verb that governs it.
"""

from __future__ import annotations

from baodao.link.tokens import Sentence, Token
from baodao.link.words import words

__all__ = ["natural_begin", "natural_end"]

_WALLS = frozenset(("stop", "mark", "Q", "T", "light", "p", "u", "state", "其中", "r"))
_JOINERS = frozenset(("、", "and", "等"))
_MOST = 12


def natural_end(sentence: Sentence, begin: int) -> int:
    """The end (exclusive) of the phrase that begins at token `begin`."""
    tokens, classes = sentence.tokens, sentence.classes
    end = begin + 1
    named = False
    for k in range(begin, min(begin + _MOST, len(tokens))):
        klass, follower = classes[k], tokens[k + 1] if k + 1 < len(tokens) else None
        if klass in _WALLS and (named or k > begin):
            break
        if klass == "的":
            if named and not _describes(tokens[k - 1]):
                break
            named = False
        elif klass in _JOINERS:
            if not named or follower is None or not (follower.is_nominal or follower.tag[0] == "a"):
                break
        elif tokens[k].is_verb and named and not _inside(tokens[k], follower):
            break
        elif tokens[k].is_nominal or tokens[k].tag == "N":
            named, end = True, k + 1
        elif tokens[k].is_verb and named and _suffix(follower):
            continue
    return end


def natural_begin(sentence: Sentence, end: int) -> int:
    """The first token of the phrase that ends before token `end`."""
    tokens, classes = sentence.tokens, sentence.classes
    begin = end - 1
    for k in range(end - 2, max(end - _MOST, -1), -1):
        token, klass, right = tokens[k], classes[k], tokens[k + 1]
        if klass in _WALLS or klass == "change":
            break
        if klass == "的" or klass in _JOINERS:
            if k == 0 or not tokens[k - 1].is_nominal:
                break
            continue
        if token.is_verb and not _modifies(sentence, k, right):
            break
        if token.tag not in ("R",):
            begin = k
    return begin


def _inside(token: Token, follower: Token | None) -> bool:
    """Whether a verb behind a noun still belongs to the phrase: 志愿|服务|队, 产业|扶贫|基地."""
    return _suffix(follower) or (token.is_modifier and follower is not None and follower.is_nominal)


def _suffix(token: Token | None) -> bool:
    return token is not None and len(token.text) == 1 and token.is_nominal


def _describes(token: Token) -> bool:
    return token.tag[0] in "av"


def _modifies(sentence: Sentence, k: int, right: Token) -> bool:
    """Whether a verb before a noun belongs to the phrase rather than governing it."""
    token = sentence.tokens[k]
    if token.text in words("inner") or _suffix(right):
        return True
    before = sentence.tokens[k - 1] if k else None
    return token.is_modifier and before is not None and (before.is_nominal or before.is_verb) and before.tag != "R"
