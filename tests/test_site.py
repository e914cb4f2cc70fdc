"""The documentation builds without a warning, and its search finds Chinese."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("sphinx", "myst_parser", "furo"):
        pytest.importorskip(package)
    home = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-d", str(home / "trees"), "docs"]
    done = subprocess.run(
        [*build, str(home / "out")], capture_output=True, text=True, check=False, cwd=ROOT, timeout=300
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return home / "out"


@pytest.mark.parametrize(
    ("query", "page"),
    [("判断", "check"), ("下转第四版", "glossary"), ("百分点", "kinds"), ("analyze_file", "analyze")],
)
def test_a_search_finds_its_page(site: Path, query: str, page: str) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium")
    seen = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=8000",
         "--allow-file-access-from-files", "--dump-dom", f"{site.as_uri()}/search.html?q={quote(query)}"],
        capture_output=True, text=True, check=False, timeout=120,
    ).stdout  # fmt: skip
    results = (
        seen.partition('<ul role="list" class="search">')[2].partition("</ul>")[0]
        or seen.partition('class="search"')[2]
    )
    assert f"{page}.html" in results


def test_no_page_asks_anything_of_the_network(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'src="http' not in text and 'rel="stylesheet" href="http' not in text, page.name
