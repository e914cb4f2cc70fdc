"""Bytes → text: byte order mark, strict UTF-8, then GB18030, Big5 and UTF-16 by how common their characters are.

General detectors need long texts and are thrown by one bad byte; the characters of Chinese newspapers are few
and frequent, so a guess that reads as them is right (UX.md: 60 of 60 at six characters).
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from baodao.errors import BaodaoError
from baodao.readers.check import Finding
from baodao.readers.steps import decode_damaged, naturalness

__all__ = ["Decoded", "decode"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_GUESSES = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_LABELS = {
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-8": "UTF-8",
}
_ESCAPES = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"))  # no encodings of files
_SAMPLE = 20_000
_LONG = 400
_CLEAR = 0.6  # no other encoding reads as well
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
    if len(sample) >= _LONG and naturalness(sample.decode("gb18030", "ignore")) > _CLEAR:
        return "gb18030"
    return max(_GUESSES, key=lambda name: naturalness(_decode_tolerantly(sample, name)))


def _forced(content: bytes, encoding: str) -> Decoded:
    try:
        if codecs.lookup(encoding).name in _ESCAPES:
            raise LookupError
        return Decoded(content.decode(encoding), encoding.lower(), [])
    except UnicodeError as error:
        best = guess(content)
        sure = max(min(0.5 + naturalness(_decode_tolerantly(content[:_SAMPLE], best)) / 2, 0.99), 0.0)
        byte = getattr(error, "start", 0) + 1
        raise BaodaoError("BD101", encoding=encoding, byte=byte, guess=_LABELS[best], confidence=sure) from None
    except (LookupError, ValueError):
        raise BaodaoError("BD172", name="encoding", value=encoding, known="utf-8, gb18030, big5hkscs, utf-16") from None


def _tolerant(content: bytes, encoding: str) -> Decoded:
    """Decode, with � for what cannot be read, and say how much that was."""
    label = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        return Decoded(content.decode(encoding), label, [])
    except UnicodeDecodeError as error:
        fields: dict[str, object] = {
            "encoding": _LABELS.get(label, label.upper()),
            "byte": error.start + 1,
            "line": content.count(b"\n", 0, error.start) + 1,
        }
    text = _decode_tolerantly(content, encoding)
    return Decoded(text, label, [Finding("BD102", False, {**fields, "count": text.count("\ufffd")})])


def _decode_tolerantly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return decode_damaged(content, encoding)


def _share_utf8(content: bytes) -> float:
    """The share of a sample that is well-formed UTF-8 without control characters."""
    text = content[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd") + sum(char < " " and char not in "\t\n\r\f\x1b" for char in text)
    return 1 - bad / max(len(text), 1)
