"""Issues: what is odd on a page, where, and why it was noticed."""

from __future__ import annotations

from baodao.records.source import Record

__all__ = ["Issue"]


class Issue(Record):
    """One oddity of the page. Nothing is dropped and nothing is mended silently."""

    rule: str  # broken_paragraph, inserted_box, repeated_paragraph, lost_text, BD121 …
    start: int  # code points of page.text, half-open; the whole page for notes about all of it
    end: int
    reason: str

    def __str__(self) -> str:
        return f"{self.rule} [{self.start}:{self.end}] {self.reason}"
