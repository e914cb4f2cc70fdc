"""The whole pipeline keeps its laws on any text."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import baodao as bd
from baodao.records import Source
from baodao.records.fact import COLUMNS
from baodao.records.light import Hit, NameHit
from baodao.text.passage import Passage
from tests.laws import check_laws

EXAMPLE = (Path(__file__).parents[1] / "examples" / "page.txt").read_text(encoding="utf-8")
PIECES = st.sampled_from(
    "宜昌市妇联 全市 招募志愿者 １.2万余名 250\n余名 ， 。 \r\n \n\n “暖春行动” 去年 达92% 縣婦聯 "
    "𠮷田 \u2f2f \x00 \u200b 3至5 万元 约 摄 (下转第四版) 记者".split(" ")
)


def test_the_example_page_keeps_the_laws() -> None:
    check_laws(bd.analyze(EXAMPLE, issue_date="2024-09-18"), EXAMPLE)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_jumble_keeps_the_laws(text: str) -> None:
    page = bd.analyze(text, force=True, issue_date="2021")
    check_laws(page, text)
    assert rows_of(text, Source(issue_date="2021")) == page.facts.to_dicts()


def rows_of(text: str, source: Source) -> list[dict[str, object]]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in bd.pipeline().rows(text, source, force=True)]


def test_half_a_surrogate_pair_becomes_a_sign_and_a_note() -> None:
    page = bd.analyze("某县\ud800拨付资金35万元。")
    check_laws(page, "某县\ufffd拨付资金35万元。")
    assert ([str(fact.value) for fact in page.facts], page.issues[0].rule) == (["350000"], "BD143")


def test_the_rows_of_a_page_are_those_of_its_facts() -> None:
    source = Source(issue_date="2024-09-18", doc="a", paper="湖北日报")
    page = bd.analyze(EXAMPLE, issue_date=source.issue_date, doc=source.doc, paper=source.paper)
    assert len(page.facts) > 10
    assert rows_of(EXAMPLE, source) == page.facts.to_dicts()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_read_without_error(text: str) -> None:
    check_laws(bd.analyze(text, force=True), text)


def test_a_number_over_a_pull_quote_keeps_its_pieces() -> None:
    box = "夜校由县妇联和镇政府一起牵头，三个月里共招收学员二百五十余名。"
    half = "夜校由县妇联和镇政府一起牵头，办在镇上的老祠堂里，每周三个晚上开课，三个月里共招收学员25"
    text = f"小镇办起夜校\n\n{half}\n\n{box}\n\n0余名，坚持下来的有200人。"
    page = bd.analyze(text)
    fact = next(fact for fact in page.facts if fact.value == 250)
    assert fact.quantity.surface == "250余名"
    assert [text[a:b] for a, b in fact.quantity.spans] == ["25", "0余名"]
    assert fact.value == 250


def test_a_time_that_comes_again_says_so() -> None:
    page = bd.analyze("村民议事会\n村里每周一晚8点开会,3月5日选出代表12名。", issue_date="2021-04-01")
    times = [mention for mention in page.mentions if mention.kind == "time"]
    assert [time.repeat for time in times] == ["XXXX-WXX-1T20", ""]


def test_a_pickled_pipeline_answers_alike() -> None:
    mine = bd.pipeline().with_lexicon(bd.Lexicon.default().with_words(["帮扶车间"]))
    again = pickle.loads(pickle.dumps(mine))
    assert bd.analyze(EXAMPLE, pipeline=again) == bd.analyze(EXAMPLE, pipeline=mine)


def test_a_finder_of_ones_own_is_heard() -> None:
    def find_lamps(passage: Passage, found: Sequence[Hit]) -> Iterable[Hit]:
        at = passage.text.find("台灯")
        if at >= 0:
            yield NameHit("program", at, at + 2, "mine.lamps", "台灯")

    mine = bd.pipeline().with_finder("lamps", find_lamps, after="programs")
    assert "mine.lamps" in [m.rule for m in bd.analyze(EXAMPLE, pipeline=mine).mentions]
    assert "mine.lamps" not in [m.rule for m in bd.analyze(EXAMPLE).mentions]
    with pytest.raises(bd.BaodaoError, match="BD172"):
        bd.pipeline().with_finder("x", find_lamps, after="nobody")


def test_importing_is_quick_silent_and_leaves_no_trace(tmp_path: Path) -> None:
    code = (
        "import time, sys; t = time.process_time(); import baodao; seconds = time.process_time() - t\n"
        "baodao.analyze('某县妇联招募志愿者1.2万余名。')\n"
        "import logging; assert not logging.getLogger('jieba').handlers, 'log handler'\n"
        "assert not {'sklearn', 'pandas', 'pyarrow', 'numpy'} & set(sys.modules), 'heavy import'\n"
        "assert seconds < 1.0, seconds\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"TMPDIR": str(tmp_path), "PATH": ""},
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(tmp_path.iterdir())


def test_answers_do_not_depend_on_hash_seed_or_locale() -> None:
    code = "import baodao; print(baodao.analyze(open(0, encoding='utf-8').read()).to_json())"
    answers = {
        subprocess.run(
            [sys.executable, "-c", code], input=EXAMPLE.encode(), capture_output=True, check=True,
            env={"PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8", "PATH": ""},
        ).stdout
        for seed in ("0", "1", "77")
    }  # fmt: skip
    assert len(answers) == 1
