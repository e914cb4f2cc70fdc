"""A page comes apart into its reports; no character is lost, none stands in two."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import baodao as bd
from baodao.layout import split_articles

STORY = "连日来，镇里的志愿者走村入户，为老人理发、量血压，受到村民欢迎。"
PAGE = f"""第3版:民生
2024年3月4日 星期一

江岸日报

春天里的小镇
义剪进村口
本报记者 苏明月

{STORY}

志愿服务队一共去了六个村，走访老人三百余名，大家说

志愿服务队去了六个村，走访老人三百余名。

这样的日子有盼头。

图为志愿者在理发。 周凯/摄

夜校里的灯光

江岸日报讯(记者 田甜) 夜校开了三个月，学员从十二人增加到八十人。(吴晓)

本版责编:沈亦
"""


def roles(text: str) -> list[list[str]]:
    return [[block.role for block in article.blocks] for article in bd.analyze(text, force=True).articles]


def test_a_page_comes_apart() -> None:
    page = bd.analyze(PAGE)
    assert [article.title for article in page.articles] == ["义剪进村口", "夜校里的灯光"]
    first, second = page.articles
    assert (first.kicker, first.bylines) == ("春天里的小镇", ("本报记者 苏明月",))
    assert "大家说这样的日子有盼头。" in first.text
    assert "pull_quote" in [block.role for block in first.blocks]
    assert (second.dateline, second.bylines, second.credits) == ("江岸日报讯", ("记者 田甜",), ("吴晓",))
    assert page.source.issue_date == "2024-03-04"
    assert page.source.paper == "江岸日报"
    assert {issue.rule for issue in page.issues} >= {"broken_paragraph", "inserted_box"}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_one_article_with_one_paragraph_a_line(newline: str, indent: str) -> None:
    text = newline.join(["小镇办起夜校", indent + STORY, indent + STORY.replace("老人", "孩子")])
    (article,) = bd.analyze(text).articles
    assert article.title == "小镇办起夜校"
    assert len(article.paragraphs) == 2


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    long = (STORY + "村干部说，活动还要长期办下去，让更多的老人受益，也让年轻人学会体谅。") * 3
    lines = [long[i : i + 16] for i in range(0, len(long), 16)]
    (article,) = bd.analyze("小镇办起夜校\n" + "\n".join(lines)).articles
    assert article.text == long
    assert [block.role for block in article.blocks] == ["title", "body"]


def test_a_character_printed_twice_at_a_join_is_read_once() -> None:
    (article,) = bd.analyze("小镇办起夜校\n\n村里的妇女骨干带头报名，志愿服务\n\n务队也来帮忙，课堂很热闹。").articles
    assert "志愿服务队也来帮忙" in article.text
    assert [block.role for block in article.blocks] == ["title", "body", "body_continuation"]


def test_halves_with_lost_text_between_them_stay_apart() -> None:
    text = "小镇办起夜校\n\n村干部告诉记者：“夜校里的老师不要报酬，坚持晚\n\n和创业课。大家说起“夜校”都竖起大拇指。"
    page = bd.analyze(text)
    assert len(page.articles[0].paragraphs) == 2
    assert "lost_text" in [issue.rule for issue in page.issues]


@pytest.mark.parametrize("text", ["一句话没有句号", "标题", "一、\n二、\n三、", "。", "\u3000", "1\n2\n3"])
def test_odd_texts_come_out_without_error(text: str) -> None:
    bd.analyze(text, force=True)


@given(st.text(alphabet="村里办夜校记者本报讯。，：“”（）() \u3000\r\n1年月日第版", max_size=200))
def test_no_character_is_lost_and_none_stands_twice(text: str) -> None:
    layout = split_articles(text)
    seen: list[int] = []
    for start, end in [(f.start, f.end) for s in layout.stories for f in s.fragments] + [
        (f.start, f.end) for f in layout.furniture
    ]:
        seen.extend(i for i in range(start, end) if not text[i].isspace())
    assert sorted(seen) == [i for i, char in enumerate(text) if not char.isspace()]
    for story in layout.stories:
        for paragraph in story.paragraphs:
            assert all(0 <= a < b <= len(text) for a, b in paragraph.pieces)


def test_a_book_is_split_in_linear_time() -> None:
    def seconds(count: int) -> float:
        text = f"小镇办起夜校\n{STORY}\n{STORY}\n" * count
        began = time.perf_counter()
        split_articles(text)
        return time.perf_counter() - began

    assert seconds(4000) < 12 * seconds(1000) + 0.1
