"""The terminal view: within its width, set as Chinese is set, in color only where wanted."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

import baodao as bd
from baodao.explore.terminal import show_page, wrap_text
from baodao.records.view.words import size

PAGE = bd.analyze_file(Path(__file__).parents[1] / "examples" / "page.txt", issue_date="2024-09-18")


def shown(width: int, page: bd.Page = PAGE, *, whole: bool = True, color: bool | None = None) -> str:
    out = io.StringIO()
    show_page(page, Console(file=out, width=width, highlight=False, force_terminal=color), whole=whole)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = shown(width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not any(line.startswith(tuple("，。、；：”）》")) for line in lines)


def test_columns_align_under_wide_characters() -> None:
    lines = shown(120).splitlines()
    for head in (line for line in lines if line.split()[:1] == ["#"]):
        at = lines.index(head)
        row = lines[at + 2]
        column = cell_len(head[: head.index("what")] if "what" in head else head[: head.index("事物")])
        cells = [cell_len(row[:k]) for k in range(len(row) + 1)]
        assert column in cells  # the column begins with a character, not within one
        assert row[cells.index(column) - 1] == " "


def test_each_fact_stands_in_the_text_with_the_number_of_its_row() -> None:
    text = shown(120).replace("\n", "")
    for number, fact in enumerate(PAGE.facts):
        assert f"{fact.quantity.surface}[{number}" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_field_gets_lost_where_it_is_narrow(width: int) -> None:
    lines = shown(width).splitlines()
    for number, fact in enumerate(PAGE.facts):
        (at,) = [
            k
            for k, line in enumerate(lines)
            if re.match(rf" *{number}[? ] +{re.escape(size(fact.quantity))}( |$)", line)
        ]
        entry = "".join(lines[at : at + 6])
        assert all(character in entry for character in fact.what + fact.predicate)


def test_color_is_left_out_where_it_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[1;33m" in shown(80, color=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;33m" not in shown(80, color=True)
    assert "\x1b[" not in shown(80)


def test_a_long_report_is_cut_and_says_so() -> None:
    page = bd.analyze("夜校开课了\n\n" + "夜校办了三个月,学员增加到八十人,家长们都说好。" * 1000)
    assert shown(80, page, whole=False).count("--all") == 2  # characters, rows
    whole = shown(80, page).replace("\n", "")
    assert whole.count("八十人[") == 1000
    assert "--all" not in whole


def test_printed_text_commands_no_terminal() -> None:
    page = bd.analyze("夜校开课了\x1b[2J\n\n镇上的夜校招收学员300\x9b31m名,投入5万元。\x07\n")
    assert not set("\x1b\x9b\x07") & set(shown(80, page))


@given(st.text(alphabet="全县招募，。“”（）3.%a ", max_size=60), st.integers(8, 30))
def test_wrapping_loses_nothing_but_white_space(text: str, width: int) -> None:
    lines = [line.plain for line in wrap_text(Text(text), width)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= max(width, 40) for line in lines)
