"""The small print of a report as fields: who wrote it, from where it was sent, where it goes on."""

from __future__ import annotations

import pytest

import baodao as bd
from baodao.layout.persons import photographers, writers

TITLE = "三座新桥方便河湾居民"
BRIDGE = "今年三月，河湾镇的三座新桥先后通车，方便了两岸四百户人家的出行，桥头还装上了路灯。"
SCHOOL = "柳树乡的夜校开课半年，学员从二十人增加到二百三十人，教室换了两次，课本由乡里统一购买。"


def first_article(*lines: str) -> bd.Article:
    return bd.analyze("\n\n".join(lines)).articles[0]


@pytest.mark.parametrize(
    ("head", "bylines", "authors", "dateline", "place"),
    [
        ("本报讯(记者 周小河) ", ("记者 周小河",), ("周小河",), "本报讯", ""),
        ("本报宜城讯（郑大江 周  河）", ("郑大江 周  河",), ("郑大江", "周河"), "本报宜城讯", "宜城"),
        ("新华社北京5月11日电（记者 周小河）", ("记者 周小河",), ("周小河",), "新华社北京5月11日电", "北京"),
        ("据新华社北京5月11日电 ", (), (), "据新华社北京5月11日电", "北京"),
        ("江岸日报5月3日讯（全媒体记者 周小河）", ("全媒体记者 周小河",), ("周小河",), "江岸日报5月3日讯", ""),
        ("江岸日报全媒体消息 ", (), (), "江岸日报全媒体消息", ""),
        (
            "本报记者周小河/郑大江 发自柳城 5月4日，",
            ("本报记者周小河/郑大江",),
            ("周小河", "郑大江"),
            "发自柳城",
            "柳城",
        ),
        ("本报讯 记者周小河报道：", ("记者周小河",), ("周小河",), "本报讯", ""),
        ("本报记者周小河报道：", ("本报记者周小河",), ("周小河",), "", ""),
        ("央视网消息(江岸联播)：", (), (), "央视网消息", ""),
        ("本报记者在桥头看到，", (), (), "", ""),
    ],
)
def test_heads_run_into_the_first_sentence(
    head: str, bylines: tuple[str, ...], authors: tuple[str, ...], dateline: str, place: str
) -> None:
    article = first_article(TITLE, head + BRIDGE, SCHOOL)
    assert (article.bylines, article.authors) == (bylines, authors)
    assert (article.dateline, article.place) == (dateline, place)
    assert article.paragraphs[0].text == head + BRIDGE  # the words stay where they are printed


def test_a_run_in_head_behind_an_own_byline_and_over_wrapped_lines() -> None:
    text = f"本报宜城讯(记者 周小河 通讯员 郑大江){BRIDGE}{BRIDGE}"
    wrapped = "\n".join(text[i : i + 16] for i in range(0, len(text), 16))
    article = bd.analyze(f"河湾镇新桥通车\n{wrapped}").articles[0]
    assert (article.dateline, article.authors) == ("本报宜城讯", ("周小河", "郑大江"))


@pytest.mark.parametrize(
    ("line", "bylines", "dateline", "place"),
    [
        ("本报记者 周小河 发自柳城", ("本报记者 周小河",), "发自柳城", "柳城"),
        ("江岸日报全媒体记者 周小河 郑大江", ("江岸日报全媒体记者 周小河 郑大江",), "", ""),
    ],
)
def test_heads_on_their_own_line(line: str, bylines: tuple[str, ...], dateline: str, place: str) -> None:
    article = first_article(TITLE, line, BRIDGE, SCHOOL)
    assert [block.role for block in article.blocks] == ["title", "byline", "body", "body"]
    assert (article.bylines, article.dateline, article.place) == (bylines, dateline, place)


def test_a_dateline_on_its_own_line() -> None:
    article = first_article(TITLE, "本报记者 周小河", "新华社柳城5月11日电", BRIDGE, SCHOOL)
    assert [block.role for block in article.blocks] == ["title", "byline", "dateline", "body", "body"]
    assert (article.dateline, article.place, article.authors) == ("新华社柳城5月11日电", "柳城", ("周小河",))


@pytest.mark.parametrize(
    ("ending", "credits", "authors"),
    [
        ("(孙明 李秀英)", ("孙明 李秀英",), ("孙明", "李秀英")),
        ("（记者 周小河）", ("记者 周小河",), ("周小河",)),
        ("（据新华社电）", ("据新华社电",), ()),
        ("（作者为河湾中学教师）", ("作者为河湾中学教师",), ()),
        ("（化名）", (), ()),
        ("（见下图）", (), ()),
    ],
)
def test_credits_behind_the_last_sentence(ending: str, credits: tuple[str, ...], authors: tuple[str, ...]) -> None:
    article = first_article(TITLE, BRIDGE, SCHOOL + ending)
    assert (article.credits, article.authors) == (credits, authors)


@pytest.mark.parametrize(
    ("credit", "printed", "taken"),
    [
        (" 江岸日报记者 王小海/摄", "江岸日报记者 王小海/摄", ("王小海",)),
        ("王小海摄（江岸图片社）", "王小海摄（江岸图片社）", ("王小海",)),
        ("（王小海 摄）", "王小海 摄", ("王小海",)),
        (" 本报通讯员 王小海 摄影报道", "本报通讯员 王小海 摄影报道", ("王小海",)),
        (" 摄影/王小海", "摄影/王小海", ("王小海",)),
        (" 王小海供图", "王小海供图", ()),
    ],
)
def test_photo_credits(credit: str, printed: str, taken: tuple[str, ...]) -> None:
    page = bd.analyze(f"{TITLE}\n\n{BRIDGE}\n\n{SCHOOL}\n\n图为五月四日，孩子们在桥头放风筝。{credit}")
    photo = page.articles[-1]
    assert [block.role for block in photo.blocks] == ["caption"]
    assert (photo.credits, photo.photographers) == ((printed,), taken)


@pytest.mark.parametrize(
    ("text", "wrote", "took"),
    [
        ("文/周小河 图/郑大江", ["周小河"], ["郑大江"]),
        ("□ 记者 周小河 通讯员 郑  江 文/图", ["周小河", "郑江"], ["周小河", "郑江"]),
        ("本报记者林志文/钟小莲", ["林志文", "钟小莲"], []),  # 文/ belongs to the name
        ("撰文/周小河 摄影：郑大江", ["周小河"], ["郑大江"]),
        ("图片由柳城妇联提供", [], []),
        ("", [], []),
    ],
)
def test_who_wrote_and_who_took_the_photo(text: str, wrote: list[str], took: list[str]) -> None:
    assert (writers(text), photographers(text)) == (wrote, took)


@pytest.mark.parametrize(
    ("note", "direction", "page", "headline"),
    [
        ("（下转第四版）", "to", "4", ""),
        ("(下转A02版《柳城新桥》)", "to", "A2", "柳城新桥"),
        ("▶下转3版", "to", "3", ""),
        ("（上接第1版）", "from", "1", ""),
        ("（紧接第一版 “春芽行动”）", "from", "1", "春芽行动"),
        ("上接01版", "from", "1", ""),
    ],
)
@pytest.mark.parametrize("own_line", [True, False])
def test_jump_notes(note: str, direction: str, page: str, headline: str, own_line: bool) -> None:
    text = {
        (True, "to"): f"{TITLE}\n\n{BRIDGE}\n\n{SCHOOL}\n\n{note}",
        (False, "to"): f"{TITLE}\n\n{BRIDGE}\n\n{SCHOOL[:-1]}{note}",
        (True, "from"): f"{TITLE}\n\n{note}\n\n{BRIDGE}\n\n{SCHOOL}",
        (False, "from"): f"{TITLE}\n\n{note}{BRIDGE}\n\n{SCHOOL}",
    }[own_line, direction]
    [jump] = bd.analyze(text).articles[0].jumps
    assert (jump.direction, jump.page, jump.headline) == (direction, page, headline)
    assert text[jump.start : jump.end] == jump.text == note


def test_a_credit_before_a_jump_note() -> None:
    article = first_article(TITLE, BRIDGE, SCHOOL + "（记者 周小河）（下转第四版）")
    assert article.authors == ("周小河",)
    assert [jump.page for jump in article.jumps] == ["4"]


@pytest.mark.parametrize(
    ("head", "number"), [("第3版:民生", "3"), ("A02 要闻", "A2"), ("第四版", "4"), ("要闻 02", "2"), ("民生", "")]
)
def test_the_page_head_gives_the_number_of_the_page(head: str, number: str) -> None:
    page = bd.analyze(f"江岸日报\n{head}\n2023年5月6日 星期六\n\n{TITLE}\n\n{BRIDGE}\n\n{SCHOOL}")
    assert (page.source.page, page.source.paper, page.source.issue_date) == (number, "江岸日报", "2023-05-06")
