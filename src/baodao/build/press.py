"""Articles of our own invention and the small print around them, from the wordings of `press.toml`.

In: a random generator. Out: `Piece`s: a title, maybe a kicker, paragraphs; all invented. One half of the
wordings can be held out, so that a model is judged on words it never saw.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from baodao.resources import read_csv, read_words

__all__ = ["Piece", "Press"]

_ORGS = ("妇联", "团委", "民政局", "总工会", "农业农村局", "教育局", "卫健委", "文化馆", "街道办", "红十字会")
_TOWNS = ("青柳", "石桥", "松云", "白沙", "龙河", "金桂", "梅花", "双塔", "黄泥", "大坪")
_PROGRAMS = (
    "“春芽行动”",
    "“暖巢计划”",
    "“灯火课堂”",
    "“百村同行”",
    "“木兰工程”",
    "“石榴花开”",
    "“清泉计划”",
    "“巧手行动”",
)
_GIVEN = "华梅芳丽军伟敏静强磊洋艳勇杰娟涛明超秀霞平刚桂英玲丹峰萍鹏飞兰婷雪慧宁波欣蕾晨雨涵林建国庆春山河清远志文佳"


class Piece(NamedTuple):
    """The text of one article."""

    kicker: str
    title: str
    paragraphs: tuple[str, ...]
    words: Mapping[str, str]  # what the slots of its wordings hold


class Press:
    """Invents articles and small print.

    >>> press = Press(random.Random(3))
    >>> piece = press.article()
    >>> len(piece.paragraphs) > 1 and "{" not in piece.title
    True

    Args:
        chance: the only source of chance.
        half: 0 or 1 takes every other wording only; None takes all.
    """

    def __init__(self, chance: random.Random, half: int | None = None) -> None:
        self._chance = chance
        self._half = half
        self.turn_page()

    def turn_page(self) -> None:
        """Forget the topics told so far; no page tells one twice."""
        self._topics = self._some(_wordings()["topic"])
        self._topics = self._chance.sample(self._topics, len(self._topics))

    @property
    def most(self) -> int:
        """How many more articles it can invent for a page."""
        return len(self._topics)

    def article(self) -> Piece:
        """One invented article."""
        chance = self._chance
        topic = self._topics.pop()
        words = self.words() | {"thing": chance.choice(topic["things"])}
        title, *kicker = reversed(self._fill(chance.choice(topic["titles"]), words).split("："))
        body = [chance.choice(topic["leads"])]
        for sentence in chance.sample(topic["body"], chance.randint(2, len(topic["body"]))):
            if chance.random() < 0.45:
                body[-1] += sentence
            else:
                body.append(sentence)
        return Piece("".join(kicker), title, tuple(self._fill(text, words) for text in body), words)

    def words(self) -> dict[str, str]:
        """What the slots of one article hold."""
        chance = self._chance
        return {
            "place": chance.choice(_places()),
            "city": chance.choice(_cities()),
            "town": chance.choice(_TOWNS) + chance.choice(("镇", "乡", "街道", "坪村", "湾村", "社区")),
            "town2": chance.choice(_cities()),
            "org": chance.choice(_ORGS),
            "program": chance.choice(_PROGRAMS),
            "thing": "小广场",
            "who": self.name(),
            "other": self.name(),
            "third": self.name(),
            "spaced": " ".join(self.name()[:2]),
            "paper": chance.choice(_wordings()["page"]["papers"]),
        }  # fmt: skip

    def name(self) -> str:
        """A person's name."""
        return self._chance.choice(_surnames()) + "".join(self._chance.sample(_GIVEN, self._chance.choice((1, 2, 2))))

    def line(self, kind: str, words: Mapping[str, str] | None = None) -> str:
        """A line of small print: a label, a byline, a caption, …"""
        return self._fill(self._chance.choice(self._some(_wordings()["page"][kind])), words or self.words())

    def _some(self, wordings: list[Any]) -> list[Any]:
        return wordings if self._half is None else wordings[self._half :: 2]

    def _fill(self, wording: str, words: Mapping[str, str]) -> str:
        return wording.format_map(_Slots(self._chance, words))


class _Slots(dict[str, str]):
    """Slots of a wording; numbers are drawn anew each time."""

    def __init__(self, chance: random.Random, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._chance = chance

    def __missing__(self, key: str) -> str:
        chance = self._chance
        match key:
            case "month":
                return str(chance.randint(1, 12))
            case "day":
                return str(chance.randint(1, 30))
            case "year":
                return str(chance.randint(1998, 2025))
            case "week":
                return chance.choice("一二三四五六日")
            case "page":
                return chance.choice(("1", "2", "3", "4", "12", "一", "二", "四", "八"))
            case "page2":
                return f"{chance.randint(1, 12):02}"
            case "section":
                return str(chance.choice(_wordings()["page"]["sections"]))
            case "pct":
                return str(chance.choice((chance.randint(30, 99), f"{chance.randint(1, 99)}.{chance.randint(1, 9)}")))
            case "money":
                return str(chance.choice((chance.randint(2, 900), f"{chance.randint(1, 99)}.{chance.randint(1, 9)}")))
            case _:
                return str(chance.choice((chance.randint(2, 30), chance.randint(31, 999), chance.randint(1000, 9000))))


@cache
def _wordings() -> dict[str, Any]:
    return tomllib.loads(files("baodao.build").joinpath("press.toml").read_text(encoding="utf-8"))


@cache
def _places() -> tuple[str, ...]:
    return tuple(
        sorted({row["name"] for row in read_csv("regions.csv") if row["level"] == "county" and len(row["name"]) < 5})
    )


@cache
def _cities() -> tuple[str, ...]:
    return tuple(
        sorted(
            {
                row["name"].removesuffix("市")
                for row in read_csv("regions.csv")
                if row["level"] == "city" and row["name"].endswith("市") and len(row["name"]) < 5
            }
        )
    )


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(name for name in read_words("lexicon/common_surnames.txt") if len(name) == 1)
