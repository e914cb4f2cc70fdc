"""Bytes → text: byte order mark, strict UTF-8, then GB18030, Big5 and UTF-16 by how common their characters are.

General detectors need long texts and are thrown by one bad byte; the characters of Chinese newspapers are few
and frequent, so a guess that reads as them is right (UX.md: 60 of 60 at six characters).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from baodao.errors import BaodaoError
from baodao.readers.check import Finding
from baodao.resources import read_words

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
_NEARLY_ALL = 0.97  # one bad byte does not unmake a UTF-8 file
_BLOCK = 4096  # bytes decoded at once where some are bad
_WIDEST = 4  # bytes of a character
_AHEAD = 32  # bytes behind a bad one that tell where the next character begins
_NATURAL = 0.3
_MOSTLY_BAD = 0.1
_RUN = re.compile(rb"[\x80-\xff][\x30-\xff]*")  # characters of two bytes and more, and what may stand between


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
    return max(_GUESSES, key=lambda name: _naturalness(_decode_tolerantly(sample, name)))


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
        if codecs.lookup(encoding).name in _ESCAPES:
            raise LookupError
        return Decoded(content.decode(encoding), encoding.lower(), [])
    except UnicodeError as error:
        best = guess(content)
        sure = max(min(0.5 + _naturalness(_decode_tolerantly(content[:_SAMPLE], best)) / 2, 0.99), 0.0)
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
        if encoding in ("gb18030", "big5hkscs") and not _is_noise(content, encoding):
            return _in_step(content, encoding)
        return content.decode(encoding, "replace")  # UTF-8 and UTF-16 find back into step by themselves


def _is_noise(content: bytes, encoding: str) -> bool:
    """Whether a long file is no text at all, so that there is no step to find."""
    begin = content[:_SAMPLE].decode(encoding, "replace")
    return len(content) > _SAMPLE and begin.count("\ufffd") > _MOSTLY_BAD * len(begin)


def _in_step(content: bytes, encoding: str) -> str:
    """Decode bytes of which some are bad. Around a bad one every pair could be read shifted by a byte; the shift is
    taken that reads as common characters.

    >>> _in_step("县里建桥".encode("gbk")[:3] + b"\\xff" + "县里建桥".encode("gbk")[3:], "gb18030")
    '县�建桥'
    """
    pieces: list[str] = []
    done = 0
    for run in _RUN.finditer(content):
        begin, end = run.span()
        pieces.append(content[done:begin].decode("ascii"))
        shifted = _reads(content, begin + 1, encoding)
        if shifted > _NATURAL and shifted > _reads(content, begin, encoding) + _NATURAL:  # its first byte was lost
            pieces.append("\ufffd")
            begin += 1
        pieces += _decode_run(content, begin, end, encoding)
        done = end
    return "".join([*pieces, content[done:].decode("ascii")])


def _decode_run(content: bytes, at: int, end: int, encoding: str) -> Iterator[str]:
    """The characters of `content[at:end]`, each bad byte, with what it makes unreadable, as one �."""

    def natural(start: int) -> float:
        return _reads(content, start, encoding)

    while at < end:
        block = content[at : min(at + _BLOCK, end)]
        behind = at + len(block)
        try:
            yield block.decode(encoding)
            at = behind
        except UnicodeDecodeError as error:
            yield block[: error.start].decode(encoding)
            at += error.start
            if at + _WIDEST > behind and behind < end and error.start:
                continue  # the block ends inside a character
            yield "\ufffd"
            at = max((at + 1, at + 2, at + 3), key=natural)


def _reads(content: bytes, start: int, encoding: str) -> float:
    """How natural the bytes from `start` on read."""
    return _naturalness(content[start : start + _AHEAD].decode(encoding, "ignore"))


def _share_utf8(content: bytes) -> float:
    """The share of a sample that is well-formed UTF-8 without control characters."""
    text = content[:_SAMPLE].decode("utf-8", "replace")
    bad = text.count("\ufffd") + sum(char < " " and char not in "\t\n\r\f\x1b" for char in text)
    return 1 - bad / max(len(text), 1)
