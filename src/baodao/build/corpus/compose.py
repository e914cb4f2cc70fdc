"""Newspaper pages of told stories, in several printed forms, and the truth with its offsets on the page.

In: stories, a seed. Out: `Sheet`s: the text of a page, its paper and date, a row for every fact and every report.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from baodao.build.corpus.draw import Calendar, Wanted, draw_place
from baodao.build.corpus.tell import Statement, Story, Telling
from baodao.build.corpus.words import lists, stories
from baodao.build.press import Press
from baodao.records.fact import plain_number

__all__ = ["Sheet", "compose"]

_HALF = str.maketrans("，：；（）", ",:;()")
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_FORMS = ("bulletin", "spaced", "spaced half", "indented", "indented wide", "wrapped", "wrapped half")
_NEVER_FIRST = "，。、；：！？”’）》%,;:)"


@dataclass
class Sheet:
    """One page under way.

    Args:
        paper, day: what is printed and when.
        form: how paragraphs are set, and whether marks are half or digits full width.
        chance: the only source of chance.
    """

    paper: str
    day: date
    form: str
    chance: random.Random
    text: str = ""
    facts: list[dict[str, Any]] = field(default_factory=list)
    reports: list[dict[str, Any]] = field(default_factory=list)

    @property
    def doc(self) -> str:
        """The stem of its file."""
        return f"{self.day.isoformat()}-{lists()['papers'][self.paper]}"

    def add(self, story: Story, telling: Telling) -> None:
        """Print a report at the end."""
        gap = "\n" if self.text else ""
        self.text += f"{gap}{self._printed(telling.title)}\n"
        opening = self._line("openings")
        byline = "" if opening else self._line("bylines")
        self.text += f"{byline}\n" if byline else ""
        entry = story.entry
        title = self._printed(telling.title)
        self.reports.append(
            {
                "doc": self.doc,
                "article": len(self.reports),
                "genre": entry["genre"],
                "event": entry["id"],
                "title": title,
            }
        )
        ending = self._line("endings")
        for index, paragraph in enumerate(telling.paragraphs):
            before = opening if index == 0 else ""
            after = ending if index == len(telling.paragraphs) - 1 else ""
            places = self._set(before + paragraph + after)
            for fact in telling.statements:
                if fact.paragraph == index:
                    start, end = places[len(before) + fact.start], places[len(before) + fact.end - 1] + 1
                    self.facts.append(self._row(fact, start, end))

    def close(self, section: str = "") -> None:
        """Print what stands around the reports; call it last, with a `section` for a page head and foot."""
        if not section:
            return
        head = f"第{self.chance.randint(2, 8)}版：{section}\n\n"
        self.text = f"{head}{self.text}\n{self._line('bottoms')}\n"
        for row in self.facts:
            row["start"] += len(head)
            row["end"] += len(head)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The facts in reading order, each with its words on the page."""
        for row in sorted(self.facts, key=lambda row: row["start"]):
            yield row | {"text": self.text[row["start"] : row["end"]]}

    def _line(self, kind: str) -> str:
        press = Press(self.chance)
        wording = self.chance.choice(lists()["page"][kind])
        return self._printed(wording.format(paper=self.paper, who=press.name(), other=press.name()))

    def _printed(self, text: str) -> str:
        text = text.translate(_HALF) if "half" in self.form else text
        return text.translate(_WIDE) if "wide" in self.form else text

    def _set(self, paragraph: str) -> list[int]:
        """Print a paragraph; where each of its characters came to stand on the page."""
        if "spaced" in self.form:
            self.text += "\n"
        if "indented" in self.form or "wrapped" in self.form:
            self.text += "　　"
        width, column = (22, 2) if "wrapped" in self.form else (len(paragraph) + 3, 0)
        places = []
        for char in self._printed(paragraph):
            if column >= width and char not in _NEVER_FIRST:
                self.text += "\n"
                column = 0
            places.append(len(self.text))
            self.text += char
            column += 1
        self.text += "\n"
        return places

    def _row(self, fact: Statement, start: int, end: int) -> dict[str, Any]:
        report = self.reports[-1]
        row: dict[str, Any] = {
            "doc": self.doc, "article": report["article"], "title": report["title"], "start": start, "end": end,
            "text": "", "kind": fact.kind, "value": plain_number(fact.value), "low": plain_number(fact.low),
            "high": plain_number(fact.high), "bound": fact.bound,
        }  # fmt: skip
        for slot, answer in fact.slots.items():
            row[slot] = self._answer(slot, answer)
        for slot, answers in fact.also.items():
            row[f"{slot}_also"] = [self._answer(slot, answer) for answer in answers]
        return row | ({"optional": True} if fact.optional else {})

    def _answer(self, slot: str, answer: str) -> str:
        """An answer as the page prints it; codes, times and the digits of units stay as they are."""
        if slot in ("region", "time"):
            return answer
        half = "half" in self.form
        return self._printed(answer) if slot != "unit" else answer.translate(_HALF) if half else answer


def compose(seed: int) -> list[Sheet]:
    """All pages of the corpus, by date and paper; the same seed, the same pages."""
    months: dict[int, list[dict[str, Any]]] = {}
    for entry in stories():
        months.setdefault(entry["month"], []).append(entry)
    taken_places: set[str] = set()
    sheets: dict[str, Sheet] = {}
    for month, entries in sorted(months.items()):
        chance = random.Random(f"{seed} {month}")
        chance.shuffle(entries)
        size = len(entries) // 2 if len(entries) < 6 else 3
        for group in [entries[:size], *([entry] for entry in entries[size:])]:
            _print_group(group, month, chance, taken_places, sheets)
    return [sheets[doc] for doc in sorted(sheets)]


def _print_group(
    entries: Sequence[Mapping[str, Any]], month: int, chance: random.Random, taken: set[str], sheets: dict[str, Sheet]
) -> None:
    """Print stories on one page; their other tellings each on a page of another paper, that day or the next."""
    day = date(lists()["year"] + (month < 7), month, chance.randint(6, 25))
    first = _new_sheet(day, chance, sheets, [])
    for entry in entries:
        own = random.Random(f"{day} {entry['id']} {chance.random()}")
        event = Calendar(day - timedelta(days=own.randint(1, 2)))
        story = Story(entry, draw_place(_wanted(entry), taken, own), event, own)
        first.add(story, story.tell(entry))
        papers = [first.paper]
        for version in entry.get("retold", ()):
            sheet = _new_sheet(day + timedelta(days=own.randint(0, 1)), own, sheets, papers)
            papers.append(sheet.paper)
            sheet.add(story, story.tell(version))
            sheet.close()
    first.close(chance.choice(lists()["page"]["sections"]) if len(entries) > 1 else "")


def _new_sheet(day: date, chance: random.Random, sheets: dict[str, Sheet], not_in: Sequence[str]) -> Sheet:
    papers = [p for p in lists()["papers"] if p not in not_in and f"{day}-{lists()['papers'][p]}" not in sheets]
    sheet = Sheet(chance.choice(papers), day, chance.choice(_FORMS), chance)
    sheets[sheet.doc] = sheet
    return sheet


def _wanted(entry: Mapping[str, Any]) -> Wanted:
    """What the words of a story say of its place: 全县 wants a county that is called 县, 全省 no autonomous region."""
    words = "".join([entry["title"], entry["body"], *(v["title"] + v["body"] for v in entry.get("retold", ()))])
    for harmless in ("市县", "县域", "省级", "外省"):
        words = words.replace(harmless, "")
    return Wanted(
        entry["place"], tuple(entry.get("provinces", ())), tuple(entry.get("at", ())),
        "省" if "省" in words else "", "县" if "县" in words else "",
    )  # fmt: skip
