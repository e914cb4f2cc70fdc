"""Paragraphs from fragments: joins over column breaks, and refusals where text was lost.

A fragment that does not end as a paragraph goes on in the next body fragment of its article, boxes and photos
between them notwithstanding. Characters printed twice at the join are left out. A quotation that is opened and
not closed before another one opens shows that text was lost: such halves stay apart.
"""

from __future__ import annotations

import re

from baodao.layout.lines import Chunk, is_complete
from baodao.records.light import Remark, StoryParagraph

__all__ = ["join_paragraphs", "mark_summaries"]

_QUOTE = re.compile(r"[“”]")
_SHINGLE = 8
_LONGEST_BOX = 200
_AROUND = 15  # fragments before and after a box that it may sum up
_SHORT_SHINGLE = 4  # for a box inside a broken paragraph, which says things in other words
_REPEATED = 0.6  # share of a box's characters that stand elsewhere in its article
_REPEATED_INSIDE = 0.45  # the same for a box inside a broken paragraph


def mark_summaries(parts: list[tuple[Chunk, str]]) -> list[tuple[Chunk, str]]:
    """Turn a body fragment that repeats its article, above all one inside a broken paragraph, into a pull quote."""
    out = list(parts)
    before = ""
    for k, (chunk, role) in enumerate(parts):
        if role != "body":
            continue
        if k and _SHINGLE < len(chunk.text) <= _LONGEST_BOX and out[k - 1][1] != "pull_quote":
            inside = bool(before) and not is_complete(before)
            if _is_summary(out, k, inside):
                out[k] = (chunk, "pull_quote")
                continue
        before = chunk.text
    return out


def _is_summary(parts: list[tuple[Chunk, str]], k: int, inside: bool) -> bool:
    """Whether a fragment says again what the article around it says."""
    text = parts[k][0].text
    around = parts[max(0, k - _AROUND) : k] + parts[k + 1 : k + 1 + _AROUND]
    story = "\n".join(c.text for c, r in around if r == "body" and (inside or len(c.text) > len(text)))
    if _repeated(text, story, _SHINGLE) >= _REPEATED:
        return True
    return inside and is_complete(text) and _repeated(text, story, _SHORT_SHINGLE) >= _REPEATED_INSIDE


def _repeated(text: str, others: str, size: int) -> float:
    """The share of the n-grams of `text` that stand in `others`."""
    marks = [text[i : i + size] for i in range(len(text) - size + 1)]
    return sum(mark in others for mark in marks) / len(marks)


def join_paragraphs(parts: list[tuple[Chunk, str]], page: str) -> tuple[list[str], list[StoryParagraph], list[Remark]]:
    """Roles with continuations marked, the repaired paragraphs, and what was noticed.

    Args:
        parts: the fragments of an article with their roles, in reading order.
    """
    roles = [role for _, role in parts]
    paragraphs: list[tuple[list[int], list[tuple[int, int]]]] = []
    remarks: list[Remark] = []
    open_: int | None = None  # index in `paragraphs` of one that is not finished
    for k, (chunk, role) in enumerate(parts):
        pieces = [(line.start, line.end) for line in chunk.lines]
        if role not in ("body", "body_continuation", "caption", "subhead"):
            continue
        if role == "body" and open_ is not None and chunk.indented:
            open_ = None  # it is set as a paragraph of its own; the one before lost its full stop
        if role == "body" and open_ is not None:
            last = parts[paragraphs[open_][0][-1]][0]
            if _lost_text(last.text, chunk.text):
                remarks.append(
                    Remark(
                        "lost_text",
                        last.end - 1,
                        last.end,
                        "the sentence breaks off; its rest is not on the page",
                    )
                )
                roles[k], open_ = "body_continuation", None
            else:
                _join(paragraphs[open_], k, pieces, last, chunk, remarks)
                between = roles[paragraphs[open_][0][-2] + 1 : k]
                if any(r in ("pull_quote", "caption", "caption_title") for r in between):
                    remarks.append(
                        Remark(
                            "inserted_box",
                            last.end - 1,
                            last.end,
                            "a box or photo stands inside this paragraph",
                        )
                    )
                roles[k] = "body_continuation"
                if is_complete(chunk.text):
                    open_ = None
                continue
        paragraphs.append(([k], pieces))
        if role == "body":
            open_ = None if is_complete(chunk.text) else len(paragraphs) - 1
    return roles, [StoryParagraph(tuple(ids), tuple(pieces)) for ids, pieces in paragraphs], remarks


def _join(
    paragraph: tuple[list[int], list[tuple[int, int]]],
    k: int,
    pieces: list[tuple[int, int]],
    last: Chunk,
    chunk: Chunk,
    remarks: list[Remark],
) -> None:
    """Append a fragment to a paragraph, without what is printed twice at the join."""
    doubled = _doubled(last.text, chunk.text)
    remarks.append(Remark("broken_paragraph", last.end - 1, last.end, "the paragraph goes on in a later block"))
    if last.text[-1:].isdigit() and chunk.text[:1].isdigit():
        remarks.append(Remark("number_cut_by_line_break", last.end - 1, last.end, "a number is cut by a break"))
    first, *rest = pieces
    paragraph[0].append(k)
    paragraph[1].extend([(first[0] + doubled, first[1]), *rest])


def _doubled(before: str, after: str) -> int:
    """How many characters at the beginning of `after` repeat the end of `before`."""
    for size in (3, 2, 1):
        if before[-size:] == after[:size] and len(after) > size and not before[-1].isdigit():
            return size
    return 0


def _lost_text(before: str, after: str) -> bool:
    """Whether text is missing between the two: an open quotation meets another opening one."""
    marks = _QUOTE.findall(before)
    opened = marks.count("“") > marks.count("”")
    first = _QUOTE.search(after)
    if opened:
        return first is None or first[0] == "“"
    return first is not None and first[0] == "”"
