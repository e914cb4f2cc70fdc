"""Charts draw what the table holds, add nothing that cannot be added, and print Chinese."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

import baodao
from baodao import charts
from baodao.errors import BaodaoError
from baodao.resources import read_csv
from baodao.text.gazetteer import gazetteer

altair = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

PAGE = baodao.analyze(
    "2023年6月3日，宜昌市妇联招募志愿者1.2万余名，拨付资金134.4万元，回访率达92%。2023年7月，长沙市招募志愿者300名。",
    issue_date="2023-08-01",
)
FONTS = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout
needs_fonts = pytest.mark.skipif(not FONTS, reason="this machine has no Chinese font")


def row(**fields: Any) -> dict[str, Any]:
    """A fact with the columns that charts need."""
    blank = {"kind": "count", "value": 1, "bound": "exact", "unit": "户", "region": "", "program": "", "time": ""}
    return blank | fields


def drawn(chart: Any) -> list[dict[str, Any]]:
    """The rows of the first layer."""
    spec = chart.to_dict()
    data: list[dict[str, Any]] = spec["datasets"][spec["layer"][0].get("data", spec.get("data"))["name"]]
    return data


def bars(chart: Any) -> dict[str, float]:
    """Names and lengths of a bar chart, hedged parts added to the exact ones."""
    lengths: dict[str, float] = {}
    for bar in drawn(chart):
        lengths[bar["name"]] = lengths.get(bar["name"], 0) + bar["amount"]
    return lengths


def notes(chart: Any) -> str:
    return " ".join(chart.to_dict()["title"]["subtitle"])


def tiles(chart: Any) -> dict[str, float]:
    return {tile["name"]: tile["total"] for tile in drawn(chart)}


def as_pandas(table: baodao.FactTable) -> Any:
    return pytest.importorskip("pandas") and table.to_pandas()


def as_numbers(table: baodao.FactTable) -> Any:
    """As a spreadsheet gives it back: codes are numbers, empty cells NaN."""
    pandas = pytest.importorskip("pandas")
    frame = table.to_pandas()
    return frame.assign(region=pandas.to_numeric(frame["region"]), program=frame["program"].replace("", pandas.NA))


@pytest.mark.parametrize(
    "form",
    [
        lambda table: PAGE,
        as_pandas,
        as_numbers,
        lambda table: table.to_polars(),
        lambda table: table.to_arrow(),
        lambda table: table.to_dicts(),
        lambda table: list(table),
    ],
)
def test_every_form_of_a_table_gives_the_same_chart(form: Callable[[baodao.FactTable], Any]) -> None:
    for draw in (charts.bar, charts.timeline, charts.tilemap):
        assert draw(form(PAGE.facts)).to_dict() == draw(PAGE.facts).to_dict()


def test_bars_count_facts_or_add_one_unit() -> None:
    assert bars(charts.bar(PAGE)) == {"宜昌市": 3, "长沙市": 1}
    assert bars(charts.bar(PAGE, "province", unit="名")) == {"湖北省": 12000, "湖南省": 300}
    assert bars(charts.bar(PAGE, "unit"))["名"] == 2


def test_bars_that_are_not_drawn_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAODAO_LANG", "en")
    chart = charts.bar([*(row(program=f"“{n}”行动") for n in range(20)), row(), row()], "program", top=5)
    assert len(bars(chart)) == 5 and "15 more not drawn" in notes(chart) and "2 without program" in notes(chart)


def test_counties_of_one_name_stay_apart() -> None:
    assert len(bars(charts.bar([row(region="320106"), row(region="320302")]))) == 2  # two 鼓楼区


def test_hedged_numbers_are_a_part_of_their_own() -> None:
    chart = charts.bar([row(region="420500", bound="over", value=7), row(region="420500", value=5)], unit="户")
    parts = {bar["order"]: bar["amount"] for bar in drawn(chart)}
    assert parts == {1: 7, 0: 5}


@pytest.mark.parametrize("draw", [charts.bar, charts.timeline, charts.tilemap])
def test_units_are_never_mixed(draw: Callable[..., Any]) -> None:
    with pytest.raises(BaodaoError, match=r"BD210 .*名.*CNY") as mixed:
        draw(PAGE, unit=["名", "CNY"])
    assert "名 (2)" in str(mixed.value)  # the units that there are
    with pytest.raises(BaodaoError, match="BD210"):
        draw(PAGE, unit="公里")
    with pytest.raises(BaodaoError, match="BD210"):
        draw(PAGE, unit="%")


def test_what_is_no_table_of_facts_is_told() -> None:
    for wrong in ("facts.csv", [{"value": 1}], 3, {"value": 1}, [1, 2]):
        with pytest.raises(BaodaoError, match="BD211"):
            charts.bar(wrong)
    with pytest.raises(BaodaoError, match="BD172"):
        charts.bar(PAGE, "weather")
    with pytest.raises(BaodaoError, match="BD172"):
        charts.timeline(PAGE, per="week")


def test_nothing_to_draw_is_no_error() -> None:
    for draw in (charts.bar, charts.timeline, charts.tilemap):
        assert draw([]).to_dict()["title"]["text"]


def test_the_map_has_each_province_once_and_no_two_on_one_tile() -> None:
    layout = read_csv("province_tiles.csv")
    provinces = {code for code, (place, *_) in gazetteer().places.items() if place.level == "province"}
    assert {r["adcode"] for r in layout} == provinces and len(provinces) == 34
    assert len({(r["column"], r["row"]) for r in layout}) == 34


def test_a_tile_takes_in_what_lies_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAODAO_LANG", "en")
    chart = charts.tilemap([row(region=code) for code in ("420000", "420606", "420606102", "100000", "")])
    assert tiles(chart)["湖北"] == 3 and sum(tiles(chart).values()) == 3
    assert "1 about the whole country" in notes(chart) and "1 without region" in notes(chart)


def test_time_is_drawn_where_it_is_told_finely_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAODAO_LANG", "en")
    times = [
        "2023-01-05",
        "2023-01",
        "../2023-03",
        "2023-01/2023-06",
        "2023",
        "2022-07/..",
        "--09-25",
        "",
        "2023-02-30",
    ]
    chart = charts.timeline([row(time=time) for time in times], per="month")
    assert {bar["period"]: bar["amount"] for bar in drawn(chart)} == {"2023-01": 2, "2023-03": 1}
    assert chart.to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"] == ["2023-01", "2023-02", "2023-03"]
    assert "5 more whose time is coarser or open" in notes(chart) and "1 without time" in notes(chart)


@pytest.mark.parametrize("per", ["", "year", "quarter", "month", "day"])
def test_no_period_is_left_out(per: str) -> None:
    rows = [row(time="2020-02-29"), row(time="2021-12-31")]
    spec = charts.timeline(rows, per=per).to_dict()
    domain = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert len(domain) == {"": 23, "year": 2, "quarter": 8, "month": 23, "day": 672}[per]
    assert domain == sorted(set(domain))


def test_a_notebook_shows_a_picture_unless_told_otherwise() -> None:
    chart = charts.tilemap(PAGE)
    shown = chart._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<svg") and shown["image/png"].startswith(b"\x89PNG")
    assert "湖北" in shown["image/svg+xml"] and "<script" not in shown["image/svg+xml"]
    with altair.renderers.enable("json"):
        assert "image/png" not in str(chart._repr_mimebundle_())
    assert type(chart.properties(title="另一个题目")) is type(chart)


@needs_fonts
@pytest.mark.parametrize("words", [("湖", "湘"), ("“", "《"), ("龘", "靐")])
def test_chinese_is_printed_not_boxes(words: tuple[str, str]) -> None:
    """Boxes for missing characters would all look alike."""
    import vl_convert

    pictures = {vl_convert.vegalite_to_png(charts.bar([row(program=word)], "program").to_dict()) for word in words}
    assert len(pictures) == 2


def test_nothing_is_fetched() -> None:
    """With no network at all a chart becomes PNG and SVG."""
    code = (
        "from baodao import charts\n"
        "row = {'value': 1, 'region': '420500'} | dict.fromkeys(('kind', 'bound', 'unit', 'program', 'time'), '')\n"
        "shown = charts.bar([row])._repr_mimebundle_()\n"
        "assert '宜昌' in shown['image/svg+xml'] and len(shown['image/png']) > 1000\n"
    )
    alone = ["unshare", "--net", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("cannot cut off the network here")
    done = subprocess.run(
        [*alone, sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-800:]


def test_altair_is_loaded_on_call_only(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys, baodao as bd; bd.charts; assert not {'altair', 'vl_convert', 'pandas'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(BaodaoError, match=r"BD150 .*baodao\[plot\]"):
        charts.bar(PAGE)
