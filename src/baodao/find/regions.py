"""Regions of a passage: full and short names, chains, towns in context, and words that stand for one (全市).

In: a passage. Out: `RegionHit`s in reading order, one a level, with the codes still possible in
`candidates`; `link.regions` chooses. A short name is taken only where nothing speaks against it: a road,
school or brand behind it, a word across its border; the bare name of a county also needs something that
speaks for it: the region it lies in before it, a list, a body behind it, its full name elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from baodao.records.light import Hit, RegionHit
from baodao.resources import read_csv, read_rules, read_words
from baodao.text.gazetteer import gazetteer, level_of, path_codes
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["find_regions"]

_LINK = re.compile(r"(?:省内|市内|境内|的|[、/]|[和与及或]|以及)?$")
_LIST = re.compile(r"[、和与及/,]|以及")
_CITIZENS = re.compile(r"市民(?![政主族营间警法兵宗委办])")
_HEADS = ("医院", "机场", "人", "市民", "市", "地区")  # words that may follow a place in one dictionary word
_NAMED = frozenset(("n", "ns", "nr", "nrt", "nrfg", "nz", "nt", "a", "b", "j", "m", "q", "k", "s", "i", "l", "eng"))
_QUOTED = re.compile(r"[“「『《]([^“”「」『』《》\n]{1,24})[”」』》]")
_TOWN_END = re.compile(r"街道|地区|社区|[镇乡街村]|林场|农场|苏木")
_UNLISTED = re.compile(
    r"[^的了在与和及各等某个多农新老本该此乡城贫山全一二三四五六七八九十两几\d\W]{2,4}?(?:镇|乡|村)(?![民级委])"
)
_TOWN_LENGTH = 12
_COUNTED = "(?=[两二三四五六七八九十][省市地区])"  # 鄂湘赣|三省


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
    text = passage.text
    taken = bytearray(len(text))
    hits: list[RegionHit] = []
    for find in (_names, _letters, _towns, _unlisted, _words):
        for hit in list(find(passage, hits)):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _names(passage: Passage, _: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """Names of the gazetteer that stand the tests, left to right."""
    text = passage.text
    names = gazetteer()
    quotes = [m.span(1) for m in _QUOTED.finditer(text)]
    last: RegionHit | None = None
    year = int(passage.issue_date[:4]) if passage.issue_date[:4].isdigit() else 0
    for word, start, end in names.matches(text):
        word, end = _trimmed(text, word, end, year)
        codes = _codes_of(word)
        is_full = word in names.full and len(word) > 2
        chained = last if last is not None and start - last.end <= 3 and _joined(text, last, start) else None
        inner = [c for c in codes if chained and _lies_in(c, chained)]
        if not inner:
            if word in _common() and not (chained and _siblings(codes, chained)):
                continue
            if not is_full and not _speaks_for(passage, word, end, codes, chained):
                continue
            if not is_full and _cut_by_words(passage, start, end):
                continue
        if not is_full and (_vetoed(text, end) or _in_brand(quotes, text, start, end)):
            continue
        form = "org" if _body().match(text, end) else "explicit" if is_full else "short"
        last = RegionHit("region", start, end, "region.name", candidates=tuple(inner or codes), form=form)
        yield last


def _trimmed(text: str, word: str, end: int, year: int) -> tuple[str, int]:
    """Without an ending that belongs to what follows: 青州|市民, 陇南|地区 long after it became a city."""
    names = gazetteer()
    if word.endswith("市") and _CITIZENS.match(text, end - 1) and word[:-1] in names.names:
        return word[:-1], end - 1
    if not (word.endswith("地区") and year and word[:-2] in names.names):
        return word, end
    gone = min(names.off(code, word, year) for code in names.names[word])
    return (word[:-2], end - 2) if gone > 3 else (word, end)


@cache
def _codes_of(word: str) -> tuple[str, ...]:
    """Codes of a name: larger regions first, those in force before those gone."""
    names = gazetteer()
    order = {"province": 0, "city": 1, "county": 2}
    return tuple(sorted(names.names[word], key=lambda c: (order[level_of(c)], names.off(c, word, 2020), c)))


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
def _after() -> tuple[re.Pattern[str], ...]:
    return tuple(rule.pattern for rule in read_rules("regions.toml") if rule.id.startswith("region.after"))


def _vetoed(text: str, end: int) -> bool:
    return any(pattern.match(text, end) for pattern in _after())


def _in_brand(quotes: Sequence[tuple[int, int]], text: str, start: int, end: int) -> bool:
    """Inside a short quotation that is a name, not speech."""
    return any(a <= start and end <= b and not re.search("[,。;]", text[a:b]) for a, b in quotes)


def _joined(text: str, last: RegionHit, start: int) -> bool:
    between = text[last.end : start]
    return _LINK.match(between) is not None or _LIST.fullmatch(between) is not None


def _lies_in(code: str, hit: RegionHit) -> bool:
    return any(above in path_codes(code)[:-1] for above in hit.candidates)


def _siblings(codes: Sequence[str], hit: RegionHit) -> bool:
    """One of `codes` lies in the same province as a candidate of `hit`, and neither is a province."""
    near = {c[:2] for c in hit.candidates if not c.endswith("0000")}
    return any(c[:2] in near and not c.endswith("0000") for c in codes)


def _speaks_for(passage: Passage, word: str, end: int, codes: Sequence[str], chained: RegionHit | None) -> bool:
    """Whether a short name that follows no region it lies in is one all the same."""
    text = passage.text
    if level_of(codes[0]) in ("province", "city"):
        return True
    if chained is not None and _siblings(codes, chained):
        return True
    if len(word) > 2 or any(text.find(word + tail) >= 0 for tail in "县市区旗"):
        return True
    return _named_body().match(text, end) is not None


def _cut_by_words(passage: Passage, start: int, end: int) -> bool:
    """A word reaches over a border of `[start, end)`: 成长|沙龙, not 北京医院: it begins with the place."""
    left, right = _borders()
    text = passage.text
    before, after = text[start - 1 : start], text[end : end + 1]
    bound = before + text[start] in left or text[end - 1] + after in right
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
def _borders() -> tuple[frozenset[str], frozenset[str]]:
    """Pairs of characters that a dictionary word may bind: before a name's first, behind its last."""
    left: set[str] = set()
    right: set[str] = set()
    for row in read_csv("region_borders.csv"):
        if row["side"] == "left":
            left.update(other + row["character"] for other in row["others"])
        else:
            right.update(row["character"] + other for other in row["others"])
    return frozenset(left), frozenset(right)


def _letters(passage: Passage, _: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """One-character names, only side by side and counted: 鄂湘赣三省."""
    table, pattern = _letter_table()
    for match in pattern.finditer(passage.text):
        for at in range(*match.span("run")):
            code = table[passage.text[at]]
            yield RegionHit("region", at, at + 1, "region.letter", candidates=(code,), form="short")


@cache
def _letter_table() -> tuple[dict[str, str], re.Pattern[str]]:
    table = {row["letter"]: row["adcode"] for row in read_csv("region_letters.csv")}
    return table, re.compile(f"(?P<run>[{''.join(table)}]{{2,6}}){_COUNTED}")


def _towns(passage: Passage, hits: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """Names of towns and villages of the counties that the passage names, the longest at each place; in
    the cities it names, those that are the only one of their name."""
    text = passage.text
    ends = [m.end() for m in _TOWN_END.finditer(text)]
    if not ends or not hits:
        return
    inner = [gazetteer().inside(county).by_name for county in _counties(hits)]
    cities = dict.fromkeys(c[:4] for hit in hits for c in hit.candidates[:1] if level_of(c) == "city")
    outer = [gazetteer().inside(city).by_name for city in cities]
    for end in ends:
        for start in range(max(0, end - _TOWN_LENGTH), end - 1):
            name = text[start:end]
            codes = [code for names in inner for code in names.get(name, ())]
            if not codes and end - start > 3:
                codes = [code for names in outer for code in names.get(name, ())]
                codes = codes if len(codes) == 1 else []
            if not codes and name.endswith("街"):
                codes = [code for names in inner for code in names.get(name + "道", ())]
            if codes:
                yield RegionHit("region", start, end, "region.town", candidates=tuple(codes))
                break


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
    return [c for c in codes if level_of(c) == "county" or gazetteer().inside(c).by_name]


def _words(passage: Passage, _: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """全市, 我省, 当地, the 省 of 省妇联."""
    text = passage.text
    for name, pattern in _word_rules():
        for match in pattern.finditer(text):
            start, end = match.span("here")
            if name != "region.word.head" or (_body().match(text, end) and _begins(passage, start)):
                yield RegionHit("region", start, end, name, form="elliptic")


def _begins(passage: Passage, start: int) -> bool:
    """Nothing before `start` is a name or noun that 市 would end: 圣路易斯|市警察局."""
    if start == 0 or not "一" <= passage.text[start - 1] <= "龥" or passage.text[start - 1] in "团委府":
        return True
    words = _local_words(passage, start - 8, start)
    return not words or words[-1].tag not in _NAMED


@cache
def _word_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule.id, rule.pattern) for rule in read_rules("regions.toml") if "word" in rule.id)
