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
_QUOTED = re.compile(r"[“「『《]([^“”「」『』《》\n]{1,24})[”」』》]")
_TOWN_END = re.compile(r"街道|地区|社区|[镇乡街村]|林场|农场|苏木")
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
    for finder in (lambda: _names(passage), lambda: _letters(text), lambda: _towns(text, hits), lambda: _words(text)):
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
    for word, start, end in names.matches(text):
        codes = _codes_of(word)
        is_full = word in names.full and len(word) > 2
        chained = last if last is not None and start - last.end <= 3 and _joined(text, last, start) else None
        inner = [c for c in codes if chained and _lies_in(c, chained)]
        if word in _common() and not inner and not (chained and _siblings(codes, chained)):
            continue
        if not is_full:
            if _vetoed(text, end) or _in_brand(quotes, text, start, end):
                continue
            if not inner and _cut_by_words(passage, start, end):
                continue
            if not inner and not _speaks_for(text, word, end, codes, last, chained):
                continue
        elif _in_brand(quotes, text, start, end) and not inner:
            continue
        hit = RegionHit("region", start, end, "region.name", candidates=tuple(inner or codes))
        hit.form = "explicit" if is_full else "short"
        if _body().match(text, end):
            hit.form = "org"
        yield hit
        last = hit


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


def _speaks_for(
    text: str, word: str, end: int, codes: Sequence[str], last: RegionHit | None, chained: RegionHit | None
) -> bool:
    """Whether a short name that follows no region it lies in is one all the same."""
    if level_of(codes[0]) in ("province", "city"):
        return True
    if chained is not None and _siblings(codes, chained):
        return True
    if len(word) > 2 or _body().match(text, end):
        return True
    return any(text.find(word + tail) >= 0 for tail in ("县", "市", "区", "旗"))


def _cut_by_words(passage: Passage, start: int, end: int) -> bool:
    """A word reaches over a border of `[start, end)`: 成长|沙龙."""
    try:
        words = passage.words(max(0, start - 6), min(len(passage.text), end + 6))
    except ValueError:
        return False
    for word in words:
        if word.start < start < word.end or word.start < end < word.end:
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
    """Names of towns and villages of the counties that the passage names, the longest at each place."""
    ends = [m.end() for m in _TOWN_END.finditer(text)]
    inner = [gazetteer().inside(county).by_name for county in _counties(hits)] if ends else []
    for end in ends:
        for start in range(max(0, end - _TOWN_LENGTH), end - 1):
            name = text[start:end]
            if codes := [code for names in inner for code in names.get(name, ())]:
                yield RegionHit("region", start, end, "region.town", candidates=tuple(codes))
                break


def _counties(hits: Sequence[RegionHit]) -> list[str]:
    """Counties named, and cities without counties (东莞)."""
    codes = dict.fromkeys(c for hit in hits for c in hit.candidates if not c.endswith("0000"))
    return [c for c in codes if level_of(c) == "county" or gazetteer().inside(c).by_name]


def _words(text: str) -> Iterator[RegionHit]:
    """全市, 我省, 当地, the 省 of 省妇联."""
    for name, pattern in _word_rules():
        for match in pattern.finditer(text):
            start, end = match.span("here")
            if name != "region.word.head" or _body().match(text, end):
                yield RegionHit("region", start, end, name, form="elliptic")


@cache
def _word_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule.id, rule.pattern) for rule in read_rules("regions.toml") if "word" in rule.id)
