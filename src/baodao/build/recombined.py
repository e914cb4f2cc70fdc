"""Invented sentences in the order of newspapers, where a verb leads its thing and the number closes: 发放资料3万份.

The bulletins that we learn from mostly say 发放3万份资料; what they count, by what verb and in what numbers is put
together anew here, several to a sentence as in a newspaper's list of results. Such sentences train `what` beside the
annotated ones and weigh less; they are no text, nothing of them is shipped, and what they were made of is never
measured.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from baodao.build.annotations import Bulletin, Row
from baodao.text.segment import Segmenter

__all__ = ["RECOMBINED", "SENTENCE_WEIGHT", "recombine"]

RECOMBINED = Path(__file__)

SENTENCE_WEIGHT = 0.3  # of such an example beside an annotated one; more costs on bulletins not seen
SENTENCES = 700
LONGEST = 12  # characters of a thing
LIST = (1, 1, 2, 2, 3, 4)  # things of a sentence
DATE = "2021-06-01"

# what opens a sentence, stands before its verbs, whom it is for, how it closes
OPENS = (
    "截至目前,全市", "该县", "当地", "县妇联", "全省各级", "今年以来,全区", "活动", "活动期间,", "去年,", "医院",
    "学校", "", "目前,", "中心", "街道", "协会",
)  # fmt: skip
LEADS = ("", "", "", "", "累计", "共", "已", "先后", "还", "已累计", "共计")
FOR = ("为", "向", "给", "帮助")
LIKE = ("", "", "返乡的", "困难的", "当地的")
CLOSES = ("。", "。", ",受到群众欢迎。", ",取得良好成效。", ",带动就业增收。")
NOT_VERBS = frozenset(("达到", "超过", "占到"))  # they lead numbers, not things
PERSONS = frozenset("名位人户")  # how numbers of persons end


class _Counted(NamedTuple):
    """A verb with what it counts, as a bulletin has them."""

    verb: str
    thing: str
    number: str


def recombine(annotated: Iterable[tuple[Bulletin, list[Row]]]) -> Iterator[tuple[Bulletin, list[Row]]]:
    """Invented texts with the places of their numbers and things, in the form of annotated bulletins."""
    found = list(_counted(annotated))
    persons = [c.thing for c in found if c.number[-1] in PERSONS and len(c.thing) <= LONGEST // 2]
    dice = random.Random(0)
    for index in range(SENTENCES):
        name, text, rows = f"recombined-{index}", "本报讯\n\n" + dice.choice(OPENS), []
        mark, size = dice.choice(",,、"), dice.choice(LIST)
        for place in range(size):
            verb, thing, number = dice.choice(found)
            lead = dice.choice(LEADS) if place == 0 or mark == "," else ""
            text += (mark if place else "") + lead + _whom(dice, persons) + verb + thing
            rows.append({"doc": name, "start": len(text), "end": len(text) + len(number), "what": thing})
            text += number
        yield (name, text + dice.choice(CLOSES) + "\n", DATE), rows


def _counted(annotated: Iterable[tuple[Bulletin, list[Row]]]) -> Iterator[_Counted]:
    """Numbers with a verb whose thing stands right behind them."""
    segmenter = Segmenter()
    for (_, text, _), rows in annotated:
        for row in rows:
            verb, number = row.get("predicate", ""), text[row["start"] : row["end"]]
            if row.get("optional") or len(verb) != 2 or verb in NOT_VERBS or "元" in number or "%" in number:
                continue
            behind = text[row["end"] : row["end"] + LONGEST]
            things = [t for t in (row["what"], *row.get("what_also", ())) if len(t) > 1 and behind.startswith(t)]
            thing = max(things, key=len, default="")
            if thing and "、" not in thing and thing.count("的") < 2 and segmenter.tag(verb)[0][1].startswith("v"):
                yield _Counted(verb, thing, number)


def _whom(dice: random.Random, persons: list[str]) -> str:
    """Now and then whom it was done for: 为困难的学生."""
    if dice.random() >= 0.2:
        return ""
    return dice.choice(FOR) + dice.choice(LIKE) + dice.choice(persons) + dice.choice(("", "", "们"))
