"""Persons: an office and a name (主席黄某), a name and its office, bylines.

In: a passage. Out: `NameHit`s of kind person with the printed office as `title`. Names are judged by their
surname (`data/lexicon/surnames.txt`) and by what stands beside them; there is no dictionary of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import ahocorasick_rs

from baodao.records.light import Hit, NameHit
from baodao.resources import read_words
from baodao.text.passage import Passage

__all__ = ["find_persons"]

_HAN = re.compile(r"[一-鿿]")
_AFTER = frozenset(",。;:!?、()“”说表示道称告的在和与等为是把将对从向介一出主带到接又就也都认指强讲宣参率率会前\n /")
_VERBS = frozenset(
    (
        "表示",
        "介绍",
        "告诉",
        "强调",
        "指出",
        "认为",
        "说道",
        "坦言",
        "回忆",
        "带领",
        "出席",
        "主持",
        "透露",
        "感慨",
        "参加",
    )
)
# what stands beside a person's name that no office announces, and what ends words that only look like names
_BEFORE = frozenset("。;:!?、“”() \n,.和与由被像叫是员长师家名授士人生手者")
_BEHIND = frozenset("。说是在被一全老已也还告介表先同带、,就和与从对把给当又才最自不每想 ")
_COMMON_ENDS = frozenset("会县区社率性感品书周市镇乡村站局部院校厂店线路号车队组网赛奖委办厅化型式类期度量值")
_COUNTRIES = frozenset("卢森堡 黎巴嫩 马耳他 莫桑比 汤加人".split())


@cache
def _not_names() -> frozenset[str]:
    return frozenset(read_words("lexicon/not_names.txt"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/surnames.txt"))


@cache
def _titles() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    titles = read_words("lexicon/office_titles.txt")
    return ahocorasick_rs.AhoCorasick(list(titles), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest), titles


def find_persons(passage: Passage, found: Sequence[Hit] = ()) -> Iterable[Hit]:
    """Yield the persons of `passage`, left to right.

    >>> passage = Passage.whole("县妇联主席罗小芳说,志愿者陈某表示")
    >>> [(passage.text[h.start : h.end], h.title) for h in find_persons(passage)]
    [('罗小芳', '主席'), ('陈某', '志愿者')]
    """
    text = passage.text
    automaton, titles = _titles()
    known: dict[str, str] = {}
    hits: list[NameHit] = []
    last = 0
    for index, _, end in automaton.find_matches_as_indexes(text):
        at = end
        while at is not None and at < len(text):
            skip = at + (text[at] in " ::")
            size = _name_size(text, skip)
            if not size or skip < last:
                break
            name = text[skip : skip + size]
            hits.append(NameHit("person", skip, skip + size, "person.title", name, title=titles[index]))
            known.setdefault(name, titles[index])
            last = skip + size
            more = (text[last : last + 1] in ("、", " ", "/") and passage.role == "byline") or text[
                last : last + 1
            ] in ("、", "/")
            at = last + 1 if more else len(text)
    spans = [(hit.start, hit.end) for hit in hits]
    for start, end in _unannounced(passage):
        if not any(a < end and start < b for a, b in spans):
            hits.append(NameHit("person", start, end, "person.surname", text[start:end]))
            known.setdefault(text[start:end], "")
    taken = {hit.start for hit in hits}
    for name, title in known.items():
        at = text.find(name)
        while at >= 0:
            if at not in taken:
                hits.append(NameHit("person", at, at + len(name), "person.again", name, title=title))
                taken.add(at)
            at = text.find(name, at + len(name))
    return sorted(hits, key=lambda hit: hit.start)


def _unannounced(passage: Passage) -> Iterable[tuple[int, int]]:
    """Names of three characters without an office: a common surname, a name's place in the clause."""
    text = passage.text
    if len(text) < 3:
        return
    for word in passage.words(0, len(text)):
        if word.tag != "nr" or len(word.text) != 3 or word.text[0] not in _common_surnames():
            continue
        before, after = text[word.start - 1 : word.start] or "\n", text[word.end : word.end + 1] or "。"
        if word.text[-1] not in _COMMON_ENDS and before in _BEFORE and after in _BEHIND and word.text not in _COUNTRIES:
            yield word.start, word.end


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/common_surnames.txt"))


def _name_size(text: str, at: int) -> int:
    """The length of the name that begins at `at`; 0 where none does."""
    surnames = _surnames()
    if at >= len(text) or any(text[at : at + size] in _not_names() for size in (1, 2, 3)):
        return 0
    family = 2 if text[at : at + 2] in surnames else 1 if text[at] in surnames else 0
    if not family:
        return 0
    for given in (2, 1):
        end = at + family + given
        name = text[at:end]
        if text[end - 1 : end + 1] in _VERBS:
            continue
        if (
            len(name) == family + given
            and all(_HAN.match(c) for c in name)
            and (end == len(text) or text[end] in _AFTER)
        ):
            return family + given
    return 0
