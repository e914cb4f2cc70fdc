"""Where sentences and clauses end in Chinese newspaper text.

A sentence ends at 。！？ or an ellipsis, closing quotes and brackets belong to it; inside quotation marks
or brackets a stop ends a sentence only where the quotation closes behind it. A line break always ends one.
"""

from __future__ import annotations

import re

__all__ = ["cut_clauses", "cut_sentences"]

Span = tuple[int, int]

_STOP = re.compile(r"(?:[。!?！？]|…{1,2})+[”’」』\"）)》]*|\n")
_CLAUSE = re.compile(r"[,，;；:：。!?！？\n]")


def cut_sentences(text: str) -> list[Span]:
    """Spans of the sentences of `text`, in order; white space between them belongs to none.

    >>> t = "“好。”他说。走了！"
    >>> [t[a:b] for a, b in cut_sentences(t)]
    ['“好。”', '他说。', '走了！']
    """
    spans: list[Span] = []
    begin = 0
    for stop in _STOP.finditer(text):
        _add(spans, text, begin, stop.start() if stop[0] == "\n" else stop.end())
        begin = stop.end()
    _add(spans, text, begin, len(text))
    return spans


def cut_clauses(text: str, start: int, end: int) -> list[Span]:
    """Spans of the clauses of `text[start:end]`, each without the mark that ends it."""
    spans: list[Span] = []
    begin = start
    for mark in _CLAUSE.finditer(text, start, end):
        _add(spans, text, begin, mark.start())
        begin = mark.end()
    _add(spans, text, begin, end)
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
