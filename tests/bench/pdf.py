"""How well PDF pages are read: composed pages, set by a browser in the manner of four papers, printed and read back.

    python -m tests.bench.pdf [pages of a paper] [folder to keep the PDFs in]

Needs chromium and a Chinese font. A line is right if the role of its letters is; a report, if its title and its first
paragraph are; columns, if every line is found behind the one before it. Sizes are told, then withheld.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from baodao.build.pages import Composer
from baodao.build.press import Press
from baodao.readers import read_content
from baodao.stages import analyze_source

SEED = 20261126
SHOWN = ("title", "kicker", "subtitle", "section_label", "byline", "caption", "caption_title", "credit", "subhead",
         "pull_quote", "body", "page_furniture")  # fmt: skip
CHROMIUM = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
STYLE = """@page{size:A3;margin:10mm} p,h1,div{margin:0;font-weight:normal} h1{line-height:1.25}
body{font-family:"Noto Serif CJK SC";margin:0} .caption{border-top:28mm solid #ddd}
.page_furniture{display:inline-block;margin-right:4em}
"""
PAPERS = {
    "boxes": """body{font-size:9.5pt;line-height:1.55} main{columns:2;column-gap:7mm} .box{break-inside:avoid}
.text{columns:2;column-gap:4mm;text-align:justify} .body{text-indent:2em} .title{font-size:24pt} .kicker{font-size:13pt}
.subtitle{font-size:14pt} .section_label{font-size:12pt} .byline{text-align:center} .caption{font-size:8pt}
.caption_title{font-size:12pt} .credit{font-size:8.5pt;text-align:right} .pull_quote{font-size:13pt}
.subhead{font-weight:bold} .page_furniture{font-size:8pt}""",
    "columns": """body{font-size:10.5pt;line-height:1.5} main{columns:4;column-gap:5mm;text-align:justify}
.body{text-indent:2em} .title{font-size:17pt;text-align:center} .kicker{font-size:11.5pt;text-align:center}
.subtitle{font-size:12pt} .section_label{font-size:10.5pt;font-weight:bold} .caption{font-size:9.5pt}
.caption_title{font-size:13pt} .credit{text-align:right} .pull_quote{font-size:10.5pt;border:1px solid}
.subhead{font-size:12pt;text-align:center} .page_furniture{font-size:12pt}""",
    "web": """body{font-size:12pt;line-height:1.7} .body,.byline{margin-bottom:.7em} .title{font-size:20pt}
.kicker{font-size:12pt} .subtitle{font-size:14pt} .section_label{font-size:11pt} .byline{font-size:10pt;color:#666}
.caption{font-size:10pt} .caption_title{font-size:14pt} .credit{font-size:10pt} .pull_quote{font-size:16pt}
.subhead{font-size:14pt} .page_furniture{font-size:9pt}""",
    "wide": """body{font-size:9pt;line-height:1.45} main{columns:3;column-gap:6mm;text-align:justify}
.body{text-indent:2em} .title{font-size:30pt;column-span:all} .kicker{font-size:18pt} .subtitle{font-size:16pt}
.section_label{font-size:15pt} .byline{font-size:8.5pt} .caption{font-size:7.5pt} .caption_title{font-size:11pt}
.credit{font-size:8pt} .pull_quote{font-size:14pt} .subhead{font-size:10pt;font-weight:bold}
.page_furniture{font-size:16pt}""",
}

Row = dict[str, Any]


def main() -> None:
    """Print one table a paper and one of all."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    with tempfile.TemporaryDirectory() as folder:
        place = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder)
        rows: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
        for number, (paper, style) in enumerate(PAPERS.items()):
            for page in pages(count, SEED + number):
                content = print_page(to_html(page, style), place / f"{paper}-{page['id']}")
                rows[paper].append((judge(page, content, True), judge(page, content, False)))
    rows["all"] = [pair for some in rows.values() for pair in some]
    print("| paper | pages | sizes | columns | paragraphs | reports | " + " | ".join(SHOWN) + " |")
    print("|---" * (len(SHOWN) + 6) + "|")
    for paper, pairs in rows.items():
        for told, found in zip(("told", "withheld"), zip(*pairs, strict=True), strict=True):
            print(f"| {paper} | {len(pairs)} | {told} | " + " | ".join(figures(found)) + " |")


def pages(count: int, seed: int) -> Iterator[Row]:
    """Composed pages without damage of their letters."""
    chance = random.Random(seed)
    composer = Composer(chance, Press(chance))
    made = 0
    while made < count:
        page = composer.page(f"{made:02}")
        if page["meta"]["noise"] == "clean" and page["meta"]["format"] != "wrapped":
            made += 1
            yield _mended(page)


def _mended(page: Row) -> Row:
    """The page with its paragraphs whole: a browser breaks them anew."""
    texts, lines = page["text"].split("\n"), page["lines"]
    for article in page["articles"]:
        for (first, *others), text in zip(article["paragraphs"], article["texts"], strict=True):
            texts[first] = text or texts[first]
            for other in others:
                texts[other] = ""
    kept = [k for k, text in enumerate(texts) if text.strip()]
    return {**page, "text": "\n".join(texts[k] for k in kept), "lines": [lines[k] for k in kept]}


def to_html(page: Row, style: str) -> str:
    """A page as a browser sets it: a box for each run of lines of one report, its text in columns."""
    lines = [(text.strip(), *line) for text, line in zip(page["text"].split("\n"), page["lines"], strict=True)]
    out = [f"<!doctype html><meta charset=utf-8><style>{STYLE}{style}</style>"]
    parts = [(paged, list(run)) for paged, run in groupby((x for x in lines if x[0]), key=lambda x: x[1] is None)]
    for paged, run in parts:
        if paged:
            out += ["<div>", *(_line(*line) for line in run), "</div>"]
            continue
        out.append("<main>")
        for _, box in groupby(run, key=lambda line: line[1]):
            out.append("<div class=box>")
            for text, some in groupby(box, key=lambda line: line[2].startswith("body") or line[2] == "pull_quote"):
                out += [f"<div class={'text' if text else 'head'}>", *(_line(*line) for line in some), "</div>"]
            out.append("</div>")
        out.append("</main>")
    return "\n".join(out)


def _line(text: str, _: int | None, role: str) -> str:
    tag = "h1" if role == "title" else "p"
    return f"<{tag} class={role}>{escape(text)}</{tag}>"


def print_page(html: str, place: Path) -> bytes:
    """The page as a PDF."""
    place.with_suffix(".html").write_text(html, encoding="utf-8")
    printed = place.with_suffix(".pdf")
    told = [*CHROMIUM, f"--print-to-pdf={printed}", str(place.with_suffix(".html"))]
    subprocess.run(told, check=True, capture_output=True, timeout=60)
    return printed.read_bytes()


def judge(page: Row, content: bytes, sizes: bool) -> Row:
    """What is right on a page."""
    text, source, findings = read_content(content, "page.pdf")
    if not sizes and getattr(source, "sizes", ()):
        source = source.model_copy(update={"sizes": ()})
    read = analyze_source(text, source, None, True, findings)
    roles = ["page_furniture"] * len(text)
    for article in read.articles:
        for block in article.blocks:
            roles[block.start : block.end] = [_plain(block.role)] * (block.end - block.start)
    kept = [k for k, c in enumerate(text) if not c.isspace()]
    printed = "".join(text[k] for k in kept)
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    at = ordered = 0
    for line, (_, role) in zip(page["text"].split("\n"), page["lines"], strict=True):
        letters = "".join(line.split())
        if not letters:
            continue
        found = printed.find(letters, at)
        ordered += found == at
        found = found if found >= 0 else printed.find(letters)
        count[_plain(role)] += 1
        if found >= 0:
            at = found + len(letters)
            right[_plain(role)] += all(roles[k] == _plain(role) for k in kept[found:at])
    told = {_bare(paragraph.text) for article in read.articles for paragraph in article.paragraphs}
    heads = [(_bare(a.title or ""), *[_bare(paragraph.text) for paragraph in a.paragraphs[:1]]) for a in read.articles]
    texts = [_bare(text) for article in page["articles"] for text in article["texts"] if text]
    reports = [a for a in page["articles"] if a["title"] and a["texts"] and a["texts"][0]]
    return {
        "right": right, "count": count, "columns": (ordered, sum(count.values())),
        "paragraphs": (sum(t in told for t in texts), len(texts)),
        "reports": (sum((_bare(a["title"]), _bare(a["texts"][0])) in heads for a in reports), len(reports)),
    }  # fmt: skip


def _bare(text: str) -> str:
    return "".join(text.split())


def _plain(role: str) -> str:
    return "body" if role.startswith("body") else role


def figures(rows: tuple[Row, ...]) -> Iterator[str]:
    """Shares of what is right, of all pages together."""
    for name in ("columns", "paragraphs", "reports"):
        right, count = (sum(row[name][k] for row in rows) for k in (0, 1))
        yield f"{right / max(count, 1):.3f}"
    for role in SHOWN:
        right, count = (sum(row[name][role] for row in rows) for name in ("right", "count"))
        yield f"{right / count:.2f} of {count}" if count else "-"


if __name__ == "__main__":
    main()
