"""What a PDF's page looks like is read from where its letters stand and how large they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import baodao as bd
from baodao.layout import split_articles
from baodao.readers import read_content
from tests.hostile import pdf_of

pytest.importorskip("pypdfium2")

# A page that chromium printed: a vertical headline, small print in three sizes, a kicker, two filled columns.
PRINTED = Path(__file__).parent / "gold" / "printed.pdf"
Put = tuple[float, float, float, str]  # from the left, from below, size, text

HEAD: Put = (50, 700, 30, "三座新桥同日通车")
LEFT: list[Put] = [
    (70, 650, 10, "今年三月，河湾镇的"),
    (50, 635, 10, "三座新桥先后通车，方便"),
    (50, 620, 10, "两岸四百户人家的出行。"),
    (70, 605, 10, "桥头还装上了路灯，"),
]
RIGHT: list[Put] = [
    (180, 650, 10, "夜里也有人走，到对岸的"),
    (180, 635, 10, "集市去。"),
    (200, 620, 10, "明年还要修两座桥。"),
]


def paper(*lines: Put) -> bytes:
    """A PDF with these lines, in this order."""
    told = b"".join(
        b"/F %g Tf 1 0 0 1 %g %g Tm <%s> Tj " % (size, x, y, text.encode("utf-16-be").hex().encode())
        for x, y, size, text in lines
    )
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\nBT " % (len(told) + 5) + told + b"ET\nendstream ",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong/DW 1000/FontDescriptor 7 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        b"<</Type/FontDescriptor/FontName/STSong/Flags 4/FontBBox[0 -200 999 900]/Ascent 880/Descent -120>>",
    )


def lines_of(*lines: Put) -> list[tuple[str, float]]:
    read = read_content(paper(*lines), "page.pdf")
    return list(zip(read.text.split("\n"), read.source.sizes, strict=True))


def test_a_paragraph_is_one_line_over_lines_and_columns() -> None:
    assert lines_of(HEAD, *LEFT, *RIGHT) == [
        ("三座新桥同日通车", 3.0),
        ("今年三月，河湾镇的三座新桥先后通车，方便两岸四百户人家的出行。", 1.0),
        ("桥头还装上了路灯，夜里也有人走，到对岸的集市去。", 1.0),
        ("明年还要修两座桥。", 1.0),
    ]


def test_a_line_set_wider_than_the_column_does_not_make_the_column_wider() -> None:
    byline: Put = (60, 665, 10, "江岸日报全媒体记者　王小海")
    assert [text for text, _ in lines_of(HEAD, byline, *LEFT)][1:3] == [
        "江岸日报全媒体记者 王小海",
        "今年三月，河湾镇的三座新桥先后通车，方便两岸四百户人家的出行。",
    ]


def test_a_vertical_headline_is_one_line_and_breaks_no_other() -> None:
    upright: list[Put] = [(300, 700 - 26 * k, 24, letter) for k, letter in enumerate("一杯热茶暖清晨")]
    assert lines_of(*upright, *LEFT)[0] == ("一杯热茶暖清晨", 2.4)
    assert lines_of(*upright, *LEFT)[1:] == lines_of(*LEFT)


def test_letters_set_apart_to_fill_a_line_are_no_words() -> None:
    spread: list[Put] = [(50 + 14 * k, 700, 10, letter) for k, letter in enumerate("凉山州妇联把书屋建在村")]
    named: list[Put] = [(50, 600, 10, "本报记者"), (93, 600, 10, "魏"), (113, 600, 10, "哲")]
    assert [text for text, _ in lines_of(*spread, *named)] == ["凉山州妇联把书屋建在村", "本报记者 魏 哲"]


def test_a_headline_of_two_lines_stays_two_lines_and_a_large_quotation_is_one() -> None:
    heads: list[Put] = [(50, 700, 30, "三座新桥"), (50, 660, 30, "同日通车")]
    quoted: list[Put] = [(300, 700, 14, "“走夜路也不怕了，家家"), (300, 680, 14, "都说好。”")]
    told = lines_of(*heads, *LEFT, *quoted)
    assert told[:2] == [("三座新桥", 3.0), ("同日通车", 3.0)]
    assert told[-1] == ("“走夜路也不怕了，家家都说好。”", 1.4)


def test_a_printed_page_keeps_its_reports() -> None:
    page = bd.analyze_file(PRINTED)
    assert [(block.role, block.text) for article in page.articles for block in article.blocks] == [
        ("caption_title", "三座车站有了车"),
        ("caption", "图为通车的桥。 王日江/摄"),
        ("kicker", "河湾镇把实事办上桥头"),
        ("title", "三座桥同日通车"),
        ("byline", "本报记者 王日江"),
        ("body", "三月四日，河湾镇的三座桥同日通车，桥头办起三座车站，车站日日有车。"),
        ("body", "桥头的河湾日报站有记者3名、车12辆。三月的河湾，日日有江上的车，江上的桥，桥上的实事。"),
        ("body", "车站的实事办了12件。"),
    ]
    assert (page.source.issue_date, page.source.paper) == ("2021-03-04", "江岸日报")
    assert bd.Page.from_json(page.to_json()) == page


# What sizes say


def test_sizes_tell_which_line_of_a_headline_is_the_title() -> None:
    text = "柳城各地妇联让办实事有温度\n老人不出村吃上热饭\n陈家湾食堂今年开张，每日供餐三百份，老人只付五元。"

    def heads(*sizes: float) -> list[str]:
        [story] = split_articles(text, sizes=sizes).stories
        return [fragment.role for fragment in story.fragments]

    assert heads(1.3, 2.6, 1.0) == ["kicker", "title", "body"]
    assert heads(2.6, 1.3, 1.0)[0] == "title"
    assert heads(2.6, 2.6, 1.0) == ["title", "title", "body"]


def test_sizes_that_are_not_those_of_the_text_say_nothing() -> None:
    text = "三座新桥同日通车\n\n今年三月，河湾镇的三座新桥先后通车，方便了两岸四百户人家的出行。"
    assert split_articles(text, sizes=(3.0,)) == split_articles(text)
    assert split_articles(text, sizes=(1.0, 0.0, 1.0)).stories[0].title
