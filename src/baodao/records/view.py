"""How pages, articles and facts look as HTML: what is marked, what labels and tables say.

Notebook fragments read well where styles and ids are stripped (untrusted notebooks); documents are one file,
offline, without script, under a strict content security policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from baodao.markup import Mark, element, mark_text

if TYPE_CHECKING:
    from baodao.records.article import Article
    from baodao.records.fact import Fact
    from baodao.records.mention import Mention
    from baodao.records.page import Page
    from baodao.records.table import FactTable

__all__ = ["article_html", "fact_html", "facts_html", "page_document", "page_fragment"]

LABELS = {
    "count": "数", "amount": "额", "rate": "率", "measure": "量", "number": "号", "ordinal": "序", "age": "龄",
    "duration": "期", "frequency": "频", "time": "时", "region": "地",
    "organization": "机", "program": "项", "person": "人",
}  # fmt: skip
_COLUMNS = ("text", "what", "predicate", "value", "unit", "bound", "region", "program", "actor", "time")
_NAMES = {
    "text": "原文", "what": "事物", "predicate": "谓词", "value": "数值", "unit": "单位", "bound": "界",
    "region": "地区", "program": "项目", "actor": "主体", "time": "时间",
}  # fmt: skip
_MOST_ARTICLES = 3
_MOST_CHARACTERS = 20_000
_MOST_ROWS = 200

STYLE = """
.bd-page{margin:1.5em}
.baodao{font:15px/1.8 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:58em}
.baodao h3{margin:1.2em 0 .2em;font-size:1.15em}.baodao .bd-by{color:#666;font-size:.85em;margin:0 0 .4em}
.baodao p{margin:.4em 0}.baodao mark{color:inherit;background:#eee;border-radius:2px;padding:0 1px}
.baodao sup{font-size:.6em;opacity:.65;margin-left:1px;user-select:none}
.baodao .bd-count{background:#ffe08a}.baodao .bd-amount{background:#ffc9a3}.baodao .bd-rate{background:#cdeac0}
.baodao .bd-measure{background:#e3d9ff}.baodao .bd-time{background:#d7e9f7}.baodao .bd-region{background:#c7efe9}
.baodao .bd-organization{background:#f2e2d2}.baodao .bd-program{background:#fbd3e0}
.baodao .bd-person{background:#e8e8e8}
.baodao .bd-fact{box-shadow:inset 0 -2px 0 #b8860b}.baodao .bd-doubt{box-shadow:inset 0 -2px 0 #c0392b}
.baodao mark:target{outline:2px solid #c0392b}.baodao tr:target{outline:2px solid #c0392b}
.baodao .bd-inferred{border-bottom:1px dotted #555}.baodao table{border-collapse:collapse;font-size:.85em}
.baodao td,.baodao th{border:1px solid #ccc;padding:.15em .5em;text-align:left;vertical-align:top}
.baodao .bd-n{text-align:right;font-variant-numeric:tabular-nums}
@media(prefers-color-scheme:dark){.bd-page{background:#1c1c1c;color:#e6e6e6}.bd-page mark{color:#111}
.bd-page .bd-by{color:#aaa}}
"""


def page_document(page: Page) -> str:
    """A whole offline HTML document: every article, every mark, facts and text pointing at each other."""
    title = page.articles[0].title if page.articles else page.source.doc
    body = "".join(article_html(article, _mentions_of(page, article), anchors=True) for article in page.articles)
    issues = "".join(f"<li>{escape(str(issue))}</li>" for issue in page.issues)
    notes = (
        element("details", f"<summary>{len(page.issues)} 条提示 issues</summary><ul>{issues}</ul>") if issues else ""
    )
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title or 'baodao')}</title><style>{STYLE}</style></head>"
        f'<body class="bd-page"><main class="baodao">{body}{notes}</main></body></html>'
    )


def page_fragment(page: Page) -> str:
    """What a notebook cell shows: the first articles, and where the rest is."""
    parts: list[str] = []
    size = 0
    for article in page.articles[:_MOST_ARTICLES]:
        size += len(article.text)
        if parts and size > _MOST_CHARACTERS:
            break
        parts.append(article_html(article, _mentions_of(page, article)))
    left = len(page.articles) - len(parts)
    more = element("p", f"… {left} 篇 more articles: page.to_html(path)") if left else ""
    return f'<style>{STYLE}</style><div class="baodao">{"".join(parts)}{more}</div>'


def article_html(article: Article, mentions: Iterable[Mention] = (), *, anchors: bool = False) -> str:
    """One report: headline, text with its mentions marked, table of facts."""
    facts = {(f.start, f.end): f for f in article.facts}
    marks = [mark for mention in mentions for mark in _marks(article, mention, facts, anchors)]
    paragraphs = []
    at = 0
    for paragraph in article.paragraphs:
        stop = at + len(paragraph.text)
        inner = [m._replace(start=m.start - at, end=m.end - at) for m in marks if at <= m.start and m.end <= stop]
        paragraphs.append(element("p", mark_text(paragraph.text, inner)))
        at = stop + 1
    head = " ".join(part for part in (article.kicker, article.title or "（无题）", article.subtitle) if part)
    doubts = sum(bool(fact.notes) or fact.confidence < 0.5 for fact in article.facts)
    by = " · ".join((*article.bylines, f"{len(article.facts)} 个事实 facts", f"{doubts} 个存疑 doubtful"))
    table = ""
    if article.facts:
        summary = element("summary", f"事实表 facts ({len(article.facts)})")
        table = element("details", summary + facts_html(article.facts, anchors=anchors), open="open")
    return element("h3", escape(head)) + element("div", escape(by), css="bd-by") + "".join(paragraphs) + table


def facts_html(facts: Sequence[Fact] | FactTable, *, anchors: bool = False) -> str:
    """A table of facts; long ones are cut, and say so."""
    head = "".join(element("th", f"{_NAMES[name]} <small>{name}</small>") for name in _COLUMNS)
    rows = "".join(_row(fact, anchors) for fact in facts[:_MOST_ROWS])
    more = element("caption", f"{_MOST_ROWS} / {len(facts)}") if len(facts) > _MOST_ROWS else ""
    return element("table", f"{more}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>", css="baodao bd-facts")


def fact_html(fact: Fact) -> str:
    """One fact with its explanation."""
    return facts_html([fact]) + element("pre", escape(fact.explain()))


def _row(fact: Fact, anchors: bool) -> str:
    row = fact.to_dict()
    row["region"] = f"{fact.region_name} {fact.region}".strip()
    if row["value"] is None:
        row["value"] = f"{fact.low}…{fact.high}"
    cells = []
    for name in _COLUMNS:
        said = escape("" if row[name] is None else str(row[name]).replace("\n", ""))
        if name == "text" and anchors:
            said = element("a", said, href=f"#m{fact.fact_id}")
        role = fact.roles.get(name)
        far = role is not None and role.via not in ("", "stated", "clause")
        inner = element("span", said, css="bd-inferred", title=role.via) if far and role is not None and said else said
        cells.append(element("td", inner, css="bd-n" if name == "value" else ""))
    return element("tr", "".join(cells), id=f"f{fact.fact_id}" if anchors else "", title=fact.sentence)


def _mentions_of(page: Page, article: Article) -> list[Mention]:
    spans = [span for paragraph in article.paragraphs for span in paragraph.spans]
    return [m for m in page.mentions if any(a < m.spans[0][1] and m.spans[0][0] < b for a, b in spans)]


def _marks(article: Article, mention: Mention, facts: dict[tuple[int, int], Fact], anchors: bool) -> list[Mark]:
    """The marks of a mention in the article's text, one for each run of its characters."""
    runs: list[list[int]] = []
    for start, end in mention.spans:
        for at, (page_start, page_end) in zip(*article.runs, strict=True):
            low, high = max(start, page_start), min(end, page_end)
            if low < high:
                span = [at + low - page_start, at + high - page_start]
                if runs and runs[-1][1] == span[0]:
                    runs[-1][1] = span[1]
                else:
                    runs.append(span)
    fact = facts.get((mention.start, mention.end)) if mention.kind in ("count", "amount", "rate", "measure") else None
    css = f"bd-{mention.kind}" + (" bd-fact" if fact else "") + (" bd-doubt" if fact and fact.notes else "")
    anchor = f"m{fact.fact_id}" if fact and anchors else ""
    label, title = LABELS[mention.kind], _hover(mention)
    return [
        Mark(a, b, css, label if k == len(runs) - 1 else "", title, anchor if k == 0 else "")
        for k, (a, b) in enumerate(runs)
    ]


def _hover(mention: Mention) -> str:
    """Kind, wording, offsets, value and rule."""
    match mention.kind:
        case "time":
            value = mention.iso or "?"
        case "region":
            value = f"{'/'.join(mention.path)} {mention.adcode or '?'}"
        case "organization" | "program" | "person":
            value = mention.name
        case _:
            size = mention.value if mention.value is not None else f"{mention.low}…{mention.high}"
            value = f"{mention.bound} {size} {mention.unit}".strip()
    return f"{mention.kind} “{mention.surface}” [{mention.start}:{mention.end}] {value} ({mention.rule})"
