"""Pages and articles as HTML: headlines, text with its mentions marked, tables of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from baodao.markup import Mark, element, mark_text, said
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
        articles.append(_article(article, first=first, anchor=f"a{number}"))
        first += len(article.facts)
    source = page.source
    known = " · ".join(part for part in (source.paper, source.issue_date, source.doc) if part)
    title = known or (page.articles[0].title if page.articles else "") or "baodao"
    return document(title, _top(page, title) + "".join(articles) + _bottom(page))


def _top(page: Page, title: str) -> str:
    """The document's head: what it is, its articles, what the marks say."""
    entries = "".join(
        element("li", element("a", said(article.title or "（无题）"), href=f"#a{number}") + f" · {len(article.facts)}")
        for number, article in enumerate(page.articles)
    )
    counts = f"{len(page.articles)} 篇报道 articles · {len(page.facts)} 个事实 facts · {_doubts(page.facts)}"
    return element(
        "nav",
        element("h1", said(title)) + element("p", counts, css="bd-small")
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
    return notes + element("p", said(read), css="bd-small")


def _items(words: Iterable[str]) -> str:
    return element("ul", "".join(element("li", said(word)) for word in words), css="bd-small")


def _capped(articles: Sequence[Article]) -> str:
    """The first articles up to the cap, and a line that says what is left out."""
    shown: list[str] = []
    room = MOST_CHARACTERS
    first = 0
    for article in articles[:MOST_ARTICLES]:
        if room <= 0:
            break
        shown.append(_article(article, first=first, room=room))
        room -= len(article.text)
        first += len(article.facts)
    rest = articles[len(shown) :]
    left = max(-room, 0) + sum(len(article.text) for article in rest)
    more = f"… 还有 {len(rest)} 篇 {left:,} 字 more articles and characters: page.to_html(path)"
    nothing = "" if articles else element("p", "没有报道 no articles", css="bd-small")
    legend = _legend(articles[: len(shown)])
    return fragment("".join(shown) + nothing + legend + (element("p", element("b", more)) if rest or left else ""))


def _article(article: Article, *, first: int = 0, anchor: str = "", room: int | None = None) -> str:
    """One report.

    Args:
        first: number of its first fact, as in `page.facts[number]`.
        anchor: its id in a document, where facts and marks are linked; "" in a notebook.
        room: how many characters of running text may be shown.
    """
    facts = {(fact.start, fact.end): (number, fact) for number, fact in enumerate(article.facts, first)}
    lines = article_lines(article)
    heads = [line for line in lines if line.role in HEADS]
    said_by = [element("bdi", said(byline)) for byline in article.bylines]
    by = " · ".join((*said_by, f"{len(facts)} 个事实 facts", _doubts(article.facts)))
    html = [_line(line, facts, bool(anchor)) for line in heads or [Line("title", "（无题）")]]
    html.append(element("p", by, css="bd-small"))
    html.extend(_line(line, facts, bool(anchor)) for line in cut_lines(lines[len(heads) :], room))
    if facts:
        table = facts_html(
            tuple(article.facts), first=first, linked=bool(anchor), most=None if room is None else MOST_ROWS
        )
        html.append(element("details", element("summary", f"事实表 facts ({len(facts)})") + table, open="open"))
    return element("article", "".join(html), id=anchor)


def _line(line: Line, facts: dict[tuple[int, int], tuple[int, Fact]], linked: bool) -> str:
    name, css = _ELEMENTS.get(line.role, ("p", "bd-small"))
    return element(name, mark_text(line.text, (_mark(piece, facts, linked) for piece in line.pieces)), css=css)


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
        element("mark", label, css=f"bd-{kind}") + f" {name} {kind}"
        for kind, (label, name) in KINDS.items()
        if kind in kinds
    ]
    words += [
        "标记后的数字是表中行号 row number",
        "? 存疑 doubtful",
        element("abbr", "点线", title="dots") + " 推断 inferred",
    ]
    return element("p", " · ".join(words), css="bd-small") if kinds else ""
