"""Which quantities are facts: out go ordinals, ages, durations, idle ones, anaphora and rules.

By FACTS.md, "What does not make a fact" and the decided cases: kinds decide first, a chooser the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from baodao.link.choice import Chooser
from baodao.link.features import unit_class
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence
from baodao.link.words import words

__all__ = ["FACT_KINDS", "is_fact"]

FACT_KINDS = frozenset(("count", "amount", "rate", "measure"))

_DIGIT = re.compile(r"\d")


def is_fact(sentence: Sentence, k: int, thing: Thing, verb: int | None, choose: Chooser) -> tuple[bool, float]:
    """Whether the quantity `sentence.tokens[k]` states a fact, and how sure that is."""
    texts, classes, quantity = sentence.texts, sentence.classes, sentence.quantity(k)
    tables = choose.tables("fact")
    unit, printed, value = unit_class(quantity), quantity.unit, quantity.value
    one = value == 1 and quantity.bound == "exact"
    digits = _DIGIT.search(texts[k]) is not None
    left = texts[k - 1]
    word = texts[verb] if verb is not None else ""
    made = "" if verb is None else f"{word in words('create')},{verb < k}"
    few = quantity.bound == "vague" and quantity.low is not None and quantity.low < 10
    speaks = (
        tables[_number][unit, one, digits, few, value is not None and value < 10, quantity.bound, quantity.rule]
        + tables[_unit][printed, one, digits]
        + tables[_left][left[-1:], one, k > 0 and left in '“"‘']
        + tables[_verb][word, made, one]
        + tables[_around][classes[k - 1], classes[k + 1], unit, thing.place, one]
        + tables.names.get(f"thing={sentence.texts[thing.run[1] - 1][-1] if thing.run else ''}", 0)
        + tables.names.get(f"right-word={texts[k + 1]}", 0)
    )
    no = tables[_no][()]
    return choose.weigh("fact", quantity, [(speaks, True), (no, False)], lambda fact: ["yes" if fact else "no"])


def _number(unit: str, one: bool, digits: bool, few: bool, small: bool, bound: str, rule: str) -> Sequence[str]:
    return (
        "always", f"unit={unit}", f"one={one},{digits}", f"few={few}", f"digits={digits},{unit}", f"bound={bound}",
        f"small={small},{digits},{unit}", f"rule={rule}",
    )  # fmt: skip


def _unit(printed: str, one: bool, digits: bool) -> Sequence[str]:
    return (f"printed={printed}", f"one,unit={one},{digits},{printed}")


def _left(char: str, one: bool, quoted: bool) -> Sequence[str]:
    return (f"left={char}", f"left,one={char},{one}", f"quoted={quoted}")


def _verb(word: str, made: str, one: bool) -> Sequence[str]:
    return (f"one,made={one},{made}", f"verb={word},{one}")


def _around(left: str, right: str, unit: str, place: str, one: bool) -> Sequence[str]:
    return (
        f"class={left},{unit}", f"right={right},{unit}", f"place={place},{unit}", f"place,one={place},{one}",
    )  # fmt: skip


def _no() -> Sequence[str]:
    return ()
