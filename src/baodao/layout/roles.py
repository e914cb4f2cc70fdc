"""What a fragment is, judged by itself: headline, byline, caption, page furniture, credit, jump, body.

Patterns are `data/rules/layout.toml`; each brings its proof. A role is a first reading; the neighbours may
change it (`decode`).
"""

from __future__ import annotations

import re

from baodao.layout.lines import Chunk, is_complete
from baodao.resources import read_rules

__all__ = ["first_role", "opens_report"]

_LONGEST_HEAD = 38
_LABEL = re.compile(r"^\S{2,6}(?:[ \u3000]+\S{2,6}){1,5}$")


def first_role(chunk: Chunk) -> str:
    """The role of a fragment by its own looks; "head" for any headline."""
    text = chunk.text
    for rule in read_rules("layout.toml"):
        if rule.fields["role"] != "opening" and rule.pattern.search(text):
            return str(rule.fields["role"])
    if is_head(text):
        return "head"
    return "body"


def is_head(text: str) -> bool:
    """Whether the text looks like a line of a headline: short, no stop at its end."""
    if len(text) > _LONGEST_HEAD or text[-1] in "。，,；;、：:.…（(“" or text[0] in "。，,；;、）)”":
        return False
    inner = text.rstrip("！!？?”」』")
    commas = sum(text.count(c) for c in "，,。")
    return bool(inner) and commas <= 2 and not (is_complete(text) and text[-1] in "。") and len(text) >= 2


def is_label(text: str) -> bool:
    """Whether the line is a column's name rather than news: 科技创新 巾帼行动."""
    return "/" in text or (len(text) <= 14 and _LABEL.match(text) is not None)


def opens_report(text: str) -> bool:
    """Whether a body paragraph begins a report: 本报讯(…), 新华社北京5月11日电, …记者某某 发自…"""
    return any(
        rule.pattern.match(text) for rule in read_rules("layout.toml") if rule.fields["role"] == "opening"
    )
