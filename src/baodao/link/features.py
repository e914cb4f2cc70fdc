"""What the linker's models look at in noun phrases: families of readable feature names, and what they are asked with.

A class is a coarse reading of a token (n, v, state, light, “, Q …), a kind its class among words that keep the same
company; a signature is the classes of a stretch. `side` tells apart what is asked from two sides: the weights of a
phrase's beginning differ behind the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from baodao.link.choice import Evidence, Tables
from baodao.link.tokens import OUTSIDE, Sentence, Token
from baodao.records.light import QuantityHit

__all__ = [
    "head_of",
    "inner_word",
    "left_context",
    "left_edge",
    "right_edge",
    "signature",
    "unit_class",
]

_NOUN_UNITS = frozenset(["人", "户", "口", "人次", "户次"])
_PERSON_UNITS = frozenset(["名", "位"])
_EVENT_UNITS = frozenset(["场", "次", "起", "场次", "期", "轮", "届", "例"])
_LIGHT = frozenset(["light", "u"])


def signature(classes: Sequence[str], start: int, end: int, most: int = 5) -> str:
    """The classes of a stretch, light words left out; only its length where it is long."""
    inner = [c for c in classes[start:end] if c not in _LIGHT]
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


def left_edge(tables: Tables, sentence: Sentence, k: int, side: str = "") -> Evidence:
    """What speaks for a noun phrase that begins at token `k`."""
    classes, coarse, fine, words = sentence.classes, sentence.coarse, sentence.fine, sentence.words
    size = len(words[k - 1])
    return (
        tables[_begin_classes][
            side, classes[k - 2], classes[k - 1], classes[k], classes[k + 1], size if size < 3 else 3
        ]
        + tables[_begin_word][side, words[k], fine[k]]
        + tables[_begin_previous][side, words[k - 1], fine[k - 1]]
        + tables[_begin_fine][side, fine[k - 1], coarse[k]]
        + tables[_begin_coarse][side, coarse[k - 1], fine[k]]
    )


def _begin_classes(side: str, earlier: str, before: str, here: str, second: str, size: int) -> Sequence[str]:
    return (
        f"{side}first={here}", f"{side}before={before}", f"{side}before,first={before},{here}",
        f"{side}earlier={earlier},{before}", f"{side}three={earlier},{before},{here}",
        f"{side}second={second},{here},{before}", f"{side}previous-size={size},{before},{here}",
    )  # fmt: skip


def _begin_word(side: str, word: str, fine: str) -> Sequence[str]:
    return (f"{side}first-word={word}", f"{side}first-kind={fine}")


def _begin_previous(side: str, previous: str, fine: str) -> Sequence[str]:
    return (f"{side}previous={previous}", f"{side}before-kind={fine}")


def _begin_fine(side: str, before: str, here: str) -> Sequence[str]:
    return (f"{side}left-kinds={before},{here}",)


def _begin_coarse(side: str, before: str, here: str) -> Sequence[str]:
    return (f"{side}left-kinds-2={before},{here}",)


def right_edge(tables: Tables, sentence: Sentence, k: int, side: str = "") -> Evidence:
    """What speaks for a noun phrase that ends with token `k`."""
    classes, coarse, fine, words = sentence.classes, sentence.coarse, sentence.fine, sentence.words
    size = len(words[k + 1])
    return (
        tables[_end_classes][side, classes[k], classes[k + 1], classes[k + 2], size if size < 3 else 3]
        + tables[_end_word][side, words[k], sentence.tokens[k].text[-1], fine[k]]
        + tables[_end_following][side, words[k + 1], fine[k + 1]]
        + tables[_end_fine][side, fine[k], coarse[k + 1]]
        + tables[_end_coarse][side, coarse[k], fine[k + 1]]
    )


def _end_classes(side: str, here: str, after: str, later: str, size: int) -> Sequence[str]:
    return (
        f"{side}last={here}", f"{side}after={after}", f"{side}last,after={here},{after}",
        f"{side}later={after},{later}", f"{side}three-right={here},{after},{later}",
        f"{side}following-size={size},{after}",
    )  # fmt: skip


def _end_word(side: str, word: str, char: str, fine: str) -> Sequence[str]:
    return (f"{side}last-word={word}", f"{side}last-char={char}", f"{side}last-kind={fine}")


def _end_following(side: str, following: str, fine: str) -> Sequence[str]:
    return (f"{side}following={following}", f"{side}after-kind={fine}")


def _end_fine(side: str, here: str, after: str) -> Sequence[str]:
    return (f"{side}right-kinds={here},{after}",)


def _end_coarse(side: str, here: str, after: str) -> Sequence[str]:
    return (f"{side}right-kinds-2={here},{after}",)


def inner_word(tables: Tables, sentence: Sentence, k: int) -> Evidence:
    """What speaks for a noun phrase that runs over token `k`."""
    return tables[_inner][sentence.fine[k], sentence.classes[k], sentence.coarse[k + 1]]


def _inner(fine: str, klass: str, following: str) -> Sequence[str]:
    return (f"in={fine}", f"in-class={klass}", f"in-pair={klass},{following}")


def head_of(tables: Tables, sentence: Sentence, k: int, quantity: QuantityHit, group: str, side: str = "") -> Evidence:
    """How well the noun `k` goes with the unit of a quantity, whose `unit_class` is `group`."""
    unit = quantity.unit or quantity.kind
    return (
        tables[_head_fine][side, sentence.fine[k], unit]
        + tables[_head_group][side, sentence.coarse[k], group]
        + tables[_head_word][side, sentence.words[k], group]
        + tables[_head_tail][side, sentence.tokens[k].text[-1], unit]
    )


def _head_fine(side: str, fine: str, unit: str) -> Sequence[str]:
    return (f"{side}head-kind={fine},{unit}",)


def _head_group(side: str, coarse: str, group: str) -> Sequence[str]:
    return (f"{side}head-kind={coarse},{group}",)


def _head_word(side: str, word: str, group: str) -> Sequence[str]:
    return (f"{side}head={word},{group}",)


def _head_tail(side: str, char: str, unit: str) -> Sequence[str]:
    return (f"{side}tail={char},{unit}",)


def left_context(tokens: Sequence[Token], classes: Sequence[str], k: int) -> str:
    """The first class left of `k` that is not light, with its word where it is a state or change."""
    k -= 1
    while k >= 0 and classes[k] in _LIGHT:
        k -= 1
    if k < 0:
        return OUTSIDE
    return f"{classes[k]}:{tokens[k].text}" if classes[k] in ("state", "change", "stop") else classes[k]
