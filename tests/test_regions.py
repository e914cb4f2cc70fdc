"""Regions: the gazetteer, what the finder takes for a place, and the code the linker gives it."""

from __future__ import annotations

import pytest

from baodao import regions
from baodao.find.regions import find_regions
from baodao.link.regions import link_regions
from baodao.records.light import RegionHit
from baodao.text.gazetteer import gazetteer, path_codes
from baodao.text.passage import Passage
from baodao.text.segment import Segmenter

SEGMENTER = Segmenter()


def linked(*texts: str, date: str = "2021-11", paper: str = "") -> list[tuple[str, str | None]]:
    article = []
    for text in texts:
        passage = Passage(text, [[(0, len(text))]], segmenter=SEGMENTER, issue_date=date)
        article.append((passage, list(find_regions(passage))))
    return [
        (passage.text[hit.start : hit.end], hit.adcode)
        for (passage, _), hits in zip(article, link_regions(article, paper), strict=True)
        for hit in hits
        if isinstance(hit, RegionHit)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江西省赣州市章贡区开了新店。", "江西省=360000 赣州市=360700 章贡区=360702"),
        ("福建的晋江、石狮都有工厂。", "福建=350000 晋江=350582 石狮=350581"),
        ("太原市迎泽区下雪,全市停课。", "太原市=140100 迎泽区=140106 全市=140100"),
        ("迎泽区派车,区教育局发通知,全区照办。", "迎泽区=140106 区=140106 全区=140106"),
        ("宁夏银川人多,自治区妇联办班。", "宁夏=640000 银川=640100 自治区=640000"),
        ("东莞长安镇的展会", "东莞=441900 长安镇=441900119"),
        ("湘鄂渝三省市签约", "湘=430000 鄂=420000 渝=500000"),
        ("凉山州妇联办班", "凉山州=513400"),
        ("浙江金华婺城区有店,婺城妇联来帮忙。", "浙江=330000 金华=330700 婺城区=330702 婺城=330702"),
        ("他在成长沙龙上谈论通江达海", ""),
        ("昆明路与天津街的路口", ""),
        ("她考上了兰州大学", ""),
        ("各县市结合当地实际推进,省市县联动。", ""),
        ("", ""),
    ],
)
def test_names_are_found_and_linked(text: str, expected: str) -> None:
    assert " ".join(f"{name}={code}" for name, code in linked(text)) == expected


def test_the_headline_governs_the_body() -> None:
    assert linked("吉林通化妇联办班", "市妇联说,全省都来了人。") == [
        ("吉林", "220000"), ("通化", "220500"), ("市", "220500"), ("全省", "220000"),
    ]  # fmt: skip


def test_a_name_means_what_it_meant_when_printed() -> None:
    assert linked("襄樊市下雨", date="2005") == [("襄樊市", "420600")]
    assert regions.get("420600", 2005).name == "襄樊市"
    assert regions.get("420600").name == "襄阳市"


def test_the_newspaper_is_the_last_resort() -> None:
    assert linked("我省今年丰收", paper="甘肃日报") == [("我省", "620000")]


def test_places_know_what_they_lie_in() -> None:
    place = regions.get("360702")
    assert place.path == ("江西省", "赣州市", "章贡区")
    assert place.parent == regions.get("360700")
    assert regions.get("360000").contains(place) and not place.contains("360000")
    with pytest.raises(KeyError):
        regions.get("999999")
    assert regions.region_name("999999") == "" and regions.region_path("999999") == ()


def test_every_place_in_force_is_linked_by_its_full_path() -> None:
    wrong = []
    for code, named in gazetteer().places.items():
        place = named[-1]
        if place.last == 9999 and len(path := path_codes(code)) > 1:
            text = "".join(regions.get(above).name for above in path)
            if linked(text, date="2026")[-1:] != [(place.name, code)]:
                wrong.append(text)
    assert wrong == []


def test_every_county_is_linked_by_its_short_path() -> None:
    """But for names that a neighbor bears too (临夏, 和田, 伊宁), and 市中, 市南, 市北 behind a city (济南市|中)."""
    wrong, count = [], 0
    for code, named in gazetteer().places.items():
        place = named[-1]
        if place.last != 9999 or place.level != "county":
            continue
        short = [(p.short or (p.name,))[0] for p in (gazetteer().places[c][-1] for c in path_codes(code))]
        count += 1
        if linked("".join(short), date="2026")[-1:] != [(short[-1], code)]:
            wrong.append((short, place.name))
    assert count > 2700 and len(wrong) < 10
    assert {path[-1] for path, _ in wrong} <= {"市中", "市南", "市北", "临夏", "和田", "伊宁"}


def test_every_bare_name_leads_to_its_code() -> None:
    missing = []
    for code, named in gazetteer().places.items():
        for place in named:
            for name in (place.name, *place.short):
                if name != "中国" and code not in {found.adcode for found in regions.search(name)}:
                    missing.append((name, code))
    assert missing == []


def test_every_abolished_region_knows_what_came_after() -> None:
    silent = []
    for code, named in gazetteer().places.items():
        for place in named:
            renamed = any(other.last > place.last for other in named)
            if place.last < 9999 and not renamed and not place.successors:
                silent.append((code, place.name))
            assert all(after in gazetteer().places for after in place.successors)
    assert len(silent) < 60  # prefectures split among several cities (雁北地区), which no source tells


def test_both_codes_of_a_town_are_kept() -> None:
    inner = gazetteer().inside("441900")
    assert inner.towns["长安镇"] == ("441900119",)
    both = [place for place in gazetteer().inside("420606").by_code.values() if place.other]
    assert all(gazetteer().get(place.other) in (place, gazetteer().get(place.adcode)) for place in both)
