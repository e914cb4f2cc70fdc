"""Where phrases may begin and end around a number, by rule: what `thing` weighs.

In: a sentence and a token. Out: tokens where phrases begin behind the number, where they end before it, and whether a
verb governs them.
"""

from __future__ import annotations

from collections.abc import Iterator

from baodao.link.tokens import QUANTITY, Sentence
from baodao.link.words import words

__all__ = ["CLOSED", "IDLE", "LONGEST", "begin_after", "described", "edges", "governs", "is_bare"]

LONGEST = 12  # tokens of a phrase
CLOSED = frozenset(("stop", "mark", QUANTITY, "T"))  # classes that no phrase runs over
# classes that no phrase begins or ends with
IDLE = frozenset(("light", "state", "u", "其中", "的", "、", "and", "等", "p", "c"))
_REACH = 40  # tokens to the left that are looked at
_FURTHEST = 32  # and to the right
_PLACES = 5  # phrases to the left that are looked at
_ENDS = frozenset("。;!?\n")  # what no description runs over
# classes that a governing verb follows: the start of a clause, an adverb, its subject
_OPENING = frozenset(("stop", "mark", "light", "T", "R", "O", "N", "r", "u", "p", "c", "and", "、", QUANTITY))


def is_bare(sentence: Sentence, k: int) -> bool:
    """Whether the quantity's clause has no noun before it (当日新增|97例): the thing was said before."""
    for index in range(k - 1, -1, -1):
        klass = sentence.classes[index]
        if klass == "stop":
            return True
        if sentence.is_nominal[index] and klass not in ("mod", "light"):
            return False
    return True


def begin_after(sentence: Sentence, k: int) -> int | None:
    """Where a phrase behind the quantity would begin; None where something else stands there."""
    texts, tags, begin = sentence.texts, sentence.tags, k + 1
    if texts[begin] in ("的", "之"):
        begin += 1
    if begin >= len(sentence.tokens) or tags[begin] in (QUANTITY, "T"):
        return None
    return begin if texts[begin][0].isalnum() or tags[begin] in ("“", "P", "O") else None


def described(sentence: Sentence, k: int) -> Iterator[int]:
    """Where a phrase begins behind the 的 of a description so long that no phrase from the number on runs over it."""
    classes = sentence.classes
    closed = False
    for at in range(k + 1, min(k + _FURTHEST, len(sentence.tokens) - 1)):
        if sentence.texts[at] in _ENDS:
            return
        closed = closed or classes[at] in CLOSED or at - k > LONGEST
        # what may be neither inside a phrase nor at its edge cannot begin one
        if closed and classes[at] == "的" and classes[at + 1] not in IDLE and classes[at + 1] not in CLOSED:
            yield at + 1


def edges(sentence: Sentence, k: int) -> Iterator[int]:
    """Ends (exclusive) of the noun phrases left of `k`, nearest first, at most two commas back."""
    classes, may_end, is_over = sentence.classes, sentence.may_end, sentence.is_over
    commas = found = 0
    for edge in range(k, max(k - _REACH, 0), -1):
        klass = classes[edge - 1]
        if klass == "stop":
            commas += 1
            if commas > 2 or sentence.texts[edge - 1] in _ENDS:
                return
        elif may_end[edge - 1] and klass not in IDLE and (edge == k or is_over[edge]):
            yield edge
            found += 1
            if found == _PLACES:
                return


def governs(sentence: Sentence, k: int) -> bool:
    """Whether the verb `k` governs the phrase behind it rather than belonging to it (新增|服务站, 死亡病例)."""
    if sentence.texts[k] in words("inner") or sentence.is_modifier[k]:
        return False
    if k + 1 < len(sentence.tokens) and len(sentence.texts[k + 1]) == 1:
        return False  # 回访|率 is one word
    return k == 0 or sentence.classes[k - 1] in _OPENING
