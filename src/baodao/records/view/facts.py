"""Facts as tables: one row a fact, or one fact with the evidence of each field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from baodao.markup import Mark, element, escaped, mark_text
from baodao.records.view.style import fragment
from baodao.records.view.words import MOST_ROWS, ROLE_NAMES, describe, is_doubtful, is_inferred, size

if TYPE_CHECKING:
    from baodao.records.fact import Fact

__all__ = ["fact_fragment", "facts_html", "table_fragment"]

_HEADS = {"#": "", "doc": "文件", "text": "原文", "value": "数值", **ROLE_NAMES, "confidence": "把握"}
_EVIDENCE = {"field": "字段", "value": "值", "via": "依据", "spans": "位置", "reason": "说明", "others": "落选"}
_CSS = {"#": "bd-n", "value": "bd-n", "confidence": "bd-n", "text": "bd-keep", "time": "bd-keep"}


def table_fragment(facts: Sequence[Fact]) -> str:
    """What a notebook shows of a table of facts."""
    return fragment(facts_html(facts, most=MOST_ROWS))


def fact_fragment(fact: Fact) -> str:
    """What a notebook shows of one fact: its sentence, and where each field was read."""
    q = fact.quantity
    at = fact.sentence.find(q.surface)
    marks = [Mark(at, at + len(q.surface), f"bd-{q.kind} bd-fact")] if fact.sentence.count(q.surface) == 1 else []
    rows = [_evidence(f"数量 <small>{q.kind}</small>", size(q), "stated", q.spans, q.rule)]
    for name, chinese in ROLE_NAMES.items():
        if (role := fact.roles.get(name)) is not None:
            value = f"{fact.region_name} {role.value}".strip() if name == "region" else role.value
            label = f"{chinese} <small>{name}</small>"
            rows.append(_evidence(label, value or "–", role.via, role.spans, role.reason, role.others))
    notes = "".join(element("li", escaped(note)) for note in fact.notes)
    return fragment(
        element("p", mark_text(fact.sentence, marks), css="bd-text")
        + _table(_EVIDENCE, rows)
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
    heads = {key: name for key, name in _HEADS.items() if key != "doc" or len({fact.doc for fact in facts}) > 1}
    rows = [_row(fact, number, heads, linked) for number, fact in enumerate(facts[:most], first)]
    more = f"… 共 {len(facts):,} 行 rows: to_pandas(), to_csv(path)" if len(rows) < len(facts) else ""
    return _table(heads, rows, "bd-facts", more)


def _table(heads: dict[str, str], rows: Iterable[str], css: str = "", more: str = "") -> str:
    names = {key: f"{name} <small>{key}</small>" if name else key for key, name in heads.items()}
    head = "".join(element("th", name, css=_CSS.get(key, "") if css else "") for key, name in names.items())
    caption = element("caption", more) if more else ""
    table = f"{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return element("div", element("table", table, css=css), css="bd-wide")


def _row(fact: Fact, number: int, keys: Iterable[str], linked: bool) -> str:
    printed = escaped(fact.quantity.surface)
    doubt = element("abbr", "?", title="\n".join(fact.notes) or "更可能有错 more probably wrong than right")
    cells = {
        "#": f"{number}",
        "doc": escaped(fact.doc),
        "text": element("a", printed, href=f"#m{fact.fact_id}") if linked else printed,
        "value": escaped(size(fact.quantity)),
        **{name: _role(fact, name) for name in ROLE_NAMES},
        "confidence": (doubt + " " if is_doubtful(fact) else "") + f"{fact.confidence:.2f}",
    }
    hover = describe(fact.quantity) if linked else f"{fact.sentence}\n{describe(fact.quantity)}"
    content = "".join(element("td", cells[key], css=_CSS.get(key, "")) for key in keys)
    return element("tr", content, id=f"f{fact.fact_id}" if linked else "", title=hover)


def _role(fact: Fact, name: str) -> str:
    """A field; one that was inferred is underlined with dots, also where no style is left: as an abbr."""
    value = escaped(str(getattr(fact, name)))
    if name == "region" and value:
        value = f"{escaped(fact.region_name)} <small>{value}</small>"
    role = fact.roles.get(name)
    if role is None or not value or not is_inferred(role.via):
        return value
    return element("abbr", value, title=f"推断自 via {role.via} {role.reason}".strip())


def _evidence(
    label: str, value: str, via: str, spans: Sequence[tuple[int, int]], reason: str, others: Sequence[str] = ()
) -> str:
    """A field of one fact, and where it was read."""
    where = " ".join(f"[{start}:{end}]" for start, end in spans)
    found = element("abbr", escaped(via), title="推断 inferred") if is_inferred(via) else escaped(via)
    cells = (escaped(value), found, where, escaped(reason), escaped(", ".join(others)))
    return element("tr", element("th", label) + "".join(element("td", cell) for cell in cells))
