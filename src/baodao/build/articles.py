"""Newspaper articles of our own words, `articles.txt`, read as annotated bulletins.

Bulletins seldom say what one named program has reached; newspapers report on little else. The articles train `what`,
the verb, the region and the program in that manner of writing, and are never measured. A number that states a fact
stands in brackets: [number|thing|verb|r=region p=program]; several right answers are parted by / in a thing, by | in a
program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from baodao.build.annotations import Bulletin, Row, answered
from baodao.regions import search

__all__ = ["ARTICLES", "ARTICLE_WEIGHT", "read_articles"]

ARTICLES = Path(__file__).with_name("articles.txt")
DATE = "2023-11-20"
ARTICLE_WEIGHT = 0.15  # of an example beside one of a bulletin: with more, bulletins not seen are read worse
_MARK = re.compile(r"\[([^\]|]+)(?:\|([^\]|]*)\|([^\]|]*)((?:\|[^\]]*)?))?\]")


def read_articles() -> Iterator[tuple[Bulletin, list[Row]]]:
    """The articles with their rows."""
    for index, printed in enumerate(ARTICLES.read_text(encoding="utf-8").split("\n= ")[1:]):
        title, program, region, body = printed.split("\n", 3)
        usual = {"p": program.removeprefix("program "), "r": region.removeprefix("region ")}
        yield _read(f"article-{index}", title + "\n\n", body.rstrip() + "\n", usual)


def _read(name: str, text: str, body: str, usual: dict[str, str]) -> tuple[Bulletin, list[Row]]:
    rows = []
    at = 0
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        number, thing, verb, own = mark.groups()
        if thing is not None:
            slots = usual | dict(re.findall(r"([rp])=(.*?)(?= [rp]=|$)", own.removeprefix("|")))
            place = {"doc": name, "start": len(text), "end": len(text) + len(number), "predicate": verb}
            programs = slots["p"].replace("~", "").split("|")
            what = answered("what", thing.split("/"))
            rows.append(place | what | answered("program", programs) | {"region": _code(slots["r"])})
        text, at = text + number, mark.end()
    return (name, text + body[at:], DATE), rows


@cache
def _code(place: str) -> str:
    """The code of a region by its name, or by the names that lead to it."""
    for begin in range(len(place) - 1):
        for region in search(place[begin:]):
            if "".join(region.path).endswith(place) and region.last is None:
                return region.adcode
    raise ValueError(f"{ARTICLES}: no region {place}")
