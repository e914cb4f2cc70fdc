"""What the linker's models look at: pure functions from tokens to readable feature names.

A class is a coarse reading of a token (n, v, state, light, “, Q …); a signature is the classes of a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence

from baodao.link.tokens import QUANTITY, Token
from baodao.records.light import QuantityHit

__all__ = ["boundary_left", "boundary_right", "signature", "unit_class"]

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


def boundary_right(tokens: Sequence[Token], classes: Sequence[str], begin: int, k: int, unit: str) -> list[str]:
    """Features of the decision to end a following noun phrase `[begin, k]` right behind token `k`."""
    here, after, later = at(classes, k), at(classes, k + 1), at(classes, k + 2)
    word = tokens[k].text
    following = tokens[k + 1].text if k + 1 < len(tokens) else "#"
    size = k - begin
    inner = classes[begin:k]
    return [
        f"here={here}", f"next={after}", f"here,next={here},{after}", f"next,later={after},{later}",
        f"three={here},{after},{later}", f"word={word}", f"last={word[-1]}", f"following={following}",
        f"unit,last={unit},{word[-1]}", f"unit,here,next={unit},{here},{after}", f"size={min(size, 6)}",
        f"size,next={min(size, 3)},{after}", f"following-size={min(len(following), 3)},{after}",
        f"inner-的={'的' in inner},{after}", f"inner-n={any(c in ('n', '“', 'O', 'j') for c in inner)},{here},{after}",
        f"first={at(classes, begin)},{here},{after}",
    ]  # fmt: skip


def boundary_left(tokens: Sequence[Token], classes: Sequence[str], k: int, end: int) -> list[str]:
    """Features of the decision to begin a preceding noun phrase `[k, end)` at token `k`."""
    here, before, earlier = at(classes, k), at(classes, k - 1), at(classes, k - 2)
    word = tokens[k].text
    previous = tokens[k - 1].text if k else "#"
    size = end - 1 - k
    head = tokens[end - 1].text
    return [
        f"here={here}", f"before={before}", f"before,here={before},{here}", f"earlier,before={earlier},{before}",
        f"three={earlier},{before},{here}", f"word={word}", f"previous={previous}", f"size={min(size, 6)}",
        f"size,before={min(size, 3)},{before}", f"right={at(classes, k + 1)},{here},{before}",
        f"head={head[-1]},{before}", f"previous-size={min(len(previous), 3)},{before},{here}",
        f"after-end={at(classes, end)},{before}",
    ]  # fmt: skip


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
