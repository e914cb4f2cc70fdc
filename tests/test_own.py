"""Words, programs and rules of one's own: easy to give, tried at once, and they win."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import baodao as bd
from baodao.find.patience import slow_on
from baodao.resources import read_rules

TEXT = "某市“暖窗”关爱行动走进社区。\n2021年3月，暖窗关爱行动新建驿站12个，慰问老人300名。"
RULE = {"id": "my.birds", "kind": "count", "pattern": "(?P<number>{numeral})[多余]?(?P<unit>羽)", "matches": ["30羽"]}


def programs(page: bd.Page) -> list[tuple[str, str]]:
    return [(m.text, m.name) for m in page.mentions if m.kind == "program"]


def test_listed_programs_are_found_with_and_without_marks_and_reach_the_facts() -> None:
    mine = bd.pipeline().with_programs(["暖窗关爱行动"])
    page = bd.analyze(TEXT, issue_date="2021-03-08", pipeline=mine)
    assert programs(page) == [("“暖窗”关爱行动", "暖窗关爱行动"), ("暖窗关爱行动", "暖窗关爱行动")]
    assert {fact.program for fact in page.facts} == {"暖窗关爱行动"}
    assert {m.rule for m in page.mentions if m.kind == "program"} == {"program.own"}


def test_a_listed_name_that_no_finder_would_read_is_read() -> None:
    text = "某县青禾学堂今年开课，已有学员120名。"
    assert not programs(bd.analyze(text, issue_date="2021-03-08"))
    page = bd.analyze(text, issue_date="2021-03-08", pipeline=bd.pipeline().with_programs(["青禾学堂"]))
    assert [fact.program for fact in page.facts] == ["青禾学堂"]


@pytest.mark.parametrize("printed", ["“青禾”学堂", "「青禾学堂」", "“青禾学堂”", "青禾“学堂”", "青禾学堂", "青禾學堂"])
def test_marks_and_script_do_not_matter(printed: str) -> None:
    text = f"某縣{printed}今年開課,已有學員120名,資助學費三萬元。" if "學" in printed else f"某县{printed}今年开课。"
    page = bd.analyze(text, pipeline=bd.pipeline().with_programs(["青禾学堂"]))
    assert programs(page) == [(printed, "青禾学堂")]


def test_other_wordings_lead_to_the_name_and_the_longest_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "programs.txt"
    file.write_text("# 我的项目\n巧手妈妈计划,巧手妈妈，“巧手妈妈”工程\n\n青禾学堂 # 2020 年起\n", encoding="gb18030")
    mine = bd.pipeline().with_programs(file)
    page = bd.analyze("巧手妈妈工程启动，青禾学堂开课，巧手妈妈很高兴。", pipeline=mine)
    assert programs(page) == [("巧手妈妈工程", "巧手妈妈计划"), ("青禾学堂", "青禾学堂"), ("巧手妈妈", "巧手妈妈计划")]


def test_rules_read_what_the_library_does_not(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        """
        [[rule]]
        id = "my.birds"
        kind = "count"
        pattern = '(?P<number>{numeral})[多余]?(?P<unit>羽)'
        matches = ["信鸽30羽", "３００余羽"]
        rejects = ["羽毛"]

        [[rule]]
        id = "my.station"
        kind = "program"
        pattern = '暖心驿站[A-Z]\\d{1,3}'
        matches = ["暖心驿站A07"]
        """,
        encoding="utf-8",
    )
    mine = bd.pipeline().with_rules(file)
    page = bd.analyze("暖心驿站A07放飞信鸽约1.2万羽。", pipeline=mine)
    fact = page.facts[0]
    assert (fact.value, fact.unit, fact.bound, fact.text, fact.rule) == (
        Decimal(12000),
        "羽",
        "about",
        "约1.2万羽",
        "my.birds",
    )
    assert programs(page) == [("暖心驿站A07", "暖心驿站A07")]
    assert page.text[fact.start : fact.end] == fact.text


def test_a_rule_may_forbid() -> None:
    slogan = {"id": "my.slogan", "kind": "none", "pattern": "守好三个家门", "matches": ["守好三个家门"]}
    text = "全县开展守好三个家门宣讲，走访农户260户。"
    assert len(bd.analyze(text).facts) == 2
    assert [fact.text for fact in bd.analyze(text, pipeline=bd.pipeline().with_rules([slogan])).facts] == ["260户"]


def test_the_longest_of_ones_own_stays_and_an_empty_list_changes_nothing() -> None:
    rules = [
        {"id": f"my.{size}", "kind": "person", "pattern": "小" * size, "matches": ["小" * size]} for size in (2, 3)
    ]
    text = "志愿者小小小和小小一起种树30棵。"
    page = bd.analyze(text, pipeline=bd.pipeline().with_rules(rules))
    assert [(m.text, m.rule) for m in page.mentions if m.kind == "person"] == [("小小小", "my.3"), ("小小", "my.2")]
    assert bd.analyze(text, pipeline=bd.pipeline().with_programs([]).with_rules([])) == bd.analyze(text)


def test_own_words_are_kept_whole(tmp_path: Path) -> None:
    file = tmp_path / "words.txt"
    file.write_text("帮扶车间 n\n", encoding="utf-8")
    for mine in (bd.pipeline().with_words(["帮扶车间"]), bd.pipeline().with_words(file)):
        tokens = [token.text for token in mine.cut("新建帮扶车间")[1]]
        assert tokens == ["新建", "帮扶车间"]


def test_a_pipeline_of_ones_own_survives_pickling() -> None:
    mine = bd.pipeline().with_programs(["青禾学堂"]).with_rules([RULE]).with_words(["帮扶车间"])
    again = pickle.loads(pickle.dumps(mine))
    text = "青禾学堂放飞信鸽30羽。"
    assert again == mine
    assert bd.analyze(text, pipeline=again) == bd.analyze(text, pipeline=mine)
    assert bd.analyze(text, pipeline=mine).facts.to_dicts() == [
        dict(zip(bd.analyze(text, pipeline=mine).facts.to_dicts()[0], row, strict=True))
        for row in mine.rows(text, bd.Source())
    ]


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAODAO_LANG", "en")


RULES = {
    "no toml": ('[[rule]]\nid = "a\n', 2, "line 2"),
    "no rule": ('[rule]\nid = "a"\n', 1, "[[rule]]"),
    "no kind": ('\n[[rule]]\nid = "a"\npattern = "x"\nmatches = ["x"]\n', 2, "kind"),
    "no proof": ('[[rule]]\nid = "a"\nkind = "none"\npattern = "x"\nmatches = []\n', 1, "matches"),
    "wrong proof": ('[[rule]]\nid = "a"\nkind = "none"\npattern = "x"\nmatches = ["y"]\n', 1, "'y'"),
    "not rejected": (
        '[[rule]]\nid = "a"\nkind = "none"\npattern = "x"\nmatches = ["x"]\nrejects = ["xy"]\n',
        1,
        "'xy'",
    ),
    "no number": ('[[rule]]\nid = "a"\nkind = "count"\npattern = "x羽"\nmatches = ["x羽"]\n', 1, "number"),
    "bad pattern": ('[[rule]]\nid = "a"\nkind = "none"\npattern = "(x"\nmatches = ["x"]\n', 1, "unterminated"),
    "no such fragment": ('[[rule]]\nid = "a"\nkind = "none"\npattern = "{nought}"\nmatches = ["x"]\n', 1, "nought"),
    "empty": ('[[rule]]\nid = "a"\nkind = "none"\npattern = "x?"\nmatches = ["x"]\n', 1, "empty"),
    "twice": ('[[rule]]\nid = "a"\nkind = "none"\npattern = "x"\nmatches = ["x"]\n' * 2, 6, "second"),
}


@pytest.mark.parametrize("case", RULES)
def test_a_mistake_in_a_rule_is_named_with_file_and_line(tmp_path: Path, case: str) -> None:
    content, line, word = RULES[case]
    file = tmp_path / "rules.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(bd.BaodaoError, match="BD180") as caught:
        bd.pipeline().with_rules(file)
    assert caught.value.fields["file"] == str(file)
    assert caught.value.fields["line"] == line
    assert word in str(caught.value)


def test_mistakes_are_told_in_chinese_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAODAO_LANG", "zh")
    with pytest.raises(bd.BaodaoError, match=r"BD180 programs,第 2 行:'春' 太短.*一行写一个项目"):
        bd.pipeline().with_programs(["青禾学堂", "春"])
    with pytest.raises(bd.BaodaoError, match=r"BD180 rules,第 1 行:my.birds: 找不到例子 '鸽'"):
        bd.pipeline().with_rules([{**RULE, "matches": ["鸽"]}])


def test_mistakes_in_lists_are_named(tmp_path: Path) -> None:
    mine = bd.pipeline()
    for wrong in (
        lambda: mine.with_programs("a.csv"),
        lambda: mine.with_rules("a.toml"),
        lambda: mine.with_words("词"),
    ):
        with pytest.raises(bd.BaodaoError, match="BD172"):
            wrong()
    for missing in (mine.with_programs, mine.with_rules, mine.with_words):
        with pytest.raises(bd.BaodaoError, match="BD161"):
            missing(tmp_path / "missing")
    (tmp_path / "a.txt").write_text("青禾学堂\n“春”\n", encoding="utf-8")
    with pytest.raises(bd.BaodaoError, match=r"BD180 .*a\.txt.* 2.*short"):
        mine.with_programs(tmp_path / "a.txt")
    with pytest.raises(bd.BaodaoError, match=r"BD180 .*青禾.* already"):
        mine.with_programs([("青禾学堂", "青禾"), ("青禾计划", "青禾")])
    (tmp_path / "w.txt").write_text("a b c\n", encoding="utf-8")
    with pytest.raises(bd.BaodaoError, match=r"BD180 .*w\.txt.* 1"):
        mine.with_words(tmp_path / "w.txt")
    (tmp_path / "v.txt").write_text("青禾\n#\n学堂 n\n", encoding="utf-8")
    assert len(mine.with_words(tmp_path / "v.txt").lexicon.words) == 2
    for bad in (["a b"], [("a",)], [("a", "n", "n")], [1], [""]):
        with pytest.raises(bd.BaodaoError, match="BD172"):
            mine.with_words(bad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:县+)+桥", "(?:县|县县)*桥", ".*.*.*.*桥", "(?:(?:县里?)*)*桥", "(?:县{1,30}){1,30}桥",
        "县+桥|县县桥", r"\d+桥|县县桥", "第.*号|县县桥", "“[^”]*”桥|县县桥",
        r"(?:[a-z]+,?)*桥|县县桥", "(?:甲乙)+丙|县县桥",
    ],
)  # fmt: skip
def test_a_pattern_that_may_take_for_ever_is_refused(pattern: str) -> None:
    rule = {"id": "my.bridge", "kind": "program", "pattern": pattern, "matches": ["县县桥"]}
    with pytest.raises(bd.BaodaoError, match=r"BD180 .*my\.bridge"):
        bd.pipeline().with_rules([rule])


@pytest.mark.parametrize(
    "pattern",
    [r"第\d+号", "{numeral}[多余]?羽", r"(?P<n>{numeral}) ?羽|第\d+号", ".{0,40}桥|第.号", r"第\d{1,20}\w{0,9}号"],
)
def test_a_pattern_whose_time_a_text_allows_is_taken(pattern: str) -> None:
    rule = {
        "id": "my.rule",
        "kind": "program",
        "pattern": pattern,
        "matches": ["30羽" if "羽" in pattern[-2:] else "第3号"],
    }
    assert bd.pipeline().with_rules([rule])


@pytest.mark.slow
def test_few_of_the_librarys_own_rules_would_be_refused() -> None:
    """Two are asked of a name alone, never of a text."""
    files = sorted((Path(bd.__file__).parent / "data" / "rules").glob("*.toml"))
    rules = [rule for file in files if file.name != "fragments.toml" for rule in read_rules(file.name)]
    refused = {rule.id for rule in rules if slow_on(rule.pattern, rule.matches)}
    assert refused <= {"program.not.quoted", "program.not.generic"}
