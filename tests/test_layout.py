"""Pages of our own invention: what each printed line is, what is joined, and what always holds."""

from __future__ import annotations

import json
import time
from itertools import count, islice, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baodao.layout import Layout, split_articles
from baodao.layout.by_rules import RuleTagger
from baodao.layout.lines import read_lines, wrap_width
from baodao.layout.roles import is_names
from baodao.layout.weights import load_weights, rule_weights
from baodao.records.light import Story

SHARED = Path(__file__).parents[2] / "shared"

BRIDGE = "今年三月，河湾镇的三座新桥先后通车，方便了两岸四百户人家的出行，桥头还装上了路灯。"
PLACES = ["".join(pair) for pair in permutations("河柳青松白梅石云桂双", 2)]
SCHOOL = "柳树乡的夜校开课半年，学员从二十人增加到二百三十人，教室换了两次，课本由乡里统一购买。"


def roles(story: Story) -> list[str]:
    return [fragment.role for fragment in story.fragments]


def words(text: str, pieces: tuple[tuple[int, int], ...]) -> str:
    return "".join(text[start:end] for start, end in pieces)


def paragraphs(text: str, story: Story) -> list[str]:
    return [words(text, paragraph.pieces) for paragraph in story.paragraphs]


def wrap(text: str, width: int = 15) -> str:
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


def rules(layout: Layout) -> set[str]:
    return {remark.rule for remark in layout.remarks}


# Rules instead of weight tables


def test_rules_alone_read_a_plain_page() -> None:
    text = f"三座新桥同日通车\n\n本报记者 周小河\n\n{BRIDGE}\n\n夜校办到家门口\n\n{SCHOOL}"
    layout = split_articles(text, rule_weights())
    assert [roles(story) for story in layout.stories] == [["title", "byline", "body"], ["title", "body"]]


def test_rules_alone_take_the_place_of_a_missing_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise FileNotFoundError(name)

    monkeypatch.setattr("baodao.layout.weights.load_tagger", missing)
    assert isinstance(load_weights.__wrapped__().tagger, RuleTagger)


# What always holds


def check_tiling(text: str) -> None:
    layout = split_articles(text)
    owners = [0] * len(text)
    fragments = [*layout.furniture, *(f for story in layout.stories for f in story.fragments)]
    for fragment in fragments:
        assert 0 <= fragment.start < fragment.end <= len(text)
        for i in range(fragment.start, fragment.end):
            owners[i] += 1
    assert all(owners[i] == 1 for i, c in enumerate(text) if not c.isspace())
    assert max(owners, default=0) <= 1
    for story in layout.stories:
        for paragraph in story.paragraphs:
            home = [story.fragments[i] for i in paragraph.fragments]
            for start, end in paragraph.pieces:
                assert any(f.start <= start <= end <= f.end for f in home)
                assert "\n" not in text[start:end]
    for remark in layout.remarks:
        assert 0 <= remark.start < remark.end <= len(text)


LINE = st.sampled_from(
    [
        BRIDGE, SCHOOL, BRIDGE[:20], SCHOOL[18:], "河湾镇三座新桥通车", "本报记者 周小河", "图为新桥。", "「桥」", "",
        "　　" + SCHOOL, "第3版:民生", "本报讯(记者 周小河)" + BRIDGE,
        "（下转第四版）", "(孙明)", "编者按", "——柳树乡见闻",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_every_character_of_a_page_has_one_place(lines: list[str], end: str) -> None:
    check_tiling(end.join(lines))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="桥新镇的，。、“”「」()（）:\n\r\t \u3000\u2028\x0b\x85a1□𠀀", max_size=200))
def test_any_text_is_taken_apart_without_loss(text: str) -> None:
    check_tiling(text)


@settings(max_examples=60, deadline=None)
@given(st.integers(12, 23), st.integers(2, 5))
def test_hard_wrapped_pages_lose_nothing(width: int, count: int) -> None:
    text = "河湾镇新桥通车\n" + "\n".join(wrap(f"　　{BRIDGE * 2}", width) for _ in range(count))
    check_tiling(text)
    [story] = split_articles(text).stories
    assert paragraphs(text, story) == [BRIDGE * 2] * count


# Line formats


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\n\u3000\u3000", "\r\n\r\n"])
def test_the_line_format_does_not_matter(end: str) -> None:
    text = end.join(["三座新桥方便河湾居民", BRIDGE, SCHOOL])
    [story] = split_articles(text).stories
    assert roles(story) == ["title", "body", "body"]
    assert paragraphs(text, story) == [BRIDGE, SCHOOL]


def test_half_width_punctuation_is_as_good() -> None:
    text = "三座新桥方便河湾居民\n\n" + BRIDGE.replace("，", ",")
    [story] = split_articles(text).stories
    assert roles(story) == ["title", "body"]


def test_the_lines_of_a_wrapped_paragraph_are_one_fragment() -> None:
    text = "河湾镇新桥通车\n" + wrap(BRIDGE * 2) + "\n" + wrap("　　" + SCHOOL * 2)
    assert wrap_width(read_lines(text)) == 15
    [story] = split_articles(text).stories
    assert roles(story) == ["title", "body", "body"]
    assert paragraphs(text, story) == [BRIDGE * 2, SCHOOL * 2]


def test_a_run_in_byline_may_run_over_wrapped_lines() -> None:
    text = "河湾镇新桥通车\n" + wrap("本报讯(记者 周小河 通讯员 郑大江)" + BRIDGE * 3)
    [story] = split_articles(text).stories
    [(start, end)] = story.bylines
    assert text[start:end].replace("\n", "") == "记者 周小河 通讯员 郑大江"


# Parts of an article


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["三座新桥方便河湾居民"], ["title"]),
        (["湖北", "三座新桥方便河湾居民"], ["kicker", "title"]),
        (["春耕进行时", "三座新桥方便河湾居民"], ["section_label", "title"]),
        (["三座新桥方便河湾居民", "——柳树乡修桥见闻"], ["title", "subtitle"]),
        (["三座新桥通车以来坚持方便", "河湾居民的出行"], ["title", "title"]),
    ],
)
def test_headline_lines(lines: list[str], expected: list[str]) -> None:
    [story] = split_articles("\n\n".join([*lines, BRIDGE, SCHOOL])).stories
    assert roles(story) == [*expected, "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "本报记者  周小河  郑大江",
        "■本报记者 周小河",
        "□ 记者 周小河 通讯员 郑大江",
        "江岸日报全媒体记者 周小河",
        "本报记者周小河",
    ],
)
def test_bylines_on_their_own_line(line: str) -> None:
    text = f"三座新桥方便河湾居民\n\n{line}\n\n{BRIDGE}"
    [story] = split_articles(text).stories
    assert roles(story) == ["title", "byline", "body"]
    assert words(text, story.bylines) == line


@pytest.mark.parametrize(
    ("head", "byline", "dateline"),
    [
        ("本报讯(记者 周小河) ", "记者 周小河", "本报讯"),
        ("本报宜城讯（通讯员 郑大江）", "通讯员 郑大江", "本报宜城讯"),
        ("新华社北京5月11日电（记者 周小河）", "记者 周小河", "新华社北京5月11日电"),
        ("江岸日报全媒体记者周小河 发自柳树 ", "江岸日报全媒体记者周小河", "发自柳树"),
        ("本报记者周小河、郑大江 发自柳树 ", "本报记者周小河、郑大江", "发自柳树"),
    ],
)
def test_run_in_heads_stay_in_the_body(head: str, byline: str, dateline: str) -> None:
    text = f"三座新桥方便河湾居民\n\n{head}{BRIDGE}"
    [story] = split_articles(text).stories
    assert roles(story) == ["title", "body"]
    assert words(text, story.bylines) == byline
    assert story.dateline is not None
    assert text[slice(*story.dateline)] == dateline
    assert paragraphs(text, story) == [head.strip() + " " * head.endswith(" ") + BRIDGE]


def test_credit_at_the_end_of_the_last_paragraph() -> None:
    text = f"三座新桥方便河湾居民\n\n{BRIDGE}(孙明 李秀英)"
    [story] = split_articles(text).stories
    assert words(text, story.credits) == "孙明 李秀英"


def test_a_photo_with_its_headline_behind_it() -> None:
    text = f"三座新桥方便河湾居民\n\n{BRIDGE}\n\n五月四日，孩子们在桥头放风筝。 江岸日报记者 王小海/摄\n\n「风筝满天」"
    story, photo = split_articles(text).stories
    assert roles(photo) == ["caption_title", "caption"]  # the headline is read first
    assert words(text, photo.title) == "「风筝满天」"
    assert words(text, photo.credits) == "江岸日报记者 王小海/摄"
    assert roles(story) == ["title", "body"]


def test_date_and_paper_come_from_the_page_head() -> None:
    text = f"江岸日报\n2023年5月6日 星期六\n第3版:民生\n\n三座新桥方便河湾居民\n\n{BRIDGE}\n\n责任编辑 冯某 美编 陈某"
    layout = split_articles(text)
    assert (layout.issue_date, layout.paper) == ("2023-05-06", "江岸日报")
    assert len(layout.furniture) == 4
    assert len(layout.stories) == 1


def test_a_dispatch_without_a_headline_is_a_report() -> None:
    text = f"三座新桥方便河湾居民\n\n{BRIDGE}\n\n新华社柳树5月5日电（记者 郑大江）{SCHOOL}"
    assert [roles(story) for story in split_articles(text).stories] == [["title", "body"], ["body"]]


# Joins and remarks


def test_a_paragraph_cut_by_a_column_is_joined_without_the_doubled_character() -> None:
    text = f"三座新桥方便河湾居民\n\n{BRIDGE[:26]}\n\n{BRIDGE[25:]}\n\n{SCHOOL}"
    layout = split_articles(text)
    [story] = layout.stories
    assert roles(story) == ["title", "body", "body_continuation", "body"]
    assert paragraphs(text, story) == [BRIDGE, SCHOOL]
    assert "broken_paragraph" in rules(layout)


def test_halves_with_lost_text_between_them_stay_apart() -> None:
    first = "镇长周小河在通车仪式上对村民们说：“这三座桥的钱"
    second = "也都有“便民桥”的称号，路灯到夜里十二点才熄灭。"
    text = f"三座新桥方便河湾居民\n\n{first}\n\n{second}"
    layout = split_articles(text)
    assert len(layout.stories[0].paragraphs) == 2
    assert "lost_text" in rules(layout)


def test_an_indented_line_never_continues_a_paragraph() -> None:
    text = f"三座新桥方便河湾居民\n　　{BRIDGE[:-1]}\n　　{SCHOOL}"
    [story] = split_articles(text).stories
    assert paragraphs(text, story) == [BRIDGE[:-1], SCHOOL]


def test_a_paragraph_printed_twice_is_reported() -> None:
    text = f"三座新桥方便河湾居民\n\n{BRIDGE}\n\n{SCHOOL}\n\n{BRIDGE}"
    assert "repeated_paragraph" in rules(split_articles(text))


def test_odd_characters_are_reported_and_left() -> None:
    text = f"三座新桥方便河湾居民\n\n{BRIDGE[:10]}□{BRIDGE[10:]}"
    layout = split_articles(text)
    [remark] = [r for r in layout.remarks if r.rule == "suspicious_character"]
    assert text[remark.start : remark.end] == "□"


def test_a_number_cut_by_a_wrapped_line_is_reported() -> None:
    text = "河湾镇新桥通车\n" + wrap("河湾镇的新桥今年通车方便住户12345户还装了路灯" + BRIDGE * 2)
    assert "number_cut_by_line_break" in rules(split_articles(text))


# Odd inputs


@pytest.mark.parametrize("text", ["", "\n", " \u3000\r\n\t"])
def test_nothing_printed_gives_nothing(text: str) -> None:
    assert split_articles(text) == Layout([], [], [])


def test_one_paragraph_and_one_headline() -> None:
    assert [roles(s) for s in split_articles(BRIDGE).stories] == [["body"]]
    assert [roles(s) for s in split_articles("三座新桥方便河湾居民").stories] == [["title"]]


def test_a_list_is_one_article_with_all_its_items() -> None:
    text = "全镇村名\n" + "\n".join(f"{name}家村第{n}组" for n, name in enumerate("赵钱孙李周吴郑王", 1))
    layout = split_articles(text)
    assert not layout.furniture
    [story] = layout.stories
    assert roles(story) == ["title"] + ["body"] * 8


def test_a_short_list_of_places_is_no_headline() -> None:
    [story] = split_articles("河湾镇\n柳树乡\n青石街道\n北坡村\n南坡村").stories
    assert roles(story) == ["title"] + ["body"] * 4


def test_time_grows_with_the_text_and_no_faster() -> None:
    def seconds(count: int) -> float:
        text = "\n".join(f"第{n}回小桥流水\n{BRIDGE}{n}年{SCHOOL}" for n in range(count))
        best = 9e9
        for _ in range(2):
            start = time.perf_counter()
            split_articles(text)
            best = min(best, time.perf_counter() - start)
        return best

    split_articles(BRIDGE)
    assert seconds(4000) < 4 * 3 * seconds(1000)


def test_names_alone_on_a_line() -> None:
    assert is_names("徐明月 蔡小红")
    assert not is_names("同心 向前")


# The shared material, where it is there


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared material")
def test_single_articles_come_out_whole() -> None:
    for path in sorted((SHARED / "facts" / "dev").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        layout = split_articles(text)
        assert len(layout.stories) == 1, path.name
        assert not layout.furniture, path.name
        first, *rest = roles(layout.stories[0])
        assert first == "title", path.name
        assert rest.count("body") >= len(rest) - 1, path.name  # one may say another again, as a box does


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared material")
def test_composed_pages_lose_nothing() -> None:
    for line in (SHARED / "layout" / "dev_pages.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        check_tiling(text)
        check_tiling(text.replace("\n", "\r\n"))


@pytest.mark.slow
def test_time_is_linear_up_to_ten_megabytes() -> None:
    numbers = count(1)  # no page is read twice: what was remembered of one would help the small ones

    def made(size: int) -> str:
        return "".join(
            f"第{n}回 {PLACES[n % len(PLACES)]}同日通车\n\n本报记者 周小河\n\n{BRIDGE}{n}\n\n{n}{SCHOOL}\n\n"
            for n in islice(numbers, size // 340)
        )

    def seconds_a_character(size: int, pages: int) -> float:
        texts = [made(size) for _ in range(pages)]
        begun = time.process_time()
        for text in texts:
            split_articles(text)
        return (time.process_time() - begun) / sum(map(len, texts))

    seconds_a_character(10_000, 10)
    small = min(seconds_a_character(10_000, 50) for _ in range(3))
    assert min(seconds_a_character(10_000_000, 1) for _ in range(3)) < 1.3 * small


def test_a_box_inside_a_broken_paragraph_is_no_part_of_it() -> None:
    text = (Path(__file__).parents[1] / "examples" / "page.txt").read_text(encoding="utf-8")
    story = split_articles(text).stories[0]
    roles = [fragment.role for fragment in story.fragments]
    assert roles[5:8] == ["body", "pull_quote", "body_continuation"]
    assert text[slice(*story.paragraphs[1].pieces[-1])] == "阅读时间明显变长了。"
