"""What a quantity measures: noun phrases around it, weighed against each other and against saying nothing.

Candidates stand behind the number, before it, or with a neighbouring number (`previous`, `next`); `none` where the
text names nothing. A candidate's features are those of its place, its two edges, the words inside and its length,
so that what candidates share is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from baodao.link.choice import Chooser, Option, Part, says
from baodao.link.features import (
    at,
    head_of,
    inner_word,
    left_context,
    left_edge,
    next_quantity,
    previous_quantity,
    right_edge,
    signature,
    unit_class,
)
from baodao.link.phrases import natural_begin, natural_end
from baodao.link.tokens import QUANTITY, Sentence, Token, is_nominal, is_verb
from baodao.link.words import words

__all__ = ["Thing", "choose_thing", "without_scope"]

Run = tuple[int, int]

_REACH = 40  # tokens to the left that are looked at
_LONGEST = 12  # tokens of a phrase
_PLACES = 5  # phrases to the left that are looked at
_CLOSED = frozenset(("stop", "mark", QUANTITY, "T"))  # no phrase runs over these
# classes that a governing verb follows: the start of a clause, an adverb, its subject
_OPENING = frozenset(("stop", "mark", "light", "T", "R", "O", "N", "r", "u", "p", "c", "and", "、", QUANTITY))
_IDLE = frozenset(
    ("light", "state", "u", "其中", "的", "、", "and", "等", "p", "c")
)  # no phrase begins or ends with these


class Thing(NamedTuple):
    """Where the thing stands: `place` is after, before, previous, next or none.

    `run` are its tokens, None where it is shared with a neighbour (`partner`, a token index) or unsaid.
    """

    place: str
    run: Run | None
    partner: int | None
    sure: float


class _Reading(NamedTuple):
    """What an option stands for; `shared` is the neighbouring quantity whose thing it takes over."""

    thing: Thing
    shared: object = None


def choose_thing(sentence: Sentence, k: int, choose: Chooser) -> Thing:
    """The thing of the quantity `sentence.tokens[k]`."""
    options = [*_after(sentence, k), *_before(sentence, k), *_shared(sentence, k)]
    chosen, sure = choose("what", sentence.quantity(k), options)
    thing: Thing = chosen.value.thing
    return thing._replace(sure=sure)


def without_scope(sentence: Sentence, run: Run) -> Run:
    """The run without the places and words of scope (全年, 这批) that lead it; what they say stands elsewhere."""
    begin, end = run
    while begin < end - 1 and (sentence.classes[begin] in ("R", "的") or sentence.tokens[begin].text in words("scope")):
        begin += 1
    return (begin, end) if sentence.classes[begin] not in ("R", "的") else run


def _phrase(sentence: Sentence, k: int, place: str, run: Run, names: Sequence[str], parts: Sequence[Part]) -> Option:
    begin, end = run
    size, length = min(end - begin, 6), min(sentence.tokens[end - 1].end - sentence.tokens[begin].start, 12)
    inside = [sentence.part(("in", i), inner_word) for i in range(begin + 1, end - 1)]
    features = [*names, f"{place} size={size}", f"{place} length={length}"]
    return Option(
        features,
        _Reading(Thing(place, run, None, 0.0)),
        says(sentence.text(run)),
        [*parts, *inside],
    )


def _common(sentence: Sentence, k: int) -> list[str]:
    tokens, classes = sentence.tokens, sentence.classes
    unit = unit_class(sentence.quantity(k))
    left, right, far = left_context(tokens, classes, k), at(classes, k + 1), at(classes, k + 2)
    return [
        f"unit={unit}", f"right={right}", f"right,far={right},{far}", f"left={left}", f"left,right={left},{right}",
        f"left,unit,right={left},{unit},{right}", f"unit,right,far={unit},{right},{far}",
    ]  # fmt: skip


def _after(sentence: Sentence, k: int) -> Iterator[Option]:
    begin = _begin_after(sentence.tokens, k)
    if begin is None:
        return
    unit, linked = unit_class(sentence.quantity(k)), begin > k + 1
    extra = [f"的={linked}", f"的,unit={linked},{unit}", f"first={at(sentence.classes, begin)},{unit}",
             f"word={sentence.tokens[begin].word}", *left_edge(sentence, begin)]  # fmt: skip
    place = Part([f"after {name}" for name in (*_common(sentence, k), *extra)])
    natural = natural_end(sentence, begin)
    for end in _ends(sentence, begin):
        parts = [place, sentence.part(("right", end - 1), right_edge), Part(head_of(sentence, end - 1, k))]
        names = [f"after {n}" for n in _beside(end - natural, sentence.classes[end - 1])]
        yield _phrase(sentence, k, "after", (begin, end), names, parts)


def _before(sentence: Sentence, k: int) -> Iterator[Option]:
    tokens, classes = sentence.tokens, sentence.classes
    unit, right, left = unit_class(sentence.quantity(k)), at(classes, k + 1), left_context(tokens, classes, k)
    for rank, edge in enumerate(_edges(sentence, k)):
        between = signature(classes, edge, k)
        said = " ".join(t.word for t in tokens[edge:k]) if k - edge <= 3 else ""
        names = [
            f"between={between}", f"between,unit={between},{unit}", f"between,right={between},{right}", f"rank={rank}",
            f"rank,between={rank},{between}", f"commas={classes[edge:k].count('stop')}", f"said={said}",
            f"head={at(classes, edge - 1)},{between}", f"tail={tokens[edge - 1].text[-1]},{unit}",
            f"rank,left,right={rank},{left},{right}", f"next={tokens[edge].word if edge < k else '='}",
            *right_edge(sentence, edge - 1),
        ]  # fmt: skip
        place = Part([f"before {n}" for n in (*names, *head_of(sentence, edge - 1, k))])
        natural = natural_begin(sentence, edge)
        for begin in _begins(sentence, edge):
            governs = begin < edge - 1 and _governs(sentence, begin)
            extra = [f"governs={governs}", *_beside(begin - natural, sentence.classes[begin])]
            parts = [place, sentence.part(("left", begin), left_edge)]
            yield _phrase(sentence, k, "before", (begin, edge), [f"before {n}" for n in extra], parts)


def _shared(sentence: Sentence, k: int) -> Iterator[Option]:
    tokens, classes, quantity = sentence.tokens, sentence.classes, sentence.quantity(k)
    bare = _is_bare(sentence, k)
    common = [*_common(sentence, k), f"bare={bare}", f"bare,unit={bare},{unit_class(quantity)}"]
    unit, left = unit_class(quantity), left_context(tokens, classes, k)
    for kind, other in (("previous", previous_quantity(tokens, k)), ("next", next_quantity(tokens, k))):
        if other is None:
            continue
        if kind == "next" and other - k > 2:
            continue
        partner = sentence.quantity(other)
        between = signature(classes, min(other, k) + 1, max(other, k), 3)
        same = f"{partner.unit == quantity.unit},{partner.kind == quantity.kind}"
        names = [*common, f"between={between}", f"between,unit={between},{unit}", f"same={same}",
                 f"same,left={same},{left}", f"between,same={between},{same}",
                 f"bare,same={bare},{same}", f"bare,same,left={bare},{same},{left}"]  # fmt: skip
        yield Option([f"{kind} {n}" for n in names], _Reading(Thing(kind, None, other, 0.0), partner), list)
    names = [f"none {n}" for n in (*common, f"printed={quantity.unit}")]
    yield Option(names, _Reading(Thing("none", None, None, 0.0)), says(""))


def _is_bare(sentence: Sentence, k: int) -> bool:
    """Whether the quantity's clause has no noun before it (当日新增|97例): the thing was said before."""
    for index in range(k - 1, -1, -1):
        if sentence.classes[index] == "stop":
            return True
        if is_nominal(sentence.tokens[index]) and sentence.classes[index] not in ("mod", "light"):
            return False
    return True


def _begin_after(tokens: list[Token], k: int) -> int | None:
    """Where a phrase behind the quantity would begin; None where something else stands there."""
    begin = k + 1
    if begin < len(tokens) and tokens[begin].text in ("的", "之"):
        begin += 1
    if begin >= len(tokens) or tokens[begin].tag in (QUANTITY, "T"):
        return None
    return begin if tokens[begin].text[0].isalnum() or tokens[begin].tag in ("“", "P", "O") else None


def _edges(sentence: Sentence, k: int) -> Iterator[int]:
    """Ends (exclusive) of the noun phrases left of `k`, nearest first, at most two commas back."""
    commas = found = 0
    for edge in range(k, max(k - _REACH, 0), -1):
        last, klass = sentence.tokens[edge - 1], sentence.classes[edge - 1]
        if klass == "stop":
            commas += 1
            if commas > 2 or last.text in "。;!?\n":
                return
        elif klass not in _IDLE and _may_end(last) and (edge == k or _is_over(sentence, edge)):
            yield edge
            found += 1
            if found == _PLACES:
                return


def _is_over(sentence: Sentence, edge: int) -> bool:
    """Whether a phrase may end before token `edge`: no noun goes on there (同比 and the like are none)."""
    token = sentence.tokens[edge]
    return sentence.classes[edge] == "light" or not is_nominal(token) or is_verb(token)


def _may_end(token: Token) -> bool:
    return is_nominal(token) or (is_verb(token) and len(token.text) > 1) or token.tag in ("N", "R", "s")


def _governs(sentence: Sentence, k: int) -> bool:
    """Whether the verb `k` governs the phrase behind it rather than belonging to it (新增|服务站, 死亡病例)."""
    if not is_verb(sentence.tokens[k]) or sentence.tokens[k].text in words("inner"):
        return False
    if k + 1 < len(sentence.tokens) and len(sentence.tokens[k + 1].text) == 1:
        return False  # 回访|率 is one word
    return k == 0 or sentence.classes[k - 1] in _OPENING


def _ends(sentence: Sentence, begin: int) -> Iterator[int]:
    """Where (exclusive) a phrase that begins at a token may end."""
    for last in range(begin, min(begin + _LONGEST, len(sentence.tokens))):
        if last > begin and sentence.classes[last] in _CLOSED:
            return
        if sentence.classes[last] not in _IDLE or last == begin:
            yield last + 1


def _begins(sentence: Sentence, end: int) -> Iterator[int]:
    """Where a phrase that ends before a token may begin."""
    for first in range(end - 1, max(end - 1 - _LONGEST, -1), -1):
        if first < end - 1 and sentence.classes[first] in _CLOSED:
            return
        if sentence.classes[first] not in _IDLE or first == end - 1:
            yield first


def _beside(distance: int, klass: str) -> list[str]:
    """How far an edge lies from where the phrase would naturally have it."""
    near = max(min(distance, 3), -3)
    return [f"natural={near}", f"natural,class={near},{klass}"]
