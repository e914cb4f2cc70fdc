"""Names that one passage of an article makes plain and another only repeats: 华坪 in the headline, 华坪村 in the text.

In: the passages of one article with their hits, before linking. Out: the same with further hits: persons
named with an office elsewhere, and short forms of villages and counties whose full name the article prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from baodao.records.light import Hit, NameHit, RegionHit
from baodao.text.passage import Passage

__all__ = ["repeat_names"]

Found = Sequence[tuple[Passage, list[Hit]]]

_TAILS = ("村", "镇", "乡", "县", "社区", "街道")
_BEHIND = frozenset(",。;:!?、()“”的在人是和与也又:\n 将已从全各")  # what may stand behind a village's short name
_BEFORE = frozenset(",。;:!?、()“”的在到去了\n 向从赴进来绎对为是起")


def repeat_names(article: Found) -> list[tuple[Passage, list[Hit]]]:
    """The passages with the repeated names among their hits.

    >>> head, body = Passage.whole("罗小芳:山里的先生"), Passage.whole("教师罗小芳")
    >>> known = NameHit("person", 2, 5, "person.title", "罗小芳", title="教师")
    >>> [[hit.start for hit in hits] for _, hits in repeat_names([(head, []), (body, [known])])]
    [[0], [2]]
    """
    persons: dict[str, NameHit] = {}
    places: dict[str, RegionHit] = {}
    for passage, hits in article:
        for hit in hits:
            if isinstance(hit, NameHit) and hit.kind == "person" and hit.rule != "person.surname":
                persons.setdefault(hit.name, hit)
            elif isinstance(hit, RegionHit) and hit.rule in ("region.town", "region.unlisted"):
                name = passage.text[hit.start : hit.end]
                for tail in _TAILS:
                    if name.endswith(tail) and len(name) - len(tail) >= 2:
                        places.setdefault(name.removesuffix(tail), hit)
    if not persons and not places:
        return list(article)
    return [(passage, _with_more(passage, hits, persons, places)) for passage, hits in article]


def _with_more(
    passage: Passage, hits: list[Hit], persons: dict[str, NameHit], places: dict[str, RegionHit]
) -> list[Hit]:
    text = passage.text
    new: list[Hit] = []
    free = bytearray(len(text) + 1)
    for hit in hits:
        if isinstance(hit, NameHit | RegionHit) and hit.kind in ("person", "region"):
            free[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    for name, person in persons.items():
        for at in _places_of(text, name):
            if not any(free[at : at + len(name)]):
                free[at : at + len(name)] = b"\1" * len(name)
                new.append(NameHit("person", at, at + len(name), "person.again", name, title=person.title))
    for name, place in places.items():
        for at in _places_of(text, name):
            end = at + len(name)
            whole = (at == 0 or text[at - 1] in _BEFORE) and (end == len(text) or text[end] in _BEHIND)
            if whole and not any(free[at:end]):
                free[at:end] = b"\1" * len(name)
                new.append(RegionHit("region", at, end, "region.again", candidates=place.candidates, form="short"))
    if not new:
        return hits
    return sorted([*hits, *new], key=lambda hit: (hit.start, -hit.end))


def _places_of(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))
