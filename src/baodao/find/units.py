"""Units behind, before and inside a number: classifiers, measures, money; 3元5角, 两年零三个月, 三斤半.

In: a text and a place. Out: the `Unit` there, or the value of a chain of them. The lists are `data/units.csv`
(ISO 4217, GB 3100), `unit_prefixes.csv`, `unit_parts.csv`; words that only begin like a unit
`lexicon/not_units.txt`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from baodao.resources import read_csv, read_words
from baodao.text.numerals import CHINESE_DIGITS, NumeralError, parse_number

__all__ = [
    "Prefix",
    "Unit",
    "more_behind",
    "prefix_ends",
    "read_chain",
    "unit_at",
    "unit_before",
    "unit_size",
]

_PART = re.compile(
    r"[零又]?(?P<number>\d{1,4}(?:\.\d{1,3})?|[一二三四五六七八九十]{1,4}|[壹贰叁肆伍陆柒捌玖拾]{1,4}|两)"
)
_DECIMAL = re.compile(r"(?P<zero>零)?(?P<digits>[一二三四五六七八九]{1,2})(?![零一二三四五六七八九十百千万亿几多])")
_AFTER_DECIMAL = frozenset("左右多以上下到至的高长重远宽厚深,。;:、!?)》”—-~ \n")  # 三米九高 is 3.9, 三米九曲桥 is not
_TAKES_DECIMAL = frozenset("块元毛角蚊毫米斤成尺丈")
_TAKES_HALF = frozenset(("duration", "measure", "amount", "rate", "age"))
_HALF_WORDS = re.compile(r"半(?:[径价导自决场路票封开信岛]|[^,。;]?数)")
_HUNDREDTHS = re.compile(r"\d{2,3}(?=$|[,。;、的)]|完赛|获|夺|摘|打破)")  # 9秒58的成绩, 7米95
_NOT_MORE = frozenset("数种元样项次年名个家位")


class Unit(NamedTuple):
    """A row of `units.csv`; `base` and `factor` say what one of it is (ISO code, SI unit, seconds from-to)."""

    text: str
    kind: str
    base: str
    factor: str


class Prefix(NamedTuple):
    """A currency or scale before the number: ¥, 港币, 摄氏."""

    start: int
    kind: str
    unit: str


@cache
def _units() -> dict[str, tuple[tuple[Unit, str, tuple[str, ...], bool], ...]]:
    """Units by first character, the longest first: unit, text, words that only begin like it, whether Latin."""
    words: dict[str, list[str]] = {}
    for word in read_words("lexicon/not_units.txt"):
        words.setdefault(word[0], []).append(word)
    table: dict[str, list[tuple[Unit, str, tuple[str, ...], bool]]] = {}
    for row in read_csv("units.csv"):
        unit = Unit(row["unit"], row["kind"], row["base"], row["factor"])
        vetoes = tuple(word for word in words.get(unit.text[0], ()) if len(word) > len(unit.text))
        table.setdefault(unit.text[0], []).append((unit, unit.text, vetoes, unit.text[-1].isascii()))
    return {first: tuple(sorted(units, key=lambda u: -len(u[0].text))) for first, units in table.items()}


@cache
def _prefixes() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Prefixes by last character, the longest first."""
    table: dict[str, list[tuple[str, str, str]]] = {}
    for row in read_csv("unit_prefixes.csv"):
        table.setdefault(row["prefix"][-1], []).append((row["prefix"], row["kind"], row["unit"]))
    return {last: tuple(sorted(rows, key=lambda r: -len(r[0]))) for last, rows in table.items()}


@cache
def prefix_ends() -> frozenset[str]:
    """The last characters of what may stand before a number as its unit."""
    return frozenset(_prefixes())


@cache
def _parts() -> dict[tuple[str, str], Decimal]:
    return {(row["whole"], row["part"]): Decimal(row["share"]) for row in read_csv("unit_parts.csv")}


def unit_at(text: str, at: int) -> Unit | None:
    """The longest unit that stands at `at` and is not the beginning of a word.

    >>> unit_at("12吨公里", 2).text, unit_at("3户主", 1)
    ('吨公里', None)
    """
    units = _units().get(text[at : at + 1])
    if units is None:
        return None
    for unit, word, vetoes, latin in units:
        if text.startswith(word, at) and not text.startswith(vetoes, at) and not (latin and not _ends(text, at, word)):
            return unit
    return None


def _ends(text: str, at: int, unit: str) -> bool:
    """Whether a Latin unit (km) ends where its word does."""
    following = text[at + len(unit) : at + len(unit) + 1]
    return not (unit[-1].isalpha() and following.isascii() and following.isalnum())


def unit_before(text: str, at: int) -> Prefix | None:
    """The currency or temperature scale that ends at `at`, a space or two aside."""
    end = at
    while end and at - end < 2 and text[end - 1] == " ":
        end -= 1
    for prefix, kind, unit in _prefixes().get(text[end - 1 : end], ()) if end else ():
        start = end - len(prefix)
        if text.startswith(prefix, max(start, 0)) and not (prefix.isalpha() and text[start - 1 : start].isdigit()):
            return Prefix(start, kind, unit)
    return None


def unit_size(unit: Unit) -> Decimal:
    """How much of its base one of a unit is; seconds for a duration."""
    return Decimal(unit.base if unit.kind == "duration" else unit.factor or 1)


def read_chain(text: str, value: Decimal, unit: Unit, end: int, chinese: bool) -> tuple[Decimal, int]:
    """The value in `unit`, and where it ends, of 3元5角, 六斤八两, 两年零三个月, 三斤半, 一米八, 两块五.

    Args:
        value: the number before the unit.
        end: behind the unit.
        chinese: whether that number is written in Chinese; only then a bare digit may follow.
    """
    half = text[end : end + 1] == "半" and unit.kind in _TAKES_HALF and not _HALF_WORDS.match(text, end)
    if half:
        return value + Decimal("0.5"), end + 1
    size, last = unit_size(unit), unit.text
    if last in ("秒", "米") and (rest := _HUNDREDTHS.match(text, end)) is not None:
        return value + Decimal(f"0.{rest[0]}"), rest.end()
    for _ in range(4):
        part = _part(text, end, unit, size)
        if part is None:
            break
        more, size, end = part
        value, last = value + more, text[end - 1]
    else:
        return value, end
    found = _DECIMAL.match(text, end) if chinese and last in _TAKES_DECIMAL else None
    if found is not None and (text[found.end() : found.end() + 1] or "。") in _AFTER_DECIMAL:
        digits = "".join(str(CHINESE_DIGITS[c]) for c in found["digits"])
        share = Decimal(f"0.{'0' if found['zero'] else ''}{digits}")
        return value + share * size / unit_size(unit), found.end()
    return value, end


def _part(text: str, at: int, whole: Unit, above: Decimal) -> tuple[Decimal, Decimal, int] | None:
    """A smaller unit of the same kind right behind: its worth in `whole`, its size, its end."""
    if whole.kind not in ("amount", "measure", "duration") or not (match := _PART.match(text, at)):
        return None
    part = unit_at(text, match.end())
    own = _parts().get((whole.base if whole.kind == "amount" else whole.kind, text[match.end() : match.end() + 1]))
    if part is not None and part.text == "个月" and whole.text == "年":
        size, length = unit_size(whole) / 12, 2  # a year has twelve months, however long they are
    elif part is not None and part.kind == whole.kind and (part.kind == "duration" or part.base == whole.base):
        size, length = unit_size(part), len(part.text)
    elif own is not None and (part is None or part.kind == "count"):
        size, length = own, 1
    else:
        return None
    try:
        number = parse_number(match["number"])
    except NumeralError:
        return None
    if size >= above:
        return None
    return number * size / unit_size(whole), size, match.end() + length


def more_behind(text: str, at: int) -> bool:
    """Whether 多 or 余 stands behind the unit (3公里多) and does not begin a word (3年多次)."""
    return text[at : at + 1] in ("多", "余") and text[at + 1 : at + 2] not in _NOT_MORE
