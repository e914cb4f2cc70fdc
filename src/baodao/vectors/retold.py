"""Retold: reports of one event in different words, known by the numbers and the words that they share.

In: texts. Out: pairs of them. Numbers such as 1249 or 18.3 say much (round ones and years do not): two reports that
print several of them both and name the same things tell of the same. Reports without such numbers are not found.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from baodao.text.numerals import NumeralError, parse_number
from baodao.text.segment import word_rarity
from baodao.vectors.words import WordTokenizer

__all__ = ["common_numbers", "read_numbers", "share_matter"]

SHARED = 2  # telling numbers that both must print
COMMON = 64  # texts that print a number from which on it says nothing
WORDS = 0.2  # least cosine of the words
_UNKNOWN = 12.0  # rarity of a word that jieba's table lacks: about its middle
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?[百千万亿]*|[一二三四五六七八九十百千万亿零〇两]{2,}")


def read_numbers(text: str) -> frozenset[Decimal | str]:
    """The values of the numbers in a text; what is no whole numeral stays as printed.

    >>> sorted(read_numbers("1.2万亩，12000人，三十六名"))
    [Decimal('36'), Decimal('12000')]
    """
    return frozenset(map(_value, _NUMBER.findall(text)))


def common_numbers(one: frozenset[Decimal | str], other: frozenset[Decimal | str]) -> float:
    """The share of the fewer numbers that the other text prints too; 1 where there are not two.

    >>> common_numbers(read_numbers("学员40名，开班3个"), read_numbers("学员40名，开班5个，教师2名"))
    0.5
    """
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer > 1 else 1.0


def share_matter(texts: Sequence[str], numbers: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts that share their telling numbers and their words, by first and second, with the share of the
    numbers.

    Args:
        numbers: least share of the fewer numbers that both print, 0 to 1.
    """
    values = [read_numbers(text) for text in texts]
    holders: dict[Decimal | str, list[int]] = defaultdict(list)
    for place, own in enumerate(values):
        for value in filter(_is_telling, own):
            holders[value].append(place)
    shared = Counter(pair for places in holders.values() if len(places) < COMMON for pair in combinations(places, 2))
    vectors: dict[int, dict[str, float]] = {}
    tokenizer = WordTokenizer()
    for first, second in sorted(pair for pair, count in shared.items() if count >= SHARED):
        common = common_numbers(values[first], values[second])
        if common >= numbers:
            for place in (first, second):
                if place not in vectors:
                    vectors[place] = _vector(tokenizer(texts[place]))
            if sum(weight * vectors[second].get(word, 0.0) for word, weight in vectors[first].items()) >= WORDS:
                yield first, second, common


def _value(said: str) -> Decimal | str:
    try:
        return parse_number(said)
    except NumeralError:
        return said


def _is_telling(value: Decimal | str) -> bool:
    """1249, 1260 and 18.3, but neither 300 nor 0.5, 36 or the year 2021."""
    if isinstance(value, str) or len(str(value).replace(".", "").strip("0")) < 2:
        return False
    return value != value.to_integral_value() or (value >= 100 and not 1900 <= value <= 2100)


def _vector(words: Sequence[str]) -> dict[str, float]:
    """TF-IDF of length one, against Chinese at large."""
    table = word_rarity()
    weights = {w: (1 + math.log(n)) * table.get(w, _UNKNOWN) for w, n in Counter(words).items()}
    length = math.hypot(*weights.values()) or 1.0
    return {word: weight / length for word, weight in weights.items()}
