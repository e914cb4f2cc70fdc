"""The pictures of the documents: the example page as a reader sees it, and the map of the example corpus.

    python -m baodao.build picture          writes docs/img/page.png and docs/img/tilemap.png

Needs Debian's chromium and a CJK font; the page is rendered offline.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import baodao
from baodao.build.corpus import FOLDER as CORPUS

PICTURE = Path("docs/img/page.png")
MAP = Path("docs/img/tilemap.png")
WINDOW = "1060,1180"


def main(arguments: Sequence[str]) -> None:
    """Render the first report of `examples/page.txt`, or the file and picture named."""
    source, target = (Path(a) for a in (*arguments, "examples/page.txt", str(PICTURE))[:2])
    if len(arguments) < 2:
        target = PICTURE
    target.parent.mkdir(parents=True, exist_ok=True)
    page = baodao.analyze_file(source, issue_date="2024-09-18")
    with tempfile.TemporaryDirectory() as folder:
        page.to_html(Path(folder) / "page.html")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync"]
        command = ["chromium", *flags, "--disable-background-networking", f"--user-data-dir={folder}/profile"]
        command += [f"--window-size={WINDOW}", f"--screenshot={target.resolve()}", f"{folder}/page.html"]
        done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    if done.returncode or not target.exists():
        sys.exit(f"chromium gave no picture: {done.stderr.decode(errors='replace')[-400:]}")
    print(target)
    if target == PICTURE:
        draw_map()
        print(MAP)


def draw_map() -> None:
    """The facts of `examples/corpus` by province, in Chinese as the documents are."""
    os.environ["BAODAO_LANG"] = "zh"
    pages = (baodao.analyze_file(path, issue_date=path.name[:10]) for path in sorted(CORPUS.glob("*.txt")))
    facts = baodao.FactTable(fact for page in pages for fact in page.facts)
    baodao.charts.tilemap(facts).save(MAP, scale_factor=1.5)
