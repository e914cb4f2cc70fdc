"""Who wrote a report and who took its photos: the persons of bylines and credits.

In: the wording of a byline or credit. Out: names with what each did. Two-character names are spaced to the width
of three (金  歆); `文/` and `图/` before names say who did which, `摄` and `文/图` behind them what all did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from baodao.layout.roles import is_names
from baodao.resources import fill_fragments

__all__ = ["photographers", "writers"]

_BOTH = r"摄影报道|文[/、]?图|图[/、]?文"
_BEHIND = re.compile(
    rf"(?<![\s/])[\s/]*(?:(?P<both>{_BOTH})|(?P<photo>摄影?)|(?P<lent>供图))(?:[（(][^（()）]*)?[)）]?$"
)
_BEFORE = re.compile(rf"(?:^|(?<=\s))(?:(?P<both>{_BOTH})|(?P<photo>图|摄影)|(?P<text>撰?文字?|撰稿))\s?[/|｜：:]\s?")
_DUTY = re.compile(fill_fragments(r"(?:{paper})?{duty}[\s：:]?|[■□◆●○▲口（）()]|报道"))
_PARTS = re.compile(r"[\s、，,/·|｜；;]+")
_HAN = re.compile(r"[一-鿿]{1,4}")


def writers(text: str) -> list[str]:
    """The persons who wrote a report, as its byline or closing credit names them.

    >>> writers("本报记者  周小河  郑  江"), writers("文/周小河 图/郑大江"), writers("■记者 周小河 文/图")
    (['周小河', '郑江'], ['周小河'], ['周小河'])
    """
    return [name for name, did in _persons(text) if did in ("text", "both")]


def photographers(text: str) -> list[str]:
    """The persons who took the photos; who only lent a picture (供图) is none.

    >>> photographers("江岸日报记者 王小海/摄"), photographers("王小海摄（江岸图片社）"), photographers("周小河 文/图")
    (['王小海'], ['王小海'], ['周小河'])
    """
    return [name for name, did in _persons(text) if did in ("photo", "both")]


def _persons(text: str) -> Iterator[tuple[str, str]]:
    """Each name, and whether its bearer made the "text", the "photo" or "both"; "lent" a picture."""
    did = "text"
    if (behind := _BEHIND.search(text)) is not None:
        did = behind.lastgroup or did
        text = text[: behind.start()]
    text = _DUTY.sub(" ", text)
    at = 0
    for before in _BEFORE.finditer(text):
        yield from ((name, did) for name in _names(text[at : before.start()]))
        did, at = before.lastgroup or did, before.end()
    yield from ((name, did) for name in _names(text[at:]))


def _names(text: str) -> Iterator[str]:
    """The names in a list; two single characters beside each other are one name, spaced."""
    waiting = ""
    for part in _PARTS.split(text):
        part = waiting + part if len(part) == 1 else part
        waiting = part if len(part) == 1 else ""
        if len(part) > 1 and _HAN.fullmatch(part) and is_names(part):
            yield part
