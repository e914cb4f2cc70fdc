"""Which quantities are facts: out go ordinals, ages, durations, idle ones, anaphora and rules.

By FACTS.md, "What does not make a fact" and the decided cases: kinds decide first, a chooser the rest.
"""

from __future__ import annotations

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import at, unit_class
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence
from baodao.link.words import words

__all__ = ["FACT_KINDS", "is_fact"]

FACT_KINDS = frozenset(("count", "amount", "rate", "measure"))


def is_fact(sentence: Sentence, k: int, thing: Thing, verb: int | None, choose: Chooser) -> tuple[bool, float]:
    """Whether the quantity `sentence.tokens[k]` states a fact, and how sure that is."""
    tokens, classes, quantity = sentence.tokens, sentence.classes, sentence.quantity(k)
    unit = unit_class(quantity)
    one = quantity.value == 1 and quantity.bound == "exact"
    digits = any(c.isdigit() for c in tokens[k].text)
    left = tokens[k - 1].text if k else "#"
    word = tokens[verb].text if verb is not None else ""
    made = "" if verb is None else f"{word in words('create')},{verb < k}"
    few = quantity.bound == "vague" and quantity.low is not None and quantity.low < 10
    quoted = quantity.start > sentence.span[0] and tokens[k - 1].text in '“"‘' if k else False
    features = [
        "always",
        f"unit={unit}",
        f"printed={quantity.unit}",
        f"one={one},{digits}",
        f"one,made={one},{made}",
        f"few={few}",
        f"left={left[-1:]}",
        f"one,unit={one},{digits},{quantity.unit}",
        f"class={at(classes, k - 1)},{unit}",
        f"place={thing.place},{unit}",
        f"place,one={thing.place},{one}",
        f"right={at(classes, k + 1)},{unit}",
        f"verb={word},{one}",
        f"digits={digits},{unit}",
        f"bound={quantity.bound}",
        f"quoted={quoted}",
        f"small={quantity.value is not None and quantity.value < 10},{digits},{unit}",
        f"left,one={left[-1:]},{one}",
        f"rule={quantity.rule}",
        f"thing={_tail(sentence, thing)}",
        f"right-word={tokens[k + 1].text if k + 1 < len(tokens) else '#'}",
    ]
    chosen, sure = choose("fact", quantity, [Option(features, True, says("yes")), Option((), False, says("no"))])
    return chosen.value, sure


def _tail(sentence: Sentence, thing: Thing) -> str:
    return sentence.text(thing.run)[-1:] if thing.run else ""
