"""Sentences end at stops, keep their closing quotes, and cover the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import baodao as bd
from baodao.records import Source
from baodao.text.passage import Passage
from baodao.text.sentences import cut_clauses, cut_sentences

CASES = Path(__file__).parent / "cases" / "sentences.txt"
MARK = re.compile(r"\[([^\]]+)\]\(program\)|\|")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("开工。完工！验收?", ["开工。", "完工！", "验收?"]),
        ("他说:“开工了。”大家鼓掌。", ["他说:“开工了。”", "大家鼓掌。"]),
        ("还没完……后来呢", ["还没完……", "后来呢"]),
        ("第一段\n第二段", ["第一段", "第二段"]),
        ("增长3.5%,其中0.2个百分点", ["增长3.5%,其中0.2个百分点"]),
        ("", []),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in cut_sentences(text)] == sentences


@given(st.text(alphabet="甲乙。！?”“\n …,1", max_size=60))
def test_sentences_lie_in_order_and_leave_only_white_space_out(text: str) -> None:
    spans = cut_sentences(text)
    at = 0
    for start, end in spans:
        assert not text[at:start].strip()
        assert at <= start < end
        at = end
    assert not text[at:].strip()


def test_clauses_leave_their_marks_out() -> None:
    text = "甲地招募,乙地捐赠;丙地"
    assert [text[a:b] for a, b in cut_clauses(text, 0, len(text))] == ["甲地招募", "乙地捐赠", "丙地"]


class Case:
    """One article of the file: its text, where its sentences end, where its programs stand."""

    def __init__(self, marked: str) -> None:
        self.text, self.programs, self.ends = "", set[tuple[int, int]](), set[int]()
        at = 0
        for mark in MARK.finditer(marked):
            self.text += marked[at : mark.start()]
            if mark[1] is None:
                self.ends.add(len(self.text))
            else:
                self.programs.add((len(self.text), len(self.text) + len(mark[1])))
                self.text += mark[1]
            at = mark.end()
        self.text += marked[at:]
        self.ends |= {len(line) for line in accumulated(self.text)}


def accumulated(text: str) -> Iterator[str]:
    """The text up to the end of each of its lines."""
    for end in re.finditer(r"(?<=.)$", text, re.MULTILINE):
        yield text[: end.start()]


def cases() -> list[Case]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [Case(block.strip()) for block in "\n".join(lines).split("\n\n") if block.strip()]


def shares(pairs: list[tuple[set[object], set[object]]]) -> tuple[float, float]:
    """Precision and recall of found against wanted, over all cases."""
    right = sum(len(wanted & found) for wanted, found in pairs)
    return right / sum(len(found) for _, found in pairs), right / sum(len(wanted) for wanted, _ in pairs)


def test_two_hundred_sentences_end_where_a_reader_ends_them() -> None:
    assert sum(len(case.ends) for case in cases()) >= 200
    found = [(set(case.ends), {end for _, end in Passage.whole(case.text).sentences}) for case in cases()]
    precision, recall = shares(found)
    assert precision >= 0.85
    assert recall >= 0.85


def test_their_programs_are_found_from_end_to_end() -> None:
    found = []
    for case in cases():
        reading = bd.pipeline().read(case.text, Source())
        spans = [
            (passage.cite(hit.start, hit.end)[0][0], passage.cite(hit.start, hit.end)[-1][1])
            for article in reading.articles
            for passage, hits in article.passages
            for hit in hits
            if hit.kind == "program"
        ]
        found.append((set(case.programs), set(spans)))
    precision, recall = shares(found)
    assert precision >= 0.85
    assert recall >= 0.85
