"""Numbers end as what a newspaper reader would read; the cases are sentences in tests/cases."""

from __future__ import annotations

import re
import time
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.find.quantities import find_quantities
from baodao.find.times import find_times
from baodao.records.light import QuantityHit
from baodao.resources import read_csv
from baodao.text.numerals import NumeralError, parse_number, write_number
from baodao.text.passage import Passage

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
KINDS = ("count", "amount", "rate", "measure")
LINES = [x for x in (CASES / "quantities.txt").read_text(encoding="utf-8").splitlines() if x and x[0] != "#"]
NUMBERS = tomllib.loads((CASES / "numbers.toml").read_text(encoding="utf-8"))


def quantities(text: str) -> list[QuantityHit]:
    passage = Passage(text, [[(0, len(text))]])
    hits = find_quantities(passage, list(find_times(passage)))
    return [hit for hit in hits if isinstance(hit, QuantityHit) and hit.kind in KINDS]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(x.partition(": ")[2], marks=pytest.mark.xfail(reason=x.partition(": ")[0][7:], strict=True))
        if x.startswith("!xfail ")
        else x
        for x in LINES
    ],
)
def test_a_sentence_has_just_these_quantities(line: str) -> None:
    text = MARK.sub(lambda m: m[1], line)
    wanted = [(m[1], *m[2].split()) for m in MARK.finditer(line) if m[2]]
    found = [
        (
            text[hit.start : hit.end], hit.kind,
            "-" if hit.value is None else f"{round(hit.value, 2).normalize():f}", hit.unit or "-", hit.bound,
        )
        for hit in quantities(text)
    ]  # fmt: skip
    assert found == wanted


@pytest.mark.parametrize("value", [key for key in NUMBERS if key != "reject"])
def test_a_number_has_many_spellings(value: str) -> None:
    for spelling in NUMBERS[value]:
        assert parse_number(spelling) == Decimal(value), spelling


@pytest.mark.parametrize("text", NUMBERS["reject"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(NumeralError):
        parse_number(text)


@given(st.integers(0, 10**16 - 1))
def test_a_numeral_survives_writing_and_reading(n: int) -> None:
    assert parse_number(write_number(n)) == n


@settings(deadline=None)
@given(
    st.text(
        alphabet="一二三四五六七八九十百千万亿零两几数半多余约近超上0123456789.,%-—至名个元的年月日分之成", max_size=40
    )
)
def test_any_jumble_is_read_without_error_and_hits_do_not_overlap(text: str) -> None:
    at = 0
    for hit in quantities(text):
        assert at <= hit.start < hit.end <= len(text)
        at = hit.end


@pytest.mark.parametrize("text", ["二日元近2", "九日元0"])
def test_a_currency_belongs_to_one_number(text: str) -> None:
    assert [(hit.start, hit.end, hit.unit) for hit in quantities(text)] == [(0, 3, "JPY")]


@pytest.mark.parametrize("line", LINES)
def test_the_quick_reading_gives_what_the_full_one_gives(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = MARK.sub(lambda m: m[1], line)
    quick = quantities(text)
    monkeypatch.setattr("baodao.find.quantities.read_plain", lambda *_: None)
    assert quick == quantities(text)


HOSTILE = "1 九 约 3万 1, 一二 5%- 百 数 3至 3_ 一_ 十_ 1. 半 个 元 分之 第 3个 至少 以上 负 2e 1/ 大于3小于4 首".split(
    " "
)


@pytest.mark.parametrize("unit", [unit.replace("_", " ") for unit in HOSTILE])
def test_hostile_runs_take_linear_time(unit: str) -> None:
    """Ten times the characters take some ten times the time."""

    def seconds(count: int) -> float:
        text = (unit * count)[:count]
        passage = Passage(text, [[(0, len(text))]])
        best = float("inf")
        for _ in range(2):
            began = time.process_time()
            find_quantities(passage)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(100_000) < 20 * seconds(10_000) + 0.05


def test_no_unit_or_hedge_character_slows_a_text() -> None:
    """10,000 of any one character, and each hedge with numbers between, stay far below a second."""
    units = {row["unit"][0] for row in read_csv("units.csv")}
    hedges = {char for row in read_csv("hedges.csv") for char in (row["word"][0], row["word"][-1])}
    for text in [*(char * 10_000 for char in units | hedges), *(f"3{char}" * 1_000 for char in hedges)]:
        began = time.process_time()
        find_quantities(Passage(text, [[(0, len(text))]]))
        assert time.process_time() - began < 0.5, text[:4]
