"""Named programs, projects, campaigns, activities, services, brands, fairs and contests.

In: a passage. Out: `NameHit`s of kind program; `name` is the fullest form that the passage prints. A name is a
quotation with a head noun behind or at its end (“暖春”行动, “春蕾计划”), one that a word of launching or of kind
announces, or that is named again; `named_programs` adds those without quotation marks. Heads are
`data/lexicon/program_heads.csv`, turns around them `data/rules/programs.toml`. Meetings, plans (规划), laws,
document titles, slogans and idioms are no programs. Authority: FACTS.md, `program`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from baodao.find.program_names import BREAKS, Head, heads_in, left_edge, named_programs, rule, verb_in
from baodao.records.light import Hit, NameHit
from baodao.text.names import Quoted, quoted_names
from baodao.text.passage import Passage

__all__ = ["find_programs"]

_LONGEST_TAIL = 18
_LONGEST_INTRO = 16
_KINDS = ("”项目", "”活动", "”品牌", "”栏目")


def find_programs(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the programs of `passage`, left to right.

    >>> passage = Passage.whole("市妇联启动“微光”助学行动,“微光”已惠及百人")
    >>> [(passage.text[h.start : h.end], h.name) for h in find_programs(passage)]
    [('“微光”助学行动', '“微光”助学行动'), ('“微光”', '“微光”助学行动')]

    Args:
        passage: the text.
        found: hits of earlier finders; an unquoted name does not run over a number or a time.
    """
    hits = [*_quoted(passage, found), *named_programs(passage, found)]
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[NameHit] = []
    for hit in hits:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return _with_full_names(kept)


def _quoted(passage: Passage, found: Sequence[Hit]) -> Iterator[NameHit]:
    """Quoted names: with a head, of a list that a head closes, announced, or named again."""
    text = passage.text
    names: set[str] = set()
    bare: list[Quoted] = []
    for quoted in quoted_names(text):
        own = _own_head(quoted.inner)
        end = _tail(passage, quoted.end, found, own=bool(own))
        rule_id = "program.quoted-head" if end > quoted.end else own
        if rule_id and (own == "program.known" or not _is_no_name(quoted, end, text)):
            names.add(quoted.inner)
            name = text[quoted.start : end]
            if own and name.endswith(_KINDS):
                end = quoted.end  # “国家品牌计划”项目: a mere word of kind behind a name
            start = _leaning(passage, found, quoted) if quoted.inner[-1] in "式型" else quoted.start
            yield NameHit("program", start, end, rule_id, text[start : quoted.start] + name)
        else:
            bare.append(quoted)
    after = len(text)
    named = False  # whether the quotation behind is a name: “甲”“乙”等项目
    for quoted in reversed(bare):
        listed = quoted.end <= after <= quoted.end + 1 and named
        rule_id = "program.listed" if listed or rule("program.list.closer").match(text, quoted.end) else ""
        if not rule_id or rule("program.not.quoted").match(quoted.inner):
            rule_id = _again(quoted, text, names)
        named = bool(rule_id)
        after = quoted.start
        if rule_id:
            yield NameHit("program", quoted.start, quoted.end, rule_id, text[quoted.start : quoted.end])


def _own_head(inner: str) -> str:
    """The rule for a quotation that ends in a head noun of two characters or more, or is a name everyone knows;
    a name may go on behind a space or a dash (春蕾计划 圆梦)."""
    for head in heads_in(inner):
        if head.strength == "whole" and head.end in (len(inner), head.start + len(inner)):
            return "program.known"
        if head.start == 0 or head.end - head.start == 1:
            continue
        if head.end == len(inner) or (inner[head.end] in " —-·:" and head.strength == "strong"):
            return "program.quoted"
    return ""


def _is_no_name(quoted: Quoted, end: int, text: str) -> bool:
    """Whether the quotation is a sentence, a list or a mere number without a head noun that would name it."""
    if len(quoted.inner) < 2 or "\n" in quoted.inner:
        return True
    if rule("program.not.quoted").match(quoted.inner) is None:
        return False
    return rule("program.tail.names").search(text, quoted.end, end) is None


def _again(quoted: Quoted, text: str, names: set[str]) -> str:
    """The rule for a quotation without a head: named before, or announced and like a name."""
    inner = quoted.inner
    if inner in names:
        return "program.again"
    if len(inner) < 3 or rule("program.not.quoted").match(inner):
        return ""
    like = any(head.end == len(inner) and head.start > 0 for head in heads_in(inner))
    window = text[max(quoted.start - _LONGEST_INTRO, 0) : quoted.start]
    if rule("program.intro.kind").search(window):
        return "program.introduced"
    launched = rule("program.intro.launch").search(window)
    if launched and (like or text.count(inner) > 1):
        return "program.introduced"
    return "program.repeated" if like and text.count(inner) > 1 else ""


def _tail(passage: Passage, start: int, found: Sequence[Hit], *, own: bool) -> int:
    """The end of the head noun behind a quotation; `start` itself where there is none.

    Args:
        own: whether the quotation has a head itself, so that a verb behind it is one (“雨露计划”|资助).
    """
    text = passage.text
    if start >= len(text) or text[start] in BREAKS:
        return start
    stop = start
    while stop < min(start + _LONGEST_TAIL, len(text)) and text[stop] not in BREAKS:
        stop += 1
    window = text[start:stop]
    verb = verb_in(window)
    if verb >= 0:
        window = window[:verb]
    heads = [h for h in heads_in(window) if not (own and h.strength == "doing")]
    if not heads:
        return start
    edges = {word.end for word in passage.words(start, stop)}
    for head in sorted(heads, key=lambda h: (-h.end, h.start)):
        end = start + head.end
        if end not in edges or (head.end - head.start == 1 and not 2 <= head.end <= 5):
            continue
        if rule("program.not.meeting").match(window[: head.end]):
            continue
        if rule("program.behind.noun").match(text, end) or (head.strength == "doing" and _governs(passage, end, found)):
            continue
        return end
    return start


def _leaning(passage: Passage, found: Sequence[Hit], quoted: Quoted) -> int:
    """Where a name begins whose quotation is a mere modifier: 医疗人才|“组团式”援藏."""
    return left_edge(passage, found, Head(quoted.start, quoted.end, "strong"), 0)


def _governs(passage: Passage, at: int, found: Sequence[Hit]) -> bool:
    """Whether what ends at `at` may be a verb with its object: 免费筛查服务|9360人, 招募|志愿者."""
    text = passage.text
    if at >= len(text) or text[at] in ",。;:!?、)的\n等和与":
        return False
    if text[at].isdigit() or text[at] in "了近超约" or any(hit.start == at for hit in found):
        return True
    following = passage.words(at, min(at + 4, len(passage)))
    return bool(following) and following[0].tag[0] == "n"


def _with_full_names(hits: list[NameHit]) -> Iterable[Hit]:
    """Each hit with the fullest form of its name in the passage."""
    full: dict[str, str] = {}
    for hit in hits:
        key = _core(hit.name)
        if len(hit.name) > len(full.get(key, "")):
            full[key] = hit.name
    for hit in hits:
        hit.name = full.get(_core(hit.name), hit.name)
        yield hit


def _core(name: str) -> str:
    match = re.match(r"[“\"「]([^”\"」]+)[”\"」]", name)
    return match[1] if match else name
