"""Records are frozen, lawful, and survive the way to JSON and back."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

import baodao as bd
from baodao.records.fact import COLUMNS
from baodao.records.mention import read_mention

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


def test_a_table_goes_out_and_comes_back(page: bd.Page, tmp_path: Path) -> None:
    page.facts.to_jsonl(tmp_path / "facts.jsonl")
    again = bd.FactTable.from_jsonl(tmp_path / "facts.jsonl")
    assert again.to_dicts() == page.facts.to_dicts()
    page.facts.to_csv(tmp_path / "facts.csv")
    assert (tmp_path / "facts.csv").read_bytes().startswith(b"\xef\xbb\xbffact_id,doc")


def test_tables_of_other_libraries_hold_the_same_rows(page: bd.Page) -> None:
    pandas = pytest.importorskip("pandas")
    frame = page.facts.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["value"].dtype == "float64"
    assert isinstance(frame, pandas.DataFrame)
    polars = pytest.importorskip("polars")
    assert page.facts.to_polars().height == len(page.facts)
    pytest.importorskip("pyarrow")
    assert polars.from_arrow(page.facts.to_arrow()).height == len(page.facts)
    assert polars.DataFrame(page.facts).height == len(page.facts)


def test_formulas_do_not_reach_a_spreadsheet(page: bd.Page) -> None:
    fact = page.facts[0].model_copy(update={"what": "=1+1"})
    assert "'=1+1" in (bd.FactTable([fact]).to_csv() or "")


def test_a_fact_explains_itself(page: bd.Page) -> None:
    fact = page.facts[0]
    assert fact.text in fact.explain()
    assert fact.rule in fact.explain()
    assert fact.roles["region"].via
    assert 0 <= fact.confidence <= 1


def test_an_issue_date_has_any_precision() -> None:
    from datetime import date, datetime

    text = "去年全县修路三十公里。"
    for given in ("2021", "2021-10", "2021-10-26", "2021-10-26T12:00", date(2021, 10, 26), datetime(2021, 10, 26, 12)):
        assert bd.analyze(text, issue_date=given).facts[0].time == "2020"
    with pytest.raises(bd.BaodaoError, match="BD170"):
        bd.analyze(text, issue_date="26.10.2021")
