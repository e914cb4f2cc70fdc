"""The pastes of `cases/pastes.txt`, and the role that the layout gives to each of their lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from baodao.layout import split_articles

__all__ = ["Paste", "read_pastes", "roles_of"]

_FILE = Path(__file__).parent / "cases" / "pastes.txt"


class Paste(NamedTuple):
    """A text and the roles of its printed lines; + before one begins a report."""

    name: str
    text: str
    roles: list[str]
    xfail: str = ""  # why it is not read rightly yet


def read_pastes() -> Iterator[Paste]:
    """All of them, in the order of the file."""
    for block in _FILE.read_text(encoding="utf-8").split("\n== ")[1:]:
        name, *rows = [row for row in block.split("\n") if row and not row.startswith(("#", "==="))]
        cells = [row.partition("|") for row in rows]
        text = "\n".join("" if role == "-" else printed for role, _, printed in cells)
        name, _, reason = name.partition(" !xfail ")
        yield Paste(name, text, [role for role, _, _ in cells if role != "-"], reason)


def roles_of(text: str) -> list[str]:
    """The roles of the printed lines of a text, as `pastes.txt` writes them."""
    layout = split_articles(text)
    found = {fragment.start: "furniture" for fragment in layout.furniture}
    for story in layout.stories:
        starts = sorted(fragment.start for fragment in story.fragments)
        for fragment in story.fragments:
            role = fragment.role.replace("body_continuation", "body").replace("caption_title", "title")
            found[fragment.start] = "+" * (fragment.start == starts[0]) + role
    return [found[start] for start in sorted(found)]
