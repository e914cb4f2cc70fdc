"""What the linker's models look at in noun phrases: families of readable feature names, and what they are asked with.

A class is a coarse reading of a token (n, v, state, light, “, Q …), a kind its class among words that keep the same
company; a signature is the classes of a stretch. `side` tells apart what is asked from two sides: the weights of a
phrase's beginning differ behind the number.
"""

from __future__ import annotations

from collections.abc import Sequence

from baodao.link.choice import Evidence, Tables
from baodao.link.tokens import OUTSIDE, Sentence
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
    classes, words, names = sentence.classes, sentence.words, tables.names
    before, here, size = classes[k - 1], classes[k], len(words[k - 1])
    fine, fine_before = sentence.fine[k], sentence.fine[k - 1]
    return (
        tables[_begin_classes][side, classes[k - 2], before, here, size if size < 3 else 3]
        + tables[_begin_word][side, words[k], fine]
        + tables[_begin_previous][side, words[k - 1], fine_before]
        + names[f"{side}second={classes[k + 1]},{here},{before}"]
        + names[f"{side}left-kinds={fine_before},{sentence.coarse[k]}"]
        + names[f"{side}left-kinds-2={sentence.coarse[k - 1]},{fine}"]
    )


def _begin_classes(side: str, earlier: str, before: str, here: str, size: int) -> Sequence[str]:
    return (
        f"{side}first={here}", f"{side}before={before}", f"{side}before,first={before},{here}",
        f"{side}earlier={earlier},{before}", f"{side}three={earlier},{before},{here}",
        f"{side}previous-size={size},{before},{here}",
    )  # fmt: skip


def _begin_word(side: str, word: str, fine: str) -> Sequence[str]:
    return (f"{side}first-word={word}", f"{side}first-kind={fine}")


def _begin_previous(side: str, previous: str, fine: str) -> Sequence[str]:
    return (f"{side}previous={previous}", f"{side}before-kind={fine}")


def right_edge(tables: Tables, sentence: Sentence, k: int, side: str = "") -> Evidence:
    """What speaks for a noun phrase that ends with token `k`."""
    classes, words, names = sentence.classes, sentence.words, tables.names
    size, fine, fine_after = len(words[k + 1]), sentence.fine[k], sentence.fine[k + 1]
    return (
        tables[_end_classes][side, classes[k], classes[k + 1], classes[k + 2], size if size < 3 else 3]
        + tables[_end_word][side, words[k], sentence.texts[k][-1], fine]
        + tables[_end_following][side, words[k + 1], fine_after]
        + names[f"{side}right-kinds={fine},{sentence.coarse[k + 1]}"]
        + names[f"{side}right-kinds-2={sentence.coarse[k]},{fine_after}"]
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


def inner_word(tables: Tables, sentence: Sentence, k: int) -> Evidence:
    """What speaks for a noun phrase that runs over token `k`."""
    return tables.names[f"in={sentence.fine[k]}"] + tables[_inner][sentence.classes[k], sentence.coarse[k + 1]]


def _inner(klass: str, following: str) -> Sequence[str]:
    return (f"in-class={klass}", f"in-pair={klass},{following}")


def head_of(tables: Tables, sentence: Sentence, k: int, quantity: QuantityHit, group: str, side: str = "") -> Evidence:
    """How well the noun `k` goes with the unit of a quantity, whose `unit_class` is `group`."""
    unit, names = quantity.unit or quantity.kind, tables.names
    return (
        names[f"{side}head-kind={sentence.fine[k]},{unit}"]
        + names[f"{side}head-kind={sentence.coarse[k]},{group}"]
        + names[f"{side}head={sentence.words[k]},{group}"]
        + names[f"{side}tail={sentence.texts[k][-1]},{unit}"]
    )


def left_context(sentence: Sentence, k: int) -> str:
    """The first class left of `k` that is not light, with its word where it is a state or change."""
    classes = sentence.classes
    k -= 1
    while k >= 0 and classes[k] in _LIGHT:
        k -= 1
    if k < 0:
        return OUTSIDE
    return f"{classes[k]}:{sentence.texts[k]}" if classes[k] in ("state", "change", "stop") else classes[k]
