"""A page into its reports: fragments, roles, joins, heads.

In: the page text. Out: a `Layout`. Authority: LAYOUT.md (how a Chinese newspaper page is set).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from baodao.layout.cohesion import move_tails
from baodao.layout.features import page_features
from baodao.layout.few import MOST, few_bundles
from baodao.layout.furniture import page_date, page_number, page_paper
from baodao.layout.groups import Group, group_articles
from baodao.layout.heads import read_heads
from baodao.layout.joins import join_paragraphs, mark_summaries, page_habits
from baodao.layout.lines import Chunk, read_chunks, read_lines, wrap_width
from baodao.layout.plain import plain_roles
from baodao.layout.remarks import may_be_suspicious, repeated_paragraphs, suspicious_characters
from baodao.layout.sizes import chunk_sizes, size_bundles
from baodao.layout.weights import Weights, load_weights
from baodao.learn.tagger import Bundle
from baodao.records.light import Fragment, Remark, Story

__all__ = ["Layout", "split_articles"]

_HEADS = ("section_label", "kicker", "title", "subtitle", "caption_title")


class Layout(NamedTuple):
    """What the page is made of. Fragments of stories and furniture never overlap; together they hold
    every character of the page that is not white space."""

    stories: list[Story]
    furniture: list[Fragment]
    remarks: list[Remark]
    issue_date: str = ""  # ISO, from the page head; "" if none is printed
    paper: str = ""  # from the page head; "" if none is printed
    page: str = ""  # its number, from the page head; "" if none is printed


def split_articles(text: str, weights: Weights | None = None, sizes: Sequence[float] = ()) -> Layout:
    """Split a page into its reports.

    >>> layout = split_articles("两地共建书屋\\n\\n本报记者 某某\\n\\n书屋开放三天，接待读者200人。")
    >>> [fragment.role for fragment in layout.stories[0].fragments]
    ['title', 'byline', 'body']

    Args:
        text: the page as it came, in any of the four line formats.
        weights: what was learned; the shipped tables if none.
        sizes: how large each line is set, where it is known: 1 is the body.
    """
    weights = weights or load_weights()
    lines = read_lines(text)
    if not lines:
        return Layout([], [], [])
    width = wrap_width(lines)
    chunks = read_chunks(text, lines, width)
    rows: Iterable[list[Bundle]] = page_features(chunks, width)
    if len(chunks) <= MOST and not width:
        seen = list(rows)
        rows = [[*row, bundle] for row, bundle in zip(seen, few_bundles(chunks, seen), strict=True)]
    if known := chunk_sizes(chunks, sizes):
        rows = ([*row, bundle] for row, bundle in zip(rows, size_bundles(chunks, known), strict=True))
    roles = plain_roles(chunks) or weights.tagger.decode(rows)
    groups, furniture = group_articles(chunks, roles)
    habits = page_habits(chunks)
    move_tails(groups, habits, weights)
    remarks: list[Remark] = []
    stories = [_story(group, text, habits, weights, remarks) for group in groups]
    if may_be_suspicious(text):
        remarks += suspicious_characters([chunk for group in groups for chunk in _running(group.parts)], text)
    return Layout(
        stories,
        [Fragment("page_furniture", chunk.start, chunk.end) for chunk in furniture],
        remarks,
        page_date(furniture),
        page_paper(furniture),
        page_number(furniture),
    )


def _story(group: Group, text: str, habits: str, weights: Weights, remarks: list[Remark]) -> Story:
    parts = mark_summaries(group.parts, habits, weights.joins)
    if group.photo:  # a photo's headline is read first, wherever it stands
        parts = sorted(parts, key=lambda part: part[1] == "caption")
    roles, paragraphs, noticed = join_paragraphs(parts, text, habits, weights.joins)
    remarks.extend(noticed)
    remarks.extend(repeated_paragraphs(_running(parts)))
    heads = read_heads(parts)

    printed: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for chunk, role in parts:
        if role in _HEADS:
            printed[role] += [(line.start, line.end) for line in chunk.lines]
    return Story(
        fragments=tuple([Fragment(role, c.start, c.end) for (c, _), role in zip(parts, roles, strict=True)]),
        paragraphs=tuple(paragraphs),
        title=tuple(printed["title"] or printed["caption_title"]),
        kicker=tuple(printed["kicker"]),
        subtitle=tuple(printed["subtitle"]),
        section=tuple(printed["section_label"]),
        bylines=tuple(heads.bylines),
        dateline=heads.dateline,
        place=heads.place,
        credits=tuple(heads.credits),
        jumps=tuple(heads.jumps),
    )


def _running(parts: list[tuple[Chunk, str]]) -> list[Chunk]:
    """The fragments of running text."""
    return [chunk for chunk, role in parts if role in ("body", "caption", "pull_quote")]
