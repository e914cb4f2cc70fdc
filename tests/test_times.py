"""Times are read against the issue date and never against today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.find.times import find_times
from baodao.records.light import TimeHit
from baodao.text.passage import Passage

MARK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
LINES = [
    x
    for x in (Path(__file__).parent / "cases" / "times.txt").read_text(encoding="utf-8").splitlines()
    if x and x[0] != "#"
]


def times(text: str, issue_date: str = "2021-11-23") -> list[TimeHit]:
    passage = Passage(text, [[(0, len(text))]], issue_date=issue_date)
    return [hit for hit in find_times(passage) if isinstance(hit, TimeHit)]


@pytest.mark.parametrize("line", LINES)
def test_a_sentence_has_just_these_times(line: str) -> None:
    text = MARK.sub(lambda m: m[1], line)
    wanted = [(m[1], m[2]) for m in MARK.finditer(line)]
    assert [(text[hit.start : hit.end], hit.iso or "-") for hit in times(text)] == wanted


def test_without_an_issue_date_relative_times_stay_open() -> None:
    hits = times("去年招募,2020年结束,昨天表彰", issue_date="")
    assert [(hit.iso, hit.first is None) for hit in hits] == [("", True), ("2020", False), ("", True)]


def test_intervals_are_half_open() -> None:
    (hit,) = times("2020年2月")
    assert (str(hit.first), str(hit.last), hit.grain) == ("2020-02-01 00:00:00", "2020-03-01 00:00:00", "month")


@given(
    st.text(
        alphabet="0123456789年月日号至-—初底末上下半季度今去前明后当同第“十五”时点分大以来起截从到零一二三", max_size=30
    )
)
def test_any_jumble_is_read_without_error(text: str) -> None:
    for hit in times(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.first is None or hit.last is None or hit.first < hit.last
