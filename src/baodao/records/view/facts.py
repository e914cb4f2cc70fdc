"""Facts as tables: one row a fact, or one fact with the evidence of each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from baodao.markup import Mark, element, mark_text, said
from baodao.records.view.style import fragment
from baodao.records.view.words import MOST_ROWS, ROLE_NAMES, describe, is_doubtful, is_inferred, size

if TYPE_CHECKING:
    from baodao.records.fact import Fact

__all__ = ["fact_fragment", "facts_html", "table_fragment"]

_HEADS = {"#": "", "doc": "文件", "text": "原文", "value": "数值", **ROLE_NAMES, "confidence": "把握"}


def table_fragment(facts: Sequence[Fact]) -> str:
    """What a notebook shows of a table of facts."""
    return fragment(facts_html(facts, most=MOST_ROWS))


def fact_fragment(fact: Fact) -> str:
    """What a notebook shows of one fact: its sentence, and where each field was read."""
    at = fact.sentence.find(fact.quantity.surface)
    alone = at >= 0 and fact.sentence.count(fact.quantity.surface) == 1
    marks = [Mark(at, at + len(fact.quantity.surface), f"bd-{fact.kind} bd-fact")] if alone else []
    names = (
        ("字段", "field"),
        ("值", "value"),
        ("依据", "via"),
        ("位置", "spans"),
        ("说明", "reason"),
        ("落选", "others"),
    )
    head = "".join(element("th", f"{name} <small>{word}</small>") for name, word in names)
    q = fact.quantity
    rows = [_cells(f"数量 <small>{q.kind}</small>", size(q), "stated", q.spans, q.rule, ())]
    for name, chinese in ROLE_NAMES.items():
        if (role := fact.roles.get(name)) is not None:
            label = f"{chinese} <small>{name}</small>"
            value = f"{fact.region_name} {role.value}".strip() if name == "region" else role.value
            rows.append(_cells(label, value or "–", role.via, role.spans, role.reason, role.others))
    notes = "".join(element("li", said(note)) for note in fact.notes)
    return fragment(
        element("p", mark_text(fact.sentence, marks), css="bd-text")
        + _table(head, "".join(rows))
        + element("p", f"把握 confidence {fact.confidence:.2f}", css="bd-small")
        + (element("ul", notes, css="bd-small") if notes else "")
    )


def facts_html(facts: Sequence[Fact], *, first: int = 0, linked: bool = False, most: int | None = None) -> str:
    """A table of facts.

    Args:
        first: the number of the first row, as in `page.facts[number]`.
        linked: whether rows point at their marks (in a document; a notebook strips ids).
        most: rows at the most; a table that is cut says so.
    """
    if not facts:
        return element("p", "没有事实 no facts", css="bd-small")
    keys = [key for key in _HEADS if key != "doc" or len({fact.doc for fact in facts}) > 1]
    names = {key: f"{_HEADS[key]} <small>{key}</small>" if _HEADS[key] else key for key in keys}
    head = "".join(element("th", names[key], css=_css(key)) for key in keys)
    rows = "".join(_row(fact, number, keys, linked) for number, fact in enumerate(facts[:most], first))
    cut = most is not None and len(facts) > most
    return _table(head, rows, "bd-facts", f"… 共 {len(facts):,} 行 rows: to_pandas(), to_csv(path)" if cut else "")


def _table(head: str, rows: str, css: str = "", caption: str = "") -> str:
    said_below = element("caption", caption) if caption else ""
    table = element("table", f"{said_below}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>", css=css)
    return element("div", table, css="bd-wide")


def _row(fact: Fact, number: int, keys: Sequence[str], linked: bool) -> str:
    printed = said(fact.quantity.surface)
    doubt = element("abbr", "?", title="\n".join(fact.notes) or "更可能有错 more probably wrong than right")
    cells = {
        "#": f"{number}",
        "doc": said(fact.doc),
        "text": element("a", printed, href=f"#m{fact.fact_id}") if linked else printed,
        "value": said(size(fact.quantity)),
        **{name: _role(fact, name) for name in ROLE_NAMES},
        "confidence": (doubt + " " if is_doubtful(fact) else "") + f"{fact.confidence:.2f}",
    }
    hover = describe(fact.quantity) if linked else f"{fact.sentence}\n{describe(fact.quantity)}"
    content = "".join(element("td", cells[key], css=_css(key)) for key in keys)
    return element("tr", content, id=f"f{fact.fact_id}" if linked else "", title=hover)


def _role(fact: Fact, name: str) -> str:
    """A field; one that was inferred is underlined with dots, also where no style is left: as an abbr."""
    value = said(str(getattr(fact, name)))
    if name == "region" and value:
        value = f"{said(fact.region_name)} <small>{value}</small>"
    role = fact.roles.get(name)
    if role is None or not value or not is_inferred(role.via):
        return value
    return element("abbr", value, title=f"推断自 via {role.via} {role.reason}".strip())


def _css(key: str) -> str:
    return {"#": "bd-n", "value": "bd-n", "confidence": "bd-n", "text": "bd-keep", "time": "bd-keep"}.get(key, "")


def _cells(
    label: str, value: str, via: str, spans: Sequence[tuple[int, int]], reason: str, others: Sequence[str]
) -> str:
    where = " ".join(f"[{start}:{end}]" for start, end in spans)
    said_via = element("abbr", said(via), title="推断 inferred") if is_inferred(via) else said(via)
    cells = (said(value), said_via, where, said(reason), said(", ".join(others)))
    return element("tr", element("th", label) + "".join(element("td", cell) for cell in cells))
