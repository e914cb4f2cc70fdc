"""Pages and articles as HTML: headlines, text with its mentions marked, tables of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from baodao.markup import Mark, element, escaped, mark_text
from baodao.records.view.facts import facts_html
from baodao.records.view.lines import HEADS, Line, Piece, article_lines, cut_lines
from baodao.records.view.style import document, fragment
from baodao.records.view.words import (
    KINDS,
    MOST_ARTICLES,
    MOST_CHARACTERS,
    MOST_ROWS,
    QUANTITIES,
    describe,
    is_doubtful,
)

if TYPE_CHECKING:
    from baodao.records.article import Article
    from baodao.records.fact import Fact
    from baodao.records.page import Page

__all__ = ["article_fragment", "page_document", "page_fragment"]

_ELEMENTS = {  # how a line of each role is set; others are small print
    "section": ("p", "bd-small"), "kicker": ("p", "bd-over"), "title": ("h2", ""), "subtitle": ("p", "bd-over"),
    "subhead": ("h3", ""), "pull_quote": ("blockquote", ""),
    "body": ("p", "bd-text"), "body_continuation": ("p", "bd-text"), "caption": ("p", "bd-text"),
}  # fmt: skip


def page_fragment(page: Page) -> str:
    """What a notebook cell shows of a page: its first articles, and where the rest is."""
    return _capped(page.articles)


def article_fragment(article: Article) -> str:
    """What a notebook cell shows of an article."""
    return _capped((article,))


def page_document(page: Page) -> str:
    """A whole offline HTML document: every article, every mark, facts and text pointing at each other."""
    articles = []
    first = 0
    for number, article in enumerate(page.articles):
        articles.append(_article(article, article_lines(article), first=first, anchor=f"a{number}"))
        first += len(article.facts)
    source = page.source
    known = " · ".join(part for part in (source.paper, source.issue_date, source.doc) if part)
    title = known or (page.articles[0].title if page.articles else "") or "baodao"
    return document(title, _top(page, title) + "".join(articles) + _bottom(page))


def _top(page: Page, title: str) -> str:
    """The document's head: what it is, its articles, what the marks say."""
    entries = "".join(
        element(
            "li", element("a", escaped(article.title or "（无题）"), href=f"#a{number}") + f" · {len(article.facts)}"
        )
        for number, article in enumerate(page.articles)
    )
    counts = f"{len(page.articles)} 篇报道 articles · {len(page.facts)} 个事实 facts · {_doubts(page.facts)}"
    return element(
        "nav",
        element("h1", escaped(title)) + element("p", counts, css="bd-small")
        + element("ol", entries, start="0") + _legend(page.articles),
    )  # fmt: skip


def _bottom(page: Page) -> str:
    """What else is on the page, what is odd about it, and what read it."""
    lists = (
        ("提示 issues", [str(issue) for issue in page.issues]),
        ("版面附文 furniture", [b.text for b in page.furniture]),
    )
    notes = "".join(
        element("details", element("summary", f"{name} ({len(words)})") + _items(words))
        for name, words in lists
        if words
    )
    read = f"baodao {page.versions.get('baodao', '')} · {page.source.path} · SHA-256 {page.source.sha256}"
    return notes + element("p", escaped(read), css="bd-small")


def _items(words: Iterable[str]) -> str:
    return element("ul", "".join(element("li", escaped(word)) for word in words), css="bd-small")


def _capped(articles: Sequence[Article]) -> str:
    """The first articles up to the cap, and a line that says what is left out."""
    shown: list[str] = []
    room = MOST_CHARACTERS
    first = left = 0
    for article in articles[:MOST_ARTICLES]:
        if room <= 0:
            break
        lines = article_lines(article)
        kept = tuple(cut_lines(lines, room))
        left += _characters(lines) - _characters(kept)
        room -= _characters(kept)
        shown.append(_article(article, kept, first=first, most=MOST_ROWS))
        first += len(article.facts)
    rest = articles[len(shown) :]
    left += sum(len(article.text) for article in rest)
    shown.append(_legend(articles[: len(shown)]))
    if left or rest:
        more = f"… 还有 {len(rest)} 篇 {left:,} 字 more articles and characters: page.to_html(path)"
        shown.append(element("p", element("b", more)))
    return fragment("".join(shown) if articles else element("p", "没有报道 no articles", css="bd-small"))


def _characters(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _article(article: Article, lines: Sequence[Line], *, first: int, anchor: str = "", most: int | None = None) -> str:
    """One report.

    Args:
        lines: those of its lines that are shown.
        first: number of its first fact, as in `page.facts[number]`.
        anchor: its id in a document, where facts and marks are linked; "" in a notebook.
        most: rows of its table at the most.
    """
    facts = {(fact.start, fact.end): (number, fact) for number, fact in enumerate(article.facts, first)}
    linked = bool(anchor)
    heads = [_line(line, facts, linked) for line in lines if line.role in HEADS]
    running = [_line(line, facts, linked) for line in lines if line.role not in HEADS]
    bylines = (element("bdi", escaped(byline)) for byline in article.bylines)
    by = element("p", " · ".join((*bylines, f"{len(facts)} 个事实 facts", _doubts(article.facts))), css="bd-small")
    table = ""
    if facts:
        rows = facts_html(tuple(article.facts), first=first, linked=linked, most=most)
        table = element("details", element("summary", f"事实表 facts ({len(facts)})") + rows, open="open")
    return element("article", "".join((*heads, by, *running, table)), id=anchor)


def _line(line: Line, facts: dict[tuple[int, int], tuple[int, Fact]], linked: bool) -> str:
    name, css = _ELEMENTS.get(line.role, ("p", "bd-small"))
    text = line.text or "（无题）"
    return element(name, mark_text(text, (_mark(piece, facts, linked) for piece in line.pieces)), css=css)


def _mark(piece: Piece, facts: dict[tuple[int, int], tuple[int, Fact]], linked: bool) -> Mark:
    """The mark of a piece: its kind, for a fact the number of its row too."""
    mention = piece.mention
    css, label, anchor, link = f"bd-{mention.kind}", KINDS[mention.kind][0], "", ""
    number, fact = facts.get((mention.start, mention.end), (0, None))
    if fact is not None and mention.kind in QUANTITIES:
        css += " bd-fact bd-doubt" if is_doubtful(fact) else " bd-fact"
        label += f"{number}?" if is_doubtful(fact) else f"{number}"
        if linked:
            link, anchor = f"#f{fact.fact_id}", f"m{fact.fact_id}" if piece.first else ""
    return Mark(piece.start, piece.end, css, label if piece.last else "", describe(mention), anchor, link)


def _doubts(facts: Iterable[Fact]) -> str:
    return f"{sum(map(is_doubtful, facts))} 个存疑 doubtful"


def _legend(articles: Iterable[Article]) -> str:
    """What labels and lines mean, for the kinds that occur."""
    kinds = {mention.kind for article in articles for mention in article.mentions}
    words = [
        f"{element('mark', label, css=f'bd-{kind}')} {name} {kind}"
        for kind, (label, name) in KINDS.items()
        if kind in kinds
    ]
    words += ["标记后的数字是表中行号 row number", "? 存疑 doubtful", "<abbr>点线</abbr> 推断 inferred"]
    return element("p", " · ".join(words), css="bd-small") if kinds else ""
