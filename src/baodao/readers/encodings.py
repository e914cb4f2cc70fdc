"""Bytes → text: byte order mark, strict UTF-8, then GB18030, Big5 and UTF-16 by how common their characters are.

General detectors need long texts and are thrown by one bad byte; the characters of Chinese newspapers are few
and frequent, so a guess that reads as them is right (UX.md: 60 of 60 at six characters).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from baodao.errors import BaodaoError
from baodao.readers.check import Finding
from baodao.resources import read_words

__all__ = ["Decoded", "decode"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_LABELS = {
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-8": "UTF-8",
}
_SAMPLE = 20_000
_NEARLY_ALL = 0.97  # one bad byte does not unmake a UTF-8 file


class Decoded(NamedTuple):
    """Text, the encoding it was read with, and what was odd."""

    text: str
    encoding: str
    findings: list[Finding]


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as Chinese text.

    >>> decode("妇联招募志愿者".encode("gbk")).encoding, decode("婦聯招募志工".encode("big5")).encoding
    ('gb18030', 'big5hkscs')

    Args:
        content: the bytes of a text file.
        encoding: the one to use; found by itself if None.

    Raises:
        BaodaoError: BD101, the given encoding does not fit; BD172, there is no such encoding.
    """
    if encoding is not None:
        return _forced(content, encoding)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _tolerant(content, name)
    if _share_utf8(content) > _NEARLY_ALL:
        return _tolerant(content, "utf-8")
    return _tolerant(content, guess(content))


def guess(content: bytes) -> str:
    """The encoding whose reading has the commonest characters."""
    sample = content[:_SAMPLE]
    return max(_GUESSES, key=lambda name: _naturalness(sample.decode(name, "replace")))


def _naturalness(text: str) -> float:
    """Mean commonness of the characters of a reading; garbage counts against it."""
    common, ranks = _common(), 0.0
    for char in text:
        if char in common:
            ranks += common[char]
        elif char == "\ufffd" or ("\ue000" <= char <= "\uf8ff"):
            ranks -= 2.0
        elif not (char.isascii() or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or char in "“”‘’—…·"):
            ranks -= 0.5
    return ranks / max(len(text), 1)


@cache
def _common() -> dict[str, float]:
    """1 for the commonest character down to 0.3, both scripts."""
    characters = read_words("lexicon/common_characters.txt")[0]
    return {char: 1 - 0.7 * rank / len(characters) for rank, char in enumerate(characters)}


def _forced(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding.lower(), [])
    except LookupError:
        raise BaodaoError("BD172", name="encoding", value=encoding, known="utf-8, gb18030, big5hkscs, utf-16") from None
    except UnicodeDecodeError as error:
        best = guess(content)
        sure = max(min(0.5 + _naturalness(content[:_SAMPLE].decode(best, "replace")) / 2, 0.99), 0.0)
        raise BaodaoError(
            "BD101", encoding=encoding, byte=error.start + 1, guess=_LABELS[best], confidence=sure
        ) from None


def _tolerant(content: bytes, encoding: str) -> Decoded:
    """Decode, with � for what cannot be read, and say how much that was."""
    label = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        return Decoded(content.decode(encoding), label, [])
    except UnicodeDecodeError as error:
        text = content.decode(encoding, "replace")
        line = content.count(b"\n", 0, error.start) + 1
        fields: dict[str, object] = {
            "encoding": _LABELS.get(label, label.upper()),
            "count": text.count("\ufffd"),
            "byte": error.start + 1,
            "line": line,
        }
        return Decoded(text, label, [Finding("BD102", False, fields)])


def _share_utf8(content: bytes) -> float:
    """The share of a sample that is well-formed UTF-8 without control characters."""
    text = content[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd") + sum(char < " " and char not in "\t\n\r\f\x1b" for char in text)
    return 1 - bad / max(len(text), 1)
