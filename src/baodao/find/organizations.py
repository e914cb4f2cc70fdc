"""Organizations: government and mass bodies, state organs, companies, schools, hospitals, media, associations.

In: a passage and the region hits found in it. Out: `NameHit`s of kind organization. A body begins with its place
(湖北省|妇联) or with a level word that stands for one (省|妇联, form elliptic); an institution reaches left over the
nouns that name it; organs of the state are a list. 妇联组织, 各级妇联 name no body in particular (form generic).
Heads are `data/lexicon/org_heads.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import ahocorasick_rs

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.resources import read_csv
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["find_organizations"]

_LONGEST = 18  # characters to the left of a head
_LEVELS = frozenset("省市区县州旗镇乡村")
_STOPS = frozenset(",。;:!?、()《》·\n的了在由向对从与和及把被将给为是有等到")
_GENERIC_LEFT = (
    "各级",
    "各地",
    "基层",
    "县级",
    "镇级",
    "村级",
    "乡镇",
    "社区",
    "街道",
    "各",
    "多家",
    "全省",
    "全市",
    "全区",
    "全县",
    "当地",
    "家",
    "所",
    "个",
    "名",
)
_GENERIC_RIGHT = ("组织", "系统", "干部", "执委", "工作", "改革", "部门")
_NOT_AFTER = ("生", "长", "里", "内", "人员", "费", "证", "化", "路", "街", "式", "型", "用品", "房")


@cache
def _heads() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, str]]]:
    rows = [(row["head"], row["kind"]) for row in read_csv("lexicon/org_heads.csv")]
    automaton = ahocorasick_rs.AhoCorasick(
        [head for head, _ in rows], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
    )
    return automaton, rows


def find_organizations(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the organizations of `passage`, left to right.

    Args:
        passage: the text.
        found: hits of earlier finders; places nest inside organizations.
    """
    text = passage.text
    automaton, rows = _heads()
    places = [h for h in found if isinstance(h, RegionHit)]
    last = 0
    for index, start, end in automaton.find_matches_as_indexes(text):
        kind = rows[index][1]
        if start < last or text.startswith(_NOT_AFTER, end):
            continue
        if kind == "state":
            hit: NameHit | None = NameHit("organization", start, end, "org.state", text[start:end])
        else:
            hit = _body(passage, places, start, end, kind)
        if hit is not None and hit.start >= last:
            yield hit
            last = hit.end


def _body(passage: Passage, places: Sequence[RegionHit], start: int, end: int, kind: str) -> NameHit | None:
    """The organization whose head is `[start, end)`, from its left edge on."""
    text = passage.text
    begin = _left_edge(passage, places, start)
    inside = [p for p in places if begin <= p.start and p.end <= start + 1]
    head_has_level = text[start] in _LEVELS and kind == "body"
    generic = text.startswith(_GENERIC_RIGHT, end) or text.endswith(_GENERIC_LEFT, max(begin - 3, 0), start)
    if begin == start and not inside and not head_has_level:
        if kind == "institution" or not generic:
            return (
                None
                if kind == "institution"
                else NameHit("organization", start, end, "org.bare", text[start:end], form="generic")
            )
        return NameHit("organization", start, end, "org.generic", text[start:end], form="generic")
    if generic and not inside:
        return NameHit("organization", begin, end, "org.generic", text[begin:end], form="generic")
    if kind == "institution" and not inside and len(text[begin:start]) < 2:
        return None
    form = (
        "elliptic"
        if (inside and all(p.form == "elliptic" for p in inside)) or (not inside and head_has_level)
        else "named"
    )
    return NameHit("organization", begin, end, f"org.{kind}", text[begin:end], form=form)


def _left_edge(passage: Passage, places: Sequence[RegionHit], start: int) -> int:
    """Where the name begins: at the first of the places in a chain, else at the first noun."""
    text = passage.text
    limit = max(start - _LONGEST, 0)
    stop = start
    while stop > limit and text[stop - 1] not in _STOPS:
        stop -= 1
    chain = [p for p in places if stop <= p.start and p.end <= start + 1]
    if chain:
        first = chain[-1]
        for place in reversed(chain[:-1]):
            if place.end == first.start:
                first = place
        between = passage.words(chain[-1].end, start) if chain[-1].end < start else []
        if all(_names(word) for word in between):
            return first.start
    begin = start
    for word in reversed(passage.words(stop, start) if stop < start else []):
        if not _names(word):
            break
        begin = word.start
    return begin


def _names(word: Word) -> bool:
    """Whether a word may stand inside a name."""
    tag = word.tag
    if word.text in '“”"':
        return True
    return (
        tag.startswith(("n", "j", "b", "vn", "an", "s", "eng", "l", "i", "x")) and (tag != "x" or word.text.isalnum())
    ) or (tag in ("zg", "g", "k", "f", "v", "a") and len(word.text) <= 2 and tag not in ("f",))
