"""What the linker's models look at in noun phrases: families of readable feature names, and what they are asked with.

A class is a coarse reading of a token (n, v, state, light, “, Q …), a kind its class among words that keep the same
company, a field that among words of like meaning; a signature is the classes of a stretch. `side` tells apart what is
asked from two sides: the weights of a phrase's beginning differ behind the number.
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
    classes, words, get = sentence.classes, sentence.words, tables.names.get
    before, here, previous = classes[k - 1], classes[k], words[k - 1]
    fine, fine_before = sentence.fine[k], sentence.fine[k - 1]
    size = len(previous)
    return (
        tables[_begin][side, classes[k - 2], before, here, size if size < 3 else 3]
        + get(f"{side}second={classes[k + 1]},{here},{before}", 0)
        + get(f"{side}first-word={words[k]}", 0)
        + get(f"{side}first-kind={fine}", 0)
        + get(f"{side}previous={previous}", 0)
        + get(f"{side}before-kind={fine_before}", 0)
        + get(f"{side}left-kinds={fine_before},{sentence.coarse[k]}", 0)
        + get(f"{side}left-kinds-2={sentence.coarse[k - 1]},{fine}", 0)
        + get(f"{side}first-field={sentence.field[k]}", 0)
        + get(f"{side}before-field={sentence.field[k - 1]}", 0)
        + get(f"{side}left-fields={sentence.broad[k - 1]},{sentence.broad[k]}", 0)
    )


def _begin(side: str, earlier: str, before: str, here: str, size: int) -> Sequence[str]:
    return (
        f"{side}first={here}", f"{side}before={before}", f"{side}before,first={before},{here}",
        f"{side}earlier={earlier},{before}", f"{side}three={earlier},{before},{here}",
        f"{side}previous-size={size},{before},{here}",
    )  # fmt: skip


def right_edge(tables: Tables, sentence: Sentence, k: int, side: str = "") -> Evidence:
    """What speaks for a noun phrase that ends with token `k`."""
    classes, words, get = sentence.classes, sentence.words, tables.names.get
    fine, following, fine_after = sentence.fine[k], words[k + 1], sentence.fine[k + 1]
    size = len(following)
    return (
        tables[_end][side, classes[k], classes[k + 1], classes[k + 2], size if size < 3 else 3]
        + get(f"{side}last-word={words[k]}", 0)
        + get(f"{side}last-char={sentence.texts[k][-1]}", 0)
        + get(f"{side}last-kind={fine}", 0)
        + get(f"{side}following={following}", 0)
        + get(f"{side}after-kind={fine_after}", 0)
        + get(f"{side}right-kinds={fine},{sentence.coarse[k + 1]}", 0)
        + get(f"{side}right-kinds-2={sentence.coarse[k]},{fine_after}", 0)
        + get(f"{side}last-field={sentence.field[k]}", 0)
        + get(f"{side}after-field={sentence.field[k + 1]}", 0)
        + get(f"{side}right-fields={sentence.broad[k]},{sentence.broad[k + 1]}", 0)
    )


def _end(side: str, here: str, after: str, later: str, size: int) -> Sequence[str]:
    return (
        f"{side}last={here}", f"{side}after={after}", f"{side}last,after={here},{after}",
        f"{side}later={after},{later}", f"{side}three-right={here},{after},{later}",
        f"{side}following-size={size},{after}",
    )  # fmt: skip


def inner_word(tables: Tables, sentence: Sentence, k: int) -> Evidence:
    """What speaks for a noun phrase that runs over token `k`."""
    klass = sentence.classes[k]
    return tables.names.get(f"in={sentence.fine[k]}", 0) + tables[_inner][klass, sentence.coarse[k + 1]]


def _inner(klass: str, following: str) -> Sequence[str]:
    return (f"in-class={klass}", f"in-pair={klass},{following}")


def head_of(tables: Tables, sentence: Sentence, k: int, quantity: QuantityHit, group: str, side: str = "") -> Evidence:
    """How well the noun `k` goes with the unit of a quantity, whose `unit_class` is `group`."""
    unit, get = quantity.unit or quantity.kind, tables.names.get
    return (
        get(f"{side}head-kind={sentence.fine[k]},{unit}", 0)
        + get(f"{side}head-kind={sentence.coarse[k]},{group}", 0)
        + get(f"{side}head-field={sentence.field[k]},{group}", 0)
        + get(f"{side}head-narrow={sentence.narrow[k]},{group}", 0)
        + get(f"{side}head={sentence.words[k]},{group}", 0)
        + get(f"{side}tail={sentence.texts[k][-1]},{unit}", 0)
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
