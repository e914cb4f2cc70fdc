"""Programs without quotation marks, and the heads that all program names end in.

In: a passage and what was found in it before. Out: names before a head noun. A strong head (工程, 行动) takes the nouns
before it; a fair or contest also its number and year (第三届茶博会); a project, trial or fund needs a place that
names it; some names are known by themselves (春运). Heads are `data/lexicon/program_heads.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import ahocorasick_rs

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.resources import read_csv, read_rules, read_words
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["BREAKS", "Head", "heads_in", "left_edge", "named_programs", "rule", "verb_in"]

BREAKS = frozenset('的了及在是为和与将把被对向从到等,。;:!?、()“”"《》「」【】·—…\n0123456789% ')
_NUMBER = re.compile(r"(?:第[一二三四五六七八九十百\d]{1,4}届|首届|\d{4}年?|[一二三四五六七八九十]{1,4}届)\Z")
_LONGEST_NAME = 16
_DIGITS = re.compile(r"\d*\Z")
_COUNTRY = ("中国", "全国")
_STAGE = re.compile(r"[一二三四五六七八九十两]期\Z")
_STOPPERS = frozenset("count amount rate measure time duration age organization person".split())
_NO_NAME_TAGS = frozenset("pdcryue")


class Head(NamedTuple):
    """A head noun in a text; of two that touch, one that ends where the second ends."""

    start: int
    end: int
    strength: str  # strong event whole project forum weak doing


def heads_in(text: str) -> Iterator[Head]:
    """All heads of a short text, by their ends; they may overlap.

    >>> text = "公益行动项目"
    >>> [text[h.start : h.end] for h in heads_in(text)]
    ['公益', '公益行', '行', '行动', '项目']
    """
    automaton, strengths = _automaton(all_heads=True)
    for index, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        yield Head(start, end, strengths[index])


@cache
def _automaton(*, all_heads: bool) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    rows = [
        (row["head"], row["strength"])
        for row in read_csv("lexicon/program_heads.csv")
        if all_heads or row["strength"] not in ("weak", "doing")
    ]
    kind = ahocorasick_rs.MatchKind
    automaton = ahocorasick_rs.AhoCorasick(
        [head for head, _ in rows], matchkind=kind.Standard if all_heads else kind.LeftmostLongest
    )
    return automaton, tuple(strength for _, strength in rows)


@cache
def _verbs() -> ahocorasick_rs.AhoCorasick:
    return ahocorasick_rs.AhoCorasick(list(read_words("lexicon/program_verbs.txt")))


def verb_in(text: str) -> int:
    """Where the first verb that no name runs over begins; -1 if there is none."""
    found = _verbs().find_matches_as_indexes(text)
    return found[0][1] if found else -1


@cache
def rule(name: str) -> re.Pattern[str]:
    """The pattern of a rule of `rules/programs.toml`."""
    return next(found.pattern for found in read_rules("programs.toml") if found.id == name)


def named_programs(passage: Passage, found: Sequence[Hit] = ()) -> Iterator[NameHit]:
    """Yield the names without quotation marks, left to right.

    >>> passage = Passage.whole("罗山县实施健康扶贫工程,备战第三届茶博会")
    >>> [passage.text[h.start : h.end] for h in named_programs(passage)]
    ['健康扶贫工程']
    """
    text = passage.text
    automaton, strengths = _automaton(all_heads=False)
    matches = automaton.find_matches_as_indexes(text)
    last: Head | None = None
    for position, (index, start, end) in enumerate(matches):
        following = matches[position + 1] if position + 1 < len(matches) else None
        if following is not None and following[1] == end and strengths[following[0]] != "project":
            continue  # 专项行动|计划: the name ends in the second
        head = Head(start, end, strengths[index])
        hit = _read(passage, found, head, last.end if last and last.strength == "event" else 0)
        if hit is not None and text.rfind("《", max(hit.start - 40, 0), hit.start) <= text.rfind("》", 0, hit.start):
            yield hit
        last = head


def _read(passage: Passage, found: Sequence[Hit], head: Head, limit: int) -> NameHit | None:
    """The program that ends in this head; None where it is a common noun or a verb."""
    text = passage.text
    if head.strength != "whole" and rule("program.behind.noun").match(text, head.end):
        return None
    if head.strength == "whole":
        return _known(passage, found, head)
    begin, end = left_edge(passage, found, head, limit), head.end
    inner = text[begin : head.start]
    region = next((h for h in _near(found, begin, head.start) if h.start == begin), None)
    if head.strength == "event":
        begin = _numbered(text, begin, found)
    if text[end - 2 : end] in ("计划", "行动") and _is_verb(passage, end, inner, region):
        return None
    if text.endswith("热线", 0, end):
        begin = _DIGITS.search(text, max(begin - 8, 0), begin).start()  # type: ignore[union-attr]  # it matches nothing too
    if text[end - 2 : end] == "计划" and text.endswith(("制定", "制订", "出台", "编制", "做出"), 0, begin):
        return None
    if begin + len(inner) == head.start and _is_generic(text, inner, head, region):
        return None
    if head.strength == "project" and not _is_proper(passage, begin, inner, region):
        return None
    if head.strength == "forum" and text.count(text[begin:end]) < 2:
        return None
    return NameHit(
        "program", begin, end, "program.event" if head.strength == "event" else "program.head", text[begin:end]
    )


def _known(passage: Passage, found: Sequence[Hit], head: Head) -> NameHit:
    """A name that everyone knows, with its number, year and place: 第二届进博会, 中欧班列“蓉欧号”."""
    text, begin, end = passage.text, head.start, head.end
    edge = _numbered(text, begin, found)
    if edge == begin:
        words = passage.words(max(begin - 4, 0), begin) if begin and text[begin - 1] not in BREAKS else []
        if words and words[-1].tag in ("ns", "nrt", "nrfg") and text[end - 1] == "会":
            edge = words[-1].start
    if text[end : end + 1] == "“" and (close := text.find("”", end, end + 12)) > 0:
        end = close + 1
    return NameHit("program", edge, end, "program.known", text[edge:end])


def _is_generic(text: str, inner: str, head: Head, region: RegionHit | None) -> bool:
    """Whether so little stands before the head that it is a kind (主体工程) rather than a name."""
    if len(inner) < 2 or rule("program.not.generic").match(inner):
        return True
    if head.strength == "strong":
        named = len(inner) - (region.end - region.start if region else 0)
        return named < 2 if region and named else len(inner) < 3 or (len(inner) == 3 and text.count(inner) < 2)
    return head.strength == "event" and len(inner) < 3 and region is None


def _is_proper(passage: Passage, begin: int, inner: str, region: RegionHit | None) -> bool:
    """Whether nouns name one project rather than a kind: a place leads them, or a proper noun."""
    if region is not None:
        return len(inner) - (region.end - region.start) >= 2 and region.form != "elliptic"
    if len(inner) < 5:
        return False
    if rule("program.proper").match(inner):
        return True
    return any(word.tag in ("nz", "ns", "nt") for word in passage.words(begin, begin + len(inner))[:2])


def _is_verb(passage: Passage, at: int, inner: str, region: RegionHit | None) -> bool:
    """Whether 计划 or 行动 is the verb of its clause: 计划|新建, 某省|计划|建设, 某村|行动|将."""
    alone = region is not None and region.end - region.start == len(inner)
    if alone and passage.text[at - 2 : at] == "计划":
        return True
    following = passage.words(at, min(at + 4, len(passage)))
    if not following:
        return False
    word = following[0]
    return (word.tag[0] == "v" and word.tag != "vn") or (word.text in ("将", "把", "在", "于", "到") and alone)


def _near(found: Sequence[Hit], begin: int, end: int) -> list[RegionHit]:
    return [hit for hit in found if isinstance(hit, RegionHit) and begin <= hit.start and hit.end <= end]


def _numbered(text: str, begin: int, found: Sequence[Hit]) -> int:
    """The left edge with the number or year of a fair, and the place before that: 全省|第三届|茶博会."""
    edge = begin
    while (match := _NUMBER.search(text, max(edge - 7, 0), edge)) is not None:
        edge = match.start()
    place = next((hit for hit in found if isinstance(hit, RegionHit) and hit.end == edge), None)
    if place is None:
        return edge
    named = place.form not in ("org", "elliptic") or text[place.start : edge] in _COUNTRY or text[edge] in "第首"
    return place.start if named or edge < begin else edge


def left_edge(passage: Passage, found: Sequence[Hit], head: Head, limit: int) -> int:
    """Where the name begins: behind the last verb that governs it, an organization, a number."""
    text = passage.text
    in_stages = text[head.start : head.end] in ("工程", "项目")  # 东线一期|工程
    limit = max(head.start - _LONGEST_NAME, limit)
    for hit in found:
        if hit.kind in _STOPPERS and hit.end <= head.start - (hit.kind == "organization"):
            limit = limit if in_stages and _STAGE.match(text, hit.start, hit.end) else max(limit, hit.end)
    begin = head.start
    while begin > limit and (
        text[begin - 1] not in BREAKS or (head.strength == "event" and _is_joint(text, begin - 1))
    ):
        begin -= 1
    edge = begin
    for word in passage.words(begin, head.start) if begin < head.start else []:
        if not (in_stages and _STAGE.match(word.text)) and _parts(word):
            edge = word.end
    for hit in found:
        if isinstance(hit, RegionHit) and hit.form in ("elliptic", "org") and hit.start == edge < hit.end <= head.start:
            edge = hit.end if text[hit.start : hit.end] != "中国" else edge
    return edge


def _parts(word: Word) -> bool:
    """Whether no name runs over the word: a verb that governs names, a preposition, an adverb."""
    single = word.tag in ("ad", "f") and len(word.text) == 1
    return word.tag[0] in _NO_NAME_TAGS or single or verb_in(word.text) == 0


def _is_joint(text: str, at: int) -> bool:
    """Whether a mark joins the parts of one name: 中国—东盟."""
    return text[at] in "—·" and at > 0 and text[at - 1] not in BREAKS and text[at + 1 : at + 2] not in BREAKS
