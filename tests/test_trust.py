"""The trust kit: a sheet is drawn fairly, marks are read as judges write them, figures and differences are true."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import baodao as bd
from baodao.trust import JUDGED, Sheet, kappa, sample, wilson
from baodao.trust.compare import match
from baodao.trust.figures import weighted

EXAMPLE = Path(__file__).parents[1] / "examples" / "page.txt"


@pytest.fixture(scope="module")
def facts() -> bd.FactTable:
    return bd.analyze_file(EXAMPLE, issue_date="2024-09-18").facts


def marked(sheet: Sheet, mark: Callable[[dict[str, Any], str], object]) -> list[dict[str, Any]]:
    """The rows of a sheet with each cell to judge filled."""
    return [{**row, **{f"{slot}?": mark(row, slot) for slot in JUDGED}} for row in sheet.rows]


# the sheet


def test_a_sheet_asks_beside_each_answer(facts: bd.FactTable, tmp_path: Path) -> None:
    sheet = sample(facts, 10, seed=3)
    sheet.to_csv(tmp_path / "check.csv")
    assert (tmp_path / "check.csv").read_bytes()[:3] == b"\xef\xbb\xbf"
    with (tmp_path / "check.csv").open(encoding="utf-8-sig", newline="") as lines:
        [head, *rows] = csv.reader(lines)
    for slot in JUDGED:
        assert head[head.index(slot) + 1] == f"{slot}?"
        assert {row[head.index(f"{slot}?")] for row in rows} == {""}
    drawn = facts.sample(10, seed=3)
    assert [row["fact_id"] for row in sheet.rows] == [fact.fact_id for fact in drawn]
    for row, fact in zip(sheet.rows, drawn, strict=True):
        assert row["sentence"].replace("【", "").replace("】", "") == fact.sentence
        assert f"【{fact.quantity.surface}】" in row["sentence"]


def test_of_equal_wordings_the_later_fact_takes_the_later() -> None:
    page = bd.analyze("某县新建凉亭13座、桥3座、水塔3座。", issue_date="2021-06-04")
    assert [row["sentence"] for row in sample(page.facts).rows][1:] == [
        "某县新建凉亭13座、桥【3座】、水塔3座。",
        "某县新建凉亭13座、桥3座、水塔【3座】。",
    ]


def test_a_stratified_draw_sees_every_value_and_stands_for_the_table(facts: bd.FactTable) -> None:
    sheet = sample(facts, 16, seed=1, by="kind")
    sizes = {kind: len(facts.where(kind=kind)) for kind in {fact.kind for fact in facts}}
    for kind, size in sizes.items():
        rows = [row for row in sheet.rows if row["kind"] == kind]
        assert len(rows) >= min(size, 4)
        assert sum(row["weight"] for row in rows) == pytest.approx(size, abs=1e-4)
    assert len(sheet) == 16
    assert sample(facts, 16, seed=1, by="kind") == sheet != sample(facts, 16, seed=2, by="kind")
    assert {row["stratum"] for row in sample(facts, 20, by="confidence").rows} <= {
        "0-0.5",
        "0.5-0.7",
        "0.7-0.9",
        "0.9-1",
    }
    assert len(sample(facts, 10_000, by="kind")) == len(facts)
    for wrong in ({"by": "colour"}, {"by": "kind", "n": 2}):
        with pytest.raises(bd.BaodaoError, match="BD172"):
            sample(facts, **wrong)  # type: ignore[arg-type]


# marks


MARKS = [("1", "0"), (1, 0), (1.0, 0.0), ("对", "错"), ("是", "否"), ("y", "n"), ("TRUE", "FALSE"), (True, False)]


@pytest.mark.parametrize(("right", "wrong"), [*MARKS, ("√", "×"), (" １", "０ ")])
def test_marks_are_read_as_judges_write_them(facts: bd.FactTable, right: object, wrong: object) -> None:
    rows = marked(sample(facts, 10), lambda row, slot: right if row["row"] % 2 and slot != "time" else wrong)
    told = bd.evaluate(rows)
    assert (told.figure("what").share, told.figure("time").share, told.judged) == (0.5, 0.0, 10)


def test_what_is_no_mark_is_named_with_row_and_column(facts: bd.FactTable, tmp_path: Path) -> None:
    sheet = sample(facts, 5)
    rows = marked(sheet, lambda row, slot: "maybe" if (row["row"], slot) == (3, "what") else "1")
    Sheet(tuple(rows)).to_csv(tmp_path / "check.csv")
    with pytest.raises(bd.BaodaoError, match=r"BD181 .*check.csv.* 4\b.*what\?.*maybe"):
        bd.evaluate(tmp_path / "check.csv")  # the heading is row 1 of the spreadsheet
    with pytest.raises(bd.BaodaoError, match=r"BD180 .*what\?"):
        bd.evaluate([{k: v for k, v in row.items() if k != "what?"} for row in rows])
    for name, code in (("missing.csv", "BD161"), ("check.xlsx", "BD162")):
        with pytest.raises(bd.BaodaoError, match=code):
            bd.evaluate(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_sheet_comes_back_from_any_spreadsheet(
    facts: bd.FactTable, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = marked(sample(facts, 6), lambda row, _: row["row"] % 2)
    with (tmp_path / "check.csv").open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    assert bd.evaluate(tmp_path / "check.csv") == bd.evaluate(rows)


def test_frames_are_sheets_too(facts: bd.FactTable) -> None:
    pytest.importorskip("pandas")
    frame = sample(facts, 6).to_pandas()
    frame["what?"] = [1, 0, None, 1, 1, 1]
    assert bd.evaluate(frame).figure("what") == wilson(4, 5)
    assert bd.evaluate(frame).figure("time").size == 0


# figures


def test_a_row_is_strictly_right_when_number_what_region_and_program_are(facts: bd.FactTable) -> None:
    sheet = sample(facts, 10)
    told = bd.evaluate(marked(sheet, lambda row, slot: 0 if slot == "time" or (slot, row["row"]) == ("what", 1) else 1))
    assert (told.figure("strict"), told.figure("all")) == (wilson(9, 10), wilson(0, 10))
    told = bd.evaluate(marked(sheet, lambda row, slot: "" if slot == "what" else int(row["row"] > 2)))
    assert told.figure("strict") == wilson(0, 2)  # the wrong ones are wrong, the others are not known
    with pytest.raises(bd.BaodaoError, match="BD172"):
        told.figure("colour")


def test_figures_come_by_kind_and_by_band_of_confidence(facts: bd.FactTable) -> None:
    told = bd.evaluate(marked(sample(facts, 30), lambda row, _: int(row["kind"] == "count")))
    assert told.figure("what", "count").share == 1
    assert told.figure("what", "rate").share == 0
    bands = [line for line in told.lines if line.slot == "strict" and line.group[:1].isdigit()]
    assert sum(line.figure.size for line in bands) == 30
    for line in bands:
        low, high = map(float, line.group.split("-"))
        assert low <= (line.believed or 0) <= high
    assert "mean confidence" in str(told) or "平均置信" in str(told)
    assert "<table" in told._repr_html_()


def test_wilson_agrees_with_scipy() -> None:
    stats = pytest.importorskip("scipy.stats")
    for right, size in ((0, 5), (5, 5), (8, 10), (190, 200)):
        interval = stats.binomtest(right, size).proportion_ci(method="wilson")
        assert wilson(right, size)[1:3] == pytest.approx((interval.low, interval.high), abs=1e-6)


@settings(deadline=None)  # the import of scikit-learn
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30))
def test_kappa_agrees_with_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    found = kappa(pairs)
    if found is None:
        assert len({mark for pair in pairs for mark in pair}) <= 1
    else:
        assert found == pytest.approx(metrics.cohen_kappa_score(*zip(*pairs, strict=True)))


def test_the_weighted_interval_holds_the_truth_in_most_draws() -> None:
    draw = random.Random(5)
    strata = {"count": (900, 0.9), "amount": (80, 0.5), "rate": (20, 0.2)}
    tables = {name: [draw.random() < share for _ in range(size)] for name, (size, share) in strata.items()}
    truth = sum(map(sum, tables.values())) / 1000
    held = 0
    for _ in range(300):
        marks = [(mark, len(table) / 20) for table in tables.values() for mark in draw.sample(table, 20)]
        _, low, high, size = weighted(marks)
        held += low <= truth <= high
        assert size == 60
    assert held >= 0.92 * 300


def test_a_stratified_sheet_tells_the_share_in_the_whole_table(facts: bd.FactTable) -> None:
    told = bd.evaluate(marked(sample(facts, 16, by="kind"), lambda row, _: int(row["kind"] == "count")))
    assert told.weighted
    assert told.figure("what").share == pytest.approx(len(facts.where(kind="count")) / len(facts), abs=1e-6)
    assert not bd.evaluate(marked(sample(facts, 16), lambda row, _: 1)).weighted


def test_two_judges_are_compared_row_by_row(facts: bd.FactTable) -> None:
    sheet = sample(facts, 10)
    first = marked(sheet, lambda row, _: int(row["row"] > 2))
    second = marked(sheet, lambda row, slot: int(row["row"] > (3 if slot == "what" else 2)))
    told = bd.evaluate(first, list(reversed(second)))
    assert [(d.row, d.slot, d.first, d.second) for d in told.differ] == [(3, "what", True, False)]
    by_slot = {a.slot: a for a in told.agreement}
    assert by_slot["what"].share == 0.9
    assert by_slot["what"].kappa == pytest.approx(kappa([(r > 2, r > 3) for r in range(1, 11)]))
    assert by_slot["time"].kappa == 1
    assert bd.evaluate(first, first).agreement[0].share == 1
    assert str(told.differ[0]) in str(told)


# differences


def test_a_table_does_not_differ_from_itself(facts: bd.FactTable, tmp_path: Path) -> None:
    facts.to_csv(tmp_path / "a.csv")
    told = bd.diff(facts, tmp_path / "a.csv")
    assert (len(told.gained), len(told.lost), told.changed, told.same) == (0, 0, (), len(facts))


def test_gained_lost_and_changed_are_told_apart(facts: bd.FactTable, tmp_path: Path) -> None:
    changed = facts[3].model_copy(update={"what": "凉亭", "confidence": 0.1})
    told = bd.diff(facts[1:], bd.FactTable([*facts[:3], changed, *facts[5:]]))
    assert list(told.gained) == [facts[0]]
    assert list(told.lost) == [facts[4]]
    assert [(c.before, c.after, c.columns) for c in told.changed] == [(facts[3], changed, ("what",))]
    assert told.columns() == {"what": 1}
    told.to_csv(tmp_path / "diff.csv")
    with (tmp_path / "diff.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["difference"], row["changed"]) for row in rows] == [("gained", ""), ("lost", ""), ("changed", "what")]
    assert (rows[2]["old_what"], rows[2]["what"]) == (facts[3].what, "凉亭")
    assert "凉亭" in str(told) and "<table" in told._repr_html_()
    assert bd.diff(facts[3:4], bd.FactTable([changed]), columns=("confidence",)).changed[0].columns == ("confidence",)
    with pytest.raises(bd.BaodaoError, match="BD172"):
        bd.diff(facts, facts, columns=("colour",))


def test_facts_of_a_text_that_was_mended_are_found_again() -> None:
    text = "某县新建凉亭13座、桥3座。全县招募志愿者300名。\n乡里修路20公里,种树20万株。"
    mended = text.replace("某县", "据悉,某县").replace("招募志愿者", "共招募巾帼志愿者").replace("300名", "300余名")
    old, new = (bd.analyze(t, issue_date="2021-06-04", doc="a").facts for t in (text, mended))
    told = bd.diff(old, new)
    assert (len(told.gained), len(told.lost)) == (0, 0)
    assert {c.before.text: c.after.text for c in told.changed} == {"300名": "300余名"}


Places = list[tuple[int, int, str, str]]


def test_pages_of_one_name_are_told_apart_by_their_path() -> None:
    row = {"doc": "page", "start": 3, "end": 6, "text": "3座", "sentence": "共3座。"}
    north, south = (
        {**row, "fact_id": "n", "source": "north/page.txt"},
        {**row, "fact_id": "s", "source": "south/page.txt"},
    )
    assert match([north, south], [{**south, "fact_id": "t"}, {**north, "fact_id": "m"}]) == [(1, 0), (0, 1)]
    assert match([north], [{**north, "fact_id": "m", "source": "moved/page.txt"}]) == [(0, 0)]


PLACES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 6), st.sampled_from("ab"), st.sampled_from("xyz")))


@given(PLACES, PLACES)
def test_each_fact_is_matched_once_at_most(
    old: list[tuple[int, int, str, str]], new: list[tuple[int, int, str, str]]
) -> None:
    before, after = (
        [{"fact_id": f"{doc}{s}{text}", "doc": doc, "start": s, "end": s + n, "text": text, "sentence": text}
         for s, n, doc, text in places] for places in (old, new)
    )  # fmt: skip
    pairs = match(before, after)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(before[i]["doc"] == after[j]["doc"] for i, j in pairs)
    assert len(match(before, before)) == len(before)
