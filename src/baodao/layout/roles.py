"""What a fragment is, judged by itself: headline, byline, caption, page furniture, credit, jump, body.

Patterns are `data/rules/layout.toml`; each brings its proof. A role is a first reading; the neighbours may
change it (`decode`).
"""

from __future__ import annotations

from functools import cache

from baodao.layout.lines import Chunk
from baodao.resources import Rule, read_rules, read_words

__all__ = ["first_role", "is_dispatch_line", "is_label", "is_names", "opens_report", "rules"]

_LONGEST_HEAD = 38
_NO_LINES = ("opening", "label_like", "paragraph")  # how a text begins or is worded
_DISPATCH = 40  # longest dispatch head, characters
_LONGEST_RULED = 420  # no rule names a longer line
_NEEDS_MORE = tuple("通过 的 和 与 及 对 在 为 将 把 向 由 从 以 于 使 让 等".split())


def first_role(chunk: Chunk) -> str:
    """The role of a fragment by its own looks; "head" for any headline."""
    text = chunk.text
    if len(text) <= _LONGEST_RULED:
        for rule in rules("line"):
            if rule.pattern.search(text):
                return str(rule.fields["role"])
    if is_names(text):
        return "credit"
    if is_head(text) and not opens_report(text):
        return "head"
    return "body"


@cache
def rules(kind: str) -> tuple[Rule, ...]:
    """The rules that name the role of a whole line ("line"), or those of one kind: opening, label_like, paragraph."""
    every = read_rules("layout.toml")
    if kind == "line":
        return tuple(rule for rule in every if rule.fields["role"] not in _NO_LINES)
    return tuple(rule for rule in every if rule.fields["role"] == kind)


def is_head(text: str) -> bool:
    """Whether the text looks like a line of a headline: short, no stop at its end."""
    if len(text) > _LONGEST_HEAD or text[-1] in "。，,；;、：:.…（(“" or text[0] in "。，,；;、）)”":
        return False
    if text.count("“") > text.count("”") and any(c in text for c in "：:"):
        return False  # somebody speaks, and goes on below
    commas = sum(text.count(c) for c in "，,")
    return len(text) >= 2 and commas <= 2 and "。" not in text and not _breaks_off(text)


def _breaks_off(text: str) -> bool:
    """Whether a line with a comma ends in a word that needs an object: the first half of a paragraph."""
    return any(c in text for c in "，,") and text.endswith(_NEEDS_MORE)


def is_names(text: str) -> bool:
    """Whether the line is a bare list of persons: 邵某 罗某某.

    >>> is_names("徐明月 蔡小红"), is_names("科技创新 巾帼行动")
    (True, False)
    """
    names = text.replace("、", " ").split()
    return 0 < len(names) <= 6 and all(_is_name(name) for name in names)


def _is_name(text: str) -> bool:
    surnames = _surnames()
    if not all("一" <= c <= "鿿" for c in text):
        return False
    return (2 <= len(text) <= 3 and text[0] in surnames) or (len(text) in (3, 4) and text[:2] in surnames)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/surnames.txt"))


def is_label(text: str) -> bool:
    """Whether a line is worded like the name of a column.

    >>> is_label("春耕进行时"), is_label("三座新桥同日通车")
    (True, False)
    """
    return any(rule.pattern.search(text) for rule in rules("label_like"))


def opens_report(text: str) -> bool:
    """Whether a body paragraph begins a report: 本报讯(…), 新华社北京5月11日电, …记者某某 发自…"""
    return any(rule.pattern.match(text) for rule in rules("opening"))


def is_dispatch_line(text: str) -> bool:
    """Whether a fragment is a dispatch head alone, its sentence set below: 本报宜城讯(记者 周小河)."""
    return len(text) <= _DISPATCH and text[-1:] in ")）" and not any(c in text for c in "，,。") and opens_report(text)
