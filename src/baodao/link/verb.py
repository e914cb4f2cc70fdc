"""The predicate: the verb that ties thing and quantity, chosen among the verbs near the number."""

from __future__ import annotations

from collections.abc import Sequence

from baodao.link.choice import Chooser, Option, Tables
from baodao.link.features import signature, unit_class
from baodao.link.thing import Thing
from baodao.link.tokens import Sentence

__all__ = ["choose_verb"]

_REACH = 18
_EACH_SIDE = 3


def choose_verb(sentence: Sentence, k: int, thing: Thing, choose: Chooser) -> int | None:
    """The token index of the verb of quantity `k`, None where it has none."""
    quantity, classes, tables = sentence.quantity(k), sentence.classes, choose.tables("verb")
    unit = unit_class(quantity)
    options = [
        *_verbs(sentence, k, thing, "left", range(k - 1, max(k - _REACH, -1), -1), unit, tables),
        *_verbs(sentence, k, thing, "right", range(k + 1, min(k + _REACH, len(sentence.tokens))), unit, tables),
        (tables[_none][unit, thing.place, classes[k - 1], classes[k + 1]], None),
    ]

    def say(index: int | None) -> list[str]:
        return ["" if index is None else sentence.texts[index]]

    verb: int | None = choose.pick("verb", quantity, options, say)
    return verb


def _verbs(
    sentence: Sentence, k: int, thing: Thing, side: str, steps: range, unit: str, tables: Tables
) -> list[Option]:
    """The verbs of one side, the nearest first, at most one comma away."""
    texts, classes, is_verb, get = sentence.texts, sentence.classes, sentence.is_verb, tables.names.get
    begin, end = thing.run or (k, k)
    options: list[Option] = []
    commas = 0
    for index in steps:
        klass = classes[index]
        if klass == "stop":
            commas += 1
            if commas > 1 or texts[index] in "。;!?":
                break
        if not is_verb[index] or texts[index] in "了着过":
            continue
        if begin <= index < end:
            where = "inside"
        else:
            where = "beyond" if thing.run and (index >= end) == (side == "right") else "near"
        between = signature(classes, min(index, k) + 1, max(index, k), 4)
        speaks = (
            tables[_ranked][side, len(options), commas, where, thing.place, unit]
            + get(f"{side} between={between}", 0)
            + get(f"{side} place={thing.place} between={between}", 0)
            + tables[_classes][side, where, klass, thing.place]
            + get(f"{side} next={classes[index + 1]}", 0)
            + get(f"{side} before={classes[index - 1]} class={klass}", 0)
            + get(f"word={texts[index]}", 0)
            + get(f"one={len(texts[index]) == 1}", 0)
        )
        options.append((speaks, index))
        if len(options) == _EACH_SIDE:
            break
    return options


def _ranked(side: str, rank: int, commas: int, where: str, place: str, unit: str) -> Sequence[str]:
    return (
        f"{side} rank={rank}", f"{side} commas={commas}", f"{side} {where} place={place} rank={rank}",
        f"{side} unit={unit} rank={rank}",
    )  # fmt: skip


def _classes(side: str, where: str, klass: str, place: str) -> Sequence[str]:
    return (f"class={klass}", f"{side} {where} class={klass} place={place}")


def _none(unit: str, place: str, left: str, right: str) -> Sequence[str]:
    return (
        f"none unit={unit}", f"none place={place}", f"none left={left}", f"none right={right}",
        f"none left,right={left},{right}", f"none place,left={place},{left}",
    )  # fmt: skip
