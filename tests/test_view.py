"""What people see: marks with labels, nothing printed twice, nothing that runs."""

from __future__ import annotations

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import baodao as bd
from baodao.markup import Mark, mark_text

EXAMPLE = Path(__file__).parents[1] / "examples" / "page.txt"


def plain(html: str) -> str:
    return unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", html))


@given(
    st.text(alphabet="甲乙丙<&\"'>\n", max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8),
)
def test_marked_text_is_the_text_once(text: str, spans: list[tuple[int, int]]) -> None:
    html = mark_text(text, [Mark(a, b, "x", "数", '"t"') for a, b in spans])
    assert plain(html) == text
    assert html.count("<mark") == html.count("</mark>")


def test_the_page_shows_every_article_once() -> None:
    page = bd.analyze_file(EXAMPLE, issue_date="2024-09-18")
    html = page.to_html()
    for article in page.articles:
        for paragraph in article.paragraphs:
            assert plain(html).count(paragraph.text) == 1
    for fact in page.facts:
        assert f'id="m{fact.fact_id}"' in html
        assert f'href="#m{fact.fact_id}"' in html
    assert "<script" not in html
    assert "default-src 'none'" in html


def test_hostile_text_stays_text() -> None:
    page = bd.analyze("<script>alert(1)</script>夜校开课\n\n学员“<img src=x onerror=alert(1)>”等300名参加了夜校。")
    for html in (page.to_html(), page._repr_html_(), page.facts._repr_html_(), page.articles[0]._repr_html_()):
        assert "<script>" not in html
        assert "<img" not in html


def test_the_notebook_view_is_capped_and_says_so() -> None:
    story = "夜校开了三个月，学员增加到八十人。\n\n"
    page = bd.analyze("".join(f"第{n}所夜校开课了\n\n本报讯(记者 田甜) {story}" for n in "一二三四五六"))
    assert len(page.articles) > 3
    assert "page.to_html(path)" in page._repr_html_()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
def test_a_browser_shows_the_text_and_asks_for_nothing(tmp_path: Path) -> None:
    page = bd.analyze_file(EXAMPLE, issue_date="2024-09-18")
    page.to_html(tmp_path / "page.html")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    done = subprocess.run(
        ["chromium", *flags, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", str(tmp_path / "page.html")],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    shown = plain(done.stdout.decode())
    for article in page.articles:
        assert all(paragraph.text in shown for paragraph in article.paragraphs)
