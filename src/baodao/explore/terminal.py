"""A page in the terminal: text with its quantities highlighted, facts as a table. Good at 80 columns."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from baodao.records import Article, Page
from baodao.records.fact import plain_number

__all__ = ["show_page"]

_STYLES = {
    "count": "black on yellow",
    "amount": "black on bright_red",
    "rate": "black on green",
    "measure": "black on magenta",
    "time": "cyan",
    "region": "blue",
    "organization": "bold",
    "program": "bold magenta",
    "person": "underline",
}
_SIGNS = {"exact": "", "about": "≈", "over": "≥", "under": "≤", "range": "∈", "vague": "∈"}


def show_page(page: Page, console: Console | None = None) -> None:
    """Print each report with its facts."""
    console = console or Console()
    for article in page.articles:
        head = " ".join(part for part in (article.kicker, article.title, article.subtitle) if part)
        console.print(Text(head or "（无题）", style="bold reverse"))
        if article.bylines:
            console.print(Text(" ".join(article.bylines), style="dim"))
        console.print(_marked(page, article))
        if article.facts:
            console.print(_table(article))
        console.print()
    for issue in page.issues:
        console.print(Text(f"! {issue}", style="yellow"))


def _marked(page: Page, article: Article) -> Text:
    """The article's text with its mentions styled."""
    text = Text(article.text)
    starts, spans = article.runs
    for mention in page.mentions:
        style = _STYLES.get(mention.kind)
        if style is None:
            continue
        for start, end in mention.spans:
            for at, (low, high) in zip(starts, spans, strict=True):
                if low < end and start < high:
                    text.stylize(style, at + max(start, low) - low, at + min(end, high) - low)
    return text


def _table(article: Article) -> Table:
    table = Table(show_edge=False, pad_edge=False, expand=False)
    for name, style in (
        ("地区", ""),
        ("事物", ""),
        ("谓词", ""),
        ("数值", "bold"),
        ("时间", "dim"),
        ("项目", "dim"),
    ):
        table.add_column(name, style=style, justify="right" if name == "数值" else "left", overflow="fold")
    for fact in article.facts:
        size = plain_number(fact.value)
        said = f"{fact.low}…{fact.high}" if size is None else f"{size:,}"
        table.add_row(
            fact.region_name,
            fact.what,
            fact.predicate,
            f"{_SIGNS[fact.bound]}{said} {fact.unit}".strip(),
            fact.time,
            fact.program,
        )
    return table
