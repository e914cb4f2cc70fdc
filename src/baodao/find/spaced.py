"""Numbers set with spaces between their characters (一百 五 十 二, 百 分 之 2, 3 分 之 1), closed up for reading.

In: a text. Out: the same text without the spaces inside such numbers, and where each character stood. A space
goes only where the pieces around it make one well-formed numeral, fraction or rate: table columns (12 15) and
lists (一 二 三) stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from baodao.resources import fragments

__all__ = ["Closed", "close_gaps"]

_PIECE = (
    "[0-9.零〇○一二三四五六七八九十百千万亿两兩俩兆廿卅卌壹贰貳叁叄参參肆伍陆陸柒捌玖拾佰仟萬億"
    "点點分之又个個成折負负余几k%-]"
)
_RUN = re.compile(rf"{_PIECE}{{1,24}}(?: {{1,4}}{_PIECE}{{1,24}}){{1,12}}")
_BOUND = re.compile("[十百千万亿拾佰仟萬億分折成个個兆]")
_GAP = re.compile(rf" (?<={_PIECE} ) {{0,3}}(?={_PIECE})")  # begins with its only certain character: fast
_BREAK = re.compile(r" +")


class Closed(NamedTuple):
    """A text without the gaps of its numbers; `places[i]` is where its character `i` stood."""

    text: str
    places: list[int]

    def inside(self, position: int) -> int:
        """The position in the closed text of one in the text as it was."""
        return bisect_left(self.places, position)

    def start(self, position: int) -> int:
        """Where a span that begins at `position` of the closed text began."""
        return self.places[position]

    def end(self, position: int) -> int:
        """Where a span that ends at `position` of the closed text ended."""
        return self.places[position - 1] + 1 if position else 0


@cache
def _whole() -> re.Pattern[str]:
    """One number in one of the forms that survive gaps; a numeral alone has a magnitude and falls."""
    one = f"(?:{fragments()['digit']}|[0-9]{{1,4}})"
    group = f"(?:{one}?[千仟]零?)?(?:{one}?[百佰]零?)?(?:{one}?[十拾]|[廿卅卌])?{one}?"
    round_ = f"(?:{group}[余几]?[亿億兆]零?)?(?:{group}[余几]?[万萬]零?)?(?:{group})(?:\\.[0-9]{{1,9}})?"
    number = f"{round_}(?:[点點]{one}{{1,9}})?"
    sign = "[负負-]?"
    return re.compile(
        f"(?=.*[^0-9.]){sign}{round_}"
        f"|(?:{sign}{number}又)?{sign}{number}分之{sign}{number}k?"
        f"|{sign}{number}[个個]百分[点點]|{sign}{number}[成折]|{one}成{one}"
    )


def close_gaps(text: str) -> Closed | None:
    """`text` with the gaps inside numbers closed; None where there is none to close.

    >>> close_gaps("共一百 五 十 二人").text, close_gaps("百 分之 2").text
    ('共一百五十二人', '百分之2')
    >>> close_gaps("12 15 18"), close_gaps("一 二 三")
    (None, None)
    """
    if _GAP.search(text) is None:
        return None
    gone: list[tuple[int, int]] = []
    for run in _RUN.finditer(text):
        if _BOUND.search(run[0]) is None:
            continue  # digits alone never close up
        gone += _gaps(run[0], run.start())
    if not gone:
        return None
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in [*gone, (len(text), len(text))]:
        parts.append(text[at:start])
        places.extend(range(at, start))
        at = end
    return Closed("".join(parts), places)


def _gaps(run: str, offset: int) -> list[tuple[int, int]]:
    """The gaps of a run of pieces that go: the longest row of pieces that is one number, then on behind it."""
    cuts = [(m.start(), m.end()) for m in _BREAK.finditer(run)]
    pieces = list(zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(run)], strict=True))
    if len({run[a:b] for a, b in pieces}) == 1:
        return []  # 十 十 十: a row, no number
    gone: list[tuple[int, int]] = []
    first = 0
    while first < len(pieces):
        last = len(pieces) - 1
        while last > first and not _is_one([run[a:b] for a, b in pieces[first : last + 1]]):
            last -= 1
        gone += [(offset + start, offset + end) for start, end in cuts[first:last]]
        first = last + 1
    return gone


def _is_one(pieces: list[str]) -> bool:
    """Whether pieces are one number; Arabic digits on both sides of a gap only in 7 2 折."""
    joined = "".join(pieces)
    if any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(pieces)) and (
        len(joined) != 3 or joined[-1] != "折"
    ):
        return False
    return _whole().fullmatch(joined) is not None
