"""Where a noun phrase naturally ends or begins, by rule: the prior that the learned choice starts from.

Chinese noun phrases end with their head. Behind a number the phrase runs to the first predicate, preposition or
adverb once it has a noun; before a number it runs back to the verb that governs it.
"""

from __future__ import annotations

from itertools import pairwise

from baodao.link.tokens import Sentence
from baodao.link.words import words

__all__ = ["natural_begin", "natural_end", "parted"]

_WALLS = frozenset(("stop", "mark", "Q", "T", "light", "p", "u", "state", "其中", "r"))
_JOINERS = frozenset(("、", "and", "等"))
_MOST = 12
_JOINS = frozenset(("、", "and"))  # between the items of a list
_EACH = frozenset(("分别", "各"))  # what parts a list among numbers
_NEAR = 6  # tokens before the first number in which it stands


def natural_end(sentence: Sentence, begin: int) -> int:
    """The end (exclusive) of the phrase that begins at token `begin`."""
    tags, classes, is_verb, is_nominal = sentence.tags, sentence.classes, sentence.is_verb, sentence.is_nominal
    end = begin + 1
    named = False
    for k in range(begin, min(begin + _MOST, len(sentence.tokens))):
        klass = classes[k]
        if klass in _WALLS and (named or k > begin):
            break
        if klass == "的":
            if named and tags[k - 1][0] not in "av":  # what describes may be joined by 的, a noun may not
                break
            named = False
        elif klass in _JOINERS:
            if not named or not (is_nominal[k + 1] or tags[k + 1][0] == "a"):
                break
        elif is_verb[k] and named and not _inside(sentence, k):
            break
        elif is_nominal[k] or tags[k] == "N":
            named, end = True, k + 1
    return end


def natural_begin(sentence: Sentence, end: int) -> int:
    """The first token of the phrase that ends before token `end`."""
    tags, classes, is_verb, is_nominal = sentence.tags, sentence.classes, sentence.is_verb, sentence.is_nominal
    begin = end - 1
    for k in range(end - 2, max(end - _MOST, -1), -1):
        klass = classes[k]
        if klass in _WALLS or klass == "change":
            break
        if klass == "的" or klass in _JOINERS:
            if k == 0 or not is_nominal[k - 1]:
                break
            continue
        if is_verb[k] and not _modifies(sentence, k):
            break
        if tags[k] != "R":
            begin = k
    return begin


def parted(sentence: Sentence, k: int) -> tuple[list[tuple[int, int]], int]:
    """The items of the list that 分别 parts among the numbers around token `k`, and which of them is its own.

    No items where there is no such list, or not as many items as numbers.
    """
    texts, classes = sentence.texts, sentence.classes
    first = last = k
    while first >= 2 and classes[first - 1] in _JOINS and classes[first - 2] == "Q":
        first -= 2
    while classes[last + 1] in _JOINS and classes[last + 2] == "Q":
        last += 2
    numbers = (last - first) // 2 + 1
    at = next((i for i in range(first - 1, max(first - _NEAR, -1), -1) if texts[i] in _EACH), None)
    if numbers < 2 or at is None:
        return [], 0
    while at > 0 and classes[at - 1] in ("light", "T", "p"):
        at -= 1
    begin = natural_begin(sentence, at) if at > 0 and sentence.may_end[at - 1] else at
    joints = [i for i in range(begin, at) if classes[i] in _JOINS]
    if len(joints) != numbers - 1:
        return [], 0
    edges = [begin - 1, *joints, at]
    items = [(before + 1, after) for before, after in pairwise(edges)]
    return (items, (k - first) // 2) if all(start < end for start, end in items) else ([], 0)


def _inside(sentence: Sentence, k: int) -> bool:
    """Whether a verb behind a noun still belongs to the phrase: 志愿|服务|队, 产业|扶贫|基地."""
    return _is_suffix(sentence, k + 1) or (sentence.is_modifier[k] and sentence.is_nominal[k + 1])


def _is_suffix(sentence: Sentence, k: int) -> bool:
    return sentence.is_nominal[k] and len(sentence.texts[k]) == 1


def _modifies(sentence: Sentence, k: int) -> bool:
    """Whether a verb before a noun belongs to the phrase rather than governing it."""
    if sentence.texts[k] in words("inner") or _is_suffix(sentence, k + 1):
        return True
    return (
        sentence.is_modifier[k]
        and k > 0
        and (sentence.is_nominal[k - 1] or sentence.is_verb[k - 1])
        and sentence.tags[k - 1] != "R"
    )
