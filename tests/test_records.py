"""Records are frozen, lawful, and survive the way to JSON and back."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import baodao as bd
from baodao.records.columns import COLUMN_LIST, COLUMNS, table_schema
from baodao.records.mention import read_mention
from baodao.records.saved import protect, restore

EXAMPLE = Path(__file__).parents[1] / "examples" / "page.txt"


@pytest.fixture(scope="module")
def page() -> bd.Page:
    return bd.analyze_file(EXAMPLE, issue_date="2024-09-18")


def test_a_page_survives_json(page: bd.Page) -> None:
    again = bd.Page.from_json(page.to_json())
    assert again == page
    assert again.articles[0].facts == page.articles[0].facts
    assert again.articles[0].sentences == page.articles[0].sentences


def test_a_page_survives_pickling(page: bd.Page) -> None:
    again = pickle.loads(pickle.dumps(page))
    assert again == page
    assert again.articles[0].tokens == page.articles[0].tokens


def test_every_mention_validates_and_is_frozen(page: bd.Page) -> None:
    assert page.mentions
    for mention in page.mentions:
        assert read_mention(mention.model_dump()) == mention
    with pytest.raises(ValidationError):
        page.mentions[0].text = "x"  # type: ignore[misc]


def test_the_flat_rows_hold_plain_values(page: bd.Page) -> None:
    for row in page.facts.to_dicts():
        assert tuple(row) == COLUMNS
        assert all(value is None or type(value) in (str, int, float) for value in row.values())
    json.dumps(page.facts.to_dicts(), allow_nan=False)


def test_a_table_chooses_and_samples(page: bd.Page) -> None:
    sichuan = page.facts.where(region="510000")
    assert sichuan
    assert all(fact.region.startswith("51") for fact in sichuan)
    assert {fact.kind for fact in page.facts.where(kind=("amount", "rate"))} == {"amount", "rate"}
    assert len(page.facts.where(lambda fact: fact.unit == "名")) < len(page.facts)
    assert page.facts.sample(5, seed=1) == page.facts.sample(5, seed=1)
    with pytest.raises(bd.BaodaoError, match="BD172"):
        page.facts.where(colour="red")


def test_a_region_takes_in_its_past_a_time_its_days_a_program_its_marks(page: bd.Page) -> None:
    def table(**fields: str) -> bd.FactTable:
        return bd.FactTable([page.facts[0].model_copy(update=fields)])

    assert table(region="341421").where(region="340100")  # abolished: 庐江 of 巢湖 came to 合肥
    assert table(region="420606").where(region="420000")
    assert not table(region="").where(region="420000")
    assert table(region="").where(region=("", "420000"))
    assert table(time="2021-11-19").where(time="2021")
    assert table(time="2021-11-19").where(time="2021-11/..")
    assert not table(time="2021/..").where(time="2021")
    assert table(time="--09-25").where(time="--09-25")
    assert table(program="“暖春行动”").where(program="暖春行动")
    assert not table(program="").where(program="暖春行动")


def test_a_summary_adds_neither_units_nor_rates_nor_hedges(page: bd.Page) -> None:
    table = bd.analyze("甲村栽树30棵、杨树约200棵、果树数十棵，修路2公里，成活率达95%，合格率达80%。").facts
    rows = {row["unit"]: row for row in table.summary(by="kind").rows}
    assert [rows["棵"][name] for name in ("facts", "exact", "total", "hedged", "hedged_total", "largest")] == [
        3, 1, 30, 2, 200, 200]  # fmt: skip
    assert rows["公里"]["total"] == 2
    assert (rows["%"]["total"], rows["%"]["smallest"], rows["%"]["largest"]) == (None, 80, 95)
    whole = page.facts.summary()
    assert whole.by == ("region", "program", "kind", "unit")
    assert sum(row["facts"] for row in whole.rows) == len(page.facts)  # type: ignore[misc]
    assert len(page.facts.summary(by=("province", "kind"))) < len(page.facts.summary(by=("region", "kind")))
    assert "四川省" in str(page.facts.summary(by="province"))
    assert "<table" in whole._repr_html_()
    with pytest.raises(bd.BaodaoError, match="BD172"):
        page.facts.summary(by="colour")


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_a_table_goes_out_and_comes_back(page: bd.Page, tmp_path: Path, suffix: str) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow")
    file = tmp_path / f"facts{suffix}"
    getattr(page.facts, "to_" + suffix[1:])(file)
    again = bd.FactTable.read(file)
    assert again.to_dicts() == page.facts.to_dicts()
    assert again.where(region="510000").to_dicts() == page.facts.where(region="510000").to_dicts()
    assert bd.FactTable.from_rows(page.facts.to_pandas().to_dict("records")).to_dicts() == page.facts.to_dicts()


def test_the_folder_of_a_run_is_a_table(page: bd.Page, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text("某县招募志愿者300名，设立服务站20个。", encoding="utf-8")
    bd.run(tmp_path / "in", tmp_path / "out", workers=1)
    assert [fact.text for fact in bd.FactTable.read(tmp_path / "out")] == ["300名", "20个"]


def test_codes_that_a_library_took_for_numbers_are_codes_again(page: bd.Page, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    page.facts.to_csv(tmp_path / "facts.csv")
    frame = pandas.read_csv(tmp_path / "facts.csv")
    assert frame["region"].dtype.kind in "fi"
    again = bd.FactTable.from_rows(frame.to_dict("records"))
    assert [fact.region for fact in again] == [fact.region for fact in page.facts]


def test_a_table_saved_anew_by_a_spreadsheet_is_read(page: bd.Page, tmp_path: Path) -> None:
    text = page.facts.to_csv() or ""
    assert "\ufeff" not in text
    (tmp_path / "gbk.csv").write_bytes(text.encode("gb18030"))
    (tmp_path / "unicode.csv").write_bytes(text.encode("utf-16"))
    for name in ("gbk.csv", "unicode.csv"):
        assert bd.FactTable.read(tmp_path / name).to_dicts() == page.facts.to_dicts()
    assert not any(fact.fact_id[:1].isdigit() for fact in page.facts)  # 12e4567 would come back as a number


def test_what_is_no_table_is_refused_with_its_line(page: bd.Page, tmp_path: Path) -> None:
    row = page.facts.to_dicts()[0]
    for name, content, code in (
        ("a.jsonl", json.dumps(row) + "\n{", "BD180 .*a.jsonl.* 2"),
        ("b.jsonl", json.dumps({**row, "end": 0}), "BD180 .*b.jsonl.* 1"),
        ("c.csv", "fact_id,doc\r\n1,2\r\n", "BD180 .*c.csv.* 2.*source"),
        ("d.xls", "", "BD162"),
        ("e.parquet", "PAR", "BD180"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        with pytest.raises(bd.BaodaoError, match=code):
            bd.FactTable.read(tmp_path / name)
    with pytest.raises(bd.BaodaoError, match="BD161"):
        bd.FactTable.read(tmp_path / "f.csv")


def test_tables_of_other_libraries_hold_the_same_rows(page: bd.Page) -> None:
    pandas = pytest.importorskip("pandas")
    frame = page.facts.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["value"].dtype == "float64"
    assert isinstance(frame, pandas.DataFrame)
    pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    for made in (page.facts.to_polars(), polars.from_arrow(page.facts.to_arrow()), polars.DataFrame(page.facts)):
        assert made.columns == list(COLUMNS)
        assert made.to_dicts() == page.facts.to_polars().to_dicts()
    assert polars.DataFrame(bd.FactTable()).columns == list(COLUMNS)


def test_duckdb_and_pandas_take_a_table_as_it_is(page: bd.Page) -> None:
    duckdb = pytest.importorskip("duckdb")
    facts = page.facts
    sums = duckdb.sql("select unit, sum(value) from facts where kind = 'amount' group by unit").fetchall()
    assert sums == [("CNY", float(sum(fact.value or 0 for fact in facts.where(kind="amount"))))]
    pandas = pytest.importorskip("pandas", minversion="3.0")
    assert list(pandas.DataFrame.from_arrow(facts).columns) == list(COLUMNS)


def test_an_arrow_reader_may_ask_for_a_schema(page: bd.Page) -> None:
    arrow = pytest.importorskip("pyarrow")
    schema = arrow.schema([arrow.field(f.name, arrow.large_string() if f.name == "unit" else f.type)
                           for f in page.facts.to_arrow().schema])  # fmt: skip
    assert arrow.table(page.facts, schema=schema).schema.field("unit").type == arrow.large_string()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\n=1", " =1", "＝1", "\t=1", "\r1", "\u3000－1", "\u200b=1", "'=1"]
)
def test_formulas_do_not_reach_a_spreadsheet(page: bd.Page, tmp_path: Path, cell: str) -> None:
    table = bd.FactTable([page.facts[0].model_copy(update={"what": cell, "program": "%"})])
    [row] = csv.DictReader(io.StringIO(table.to_csv() or "", newline=""))
    assert (row["what"], row["program"]) == ("'" + cell, "%")
    table.to_csv(tmp_path / "facts.csv")
    assert bd.FactTable.read(tmp_path / "facts.csv")[0].what == cell


def test_a_broken_character_does_not_stop_a_table(page: bd.Page, tmp_path: Path) -> None:
    table = bd.FactTable([page.facts[0].model_copy(update={"what": "志愿\ud800者"})])
    for suffix in ("csv", "jsonl", "parquet"):
        file = tmp_path / f"facts.{suffix}"
        getattr(table, f"to_{suffix}")(file)
        assert bd.FactTable.read(file)[0].what == "志愿?者"


@given(st.text("'=1＝ \n\t-“户", max_size=6))
def test_protection_is_taken_off_again(cell: str) -> None:
    assert restore(str(protect(cell))) == cell


def test_the_schema_and_the_document_name_the_columns(page: bd.Page) -> None:
    told = (Path(__file__).parents[1] / "docs" / "table.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| (\w+) \|", told, re.M) == [(c.name, c.type) for c in COLUMN_LIST]
    schema = table_schema()
    assert tuple(schema["properties"]) == COLUMNS
    kinds = {"string": str, "integer": int, "number": (int, float), "null": type(None)}
    for row in page.facts.to_dicts():
        for name, value in row.items():
            said = schema["properties"][name]["type"]
            assert any(isinstance(value, kinds[k]) for k in ([said] if isinstance(said, str) else said))


def test_a_fact_explains_itself(page: bd.Page) -> None:
    fact = page.facts[0]
    assert fact.text in fact.explain()
    assert fact.rule in fact.explain()
    for name in ("region", "time"):
        role = fact.roles[name]
        assert role.mention is not None
        assert f"“{role.mention.surface}”" in fact.explain()
        assert role.mention.rule in fact.explain()
    assert fact.roles["region"].via
    assert 0 <= fact.confidence <= 1


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("地区: ", "同一", "规则 ", "未取 ")), ("en", ("region: ", "in the", "rule "))]
)
def test_an_explanation_comes_in_the_readers_language(
    page: bd.Page, monkeypatch: pytest.MonkeyPatch, lang: str, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BAODAO_LANG", lang)
    told = "\n".join(fact.explain() for fact in page.facts)
    assert all(word in told for word in words)
    assert ("in force" in told) == (lang == "en")


def test_an_issue_date_has_any_precision() -> None:
    from datetime import date, datetime

    text = "去年全县修路三十公里。"
    for day in ("2021", "2021-10", "2021-10-26", "2021-10-26T12:00", date(2021, 10, 26), datetime(2021, 10, 26, 12)):
        assert bd.analyze(text, issue_date=day).facts[0].time == "2020"
    with pytest.raises(bd.BaodaoError, match="BD170"):
        bd.analyze(text, issue_date="26.10.2021")


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    file = tmp_path / "a.parquet"
    bd.analyze("某县招募志愿者300名。").facts.to_parquet(file)
    file.write_bytes(b"\0" + file.read_bytes())
    with pytest.raises(bd.BaodaoError, match=r"BD180 .*a\.parquet"):
        bd.FactTable.read(file)


def test_a_list_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    file.touch()

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    for read in (bd.FactTable.read, bd.pipeline().with_words, bd.analyze_file):
        with pytest.raises(bd.BaodaoError, match=r"BD16[25] .*a\.csv"):
            read(file)
