"""Bytes of which some are bad → text. In GB18030, Big5 and UTF-16 one byte too many or too few shifts all pairs behind
it; of all readings of a stretch that one is taken whose characters are commonest in Chinese newspapers.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from baodao.resources import read_words

__all__ = ["decode_damaged", "naturalness"]

_BY_BYTES = ("gb18030", "big5hkscs")  # ASCII stays ASCII in them, so that a line ends for certain
_WIDTHS = {"gb18030": (2, 1, 4), "big5hkscs": (2, 1), "utf-16-le": (2, 4), "utf-16-be": (2, 4)}  # bytes of a character
_SAMPLE = 20_000
_BLOCK = 2048  # bytes read at once
_MOST_BLOCKS = 2_000  # read anew, some seconds' worth; what more is damaged is read as it comes
_WIDEST = 4
_NATURAL = 0.3
_LOST = -1.3  # what leaving a byte out costs, next to the worth of characters
_RUN = re.compile(rb"[\x80-\xff][\x30-\xff]*")  # characters of two bytes and more, and what may stand between
_BAD = "\ufffd"


def decode_damaged(content: bytes, encoding: str) -> str:
    """Decode what does not decode as it is; what had to be left out is one � a place.

    >>> decode_damaged("县里建桥".encode("gbk")[:3] + b"\\x80" + "县里建桥".encode("gbk")[3:], "gb18030")
    '县�建桥'
    >>> decode_damaged("县里建桥".encode("utf-16-le")[:3] + "县里建桥".encode("utf-16-le")[4:], "utf-16-le")
    '县�建桥'
    """
    if encoding == "utf-16":  # its byte order mark says which
        encoding, content = ("utf-16-le" if content[:1] == b"\xff" else "utf-16-be"), content[2:]
    if encoding not in _WIDTHS or _is_noise(content, encoding):
        return content.decode(encoding, "replace")  # UTF-8 finds back into step by itself
    blocks = iter(range(_MOST_BLOCKS))
    if encoding not in _BY_BYTES:
        return "".join(_read_run(content, encoding, blocks))
    pieces: list[str] = []
    done = 0
    for run in _RUN.finditer(content):
        pieces.append(content[done : run.start()].decode("ascii"))
        pieces += _read_run(run[0], encoding, blocks)
        done = run.end()
    return "".join([*pieces, content[done:].decode("ascii")])


def naturalness(text: str) -> float:
    """Mean commonness of the characters of a reading; garbage counts against it."""
    return sum(map(_worth, text)) / max(len(text), 1)


@lru_cache(maxsize=65_536)
def _worth(char: str) -> float:
    if char in (common := _common()):
        return common[char]
    if char == _BAD or "\ue000" <= char <= "\uf8ff":
        return -2.0
    plain = char.isascii() or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or char in "“”‘’—…·"
    return 0.0 if plain else -0.5


@cache
def _common() -> dict[str, float]:
    """1 for the commonest character down to 0.3, both scripts."""
    characters = read_words("lexicon/common_characters.txt")[0]
    return {char: 1 - 0.7 * rank / len(characters) for rank, char in enumerate(characters)}


def _is_noise(content: bytes, encoding: str) -> bool:
    """Whether a long file is no text at all, so that there is no step to find."""
    return len(content) > _SAMPLE and naturalness(decode_damaged(content[:_SAMPLE], encoding)) < _NATURAL


def _read_run(run: bytes, encoding: str, blocks: Iterator[int]) -> Iterator[str]:
    """The characters of bytes that belong together, block by block; a block may leave half a character to the next."""
    at = 0
    while at < len(run):
        block = run[at : at + _BLOCK]
        is_last = at + len(block) == len(run)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(block, final=is_last)
            read = len(block) - len(decoder.getstate()[0])
        except UnicodeDecodeError:
            text = ""
        if not text or (naturalness(text) < _NATURAL and not (at == 0 and is_last)):
            if next(blocks, None) is None:
                yield run[at:].decode(encoding, "replace")
                return
            text, read = _read_block(block, encoding, is_last)
        yield text
        at += read


def _read_block(block: bytes, encoding: str, is_last: bool) -> tuple[str, int]:
    """The best reading of a block and how many of its bytes that takes."""
    size, widths = len(block), _WIDTHS[encoding]
    best = [0.0] + [-1e9] * size  # worth of the best reading of the first bytes
    last: list[tuple[int, str]] = [(0, "")] * (size + 1)  # how many bytes its last character has, and which it is
    for at in range(size):
        here = best[at]
        if here + _LOST > best[at + 1]:
            best[at + 1], last[at + 1] = here + _LOST, (1, _BAD)
        for width in widths:
            if at + width <= size:
                char, worth = _read_character(block[at : at + width], encoding)
                if char and here + worth > best[at + width]:
                    best[at + width], last[at + width] = here + worth, (width, char)
    end = size if is_last else max(range(max(size - _WIDEST + 1, 1), size + 1), key=best.__getitem__)
    characters: list[str] = []
    at = end
    while at:
        width, char = last[at]
        characters.append(char)
        at -= width
    return _join_bad(characters[::-1]), end


def _join_bad(characters: list[str]) -> str:
    """The text of a reading; a rare character beside a bad byte is taken for the bad byte's work."""
    out: list[str] = []
    for k, char in enumerate(characters):
        beside = _BAD in (char, *characters[k + 1 : k + 2], *out[-1:])
        if beside and (char == _BAD or _worth(char) < 0):
            if out[-1:] != [_BAD]:
                out.append(_BAD)
        else:
            out.append(char)
    return "".join(out)


@lru_cache(maxsize=65_536)
def _read_character(content: bytes, encoding: str) -> tuple[str, float]:
    """The character that all these bytes are, "" if none, and what it is worth."""
    try:
        char = content.decode(encoding)
    except UnicodeDecodeError:
        return "", 0.0
    if len(char) > 1 and not (encoding == "big5hkscs" and len(content) == 2 and not char[0].isascii()):
        return "", 0.0
    return char, sum(map(_worth, char))
