"""The predicate: the verb that ties thing and quantity, chosen among the verbs near the number."""

from __future__ import annotations

from collections.abc import Iterator

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import at, signature, unit_class
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence, is_verb

__all__ = ["choose_verb"]

_REACH = 18
_EACH_SIDE = 3


def choose_verb(sentence: Sentence, k: int, thing: Thing, choose: Chooser) -> tuple[int | None, float]:
    """The token index of the verb of quantity `k`, None where it has none, and how sure that is."""
    options = [
        Option(features, index, says(sentence.tokens[index].text)) for index, features in _verbs(sentence, k, thing)
    ]
    unit = unit_class(sentence.quantity(k))
    left, right = at(sentence.classes, k - 1), at(sentence.classes, k + 1)
    none = [
        f"none {n}"
        for n in (
            f"unit={unit}",
            f"place={thing.place}",
            f"left={left}",
            f"right={right}",
            f"left,right={left},{right}",
            f"place,left={thing.place},{left}",
        )
    ]
    chosen, sure = choose("verb", sentence.quantity(k), [*options, Option(none, None, says(""))])
    return chosen.value, sure


def _verbs(sentence: Sentence, k: int, thing: Thing) -> Iterator[tuple[int, list[str]]]:
    tokens, classes = sentence.tokens, sentence.classes
    unit = unit_class(sentence.quantity(k))
    inside = range(*thing.run) if thing.run else range(0)
    for side, steps in (
        ("left", range(k - 1, max(k - _REACH, -1), -1)),
        ("right", range(k + 1, min(k + _REACH, len(tokens)))),
    ):
        found = commas = 0
        for index in steps:
            if classes[index] == "stop":
                commas += 1
                if commas > 1 or tokens[index].text in "。;!?":
                    break
            token = tokens[index]
            if not is_verb(token) or found == _EACH_SIDE or token.text in "了着过":
                continue
            low, high = min(index, k) + 1, max(index, k)
            between = signature(classes, low, high, 4)
            where = (
                "inside"
                if index in inside
                else "beyond"
                if thing.run and (index >= thing.run[1]) == (side == "right")
                else "near"
            )
            names = [
                f"{side} rank={found}",
                f"{side} between={between}",
                f"class={classes[index]}",
                f"{side} commas={commas}",
                f"{side} {where} place={thing.place} rank={found}",
                f"word={token.text}",
                f"{side} unit={unit} rank={found}",
                f"{side} next={at(classes, index + 1)}",
                f"{side} before={at(classes, index - 1)} class={classes[index]}",
                f"{side} place={thing.place} between={between}",
                f"one={len(token.text) == 1}",
                f"{side} {where} class={classes[index]} place={thing.place}",
            ]
            yield index, names
            found += 1
