"""Pages and what they teach: composed ones, bulletins and dev pages; the examples of roles, joins and tails.

In: `../shared` where it is there, and what `pages` composes. Out: `Material`.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from baodao.build.pages import Composer
from baodao.build.press import Piece, Press
from baodao.build.setting import Page
from baodao.layout.cohesion import find_moves
from baodao.layout.features import page_features
from baodao.layout.groups import group_articles
from baodao.layout.joins import is_open, join_features, page_habits
from baodao.layout.lines import Chunk, read_chunks, read_lines, wrap_width
from baodao.learn.linear import LinearModel

__all__ = [
    "Example",
    "Material",
    "Rows",
    "compose",
    "composed",
    "folds",
    "invent",
    "learn_from",
    "read_bulletins",
    "read_dev",
    "tail_examples",
]

SHARED = Path("../shared")
SMALL = 4  # one text that is no page to so many pages
FOLDS = 5

Rows = list[tuple[str, ...]]
Example = tuple[Rows, list[str]]  # the fragments of a page and their roles


class Material(NamedTuple):
    """What one page teaches."""

    page: Page
    example: Example
    joins: list[tuple[list[str], bool]]
    chunks: list[Chunk]


def learn_from(pages: Sequence[Page]) -> list[Material]:
    """The examples of pages."""
    out = []
    for page in pages:
        chunks, example = read_example(page)
        out.append(Material(page, example, join_examples(page, chunks), chunks))
    return out


def invent(press: Press, count: int) -> Iterator[Piece]:
    """Invented articles."""
    for _ in range(count):
        press.turn_page()
        yield press.article()


def composed(count: int, pieces: Sequence[Piece], seed: int, half: int) -> list[Page]:
    """Pages of one kind of article."""
    chance = random.Random(seed)
    composer = Composer(chance, Press(chance, half), pieces)
    return [composer.page(f"judged{k:05}") for k in range(count)]


def read_bulletins() -> list[Piece]:
    """The shared bulletins; empty where the folder is absent."""
    path = SHARED / "data" / "bulletins_2016_2020.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_piece(row) for row in rows if row["title"] and row["paragraphs"]]


def _piece(row: dict[str, Any]) -> Piece:
    """A bulletin as an article; what stands before a colon in its title becomes the kicker."""
    kicker, colon, title = row["title"].partition("：")
    if not colon or len(kicker) > 8 or not title:
        kicker, title = "", row["title"]
    return Piece(kicker, title, tuple(row["paragraphs"]), {})


def read_dev() -> list[Page]:
    """The shared dev pages; empty where the folder is absent."""
    path = SHARED / "layout" / "dev_pages.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def compose(count: int, bulletins: Sequence[Piece], seed: int, half: int | None = None) -> list[Page]:
    """Composed pages, every other one from bulletins if there are any."""
    chance = random.Random(seed)
    press = Press(chance, half)
    makers = [Composer(chance, press), Composer(chance, press, bulletins)]
    pages = [makers[k % 2].page(f"made{k:05}") for k in range(count)]
    return pages + [makers[k % 2].small(f"small{k:05}") for k in range(count // SMALL)]


def folds(pages: Sequence[Page]) -> list[list[int]]:
    """The indexes of the pages by fold; pages that share an article are in one."""
    home = list(range(len(pages)))

    def find(k: int) -> int:
        while home[k] != k:
            k = home[k]
        return k

    first: dict[str, int] = {}
    for k, page in enumerate(pages):
        for article in page["articles"]:
            mark = "".join(text[-20:] for text in article["texts"][-1:] if text) or article["title"]
            home[find(first.setdefault(mark, k))] = find(k)
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(pages)):
        groups[find(k)].append(k)
    out: list[list[int]] = [[] for _ in range(FOLDS)]
    for group in sorted(groups.values(), key=len, reverse=True):
        min(out, key=len).extend(group)
    return out


def read_example(page: Page) -> tuple[list[Chunk], Example]:
    """The fragments of a page with their features and gold roles."""
    text = page["text"]
    lines = read_lines(text)
    width = wrap_width(lines)
    chunks = read_chunks(text, lines, width)
    rows = [tuple(chain.from_iterable(row)) for row in page_features(chunks, width)]
    return chunks, (rows, [gold_role(page, chunk) for chunk in chunks])


def gold_role(page: Page, chunk: Chunk) -> str:
    """The role that most characters of a fragment have; how a body goes on is decided later."""
    counts: Counter[str] = Counter()
    for line in chunk.lines:
        counts[page["lines"][line.number][1].replace("body_continuation", "body")] += line.end - line.start
    return counts.most_common(1)[0][0]


def join_examples(page: Page, chunks: Sequence[Chunk]) -> list[tuple[list[str], bool]]:
    """The places where a body fragment of an article is left open, and whether the next one goes on with it."""
    habits = page_habits(chunks)
    joined = {(a, b) for article in page["articles"] for p in article["paragraphs"] for a, b in pairwise(p)}
    out = []
    open_: dict[int | None, Chunk] = {}
    between: dict[int | None, list[str]] = defaultdict(list)
    for chunk in chunks:
        article, role = page["lines"][chunk.lines[0].number]
        for roles in between.values():
            roles.append(role)
        if not role.startswith("body"):
            continue
        last = open_.pop(article, None)
        if last is not None:
            goes_on = (last.lines[-1].number, chunk.lines[0].number) in joined
            out.append((join_features(last, chunk, habits, between[article][:-1]), goes_on))
        if is_open(chunk.text):
            open_[article] = chunk
            between[article] = []
    return out


# Tails


def tail_examples(page: Page, chunks: Sequence[Chunk], joins: LinearModel) -> list[tuple[list[str], bool]]:
    """The tails that may be moved on a page whose roles are known, and whether they should be."""
    groups, _ = group_articles(chunks, [gold_role(page, chunk) for chunk in chunks])
    stories = [group for group in groups if not group.photo]
    home = {line: number for line, (number, _) in enumerate(page["lines"])}
    owners = [[home[chunk.lines[0].number] for chunk, _ in story.parts] for story in stories]
    out = []
    for move in find_moves(stories, page_habits(chunks), joins):
        tail: Counter[int | None] = Counter()
        for (chunk, _), owner in list(zip(stories[move.source].parts, owners[move.source], strict=True))[move.start :]:
            tail[owner] += len(chunk.text)
        out.append((list(move.features), 2 * tail[owners[move.target][0]] > sum(tail.values())))
    return out
