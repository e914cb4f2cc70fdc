"""Regions, organizations and persons: the cases are sentences in tests/cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import baodao as bd
from baodao.find.organizations import find_organizations
from baodao.find.persons import find_persons
from baodao.find.regions import find_regions
from baodao.link.again import repeat_names
from baodao.link.regions import link_regions
from baodao.records.light import Hit, NameHit, RegionHit
from baodao.text.passage import Passage

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\[([^\[\]]+)\]\(([^()]+)\)")


def cases(name: str) -> list[str]:
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def plain(line: str) -> Passage:
    return Passage.whole(_MARK.sub(r"\1", line), issue_date="2021-11")


def wanted(line: str) -> list[tuple[str, str]]:
    return [(name, label.replace("-", "")) for name, label in _MARK.findall(line)]


@pytest.mark.parametrize("line", cases("persons"))
def test_persons(line: str) -> None:
    passage = plain(line)
    found = find_persons(passage, list(find_regions(passage)))
    got = [(passage.text[h.start : h.end], h.title) for h in found if isinstance(h, NameHit)]
    assert got == wanted(line)


@pytest.mark.parametrize("line", cases("organizations"))
def test_organizations(line: str) -> None:
    passage = plain(line)
    found = find_organizations(passage, list(find_regions(passage)))
    got = [(passage.text[h.start : h.end], h.form) for h in found if isinstance(h, NameHit)]
    assert got == wanted(line)


@pytest.mark.parametrize("line", cases("regions"))
def test_regions(line: str) -> None:
    passage = plain(line)
    hits: list[Hit] = link_regions([(passage, list(find_regions(passage)))])[0]
    got = [(passage.text[h.start : h.end], h.adcode) for h in hits if isinstance(h, RegionHit)]
    assert got == wanted(line)


def test_a_village_is_known_again_by_its_short_name() -> None:
    head, body = Passage.whole("华银的共富路"), Passage.whole("江苏省江阴市华银村修了路")
    article = repeat_names([(head, list(find_regions(head))), (body, list(find_regions(body)))])
    linked = link_regions(article)
    first = linked[0][0]
    assert isinstance(first, RegionHit) and (first.start, first.end, first.adcode) == (0, 2, "320281")


@pytest.mark.parametrize("text", ["", "\n", "今天天气很好。", "123", "A·B"])
def test_text_without_names_yields_none(text: str) -> None:
    passage = Passage.whole(text)
    regions = list(find_regions(passage))
    assert [*regions, *find_organizations(passage, regions), *find_persons(passage, regions)] == []


def test_no_program_begins_in_the_paragraph_before() -> None:
    page = bd.analyze("夜读\n馆里新开“星灯”阅读热线，接听咨询3200次。\n热线聘请志愿者85名，开展活动36场。")
    programs = [mention.surface for mention in page.mentions if mention.kind == "program"]
    assert programs and not any("\n" in name for name in programs)
