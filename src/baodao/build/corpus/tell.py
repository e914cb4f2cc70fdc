"""A story of `stories/*.toml`, told once: its text and exactly the facts that the text states.

In: a story (wordings with slots and marked quantities) and a generator of chance. Out: `Telling`s; offsets count
within a paragraph. The marks are explained at the top of `words.toml`; what a fact is, `FACTS.md` of the team says.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from baodao.build.corpus.draw import Calendar, Place, draw_numbers, print_number
from baodao.build.corpus.words import hedges, units
from baodao.build.press import Press

__all__ = ["SLOTS", "Statement", "Story", "Telling"]

SLOTS = ("unit", "what", "predicate", "region", "program", "actor", "time")
_MARK = re.compile(r"\[(?P<fact>[^\]]+)\]|<(?P<set>[^>]*)>|(?P<text>[^\[<]+)")
_SLOT = re.compile(r"\{(\w+)(?::([^}]+))?\}")
_CHOICE = re.compile(r"\(\((.*?)\)\)", re.S)


class Statement(NamedTuple):
    """One fact: where it stands and what is right; `also` holds other right answers by slot."""

    paragraph: int
    start: int
    end: int
    kind: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    slots: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    optional: bool


class Telling(NamedTuple):
    """A report as one newspaper would print it."""

    title: str
    paragraphs: tuple[str, ...]
    statements: tuple[Statement, ...]


@dataclass
class Story:
    """An invented happening: place, day, numbers and names are drawn once, then told once or more often.

    Args:
        entry: the story's table in the TOML file.
        place: where it happens.
        day: when.
        chance: the only source of chance.
    """

    entry: Mapping[str, Any]
    place: Place
    day: Calendar
    chance: random.Random

    def __post_init__(self) -> None:
        self._numbers = draw_numbers(self.entry.get("numbers", {}), self.chance)
        words = self.entry.get("words", {})
        self._words = {name: self.chance.choice(choices) for name, choices in words.items()}
        press = Press(self.chance)
        self._words |= {"who": press.name(), "other": press.name()}

    def tell(self, version: Mapping[str, Any]) -> Telling:
        """One version (`title`, `body`) of what happened."""
        body = _CHOICE.sub(lambda m: self.chance.choice(m[1].split("||")), version["body"].strip())
        context = {"region": self.entry["place"], "program": "", "actor": "", "time": ""}
        paragraphs, statements = [], []
        for index, source in enumerate(line for line in body.splitlines() if line.strip()):
            context["time"] = context["actor"] = ""
            text = ""
            for mark in _MARK.finditer(source.strip()):
                if mark["set"] is not None:
                    context |= dict(pair.split("=", 1) for pair in mark["set"].split("|"))
                elif mark["fact"] is not None:
                    printed, *fields = mark["fact"].split("|")
                    expression = self.fill(printed)
                    statements.append(self._state(index, len(text), printed, expression, fields, context))
                    text += expression
                else:
                    if "。" in mark["text"]:
                        context["actor"] = ""
                    text += self.fill(mark["text"])
            paragraphs.append(text)
        return Telling(self.fill(version["title"]), tuple(paragraphs), tuple(statements))

    def fill(self, wording: str) -> str:
        """The wording with its slots filled."""
        return _SLOT.sub(lambda m: self._slot(m[1], m[2] or ""), wording)

    def _slot(self, name: str, form: str) -> str:
        if name in self._words:
            return self.fill(self._words[name])
        if name in self._numbers:
            return print_number(self._numbers[name], form)[0]
        return self.day.slots[name] if name in self.day.slots else self.place.name(name, short=form == "short")

    def _state(
        self, paragraph: int, start: int, printed: str, text: str, fields: list[str], context: Mapping[str, str]
    ) -> Statement:
        unit, bound, size = read_remainder(_SLOT.sub("", printed))
        values = [print_number(self._numbers[m[1]], m[2] or "")[1] * size for m in _SLOT.finditer(printed)]
        own = dict(field.split("=", 1) for field in fields[2:] if field != "?")
        given = {"unit": unit, "what": fields[0], "predicate": fields[1], **context, **own}
        answers = {slot: self.fill(given[slot]).split("~") for slot in SLOTS}
        answers["region"] = [self.place.code(name) for name in given["region"].split("~")]
        low, high = (Decimal(own[end]) if end in own else None for end in ("low", "high"))
        if len(values) == 2:
            (low, high), bound = values, "range"
        bound = own.get("bound", bound)
        value = values[0] if values else Decimal(own["value"]) if "value" in own else None
        return Statement(
            paragraph, start, start + len(text), kind_of(answers["unit"][0]), low if bound == "range" else value,
            low, high, bound, {slot: a[0] for slot, a in answers.items()},
            {slot: tuple(a[1:]) for slot, a in answers.items() if a[1:]}, "?" in fields,
        )  # fmt: skip


def read_remainder(words: str) -> tuple[str, str, int]:
    """Unit and bound of a printed quantity without its digits, and the magnitude behind them.

    >>> read_remainder("近名"), read_remainder("万余元"), read_remainder("个百分点")
    (('名', 'under', 1), ('CNY', 'over', 10000), ('百分点~个百分点', 'exact', 1))
    """
    bound, size = "exact", 1
    for hedge, meaning in hedges():
        if hedge in words:
            words, bound = words.replace(hedge, "", 1), meaning
    for magnitude, worth in (("万", 10_000), ("亿", 100_000_000)):
        if words.startswith(magnitude):
            words, size = words[1:], worth
    return {"元": "CNY", "个百分点": "百分点~个百分点"}.get(words, words), bound, size


def kind_of(unit: str) -> str:
    """What a unit measures: count, amount, rate or measure."""
    return next((kind for kind, names in units().items() if unit in names), "count")
