"""Why a row says what it says, in words: rule and characters of each field, how far one had to look, what lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from baodao.errors import language
from baodao.records.view.words import KINDS, ROLE_NAMES, size

if TYPE_CHECKING:
    from baodao.records.fact import Fact, Role

__all__ = ["explain"]

_BOUNDS = {"exact": "确数", "about": "约数", "over": "以上", "under": "以下", "range": "区间", "vague": "不定数"}
_VIA = {
    "stated": ("明说", "stated"),
    "clause": ("同一分句", "in the clause"),
    "sentence": ("同一句", "in the sentence"),
    "paragraph": ("同一段", "in the paragraph"),
    "headline": ("标题", "in the headline"),
    "article": ("本篇别处", "elsewhere in the article"),
    "dateline": ("电头", "in the dateline"),
    "paper": ("报名", "by the newspaper's name"),
}
# what the linker gives as reasons, and how it reads in Chinese
_REASONS = (
    (r"the country$", "说的是全国"),
    (r"the (\w+) in force$", r"上文正说着的\1"),
    (r"in (\d+), in force$", r"在上文正说着的 \1 之内"),
    (r"in (\d+), named before it$", r"在紧挨着的 \1 之内"),
    (r"in (\d+), named in the article$", r"在文中提到的 \1 之内"),
    (r"beside (\d+)$", r"与 \1 同属一地"),
    (r"as before in the article$", "与上文相同"),
    (r"the best known of the name$", "同名中最知名"),
)
_LEVELS = {"province": "省", "city": "市", "county": "县", "township": "乡镇", "village": "村", "country": "国家"}


def explain(fact: Fact) -> str:
    """The lines of `Fact.explain`, in the reader's language (`BAODAO_LANG`)."""
    zh = language() == "zh"
    q = fact.quantity
    kind, bound = (KINDS[q.kind][1], _BOUNDS[q.bound]) if zh else (q.kind, q.bound)
    lines = [
        str(fact),
        _line(kind, size(q), f"“{q.surface}” {_places(((q.start, q.end),))}", [bound, _rule(q.rule, zh)], (), zh),
    ]
    for name, chinese in ROLE_NAMES.items():
        role = fact.roles.get(name)
        label = chinese if zh else name
        if role is None or not role.value:
            lines.append(f"  {label}: –" + (_lost(role.others, zh) if role is not None else ""))
            continue
        value = f"{fact.region_name} {role.value}".strip() if name == "region" else role.value
        lines.append(_line(label, value, _evidence(role), _why(role, zh), role.others, zh))
    lines.append(f"  {'置信' if zh else 'confidence'}: {fact.confidence:.2f}")
    lines.extend(f"  ? {note}" for note in fact.notes)
    return "\n".join(lines)


def _line(label: str, value: str, evidence: str, why: list[str], others: tuple[str, ...], zh: bool) -> str:
    told = f"  {label}: {value}" + (f" ← {evidence}" if evidence else "")
    reasons = ("，" if zh else ", ").join(part for part in why if part)
    return told + (f" ({reasons})" if reasons else "") + _lost(others, zh)


def _evidence(role: Role) -> str:
    """The printed words, where they are not the value itself, and their places on the page."""
    words = role.mention.surface if role.mention is not None else ""
    shown = f"“{words}” " if words and words != role.value else ""
    return (shown + _places(role.spans)).strip()


def _why(role: Role, zh: bool) -> list[str]:
    via = _VIA.get(role.via)
    reason = role.reason
    if zh:
        for pattern, chinese in _REASONS:
            if (found := re.match(pattern, reason)) is not None:
                said = found.expand(chinese)
                reason = re.sub("|".join(_LEVELS), lambda level: _LEVELS[level[0]], said)
                break
    rule = _rule(role.mention.rule, zh) if role.mention is not None else ""
    return [role.via if via is None else via[0 if zh else 1], reason, rule]


def _rule(rule: str, zh: bool) -> str:
    return f"规则 {rule}" if zh else f"rule {rule}"


def _places(spans: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"[{start}:{end}]" for start, end in spans)


def _lost(others: tuple[str, ...], zh: bool) -> str:
    return ("；未取 " if zh else "; not ") + ("、" if zh else ", ").join(others) if others else ""
