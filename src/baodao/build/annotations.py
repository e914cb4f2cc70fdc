"""Bulletins of `../shared/data` that we annotated ourselves by FACTS.md, for training beside the shared gold.

`annotated.csv` holds no text, only positions: a row a quantity, `fact` 1 (a fact), 0 (none) or o (optional), slots as
page spans (`12-18`, `12-15+18-20` where something stands between), codes and ISO times as they are, alternatives
parted by `|`, `~` for an empty one. None of these bulletins is among those that the figures are measured on.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

__all__ = ["TABLE", "THINGS", "Bulletin", "Row", "answered", "read_annotated", "read_bulletins"]

TABLE = Path(__file__).with_name("annotated.csv")
# only what a quantity measures, and its verb; of most bulletins only the sentences in which the models doubted
THINGS = Path(__file__).with_name("annotated_things.csv")
BULLETINS = Path("../shared/data/bulletins_2016_2020.jsonl.gz")
_SPANS = ("what", "predicate", "program", "actor")

Row = dict[str, Any]
Bulletin = tuple[str, str, str]  # id, text, issue date


def read_annotated(table: Path = TABLE) -> list[tuple[Bulletin, list[Row]]]:
    """The annotated bulletins with their rows, as the shared gold has them, but for the values of the quantities."""
    marks: dict[str, list[dict[str, str]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        for mark in csv.DictReader(lines):
            marks[mark["doc"]].append(mark)
    found = []
    for name, text, date in read_bulletins():
        if name in marks:
            rows = [_row(mark, text) for mark in marks[name] if mark["fact"] != "0"]
            found.append(((name, text, date), rows))
    return found


def read_bulletins() -> Iterator[Bulletin]:
    """The bulletins of the shared folder, headline first."""
    with gzip.open(BULLETINS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], "\n".join([row["title"], "", *row["paragraphs"]]), row["date"]


def _row(mark: dict[str, str], text: str) -> Row:
    row: Row = {"doc": mark["doc"], "start": int(mark["start"]), "end": int(mark["end"])}
    if mark["fact"] == "o":
        row["optional"] = True
    for slot in (*_SPANS, "region", "time"):
        row |= answered(slot, [_answer(slot, answer, text) for answer in mark.get(slot, "").split("|")])
    return row


def answered(slot: str, answers: Sequence[str]) -> Row:
    """What a row says of a slot: the first of its right answers, and what is right also."""
    first, *others = answers
    return {slot: first, f"{slot}_also": others} if others else {slot: first}


def _answer(slot: str, printed: str, text: str) -> str:
    if printed in ("", "~") or slot not in _SPANS:
        return printed.replace("~", "")
    spans = (piece.split("-") for piece in printed.split("+"))
    return "".join(text[int(start) : int(end)] for start, end in spans)
