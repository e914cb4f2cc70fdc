"""Sentences end at stops, keep their closing quotes, and cover the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baodao.text.sentences import cut_clauses, cut_sentences


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
