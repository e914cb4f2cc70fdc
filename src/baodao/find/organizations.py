"""Organizations: government and mass bodies, state organs, companies, schools, hospitals, media, associations.

In: a passage and the region hits found in it. Out: `NameHit`s of kind organization. A body begins with its place
(湖北省|妇联) or with a level word that stands for one (省|妇联, form elliptic); an institution reaches left over the
nouns that name it; organs of the state are a list. 妇联组织, 各级妇联 name no body in particular.
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
_LONGEST_GAP = 6  # characters between the heads of one name
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
_INNER = frozenset("党组 党委 党支部 工会 团委 纪委 机关".split())  # organs inside a body, no names of their own
_PROPER = frozenset(("nr", "ns", "nt", "nz", "nrt", "eng", "nrfg"))
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
    last: NameHit | None = None
    for index, start, end in automaton.find_matches_as_indexes(text):
        if text.startswith(_NOT_AFTER, end):
            continue
        if last is not None and start < last.end:
            continue
        if last is not None and rows[index][0] not in _INNER and _goes_on(passage, last.end, start):
            last.end, last.name = end, text[last.start : end]
            continue
        if last is not None and start == last.end:
            continue  # an organ inside the body before it: 某妇联|党组
        listed = last is not None and start - last.end == 1 and text[last.end] in "、和与"
        hit = _read(passage, places, start, end, rows[index][1], listed)
        if hit is not None and (last is None or hit.start >= last.end):
            if last is not None:
                yield last
            last = hit
    if last is not None:
        yield last


def _read(
    passage: Passage, places: Sequence[RegionHit], start: int, end: int, kind: str, listed: bool
) -> NameHit | None:
    """The organization whose head is `[start, end)`, from its left edge on; None where it is a common noun.

    Args:
        listed: whether it goes on a list of organizations (市人才办、科技局).
    """
    text = passage.text
    if kind == "state":
        return NameHit("organization", start, end, "org.state", text[start:end])
    begin, proper = _left_edge(passage, places, start)
    inside = [p for p in places if begin <= p.start and p.end <= start + 1]
    level = text[start] in _LEVELS and kind == "body"
    generic = text.startswith(_GENERIC_RIGHT, end) or text.endswith(_GENERIC_LEFT, max(begin - 3, 0), start)
    if kind == "body" and not inside and not level:
        if listed:
            return NameHit("organization", start, end, "org.listed", text[start:end], form="elliptic")
        if start == 0 or text[start - 1] not in _LEVELS:
            return None  # 妇联组织, 政府: no body in particular
        begin, level = start - 1, True
    if kind == "institution" and not inside and not proper:
        return None
    if kind == "strong" and not inside and start - begin < 2:
        return None
    if generic and not inside:
        return None
    form = "elliptic" if (all(p.form == "elliptic" for p in inside) if inside else level) else "named"
    return NameHit("organization", begin, end, f"org.{kind}", text[begin:end], form=form)


def _goes_on(passage: Passage, end: int, start: int) -> bool:
    """Whether a name that ended goes on to the next head: 市政府|妇儿工委, 某大学|附属第一|医院."""
    if start == end:
        return True
    gap = passage.text[end:start]
    if len(gap) > _LONGEST_GAP or any(char in _STOPS for char in gap):
        return False
    return all(_names(word) and word.tag[0] != "v" for word in passage.words(end, start))


def _left_edge(passage: Passage, places: Sequence[RegionHit], start: int) -> tuple[int, bool]:
    """Where the name begins, and whether a proper noun, a quotation or a place names it.

    It begins at the first of the places in a chain, else at the first noun; not at a verb, which governs it.
    """
    text = passage.text
    stop, limit = start, max(start - _LONGEST, 0)
    while stop > limit and text[stop - 1] not in _STOPS:
        stop -= 1
    chain = [p for p in places if stop <= p.start and p.end <= start + 1]
    if chain:
        first = chain[-1]
        for place in reversed(chain[:-1]):
            if place.end == first.start:
                first = place
        between = passage.words(chain[-1].end, start) if chain[-1].end < start else []
        if between and between[0].tag == "v":  # 某市|设立|服务站: the verb parts place and thing
            stop = between[0].end
        elif all(_names(word) for word in between):
            return first.start, True
    words: list[Word] = []
    for word in reversed(passage.words(stop, start) if stop < start else []):
        if not _names(word):
            break
        words.insert(0, word)
    while words and words[0].tag[0] in "vbfam":
        words.pop(0)
    proper = any(word.tag in _PROPER or word.text in "“”" for word in words)
    return (words[0].start if words else start), proper


def _names(word: Word) -> bool:
    """Whether a word may stand inside a name."""
    tag = word.tag
    if word.text in '“”"':
        return True
    return (
        tag.startswith(("n", "j", "b", "vn", "an", "s", "eng", "l", "i", "x")) and (tag != "x" or word.text.isalnum())
    ) or (tag in ("zg", "g", "k", "f", "v", "a") and len(word.text) <= 2 and tag not in ("f",))
