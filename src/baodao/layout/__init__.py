"""A page into its reports."""

from __future__ import annotations

from typing import NamedTuple

from baodao.records.light import Fragment, Remark, Story, StoryParagraph

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

    Args:
        text: the page as it came.
    """
    body = Fragment("body", 0, len(text))
    return Layout([Story((body,), (StoryParagraph((0,), ((0, len(text)),)),))], [], [])
