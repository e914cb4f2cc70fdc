"""How pages, articles and facts look as HTML: which spans are marked and what their labels say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from baodao.markup import escape_text

if TYPE_CHECKING:
    from baodao.records.page import Page

__all__ = ["page_document", "page_fragment"]


def page_document(page: Page) -> str:
    """A whole offline HTML document."""
    return f"<!doctype html><meta charset=utf-8>{page_fragment(page)}"


def page_fragment(page: Page) -> str:
    """What a notebook cell shows."""
    return f"<div class=baodao>{escape_text(page.text)}{page.facts._repr_html_()}</div>"
