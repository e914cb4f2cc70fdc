"""What the shared scorers call: the library's answers in their formats."""

from __future__ import annotations

from typing import Any

import baodao
from baodao.layout import split_articles


def split(text: str) -> list[dict[str, Any]]:
    """The articles of a page by line numbers, as `layout/score.py` reads them."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    number = {start + k: n for n, (start, line) in enumerate(zip(starts, text.split("\n"), strict=False)) for k in range(len(line))}
    layout = split_articles(text)

    def lines(start: int, end: int) -> list[int]:
        return sorted({number[i] for i in range(start, end) if i in number and not text[i].isspace()})

    out: list[dict[str, Any]] = []
    for story in layout.stories:
        entry: dict[str, Any] = {"title": "".join(text[a:b] for a, b in story.title) or None, "lines": [], "roles": []}
        for fragment in story.fragments:
            for k, n in enumerate(lines(fragment.start, fragment.end)):
                entry["lines"].append(n)
                again = fragment.role == "body" and k > 0
                entry["roles"].append("body_continuation" if again else fragment.role)
        entry["paragraphs"] = [[n for i in p.fragments for n in lines(story.fragments[i].start, story.fragments[i].end)]
                               for p in story.paragraphs]  # fmt: skip
        entry["texts"] = ["".join(text[a:b] for a, b in p.pieces) for p in story.paragraphs]
        out.append(entry)
    for fragment in layout.furniture:
        found = lines(fragment.start, fragment.end)
        out.append({"page": True, "title": None, "lines": found, "roles": [fragment.role] * len(found)})
    return out


def mentions(text: str) -> list[dict[str, Any]]:
    """All mentions, as the region and organization scorers read them."""
    page = baodao.analyze(text, force=True)
    return [
        {
            "start": m.start, "end": m.end, "text": m.text, "kind": m.kind,
            "adcode": getattr(m, "adcode", None) or getattr(m, "region", None),
        }
        for m in page.mentions
    ]  # fmt: skip
