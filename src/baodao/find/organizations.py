"""Organizations: government and mass bodies, state organs, companies, schools, hospitals, media, associations.

In: a passage and the region hits found in it. Out: `NameHit`s of kind organization. A body begins with its place
(湖北省|妇联) or with a level word that stands for one (省|妇联, form elliptic); an institution reaches left over the
nouns that name it; organs of the state are a list; what a bracket abbreviates (以下简称…) is one from there on.
妇联组织, 各级妇联 name no body in particular. Heads are `data/lexicon/org_heads.csv`, words around them
`data/lexicon/org_context.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import attrgetter

import ahocorasick_rs

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.resources import read_csv
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["find_organizations"]

_LONGEST = 18  # characters to the left of a head
_LONGEST_GAP = 8  # characters between the heads of one name
_LEVELS = frozenset("省市区县州旗镇乡村")
_STOPS = frozenset(",。;:!?、()《》·\n的了")
_INNER = frozenset("党组 党委 党支部 工会 团委 纪委 机关".split())  # organs inside a body, no names of their own
_PROPER = frozenset(("nr", "ns", "nt", "nz", "nrt", "eng", "nrfg"))
_ARRIVALS = frozenset("进到入出成向往至了")  # 住进 走向: verbs whatever the dictionary says
_JOINING = ("和", "会同", "携手", "暨", "等")  # between two names, never inside one
_START = attrgetter("start")
_SHORT = re.compile(r"\((?:以下|下)?简称:?[“\"]?([^“”\"()。,;]{2,12})[”\"]?\)")


def find_organizations(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """The organizations of `passage`, left to right.

    >>> text = "青禾县妇女发展基金会(以下简称“青基会”)成立,青基会募款"
    >>> [text[h.start : h.end] for h in find_organizations(Passage.whole(text))]
    ['青禾县妇女发展基金会', '青基会', '青基会']

    Args:
        passage: the text.
        found: hits of earlier finders; places nest inside organizations.
    """
    hits = list(_by_heads(passage, found))
    if "简称" in passage.text:
        hits = sorted([*hits, *_abbreviated(passage.text, hits)], key=lambda hit: hit.start)
    return _without_lead(passage, found, hits)


def _by_heads(passage: Passage, found: Sequence[Hit]) -> Iterator[NameHit]:
    text = passage.text
    automaton, rows = _heads()
    places = [h for h in found if isinstance(h, RegionHit)]
    last: NameHit | None = None
    for index, start, end in automaton.find_matches_as_indexes(text):
        head, kind = rows[index]
        if kind == "none" or text.startswith(_words("not_after"), end) or text.startswith("部门", end - 1):
            continue
        if last is not None and start < last.end:
            continue
        if last is not None and head not in _INNER and _goes_on(passage, last.end, start):
            last.end, last.name = end, text[last.start : end]
            continue
        if last is not None and start == last.end:
            continue  # an organ inside the body before it: 某妇联|党组
        listed = last is not None and start - last.end == 1 and text[last.end] in "、和与"
        hit = _read(passage, places, start, end, kind, listed)
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
    if text[end : end + 1] == "”" and kind in ("institution", "strong"):
        mark = text.rfind("“", max(start - _LONGEST, 0), start)
        if mark >= 0:  # “某某服务中心”: the name with its marks
            return NameHit("organization", mark, end + 1, f"org.{kind}", text[mark : end + 1])
    begin, proper = _left_edge(passage, places, start, end, kind)
    inside = _between(places, begin, start)
    level = text[start] in _LEVELS and kind == "body"
    before = max(begin - 3, 0)
    generic = text.startswith(_words("generic_right"), end) or text.endswith(_words("generic_left"), before, begin)
    if kind in ("body", "organ") and not inside and not level:
        if listed:
            return NameHit("organization", start, end, "org.listed", text[start:end], form="elliptic")
        if start == 0 or text[start - 1] not in _LEVELS:
            if kind == "organ" and not generic:
                return NameHit("organization", start, end, "org.organ", text[start:end], form="elliptic")
            return None  # 妇联组织, 政府: no body in particular
        if text.endswith(_words("generic_left"), max(start - 4, 0), start - 1):
            return None
        begin, level = start - 1, True
    if kind == "institution" and not inside and not proper:
        return None
    if kind == "strong" and not inside and not proper and start - begin < 2:
        return None
    if generic and not inside:
        return None
    if inside and begin == inside[0].start and text.startswith("全", begin):
        return None  # 全市医院
    form = "elliptic" if (all(p.form == "elliptic" for p in inside) if inside else level) else "named"
    return NameHit("organization", begin, end, f"org.{kind}", text[begin:end], form=form)


def _between(places: Sequence[RegionHit], begin: int, head: int) -> list[RegionHit]:
    """The places from `begin` on that end before a head, or with its first character (市|政府 in 青禾市|政府)."""
    found = []
    for k in range(bisect_left(places, begin, key=_START), len(places)):
        if places[k].end > head + 1:
            break
        found.append(places[k])
    return found


def _goes_on(passage: Passage, end: int, start: int) -> bool:
    """Whether a name that ended goes on to the next head: 市政府|妇儿工委, 某大学|附属第一|医院."""
    if start == end:
        return True
    gap = passage.text[end:start]
    if len(gap) > _LONGEST_GAP or any(char in _STOPS for char in gap):
        return False
    if gap.startswith("联合") or any(word in gap for word in _JOINING):
        return False
    return all(_names(word) or (word.tag == "f" and len(word.text) == 1) for word in passage.words(end, start))


def _left_edge(passage: Passage, places: Sequence[RegionHit], start: int, end: int, kind: str) -> tuple[int, bool]:
    """Where the name begins, and whether a proper noun, a quotation or a place names it.

    It begins at the first of the places in a chain, else at the first noun; not at a verb, which governs it.
    """
    text = passage.text
    stop, limit = start, max(start - _LONGEST, 0)
    while stop > limit and text[stop - 1] not in _STOPS:
        stop -= 1
    chain = _between(places, stop, start)
    if chain:
        first = chain[-1]
        for place in reversed(chain[:-1]):
            if place.end == first.start:
                first = place
        between = [w for w in passage.words(chain[-1].end, end) if w.start < start] if chain[-1].end < start else []
        planned = (after for word, after in pairwise(between) if word.text == "计划" and after.tag[0] == "v")
        parting = next((word for word in reversed(between) if _parts(word)), next(planned, None))
        if parting is not None:  # 某市|设立|服务站, 某市|计划|建设|服务站: the verb parts place and thing
            stop = parting.end
        elif all(_names(word) for word in between):
            return first.start, True
    if kind == "body":
        return start, False
    words: list[Word] = []
    for word in reversed(passage.words(stop, end) if stop < start else []):
        if word.start >= start:
            continue
        if not _names(word):
            break
        words.insert(0, word)
    while words and (words[0].tag[0] in "vbfamd" and words[0].text not in _words("nominal")):
        words.pop(0)
    proper = any(word.tag in _PROPER or word.text in "“”" or (word.tag == "j" and len(words) == 1) for word in words)
    return (words[0].start if words else start), proper


def _parts(word: Word) -> bool:
    """Whether a word is a verb that parts what stands before it from the name behind."""
    if word.text in _words("nominal"):
        return False
    return word.tag in ("v", "vd", "vi") or (len(word.text) == 2 and word.text[1] in _ARRIVALS and word.tag[0] in "nv")


def _names(word: Word) -> bool:
    """Whether a word may stand inside a name."""
    tag = word.tag
    if word.text in '“”"':
        return True
    if _parts(word):
        return False
    return (
        (tag.startswith(("n", "j", "b", "vn", "an", "s", "eng", "l", "i", "x")) and (tag != "x" or word.text.isalnum()))
        or (tag in ("zg", "g", "k", "v", "a") and len(word.text) <= 2)
        or (tag == "m" and word.text[0] == "第")
    )


def _abbreviated(text: str, hits: Sequence[NameHit]) -> Iterator[NameHit]:
    """The short names that brackets give, there and wherever they stand afterwards."""
    ends = {hit.end: hit for hit in hits}
    taken = [(hit.start, hit.end) for hit in hits]
    for match in _SHORT.finditer(text):
        full = ends.get(match.start())
        if full is None:
            continue
        short, at = match[1], match.start(1)
        while at >= 0:
            end = at + len(short)
            if not any(a < end and at < b for a, b in taken):
                yield NameHit("organization", at, end, "org.short", full.name, form=full.form)
            at = text.find(short, end)


def _without_lead(passage: Passage, found: Sequence[Hit], hits: Sequence[NameHit]) -> list[NameHit]:
    """Names that stood before with their place begin where they began there: not 住进金银潭医院."""
    text = passage.text
    bodies: set[str] = set()
    if len(hits) < 2:
        return list(hits)
    ends = {h.end for h in found if isinstance(h, RegionHit)}
    for hit in hits:
        if hit.rule in ("org.institution", "org.strong"):
            cut = next((at for at in range(hit.end - 4, hit.start, -1) if at in ends), None)
            if cut is not None:
                bodies.add(text[cut : hit.end])
    if bodies:
        for hit in hits:
            body = max((b for b in bodies if hit.name.endswith(b) and len(b) < len(hit.name)), key=len, default="")
            if body and hit.end - len(body) not in ends:
                hit.start, hit.name = hit.end - len(body), body
    return list(hits)


@cache
def _heads() -> tuple[ahocorasick_rs.AhoCorasick, list[tuple[str, str]]]:
    rows = [(row["head"], row["kind"]) for row in read_csv("lexicon/org_heads.csv")]
    automaton = ahocorasick_rs.AhoCorasick(
        [head for head, _ in rows],
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )
    return automaton, rows


@cache
def _words(kind: str) -> tuple[str, ...]:
    return next(tuple(row["words"].split()) for row in read_csv("lexicon/org_context.csv") if row["class"] == kind)
