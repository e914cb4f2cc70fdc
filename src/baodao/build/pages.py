"""Newspaper pages composed with their gold: what LAYOUT.md describes, made to order.

In: articles (invented, or bulletins in training runs) and a random generator. Out: pages in the form of the
shared `dev_pages.jsonl`: text, article and role of every line, titles, paragraphs with their repaired texts.

    python -m baodao.build pages 200 pages.jsonl [half]
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from baodao.build.press import Piece, Press
from baodao.build.setting import Page, Unit, set_page

__all__ = ["Composer", "main"]

_RUN_IN = re.compile(r"\S{2,12}[讯电]（[^（）]{2,30}）")
_SENTENCE = re.compile(r"[^。！？]*[。！？]?[”’」]?")
_HEADLINE = ("section_label", "kicker", "title", "subtitle", "caption_title", "caption")


class Composer:
    """Composes pages.

    Args:
        chance: the only source of chance.
        press: invents articles and small print.
        bulletins: real articles that may stand among the invented ones; training only.
    """

    def __init__(self, chance: random.Random, press: Press, bulletins: Sequence[Piece] = ()) -> None:
        self._chance = chance
        self._press = press
        self._bulletins = bulletins
        self._label = ""
        self._paragraphs = 0
        self._articles = 0

    def page(self, name: str) -> Page:
        """One page with its gold."""
        chance = self._chance
        meta = {
            "tier": chance.choice(("easy", "medium", "hard")),
            "format": chance.choices(("blocks", "lines", "indent", "wrapped"), (5, 2, 2, 3))[0],
            "noise": chance.choices(("clean", "vlm", "ocr"), (3, 4, 3))[0],
            "half": chance.random() < 0.4,
        }
        self._paragraphs = self._articles = 0
        styles = chance.sample(("line", "runin", "none", "endline", "endrun"), chance.randint(1, 3))
        self._press.turn_page()
        self._label = self._press.line("labels")
        stories = [
            self._story(meta, styles) for _ in range(chance.randint(2, 9 if self._bulletins else self._press.most))
        ]
        if meta["tier"] != "easy":
            self._scatter(stories, 0.35 if meta["tier"] == "hard" else 0.12)
        units = [unit for story in stories for unit in story]
        units = self._photos(units) if chance.random() < 0.6 else units
        units = self._furniture(units)
        return set_page(chance, units, meta, name)

    def small(self, name: str) -> Page:
        """A text that is no page: one article, a paragraph, a headline, the chapters of a book."""
        chance, press = self._chance, self._press
        meta = {
            "tier": "easy",
            "format": chance.choice(("blocks", "lines", "indent", "lines")),
            "noise": "clean",
            "half": chance.random() < 0.2,
        }
        press.turn_page()
        self._paragraphs = self._articles = 0
        piece = chance.choice(self._bulletins) if self._bulletins else press.article()
        body = [self._paragraph(0, text) for text in piece.paragraphs]
        title = [Unit(0, "title", piece.title)]
        match chance.randrange(6):
            case 0:  # sentences on lines of their own
                sentences = [s for s in _SENTENCE.findall("".join(piece.paragraphs)) if len(s) > 4]
                units = [self._paragraph(0, sentence) for sentence in sentences[: chance.randint(1, 6)]]
            case 1:
                units = title
            case 2:
                units = []
                for n, text in enumerate(piece.paragraphs[:6]):
                    head = f"第{'一二三四五六'[n]}{chance.choice('章回节')} {press.line('subheads')}"
                    units += [Unit(n, "title", head), self._paragraph(n, text)]
            case _:
                units = [*title, *body]
        return set_page(chance, units, meta, name)

    # One story

    def _story(self, meta: Page, styles: Sequence[str]) -> list[Unit]:
        chance, press = self._chance, self._press
        invented = not self._bulletins or (press.most and chance.random() < 0.3)
        piece = press.article() if invented else chance.choice(self._bulletins)
        number = self._articles
        self._articles += 1
        small = {"paper": press.words()["paper"]} | dict(piece.words or press.words())

        def line(kind: str) -> str:
            return press.line(kind, {**small, **{k: press.name() for k in ("who", "other", "third")}})

        heads = self.headline(number, piece, line)
        style = chance.choice(styles)
        body = list(piece.paragraphs[: chance.choice((3, 6, 9, 14))])
        if style == "line":
            heads.append(Unit(number, "byline", line("bylines")))
            if chance.random() < 0.12:
                heads.append(Unit(number, "dateline", line("datelines")))
        elif style == "runin":
            body[0] = line("runins") + body[0]
        elif style == "endrun":
            body[-1] += line("endings")
        units = self._body(number, body, small)
        if style == "endline":
            units.append(Unit(number, "credit", line("credits")))
        if chance.random() < 0.06:
            units.append(Unit(number, "jump", line("jumps")))
        if chance.random() < 0.04:  # a piece from another page, often without a headline
            heads = heads[: chance.choice((0, 1))] if len(heads) == 1 else heads
            heads.append(Unit(number, "jump", line("returns")))
        return self._shift(heads, units, meta)

    def headline(self, number: int, piece: Piece, line: Callable[[str], str]) -> list[Unit]:
        """The headline of an article: label, kicker, title in its lines, subtitle."""
        chance = self._chance
        heads = []
        if chance.random() < 0.22:
            heads.append(
                Unit(number, "section_label", self._label if chance.random() < 0.3 and self._label else line("labels"))
            )
            if chance.random() < 0.05:
                heads.append(Unit(number, "section_label", self._press.line("notes")))
        kicker = piece.kicker
        if not kicker and chance.random() < (0.45 if heads else 0.22):
            kicker = self._press.line("kickers", piece.words) if piece.words else line("kickers")
        if kicker:
            heads.append(Unit(number, "kicker", kicker))
        for part in self._title(piece.title):
            heads.append(Unit(number, "title", part))
        if chance.random() < 0.12:
            heads.append(
                Unit(
                    number, "subtitle", self._press.line("subtitles", piece.words) if piece.words else line("subtitles")
                )
            )
        return heads

    def _title(self, title: str) -> list[str]:
        """A title in one to three lines."""
        chance = self._chance
        parts = title.split(" ")
        if chance.random() < 0.12 and len(parts) > 1:
            return [" ".join(parts[:1]), " ".join(parts[1:])]
        if chance.random() < 0.08 and len(title) > 9:
            cut = len(title) // 2 + chance.choice((-2, -1, 0, 1, 2, 3))
            return [part for part in (title[:cut].strip(), title[cut:].strip()) if part]
        return [title]

    def _body(self, number: int, texts: Sequence[str], words: dict[str, str]) -> list[Unit]:
        """Paragraphs, some broken, with subheads and boxes between."""
        chance = self._chance
        units: list[Unit] = []
        long = len(texts) > 5
        subheads = chance.random() < (0.2 if long else 0.02)
        for k, text in enumerate(texts):
            if subheads and k > 1 and k < len(texts) - 1 and chance.random() < 0.3:
                units.append(self._aside(number, "subhead", self._press.line("subheads", words)))
            halves = (
                self._broken(number, text)
                if len(text) > 24 and chance.random() < 0.12
                else [self._paragraph(number, text)]
            )
            if chance.random() < (0.25 if len(halves) > 1 else 0.05):
                box = Unit(number, "pull_quote", self._box(texts))
                halves.insert(1, box)
                if chance.random() < 0.1:
                    halves.insert(1, Unit(number, "pull_quote", self._press.line("boxes")))
            units += halves
        return units

    def _aside(self, number: int, role: str, text: str) -> Unit:
        self._paragraphs += 1
        return Unit(number, role, text, self._paragraphs, text)

    def _paragraph(self, number: int, text: str) -> Unit:
        return self._aside(number, "body", text)

    def _broken(self, number: int, text: str) -> list[Unit]:
        """A paragraph cut by a column's end; characters may be printed twice, or be lost."""
        chance = self._chance
        cut = chance.randint(8, len(text) - 6)
        if (head := _RUN_IN.match(text)) is not None and chance.random() < 0.3:
            cut = head.end()
        elif 4 < (quote := text.find("“")) < len(text) - 12 and chance.random() < 0.2:
            cut = quote + chance.randint(3, 9)  # inside a quotation
        while text[cut] in "”’）" or text[cut - 1] in "。！？":
            cut -= 1
        if cut < 4:
            return [self._paragraph(number, text)]
        first = self._paragraph(number, text)
        first.text = text[:cut]
        kind = chance.random()
        if kind < 0.05 and len(text) - cut > 30:  # lost text
            first.clean = text[:cut]
            rest = text[cut + chance.randint(9, 20) :]
            self._paragraphs += 1
            return [first, Unit(number, "body_continuation", rest, self._paragraphs, rest)]
        doubled = chance.choice((1, 1, 2)) if kind < 0.2 and text[cut - 1] not in "，。0123456789" else 0
        return [first, Unit(number, "body_continuation", text[cut - doubled :], first.paragraph)]

    def _box(self, texts: Sequence[str]) -> str:
        """Sentences of the article again, some shortened."""
        chance = self._chance
        sentences = [s for s in _SENTENCE.findall(chance.choice(texts)) if len(s) > 8] or [texts[0]]
        start = chance.randrange(len(sentences))
        box = "".join(sentences[start : start + chance.choice((1, 1, 2, 3))])
        clauses = box.split("，")
        if len(clauses) > 3 and chance.random() < 0.4:
            del clauses[chance.randrange(len(clauses) - 1)]
        return "，".join(clauses)

    def _shift(self, heads: list[Unit], body: list[Unit], meta: Page) -> list[Unit]:
        """The headline before its body, seldom behind or beside it."""
        chance = self._chance
        if meta["tier"] == "hard" and chance.random() < 0.06 and len(body) > 1:
            at = len(body) if chance.random() < 0.6 else chance.randint(1, len(body) - 1)
            return body[:at] + heads + body[at:]
        if heads and chance.random() < 0.1:
            heads[0].removed = True
        return heads + body

    # The page

    def _scatter(self, stories: list[list[Unit]], share: float) -> None:
        """Tails that stand after the next article."""
        chance = self._chance
        for k in range(len(stories) - 1):
            bodies = [i for i, unit in enumerate(stories[k]) if unit.role.startswith("body")]
            if chance.random() < share and len(bodies) > 2:
                at = chance.choice(bodies[1:])
                over = min(k + chance.choice((1, 1, 1, 2)), len(stories) - 1)
                stories[over].extend(stories[k][at:])
                del stories[k][at:]

    def _photos(self, units: list[Unit]) -> list[Unit]:
        """Photo blocks, set anywhere."""
        chance = self._chance
        for _ in range(chance.choice((1, 1, 2, 3))):
            words = self._press.words()
            number = self._articles
            self._articles += 1
            block = [Unit(number, "caption", self._press.line("captions", words) + self._press.line("photo_credits"))]
            kind = chance.random()
            if kind < 0.15:
                block = [Unit(number, "caption", self._press.line("captions", words)),
                         Unit(number, "credit", self._press.line("photo_credits").strip())]  # fmt: skip
            elif kind < 0.22:
                block[0].text = self._press.line("captions", words)
            if chance.random() < 0.5:
                title = Unit(number, "caption_title", self._press.line("caption_titles", words))
                block.insert(chance.choice((0, len(block))), title)
                if block[0] is title and chance.random() < 0.3:
                    block.insert(0, Unit(number, "section_label", chance.choice(("图片新闻", "图说", "光影", "镜头"))))
            places = [i for i in range(len(units)) if not _parts_heads(units, i)] + [len(units)]
            at = chance.choice(places)
            inside = [i for i in range(1, len(units)) if units[i].role == "body_continuation"]
            if inside and chance.random() < 0.25:
                at = chance.choice(inside)
            block[0].removed = chance.random() < 0.3
            if at < len(units):
                units[at].removed = units[at].removed or chance.random() < 0.1
            units[at:at] = block
        return units

    def _furniture(self, units: list[Unit]) -> list[Unit]:
        chance = self._chance
        words = self._press.words()
        top = [
            Unit(None, "page_furniture", self._press.line("tops", words))
            for _ in range(chance.choice((0, 0, 1, 2, 3, 4)))
        ]
        bottom = [
            Unit(None, "page_furniture", self._press.line("bottoms", words)) for _ in range(chance.choice((0, 0, 1, 2)))
        ]
        if chance.random() < 0.15:
            top, bottom = top + bottom, []
        return top + units + bottom


def _parts_heads(units: list[Unit], at: int) -> bool:
    """Whether a block set there would part a headline from its body."""
    return at > 0 and units[at].article == units[at - 1].article and units[at - 1].role in _HEADLINE


def main(arguments: Sequence[str]) -> None:
    """Write a number of invented pages."""
    count, path = int(arguments[0]), Path(arguments[1])
    chance = random.Random(1)
    press = Press(chance, int(arguments[2]) if len(arguments) > 2 else None)
    composer = Composer(chance, press)
    with path.open("w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps(composer.page(f"made{number:04}"), ensure_ascii=False) + "\n")
    print(path, file=sys.stderr)
