"""What a fragment is, judged by itself: headline, byline, caption, page furniture, credit, jump, body.

Patterns are `data/rules/layout.toml`; each brings its proof. A role is a first reading; the neighbours may
change it (`decode`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from baodao.resources import Rule, read_rows, read_rules, read_words

__all__ = [
    "has_actor",
    "is_dispatch_line",
    "is_label",
    "is_names",
    "line_rule",
    "may_open_report",
    "opens_paragraph",
    "opens_report",
]

_NO_LINES = ("opening", "label_like", "paragraph")  # how a text begins or is worded
_DISPATCH = 40  # longest dispatch head, characters
_LONGEST_RULED = 70  # only a caption may be longer, characters
_LONGEST_CAPTION = 420
_MARKS_OF_REPORTS = re.compile("[讯电接]|消息|发自|报道")  # one of them stands in every opening
_OPENING = 48  # characters in which it stands


def line_rule(text: str) -> str:
    """The rule of `layout.toml` that a whole line fits, by the end of its id; "" if none.

    >>> line_rule("（下转第四版）"), line_rule("2021年11月23日 星期二"), line_rule("三座新桥同日通车")
    ('jump', 'page-date', '')
    """
    if len(text) > _LONGEST_RULED:
        if len(text) > _LONGEST_CAPTION or not (
            "摄" in text[-24:] or text[0] in "图上下左右题" or "供图" in text[-12:]
        ):
            return ""
        return "caption" if any(rule.pattern.match(text) for rule in rules("caption")) else ""
    if _any_rule().match(text) is None:
        return ""
    for rule in rules("line"):
        if rule.pattern.match(text):
            return rule.id.rpartition(".")[2]
    return ""


@cache
def _any_rule() -> re.Pattern[str]:
    """All rules of a whole line in one pattern: most lines fit none."""
    return re.compile("|".join(f"(?:{rule.source})" for rule in rules("line")))


@cache
def rules(kind: str) -> tuple[Rule, ...]:
    """The rules that name the role of a whole line ("line"), or those of one kind: opening, label_like, paragraph."""
    every = read_rules("layout.toml")
    if kind == "line":
        return tuple(rule for rule in every if rule.fields["role"] not in _NO_LINES)
    return tuple(rule for rule in every if rule.fields["role"] == kind)


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


def has_actor(text: str) -> str:
    """Whether a line is ("place", "name") or begins with ("starts") a place or a person; "" if not.

    >>> has_actor("湖北"), has_actor("武汉为民办实事"), has_actor("书屋")
    ('place', 'starts', '')
    """
    places = _places()
    if text in places:
        return "place"
    if len(text) <= 8 and is_names(text):
        return "name"
    return "starts" if text[:2] in places or text[:3] in places or text[:4] in places else ""


@cache
def _places() -> frozenset[str]:
    """Provinces, cities and counties as a headline names them: 湖北, 武汉, 武汉市, 宜都市."""
    rows = [(name, level) for _, name, level, *_ in read_rows("regions.csv")]
    names = {name for name, level in rows if level in ("province", "city", "county")}
    return frozenset(
        names | {name.removesuffix("省").removesuffix("市") for name, level in rows if level in ("province", "city")}
    )


def opens_paragraph(text: str) -> bool:
    """Whether a text begins as a paragraph does: 据了解，…  某某说，…"""
    return any(rule.pattern.match(text) for rule in rules("paragraph"))


def opens_report(text: str) -> bool:
    """Whether a body paragraph begins a report: 本报讯(…), 新华社北京5月11日电, …记者某某 发自…"""
    return may_open_report(text) and _opens(text[:_OPENING])


def may_open_report(text: str) -> bool:
    """Whether a word stands at a text's beginning that every opening has: quick to ask."""
    return _MARKS_OF_REPORTS.search(text, 0, _OPENING) is not None


@lru_cache(4096)  # the tagger's features, the groups and the joins ask for the same fragments
def _opens(head: str) -> bool:
    return any(rule.pattern.match(head) for rule in rules("opening"))


def is_dispatch_line(text: str) -> bool:
    """Whether a fragment is a dispatch head alone, its sentence set below: 本报宜城讯(记者 周小河)."""
    return len(text) <= _DISPATCH and text[-1:] in ")）" and not any(c in text for c in "，,。") and opens_report(text)
