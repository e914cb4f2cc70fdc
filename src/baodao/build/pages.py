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
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from baodao.build.press import Piece, Press
from baodao.resources import read_words

__all__ = ["Composer", "main"]

Page = dict[str, Any]
_HALF_WIDTH = str.maketrans("，（）：；！？", ",():;!?")
_RUN_IN = re.compile(r"\S{2,12}[讯电]（[^（）]{2,30}）")
_SENTENCE = re.compile(r"[^。！？]*[。！？]?[”’」]?")
_HEADLINE = ("section_label", "kicker", "title", "subtitle", "caption_title", "caption")


@dataclass(slots=True)
class Unit:
    """One printed block."""

    article: int | None
    role: str
    text: str
    paragraph: int = -1  # units of one paragraph share its number
    clean: str | None = None  # the repaired text of the paragraph, at its first unit
    removed: bool = False  # a block (photo, logo) was taken out before it


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
        return _set(chance, units, meta, name)

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
        return _set(chance, units, meta, name)

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

        heads = self._headline(number, piece, line)
        style = chance.choice(styles)
        body = list(piece.paragraphs[: chance.choice((3, 6, 9, 14))])
        if style == "line":
            heads.append(Unit(number, "byline", line("bylines")))
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

    def _headline(self, number: int, piece: Piece, line: Callable[[str], str]) -> list[Unit]:
        chance = self._chance
        heads = []
        if chance.random() < 0.22:
            heads.append(Unit(number, "section_label", self._label if chance.random() < 0.3 else line("labels")))
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


# Setting a page: noise, then the line format


def _set(chance: random.Random, units: list[Unit], meta: Page, name: str) -> Page:
    spoil = _NOISE[meta["noise"]]
    width = chance.randint(12, 23)
    rich = chance.random() < 0.3  # paragraphs indented in wrapped text
    out: list[str] = []
    lines: list[tuple[int | None, str]] = []
    where: dict[int, list[int]] = {}  # first line of each unit and the others, by index of the unit

    def put(text: str, article: int | None, role: str) -> int:
        out.append(text)
        lines.append((article, role))
        return len(out) - 1

    for k, unit in enumerate(units):
        text = spoil(chance, unit.text, unit.role)
        text = text.translate(_HALF_WIDTH) if meta["half"] else text
        if meta["format"] == "blocks":
            for _ in range((0 if k == 0 else 1) + (2 if unit.removed else 0)):
                put("", None, "blank")
        if meta["format"] == "wrapped":
            where[k] = []
            again = "body_continuation" if unit.role.startswith("body") else unit.role
            for n, part in enumerate(_wrap(text, width, unit.role, rich)):
                where[k].append(put(part, unit.article, unit.role if n == 0 else again))
        else:
            indent = "　　" if meta["format"] == "indent" and unit.role == "body" else ""
            where[k] = [put(indent + text, unit.article, unit.role)]
    return {"id": name, "text": "\n".join(out), "lines": lines, "articles": _gold(units, where, meta), "meta": meta}


def _wrap(text: str, width: int, role: str, rich: bool) -> list[str]:
    if role in ("title", "kicker", "subtitle", "caption_title"):
        width -= 3
    elif role in ("caption", "byline"):
        width -= 0
    text = "　　" + text if rich and role == "body" else text
    parts = [text[i : i + width] for i in range(0, len(text), width)]
    return [part for part in parts if part.strip()]


def _gold(units: list[Unit], where: dict[int, list[int]], meta: Page) -> list[Page]:
    articles: dict[int, Page] = {}
    for k, unit in enumerate(units):
        if unit.article is None:
            continue
        entry = articles.setdefault(unit.article, {
            "id": unit.article, "title": "", "order": [], "paragraphs": [], "texts": [],
            "_ids": [], "_heads": [], "_rest": [],
        })  # fmt: skip
        if unit.role in ("title", "caption_title"):
            entry["title"] += unit.text
        head = unit.role in ("section_label", "kicker", "title", "subtitle", "caption_title", "byline")
        entry["_heads" if head else "_rest"] += where[k]
        if unit.paragraph < 0:
            continue
        if unit.paragraph in entry["_ids"]:
            entry["paragraphs"][entry["_ids"].index(unit.paragraph)] += where[k]
        else:
            entry["_ids"].append(unit.paragraph)
            entry["paragraphs"].append(list(where[k]))
            entry["texts"].append(unit.clean)
    for entry in articles.values():
        entry["order"] = entry.pop("_heads") + entry.pop("_rest")
        del entry["_ids"]
    return list(articles.values())


def _clean(_: random.Random, text: str, __: str) -> str:
    return text


def _vlm(chance: random.Random, text: str, role: str) -> str:
    return _spoil(chance, text, role, 0.002, 0.002)


def _ocr(chance: random.Random, text: str, role: str) -> str:
    return _spoil(chance, text, role, chance.choice((0.01, 0.02, 0.03)), 0.05)


_NOISE: dict[str, Callable[[random.Random, str, str], str]] = {"clean": _clean, "vlm": _vlm, "ocr": _ocr}
_ALIKE = {"□": "口", "【": "[", "】": "]", "“": "\"", "”": "“", "一": "—", "、": ",", "（": "(", "工": "エ", "力": "カ",
          "己": "已", "未": "末", "人": "入", "日": "目", "土": "士", "大": "太"}  # fmt: skip


def _spoil(chance: random.Random, text: str, role: str, rate: float, stops: float) -> str:
    """Characters confused, dropped, doubled; a stray space, a Latin word; the last full stop lost."""
    if role.startswith("body") and text.endswith("。") and chance.random() < stops:
        text = text[:-1]
    out = []
    for c in text:
        r = chance.random()
        if r >= rate:
            out.append(c)
        elif r < 0.6 * rate:
            out.append(_ALIKE.get(c) or (chance.choice(_common()) if "一" <= c <= "鿿" else c))
        elif r < 0.75 * rate:
            out.append("")
        elif r < 0.87 * rate:
            out.append(c + c)
        elif r < 0.98 * rate:
            out.append(c + " ")
        else:
            out.append(c + chance.choice((" of ", " the ", " and ")))
    return "".join(out).strip() or text


@cache
def _common() -> str:
    return "".join(c for c in read_words("lexicon/common_characters.txt")[0] if "一" <= c <= "鿿")[:1500]


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
