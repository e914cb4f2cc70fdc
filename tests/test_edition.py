"""The pages of one issue: reports joined where notes lead from page to page, doubtful ones left and named."""

from __future__ import annotations

from pathlib import Path

import baodao as bd

FRONT = """第1版:要闻

江岸日报 2021年11月23日 星期二

暖灯行动点亮山村

本报记者 李禾

11月22日,樊城区妇联启动“暖灯”行动,首批招募志愿者230名,为山村孩子送去台灯3600盏,并在村口建起书屋18个,每周开放五个晚上,孩子们写完作业

（下转第4版）

柑橘喜获丰收

本报记者 赵文清

11月22日,松滋市召开柑橘观摩会,今年产量超过20万吨,带动6300多户农户增收,户均增收4200元,社员们的干劲越来越足。

（下转第4版）
"""
FOURTH = """第4版:城乡

江岸日报 2021年11月23日 星期二

暖灯行动点亮山村

（上接第1版）

就来书屋看书。截至目前,已有410名孩子办理借书证,志愿者每月入户家访近千次,家长们说孩子变得爱说话了。

柑橘喜获丰收

（上接第1版）

为了让果子卖得好,全市新建果园道路47公里、蓄水池132口,投入资金3450万元,合作社社员发展到286户。
"""


def test_reports_are_joined_over_pages_and_keep_them() -> None:
    edition = bd.analyze_issue([FRONT, FOURTH])
    assert [page.source.page for page in edition.pages] == ["1", "4"]
    assert [(r.title, [(p.page, p.article) for p in r.parts]) for r in edition.reports] == [
        ("暖灯行动点亮山村", [(0, 0), (1, 0)]),
        ("柑橘喜获丰收", [(0, 1), (1, 1)]),
    ]
    assert edition.unjoined == ()
    lamp = edition.reports[0]
    bare = [text.partition("星期二")[2] for text in (FRONT, FOURTH)]
    assert bd.analyze_issue(dict(zip("14", bare, strict=True))).reports[0].text == edition.reports[0].text
    assert "写完作业就来书屋看书。" in lamp.text
    assert "下转" not in lamp.text + edition.reports[1].text
    assert "越来越足。\n为了让" in edition.reports[1].text
    facts = edition.facts_of(lamp)
    assert [fact.text for fact in facts] == ["230名", "3600盏", "18个", "五个", "410名", "近千次"]
    assert len(edition.facts) == sum(len(page.facts) for page in edition.pages)


def test_a_text_that_begins_with_a_comma_is_no_rest_of_a_whole_sentence() -> None:
    head, _, oranges = FRONT.partition("暖灯行动点亮山村")
    front = head + oranges.partition("（下转第4版）\n\n")[2]
    rest = FOURTH.partition("暖灯行动")[0] + FOURTH.partition("柑橘喜获丰收\n\n")[2].replace("为了让", ",为了让")
    for text, parts in ((front, [1, 1]), (front.replace("越来越足。", "越来越足"), [2])):
        edition = bd.analyze_issue([text, rest])
        assert [len(report.parts) for report in edition.reports] == parts
        assert len(edition.unjoined) == 2 * (len(parts) - 1)


def test_what_is_not_certain_is_left_and_named() -> None:
    other = FOURTH.replace("暖灯行动点亮山村", "冬季供暖有保障").replace("柑橘喜获丰收", "湖面结冰莫靠近")
    edition = bd.analyze_issue([FRONT, other])
    assert [len(report.parts) for report in edition.reports] == [1, 1, 1, 1]
    assert [left.reason for left in edition.unjoined] == [
        f"2 notes on page {page} might answer it; none does for certain" for page in (4, 4, 1, 1)
    ]
    for left in edition.unjoined:
        assert edition.pages[left.part.page].text[left.start : left.end] == left.text


def test_a_missing_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "front.txt"
    path.write_text(FRONT, encoding="utf-8")
    edition = bd.analyze_issue([path])
    assert [left.reason for left in edition.unjoined] == ["page 4 is not among the pages"] * 2
    assert len(edition.reports) == 2
    assert "第4版" in str(edition)


def test_the_date_one_page_prints_counts_for_all() -> None:
    fourth = FOURTH.replace("江岸日报 2021年11月23日 星期二", "").replace("截至目前,已有", "去年,")
    edition = bd.analyze_issue([FRONT, bd.analyze(FRONT.replace("第1版", "第2版")), fourth])
    assert edition.pages[2].source.issue_date == "2021-11-23"
    assert "2020" in {fact.time for fact in edition.pages[2].facts}
