"""What a run left answers in SQL, in Polars and as tables of facts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import baodao as bd

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

TEXTS = (
    "去年，樊城区招募志愿者20名，宜昌市招募志愿者约30名。",
    "2020年，松滋市“暖灯”行动拨付资金3.5万元，招募志愿者7名。",
    "",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("a [b]") / "湖北's"
    bd.run(list(TEXTS), path, workers=0, part_size=1, issue_date="2022-01-05")
    return path


def test_tables_answer_in_sql(out: Path) -> None:
    done = bd.open_run(out)
    assert done.tables == ("facts", "articles", "mentions", "issues", "errors")
    assert done.sql("select doc, text from facts").fetchall() == [
        ("1", "20名"), ("1", "约30名"), ("2", "3.5万元"), ("2", "7名"),
    ]  # fmt: skip
    assert done.sql("select code from errors where doc = $doc", doc="3").fetchall() == [("BD110",)]
    assert done.sql("select count(*) from issues").fetchall() == [(0,)]
    assert done.finished
    assert "facts 4, articles 2" in repr(done)


def test_facts_come_back_as_records(out: Path) -> None:
    done = bd.open_run(out)
    pages = [bd.analyze(text, doc=str(n), issue_date="2022-01-05") for n, text in enumerate(TEXTS[:2], 1)]
    whole = [row for page in pages for row in page.facts.to_dicts()]
    table = bd.FactTable.from_rows(whole)
    assert done.facts().to_dicts() == whole
    for fields in ({"region": "420000"}, {"region": "420600"}, {"unit": "名", "kind": ("count",)}, {"time": "2020"},
                   {"program": "暖灯"}, {"region": "110000"}, {"time": ""}):  # fmt: skip
        assert done.facts(**fields).to_dicts() == table.where(None, **fields).to_dicts()
    assert [fact.text for fact in done.facts("value > 25 and unit = '名'")] == ["约30名"]
    with pytest.raises(bd.BaodaoError, match="BD172"):
        done.facts(place="420000")


def test_units_are_never_added_across_and_hedged_values_stand_apart(out: Path) -> None:
    rows = bd.open_run(out).summary().fetchall()
    assert [row[:5] for row in rows] == [("count", "名", 3, 2, 27.0), ("amount", "CNY", 1, 1, 35000.0)]
    assert len(bd.open_run(out).summary("region").fetchall()) == 3


def test_polars_reads_the_same(out: Path) -> None:
    pytest.importorskip("polars")
    done = bd.open_run(out)
    assert done.polars().collect()["text"].to_list() == ["20名", "约30名", "3.5万元", "7名"]
    assert done.polars("articles").collect().height == 2
    with pytest.raises(bd.BaodaoError, match="BD172"):
        done.polars("stories")


def test_one_file_of_facts_opens_too(tmp_path: Path) -> None:
    bd.run(list(TEXTS), tmp_path / "facts.parquet", workers=0)
    assert bd.open_run(tmp_path / "facts.parquet").summary().fetchall()[0][:3] == ("count", "名", 3)


def test_the_recipes_run(out: Path) -> None:
    pytest.importorskip("polars")
    guide = (Path(__file__).parents[1] / "docs" / "runs.md").read_text(encoding="utf-8").partition("## Asking a run")[2]
    blocks = re.findall(r"```python\n(.*?)```", guide.partition("\n## ")[0], re.S)
    assert len(blocks) == 2
    exec("\n".join(blocks).replace('bd.open_run("out")', f"bd.open_run({str(out)!r})"), {"bd": bd})


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(bd.BaodaoError, match="BD161"):
        bd.open_run(tmp_path / "missing")
    with pytest.raises(bd.BaodaoError, match="BD162"):
        bd.open_run(tmp_path)
