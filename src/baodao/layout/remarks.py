"""What looks wrong on the page and is left as it is: characters that no printer sets, paragraphs printed twice.

In: fragments of running text. Out: `Remark`s with their page spans. Joins report their own (`joins`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from baodao.layout.lines import Chunk
from baodao.records.light import Remark

__all__ = ["cut_numbers", "may_be_suspicious", "repeated_paragraphs", "suspicious_characters"]

_ODD = re.compile(r"[\ufffd□■◇◆]|[\u0080-\u009f\ue000-\uf8ff]|(?<=[一-鿿])[\u3040-\u30ff](?=[一-鿿])")
_MAYBE_ODD = re.compile(r"[\ufffd□■◇◆\u0080-\u009f\ue000-\uf8ff\u3040-\u30ff]")  # quick to look for
_DECORATION = re.compile(r"^[□■◇◆]")
_REPEATED = 20  # characters; shorter paragraphs may well be printed twice


def may_be_suspicious(page: str) -> bool:
    """Whether `suspicious_characters` may find one: quick to ask."""
    return _MAYBE_ODD.search(page) is not None


def suspicious_characters(chunks: Iterable[Chunk], page: str) -> list[Remark]:
    """A placeholder, a control character or a lone kana among Chinese characters; a bullet may open a line."""
    return [
        Remark("suspicious_character", match.start(), match.end(), "a character that is hardly what was printed")
        for chunk in chunks
        for line in chunk.lines
        if _MAYBE_ODD.search(page, line.start, line.end)
        for match in _ODD.finditer(page, line.start, line.end)
        if not (match.start() == line.start and _DECORATION.match(match[0]))
    ]


def repeated_paragraphs(chunks: Iterable[Chunk]) -> list[Remark]:
    """The second printing of a paragraph."""
    seen: set[str] = set()
    remarks = []
    for chunk in chunks:
        if len(chunk.text) >= _REPEATED:
            if chunk.text in seen:
                remarks.append(Remark("repeated_paragraph", chunk.start, chunk.end, "the same paragraph stands above"))
            seen.add(chunk.text)
    return remarks


def cut_numbers(chunk: Chunk, page: str) -> list[Remark]:
    """Numbers that run over the end of a hard-wrapped line.

    The span is the last digit of the upper line.
    """
    return [
        Remark("number_cut_by_line_break", upper.end - 1, upper.end, "a number is cut by a break")
        for upper, lower in zip(chunk.lines, chunk.lines[1:], strict=False)
        if page[upper.end - 1].isdigit() and page[lower.start].isdigit()
    ]
