"""A composed page set in type: damage of the text, the line format, and the gold that goes with both.

In: `Unit`s, the printed blocks in page order. Out: a page in the form of the shared `dev_pages.jsonl`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from baodao.resources import read_words

__all__ = ["Page", "Unit", "set_page"]

Page = dict[str, Any]
_HALF_WIDTH = str.maketrans("，（）：；！？", ",():;!?")


@dataclass(slots=True)
class Unit:
    """One printed block."""

    article: int | None
    role: str
    text: str
    paragraph: int = -1  # units of one paragraph share its number
    clean: str | None = None  # the repaired text of the paragraph, at its first unit
    removed: bool = False  # a block (photo, logo) was taken out before it


def set_page(chance: random.Random, units: list[Unit], meta: Page, name: str) -> Page:
    """A page of these blocks with its gold; `meta` says how noisy, in which format, with which marks."""
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
        head = unit.role in ("section_label", "kicker", "title", "subtitle", "caption_title", "byline", "dateline")
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
