"""The team's shared gold: what the library must show on it. Skipped where the shared folder is absent."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

import baodao as bd
from tests.adapters import mentions, split

SHARED = Path(__file__).parents[2] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the shared scorers leave their files to the collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(not SHARED.is_dir(), reason="the team's shared folder is absent"),
]


def scorer(folder: str, name: str) -> ModuleType:
    sys.path.insert(0, str(SHARED / folder))
    try:
        spec = importlib.util.spec_from_file_location(name, SHARED / folder / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.pop(0)


@pytest.fixture(scope="module")
def seed() -> Path:
    return next((SHARED / "seed").glob("*.txt"))


def test_the_real_page_comes_apart(seed: Path) -> None:
    layout = scorer("layout", "score")
    ((_, text, lines, articles, _),) = layout.load_seed(SHARED / "layout" / "seed_layout.jsonl", seed)
    assert layout.score_page(text, lines, articles, split(text))["pq"] >= 0.95


def test_composed_pages_come_apart() -> None:
    layout = scorer("layout", "score")
    scores = [
        layout.score_page(text, lines, articles, split(text))["pq"]
        for _, text, lines, articles, _ in layout.load_pages(SHARED / "layout" / "dev_pages.jsonl")
    ]
    assert sum(scores) / len(scores) >= 0.88


def test_the_facts_of_the_real_page(seed: Path) -> None:
    facts = scorer("facts", "score_facts")
    page = bd.analyze_file(seed, issue_date="2021-11-23")
    assert all(page.text[m.start : m.end] == m.text for m in page.mentions)
    result = facts.score(facts.load(str(SHARED / "facts" / "seed_facts.jsonl")), page.facts.to_dicts())
    assert result["detection"]["f1"] >= 0.90
    assert result["strict"]["f1"] >= 0.60


def test_the_places_of_the_real_page(seed: Path) -> None:
    regions = scorer("regions", "score_regions")
    text = seed.read_bytes().decode()
    gold = regions.read_gold(SHARED / "regions" / "seed_regions.jsonl")
    result, *_ = regions.score(gold, mentions(text), text)
    assert result["core"]["link"][2] >= 0.95
    assert result["elliptic"]["link"][1] >= 0.90


def test_every_bulletin_quotes_itself_and_finds_its_facts() -> None:
    """Detection before linking decides is what this can test: the shipped models were trained on these bulletins."""
    facts = scorer("facts", "score_facts")
    rows = []
    for line in (SHARED / "facts" / "dev" / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = (SHARED / "facts" / "dev" / f"{entry['doc']}.txt").read_bytes().decode()
        page = bd.analyze(text, issue_date=entry["date"])
        assert all(text[m.start : m.end] == m.text for m in page.mentions)
        rows += [{**row, "doc": entry["doc"]} for row in page.facts.to_dicts()]
    result = facts.score(facts.load(str(SHARED / "facts" / "dev_facts.jsonl")), rows)
    assert result["detection"]["f1"] >= 0.95
