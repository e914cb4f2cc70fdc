"""Batches of texts give the rows that `analyze` gives, in one fixed schema."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import baodao as bd
from baodao.corpus.schema import TABLES, columns, ddl, schema
from baodao.records.fact import plain_number

pa = pytest.importorskip("pyarrow")

EXAMPLE = (Path(__file__).parents[1] / "examples" / "page.txt").read_text(encoding="utf-8")
TEXTS = [EXAMPLE, "某县建成三座桥，去年投入约3.5万元。", "", "plain English only", "昨天，某市妇联招募志愿者近百名。"]


def batch(**more: Any) -> Any:
    return pa.record_batch({"text": TEXTS, "id": [f"n{i}" for i in range(len(TEXTS))], **more})


def one(batches: Any) -> Any:
    (made,) = batches
    return made


def test_rows_are_those_of_analyze() -> None:
    days = [date(2024, 9, 18)] * len(TEXTS)
    made = one(bd.analyze_batches([batch(issue_date=pa.array(days, pa.date32()), other=[1] * len(TEXTS))]))
    wanted = []
    for number in (0, 1, 4):
        page = bd.analyze(TEXTS[number], issue_date="2024-09-18", doc=f"n{number}")
        wanted += page.facts.to_dicts()
    assert made.schema == schema("facts")
    assert made.to_pylist() == wanted
    assert any(row["time"] == "2024-09-17" for row in wanted)


def test_every_table_has_its_schema_and_keeps_it_when_empty() -> None:
    for table in TABLES:
        full, empty = bd.analyze_batches([batch(), batch().slice(0, 0)], table=table)
        assert full.schema == empty.schema == schema(table)
        assert full.num_rows > 0
        assert not empty.num_rows
        assert tuple(full.schema.names) == columns(table)
        assert ddl(table).count("` ") == len(full.schema)


def test_tables_say_what_the_page_says() -> None:
    page = bd.analyze(EXAMPLE + "\n本版责编 李禾")
    one_text = pa.record_batch({"text": [page.text]})
    made = {table: one(bd.analyze_batches([one_text], table=table)).to_pylist() for table in TABLES}
    for row, article in zip(made["articles"], page.articles, strict=True):
        for name in ("section", "kicker", "title", "subtitle", "dateline", "text"):
            assert row[name] == getattr(article, name)
        assert (row["bylines"], row["credits"]) == (list(article.bylines), list(article.credits))
        assert row["fragments"] == [{"role": b.role, "start": b.start, "end": b.end} for b in article.blocks]
        assert row["facts"] == len(article.facts)
    for row, mention in zip(made["mentions"], page.mentions, strict=True):
        for name in ("kind", "text", "surface", "start", "end", "rule"):
            assert row[name] == getattr(mention, name)
        for name in ("value", "low", "high"):
            assert row[name] == plain_number(getattr(mention, name, None))
        for name in ("bound", "unit", "iso", "name"):
            assert row[name] == getattr(mention, name, "")
        assert row["adcode"] == (getattr(mention, "adcode", "") or getattr(mention, "region", "") or "")
    assert [(r["rule"], r["start"], r["reason"]) for r in made["issues"]] == [
        (issue.rule, issue.start, issue.reason) for issue in page.issues
    ]


def test_refused_texts_are_rows_of_the_errors() -> None:
    dates = ["", "", "", "", "gestern"]
    errors = one(bd.analyze_batches([batch(issue_date=dates)], table="errors")).to_pylist()
    assert [(row["doc"], row["code"]) for row in errors] == [("n2", "BD110"), ("n3", "BD120"), ("n4", "BD170")]


def test_texts_must_have_a_column() -> None:
    with pytest.raises(bd.BaodaoError, match="BD194"):
        next(bd.analyze_batches([pa.record_batch({"body": ["某县建成三座桥。"]})]))
    with pytest.raises(bd.BaodaoError, match="BD172"):
        next(bd.analyze_batches([batch()], table="stories"))
