"""The example corpus is what its script makes, and its truth is true of its pages."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from baodao.build.corpus import corpus_files
from baodao.regions import region_name
from baodao.text.numerals import parse_number
from tests.bench.corpus import report
from tests.bench.scoring import match, slot_right

CORPUS = Path(__file__).parents[1] / "examples" / "corpus"
SHARED = Path(__file__).parents[2] / "shared"
Files = dict[str, bytes]


@pytest.fixture(scope="module", params=[7, 8], ids=["shipped seed", "another seed"])
def files(request: pytest.FixtureRequest) -> Files:
    return corpus_files(request.param)


def truth(files: Files) -> list[dict[str, Any]]:
    return [json.loads(line) for line in files["truth.jsonl"].splitlines()]


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_shipped_corpus_is_what_the_script_makes() -> None:
    made = corpus_files()
    shipped = {path.name: path.read_bytes() for path in CORPUS.iterdir() if path.name != "README.md"}
    assert shipped.keys() == made.keys()
    assert [name for name in made if shipped[name] != made[name]] == []


def test_every_true_fact_quotes_its_page(files: Files) -> None:
    for row in truth(files):
        page = files[f"{row['doc']}.txt"].decode()
        assert page[row["start"] : row["end"]] == row["text"]
        printed = squeezed(page)
        assert row["title"] in page
        for field in ("what", "predicate", "program", "actor"):
            assert squeezed(row[field]) in printed, (row, field)
            assert set("".join(row.get(f"{field}_also", ()))) <= set(page), (row, field)
        for region in (row["region"], *row.get("region_also", ())):
            assert region in ("", "100000") or region_name(region[:6])


def test_true_values_are_what_is_printed(files: Files) -> None:
    magnitude = r"(?:[十百万亿]|千(?!瓦))*"
    for row in truth(files):
        printed = squeezed(row["text"]).translate(str.maketrans("０１２３４５６７８９．％", "0123456789.%"))
        digits = re.findall(rf"([\d,.]+)({magnitude})[多余]?({magnitude})", printed)
        if len(digits) == 1:
            number, *sizes = digits[0]
            assert parse_number(number.replace(",", "") + "".join(sizes)) == Decimal(str(row["value"])), row
        assert (row["value"] is None) == (row["bound"] == "vague")
        assert (row["low"] is None) == (row["bound"] not in ("vague", "range"))


def test_no_number_is_left_unjudged(files: Files) -> None:
    """Digits outside the facts and the headlines are dates, page numbers and the like."""
    rows = truth(files)
    for name, content in files.items():
        if not name.endswith(".txt"):
            continue
        page = list(content.decode())
        for row in rows:
            if f"{row['doc']}.txt" == name:
                page[row["start"] : row["end"]] = "□" * (row["end"] - row["start"])
        text = "".join(page)
        for title in {row["title"] for row in rows if f"{row['doc']}.txt" == name}:
            text = text.replace(title, "")
        assert re.findall(r"\d[\d\s]*(?![\d\s]|[年月日版后])", squeezed(text)) == []


def test_the_corpus_is_varied(files: Files) -> None:
    rows, reports = truth(files), table(files["reports.csv"])
    events = [report["event"] for report in reports]
    assert 55 <= len(reports) <= 70 and len(rows) > 450
    assert len({report["genre"] for report in reports}) == 8
    assert len(events) - len(set(events)) >= 8  # the same happening in another paper
    assert sum(name.endswith(".txt") for name in files) < len(reports) - 8  # pages of several reports
    assert len({row["issue_date"][:7] for row in table(files["index.csv"])}) == 12
    assert len({row["region"][:2] for row in rows}) >= 15
    assert {row["bound"] for row in rows} == {"exact", "about", "over", "under", "range", "vague"}
    assert {row["kind"] for row in rows} == {"count", "amount", "rate", "measure"}


def test_the_truth_scores_itself_perfect() -> None:
    rows = truth(corpus_files())
    assert all(pair.right() for pair in match(rows, rows))
    assert "1.000 (0.992-1.000)" in report(rows, rows)


def test_other_right_answers_and_near_wordings_count() -> None:
    row = {
        "what": "志愿者",
        "what_also": ["巾帼志愿者"],
        "region": "420606102",
        "predicate": "招募",
        "program": "“微光”行动",
    }
    assert slot_right("what", row, {"what": "“巾帼志愿者”"}) and not slot_right("what", row, {"what": "妇女"})
    assert slot_right("region", row, {"region": "420606"}) and not slot_right("region", row, {"region": "420600"})
    assert slot_right("predicate", row, {"predicate": "招募到"}) and not slot_right("predicate", row, {})
    assert slot_right("program", row, {"program": "微光"}) and not slot_right("program", row, {"program": ""})


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the team's shared folder is absent")
def test_scores_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    scorer = SHARED / "facts/score_facts.py"
    rows = truth(corpus_files())
    # damage every third row in one field after another
    given = [dict(row) for row in rows if hash(row["start"]) % 7]
    fields = ("unit", "what", "region", "program", "value", "predicate", "end", "actor", "time")
    for index, row in enumerate(given[::3]):
        field = fields[index % len(fields)]
        row[field] = row["end"] + 9 if field == "end" else 1 if field == "value" else "某某"
    for name, some in (("gold", rows), ("pred", given)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (tmp_path / name).write_text(lines, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(scorer), str(tmp_path / "gold"), str(tmp_path / "pred"), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs, pairs = json.loads(done.stdout), match(rows, given)
    true, predicted = sum(p.true is not None for p in pairs), sum(p.given is not None for p in pairs)
    assert (true, predicted) == (theirs["gold"], theirs["predicted"])
    for figure, slots in (("detection", ()), ("strict", ("kind", "unit", "what", "region", "program"))):
        right = sum(pair.right(slots) for pair in pairs)
        assert round(right / predicted, 4) == theirs[figure]["precision"]
        assert round(right / true, 4) == theirs[figure]["recall"]
    found = [pair for pair in pairs if pair.right(())]
    assert all(round(sum(p.right((s,)) for p in found) / len(found), 4) == theirs["slots"][s] for s in theirs["slots"])


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the team's shared folder is absent")
def test_no_sentence_of_others_stands_in_the_corpus() -> None:
    known: set[str] = set()
    for path in (*SHARED.glob("facts/dev/*.txt"), *SHARED.glob("seed/*.txt")):
        runs = re.findall(r"[一-鿿]{12,}", squeezed(path.read_text(encoding="utf-8")))
        known.update(run[i : i + 12] for run in runs for i in range(len(run) - 11))
    for name, content in corpus_files().items():
        for run in re.findall(r"[一-鿿]{12,}", squeezed(content.decode())):
            assert not known & {run[i : i + 12] for i in range(len(run) - 11)}, (name, run)
