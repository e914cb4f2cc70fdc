"""From roles to articles: which headlines open a report, which fragments belong to it.

In: the fragments of a page with their roles. Out: `Group`s and the page furniture. A headline opens a report;
a photo with its caption, headline and credit is one of its own, and the story it was set in goes on behind it;
a dispatch head (本报讯…) opens a report even without a headline; a headline without a body below it looks for
its body above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from baodao.layout.lines import Chunk, is_complete
from baodao.layout.roles import is_dispatch_line, opens_report

__all__ = ["HEADS", "Group", "group_articles"]

HEADS = ("section_label", "kicker", "title", "subtitle")
_PHOTO = ("caption", "caption_title")
_PHOTO_WORDS = ("摄", "供图", "影")
_SERIES = "图上下左右"  # captions of one block of photos begin so
_LEAD = 0.3  # share of a headline's pairs of characters that the body it belongs to says again at its beginning
_OPENING = 150  # characters of that beginning


@dataclass(slots=True)
class Group:
    """The fragments of one article with their roles, in reading order."""

    parts: list[tuple[Chunk, str]] = field(default_factory=list)
    photo: bool = False

    def has(self, *roles: str) -> bool:
        """Whether a fragment has one of these roles."""
        return any(role in roles for _, role in self.parts)


def group_articles(chunks: Sequence[Chunk], roles: Sequence[str]) -> tuple[list[Group], list[Chunk]]:
    """Split fragments into articles and page furniture."""
    builder = _Builder()
    furniture: list[Chunk] = []
    after = [*roles[1:], ""]
    for chunk, role, following in zip(chunks, roles, after, strict=True):
        if role == "page_furniture":
            furniture.append(chunk)
        else:
            builder.add(chunk, role, following)
    return _claim_bodies(builder.groups), furniture


class _Builder:
    """Takes fragments in page order."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._story: Group | None = None
        self._photo: Group | None = None  # the one that the last fragment belongs to

    def add(self, chunk: Chunk, role: str, following: str) -> None:
        """Put a fragment where it belongs."""
        if self._is_photo(chunk, role, following):
            self._add_to_photo(chunk, role, following)
            return
        self._photo = None
        role = "title" if role == "caption_title" else role
        if self._story is None or self._opens(self._story, chunk, role):
            self._story = Group()
            self.groups.append(self._story)
        self._story.parts.append((chunk, role))

    def _is_photo(self, chunk: Chunk, role: str, following: str) -> bool:
        if role == "caption":
            return True
        if role == "credit":
            return self._photo is not None and any(word in chunk.text for word in _PHOTO_WORDS)
        if role == "section_label":
            return following in _PHOTO
        return role == "caption_title" and (following in (*_PHOTO, "credit") or self._photo is not None)

    def _add_to_photo(self, chunk: Chunk, role: str, following: str) -> None:
        photo = self._photo
        if photo is None or _is_next_photo(photo, chunk, role, following):
            photo = self._photo = Group(photo=True)
            self.groups.append(photo)
        photo.parts.append((chunk, role))

    @staticmethod
    def _opens(story: Group, chunk: Chunk, role: str) -> bool:
        """Whether a fragment begins a new story."""
        last = story.parts[-1][1]
        if role in HEADS:
            if last in ("byline", "dateline") and not story.has("title"):
                return False
            return last not in HEADS or HEADS.index(role) < HEADS.index(last)
        return role == "body" and _is_told(story) and opens_report(chunk.text)


def _is_next_photo(photo: Group, chunk: Chunk, role: str, following: str) -> bool:
    """Whether a caption, or the headline of one, belongs to another photo than the one before it."""
    if role == "caption":
        return photo.has("caption") and chunk.text[0] not in _SERIES
    if role == "caption_title":
        return photo.has("caption") and (photo.has("caption_title") or following == "caption")
    return role == "section_label" and photo.has("caption")


def _is_told(group: Group) -> bool:
    """Whether the article has a finished paragraph at its end."""
    chunk, role = group.parts[-1]
    return role == "credit" or (role == "body" and is_complete(chunk.text) and not is_dispatch_line(chunk.text))


def _claim_bodies(groups: list[Group]) -> list[Group]:
    """Give a headline that no body follows the body above that says it again."""
    out: list[Group] = []
    for group in groups:
        if group.photo or group.has("body"):
            out.append(group)
            continue
        before = next((known for known in reversed(out) if not known.photo), None)
        if before is not None and _takes_body(group, before) and not before.parts:
            out.remove(before)
        out.append(group)
    return out


def _takes_body(group: Group, before: Group) -> bool:
    """Move the paragraphs that a headline speaks of from the group above under it."""
    text = "".join(chunk.text for chunk, role in group.parts if role in ("kicker", "title"))
    pairs = {text[i : i + 2] for i in range(len(text) - 1)}
    if not pairs:
        return False
    headless = before.parts[0][1] == "body"
    for k, (chunk, role) in enumerate(before.parts):
        if role != "body" or (k and before.parts[k - 1][1] in HEADS):
            continue
        head = chunk.text[:_OPENING]
        if sum(pair in head for pair in pairs) >= _LEAD * len(pairs) and (headless or k > 1):
            start = 0 if headless else k
            group.parts.extend(before.parts[start:])
            del before.parts[start:]
            return True
    return False
