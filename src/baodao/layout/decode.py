"""From fragments to articles: which headlines open a report, which fragments belong to it.

Headline lines that stand together make one group; a group opens a report unless it reads like a subhead.
A caption makes a photo report of its own if a headline goes with it, else it belongs to the story around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from baodao.layout.lines import Chunk, is_complete
from baodao.layout.roles import first_role, is_label, opens_report
from baodao.text.segment import Segmenter

__all__ = ["Group", "group_articles"]

_SUBHEAD = 14  # longest subhead, characters
_LEAD = 0.45  # a report's first paragraph says its headline again, a subhead's does not
_COHESION = 0.3  # share of trigrams that a paragraph has in common with the story before it
_NEEDS_MORE = "的和与在为对将把让、从向是"
_GOES_ON = "的了和与，,、"


@dataclass(slots=True)
class Group:
    """The fragments of one article with their roles, in page order."""

    parts: list[tuple[Chunk, str]] = field(default_factory=list)
    photo: bool = False


def group_articles(chunks: list[Chunk]) -> tuple[list[Group], list[Chunk]]:
    """Split fragments into articles and page furniture."""
    roles = [first_role(chunk) for chunk in chunks]
    _mend_roles(chunks, roles)
    groups: list[Group] = []
    furniture: list[Chunk] = []
    k = 0
    while k < len(chunks):
        if roles[k] == "page_furniture":
            furniture.append(chunks[k])
            k += 1
        elif roles[k] == "caption":
            k = _photo(chunks, roles, k, groups)
        elif roles[k] in ("head", "section_label"):
            k = _headline(chunks, roles, k, groups)
        else:
            if not groups or groups[-1].photo:
                _reopen(groups)
            groups[-1].parts.append((chunks[k], roles[k]))
            k += 1
    return [group for group in groups if group.parts], furniture


def _mend_roles(chunks: list[Chunk], roles: list[str]) -> None:
    """What the neighbours say: a short line inside a broken paragraph is body."""
    if roles and roles[0] in ("head", "credit") and len(chunks[0].text) <= 4 and len(chunks) > 2:
        roles[0] = "page_furniture"  # the page's name at its top: 社会, 要闻
    for k, role in enumerate(roles):
        if role == "credit" and (k == 0 or roles[k - 1] not in ("body", "credit")):
            roles[k] = "byline" if k and roles[k - 1] == "head" else "head"
    body = [k for k, role in enumerate(roles) if role in ("body", "head")]
    for k, after in pairwise(body):
        if roles[k] == "head" and roles[after] == "body" and after == k + 1 and _is_tail(chunks, roles, k):
            roles[k] = "body"


def _is_tail(chunks: list[Chunk], roles: list[str], k: int) -> bool:
    """A line that goes on from an unfinished paragraph right before it."""
    return (
        k > 0
        and roles[k - 1] == "body"
        and not is_complete(chunks[k - 1].text)
        and not opens_report(chunks[k + 1].text)
    )


def _reopen(groups: list[Group]) -> None:
    """After a photo the story before it goes on; at the top of the page one without a headline begins."""
    stories = [group for group in groups if not group.photo]
    if stories:
        groups.remove(stories[-1])
        groups.append(stories[-1])
    else:
        groups.append(Group())


def _photo(chunks: list[Chunk], roles: list[str], k: int, groups: list[Group]) -> int:
    """A caption with the headline that goes with it (vertical ones carry corner quotes), or without."""
    after = k + 1
    if (
        after < len(chunks)
        and roles[after] == "head"
        and (_is_vertical(chunks[after].text) or _closes_photo(chunks, roles, after))
    ):
        groups.append(Group([(chunks[k], "caption"), (chunks[after], "caption_title")], photo=True))
        return after + 1
    last = groups[-1] if groups else None
    if last is not None and last.parts and all(role in ("title", "kicker", "subtitle") for _, role in last.parts):
        last.parts = [(chunk, "caption_title" if role == "title" else role) for chunk, role in last.parts]
        last.parts.append((chunks[k], "caption"))
        last.photo = True
    elif last is None or chunks[k].gap > 1:
        groups.append(Group([(chunks[k], "caption")], photo=True))
    else:
        last.parts.append((chunks[k], "caption"))
    return k + 1


def _is_vertical(text: str) -> bool:
    return "「" in text or "﹁" in text


def _closes_photo(chunks: list[Chunk], roles: list[str], k: int) -> bool:
    """A headline that is followed by another group of headlines with a byline of its own belongs to the photo."""
    return k + 1 < len(chunks) and roles[k + 1] == "section_label"


def _headline(chunks: list[Chunk], roles: list[str], k: int, groups: list[Group]) -> int:
    """A group of headline lines: a new report, or a subhead."""
    stop = k
    while (
        stop < len(chunks)
        and roles[stop] in ("head", "section_label")
        and (stop == k or chunks[stop].gap <= max(chunks[k + 1].gap, 1))
    ):
        stop += 1
    run = list(range(k, stop))
    follower = chunks[stop] if stop < len(chunks) else None
    role_after = roles[stop] if stop < len(chunks) else ""
    if len(run) == 1 and groups and not groups[-1].photo and _is_subhead(chunks, k, groups[-1], follower, role_after):
        groups[-1].parts.append((chunks[k], "subhead"))
        return stop
    groups.append(
        Group(
            list(
                zip(
                    (chunks[i] for i in run),
                    _head_roles([chunks[i] for i in run], [roles[i] for i in run]),
                    strict=True,
                )
            )
        )
    )
    return stop


def _is_subhead(chunks: list[Chunk], k: int, group: Group, follower: Chunk | None, role_after: str) -> bool:
    """A short line between paragraphs that no byline or dispatch head follows."""
    text = chunks[k].text
    bodies = [chunk for chunk, role in group.parts if role in ("body", "body_continuation")]
    if not bodies or follower is None or role_after != "body" or opens_report(follower.text):
        return False
    if len(text) > _SUBHEAD or chunks[k].gap > 1 or any(c in text for c in '“”"!！?？ 　：:'):
        return False
    story = "".join(chunk.text for chunk in bodies)
    return _shared(text, follower.text, 2) < _LEAD and _shared(follower.text[:120], story, 3) >= _COHESION


def _shared(text: str, other: str, size: int) -> float:
    """The share of the character n-grams of `text` that stand in `other`."""
    grams = {text[i : i + size] for i in range(len(text) - size + 1)}
    return sum(gram in other for gram in grams) / max(len(grams), 1)


def _head_roles(run: Iterable[Chunk], roles: list[str]) -> list[str]:
    """Label, kicker, title and subtitle of a group of headline lines, top to bottom."""
    texts = [chunk.text for chunk in run]
    out = ["section_label" if role == "section_label" else "" for role in roles]
    open_ = [i for i, role in enumerate(out) if not role]
    if len(open_) > 2 or (len(open_) == 2 and "/" in texts[open_[0]] and is_label(texts[open_[0]])):
        out[open_[0]] = "section_label"
        open_ = open_[1:]
    subs = [i for i in open_ if texts[i].startswith(("——", "—", "--"))]
    for i in subs:
        out[i] = "subtitle"
    open_ = [i for i in open_ if i not in subs]
    whole = len(open_) >= 2 and _is_one_title(texts[open_[0]], texts[open_[1]])
    title = open_ if whole else open_[-1:]
    for i in open_:
        out[i] = "title" if i in title else "kicker"
    if "title" not in out and out:
        out[-1] = "title"
    return out


def _is_one_title(first: str, second: str) -> bool:
    """Whether two lines are one title set in two: a word runs over the break, or the first cannot stand alone."""
    if first[-1] in _NEEDS_MORE or second[0] in _GOES_ON:
        return True
    joined = first[-6:] + second[:6]
    cut = len(first[-6:])
    return any(w.start < cut < w.end for w in _segmenter().words(joined) if len(w.text) > 1)


@cache
def _segmenter() -> Segmenter:
    return Segmenter()
