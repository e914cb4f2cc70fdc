"""Regions of a passage: full and short names, chains, towns in context, and words that stand for one (全市).

In: a passage. Out: `RegionHit`s in reading order, one a level, with the codes still possible in
`candidates`; `link.regions` chooses. A short name is taken only where nothing speaks against it: a road,
school or brand behind it, a word across its border; the bare name of a county also needs something that
speaks for it: the region it lies in before it, a list, a body behind it, its full name elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from baodao.records.light import Hit, RegionHit
from baodao.resources import read_csv, read_rows, read_rules, read_words
from baodao.text.gazetteer import Inner, gazetteer, level_of, path_codes
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["find_regions"]

_LINK = re.compile(r"(?:省内|市内|境内|的|[、/]|[和与及或]|以及)?$")
_LIST = re.compile(r"[、和与及/,]|以及")
_CITIZENS = re.compile(r"市民(?![政主族营间警法兵宗委办])")
_HEADS = ("医院", "机场", "人", "市民", "市", "地区")  # words that may follow a place in one dictionary word
_NAMED = frozenset(("n", "ns", "nr", "nrt", "nrfg", "nz", "nt", "a", "b", "j", "m", "q", "k", "s", "i", "l", "eng"))
_QUOTED = re.compile(r"[“「『《]([^“”「」『』《》\n]{1,24})[”」』》]")
# each begins with its own character, so that the text is searched for those alone
_TOWN_END = re.compile(
    "村(?<![农乡全本各该]村)|社区|镇(?<![乡城全本该]镇)|街道?|乡(?<![城下老全本该]乡)|地区|林场|农场|苏木"
)
_UNLISTED = re.compile(
    r"[^的了在与和及各等某个多农新老本该此乡城贫山全一二三四五六七八九十两几\d\W]{2,4}?(?:镇|乡|村)(?![民级委])"
)
_TOWN_LENGTH = 12
_WORDS_BEFORE = re.compile("[的在到是和与从了对向往至由给把]")  # the 在 of 在名流社区
_BREAK = re.compile(r"[^一-鿿]")  # no name of a town or village goes over one
_WHOLE = re.compile("全[省市州县区]")  # behind a name that is an ordinary word too: 安康|全市
_COUNTED = re.compile("[两二三四五六七八九十][省市地区]")  # 鄂湘赣|三省
_LETTERS = 6  # of them side by side, at most


def find_regions(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """The regions of a passage, in order; they never overlap.

    >>> passage = Passage("山东省济南市历下区妇联", [[(0, 11)]])
    >>> [(passage.text[h.start : h.end], h.candidates[0]) for h in find_regions(passage)]
    [('山东省', '370000'), ('济南市', '370100'), ('历下区', '370102')]

    Args:
        passage: what is read.
        found: earlier hits; not consulted, regions nest inside whatever holds them.

    Returns:
        `RegionHit`s without code, their candidates best first.
    """
    hits = list(_names(passage))
    for find in (_letters, _towns, _unlisted, _words):
        more = list(find(passage, hits))
        if more:
            hits = _merged(hits, more)
    return hits


def _merged(hits: list[RegionHit], more: Sequence[RegionHit]) -> list[RegionHit]:
    """All of `hits` and those of `more` that overlap none of them nor one before, by place."""
    starts = [hit.start for hit in hits]
    out = hits.copy()
    for hit in more:
        k = bisect_left(starts, hit.end)
        if k == 0 or out[k - 1].end <= hit.start:
            starts.insert(k, hit.start)
            out.insert(k, hit)
    return out


def _names(passage: Passage) -> Iterator[RegionHit]:
    """Names of the gazetteer that stand the tests, left to right."""
    text = passage.text
    names = gazetteer()
    body, after = _body(), _after()
    quotes: list[tuple[int, int]] | None = None
    last: RegionHit | None = None
    provinces: set[str] = set()  # named so far, by themselves or by a place in them
    year = int(passage.issue_date[:4]) if passage.issue_date[:4].isdigit() else 0
    for word, start, end in names.matches(text):
        if word[-1] in "市区":
            word, end = _trimmed(text, word, end, year)
        codes, is_full, is_common, is_large = _about(word)
        chained = last if last is not None and start - last.end <= 3 and _joined(text, last, start) else None
        if is_common and chained is None and not _WHOLE.match(text, end):
            continue
        inner = codes
        if chained is not None:
            above = chained.candidates
            inner = tuple(c for c in codes if not _above(c).isdisjoint(above))
        if not is_full:
            if chained is None or not inner:
                beside = chained is not None and start > chained.end and _siblings(codes, chained)
                if is_common and not (beside or (is_large and _WHOLE.match(text, end))):
                    continue
                if not (is_large or beside or len(word) > 2 or _speaks_for(text, word, end)):
                    codes = tuple(code for code in codes if code[:2] in provinces)
                    if not codes or not _is_place_word(passage, start, end):
                        continue
                if _cut_by_words(passage, start, end) and not _leads(text, end, codes):
                    continue
            if after.match(text, end) and not _leads(text, end, codes):
                continue
            if quotes is None:
                quotes = (
                    [m.span(1) for m in _QUOTED.finditer(text)] if "”" in text or "》" in text or "」" in text else []
                )
            if quotes and _in_brand(quotes, text, start, end):
                continue
        elif is_common and chained is not None and not inner and not _siblings(codes, chained):
            continue
        form = "org" if body.match(text, end) else "explicit" if is_full else "short"
        provinces.add(codes[0][:2])
        last = RegionHit("region", start, end, "region.name", None, "", inner or codes, form)
        yield last


@cache
def _above(code: str) -> frozenset[str]:
    return frozenset(path_codes(code)[:-1])


def _trimmed(text: str, word: str, end: int, year: int) -> tuple[str, int]:
    """Without an ending that belongs to what follows: 青州|市民, 陇南|地区 long after it became a city."""
    names = gazetteer()
    if word.endswith("市") and _CITIZENS.match(text, end - 1) and word[:-1] in names.names:
        return word[:-1], end - 1
    if not (word.endswith("地区") and year and word[:-2] in names.names):
        return word, end
    gone = min(names.off(code, word, year) for code in names.names[word])
    return (word[:-2], end - 2) if gone > 3 else (word, end)


class _About(NamedTuple):
    """What is known of a name wherever it stands."""

    codes: tuple[str, ...]  # larger regions first, those in force before those gone
    is_full: bool
    is_common: bool  # an ordinary word too
    is_large: bool  # may be a province or city


@cache
def _about(word: str) -> _About:
    names = gazetteer()
    order = {"province": 0, "city": 1, "county": 2}
    codes = tuple(sorted(names.names[word], key=lambda c: (order[level_of(c)], names.off(c, word, 2020), c)))
    is_full = word in names.full and len(word) > 2
    return _About(codes, is_full, word in _common(), level_of(codes[0]) in ("province", "city"))


@cache
def _common() -> frozenset[str]:
    return frozenset(read_words("lexicon/region_common_words.txt"))


@cache
def _body() -> re.Pattern[str]:
    return next(rule.pattern for rule in read_rules("regions.toml") if rule.id == "region.body")


@cache
def _named_body() -> re.Pattern[str]:
    return next(rule.pattern for rule in read_rules("regions.toml") if rule.id == "region.body.named")


@cache
def _after() -> re.Pattern[str]:
    """What, right behind a short name, makes it part of another name."""
    return re.compile("|".join(r.source for r in read_rules("regions.toml") if r.id.startswith("region.after")))


def _leads(text: str, end: int, codes: Sequence[str]) -> bool:
    """Whether a region that lies in the one just read follows it: 唐山|路南, 天津|河东."""
    names = gazetteer().names
    return any(
        code in _above(inner) for size in (4, 3, 2) for inner in names.get(text[end : end + size], ()) for code in codes
    )


def _in_brand(quotes: Sequence[tuple[int, int]], text: str, start: int, end: int) -> bool:
    """Inside a short quotation that is a name, not speech."""
    return any(a <= start and end <= b and not re.search("[,。;]", text[a:b]) for a, b in quotes)


def _joined(text: str, last: RegionHit, start: int) -> bool:
    between = text[last.end : start]
    return _LINK.match(between) is not None or _LIST.fullmatch(between) is not None


def _siblings(codes: Sequence[str], hit: RegionHit) -> bool:
    """One of `codes` lies in the same province as a candidate of `hit`, and neither is a province."""
    near = {c[:2] for c in hit.candidates if not c.endswith("0000")}
    return any(c[:2] in near and not c.endswith("0000") for c in codes)


def _speaks_for(text: str, word: str, end: int) -> bool:
    """Whether the bare name of a county is one: a body stands behind it, or it is written out elsewhere."""
    if _named_body().match(text, end):
        return True
    at = text.find(word)
    while at >= 0:
        at += len(word)
        if at < len(text) and text[at] in "县市区旗":
            return True
        at = text.find(word, at)
    return False


def _is_place_word(passage: Passage, start: int, end: int) -> bool:
    """Whether the dictionary has `[start, end)` as a place, and a word begins and ends there."""
    return any(
        (word.start, word.end, word.tag) == (start, end, "ns") for word in _local_words(passage, start - 6, end + 6)
    )


def _cut_by_words(passage: Passage, start: int, end: int) -> bool:
    """A word reaches over a border of `[start, end)`: 成长|沙龙, not 北京医院: it begins with the place."""
    left, right = _borders()
    text = passage.text
    before, after = text[start - 1 : start], text[end : end + 1]
    bound = (before and before in left.get(text[start], "")) or (after and after in right.get(text[end - 1], ""))
    if not bound and before not in _surnames():
        return False
    for word in _local_words(passage, start - 6, end + 6):
        if word.start < start < word.end:
            return True
        if word.start == start and word.end > end:
            return not passage.text[end : word.end].endswith(_HEADS)
        if word.start < end < word.end:
            return end - start == 2
    return False


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/surnames.txt"))


@cache
def _borders() -> tuple[dict[str, str], dict[str, str]]:
    """The characters that a dictionary word may bind to a name: before its first, behind its last."""
    sides: dict[str, dict[str, str]] = {"left": {}, "right": {}}
    for side, character, others in read_rows("region_borders.csv"):
        sides[side][character] = others
    return sides["left"], sides["right"]


def _letters(passage: Passage, _: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """One-character names, only side by side and counted: 鄂湘赣三省."""
    text = passage.text
    table = _letter_table()
    for match in _COUNTED.finditer(text):
        start = end = match.start()
        while start > max(end - _LETTERS, 0) and text[start - 1] in table:
            start -= 1
        for at in range(start, end) if end - start > 1 else ():
            yield RegionHit("region", at, at + 1, "region.letter", None, "", (table[text[at]],), "short")


@cache
def _letter_table() -> dict[str, str]:
    return {row["letter"]: row["adcode"] for row in read_csv("region_letters.csv")}


def _towns(passage: Passage, hits: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """Names of towns and villages of the counties that the passage names, the longest at each place; in
    the cities it names, those that are the only one of their name."""
    if not hits:
        return
    text = passage.text
    ends = [m.end() for m in _TOWN_END.finditer(text)]
    if not ends:
        return
    inner = [gazetteer().inside(county) for county in _counties(hits)]
    cities = dict.fromkeys(c[:4] for hit in hits for c in hit.candidates[:1] if level_of(c) == "city")
    outer = [gazetteer().inside(city) for city in cities]
    before = [hit.end for hit in hits]
    seen: dict[str, tuple[int, tuple[str, ...]]] = {}  # by the characters before the end
    for end in ends:
        key = _BREAK.split(text[max(0, end - _TOWN_LENGTH) : end])[-1]
        if key not in seen:
            seen[key] = _town_at(key, inner, outer)
        length, codes = seen[key]
        if not codes:
            near = before[bisect_left(before, end) - 1]
            if 1 < end - near <= _TOWN_LENGTH:  # 惠州|东湖社区, 某县|李村, 某市|王镇
                places, name = (outer if end - near > 2 else inner), text[near:end]
                length, codes = end - near, _only_village(name, places)
                if not codes and len(name) == 3:
                    codes = tuple(code for place in outer for code in place.towns.get(name, ()))
            if not codes and len(name := _WORDS_BEFORE.split(key)[-1]) > 3:
                length, codes = len(name), _only_village(name, outer)
        if codes:
            yield RegionHit("region", end - length, end, "region.town", None, "", codes)


def _only_village(name: str, places: Sequence[Inner]) -> tuple[str, ...]:
    codes = tuple(code for place in places for code in place.villages_named(name))
    return codes if len(codes) == 1 else ()


def _town_at(text: str, inner: Sequence[Inner], outer: Sequence[Inner]) -> tuple[int, tuple[str, ...]]:
    """The length of the longest name of a town or village that ends `text`, and its codes."""
    end = len(text)
    two, three = text[-2:], text[-3:]
    likely = [place for place in inner if place.ends_town(two) or place.ends_village(three)]
    found = [place.ending_at(text, end) for place in likely]
    start = min((begin for begin, _ in found), default=end)
    if start < end:
        return end - start, tuple(code for begin, some in found if begin == start for code in some)
    outer = [place for place in outer if place.ends_town(two)]
    for start in range(end - 3) if outer else ():
        codes = tuple(code for place in outer for code in place.towns.get(text[start:], ()))
        if codes:
            return (end - start, codes) if len(codes) == 1 else (0, ())
    if text.endswith("街"):
        for place in inner:
            start, codes = place.ending_at(text + "道", end + 1)
            if codes:
                return end - start, codes
    return 0, ()


def _unlisted(passage: Passage, hits: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """Towns and villages that the gazetteer lacks, right behind their county, and wherever they are named
    again; they go by the county's code."""
    text = passage.text
    named: dict[str, tuple[str, ...]] = {}
    starts = {hit.start for hit in hits}
    for hit in hits:
        if hit.rule == "region.name" and hit.end not in starts and level_of(hit.candidates[0]) == "county":
            found = _UNLISTED.match(text, hit.end)
            if found and not any(w.tag[0] in "vpcdu" for w in _local_words(passage, *found.span())):
                named[found[0]] = hit.candidates
    for name, codes in named.items():
        for match in re.finditer(name, text):
            yield RegionHit("region", *match.span(), "region.unlisted", candidates=codes)


def _local_words(passage: Passage, start: int, end: int) -> Sequence[Word]:
    """The words around a place; none if the passage cannot cut."""
    try:
        return passage.words(max(0, start), min(len(passage.text), end))
    except ValueError:
        return ()


def _counties(hits: Sequence[RegionHit]) -> list[str]:
    """Counties named, and cities without counties (东莞)."""
    codes = dict.fromkeys(c for hit in hits for c in hit.candidates if not c.endswith("0000"))
    return [c for c in codes if level_of(c) == "county" or gazetteer().inside(c)]


def _words(passage: Passage, _: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """全市, 我省, 当地, the 省 of 省妇联."""
    ids, pattern = _word_rules()
    for match in pattern.finditer(passage.text):
        group = match.lastgroup or ""
        start, end = match.span(group)
        if ids[group] != "region.word.head" or _begins(passage, start):
            yield RegionHit("region", start, end, ids[group], None, "", (), "elliptic")


def _begins(passage: Passage, start: int) -> bool:
    """Nothing before `start` is a name or noun that 市 would end: 圣路易斯|市警察局."""
    if start == 0 or not "一" <= passage.text[start - 1] <= "龥" or passage.text[start - 1] in "团委府":
        return True
    words = _local_words(passage, start - 8, start)
    return not words or words[-1].tag not in _NAMED


@cache
def _word_rules() -> tuple[dict[str, str], re.Pattern[str]]:
    """The rules for words as one pattern, so that the text is read once; by group their ids."""
    ids, patterns = {}, []
    for k, rule in enumerate(r for r in read_rules("regions.toml") if "word" in r.id):
        ids[f"here{k}"] = rule.id
        pattern = rule.source.replace("(?P<here>", f"(?P<here{k}>")
        patterns.append(f"{pattern}(?={_body().pattern})" if rule.id == "region.word.head" else pattern)
    starts = "".join(re.findall(r"^\(\?=\[(.*?)\]", "\n".join(patterns), re.MULTILINE))
    return ids, re.compile(f"(?=[{starts}])(?:{'|'.join(patterns)})")
