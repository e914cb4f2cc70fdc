"""A sentence as the linker reads it: hits are single tokens, the words between them come from jieba.

Each stretch between two hits is cut by itself, so that a word never runs into a number or a name.
A short quotation is one token; quoted names behave like nouns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from baodao.link.choice import Part
from baodao.link.words import words
from baodao.records.light import Hit, NameHit, QuantityHit, RegionHit, TimeHit
from baodao.resources import read_csv
from baodao.text.passage import Passage
from baodao.text.segment import Word

__all__ = ["Sentence", "Token", "is_modifier", "is_nominal", "is_verb", "klass", "read_sentence"]

# tags of hit tokens; jieba's own tags are lower case
QUANTITY, TIME, REGION, ORGANIZATION, PROGRAM, PERSON, QUOTE = "Q", "T", "R", "O", "P", "N", "“"
_NAME_TAGS = {"organization": ORGANIZATION, "program": PROGRAM, "person": PERSON}
_QUOTE = re.compile(r"[“\"「『]([^“”\"「」『』。\n]{1,14})[”\"」』]|《[^《》\n]{1,40}》")
_NOMINAL = frozenset(["n", "j", "l", "i", "s", "b", "g", "k", "h", "z"]) | {QUOTE, ORGANIZATION, PROGRAM}
_NOUN_TAGS = ("n", "an", "vn", "eng")
_PLAIN = {
    "的": "的",
    "之": "的",
    "、": "、",
    "和": "and",
    "与": "and",
    "及": "and",
    "以及": "and",
    "等": "等",
    "其中": "其中",
}
_PLAIN |= dict.fromkeys(",。;:!?()—\n", "stop")


class Token(NamedTuple):
    """A word or a hit of a sentence, in passage coordinates."""

    text: str
    tag: str
    start: int
    end: int
    hit: Hit | None = None

    @property
    def word(self) -> str:
        """The text as a sign for the models; of a name or quotation only its tag, since it says nothing elsewhere."""
        return self.text if self.hit is None and self.tag != QUOTE else self.tag


def is_verb(token: Token) -> bool:
    """Whether the token is a verb; verbal nouns (vn) count, they may be either."""
    return token.tag[0] == "v"


def is_modifier(token: Token) -> bool:
    """Whether the token is a verb that mostly stands inside noun phrases (扶贫 in 扶贫车间)."""
    return token.tag == "vn" and token.text in words("modifier")


def is_nominal(token: Token) -> bool:
    """Whether the token can head or modify a noun phrase by itself."""
    return token.tag in _NOMINAL or token.tag.startswith(_NOUN_TAGS)


def klass(token: Token) -> str:
    """A coarse reading of a token: n, v, govern, mod, state, change, light, stop, Q, T, R …"""
    text, tag = token.text, token.tag
    if tag[0].isupper() or tag == QUOTE:
        return tag
    if text in _PLAIN:
        return _PLAIN[text]
    for name in ("state", "change"):
        if text in words(name):
            return name
    if tag[0] == "d" or text in words("light"):
        return "light"
    if not text[0].isalnum():
        return "mark"
    if tag[0] == "v":
        if is_modifier(token):
            return "mod"
        return "govern" if text in words("create") or text in words("govern") else tag[:2]
    return tag[:1] if tag[0] in "nabpcfmrsitjlkqu" else "x"


@cache
def _word_classes() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["coarse"], row["fine"]) for row in read_csv("lexicon/word_classes.csv")}


def kind_of(token: Token) -> tuple[str, str]:
    """The classes of words that a token keeps company with, coarse and fine, learned from running text."""
    if token.hit is not None:
        return (token.tag, token.tag)
    return _word_classes().get(token.text) or _word_classes().get(token.text[-2:]) or (token.tag[:1], token.tag)


class Sentence:
    """The tokens of a sentence and their classes; tokens tile the span.

    Attributes:
        quantities: indexes of the tokens that are quantities.
    """

    def __init__(self, passage: Passage, span: tuple[int, int], tokens: list[Token]) -> None:
        self.passage = passage
        self.span = span
        self.tokens = tokens
        self.classes = [klass(token) for token in tokens]
        self.kinds = [kind_of(token) for token in tokens]
        self._parts: dict[tuple[str, int], Part] = {}
        self.quantities = [k for k, token in enumerate(tokens) if isinstance(token.hit, QuantityHit)]

    def part(self, key: tuple[str, int], look: Callable[[Sentence, int], list[str]]) -> Part:
        """The features that `look` sees at token `key[1]`, looked at once."""
        part = self._parts.get(key)
        if part is None:
            part = self._parts[key] = Part(look(self, key[1]))
        return part

    def text(self, run: tuple[int, int]) -> str:
        """The printed characters of a run of tokens."""
        start, end = self.place(run)
        return self.passage.raw[start:end]

    def place(self, run: tuple[int, int]) -> tuple[int, int]:
        """The passage span of a run of tokens."""
        return self.tokens[run[0]].start, self.tokens[run[1] - 1].end

    def quantity(self, k: int) -> QuantityHit:
        """The quantity that token `k` is."""
        hit = self.tokens[k].hit
        assert isinstance(hit, QuantityHit)
        return hit


def read_sentence(passage: Passage, span: tuple[int, int], hits: Sequence[Hit]) -> Sentence:
    """Cut a sentence into words and hits."""
    tokens: list[Token] = []
    at = span[0]
    for start, end, tag, hit in _atoms(passage, *span, hits):
        tokens.extend(_plain(w) for w in _split(passage.words(at, start)))
        tokens.append(Token(passage.text[start:end], tag, start, end, hit))
        at = end
    tokens.extend(_plain(w) for w in _split(passage.words(at, span[1])))
    return Sentence(passage, span, tokens)


def _split(found: Iterable[Word]) -> Iterator[Word]:
    """Cut the words that jieba glues out of a noun's tail and a verb (回访|率达)."""
    for word in found:
        if word.text in words("glued"):
            yield Word(word.text[0], "n", word.start, word.start + 1)
            yield Word(word.text[1:], "v", word.start + 1, word.end)
        else:
            yield word


def _plain(word: Word) -> Token:
    """A token of a word; where jieba's dictionary has an unhelpful tag, ours counts."""
    tag = word.tag
    if word.text in words("adverb"):
        tag = "d"
    elif word.text in words("attributive"):
        tag = "b"
    elif word.text in words("modifier"):
        tag = "vn"
    elif tag[0] != "v" and (word.text in words("govern") or word.text in words("create")):
        tag = "v"
    elif tag == "zg" or word.text in words("noun"):
        tag = "n"
    return Token(word.text, tag, word.start, word.end)


def _atoms(passage: Passage, start: int, end: int, hits: Sequence[Hit]) -> list[tuple[int, int, str, Hit | None]]:
    """Non-overlapping spans that are one token each; the earlier, then the longer one wins."""
    spans: list[tuple[int, int, str, Hit | None]] = [
        (hit.start, hit.end, _tag(hit), hit) for hit in hits if start <= hit.start and hit.end <= end and _tag(hit)
    ]
    spans += [(m.start(), m.end(), QUOTE, None) for m in _QUOTE.finditer(passage.text, start, end)]
    atoms: list[tuple[int, int, str, Hit | None]] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1], s[3] is None)):
        if not atoms or span[0] >= atoms[-1][1]:
            atoms.append(span)
        elif span[2] == QUANTITY and atoms[-1][2] in (ORGANIZATION, QUOTE) and span[1] > atoms[-1][1]:
            atoms[-1] = span  # a name must not swallow half of a number
    return atoms


def _tag(hit: Hit) -> str:
    match hit:
        case QuantityHit(kind="count" | "amount" | "rate" | "measure" | "duration" | "age" | "frequency"):
            return QUANTITY
        case TimeHit():
            return TIME
        case RegionHit():
            return REGION
        case NameHit():
            return _NAME_TAGS.get(hit.kind, "")
    return ""
