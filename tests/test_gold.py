"""What version 0.1 saved is read by every later one; what a later one saved is refused by name.

The files of `tests/gold` are never made anew: a change that cannot read them is a new schema version with a way
from the old one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import baodao as bd

GOLD = Path(__file__).parent / "gold"
SAVED = (GOLD / "page_0.1.json").read_text("utf-8")


def test_a_page_saved_by_the_first_version_is_read() -> None:
    page = bd.Page.from_json(SAVED)
    assert page.articles[0].title == "柳河县办起二十所乡村夜校"
    assert [fact.text for fact in page.facts] == [
        "3200余名",
        "20个",
        "约150人",
        "128.5万元",
        "三成",
        "92%",
        "5.5个百分\n点",
    ]
    assert {mention.kind for mention in page.mentions} > {"time", "region", "organization", "person", "program"}
    assert all(page.text[x.start : x.end] == x.text for x in (*page.mentions, *page.facts))
    assert bd.Page.from_json(page.to_json()) == page
    assert page.to_html()


@pytest.mark.parametrize("name", ["facts_0.1.csv", "facts_0.1.jsonl"])
def test_a_table_saved_by_the_first_version_is_read(name: str) -> None:
    assert bd.FactTable.read(GOLD / name).to_dicts() == bd.Page.from_json(SAVED).facts.to_dicts()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SAVED.replace('"schema_version": "1"', '"schema_version": "2", "new": 1'), "BD182 .*2"),
        (SAVED.replace('"facts": [', '"colour": 1, "facts": ['), "BD183 .*colour"),
        (SAVED[:-100], "BD183"),
        ("[" * 100_000, "BD183"),
        ("", "BD183"),
        ('{"schema_version": [2]}', "BD183"),
    ],
)
def test_what_is_no_page_or_a_later_one_is_named(text: str, code: str) -> None:
    with pytest.raises(bd.BaodaoError, match=code):
        bd.Page.from_json(text)
