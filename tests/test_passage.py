"""A passage is repaired text with the way back to the page."""

from hypothesis import given
from hypothesis import strategies as st

from baodao.text.passage import Passage


def test_a_word_cut_by_a_line_break_is_whole_and_quotes_the_page() -> None:
    page = "全\n\n市招募１２名"
    passage = Passage(page, [[(0, 1), (3, 9)]])
    assert passage.text == "全市招募12名"
    span, pieces = passage.place(0, 2)
    assert (page[slice(*span)], pieces) == ("全\n\n市", ((0, 1), (3, 4)))


def test_foreign_matter_between_the_pieces_leaves_the_first_piece() -> None:
    page = "招募25\n\n一个提要\n\n0余名"
    passage = Passage(page, [[(0, 4), (12, 15)]])
    assert passage.text == "招募250余名"
    assert passage.place(2, 7)[0] == (2, 4)


def test_a_quantity_stands_where_its_number_stands() -> None:
    page = "共约\n插图说明\n200名"
    passage = Passage(page, [[(0, 2), (8, 12)]])
    assert passage.place(1, 6, anchor=(2, 5))[0] == (8, 12)


def test_paragraphs_are_parted_by_a_line_break_that_quotes_nothing() -> None:
    passage = Passage("甲乙丙丁", [[(0, 2)], [(2, 4)]])
    assert passage.text == "甲乙\n丙丁"
    assert passage.paragraphs == [(0, 2), (3, 5)]
    assert passage.cite(2, 3) == ()


@given(st.text(min_size=1, max_size=40), st.data())
def test_every_character_quotes_itself(page: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(page)), max_size=6)))
    pieces = [(a, b) for a, b in zip([0, *cuts], [*cuts, len(page)], strict=True) if a < b]
    passage = Passage(page, [pieces])
    assert len(passage.text) == len(passage.raw)
    for i in range(len(passage.text)):
        ((start, end),) = passage.cite(i, i + 1)
        assert page[start:end] == passage.raw[i]
