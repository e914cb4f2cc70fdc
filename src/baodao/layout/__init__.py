"""A page into its reports: fragments, roles, joins, heads.

In: the page text. Out: a `Layout`. Authority: LAYOUT.md (how a Chinese newspaper page is set).
"""

from __future__ import annotations

from typing import NamedTuple

from baodao.layout.cohesion import move_tails
from baodao.layout.decode import Group, group_articles
from baodao.layout.heads import page_date, page_paper, read_heads
from baodao.layout.joins import join_paragraphs, mark_summaries
from baodao.layout.lines import Chunk, read_chunks, read_lines
from baodao.layout.remarks import repeated_paragraphs, suspicious_characters
from baodao.records.light import Fragment, Remark, Story

__all__ = ["Layout", "split_articles"]


class Layout(NamedTuple):
    """What the page is made of. Fragments of stories and furniture never overlap; together they hold
    every character of the page that is not white space."""

    stories: list[Story]
    furniture: list[Fragment]
    remarks: list[Remark]
    issue_date: str = ""  # ISO, from the page head; "" if none is printed
    paper: str = ""  # from the page head; "" if none is printed


def split_articles(text: str) -> Layout:
    """Split a page into its reports.

    >>> layout = split_articles("两地共建书屋\\n\\n本报记者 某某\\n\\n书屋开放三天，接待读者200人。")
    >>> [fragment.role for fragment in layout.stories[0].fragments]
    ['title', 'byline', 'body']

    Args:
        text: the page as it came, in any of the four line formats.
    """
    chunks = read_chunks(text, read_lines(text))
    groups, furniture = group_articles(chunks)
    move_tails(groups)
    remarks: list[Remark] = []
    stories = [_story(group, text, remarks) for group in groups]
    return Layout(
        stories,
        [Fragment("page_furniture", chunk.start, chunk.end) for chunk in furniture],
        remarks,
        page_date(furniture),
        page_paper(furniture),
    )


def _story(group: Group, text: str, remarks: list[Remark]) -> Story:
    parts = mark_summaries(group.parts)
    if group.photo:  # a photo's headline is read first, wherever it stands
        parts = sorted(parts, key=lambda part: part[1] == "caption")
    roles, paragraphs, noticed = join_paragraphs(parts, text)
    remarks.extend(noticed)
    running = [chunk for chunk, role in parts if role in ("body", "caption")]
    remarks.extend(repeated_paragraphs(running))
    remarks.extend(suspicious_characters(running, text))
    bylines, dateline, credits = read_heads(parts)

    def pieces(*wanted: str) -> tuple[tuple[int, int], ...]:
        return tuple((line.start, line.end) for chunk, role in parts if role in wanted for line in chunk.lines)

    return Story(
        fragments=tuple(_fragment(chunk, role) for (chunk, _), role in zip(parts, roles, strict=True)),
        paragraphs=tuple(paragraphs),
        title=pieces("title") or pieces("caption_title"),
        kicker=pieces("kicker"),
        subtitle=pieces("subtitle"),
        section=pieces("section_label"),
        bylines=tuple(bylines),
        dateline=dateline,
        credits=tuple(credits),
    )


def _fragment(chunk: Chunk, role: str) -> Fragment:
    return Fragment(role, chunk.start, chunk.end)
