"""Paragraphs from fragments: joins over column breaks, and refusals where text was lost.

A fragment that does not end as a paragraph may go on in the next body fragment of its article, boxes and photos
between them notwithstanding; a weight table decides by what both sides look like. Characters printed twice at the
join are left out. A quotation that is opened and not closed before another one opens shows that text was lost:
such halves stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from baodao.layout.begins import begin_features, begins_paragraph
from baodao.layout.lines import Chunk, is_complete
from baodao.layout.remarks import cut_numbers
from baodao.layout.roles import is_dispatch_line
from baodao.layout.seams import cuts_word, edge_words
from baodao.layout.twins import repeated
from baodao.learn.linear import LinearModel
from baodao.records.light import Remark, StoryParagraph

__all__ = ["is_open", "join_features", "join_paragraphs", "joins", "mark_summaries", "page_habits"]

_Paragraph = tuple[list[int], list[tuple[int, int]]]  # fragments, pieces
_RUNNING = ("body", "body_continuation", "caption", "subhead")
_QUOTE = re.compile(r"[“”]")
_FINISHED = re.compile(r"[。！？!?…；;][”’」』）)\"]*$")
_STOPS, _CLOSING = frozenset("。！？!?…；;"), frozenset('”’」』）)"')
_LONGEST_BOX = 200
_SHORTEST_BOX = 8
_AROUND = 15  # fragments before and after a box that it may sum up
_SHINGLE = 4  # a box inside a broken paragraph says things in other words
_REPEATED = 0.45  # share of its n-grams that stand elsewhere in its article
_HINTED = 0.3  # the same where the broken paragraph goes on behind it
_INDENTED = 0.4  # share of indented paragraphs from which on a page indents them
_GOES_ON = -0.5  # log-odds of beginning a paragraph below which a fragment is the rest of one
_CONTRADICTIONS = ("quote=1“|none", "quote=1“|few")
_BEGINS = 0.5  # log-odds of beginning a paragraph from which a fragment does
_NO_BEGINNING = "，,、；;）)"
_SURE = -0.4  # log-odds of a join from which it is made
_PARAGRAPH = 60  # a longer fragment is a paragraph, or most of one


def mark_summaries(parts: list[tuple[Chunk, str]], habits: str, model: LinearModel) -> list[tuple[Chunk, str]]:
    """Tell boxes inside a broken paragraph from its second half.

    A complete fragment that says again what stands around it is a box; one that goes on with the first half better
    than the next paragraph does is the second half.
    """
    out = list(parts)
    before: Chunk | None = None  # the body fragment above, if it is left open
    for k, (chunk, role) in enumerate(parts):
        if role == "pull_quote" and before is not None and _resumes(parts, k, before, habits, model):
            out[k] = (chunk, "body")
        elif role == "body" and before is not None and _is_box(parts, k, before, habits, model):
            out[k] = (chunk, "pull_quote")
        if out[k][1] == "body":
            before = chunk if is_open(chunk.text) else None
    return out


def _is_box(parts: list[tuple[Chunk, str]], k: int, before: Chunk, habits: str, model: LinearModel) -> bool:
    """Whether a complete fragment says again what its article says; less will do where the half before goes on
    behind it and not in it."""
    chunk = parts[k][0]
    if not (_SHORTEST_BOX < len(chunk.text) <= _LONGEST_BOX and is_complete(chunk.text)):
        return False
    share = _said_again(parts, k)
    if share < _HINTED or share >= _REPEATED:
        return share >= _REPEATED
    after = next((c for c, role in parts[k + 1 : k + 2] if role == "body"), None)
    if after is None or model.score(join_features(before, chunk, habits, ())) >= _SURE:
        return False
    return model.score(join_features(before, after, habits, ())) >= -_SURE


def _resumes(parts: list[tuple[Chunk, str]], k: int, before: Chunk, habits: str, model: LinearModel) -> bool:
    chunk = parts[k][0]
    own = model.score(join_features(before, chunk, habits, ()))
    if own < _SURE or chunk.indented:
        return False
    after = next((c for c, role in parts[k + 1 : k + 4] if role == "body"), None)
    return after is None or own > model.score(join_features(before, after, habits, ())) + 1.0


def _said_again(parts: list[tuple[Chunk, str]], k: int) -> float:
    """The share of a fragment that says again what the article around it says."""
    around = parts[max(0, k - _AROUND) : k] + parts[k + 1 : k + 1 + _AROUND]
    return repeated(parts[k][0].text, "\n".join(c.text for c, r in around if r == "body"), _SHINGLE)


def join_paragraphs(
    parts: list[tuple[Chunk, str]], page: str, habits: str, model: LinearModel
) -> tuple[list[str], list[StoryParagraph], list[Remark]]:
    """Roles with continuations marked, the repaired paragraphs, and what was noticed.

    Args:
        parts: the fragments of an article with their roles, in reading order.
        page: the text of the page.
        habits: how the page sets paragraphs, as `page_habits` says.
        model: weighs what speaks for a join.
    """
    roles = [role for _, role in parts]
    paragraphs: list[_Paragraph] = []
    remarks: list[Remark] = []
    open_: _Paragraph | None = None  # one whose end may still come
    for k, (chunk, role) in enumerate(parts):
        if role not in _RUNNING:
            continue
        if len(chunk.lines) > 1:
            remarks.extend(cut_numbers(chunk, page))
        pieces = [(line.start, line.end) for line in chunk.lines]
        if role == "body" and open_ is not None:
            last = parts[open_[0][-1]][0]
            between = roles[open_[0][-1] + 1 : k]
            features = join_features(last, chunk, habits, between)
            if joins(features, chunk, model):
                roles[k] = "body_continuation"
                remarks.extend(_noticed(last, chunk, between))
                first, *rest = pieces
                open_[0].append(k)
                open_[1].extend([(first[0] + doubled(last.text, chunk.text), first[1]), *rest])
                open_ = open_ if is_open(chunk.text) else None
                continue
            if not chunk.indented and (_contradicts(features) or begins_paragraph(chunk.text) < _GOES_ON):
                roles[k] = "body_continuation"
                remarks.append(_at_end(last, "lost_text", "the sentence breaks off; its rest is not on the page"))
        paragraphs.append(([k], pieces))
        if role == "body":
            open_ = paragraphs[-1] if is_open(chunk.text) else None
    return roles, [StoryParagraph(tuple(ids), tuple(pieces)) for ids, pieces in paragraphs], remarks


def is_open(text: str) -> bool:
    """Whether a body fragment may go on: it does not end a sentence, or is a dispatch head alone.

    >>> is_open("桥头还装上了路"), is_open("桥头还装上了路灯。"), is_open("本报宜城讯(记者 周小河)")
    (True, False, True)
    """
    last = text[-1]
    if last in _STOPS or (last in _CLOSING and _FINISHED.search(text[-4:])):
        return False
    return last not in ")）" or is_dispatch_line(text)


def page_habits(chunks: Sequence[Chunk]) -> str:
    """How often a paragraph without a full stop stands before one that begins anew ("none" "few" "some" "many"), and
    whether paragraphs are indented ("+" behind it)."""
    long = [k for k, chunk in enumerate(chunks) if len(chunk.text) > _PARAGRAPH]
    below = [*chunks[1:], *chunks[-1:]]
    ends = [k for k in long if is_open(chunks[k].text) and begins_paragraph(below[k].text) > _BEGINS]
    share = len(ends) / max(len(long), 1)
    lost = "none" if not ends else "few" if share < 0.05 else "some" if share < 0.12 else "many"
    return lost + "+" * (sum([chunks[k].indented for k in long]) > _INDENTED * len(long))


def joins(features: Sequence[str], chunk: Chunk, model: LinearModel) -> bool:
    """Whether a fragment goes on with the paragraph that another one left open.

    An indented one never does; one that begins with a comma always does. A quotation that is open when another
    one opens shows that text was lost, where the page's marks can be trusted.
    """
    if chunk.indented or chunk.text[0] in _NO_BEGINNING:
        return not chunk.indented
    if "sizes=short|short" in features and "dispatch" not in features:  # items of a list
        return False
    return not _contradicts(features) and model.score(features) > _SURE


def _contradicts(features: Sequence[str]) -> bool:
    return any(sign in features for sign in _CONTRADICTIONS)


def join_features(last: Chunk, chunk: Chunk, habits: str, between: Sequence[str]) -> list[str]:
    """What speaks for and against a join.

    Args:
        last: the fragment left open.
        chunk: the one that may go on with it.
        habits: how the page sets paragraphs.
        between: roles of the fragments between the two.
    """
    before, after = last.text, chunk.text
    end, begin = _kind(before[-1]), _kind(after[0])
    lost = habits.rstrip("+")
    across = (
        "nothing" if not between else "box" if "pull_quote" in between else "photo" if "caption" in between else "other"
    )
    out = [
        "e1=" + before[-1], "e2=" + before[-2:], "ends=" + end, f"meet={end}|{begin}",
        f"sizes={_length(before)}|{_length(after)}", "habits=" + habits, f"lost={lost}|{end}",
        "finished" if is_complete(after) else "unfinished", "across=" + across,
        *("b" + name for name in begin_features(after)),
    ]  # fmt: skip
    begins = f"begins={max(-3, min(3, round(begins_paragraph(after))))}"
    out += (begins, f"{begins}|{lost}")
    if len(last.lines) + len(chunk.lines) > 2:
        out.append("wrapped")
    if twice := doubled(before, after):
        out.append(f"doubled={twice}")
    if end == begin == "han":
        seam = _seam(before, after)
        out += (seam, f"{seam}|{lost}", f"{seam}|{begins}")
    first = _QUOTE.search(after)
    quote = f"quote={before.count('“') > before.count('”'):d}{first[0] if first else ''}"
    out += (quote, f"{quote}|{lost}")
    if is_dispatch_line(before):
        out.append("dispatch")
    if before.count("（") + before.count("(") > before.count("）") + before.count(")"):
        out.append("in-brackets")
    return out


def _length(text: str) -> str:
    return "short" if len(text) < 20 else "middle" if len(text) < _PARAGRAPH else "long"


def _seam(before: str, after: str) -> str:
    """How the words lie at the break: over it ("over"), or of how many characters the two beside it are."""
    if cuts_word(before, after):
        return "seam=over"
    left, right = edge_words(before, after)
    return f"seam={min(left, 3)}|{min(right, 3)}"


def _kind(c: str) -> str:
    return "han" if "一" <= c <= "鿿" else "digit" if c.isdigit() else "latin" if c.isalpha() else c.translate(_WIDE)


_WIDE = str.maketrans(",():;!?", "，（）：；！？")


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


def doubled(before: str, after: str) -> int:
    """How many characters at the beginning of `after` repeat the end of `before`."""
    for size in (3, 2, 1):
        if before[-size:] == after[:size] and len(after) > size and not before[-1].isdigit():
            return size
    return 0
