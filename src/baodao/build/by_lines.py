"""The articles of a page by line numbers, as the shared layout scorer reads them, and the scorer itself."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from baodao.layout import Layout

__all__ = ["by_lines", "load_scorer", "score_pages"]

SCORER = Path("../shared/layout/score.py")


def by_lines(text: str, layout: Layout) -> list[dict[str, Any]]:
    """One entry an article: title, lines in reading order, a role for each, paragraphs and their repaired texts."""
    printed = text.split("\n")
    number = {}
    at = 0
    for n, line in enumerate(printed):
        number.update(dict.fromkeys(range(at, at + len(line)), n))
        at += len(line) + 1

    def lines(start: int, end: int) -> list[int]:
        return sorted({number[i] for i in range(start, end) if i in number and not text[i].isspace()})

    out: list[dict[str, Any]] = []
    for story in layout.stories:
        entry: dict[str, Any] = {"title": "".join(text[a:b] for a, b in story.title) or None, "lines": [], "roles": []}
        places = [lines(fragment.start, fragment.end) for fragment in story.fragments]
        for fragment, found in zip(story.fragments, places, strict=True):
            again = "body_continuation" if fragment.role == "body" else fragment.role
            entry["lines"] += found
            entry["roles"] += [fragment.role, *[again] * (len(found) - 1)]
        entry["paragraphs"] = [[n for i in p.fragments for n in places[i]] for p in story.paragraphs]
        entry["texts"] = ["".join(text[a:b] for a, b in p.pieces) for p in story.paragraphs]
        out.append(entry)
    for fragment in layout.furniture:
        found = lines(fragment.start, fragment.end)
        out.append({"page": True, "title": None, "lines": found, "roles": [fragment.role] * len(found)})
    return out


@cache
def load_scorer() -> ModuleType | None:
    """The shared scorer; None where the folder is absent."""
    spec = importlib.util.spec_from_file_location("score_layout", SCORER) if SCORER.exists() else None
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_pages(pages: Sequence[dict[str, Any]], layouts: Sequence[Layout]) -> list[dict[str, Any]]:
    """The scorer's rows, one a page; none where the scorer is absent."""
    scorer = load_scorer()
    if scorer is None:
        return []
    return [
        scorer.score_page(
            page["text"], [tuple(line) for line in page["lines"]], page["articles"], by_lines(page["text"], layout)
        )
        for page, layout in zip(pages, layouts, strict=True)
    ]
