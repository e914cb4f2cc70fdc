"""The pages of one issue of a paper → its reports, joined where a jump note leads from page to page.

A note （下转第四版） and its answer （上接第一版） are brought together by page number, headline and whether a
sentence was left open. Where more than one report could be meant, nothing is joined and the edition says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from baodao.records import Article, FactTable, Page
from baodao.records.article import Jump
from baodao.records.source import Record
from baodao.stages import Pipeline, analyze, analyze_file

__all__ = ["Edition", "Part", "Report", "Unjoined", "analyze_issue"]

Given = str | os.PathLike[str] | Page

_ALIKE = 0.5  # share of common character pairs from which two headlines are one
_ENDS = ("", *"。！？…”’」』）)!?")  # what a sentence ends with
_MIDDLE = tuple("，、；：,;:")  # signs that no sentence begins with


class Part(Record):
    """A report, or a piece of one, on a page of the edition."""

    page: int  # index in Edition.pages
    article: int  # index in Page.articles


class Report(Record):
    """One report of the edition: its parts in reading order; most have a single one."""

    title: str
    parts: tuple[Part, ...]
    text: str  # of all parts; a sentence cut by the page is whole again
    reason: str = ""  # why the parts were joined


class Unjoined(Record):
    """A jump note that leads nowhere for certain: `pages[part.page].text[start:end]`."""

    part: Part
    start: int
    end: int
    text: str
    reason: str

    def __str__(self) -> str:
        return f"{self.text} [{self.part.page}: {self.start}:{self.end}] {self.reason}"


class Edition(Record):
    """One issue of a paper: its pages as `analyze` gave them, its reports over all pages, what stayed unjoined."""

    pages: tuple[Page, ...]
    reports: tuple[Report, ...]
    unjoined: tuple[Unjoined, ...] = ()

    @property
    def facts(self) -> FactTable:
        """The facts of all pages, page by page; positions are those of their page."""
        return FactTable(fact for page in self.pages for fact in page.facts)

    def facts_of(self, report: Report) -> FactTable:
        """The facts of one report, part by part."""
        return FactTable(fact for part in report.parts for fact in self.pages[part.page].articles[part.article].facts)

    def __str__(self) -> str:
        lines = [
            f"{report.title or '–'} [{' → '.join(str(part.page) for part in report.parts)}]" for report in self.reports
        ]
        return "\n".join([*lines, *map(str, self.unjoined)])


def analyze_issue(
    pages: Iterable[Given] | Mapping[str, Given],
    *,
    issue_date: str | None = None,
    paper: str = "",
    pipeline: Pipeline | None = None,
    force: bool = False,
) -> Edition:
    """Read the pages of one issue and join its reports over them.

    Args:
        pages: texts (their place becomes `doc`), `Path`s of files, or pages already read; or a mapping from the
            number of each page (`"4"`, `"A2"`) to it, for pages that do not print theirs.
        issue_date, paper, pipeline, force: as in `analyze`; a date or name that one page prints counts for all.

    Returns:
        The edition. Every part keeps its page; notes that could mean more than one report are left unjoined.

    Raises:
        BaodaoError: as `analyze` and `analyze_file`.
    """
    given = list(pages.values() if isinstance(pages, Mapping) else pages)

    docs = list(pages) if isinstance(pages, Mapping) else [str(place) for place in range(1, len(given) + 1)]

    def read(item: Given, doc: str, date: str | None, name: str) -> Page:
        if isinstance(item, Page):
            return item
        if isinstance(item, str):
            return analyze(item, doc=doc, issue_date=date, paper=name, pipeline=pipeline, force=force)
        return analyze_file(item, issue_date=date, paper=name, pipeline=pipeline, force=force)

    made = [read(item, doc, issue_date, paper) for item, doc in zip(given, docs, strict=True)]
    date = issue_date or _only(page.source.issue_date for page in made)
    name = paper or _only(page.source.paper for page in made)
    made = [
        page
        if (page.source.issue_date or not date) and (page.source.paper or not name)
        else read(item, doc, date, name)
        for item, doc, page in zip(given, docs, made, strict=True)
    ]
    return _join(tuple(made), docs if isinstance(pages, Mapping) else _numbers(made))


def _only(values: Iterable[str]) -> str:
    """The one value that is there; "" if there are several."""
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 else ""


class _Note(NamedTuple):
    part: Part
    jump: Jump
    article: Article
    page: str  # number of the page it stands on


def _join(pages: tuple[Page, ...], numbers: Sequence[str]) -> Edition:
    notes = [
        _Note(Part(page=p, article=a), jump, article, numbers[p])
        for p, page in enumerate(pages)
        for a, article in enumerate(page.articles)
        for jump in article.jumps
    ]
    leaving = [note for note in notes if note.jump.direction == "to"]
    arriving = [note for note in notes if note.jump.direction == "from"]
    follows: dict[Part, tuple[Part, str]] = {}
    unjoined: list[Unjoined] = []
    taken: set[Part] = set()
    for pair in sorted({(note.page, note.jump.page) for note in leaving} | {(n.jump.page, n.page) for n in arriving}):
        out = [note for note in leaving if (note.page, note.jump.page) == pair]
        back = [note for note in arriving if (note.jump.page, note.page) == pair]
        sure = set()
        for first, second, reason in _match(out, back):
            if (
                first.part not in follows
                and second.part not in taken
                and first.part not in _chain(second.part, follows)
            ):
                follows[first.part] = (second.part, reason)
                taken.add(second.part)
                sure |= {id(first), id(second)}
        unjoined += [_left(note, out, back, numbers) for note in (*out, *back) if id(note) not in sure]
    return Edition(pages=pages, reports=tuple(_reports(pages, follows, taken)), unjoined=tuple(unjoined))


def _numbers(pages: Sequence[Page]) -> list[str]:
    """The printed numbers; where none contradicts it, a page without one has the number of its place."""
    printed = [page.source.page for page in pages]
    if all(number in ("", str(place)) for place, number in enumerate(printed, 1)):
        return [str(place) for place in range(1, len(pages) + 1)]
    return printed


def _match(leaving: Sequence[_Note], arriving: Sequence[_Note]) -> list[tuple[_Note, _Note, str]]:
    """Notes between one pair of pages that belong together: by headline, by an open sentence, the last ones left."""
    pairs: list[tuple[_Note, _Note, str]] = []
    out, back = list(leaving), list(arriving)

    def settle(fits: Callable[[_Note, _Note], bool], reason: str) -> None:
        """Join what fits each other and nothing else."""
        for first in list(out):
            fitting = [second for second in back if fits(first, second)]
            if len(fitting) == 1 and sum(fits(other, fitting[0]) for other in out) == 1:
                pairs.append((first, fitting[0], reason))
                out.remove(first)
                back.remove(fitting[0])

    settle(lambda first, second: _alike(first, second) >= _ALIKE and _may_follow(first, second), "page and headline")
    settle(lambda first, second: not _strange(first, second) and _goes_on(first, second), "page and open sentence")
    if len(out) == len(back) == 1:
        settle(lambda first, second: not _strange(first, second) and _may_follow(first, second), "page, no other left")
    return pairs


def _alike(first: _Note, second: _Note) -> float:
    """How much the headlines by which two notes go have in common, 0 to 1."""
    return max((_common(a, b) for a in _named(first) for b in _named(second)), default=0.0)


def _strange(first: _Note, second: _Note) -> bool:
    """Whether both have headlines, and these have little in common."""
    return bool(_named(first) and _named(second)) and _alike(first, second) < _ALIKE


def _named(note: _Note) -> list[str]:
    """The headlines a note goes by: its own words, its report's title."""
    return [words for words in map(_letters, (note.jump.headline, note.article.title)) if words]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _common(a: str, b: str) -> float:
    if a in b or b in a:
        return 1.0
    one, two = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b))
    return 2 * len(one & two) / (len(one) + len(two)) if one and two else 0.0


def _goes_on(first: _Note, second: _Note) -> bool:
    """Whether the first text breaks off within a sentence and the second begins within one, by a sign."""
    return _is_open(first) and _body(second)[:1] in _MIDDLE


def _may_follow(first: _Note, second: _Note) -> bool:
    """Whether the second text may be the rest of the first: one that begins with a comma needs one that breaks off."""
    return _is_open(first) or _body(second)[:1] not in _MIDDLE


def _is_open(note: _Note) -> bool:
    return _body(note)[-1:] not in _ENDS


def _body(note: _Note) -> str:
    """The text of a piece without the notes printed in it."""
    return _without_notes(note.article)


def _without_notes(article: Article) -> str:
    text = article.text.strip()
    for jump in article.jumps:
        printed = "".join(jump.text.split())
        text = text.removesuffix(printed).removeprefix(printed).strip()
    return text


def _left(note: _Note, out: Sequence[_Note], back: Sequence[_Note], numbers: Sequence[str]) -> Unjoined:
    """Why a note leads nowhere."""
    others = back if note.jump.direction == "to" else out
    if note.jump.page not in numbers:
        reason = f"page {note.jump.page} is not among the pages"
    elif not others:
        reason = f"no note on page {note.jump.page} answers it"
    else:
        reason = f"{len(others)} notes on page {note.jump.page} might answer it; none does for certain"
    jump = note.jump
    return Unjoined(part=note.part, start=jump.start, end=jump.end, text=jump.text, reason=reason)


def _reports(pages: Sequence[Page], follows: Mapping[Part, tuple[Part, str]], taken: set[Part]) -> Iterator[Report]:
    """Every report once, where it begins."""
    for p, page in enumerate(pages):
        for a in range(len(page.articles)):
            part = Part(page=p, article=a)
            if part in taken:
                continue
            parts = _chain(part, follows)
            pieces = [pages[one.page].articles[one.article] for one in parts]
            reason = "; ".join(follows[one][1] for one in parts[:-1])
            yield Report(title=pieces[0].title, parts=tuple(parts), text=_joined(pieces), reason=reason)


def _chain(part: Part, follows: Mapping[Part, tuple[Part, str]]) -> list[Part]:
    """A part and all that follows it."""
    parts = [part]
    while parts[-1] in follows:
        parts.append(follows[parts[-1]][0])
    return parts


def _joined(pieces: Sequence[Article]) -> str:
    """The texts of the pieces; between two a line break, but within a sentence."""
    text = _without_notes(pieces[0]) if len(pieces) > 1 else pieces[0].text
    for piece in pieces[1:]:
        text += ("" if text[-1:] not in _ENDS else "\n") + _without_notes(piece)
    return text
