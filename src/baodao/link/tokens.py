"""A sentence as the linker reads it: hits are single tokens, the words between them come from jieba.

Each stretch between two hits is cut by itself, so that a word never runs into a number or a name.
A short quotation is one token; quoted names behave like nouns. What a token is by itself is told once for each word
and tag; where it stands says the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from baodao.link.words import classes_of, words
from baodao.records.light import Hit, QuantityHit
from baodao.resources import read_rows
from baodao.text.passage import Passage

__all__ = ["OUTSIDE", "QUANTITY", "VERBS", "Sentence", "Token", "read_sentence"]

VERBS = frozenset(("v", "govern", "state", "change"))  # classes of what is mostly the verb of a clause
OUTSIDE = "#"  # the class, kind and word of what lies outside the sentence

# tags of hit tokens; jieba's own tags are lower case
QUANTITY, TIME, REGION, ORGANIZATION, PROGRAM, PERSON, QUOTE = "Q", "T", "R", "O", "P", "N", "“"
BRACKET = "("
_TAGS = {
    "count": QUANTITY, "amount": QUANTITY, "rate": QUANTITY, "measure": QUANTITY, "duration": QUANTITY,
    "age": QUANTITY, "frequency": QUANTITY, "time": TIME, "region": REGION, "organization": ORGANIZATION,
    "program": PROGRAM, "person": PERSON,
}  # fmt: skip
_QUOTE = re.compile(r"[“\"「『]([^“”\"「」『』。\n]{1,14})[”\"」』]|《[^《》\n]{1,40}》")
# a bracket that goes with the word before it: 中小学(幼儿园), 县(市、区)
_BRACKET = re.compile(r"(?<=[一-龥])\([^()\d,。;:“”\n]{1,8}\)")
_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千万亿两几数半多零〇]")
_NOMINAL = frozenset(["n", "j", "l", "i", "s", "b", "g", "k", "h", "z"]) | {QUOTE, ORGANIZATION, PROGRAM}
_AGENTS = frozenset([ORGANIZATION, PERSON, REGION])
_STEMS = frozenset(["v", "vn", "mod", "govern"])  # classes of verbs that a noun may make a word with
_GOVERN = frozenset(["govern", "create"])  # classes of verbs that govern what they count
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
_BREAK = "\n"  # stands for a hit when a sentence is cut into words; no sentence holds a line break
_MOST = 30_000  # remembered tokens


class Token(NamedTuple):
    """A word or hit by itself, wherever it stands."""

    text: str
    tag: str
    word: str  # the text as a sign for the models; of a name or quotation only its tag, since it says nothing elsewhere
    klass: str  # a coarse reading: n, v, govern, mod, state, change, light, stop, Q, T, R …
    coarse: str  # its class among words that keep the same company, learned from running text
    fine: str
    broad: str  # its field among words of like meaning, from word vectors: of 64, 256 and 1000
    field: str
    narrow: str
    is_verb: bool  # verbal nouns (vn) count, they may be either
    is_modifier: bool  # a verb that mostly stands inside noun phrases (扶贫 in 扶贫车间)
    is_nominal: bool  # whether it can head or modify a noun phrase by itself
    may_end: bool  # whether a noun phrase may end with it
    is_agent: bool  # whether it names someone who acts: a body, a person, a place, people
    is_over: bool  # whether a noun phrase may end before it: no noun goes on there (同比 and the like are none)


class _Tokens(dict[tuple[str, str], Token]):
    """Tokens by text and tag, each made once."""

    def __init__(self, make: Callable[[str, str], Token]) -> None:
        self._make = make

    def __missing__(self, pair: tuple[str, str]) -> Token:
        if len(self) >= _MOST:
            self.clear()
        token = self[pair] = self._make(*pair)
        return token


def _word_token(text: str, tag: str) -> Token:
    """A token of a word; where jieba's dictionary has an unhelpful tag, ours counts."""
    classes = classes_of(text)
    if "adverb" in classes:
        tag = "d"
    elif "attributive" in classes:
        tag = "b"
    elif "modifier" in classes:
        tag = "vn"
    elif tag[0] != "v" and not _GOVERN.isdisjoint(classes):
        tag = "v"
    elif tag[0] == "n" and "state" in classes:
        tag = "v"  # 已达 and the like, which the dictionary lacks
    elif tag == "zg" or "noun" in classes or (tag[0] == "m" and not _NUMERAL.search(text)):
        tag = "n"  # 大米 is no number: numbers are hits
    return _token(text, tag, text, _kind_of(text, tag), _field_of(text))


def _hit_token(text: str, tag: str) -> Token:
    """A token of a hit or a quotation."""
    return _token(text, tag, tag, _kind_of(text, tag) if tag == QUOTE else (tag, tag), None)


def _token(text: str, tag: str, word: str, kind: tuple[str, str], field: tuple[str, str, str] | None) -> Token:
    is_verb, is_modifier = tag[0] == "v", tag == "vn" and "modifier" in classes_of(text)
    is_nominal = tag in _NOMINAL or tag.startswith(_NOUN_TAGS)
    klass = _klass(text, tag, is_modifier)
    may_end = is_nominal or (is_verb and len(text) > 1) or tag in ("N", "R", "s")
    is_agent = tag in _AGENTS or text.endswith(_agents())
    is_over = klass == "light" or not is_nominal or is_verb
    return Token(
        text, tag, word, klass, *kind, *(field or (klass,) * 3),
        is_verb, is_modifier, is_nominal, may_end, is_agent, is_over,
    )  # fmt: skip


def _klass(text: str, tag: str, is_modifier: bool) -> str:
    if tag[0].isupper() or tag == QUOTE:
        return tag
    if text in _PLAIN:
        return _PLAIN[text]
    classes = classes_of(text)
    for name in ("state", "change"):
        if name in classes:
            return name
    if tag[0] == "d" or "light" in classes:
        return "light"
    if not text[0].isalnum():
        return "mark"
    if tag[0] == "v":
        if is_modifier:
            return "mod"
        return tag[:2] if _GOVERN.isdisjoint(classes) else "govern"
    return tag[:1] if tag[0] in "nabpcfmrsitjlkqu" else "x"


@cache
def _agents() -> tuple[str, ...]:
    return tuple(words("agent"))


@cache
def _word_classes() -> dict[str, tuple[str, str]]:
    pairs: dict[tuple[str, str], tuple[str, str]] = {}  # few, each kept once
    rows = read_rows("lexicon/word_classes.csv")
    return {word: pairs.setdefault((coarse, fine), (coarse, fine)) for word, coarse, fine in rows}


def _kind_of(text: str, tag: str) -> tuple[str, str]:
    """The kind of a word, or that of what it ends with."""
    kinds = _word_classes()
    last = text[-1:] if tag[0] == "n" else ""
    return kinds.get(text) or kinds.get(text[-2:]) or kinds.get(last) or (tag[:1], tag)


@cache
def _word_fields() -> dict[str, tuple[str, str, str]]:
    found: dict[str, tuple[str, str, str]] = {}
    for narrow, field, broad, members in read_rows("lexicon/word_fields.csv"):
        found |= dict.fromkeys(members.split(" "), (broad, field, narrow))
    return found


def _field_of(text: str) -> tuple[str, str, str] | None:
    """The field of a word, or that of what it ends with."""
    fields = _word_fields()
    return fields.get(text) or fields.get(text[-3:]) or fields.get(text[-2:]) or fields.get(text[-1:])


_OUTSIDE = Token(*(OUTSIDE,) * 9, False, False, False, False, False, False)
_WORDS, _HITS = _Tokens(_word_token), _Tokens(_hit_token)


class Sentence:
    """The tokens of a sentence; they tile its span.

    What tokens are stands in columns, one entry a token and two for the places outside behind them, so that
    `classes[k + 2]` and `classes[-1]` can be asked.

    Attributes:
        tokens: what stands there.
        texts, tags, words, classes … is_over: columns of the tokens.
        starts, ends: passage positions of the tokens.
        hits: the hits that tokens are, by index.
        quantities: indexes of the tokens that are quantities.
    """

    __slots__ = (
        "broad", "classes", "coarse", "ends", "field", "fine", "hits", "is_agent", "is_modifier", "is_nominal",
        "is_over", "is_verb", "may_end", "narrow", "passage", "quantities", "span", "starts",
        "tags", "texts", "tokens", "words",
    )  # fmt: skip

    def __init__(self, passage: Passage, span: tuple[int, int], tokens: list[Token], hits: dict[int, Hit]) -> None:
        self.passage = passage
        self.span = span
        self.tokens = tokens
        self.hits = hits
        self.quantities = [k for k, hit in hits.items() if isinstance(hit, QuantityHit)]
        (
            self.texts, self.tags, self.words, self.classes, self.coarse, self.fine, self.broad, self.field,
            self.narrow, self.is_verb, self.is_modifier, self.is_nominal, self.may_end, self.is_agent, self.is_over,
        ) = zip(*tokens, _OUTSIDE, _OUTSIDE, strict=True)  # fmt: skip
        self.starts = list(accumulate(map(len, self.texts), initial=span[0]))
        self.ends = self.starts[1:]

    def text(self, run: tuple[int, int]) -> str:
        """The printed characters of a run of tokens."""
        return self.passage.raw[self.starts[run[0]] : self.ends[run[1] - 1]]

    def place(self, run: tuple[int, int]) -> tuple[int, int]:
        """The passage span of a run of tokens."""
        return self.starts[run[0]], self.ends[run[1] - 1]

    def quantity(self, k: int) -> QuantityHit:
        """The quantity that token `k` is."""
        hit = self.hits[k]
        assert isinstance(hit, QuantityHit)
        return hit


def read_sentence(passage: Passage, span: tuple[int, int], hits: Sequence[Hit]) -> Sentence:
    """Cut a sentence into words and hits."""
    text = passage.text
    atoms = _atoms(passage, *span, hits)
    stretches = []
    at = span[0]
    for start, end, _, _ in atoms:
        stretches.append(text[at:start])
        at = end
    stretches.append(text[at : span[1]])
    tokens: list[Token] = []
    of_hits: dict[int, Hit] = {}
    waiting = iter(atoms)
    glued, bound = words("glued"), words("bound")
    for pair in passage.tag(_BREAK.join(stretches)):
        if pair[0] == _BREAK:
            start, end, tag, hit = next(waiting)
            if hit is not None:
                of_hits[len(tokens)] = hit
            if tag == BRACKET and tokens and len(tokens) - 1 not in of_hits:
                tokens[-1] = tokens[-1]._replace(text=tokens[-1].text + text[start:end])
            else:
                tokens.append(_HITS[text[start:end], tag])
        elif pair[0] in glued:  # a noun's tail and a verb (回访|率达)
            tokens += [_WORDS[pair[0][0], "n"], _WORDS[pair[0][1:], "v"]]
        elif pair[0] in bound and tokens and _is_stem(tokens[-1]):
            tokens[-1] = _WORDS[tokens[-1].text + pair[0], "n"]
        else:
            tokens.append(_WORDS[pair])
    return Sentence(passage, span, tokens, of_hits)


def _is_stem(token: Token) -> bool:
    """Whether a noun that only ends words (班, 量) makes one word with the token before it: 托管|班, 阅读|量."""
    return len(token.text) == 2 and token.klass in _STEMS and "create" not in classes_of(token.text)


def _atoms(passage: Passage, start: int, end: int, hits: Sequence[Hit]) -> list[tuple[int, int, str, Hit | None]]:
    """Non-overlapping spans that are one token each; the earlier, then the longer one wins."""
    spans: list[tuple[int, int, str, Hit | None]] = [
        (hit.start, hit.end, _TAGS[hit.kind], hit)
        for hit in hits
        if start <= hit.start and hit.end <= end and hit.kind in _TAGS
    ]
    spans += [(m.start(), m.end(), QUOTE, None) for m in _QUOTE.finditer(passage.text, start, end)]
    if passage.text.find("(", start, end) >= 0:
        spans += [(m.start(), m.end(), BRACKET, None) for m in _BRACKET.finditer(passage.text, start, end)]
    spans.sort(key=lambda s: (s[0], -s[1], s[3] is None))
    atoms: list[tuple[int, int, str, Hit | None]] = []
    for span in spans:
        if not atoms or span[0] >= atoms[-1][1]:
            atoms.append(span)
        elif span[2] == QUANTITY and atoms[-1][2] in (ORGANIZATION, QUOTE) and span[1] > atoms[-1][1]:
            atoms[-1] = span  # a name must not swallow half of a number
    return atoms
