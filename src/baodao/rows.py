"""The short way out: a reading as flat rows, without the records that a `Page` is made of.

In: a `Reading`. Out: one row a fact, the columns of `records.fact.COLUMNS` in their order, plain values; equal to
`analyze(…).facts.to_dicts()`, which a test says.
"""

from __future__ import annotations

from operator import itemgetter

from baodao.dress import Reading, joined
from baodao.records.fact import COLUMNS, fact_id, plain_number
from baodao.records.light import Claim, Link
from baodao.records.source import Source
from baodao.regions import region_name, region_path
from baodao.text.passage import Passage

__all__ = ["Row", "fact_rows"]

Row = tuple[str | int | float | None, ...]

_PLACE = itemgetter(COLUMNS.index("article"), COLUMNS.index("start"))


def fact_rows(reading: Reading) -> list[Row]:
    """The facts of a page in reading order, each a row: `zip(*rows)` gives columns."""
    rows = []
    for index, article in enumerate(reading.articles):
        if article.claims:
            passage, title = article.passages[article.body][0], joined(article.story.title, reading.text)
            rows += [_row(claim, passage, reading.source, index, title) for claim in article.claims]
    rows.sort(key=_PLACE)
    return rows


def _row(claim: Claim, passage: Passage, source: Source, article: int, title: str) -> Row:
    quantity, region = claim.quantity, claim.region.value
    (start, end), _ = passage.place(quantity.start, quantity.end, quantity.number if quantity.number[1] else None)
    return (
        fact_id(source.sha256, start, end, quantity.kind), source.doc, source.path, article, title,
        start, end, passage.page[start:end], quantity.kind,
        plain_number(quantity.value), plain_number(quantity.low), plain_number(quantity.high),
        quantity.bound, quantity.unit, claim.what.value, claim.predicate.value,
        region, region_name(region), "/".join(region_path(region)),
        claim.program.value, claim.actor.value, claim.time.value, round(claim.confidence, 4),
        _via(claim.region), _via(claim.program), _via(claim.time), quantity.rule,
        passage.raw[claim.sentence[0] : claim.sentence[1]],
    )  # fmt: skip


def _via(link: Link) -> str:
    return link.via if link.value else ""
