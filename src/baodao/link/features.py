"""What the linker's models look at: pure functions from tokens to readable feature names.

A class is a coarse reading of a token (n, v, state, light, “, Q …); a signature is the classes of a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence

from baodao.link.tokens import QUANTITY, Sentence, Token
from baodao.records.light import QuantityHit

__all__ = [
    "at",
    "head_of",
    "inner_word",
    "left_context",
    "left_edge",
    "next_quantity",
    "previous_quantity",
    "right_edge",
    "signature",
    "unit_class",
]

_NOUN_UNITS = frozenset(["人", "户", "口", "人次", "户次"])
_PERSON_UNITS = frozenset(["名", "位"])
_EVENT_UNITS = frozenset(["场", "次", "起", "场次", "期", "轮", "届", "例"])


def at(classes: Sequence[str], index: int) -> str:
    """The class at `index`; "#" outside the sentence."""
    return classes[index] if 0 <= index < len(classes) else "#"


def signature(classes: Sequence[str], start: int, end: int, most: int = 5) -> str:
    """The classes of a stretch, light words left out; only its length where it is long."""
    inner = [c for c in classes[start:end] if c not in ("light", "u")]
    return " ".join(inner) if len(inner) <= most else f"long{min(len(inner) // 5, 4)}"


def unit_class(quantity: QuantityHit) -> str:
    """What kind of thing the unit goes with."""
    if quantity.kind != "count":
        return quantity.kind
    if not quantity.unit:
        return "bare"
    if quantity.unit in _NOUN_UNITS:
        return "people"
    if quantity.unit in _PERSON_UNITS:
        return "person"
    return "event" if quantity.unit in _EVENT_UNITS else "thing"


def left_edge(sentence: Sentence, k: int) -> list[str]:
    """What speaks for a noun phrase that begins at token `k`."""
    tokens, classes = sentence.tokens, sentence.classes
    here, before, earlier = classes[k], at(classes, k - 1), at(classes, k - 2)
    (coarse, fine), (coarse_before, fine_before) = sentence.kinds[k], _kind(sentence, k - 1)
    previous = tokens[k - 1].word if k else "#"
    return [
        f"first={here}", f"before={before}", f"before,first={before},{here}", f"earlier={earlier},{before}",
        f"three={earlier},{before},{here}", f"first-word={tokens[k].word}", f"previous={previous}",
        f"second={at(classes, k + 1)},{here},{before}", f"previous-size={min(len(previous), 3)},{before},{here}",
        f"first-kind={fine}", f"before-kind={fine_before}", f"left-kinds={fine_before},{coarse}",
        f"left-kinds-2={coarse_before},{fine}",
    ]  # fmt: skip


def right_edge(sentence: Sentence, k: int) -> list[str]:
    """What speaks for a noun phrase that ends with token `k`."""
    tokens, classes = sentence.tokens, sentence.classes
    here, after, later = classes[k], at(classes, k + 1), at(classes, k + 2)
    (coarse, fine), (coarse_after, fine_after) = sentence.kinds[k], _kind(sentence, k + 1)
    following = tokens[k + 1].word if k + 1 < len(tokens) else "#"
    return [
        f"last={here}", f"after={after}", f"last,after={here},{after}", f"later={after},{later}",
        f"three-right={here},{after},{later}", f"last-word={tokens[k].word}", f"last-char={tokens[k].text[-1]}",
        f"following={following}", f"following-size={min(len(following), 3)},{after}", f"last-kind={fine}",
        f"after-kind={fine_after}", f"right-kinds={fine},{coarse_after}", f"right-kinds-2={coarse},{fine_after}",
    ]  # fmt: skip


def inner_word(sentence: Sentence, k: int) -> list[str]:
    """What speaks for a noun phrase that runs over token `k`."""
    _, fine = sentence.kinds[k]
    return [
        f"in={fine}",
        f"in-class={sentence.classes[k]}",
        f"in-pair={sentence.classes[k]},{_kind(sentence, k + 1)[0]}",
    ]


def head_of(sentence: Sentence, k: int, quantity: int) -> list[str]:
    """How well the noun `k` goes with the unit of a quantity."""
    hit = sentence.quantity(quantity)
    unit, group, (coarse, fine) = hit.unit or hit.kind, unit_class(hit), sentence.kinds[k]
    word = sentence.tokens[k].text
    return [
        f"head-kind={fine},{unit}",
        f"head-kind={coarse},{group}",
        f"head={sentence.tokens[k].word},{group}",
        f"tail={word[-1]},{unit}",
    ]


def _kind(sentence: Sentence, k: int) -> tuple[str, str]:
    return sentence.kinds[k] if 0 <= k < len(sentence.kinds) else ("#", "#")


def left_context(tokens: Sequence[Token], classes: Sequence[str], k: int) -> str:
    """The first class left of `k` that is not light, with its word where it is a state or change."""
    k -= 1
    while k >= 0 and classes[k] in ("light", "u"):
        k -= 1
    if k < 0:
        return "#"
    return f"{classes[k]}:{tokens[k].text}" if classes[k] in ("state", "change", "stop") else classes[k]


def previous_quantity(tokens: Sequence[Token], k: int) -> int | None:
    """The index of the quantity before token `k` in the sentence."""
    return next((i for i in range(k - 1, -1, -1) if tokens[i].tag == QUANTITY), None)


def next_quantity(tokens: Sequence[Token], k: int) -> int | None:
    """The index of the quantity behind token `k` in the sentence."""
    return next((i for i in range(k + 1, len(tokens)) if tokens[i].tag == QUANTITY), None)
