"""A reading → rows of the tables of a run beside the facts, without the records that a `Page` is made of.

Equal to what the page of the same text says, which a test holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from baodao.dress import Reading, joined
from baodao.errors import message
from baodao.readers.check import Finding
from baodao.records.fact import plain_number
from baodao.records.light import Fragment, Hit, NameHit, QuantityHit, RegionHit, Story, TimeHit
from baodao.regions import region_name
from baodao.rows import fact_rows
from baodao.text.passage import Passage

__all__ = ["TABLE_ROWS", "Row"]

Row = tuple[Any, ...]
Span = tuple[int, int]


def _article_rows(reading: Reading, findings: Sequence[Finding]) -> list[Row]:
    source = reading.source
    head = (source.doc, source.path, source.sha256, source.issue_date, source.paper)
    return [
        (*head, number, *_article(article.story, reading.text), len(article.claims))
        for number, article in enumerate(reading.articles)
    ]


def _article(story: Story, text: str) -> Row:
    def one(pieces: Sequence[Span]) -> str:
        return joined(pieces, text)

    return (
        one(story.section), one(story.kicker), one(story.title), one(story.subtitle),
        [one([piece]) for piece in story.bylines], one([story.dateline]) if story.dateline else "",
        [one([piece]) for piece in story.credits],
        "\n".join("".join(text[a:b] for a, b in paragraph.pieces) for paragraph in story.paragraphs),
        [Fragment._asdict(fragment) for fragment in story.fragments],
    )  # fmt: skip


def _mention_rows(reading: Reading, findings: Sequence[Finding]) -> list[Row]:
    passages = [pair for article in reading.articles for pair in article.passages] + reading.loose
    rows = {id(hit): _mention(hit, passage) for passage, hits in passages for hit in hits}
    head = (reading.source.doc, reading.source.path)
    return [(*head, *row) for row in sorted(rows.values(), key=lambda row: (row[3], -row[4]))]


def _mention(hit: Hit, passage: Passage) -> Row:
    anchor = hit.number if isinstance(hit, QuantityHit) and hit.number[1] else None
    (start, end), _ = passage.place(hit.start, hit.end, anchor)
    sizes: Row = (None, None, None, "", "")
    iso = adcode = name = ""
    match hit:
        case QuantityHit():
            sizes = (*map(plain_number, (hit.value, hit.low, hit.high)), hit.bound, hit.unit)
        case TimeHit():
            iso = hit.iso
        case RegionHit():
            adcode, name = hit.adcode or "", region_name(hit.adcode or "")
        case NameHit():
            adcode, name = (hit.region or "") if hit.kind == "organization" else "", hit.name
    surface = passage.raw[hit.start : hit.end]
    return (hit.kind, passage.page[start:end], surface, start, end, *sizes, iso, adcode, name, hit.rule)


def _issue_rows(reading: Reading, findings: Sequence[Finding]) -> list[Row]:
    head = (reading.source.doc, reading.source.path)
    whole = [(*head, each.code, 0, len(reading.text), message(each.code, **each.fields)) for each in findings]
    return whole + [(*head, *remark) for remark in sorted(reading.remarks, key=lambda remark: remark.start)]


TABLE_ROWS: dict[str, Callable[[Reading, Sequence[Finding]], list[Row]]] = {
    "facts": lambda reading, findings: fact_rows(reading),
    "articles": _article_rows,
    "mentions": _mention_rows,
    "issues": _issue_rows,
}
