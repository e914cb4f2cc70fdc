"""What the linker learns from: the shared bulletins, what we annotated of others, sentences and articles of our own.

In: the files of `../shared`, `annotations`, `recombined`, `articles`. Out: documents as the linker gets them, and their
gold rows. The shared bulletins also measure; all else only trains.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from baodao.build.annotations import TABLE, THINGS, Bulletin, Row, read_annotated
from baodao.build.articles import ARTICLE_WEIGHT, ARTICLES, read_articles
from baodao.build.recombined import RECOMBINED, SENTENCE_WEIGHT, recombine
from baodao.build.tables import write_table
from baodao.records import Source
from baodao.records.fact import plain_number
from baodao.records.light import Hit, QuantityHit
from baodao.stages import Pipeline
from baodao.text.passage import Passage

__all__ = [
    "DECISIONS", "MODELS", "SHARED", "Document", "Matter", "load_scorer", "read_documents", "read_gold", "read_ours",
]  # fmt: skip

SHARED = Path("../shared/facts")
MODELS = Path("src/baodao/data/models")
# the decisions of the linker, and the slot that each fills
DECISIONS = {
    "what": "what", "verb": "predicate", "fact": "", "region": "region",
    "program": "program", "actor": "actor", "time": "time",
}  # fmt: skip
# what our own matter teaches: where it helps on bulletins not seen; of programs our annotations know too few
_TAUGHT_BY_BULLETINS = frozenset(("what", "verb", "fact", "region", "actor", "time"))
_TAUGHT_BY_THINGS = frozenset(("what", "verb"))  # bulletins whose things and verbs alone we annotated
_TAUGHT_BY_SENTENCES = frozenset(("what",))
_TAUGHT_BY_ARTICLES = frozenset(("what", "verb", "region", "program"))

Article = tuple[list[tuple[Passage, list[Hit]]], int]
Document = tuple[str, list[Article]]
Annotated = Iterable[tuple[Bulletin, list[Row]]]


class Matter(NamedTuple):
    """What we annotated or wrote ourselves: it trains and is never measured."""

    what: str  # as the card of the models calls it
    answers: Path  # the file that they come from
    gold: dict[str, list[Row]]
    documents: list[Document]
    teaches: frozenset[str]  # decisions
    weight: float = 1.0  # of an example, beside those of the shared bulletins


def load_scorer() -> ModuleType:
    """The shared scorer, whose `slot_right` says which answers are right."""
    spec = importlib.util.spec_from_file_location("score_facts", SHARED / "score_facts.py")
    if spec is None or spec.loader is None or not SHARED.is_dir():
        sys.exit(f"{SHARED} is absent: the linker is trained and measured on the shared bulletins")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _bootstrap() -> None:
    """Empty tables where none were ever written, so that the pipeline can read."""
    for name in (*DECISIONS, "confidence"):
        if not (MODELS / f"link_{name}.csv").exists():
            write_table(MODELS / f"link_{name}.csv", ("feature", "weight"), [])


def read_gold() -> dict[str, list[Row]]:
    """The gold rows by document."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in (SHARED / "dev_facts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    return rows


def read_documents() -> list[Document]:
    """Each bulletin with its articles as the linker gets them."""
    _bootstrap()
    documents = []
    pipeline = Pipeline()
    for line in (SHARED / "dev" / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = (SHARED / "dev" / f"{entry['doc']}.txt").read_bytes().decode("utf-8")
        reading = pipeline.read(text, Source(issue_date=entry["date"]))
        documents.append((entry["doc"], [(article.passages, article.body) for article in reading.articles]))
    return documents


def read_ours(scorer: ModuleType) -> list[Matter]:
    """All that we annotated, the sentences recombined from it, and our own articles."""
    whole, parts = read_annotated(TABLE), read_annotated(THINGS)
    sentences = recombine([*whole, *parts])

    def matter(what: str, answers: Path, annotated: Annotated, teaches: frozenset[str], weight: float = 1.0) -> Matter:
        return Matter(what, answers, *read_more(scorer, annotated), teaches, weight)

    return [
        matter("bulletins annotated by us", TABLE, whole, _TAUGHT_BY_BULLETINS),
        matter("bulletins annotated by us in part", THINGS, parts, _TAUGHT_BY_THINGS),
        matter("sentences put together of both", RECOMBINED, sentences, _TAUGHT_BY_SENTENCES, SENTENCE_WEIGHT),
        matter("articles written by us", ARTICLES, read_articles(), _TAUGHT_BY_ARTICLES, ARTICLE_WEIGHT),
    ]


def read_more(scorer: ModuleType, annotated: Annotated) -> tuple[dict[str, list[Row]], list[Document]]:
    """Annotated bulletins with the values that the library reads."""
    gold: dict[str, list[Row]] = {}
    documents: list[Document] = []
    pipeline = Pipeline()
    for (name, text, date), rows in annotated:
        reading = pipeline.read(text, Source(issue_date=date))
        documents.append((name, [(article.passages, article.body) for article in reading.articles]))
        read = [
            (passage.place(hit.start, hit.end, hit.number)[0], plain_number(hit.value))
            for article in reading.articles
            for passage, hits in article.passages
            for hit in hits
            if isinstance(hit, QuantityHit)
        ]
        gold[name] = [
            row | {"value": value}
            for row in rows
            for (start, end), value in read
            if scorer.overlap(row, {"start": start, "end": end}) >= 0.5
        ]
    return gold, documents
