"""Persons: an office and a name (主席黄某), a name and its office, quoted speakers, bylines, names from abroad.

In: a passage. Out: `NameHit`s of kind person with the printed office as `title`. A name needs something that
announces it: an office beside it, what it says or does at the head of a clause, or a place of a clause where
only a name fits. Names are judged by their surname (`data/lexicon/surnames.txt`), by what stands beside them
and, where that leaves a doubt, by the words around; there is no dictionary of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import ahocorasick_rs

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.resources import read_csv, read_words
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["find_persons"]

_HAN = re.compile(r"[一-鿿]{1,4}")
_FAR = 10  # characters that the segmenter sees of a doubtful name
_LISTED = "、/"
_NEVER_LAST = frozenset("等也在的了将是")  # no given name ends in one


def find_persons(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """The persons of `passage`, left to right.

    >>> passage = Passage.whole("县妇联主席罗小芳说,志愿者陈某表示")
    >>> [(passage.text[h.start : h.end], h.title) for h in find_persons(passage)]
    [('罗小芳', '主席'), ('陈某', '志愿者')]

    Args:
        passage: what is read.
        found: earlier hits; where a place begins no name begins that nothing announces.
    """
    return _Reader(passage, found).hits()


class _Reader:
    """The names of one passage."""

    def __init__(self, passage: Passage, found: Sequence[Hit]) -> None:
        self.places = {hit.start for hit in found if isinstance(hit, RegionHit)}
        self.passage = passage
        self.text = passage.text
        self.found: dict[int, NameHit] = {}  # by start
        self.taken = bytearray(len(passage.text))  # 1 where a name stands
        self.known: dict[str, str] = {}  # name → office

    def hits(self) -> list[NameHit]:
        self._foreign()
        self._by_office()
        for start, end, rule in self._speakers():
            self._take(start, end, "", rule)
        self._again()
        return [self.found[start] for start in sorted(self.found)]

    def _take(self, start: int, end: int, title: str, rule: str) -> None:
        if self.taken.find(1, start, end) < 0:
            self.taken[start:end] = b"\1" * (end - start)
            name = self.text[start:end]
            title = title or self.known.get(name, "")
            self.found[start] = NameHit("person", start, end, rule, name, title=title)
            if title or name not in self.known:
                self.known[name] = title

    def _by_office(self) -> None:
        """Names beside an office: behind it, a list of them, else before it."""
        text = self.text
        automaton, titles = _titles()
        firsts, openers = _firsts(), _openers()
        done = 0
        for index, start, end in automaton.find_matches_as_indexes(text):
            at, first = end, True
            while at < len(text):
                at += text[at] in " ::"
                if text[at : at + 1] not in openers:
                    break
                size = self._size(at, listed=not first)
                if not size or at < done:
                    break
                if at in self.found:  # a name with a dot
                    self.found[at].title = self.known[self.found[at].name] = titles[index]
                self._take(at, at + size, titles[index], "person.title")
                done = at = at + size
                first = False
                if not (text[at : at + 1] in _LISTED or (text[at : at + 1] == " " and self.passage.role == "byline")):
                    break
                at += 1
            if first and start >= 2 and not firsts.isdisjoint(text[max(start - 4, 0) : start - 1]):
                size = self._size_before(start)
                if size and start - size >= done:
                    self._take(start - size, start, titles[index], "person.before")

    def _size(self, at: int, *, listed: bool = False) -> int:
        """The length of the name that begins at `at`; 0 where none does."""
        text = self.text
        if at in self.found:
            return self.found[at].end - at
        family = _family(text, at) if text[at : at + 1] in _firsts() else 0
        if not family and text[at : at + 1] not in _sound_set():
            return 0
        if not family or (text[at : at + 1] in _sound_set() and text[at + 3 : at + 4] in _sound_set()):
            size = self._foreign_size(at)
            if size > 3 or not family:
                return size
        if any(text[at : at + size] in _not_names() for size in (1, 2, 3)):
            return 0
        run = _HAN.match(text, at)
        length = run.end() - at if run else 0
        sure = family == 2 or text[at] in _common_surnames()
        for given in (2, 1):
            end = at + family + given
            if family + given > length:
                continue
            closed = end >= len(text) or not "一" <= text[end] <= "鿿" or text[end] in _after()
            if not closed or text[end - 1 : end + 1] in _verbs() or text[end - 1] in _NEVER_LAST:
                continue
            if sure or self._is_word(at, end):
                return family + given
        if not listed and (sure or length > family):
            return self._cut(at, family)
        return 0

    def _cut(self, at: int, family: int) -> int:
        """The length of a doubtful name by the words around it."""
        words = self._words(at, at + _FAR)
        if not words or words[0].start != at:
            return 0
        size = words[0].end - at
        if family < size <= family + 2 and words[0].tag in ("nr", "nrt", "nrfg"):
            return size
        if size == family and len(words) > 1 and len(words[1].text) <= 2 and words[1].tag[0] not in "vpcudmr":
            return family + len(words[1].text)
        return 0

    def _is_word(self, start: int, end: int) -> bool:
        """Whether the words around agree with a name `[start, end)`: it is one, or falls apart."""
        words = [w for w in self._words(start, end + 4) if w.start < end]
        if not words or words[-1].end != end:
            return False
        return words[0].tag in ("nr", "nrt", "nrfg") or all(
            len(w.text) == 1 and w.tag[0] not in "pcudrf" for w in words
        )

    def _size_before(self, end: int) -> int:
        """The length of the name that an office follows: 罗小芳主席."""
        text = self.text
        for size in (3, 2, 4):
            start = end - size
            if (
                start < 0
                or text[start] not in _firsts()
                or not (family := _family(text, start))
                or size - family > 2
                or size - family < 1
            ):
                continue
            if text[start : start + 2] in _not_names() or text[start:end] in _not_names():
                continue
            before = text[start - 1 : start]
            if "一" <= before <= "鿿" and before not in _before_name():
                continue
            words = self._words(start, end + 4)
            if words and words[0].tag == "nr" and words[0].end == end:
                return size
        return 0

    def _speakers(self) -> Iterator[tuple[int, int, str]]:
        """Names at the head of a clause: with a verb of speech behind, or as the words say."""
        text = self.text
        for match in _speaker().finditer(text):
            start, end = match.span("name")
            name = match["name"]
            if not 0 < len(name) - _family(text, start) <= 2 or (len(name) == 4 and name[:2] not in _surnames()):
                continue
            if name[:2] in _not_names() or name in _not_names() or name[1:] in _title_set() or start in self.places:
                continue
            if match["said"] and self._is_word(start, end):
                yield start, end, "person.speaker"
            elif name[-1] not in _common_ends() and name[0] in _common_surnames():
                word = next(iter(self._words(start, end + 4)), None)
                if word is not None and word.tag == "nr" and word.end == end and name not in _countries():
                    yield start, end, "person.surname"

    def _foreign_size(self, at: int) -> int:
        """The length of a transliterated name behind an office."""
        match = _sounds().match(self.text, at)
        if match is None:
            return 0
        end = match.end()
        words = self._words(at, end + 4)
        if not words or words[0].end > end or words[0].tag == "ns":
            return 0
        return end - at if end - at > 2 or words[0].tag in ("nr", "nrt") else 0

    def _foreign(self) -> None:
        """Names with a dot: 阿依古丽·买买提."""
        if "·" in self.text:
            for match in _dotted().finditer(self.text):
                start, end = match.span()
                dot = self.text.index("·", start)
                for at in range(dot - 1, start, -1):  # 总理|伊戈尔·某某: 理 is no sound of the name
                    if any(self.text[at - size : at] in _title_set() for size in (2, 3)):
                        start = at
                        break
                self._take(start, end, "", "person.dotted")

    def _again(self) -> None:
        """Every place where a name of the passage stands again."""
        text = self.text
        for name in sorted(self.known, key=len, reverse=True):
            at = text.find(name)
            while at >= 0:
                end = at + len(name)
                if self.taken.find(1, at, end) < 0:
                    self.taken[at:end] = b"\1" * len(name)
                    self.found[at] = NameHit("person", at, end, "person.again", name, title=self.known[name])
                at = text.find(name, end)

    def _words(self, start: int, end: int) -> Sequence[Word]:
        try:
            return self.passage.words(start, min(end, len(self.text)))
        except ValueError:
            return ()


def _family(text: str, at: int) -> int:
    """The length of the surname at `at`, 0 if none."""
    surnames = _surnames()
    return 2 if text[at : at + 2] in surnames else 1 if text[at : at + 1] in surnames else 0


@cache
def _titles() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    titles = read_words("lexicon/office_titles.txt")
    automaton = ahocorasick_rs.AhoCorasick(
        list(titles),
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.ContiguousNFA,
    )
    return automaton, titles


@cache
def _title_set() -> frozenset[str]:
    return frozenset(_titles()[1])


@cache
def _sound_set() -> frozenset[str]:
    return frozenset(_context()["sound"])


@cache
def _context() -> dict[str, str]:
    return {row["class"]: row["words"] for row in read_csv("lexicon/person_context.csv")}


@cache
def _not_names() -> frozenset[str]:
    return frozenset(read_words("lexicon/not_names.txt"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/surnames.txt"))


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/common_surnames.txt"))


@cache
def _after() -> frozenset[str]:
    return frozenset(_context()["after"])


@cache
def _before_name() -> frozenset[str]:
    return frozenset(_context()["before"])


@cache
def _verbs() -> frozenset[str]:
    return frozenset(word for word in _context()["verb"].split() if len(word) == 2)


@cache
def _common_ends() -> frozenset[str]:
    return frozenset(_context()["ending"])


@cache
def _speaker() -> re.Pattern[str]:
    """A name of two or three characters between the head of a clause and what its bearer says or does."""
    said = "|".join(sorted(_context()["said"].split(), key=len, reverse=True))
    # a character class comes first, so that the text is searched for surnames alone
    return re.compile(
        rf"(?P<name>[{''.join(sorted(_firsts()))}](?<![^。;:!?、“”()\n ,和与由被像叫员长师家士生].)[一-龥]{{1,3}}?)"
        rf"(?:(?P<said>{said})|(?=[。说是在被老已也还告介表先同带、,就和与从对把给当又才最自不每想一全: ]|$))"
    )


@cache
def _firsts() -> frozenset[str]:
    """The first characters of all surnames; 长孙 is left out, since 长 ends so many offices."""
    return frozenset(surname[0] for surname in _surnames()) - {"长"}


@cache
def _openers() -> frozenset[str]:
    """The characters that a name behind an office may begin with."""
    return _firsts() | _sound_set()


@cache
def _sounds() -> re.Pattern[str]:
    sounds = _context()["sound"]
    return re.compile(f"[{sounds}]{{2,8}}(?:·[{sounds}]{{1,8}}){{0,3}}(?=[^一-龥]|[{_context()['after']}]|$)")


@cache
def _dotted() -> re.Pattern[str]:
    sounds = _context()["sound"]
    return re.compile(f"[{sounds}]{{1,8}}(?:·[{sounds}]{{1,8}}(?=[^一-龥]|[{_context()['after']}]|$)){{1,3}}")


@cache
def _countries() -> frozenset[str]:
    return frozenset(_context()["country"].split())
