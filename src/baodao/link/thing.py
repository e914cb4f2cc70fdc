"""What a quantity measures: candidates from the words around it, chosen by three small models.

`place` chooses where the noun phrase stands (behind the number, before it, left of a verb, shared with a
neighbour, unsaid); `right` and `left` say where it ends or begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import (
    at,
    boundary_left,
    boundary_right,
    left_context,
    next_quantity,
    previous_quantity,
    signature,
    unit_class,
)
from baodao.link.phrases import natural_begin, natural_end
from baodao.link.tokens import QUANTITY, Sentence, Token, is_nominal, is_verb
from baodao.link.words import words

__all__ = ["Thing", "choose_thing"]

Run = tuple[int, int]

_REACH = 40  # tokens to the left that are looked at
_LONGEST = 12  # tokens of a phrase
_PLACES = 5  # phrases to the left that are looked at
_CLOSED = frozenset(("stop", "mark", QUANTITY, "T"))  # no phrase runs over these
# classes that a governing verb follows: the start of a clause, an adverb, its subject
_OPENING = frozenset(("stop", "mark", "light", "T", "R", "O", "N", "r", "u", "p", "c", "and", "、", QUANTITY))
_SAYING = frozenset(("state", "change"))
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


def choose_thing(sentence: Sentence, k: int, choose: Chooser) -> Thing:
    """The thing of the quantity `sentence.tokens[k]`."""
    quantity = sentence.quantity(k)
    chosen, sure = choose("place", quantity, [*_after(sentence, k), *_before(sentence, k), *_shared(sentence, k)])
    kind, edge, *_ = chosen.value
    if kind in ("previous", "next"):
        return Thing(kind, None, edge, sure)
    if kind == "none":
        return Thing(kind, None, None, sure)
    run, likely = choose("right" if kind == "after" else "left", quantity, _ends(sentence, kind, edge, k))
    begin, end = run.value
    while kind == "before" and end - begin > 1 and _is_predicate(sentence, begin, end, k):
        begin += 1
    if kind == "before" and begin and _is_suffix(sentence, begin, end):
        begin -= 1
    return Thing(kind, (begin, end), None, sure * likely)


def _ends(sentence: Sentence, kind: str, edge: int, k: int) -> list[Option]:
    """The runs that a phrase at `edge` may be."""
    runs = _right_runs(sentence, edge, k) if kind == "after" else _left_runs(sentence, edge)
    return [Option(features, run, says(sentence.text(run))) for run, features in runs]


def _readings(sentence: Sentence, kind: str, edge: int, k: int) -> Callable[[], list[str]]:
    return lambda: [text for option in _ends(sentence, kind, edge, k) for text in option.readings()]


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
             f"word={sentence.tokens[begin].text}"]  # fmt: skip
    features = [f"after {name}" for name in (*_common(sentence, k), *extra)]
    yield Option(features, ("after", begin), _readings(sentence, "after", begin, k))


def _before(sentence: Sentence, k: int) -> Iterator[Option]:
    tokens, classes = sentence.tokens, sentence.classes
    unit, right, left = unit_class(sentence.quantity(k)), at(classes, k + 1), left_context(tokens, classes, k)
    for rank, edge in enumerate(_edges(sentence, k)):
        between = signature(classes, edge, k)
        said = " ".join(t.text for t in tokens[edge:k]) if k - edge <= 3 else ""
        names = [
            f"between={between}", f"between,unit={between},{unit}", f"between,right={between},{right}", f"rank={rank}",
            f"rank,between={rank},{between}", f"commas={classes[edge:k].count('stop')}", f"said={said}",
            f"head={at(classes, edge - 1)},{between}", f"tail={tokens[edge - 1].text[-1]},{unit}",
            f"rank,left,right={rank},{left},{right}", f"next={tokens[edge].text if edge < k else '='}",
        ]  # fmt: skip
        yield Option([f"before {n}" for n in names], ("before", edge), _readings(sentence, "before", edge, k))


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
        yield Option([f"{kind} {n}" for n in names], (kind, other, partner), list)
    yield Option([f"none {n}" for n in (*common, f"printed={quantity.unit}")], ("none", k), says(""))


def _is_bare(sentence: Sentence, k: int) -> bool:
    """Whether the quantity's clause has no noun before it (当日新增|97例): the thing was said before."""
    for index in range(k - 1, -1, -1):
        if sentence.classes[index] == "stop":
            return True
        if is_nominal(sentence.tokens[index]) and sentence.classes[index] != "mod":
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
        last = sentence.tokens[edge - 1]
        if sentence.classes[edge - 1] == "stop":
            commas += 1
            if commas > 2 or last.text in "。;!?\n":
                return
        elif (
            sentence.classes[edge - 1] not in _IDLE
            and _may_end(last)
            and (edge == k or not is_nominal(sentence.tokens[edge]) or is_verb(sentence.tokens[edge]))
        ):
            yield edge
            found += 1
            if found == _PLACES:
                return


def _may_end(token: Token) -> bool:
    return is_nominal(token) or (is_verb(token) and len(token.text) > 1) or token.tag in ("N", "R", "s")


def _governs(sentence: Sentence, k: int) -> bool:
    """Whether the verb `k` governs the phrase behind it rather than belonging to it (新增|服务站, 死亡病例)."""
    if not is_verb(sentence.tokens[k]) or sentence.tokens[k].text in words("inner"):
        return False
    if k + 1 < len(sentence.tokens) and len(sentence.tokens[k + 1].text) == 1:
        return False  # 回访|率 is one word
    return k == 0 or sentence.classes[k - 1] in _OPENING


def _is_suffix(sentence: Sentence, begin: int, end: int) -> bool:
    """Whether the phrase is one character that only ends a word: the 班 of 托管|班."""
    before = sentence.tokens[begin - 1]
    return end - begin == 1 and len(sentence.tokens[begin].text) == 1 and (is_verb(before) or is_nominal(before))


def _is_predicate(sentence: Sentence, first: int, end: int, k: int) -> bool:
    """Whether the verb that leads a phrase is the only one its clause has to say something with (资助|学生1940人)."""
    tokens, classes = sentence.tokens, sentence.classes
    if not _governs(sentence, first) or any(
        is_verb(token) or classes[i] in _SAYING for i, token in enumerate(tokens[end:k], end)
    ):
        return False
    start = first
    while start > 0 and classes[start - 1] != "stop":
        start -= 1
    return not any(classes[i] in ("v", "govern", *_SAYING) for i in range(start, first))


def _right_runs(sentence: Sentence, begin: int, k: int) -> Iterator[tuple[Run, list[str]]]:
    unit = unit_class(sentence.quantity(k))
    natural = natural_end(sentence, begin)
    for last in range(begin, min(begin + _LONGEST, len(sentence.tokens))):
        if last > begin and (sentence.classes[last] in _CLOSED):
            return
        if sentence.classes[last] in _IDLE and last > begin:
            continue
        features = boundary_right(sentence.tokens, sentence.classes, begin, last, unit)
        yield (begin, last + 1), [*features, *_beside(last + 1 - natural, sentence.classes[last])]


def _left_runs(sentence: Sentence, end: int) -> Iterator[tuple[Run, list[str]]]:
    natural = natural_begin(sentence, end)
    for first in range(end - 1, max(end - 1 - _LONGEST, -1), -1):
        if first < end - 1 and (sentence.classes[first] in _CLOSED):
            return
        if first < end - 1 and sentence.classes[first] in _IDLE:
            continue
        governs = first < end - 1 and _governs(sentence, first)
        yield (
            (first, end),
            [
                *boundary_left(sentence.tokens, sentence.classes, first, end),
                f"governs={governs}",
                *_beside(first - natural, sentence.classes[first]),
            ],
        )


def _beside(distance: int, klass: str) -> list[str]:
    """How far an edge lies from where the phrase would naturally have it."""
    near = max(min(distance, 3), -3)
    return [f"natural={near}", f"natural,class={near},{klass}"]
