"""(text, spans) → HTML or plain text; knows nothing of records."""

from __future__ import annotations

from html import escape

__all__ = ["escape_text"]


def escape_text(text: str) -> str:
    """Text as HTML text."""
    return escape(text)
