"""The words of a project: kept whole by the segmenter, on top of jieba's own dictionary."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from baodao.errors import BaodaoError, either
from baodao.records.saved import read_text

__all__ = ["Lexicon"]


@dataclass(frozen=True)
class Lexicon:
    """An immutable word list.

    >>> Lexicon.default().with_words(["帮扶车间"]).words
    (('帮扶车间', 'n'),)

    Attributes:
        words: (word, part of speech), the later entry of a word counts.
    """

    words: tuple[tuple[str, str], ...] = ()

    @classmethod
    def default(cls) -> Lexicon:
        """The lexicon of the library: jieba's dictionary and nothing else."""
        return cls()

    def with_words(self, words: Iterable[str | tuple[str, str]]) -> Lexicon:
        """A new lexicon with further words; a bare word counts as a noun.

        Raises:
            BaodaoError: BD172, a string instead of a list, or a word that is empty or holds white space.
        """
        if isinstance(words, str):
            raise BaodaoError("BD172", name="words", value=words, known="['…', ('…', 'n')]; with_file('…')")
        pairs: list[tuple[str, str]] = []
        for entry in words:
            pair = (entry, "n") if isinstance(entry, str) else entry
            good = isinstance(pair, (tuple, list)) and len(pair) == 2 and all(map(_is_word, pair))
            if not good:
                raise BaodaoError("BD172", name="word", value=entry, known="one word without white space; (word, tag)")
            pairs.append((pair[0], pair[1]))
        return Lexicon(tuple({**dict(self.words), **dict(pairs)}.items()))

    def with_file(self, path: str | os.PathLike[str]) -> Lexicon:
        """A new lexicon with the words of a text file, one a line: `word` or `word tag`; # begins a comment.

        Raises:
            BaodaoError: BD161 no such file; BD180 a line has more than two parts.
        """
        entries: list[str | tuple[str, str]] = []
        for number, line in enumerate(read_text(path).splitlines(), 1):
            parts = line.split("#")[0].split()
            if len(parts) > 2:
                raise BaodaoError(
                    "BD180",
                    file=str(path),
                    line=number,
                    reason=repr(line),
                    remedy=either("一行写:词,或 词 词性。", "Write: word, or word tag."),
                )
            if parts:
                entries.append(parts[0] if len(parts) == 1 else (parts[0], parts[1]))
        return self.with_words(entries)


def _is_word(part: object) -> bool:
    return isinstance(part, str) and part.split() == [part]
