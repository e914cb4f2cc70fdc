"""What speaks for the thing that a quantity measures: families of readable feature names, asked by `thing`.

`side` is where the thing stands: before, after, beyond a description, shared with the previous or next number, none.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "across",
    "again",
    "apart",
    "bare",
    "beside",
    "beside_begin",
    "between_same",
    "common",
    "far",
    "first_after",
    "left_same",
    "ranked",
    "rest",
    "shape",
]


def common(side: str, unit: str, left: str, right: str) -> Sequence[str]:
    """What stands around the number: the class of its unit, what is left and right of it."""
    return (
        f"{side}unit={unit}", f"{side}right={right}", f"{side}left={left}", f"{side}left,right={left},{right}",
        f"{side}left,unit,right={left},{unit},{right}",
    )  # fmt: skip


def far(side: str, unit: str, right: str, far: str) -> Sequence[str]:
    """What stands behind the number, and behind that."""
    return (f"{side}right,far={right},{far}", f"{side}unit,right,far={unit},{right},{far}")


def first_after(linked: bool, unit: str, first: str) -> Sequence[str]:
    """With what a phrase behind the number begins, and whether 的 links it."""
    return (f"after 的={linked}", f"after 的,unit={linked},{unit}", f"after first={first},{unit}")


def across(unit: str, right: str, stops: int, numbers: int, size: int, first: str) -> Sequence[str]:
    """What a long description between the number and its thing is made of."""
    return (
        "beyond", f"beyond unit={unit}", f"beyond right,unit={right},{unit}", f"beyond stops={min(stops, 3)}",
        f"beyond numbers={min(numbers, 2)}", f"beyond size={size // 4}", f"beyond first={first},{min(stops, 2)}",
        f"beyond right,stops={right},{min(stops, 2)}",
    )  # fmt: skip


def again(side: str, said: int, longer: int, klass: str) -> Sequence[str]:
    """How often the article says the phrase, and the phrase with the word behind it."""
    return (
        f"{side}again={said}", f"{side}again,longer={said},{longer}",
        f"{side}again,class={min(said, 2)},{longer},{klass}",
    )  # fmt: skip


def apart(
    items: int, last: bool, size: int, first: str, alike: bool, same: bool, head: str, left: int
) -> Sequence[str]:
    """How a thing of a list that 分别 parts among numbers goes with what the list ends with."""
    size, left = min(size, 3), min(left, 3)
    return (
        "apart", f"apart items={min(items, 4)},{last}", f"apart size={size},{last}", f"apart first={first},{size}",
        f"apart alike={alike},{same},{size}", f"apart head={head},{size}", f"apart left={left},{size}",
        f"apart head,first={head},{first}", f"apart alike,first={alike},{same},{first}",
    )  # fmt: skip


def ranked(rank: int, commas: int) -> Sequence[str]:
    """Which of the phrases before the number it is, and how many commas lie between."""
    return (f"before rank={rank}", f"before commas={commas}")


def bare(side: str, bare: bool, unit: str) -> Sequence[str]:
    """Whether the clause of the number has no noun before it."""
    return (f"{side}bare={bare}", f"{side}bare,unit={bare},{unit}")


def between_same(side: str, between: str, unit: str, same_unit: bool, same_kind: bool) -> Sequence[str]:
    """What stands between two numbers, and whether they have the same unit and kind."""
    same = f"{same_unit},{same_kind}"
    return (
        f"{side}between={between}", f"{side}between,unit={between},{unit}", f"{side}same={same}",
        f"{side}between,same={between},{same}",
    )  # fmt: skip


def left_same(side: str, left: str, same_unit: bool, same_kind: bool, bare: bool) -> Sequence[str]:
    """What stands left of the number, and whether its neighbour is of the same kind."""
    same = f"{same_unit},{same_kind}"
    return (
        f"{side}same,left={same},{left}", f"{side}bare,same={bare},{same}",
        f"{side}bare,same,left={bare},{same},{left}",
    )  # fmt: skip


def rest(side: str, verbs: int, nouns: int, beside: str, left: str, led: int) -> Sequence[str]:
    """What its clause holds besides the phrase: behind it, or before it; `led` is whether a verb stands before the
    number, or the rank of the phrase."""
    rest = f"{verbs},{nouns}"
    return (
        f"{side}rest={rest}", f"{side}rest,led={rest},{led}", f"{side}rest,left={rest},{left}",
        f"{side}rest,beside={rest},{beside}", f"{side}rest,beside,left={verbs},{beside},{left}",
        f"{side}rest,beside,led={rest},{beside},{led}",
    )  # fmt: skip


def shape(side: str, size: int, length: int) -> Sequence[str]:
    """How long the phrase is, in words and characters."""
    return (f"{side}size={min(size, 6)}", f"{side}length={min(length, 12)}")


def beside(side: str, distance: int, klass: str) -> Sequence[str]:
    """How far an edge lies from where the phrase would naturally have it."""
    near = max(min(distance, 3), -3)
    return (f"{side}natural={near}", f"{side}natural,class={near},{klass}")


def beside_begin(governs: bool, distance: int, klass: str, alone: str) -> Sequence[str]:
    """`alone` is what stands before a phrase of one character, which mostly is the end of a word (托管|班)."""
    return (f"before governs={governs}", f"before alone={alone}", *beside("before ", distance, klass))
