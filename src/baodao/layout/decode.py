"""From fragments to articles: which headlines open a report, which fragments belong to it.

Headline lines that stand together make one group; a group opens a report unless it reads like a subhead.
A caption makes a photo report of its own if a headline goes with it, else it belongs to the story around it.
A dispatch head (本报讯…) opens a report even without a headline.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from baodao.layout.headlines import head_roles, is_actor, runs_over
from baodao.layout.lines import Chunk, is_complete
from baodao.layout.roles import first_role, is_dispatch_line, is_label, opens_report

__all__ = ["Group", "group_articles"]

_SUBHEAD = 14  # longest subhead, characters
_LEAD = 0.45  # a report's first paragraph says its headline again, a subhead's does not
_COHESION = 0.3  # share of trigrams that a paragraph has in common with the story before it
_NEAR = 12  # fragments of a story that a subhead is compared with
_OPENING = 150  # characters of a first paragraph that say the headline again
_PAGE_NAME = 4
_SCRAP = 3
_PARAGRAPH = 24  # a shorter line that does not end is no paragraph
_TALLEST = 6  # more short lines than this one after another are a list
_LINES_ALONE = 3  # more short lines than this with nothing below them are a list too
_HEADS = ("head", "section_label")


@dataclass(slots=True)
class Group:
    """The fragments of one article with their roles, in page order."""

    parts: list[tuple[Chunk, str]] = field(default_factory=list)
    photo: bool = False


def group_articles(chunks: list[Chunk]) -> tuple[list[Group], list[Chunk]]:
    """Split fragments into articles and page furniture."""
    roles = [first_role(chunk) for chunk in chunks]
    _mend_roles(chunks, roles)
    wrapped = any(len(chunk.lines) > 1 for chunk in chunks)
    groups: list[Group] = []
    furniture: list[Chunk] = []
    k = 0
    while k < len(chunks):
        if roles[k] == "page_furniture":
            furniture.append(chunks[k])
            k += 1
        elif roles[k] == "caption":
            k = _photo(chunks, roles, k, groups)
        elif roles[k] in _HEADS:
            k = _headline(chunks, roles, k, groups, wrapped)
        else:
            if not groups or groups[-1].photo:
                _reopen(groups)
            elif roles[k] == "body" and opens_report(chunks[k].text) and _is_told(groups[-1]):
                groups.append(Group())
            groups[-1].parts.append((chunks[k], roles[k]))
            k += 1
    return [group for group in groups if group.parts], furniture


def _is_told(group: Group) -> bool:
    """Whether the article already has a finished paragraph at its end."""
    chunk, role = group.parts[-1] if group.parts else (None, "")
    return chunk is not None and (
        role == "credit" or (role == "body" and is_complete(chunk.text) and not is_dispatch_line(chunk.text))
    )


def _mend_roles(chunks: list[Chunk], roles: list[str]) -> None:
    """What the neighbours say, in place: page names, names of persons, labels, halves of paragraphs, lists."""
    _mend_page_name(chunks, roles)
    for k in range(1, len(roles)):
        if roles[k - 1] == "head" and roles[k] == "body" and _is_title_end(chunks, k):
            roles[k] = "head"
    for k, role in enumerate(roles):
        if role == "credit":
            roles[k] = _role_of_names(chunks, roles, k)
    heads = Counter(chunk.text for chunk, role in zip(chunks, roles, strict=True) if role == "head")
    for k, role in enumerate(roles):
        after = roles[k + 1] if k + 1 < len(roles) else ""
        if role == "head" and heads[chunks[k].text] > 1 and after in _HEADS:
            roles[k] = "section_label"
    for k in reversed(range(len(roles) - 1)):
        if roles[k] == "head" and roles[k + 1] == "body" and _is_half(chunks, roles, k):
            roles[k] = "body"
    _mend_lists(roles)


def _mend_page_name(chunks: list[Chunk], roles: list[str]) -> None:
    """The page's own name at its top: a short word that is no place or person in a headline."""
    if len(chunks) < 3 or len(chunks[0].text) > _PAGE_NAME or "body" not in roles:
        return
    heads_story = roles[1] in _HEADS and (is_actor(chunks[0].text) or chunks[0].text in chunks[2].text)
    if roles[0] in ("head", "credit") and not heads_story:
        roles[0] = "page_furniture"


def _is_title_end(chunks: list[Chunk], k: int) -> bool:
    """Whether a scrap of a line is the end of the headline set above it: 点 | 赞."""
    text = chunks[k].text
    return len(text) <= _SCRAP and not is_complete(text.rstrip("”」")) and len(chunks[k - 1].text) > 2 * _SCRAP


def _role_of_names(chunks: list[Chunk], roles: list[str], k: int) -> str:
    """A bare name closes a report, or stands over the headline of one that speaks of the person."""
    before = roles[k - 1] if k else ""
    text = chunks[k].text
    after = roles[k + 1] if k + 1 < len(roles) else ""
    if text[0] not in "（(" and " " not in text and (after == "head" or before == "head"):
        told = "".join(chunk.text for chunk in chunks[k + 1 : k + 6])
        if text in told:
            return "head"
    if before in ("body", "credit"):
        return "credit"
    return "byline" if before == "head" else "head"


def _is_half(chunks: list[Chunk], roles: list[str], k: int) -> bool:
    """Whether a short line is a piece of the paragraph that the next fragment goes on with."""
    text, after = chunks[k].text, chunks[k + 1].text
    if opens_report(after) or _shared(text, after[:_OPENING], 2) >= _LEAD:
        return False
    before = chunks[k - 1].text if k and roles[k - 1] == "body" else "。"
    if not is_complete(before) and (len(text) <= _SCRAP or runs_over(before, text)):
        return True
    if len(after) < _PARAGRAPH and is_complete(after) is False:
        return False
    return runs_over(text, after) or (len(text) > _SUBHEAD and text[-1] == after[0] and not text[-1].isdigit())


def _mend_lists(roles: list[str]) -> None:
    """A long run of short lines is a list: its first line heads it, the others are its items."""
    if len(roles) > _LINES_ALONE and all(role in ("head", "credit", "byline") for role in roles):
        roles[1:] = ["body"] * (len(roles) - 1)
    k = 0
    while k < len(roles):
        stop = k
        while stop < len(roles) and roles[stop] == "head":
            stop += 1
        if stop - k > _TALLEST:
            roles[k + 1 : stop] = ["body"] * (stop - k - 1)
        k = max(stop, k + 1)


def _reopen(groups: list[Group]) -> None:
    """After a photo the story before it goes on; at the top of the page one without a headline begins."""
    for back in range(len(groups) - 1, -1, -1):
        if not groups[back].photo:
            groups.append(groups.pop(back))
            return
    groups.append(Group())


def _photo(chunks: list[Chunk], roles: list[str], k: int, groups: list[Group]) -> int:
    """A caption with the headline that goes with it (vertical ones carry corner quotes), or without."""
    after = k + 1
    if (
        after < len(chunks)
        and roles[after] == "head"
        and (_is_vertical(chunks[after].text) or _closes_photo(roles, after))
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


def _closes_photo(roles: list[str], k: int) -> bool:
    """A headline that another group of headlines with a label of its own follows belongs to the photo."""
    return k + 1 < len(roles) and roles[k + 1] == "section_label"


def _headline(chunks: list[Chunk], roles: list[str], k: int, groups: list[Group], wrapped: bool) -> int:
    """A group of headline lines: a new report, or a subhead."""
    stop = k
    while stop < len(chunks) and roles[stop] in _HEADS and (stop == k or chunks[stop].gap <= max(chunks[k + 1].gap, 1)):
        stop += 1
    follower = chunks[stop] if stop < len(chunks) else None
    after = roles[stop] if stop < len(chunks) else ""
    if stop == k + 1 and groups and not groups[-1].photo and _is_subhead(chunks[k], groups[-1], follower, after):
        groups[-1].parts.append((chunks[k], "subhead"))
        return stop
    run = chunks[k:stop]
    labels = [role == "section_label" for role in roles[k:stop]]
    texts = [chunk.text for chunk in run]
    labels = [known or "/" in text for known, text in zip(labels, texts, strict=True)]
    groups.append(Group(list(zip(run, head_roles(texts, labels=labels, wrapped=wrapped), strict=True))))
    return stop


def _is_subhead(head: Chunk, group: Group, follower: Chunk | None, after: str) -> bool:
    """A short line between paragraphs that no byline or dispatch head follows."""
    text = head.text
    if follower is None or after != "body" or opens_report(follower.text) or is_label(text):
        return False
    if len(text) > _SUBHEAD or head.gap > 1 or any(c in text for c in '“”"!！?？ \u3000：:'):
        return False
    story = "".join(chunk.text for chunk, role in group.parts[-_NEAR:] if role == "body")
    return (
        bool(story) and _shared(text, follower.text, 2) < _LEAD and _shared(follower.text[:120], story, 3) >= _COHESION
    )


def _shared(text: str, other: str, size: int) -> float:
    """The share of the character n-grams of `text` that stand in `other`."""
    grams = {text[i : i + size] for i in range(len(text) - size + 1)}
    return sum(gram in other for gram in grams) / max(len(grams), 1)
