"""From hits to rows: what is measured, by which verb, where and under which program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import baodao as bd
from baodao.link.choice import ModelChooser, NameTables, Option, Say
from baodao.link.facts import link_facts
from baodao.records import Source
from baodao.records.light import QuantityHit

EXAMPLE = (Path(__file__).parents[1] / "examples" / "page.txt").read_text(encoding="utf-8")


def rows(text: str, issue_date: str = "2021-06-04") -> list[tuple[str, str, str]]:
    return [(f.text, f.what, f.region) for f in bd.analyze(text, issue_date=issue_date).facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the thing follows its number, stands before it, or is what a state is said of
        ("襄阳市妇联招募250余名志愿者。", [("250余名", "志愿者", "420600")]),
        ("咸宁市设立服务站86个。", [("86个", "服务站", "421200")]),
        ("酒泉市困难妇女的回访率达到100%。", [("100%", "困难妇女的回访率", "620900")]),
        # 全市 is the city in force
        ("在南充,志愿者走村入户。全市共发放补助资金12万元。", [("12万元", "补助资金", "511300")]),
        # a list shares its verb, not its things
        (
            "绵阳市建成书屋12个、托管班30个。",
            [("12个", "书屋", "510700"), ("30个", "托管班", "510700")],
        ),
        # newspapers put the number last
        (
            "株洲市累计发放绘本3万余册,资助学生1200人次。",
            [("3万余册", "绘本", "430200"), ("1200人次", "学生", "430200")],
        ),
    ],
)
def test_rows(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        # what counts regions lies in the one before it; places of a list are about what they have in common
        ("新疆22个县的志愿者走村入户。", ["650000"]),
        ("江苏南京、苏州、无锡等3个城市建成书屋50个。", ["320000", "320000"]),
        # what a semicolon parts is about its own place
        ("安徽捐赠250吨蔬菜;宁夏捐赠300吨苹果。", ["340000", "640000"]),
        # 全省 is the province of its paragraph
        ("湖南开设课堂。湖南培训教师。湖南修建书屋。\n江西组织干部下乡。全省派出1000人。", ["360000"]),
    ],
)
def test_a_number_is_about_its_region(text: str, regions: list[str]) -> None:
    assert [region for _, _, region in rows(text)] == regions


def test_a_place_that_plans_is_no_program() -> None:
    page = bd.analyze("今年,甘肃省计划建设养老驿站98个。", issue_date="2021-06-04")
    assert [(fact.what, fact.program) for fact in page.facts] == [("养老驿站", "")]


def test_what_a_list_has_in_common_quotes_the_list() -> None:
    page = bd.analyze("江苏南京、苏州、无锡等3个城市建成书屋50个。", issue_date="2021-06-04")
    assert [page.text[a:b] for a, b in page.facts[0].roles["region"].spans] == ["南京、苏州、无锡"]


def test_a_bracket_belongs_to_the_word_before_it() -> None:
    assert rows("目前,全国建成养老院(敬老院)120所。")[0][1] == "养老院(敬老院)"


def test_a_thing_ends_before_a_state() -> None:
    assert rows("襄阳市的助老服务站已达86个。")[0][1] == "助老服务站"


def test_a_fair_goes_by_characters_of_its_name() -> None:
    text = "茶博会见闻\n\n首届中国国际茶叶博览会昨天开幕。茶博会上,120家企业参展。"
    assert {f.program for f in bd.analyze(text, issue_date="2021-06-04").facts} == {"首届中国国际茶叶博览会"}


@pytest.mark.parametrize(
    "text",
    [
        "这是一个有爱心的人。",
        "“五个一”的标准很明确。",
        "他今年8岁。",
        "走过10年的探索。",
        "这是第3期培训班。",
        "十九大精神深入人心。",
    ],
)
def test_what_is_no_fact(text: str) -> None:
    assert rows(text) == []


def test_headlines_give_no_facts_but_mentions() -> None:
    page = bd.analyze("全县万名妇女学绣花\n\n本报讯 某县妇联办起培训班,学员有320名。")
    assert [f.text for f in page.facts] == ["320名"]
    assert "万名" in [m.text for m in page.mentions]


def test_a_program_has_its_fullest_form() -> None:
    page = bd.analyze(
        "“微光”助学行动走进凉山\n\n四川省妇联启动“微光”助学行动。“微光”助学行动招募志愿者300名。",
        issue_date="2021-06-04",
    )
    assert {m.name for m in page.mentions if m.kind == "program"} == {"“微光”助学行动"}
    assert page.facts[0].program == "“微光”助学行动"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("山阳县妇联启动“微光”助学行动,招募志愿者300名。", "山阳县妇联"),
        ("村民们修建水渠20多条。", "村民们"),
        ("石桥镇的种植户今年种下油茶1200亩。", "石桥镇的种植户"),
    ],
)
def test_whoever_is_the_subject_did_it(text: str, actor: str) -> None:
    assert [f.actor for f in bd.analyze(text, issue_date="2021-06-04").facts] == [actor]


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("罗田县实施健康扶贫工程。首批选派医生230名。", "健康扶贫工程"),
        ("第三届云台山茶文化旅游节昨天开幕,吸引游客12万人次。", "第三届云台山茶文化旅游节"),
        ("《山阳县乡村建设行动计划》印发。全县整治村庄58个。", ""),
    ],
)
def test_a_program_needs_no_quotation_marks(text: str, program: str) -> None:
    assert [f.program for f in bd.analyze(text, issue_date="2021-06-04").facts] == [program]


def test_an_elliptic_organization_has_its_full_form() -> None:
    page = bd.analyze("四川省妇联下发通知。省妇联要求,各地选派讲师120名。")
    names = {m.text: m.name for m in page.mentions if m.kind == "organization"}
    assert names["省妇联"] == "四川省妇联"


def test_rows_do_not_depend_on_the_segmenter() -> None:
    from baodao.text.segment import Segmenter

    pages = []
    for engine in ("rjieba", "jieba"):
        mine = bd.Pipeline()
        mine.__dict__["segmenter"] = Segmenter(engine=engine)
        pages.append(bd.analyze(EXAMPLE, issue_date="2024-09-18", pipeline=mine).facts.to_dicts())
    assert pages[0] == pages[1]


class Noting(ModelChooser):
    """Notes what each option weighs."""

    def __init__(self) -> None:
        super().__init__()
        self.noted: list[tuple[str, int, list[int]]] = []

    def pick(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> Any:
        return self.weigh(decision, quantity, options, say)[0]

    def weigh(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        self.noted.append((decision, quantity.start, [weight for weight, _ in options]))
        return super().weigh(decision, quantity, options, say)


class NotingNames(Noting):
    """The same by the names of the features, as training sees them."""

    def tables(self, decision: str) -> Any:
        return NameTables()

    def weigh(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        weigh = super().tables(decision).weigh
        return super().weigh(decision, quantity, [(weigh(names), value) for names, value in options], say)


def test_training_sees_what_production_weighs() -> None:
    reading = bd.pipeline().read(EXAMPLE, Source(issue_date="2024-09-18"))
    weights, names = Noting(), NotingNames()
    for article in reading.articles:
        claims = [link_facts(article.passages, article.body, choose) for choose in (weights, names)]
        assert claims[0] == claims[1] == article.claims
    assert weights.noted == names.noted
    assert {decision for decision, _, _ in weights.noted} >= {"what", "verb", "fact", "region", "program", "actor"}
