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

__all__ = ["find_regions"]

_LINK = re.compile(r"(?:省内|市内|境内|的|[、/]|[和与及或]|以及)?$")
_LIST = re.compile(r"[、和与及/,]|以及")
_CITIZENS = re.compile(r"市民(?![政主族营间警法兵宗委办])")
_HEADS = ("医院", "机场", "人", "市民")  # words that may follow a place in one dictionary word
_NAMED = frozenset({"n", "ns", "nr", "nrt", "nrfg", "nz", "nt", "a", "b", "j", "m", "q", "k", "s", "i", "l", "eng"})
_QUOTED = re.compile(r"[“「『《]([^“”「」『』《》\n]{1,24})[”」』》]")
_TOWN_END = re.compile(r"街道|地区|社区|[镇乡街村]|林场|农场|苏木")
_UNLISTED = re.compile(r"[^的了在与和及各等某个多农新老本该此乡城贫山全一二三四五六七八九十两几\d\W]{2,4}(?:镇|乡|村)")
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
    for finder in (lambda: _names(passage), lambda: _letters(text), lambda: _towns(text, hits), lambda: _words(passage)):
        for hit in list(finder()):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _names(passage: Passage) -> Iterator[RegionHit]:
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
            if not is_full and (_cut_by_words(passage, start, end) or not _speaks_for(passage, word, end, codes, chained)):
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
    if word.endswith("地区") and year and word[:-2] in names.names:
        if min(names.off(code, word, year) for code in names.names[word]) > 3:
            return word[:-2], end - 2
    return word, end


@cache
def _codes_of(word: str) -> tuple[str, ...]:
    """Codes of a name: larger regions first, those in force before those gone."""
    names = gazetteer()
    order = {"province": 0, "city": 1, "county": 2}
    return tuple(
        sorted(names.names[word], key=lambda c: (order[level_of(c)], names.off(c, word, 2020), c))
    )


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
    return _LINK.match(text[last.end : start]) is not None or _LIST.fullmatch(text[last.end : start]) is not None


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
    """A word reaches over a border of `[start, end)`: 成长|沙龙. 北京医院 does not count, it begins with the place."""
    try:
        words = passage.words(max(0, start - 6), min(len(passage.text), end + 6))
    except ValueError:
        return False
    for word in words:
        if word.start < start < word.end:
            return True
        if word.start == start and word.end > end:
            return not passage.text[end : word.end].endswith(_HEADS)
        if word.start < end < word.end:
            return True
    return False


def _letters(text: str) -> Iterator[RegionHit]:
    """One-character names, only side by side and counted: 鄂湘赣三省."""
    table, pattern = _letter_table()
    for match in pattern.finditer(text):
        for at in range(*match.span("run")):
            yield RegionHit("region", at, at + 1, "region.letter", candidates=(table[text[at]],), form="short")


@cache
def _letter_table() -> tuple[dict[str, str], re.Pattern[str]]:
    table = {row["letter"]: row["adcode"] for row in read_csv("region_letters.csv")}
    return table, re.compile(f"(?P<run>[{''.join(table)}]{{2,6}}){_COUNTED}")


def _towns(text: str, hits: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """Names of towns and villages of the counties that the passage names, the longest at each place; in
    the cities it names, those that are the only one of their name."""
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
        else:
            yield from _unlisted(text, end, hits)


def _unlisted(text: str, end: int, hits: Sequence[RegionHit]) -> Iterator[RegionHit]:
    """A town or village that the gazetteer lacks, right behind its county: it goes by the county's code."""
    for hit in hits:
        name = text[hit.end : end]
        if hit.form == "explicit" and 3 <= len(name) <= 5 and _UNLISTED.fullmatch(name):
            if level_of(hit.candidates[0]) == "county":
                yield RegionHit("region", hit.end, end, "region.unlisted", candidates=hit.candidates)


def _counties(hits: Sequence[RegionHit]) -> list[str]:
    """Counties named, and cities without counties (东莞)."""
    codes = dict.fromkeys(c for hit in hits for c in hit.candidates if not c.endswith("0000"))
    return [c for c in codes if level_of(c) == "county" or gazetteer().inside(c).by_name]


def _words(passage: Passage) -> Iterator[RegionHit]:
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
    try:
        words = passage.words(max(0, start - 8), start)
    except ValueError:
        return True
    return not words or words[-1].tag not in _NAMED


@cache
def _word_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule.id, rule.pattern) for rule in read_rules("regions.toml") if "word" in rule.id)
