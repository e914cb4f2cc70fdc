"""Times are read against the issue date and never against today."""

from __future__ import annotations

import re
import time
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.build.times import time_pairs
from baodao.find.times import NEWS, Reading, find_times
from baodao.records.light import TimeHit
from baodao.resources import read_words
from baodao.text.passage import Passage

MARK = re.compile(r"\[([^\[\]]*)\]\(([^()]*)\)")
LINES = [
    x
    for x in (Path(__file__).parent / "cases" / "times.txt").read_text(encoding="utf-8").splitlines()
    if x and x[0] != "#"
]


def times(text: str, issue_date: str = "2021-11-23", reading: Reading = NEWS) -> list[TimeHit]:
    passage = Passage(text, [[(0, len(text))]], issue_date=issue_date)
    return [hit for hit in find_times(passage, reading=reading) if isinstance(hit, TimeHit)]


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


def test_a_message_looks_ahead_where_a_newspaper_looks_back() -> None:
    message = Reading(talk=True, moment=datetime(2021, 11, 23, 9, 30))
    said = [times(text, reading=message)[0] for text in ("周一", "三点", "元旦", "两小时后", "最近半小时", "从9月起")]
    assert [str(hit.first) for hit in said] == [
        "2021-11-29 00:00:00", "2021-11-23 15:00:00", "2022-01-01 00:00:00", "2021-11-23 11:30:00",
        "2021-11-23 09:00:00", "2021-09-01 00:00:00",
    ]  # fmt: skip
    assert [str(times(text)[0].first) for text in ("周一", "元旦")] == ["2021-11-22 00:00:00", "2021-01-01 00:00:00"]


def test_a_recurrence_says_when_it_comes_again() -> None:
    hits = times("每周一晚上8点半,每年3月5日,每月15日")
    assert [(hit.repeat, hit.iso, hit.first) for hit in hits] == [
        ("XXXX-WXX-1T20:30", "", None), ("XXXX-03-05", "", None), ("XXXX-XX-15", "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["1", "一", "年", "上", "每", "日", "今年", "2021年", "1-", "9点", "1:", "每年", "“十", "至"]
)
def test_time_grows_linearly_on_hostile_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        times(text)
        return time.process_time() - began

    times("1")
    assert min(seconds(20_000) for _ in range(3)) < 10 * min(seconds(5_000) for _ in range(3)) + 0.02


def test_the_beginnings_of_times_are_those_of_the_rules() -> None:
    assert tuple(time_pairs()) == read_words("lexicon/time_pairs.txt"), "run python -m baodao.build times"
