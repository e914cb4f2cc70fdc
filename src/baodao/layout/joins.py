"""Paragraphs from fragments: joins over column breaks, and refusals where text was lost.

A fragment that does not end as a paragraph goes on in the next body fragment of its article, boxes and photos
between them notwithstanding. Characters printed twice at the join are left out. A quotation that is opened and
not closed before another one opens shows that text was lost: such halves stay apart.
"""

from __future__ import annotations

import re

from baodao.layout.headlines import runs_over
from baodao.layout.lines import Chunk, is_complete
from baodao.layout.remarks import cut_numbers
from baodao.layout.roles import is_dispatch_line, rules
from baodao.records.light import Remark, StoryParagraph

__all__ = ["join_paragraphs", "mark_summaries"]

_Paragraph = tuple[list[int], list[tuple[int, int]]]  # fragments, pieces
_RUNNING = ("body", "body_continuation", "caption", "subhead")
_ITEM = 20  # two shorter lines are items of a list, not halves of a paragraph
_HANGING = "，,、；;：:（(“的和与在及将为对"  # a paragraph does not end so, stop or no stop
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
        page: the text of the page.
    """
    roles = [role for _, role in parts]
    paragraphs: list[_Paragraph] = []
    remarks: list[Remark] = []
    open_: _Paragraph | None = None  # one whose end is still to come
    for k, (chunk, role) in enumerate(parts):
        if role not in _RUNNING:
            continue
        remarks.extend(cut_numbers(chunk, page))
        pieces = [(line.start, line.end) for line in chunk.lines]
        if role == "body" and open_ is not None and not _opens_paragraph(parts[open_[0][-1]][0], chunk):
            last = parts[open_[0][-1]][0]
            roles[k] = "body_continuation"
            if not _lost_text(last.text, chunk.text):
                remarks.extend(_noticed(last, chunk, roles[open_[0][-1] + 1 : k]))
                first, *rest = pieces
                open_[0].append(k)
                open_[1].extend([(first[0] + _doubled(last.text, chunk.text), first[1]), *rest])
                open_ = None if is_complete(chunk.text) else open_
                continue
            remarks.append(_at_end(last, "lost_text", "the sentence breaks off; its rest is not on the page"))
        paragraphs.append(([k], pieces))
        if role == "body":
            open_ = None if is_complete(chunk.text) and not is_dispatch_line(chunk.text) else paragraphs[-1]
    return roles, [StoryParagraph(tuple(ids), tuple(pieces)) for ids, pieces in paragraphs], remarks


def _opens_paragraph(last: Chunk, chunk: Chunk) -> bool:
    """Whether a fragment is a paragraph of its own although the one before it lost its full stop."""
    if chunk.indented:
        return True
    if last.text[-1:] in _HANGING:
        return False
    if max(len(last.text), len(chunk.text)) < _ITEM and not is_dispatch_line(last.text):
        return True
    return not runs_over(last.text, chunk.text) and any(rule.pattern.match(chunk.text) for rule in rules("paragraph"))


def _noticed(last: Chunk, chunk: Chunk, between: list[str]) -> list[Remark]:
    """What a join is to be reported with."""
    remarks = [_at_end(last, "broken_paragraph", "the paragraph goes on in a later block")]
    if last.text[-1:].isdigit() and chunk.text[:1].isdigit():
        remarks.append(_at_end(last, "number_cut_by_line_break", "a number is cut by a break"))
    if any(role in ("pull_quote", "caption", "caption_title") for role in between):
        remarks.append(_at_end(last, "inserted_box", "a box or photo stands inside this paragraph"))
    return remarks


def _at_end(chunk: Chunk, rule: str, reason: str) -> Remark:
    return Remark(rule, chunk.end - 1, chunk.end, reason)


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
