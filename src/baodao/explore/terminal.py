"""A page in the terminal: text with what was found in color, facts as a table. Good from 60 columns on.

Lines break as Chinese is set: no closing mark begins a line, no opening one ends it, no number is cut. A number in
brackets behind a quantity is its row in the table, as in `page.facts[number]`; a question mark there is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from baodao.errors import language
from baodao.markup import printable
from baodao.records import Article, Fact, Page
from baodao.records.view.lines import HEADS, Line, article_lines, cut_lines
from baodao.records.view.words import (
    MOST_ARTICLES,
    MOST_CHARACTERS,
    MOST_ROWS,
    ROLE_NAMES,
    is_doubtful,
    is_inferred,
    size,
)

__all__ = ["show_page", "wrap_text"]

_MEASURE = 80  # cells; longer lines of text are hard to read
_LEAST = 8  # cells that a column of words may be folded to
_GAP = 2  # cells between columns
# signs that turn the direction of what follows, so that 123 reads 321
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")
_STYLES = {
    "count": "bold yellow", "amount": "bold bright_red", "rate": "bold green", "measure": "bold magenta",
    "time": "cyan", "region": "bright_blue", "organization": "bright_blue", "program": "magenta", "person": "underline",
}  # fmt: skip
_ROW = r"\[\d+\??\]"
# what stays together on a line: opening marks, a number or word of letters or one character, what clings to it
_ATOM = re.compile(
    rf"[(（《〈「『“‘【]{{0,4}}(?:[\w.,:/+-]{{0,40}}[A-Za-z0-9]%?|.)(?:{_ROW}|[,，。、；：？！)）》〉」』”’】…—\s]){{0,9}}",
    re.S | re.A,
)
_WORDS = {  # Chinese, English
    "untitled": ("（无题）", "(untitled)"),
    "counts": ("{facts} 个事实 · {doubts} 个存疑", "{facts} facts · {doubts} doubtful"),
    "shared": ("全部", "all"),
    "articles": (
        "… 还有 {count:,} 篇：--all 全部显示，--article N 只看一篇",
        "… {count:,} reports more: --all, --article N",
    ),
    "characters": ("… 还有 {count:,} 字：--all 全部显示", "… {count:,} characters more: --all"),
    "rows": ("… 还有 {count:,} 行：--all 全部显示", "… {count:,} rows more: --all"),
}


def show_page(page: Page, console: Console | None = None, *, only: int | None = None, whole: bool = False) -> None:
    """Print a page's reports with their facts; a long page is cut and says so.

    Args:
        only: print this report alone, counted from 0.
        whole: print all reports, paragraphs and rows.
    """
    console = console or Console(highlight=False)
    first = [0]  # number of each report's first fact, as in page.facts
    for article in page.articles:
        first.append(first[-1] + len(article.facts))
    chosen = range(len(page.articles)) if only is None else [only]
    shown = chosen if whole else chosen[:MOST_ARTICLES]
    for number in shown:
        _show_article(console, page.articles[number], number, first[number], whole)
    for number in chosen[len(shown) :]:
        _print(console, _title(page.articles[number], number), _text(_counts(page.articles[number]), "dim"))
    _print_rest(console, "articles", len(chosen) - len(shown))
    for issue in page.issues if only is None else ():
        _print(console, _text(f"! {issue}", "yellow"))


def wrap_text(text: Text, width: int) -> list[Text]:
    """The lines of a text, at most `width` cells wide where no single word or number is wider.

    >>> [line.plain for line in wrap_text(Text("全县招募3218名，设站“暖心”六个。"), 12)]
    ['全县招募3218', '名，设站“暖', '心”六个。']
    """
    breaks: list[int] = []
    filled = 0
    for atom in _ATOM.finditer(text.plain):
        if filled and filled + cell_len(atom[0].rstrip()) > width:
            breaks.append(atom.start())
            filled = 0
        filled += cell_len(atom[0])
    lines = list(text.divide(breaks))
    for line in lines:
        line.rstrip()
    return lines


def _show_article(console: Console, article: Article, number: int, first: int, whole: bool) -> None:
    facts = {(fact.start, fact.end): (row, fact) for row, fact in enumerate(article.facts, first)}
    lines = article_lines(article)
    shown = list(cut_lines(lines, None if whole else MOST_CHARACTERS))
    for line in shown:
        if line.role == "title":
            _print(console, _title(article, number))
        elif line.role in HEADS:
            _print(console, _text(line.text, "dim" if line.role == "section" else ""))
    _print(console, _text(" · ".join((*article.bylines, _counts(article))), "dim"))
    for line in shown:
        if line.role not in HEADS:
            _print(console, _marked(line, facts))
    _print_rest(console, "characters", sum(len(line.text) for line in lines) - sum(len(line.text) for line in shown))
    if facts:
        console.print()
        rows = tuple(article.facts)[: None if whole else MOST_ROWS]
        _print_table(console, rows, first)
        _print_rest(console, "rows", len(facts) - len(rows))
    console.print()


def _title(article: Article, number: int) -> Text:
    return Text.assemble((f"{number} ", "dim"), _text(article.title or _say("untitled"), "bold"))


def _marked(line: Line, facts: dict[tuple[int, int], tuple[int, Fact]]) -> Text:
    """A line with its mentions in color and the number of its row behind each fact."""
    text = _text(line.text, "italic" if line.role == "pull_quote" else "")
    rows: list[tuple[int, str]] = []
    for start, end, mention, _, is_last in line.pieces:
        text.stylize(_STYLES.get(mention.kind, ""), start, end)
        if is_last and mention.kind in _STYLES and (mention.start, mention.end) in facts:
            row, fact = facts[mention.start, mention.end]
            rows.append((end, f"[{row}?]" if is_doubtful(fact) else f"[{row}]"))
    rows.sort()
    parts = text.divide([end for end, _ in rows])
    out = Text("　　" if line.role.startswith("body") else "")
    for part, (_, label) in zip(parts, [*rows, (0, "")], strict=True):
        out.append_text(part).append(label, style="dim")
    return out


def _print_table(console: Console, facts: Sequence[Fact], first: int) -> None:
    """The facts; what all rows share stands above the table, not in each row."""
    shared = {
        name: values.pop() for name in ("region", "program", "actor", "time")
        if len(facts) > 1 and len(values := {_field(fact, name).plain for fact in facts}) == 1
    }  # fmt: skip
    if common := " · ".join(f"{_head(name)} {value}" for name, value in shared.items() if value):
        _print(console, _text(f"{_say('shared')}: {common}", "dim"))
    names = [name for name in ROLE_NAMES if name not in shared and any(getattr(fact, name) for fact in facts)]
    for fitting in (names, [name for name in names if name != "actor"]):
        if _least_width(facts, first, fitting) <= console.width:
            console.print(_table(facts, first, fitting))
            return
    for row, fact in enumerate(facts, first):
        fields = [_field(fact, name) for name in names]
        _print(console, _number(row, fact), _size(fact), *(field for field in fields if field.plain))


def _table(facts: Sequence[Fact], first: int, names: Sequence[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, expand=False, padding=(0, _GAP - 1, 0, 0))
    table.add_column("#", justify="right", no_wrap=True)
    table.add_column(_head("value"), justify="right", no_wrap=True)
    for name in names:
        table.add_column(_head(name), overflow="fold", no_wrap=name == "time")
    for row, fact in enumerate(facts, first):
        table.add_row(_number(row, fact), _size(fact), *(_field(fact, name) for name in names))
    return table


def _least_width(facts: Sequence[Fact], first: int, names: Sequence[str]) -> int:
    """Cells of a table with these fields when its words are folded and nothing else."""
    least = len(f"{first + len(facts)}?") + _GAP + max(_size(fact).cell_len for fact in facts)
    for name in names:
        widest = max(cell_len(_head(name)), *(_field(fact, name).cell_len for fact in facts))
        least += _GAP + (widest if name == "time" else min(widest, _LEAST))
    return least


def _number(row: int, fact: Fact) -> Text:
    return _text(f"{row}?" if is_doubtful(fact) else f"{row} ", "dim")


def _size(fact: Fact) -> Text:
    return _text(size(fact.quantity), "bold")


def _field(fact: Fact, name: str) -> Text:
    """A field of a fact; dim where it was inferred."""
    role = fact.roles.get(name)
    value = fact.region_name or fact.region if name == "region" else str(getattr(fact, name))
    return _text(value, "dim" if role is not None and is_inferred(role.via) else "")


def _print(console: Console, *parts: Text) -> None:
    for line in wrap_text(Text("  ").join(parts), min(console.width, _MEASURE)):
        console.print(line)


def _print_rest(console: Console, what: str, count: int) -> None:
    if count:
        _print(console, _text(_say(what, count=count), "dim"))


def _text(text: str, style: str = "") -> Text:
    """What is printed on the page commands no terminal: control characters, signs of direction are shown, not sent."""
    return Text(printable(text).translate(_TURNS), style=style)


def _counts(article: Article) -> str:
    return _say("counts", facts=len(article.facts), doubts=sum(map(is_doubtful, article.facts)))


def _head(name: str) -> str:
    return {"value": "数值", **ROLE_NAMES}[name] if language() == "zh" else name


def _say(key: str, **fields: object) -> str:
    return _WORDS[key][language() != "zh"].format(**fields)
