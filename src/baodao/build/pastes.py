"""Texts of few lines, as people paste them: a sentence, a report, some short items, with their gold.

In: a press and a random generator. Out: pages in the form of the shared `dev_pages.jsonl`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from baodao.build.pages import Composer
from baodao.build.press import Piece, Press
from baodao.build.setting import Page, Unit, set_page

__all__ = ["paste"]

_SHOUTS = ("怎么办？", "难在哪？", "谁来管？", "好！", "真管用！", "动起来！", "怎么破？", "如何解？")


def paste(chance: random.Random, press: Press, bulletins: Sequence[Piece], name: str) -> Page:
    """One text."""
    press.turn_page()
    meta = {
        "tier": "easy",
        "format": chance.choice(("blocks", "lines", "lines", "indent")),
        "noise": chance.choice(("clean", "clean", "vlm")),
        "half": chance.random() < 0.2,
    }
    units: list[Unit] = []
    paragraphs = 0
    words = press.words()

    def add(number: int, role: str, text: str) -> None:
        nonlocal paragraphs
        paragraphs += 1
        told = (paragraphs, text) if role == "body" else (-1, None)
        units.append(Unit(number, role, text, *told))

    items = chance.choices((1, 2, 3, 4), (6, 2, 2, 1))[0]
    head = chance.random() > 0.15
    if chance.random() < 0.12:
        units += [Unit(None, "page_furniture", press.line("tops", words)) for _ in range(chance.choice((1, 2)))]
    if items > 1 and chance.random() < 0.2:
        add(0, "section_label", press.line("labels", words))
    for number in range(items):
        piece = chance.choice(bulletins) if bulletins and chance.random() < 0.5 else press.article()
        small = {**words, **piece.words}
        body = list(piece.paragraphs[: 1 if items > 2 else chance.choice((1, 1, 2, 3))])
        if chance.random() < 0.5:  # a short item
            body = [body[0].partition("。")[0] + "。"]
        if head:
            if chance.random() < 0.1:
                add(number, "title", piece.title[:12].split(" ")[0] + chance.choice(_SHOUTS))
            elif chance.random() < (0.2 if items > 1 else 0.7):
                composer = Composer(chance, press, bulletins)
                units += composer.headline(number, piece, partial(press.line, words=small))
            elif len(piece.title) > 12 and chance.random() < 0.3:  # in two lines
                cut = len(piece.title) // 2 + chance.randint(-3, 3)
                add(number, "title", piece.title[:cut].strip())
                add(number, "title", piece.title[cut:].strip())
            else:
                add(number, "title", piece.title.replace(" ", chance.choice((" ", "，"))))
            if chance.random() < 0.1:
                add(number, "byline", press.line("bylines", small))
        if chance.random() < 0.25:
            body[0] = chance.choice(("本报讯 ", press.line("runins", small))) + body[0]
        if chance.random() < 0.1:
            body[-1] = body[-1].rstrip("。")
        for text in body:
            add(number, "body", text)
            if len(text) > 24 and chance.random() < 0.12:  # cut where a column ended
                cut = chance.randint(8, len(text) - 6)
                units[-1].text = text[:cut]
                units.append(Unit(number, "body_continuation", text[cut:], paragraphs))
        if chance.random() < 0.08:
            add(number, "credit", press.line("credits", small))
        elif chance.random() < 0.04:
            add(number, "jump", press.line("jumps", small))
    if chance.random() < 0.1:
        caption = press.line("captions", words) + press.line("photo_credits")
        add(items, "caption", caption)
        if chance.random() < 0.25:
            del units[:-1]
    if chance.random() < 0.08:
        units.append(Unit(None, "page_furniture", press.line("bottoms", words)))
    return set_page(chance, units, meta, name)
