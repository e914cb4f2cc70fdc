"""Where sentences and clauses end in Chinese newspaper text.

A sentence ends at 。！？ or an ellipsis, closing quotes and brackets belong to it, and direct speech is cut like any
text. A line break always ends one. No sentence ends where the stop belongs to a part of it: a title (《谁来做饭？》
一文), a cry or question that the sentence goes on with (“加油！”的喊声), an ellipsis that leaves a list open
(工地、车间……). A sentence without end is cut where it is longer than any that was ever printed: what is asked of each
pair of its words stays affordable.
"""

from __future__ import annotations

import re

__all__ = ["cut_clauses", "cut_sentences"]

Span = tuple[int, int]

# the one character that comes first lets the engine skip to it; a half-width dot behind a Chinese one is a stop too
_STOP = re.compile(
    r"[。!?！？…\n.](?:(?<=[。!?！？…])[。!?！？…]*[”’」』\"）)》]*|(?<=\n)|(?<=[一-龥”%)]\.)(?=[一-龥“\s]|$))",
    re.MULTILINE,
)
_GOES_ON = re.compile(r"[,，、;；的地等]|(?:之|展开|进行|为题|为主题|一[文书曲剧片词首])|和[“《]|$")
_LIST = 14  # characters before an ellipsis in which a 、 makes it the end of a list
_LONGEST = 600  # characters of a sentence
_PAUSE = re.compile(r"[,，;；:：、\s](?!\d)")
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
        if stop[0] != "\n" and _is_inside(text, begin, stop):
            continue
        _add_sentence(spans, text, begin, stop.start() if stop[0] == "\n" else stop.end())
        begin = stop.end()
    _add_sentence(spans, text, begin, len(text))
    return spans


def _add_sentence(spans: list[Span], text: str, start: int, end: int) -> None:
    """Add a sentence, one that is too long in pieces that end at a pause if there is one."""
    while end - start > _LONGEST:
        pauses = [pause.end() for pause in _PAUSE.finditer(text, start + _LONGEST // 2, start + _LONGEST)]
        cut = pauses[-1] if pauses else start + _LONGEST
        _add(spans, text, start, cut)
        start = cut
    _add(spans, text, start, end)


def _is_inside(text: str, begin: int, stop: re.Match[str]) -> bool:
    """Whether the sentence goes on behind this stop."""
    start, end = stop.span()
    closed = stop[0][-1] in '”’」』"）)》'
    if stop[0][0] in "。.":
        return False
    following = _GOES_ON.match(text, end)
    if closed and following is not None and following.end() > end:
        return True
    if stop[0][-1] == "》":
        return end < len(text) and text[end] not in "“\n"
    if stop[0][0] == "…" and not closed:
        mark = text.rfind("、", max(begin, start - _LIST), start)
        return mark >= 0 and not any(char in ",，;；:：" for char in text[mark:start]) and text[end : end + 1] != "\n"
    return False


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
