"""The segmenter is jieba's, quietly, and leaves no trace."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.text.lexicon import Lexicon
from baodao.text.segment import Segmenter

TEXT = "县妇联在帮扶车间培训绣娘320人次,回访率达98%。"


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_words_tile_the_text(engine: str) -> None:
    words = Segmenter(engine=engine).words(TEXT, 7)
    assert "".join(w.text for w in words) == TEXT
    assert [w.start for w in words] == [7 + len("".join(v.text for v in words[:i])) for i in range(len(words))]


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_a_lexicon_word_stays_whole_and_leaks_nowhere(engine: str) -> None:
    lexicon = Lexicon.default().with_words(["帮扶车间"])
    assert "帮扶车间" in [w.text for w in Segmenter(lexicon.words, engine=engine).words(TEXT)]
    assert "帮扶车间" not in [w.text for w in Segmenter(engine=engine).words(TEXT)]


def test_both_engines_cut_alike() -> None:
    assert [w.text for w in Segmenter(engine="rjieba").words(TEXT)] == [
        w.text for w in Segmenter(engine="jieba").words(TEXT)
    ]


def test_a_pickled_segmenter_cuts_alike() -> None:
    segmenter = Segmenter([("帮扶车间", "n")])
    assert pickle.loads(pickle.dumps(segmenter)).words(TEXT) == segmenter.words(TEXT)


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_stretches_are_cut_at_once_as_one_by_one(engine: str) -> None:
    segmenter = Segmenter(engine=engine)
    pieces = st.sampled_from("回访率 达 ，“ ” 。 A b12 % 3.5 \u3000 \x00 𠮷 志愿者 的 在线 -".split(" "))

    @settings(max_examples=100, deadline=None)
    @given(st.lists(st.lists(pieces, max_size=5).map("".join), max_size=5))
    def alike(stretches: list[str]) -> None:
        one_by_one = [pair for stretch in stretches for pair in [("\n", "x"), *segmenter.tag(stretch)]]
        assert segmenter.tag("\n".join(stretches)) == one_by_one[1:]

    alike()
