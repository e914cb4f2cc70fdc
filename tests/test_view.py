"""What people see: marks with labels, nothing printed twice, nothing that runs, nothing that is fetched."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import baodao as bd
from baodao.markup import Mark, mark_text
from baodao.records.view.lines import article_lines
from baodao.records.view.style import SHEETS
from baodao.records.view.words import MOST_CHARACTERS, QUANTITIES

EXAMPLE = Path(__file__).parents[1] / "examples" / "page.txt"
REAL = Path(__file__).parents[2] / "shared" / "seed"
HOSTILE = (
    "<script>document.title='夺'</script>\x00夜校\u202e开课&amp;\" onmouseover=\"alert(1)\n\n本报记者 <b>田甜</b>\n\n"
    "街道“<img src=http://127.0.0.1:9/x onerror=alert(1)>”夜校招收学员300名,"
    "\"'><svg/onload=alert(1)>投入资金5万元。\u202e\n"
)
HARMLESS = {
    *"html head meta title style body main nav article h1 h2 h3 p ol ul li a b bdi mark sup abbr small div".split(),
    *"blockquote details summary table caption thead tbody tr th td".split(),
}


class Reader(HTMLParser):
    """Reads HTML: tags, attributes, ids, links, and the text of each element of class `bd-text`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.paragraphs: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self._within = 0  # depth of the paragraph that is open
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        assert not (tag == "a" and "a" in self._open), "links do not nest"
        if tag != "meta":
            self._open.append(tag)
        if values.get("id"):
            self.ids[values["id"] or ""] += 1
        if "href" in values:
            self.links.append(values["href"] or "")
        if values.get("class") == "bd-text":
            self.paragraphs.append("")
            self._within = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "elements nest"
        self._within = 0 if len(self._open) < self._within else self._within

    def handle_data(self, data: str) -> None:
        if "sup" not in self._open and "style" not in self._open:
            self.text += data
            if self._within and len(self._open) >= self._within:
                self.paragraphs[-1] += data


@cache
def example() -> bd.Page:
    return bd.analyze_file(EXAMPLE, issue_date="2024-09-18")


@given(
    st.text(alphabet="甲乙丙<&\"'>\n ", max_size=20),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.booleans()), max_size=8),
)
def test_marked_text_is_the_text_once(text: str, spans: list[tuple[int, int, bool]]) -> None:
    marks = [Mark(a, b, "x", "<数>", '"t"', link="#x" if linked else "") for a, b, linked in spans]
    html = mark_text(text, marks)
    assert Reader(html).text == text
    assert html.count("<sup>") == sum(0 <= a < b <= len(text) for a, b, _ in spans)


def test_what_html_cannot_hold_is_one_sign_each() -> None:
    assert mark_text("甲\x00\ud800乙", [Mark(1, 4, "x")]) == '甲<mark class="x">\ufffd\ufffd乙</mark>'


def test_marks_stand_on_the_words_of_their_mention() -> None:
    page = example()
    seen: dict[tuple[int, int, str], str] = {}
    for article in page.articles:
        for line in article_lines(article):
            for piece in line.pieces:
                key = (piece.mention.start, piece.mention.end, piece.mention.kind)
                seen[key] = seen.get(key, "") + line.text[piece.start : piece.end]
    for article in page.articles:
        names = [(block.start, block.end) for block in article.blocks if block.role == "byline"]  # shown as fields
        for m in article.mentions:
            if not any(start <= m.start < end for start, end in names):
                assert seen[m.start, m.end, m.kind] == m.surface.replace("\n", "")
    assert {(f.start, f.end, f.kind) for f in page.facts} <= set(seen)


@given(st.data())
def test_a_mention_is_marked_on_the_very_characters_it_quotes(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="夜校招学员\n", min_size=12, max_size=40))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=9)))
    pieces = data.draw(st.permutations([span for span in pairwise(cuts) if span[0] % 3]))
    paragraphs = tuple(bd.Paragraph(text="".join(text[a:b] for a, b in p), blocks=(0,), spans=p)
                       for p in (tuple(pieces[:3]), tuple(pieces[3:])) if p)  # fmt: skip
    block = bd.Block(role="body", start=0, end=len(text), text=text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    name = bd.Program(text=text[start:end], start=start, end=end, spans=((start, end),), surface="", rule="")
    page = bd.Page(text=text, articles=(bd.Article(blocks=(block,), paragraphs=paragraphs),), mentions=(name,))
    marked = [line.text[p.start : p.end] for line in article_lines(page.articles[0]) for p in line.pieces]
    quoted = [text[max(a, start) : min(b, end)] for p in paragraphs for a, b in p.spans if max(a, start) < min(b, end)]
    assert "".join(marked) == "".join(quoted)


def test_headlines_and_pull_quotes_are_marked_too() -> None:
    lines = article_lines(example().articles[0])
    marked = {line.role: [piece.mention.kind for piece in line.pieces] for line in lines}
    assert "region" in marked["kicker"]
    assert "program" in marked["title"]
    assert "count" in marked["pull_quote"]


def test_a_mention_over_a_repaired_break_is_one_mark() -> None:
    text = "夜校招收学\n员三百\n二十名。"
    block = bd.Block(role="body", start=0, end=len(text), text=text)
    body = bd.Paragraph(text="夜校招收学员三百二十名。", blocks=(0,), spans=((0, 5), (6, 9), (10, 14)))
    count = bd.Quantity(
        kind="count",
        text=text[7:13],
        start=7,
        end=13,
        spans=((7, 9), (10, 13)),
        surface="三百二十名",
        rule="",
        value=320,
    )
    page = bd.Page(text=text, articles=(bd.Article(blocks=(block,), paragraphs=(body,)),), mentions=(count,))
    _, line = article_lines(page.articles[0])  # behind the title
    assert [line.text[piece.start : piece.end] for piece in line.pieces] == ["三百二十名"]


def test_the_page_shows_every_paragraph_once_and_links_lead_somewhere() -> None:
    page = example()
    html = Reader(page.to_html())
    assert html.paragraphs == [p.text for article in page.articles for p in article.paragraphs]
    assert set(html.ids.values()) == {1}
    assert {link.removeprefix("#") for link in html.links} == set(html.ids)
    assert {f"{side}{fact.fact_id}" for fact in page.facts for side in "mf"} <= set(html.ids)
    assert all(block.text in html.text for block in page.furniture)


def test_a_notebook_view_reads_well_without_style_and_ids() -> None:
    page = example()
    html = page._repr_html_()
    bare = re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    assert " id=" not in bare
    assert "<sup>数1</sup>" in bare  # kind and row in words
    assert re.search(r'<abbr title="推断自 via \w+', bare)  # an inferred role: browsers underline it with dots
    assert '<details open="open">' in bare


def test_a_doubt_is_shown_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<sup>数0</sup>" in example()._repr_html_()
    monkeypatch.setattr("baodao.records.view.words._SURE", 1.1)
    assert "<sup>数0?</sup>" in example()._repr_html_()


def test_the_notebook_view_is_capped_and_says_so() -> None:
    story = "夜校开了三个月,学员增加到八十人。\n\n"
    page = bd.analyze("".join(f"第{n}所夜校开课了\n\n本报讯(记者 田甜) {story}" for n in "一二三四五六"))
    assert len(page.articles) > 3
    assert "page.to_html(path)" in page._repr_html_()
    assert "page.to_html(path)" not in page.articles[0]._repr_html_()


def test_one_long_article_is_capped_too() -> None:
    page = bd.analyze("夜校开课了\n\n" + "夜校办了三个月,学员增加到八十人,家长们都说好。" * 1500)
    for html in (page._repr_html_(), page.articles[0]._repr_html_()):
        assert "page.to_html(path)" in html
        assert MOST_CHARACTERS - 10 <= sum(map(len, Reader(html).paragraphs)) <= MOST_CHARACTERS
    assert len(Reader(page.to_html()).paragraphs[0]) > MOST_CHARACTERS
    assert "rows: to_pandas()" in page.facts._repr_html_()


def test_empty_things_say_so() -> None:
    assert "没有事实" in bd.FactTable()._repr_html_()
    assert "没有报道" in bd.Page(text="")._repr_html_()
    assert "（无题）" in bd.Article()._repr_html_()
    assert bd.Page(text="").to_html()


def test_a_table_of_many_pages_names_the_page() -> None:
    pages = [bd.analyze("某县招募志愿者300名。", doc=doc) for doc in ("甲", "乙")]
    assert "<small>doc</small>" in (pages[0].facts + pages[1].facts)._repr_html_()
    assert "<small>doc</small>" not in pages[0].facts._repr_html_()


def test_one_fact_shows_its_sentence_and_its_evidence() -> None:
    fact = example().facts[1]
    html = Reader(fact._repr_html_())
    assert html.paragraphs == [fact.sentence]
    assert all(role.reason in html.text for role in fact.roles.values())


def hostile() -> bd.Page:
    """A page with the same hostile text in every field that is shown."""
    read = bd.analyze(HOSTILE, doc=HOSTILE, paper=HOSTILE)
    heads = dict.fromkeys(("title", "kicker", "subtitle", "section"), HOSTILE)
    articles = tuple(article.model_copy(update={**heads, "bylines": (HOSTILE,)}) for article in read.articles)
    issue = bd.Issue(rule=HOSTILE, start=0, end=1, reason=HOSTILE)
    return bd.Page(**{**dict(read), "articles": articles, "issues": (issue,)})


def test_hostile_text_stays_text() -> None:
    page = hostile()
    views = [page._repr_html_(), page.facts._repr_html_(), *(fact._repr_html_() for fact in page.facts)]
    for html in (page.to_html(), *views, *(article._repr_html_() for article in page.articles)):
        _is_harmless(html)
    shown = Reader(page.to_html()).text
    assert shown.count(HOSTILE.replace("\0", "\ufffd")) == 2 + 7 * len(page.articles) + 2


def _is_harmless(html: str) -> None:
    read = Reader(html)
    assert set(read.tags) <= HARMLESS
    allowed = {"class", "title", "href", "id", "lang", "open", "start", "charset", "content", "http-equiv", "name"}
    assert read.attributes <= allowed
    assert all(link.startswith("#") for link in read.links)


def test_text_is_read_easily_on_every_ground() -> None:
    grounds = {"light": ((252, 251, 248), (36, 34, 31)), "dark": ((27, 26, 25), (226, 223, 216))}
    for paper, ink in grounds.values():
        for color in (paper, ink):
            assert "#{:02x}{:02x}{:02x}".format(*color) in SHEETS
    grounds |= {"jupyter light": ((255, 255, 255), (32, 32, 32)), "jupyter dark": ((17, 17, 17), (225, 225, 225))}
    colors = re.findall(r"(\w+)\{(?:--a:[.\d]+;)?--tint:rgb\((\d+) (\d+) (\d+)/var", SHEETS)
    pale, strong = sorted(map(float, re.findall(r"--a:(\.\d+)", SHEETS)))  # marks, and those of facts
    tints = {name: (*map(float, rgb), strong if name in QUANTITIES else pale) for name, *rgb in colors}
    assert {*QUANTITIES, "mark", "region", "organization"} <= set(tints)
    nested = [(a, b) for a in tints for b in tints if not {a, b} <= set(QUANTITIES)]  # quantities never overlap
    for paper, ink in grounds.values():
        for outer, inner in (*nested, *((name, "") for name in QUANTITIES)):
            ground = _over(tints.get(inner, (0.0, 0.0, 0.0, 0.0)), _over(tints[outer], paper))
            assert _contrast(ground, _over((*map(float, ink), 0.85), ground)) >= 4.5  # a label; words are darker
        assert _contrast(paper, _over((*map(float, ink), 0.64), paper)) >= 4.5  # small print in small print


def _over(color: tuple[float, ...], ground: tuple[float, ...]) -> tuple[float, ...]:
    *top, alpha = color
    return tuple(alpha * a + (1 - alpha) * b for a, b in zip(top, ground, strict=True))


def _contrast(*colors: tuple[float, ...]) -> float:
    """WCAG 2 contrast of two sRGB colors."""
    light = []
    for color in colors:
        linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
        light.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.shared
def test_a_real_page_is_small_and_all_its_marks_stand() -> None:
    for path in REAL.glob("*.txt"):
        page = bd.analyze_file(path, issue_date="2021-11-23")
        html = page.to_html()
        assert len(html.encode()) <= 150_000
        assert Reader(html).paragraphs == [p.text for article in page.articles for p in article.paragraphs]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
@pytest.mark.parametrize("make", [example, hostile], ids=["example", "hostile"])
def test_a_browser_shows_the_text_runs_nothing_and_asks_for_nothing(
    make: Callable[[], bd.Page], tmp_path: Path
) -> None:
    page = make()
    page.to_html(tmp_path / "page.html")
    log = tmp_path / "net.json"
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    flags += ["--disable-component-update", "--disable-features=NetworkTimeServiceQuerying"]
    flags += [f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}"]
    done = subprocess.run(
        ["chromium", *flags, "--dump-dom", str(tmp_path / "page.html")], capture_output=True, check=True, timeout=120
    )
    dom = done.stdout.decode()
    _is_harmless(dom)
    assert "<title>夺" not in dom
    wanted = [p.text.replace("\0", "\ufffd") for article in page.articles for p in article.paragraphs]
    assert Reader(dom).paragraphs == wanted
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    asked = {event["params"]["url"] for event in events if "url" in event.get("params", {})}
    assert all(re.match(r"https?://[a-z0-9.]*\.(google|googleapis|gvt1)\.com/", url) for url in asked)  # its own
