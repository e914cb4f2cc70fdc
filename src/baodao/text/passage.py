"""A passage: the repaired text of an article, or of one headline, with the way back to the page.

In: page text, the page spans it is made of, its role. Out: `text` (normalised, one code point for each
printed one), sentences, words on demand, and `cite`, the only way back to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from baodao.records.article import cite_runs
from baodao.text.normalize import normalize
from baodao.text.segment import Segmenter, Word
from baodao.text.sentences import cut_sentences

__all__ = ["Passage"]

Span = tuple[int, int]


class Passage:
    """Normalised running text over page spans.

    Attributes:
        text: what finders read; half-width, simplified, same length as `raw`.
        raw: the printed characters, line breaks of the layout left out.
        role: "text" for the running text of an article, else the role of its block (title, byline …).
        issue_date: ISO text at any precision, "" if unknown; what relative times are read against.
    """

    def __init__(
        self,
        page: str,
        paragraphs: Sequence[Sequence[Span]],
        *,
        role: str = "text",
        segmenter: Segmenter | None = None,
        traditional: bool = False,
        issue_date: str = "",
    ) -> None:
        self.page = page
        self.issue_date = issue_date
        self.role = role
        self._segmenter = segmenter
        self._starts: list[int] = []
        self._spans: list[Span] = []
        self.paragraphs: list[Span] = []  # passage spans
        parts: list[str] = []
        at = 0
        for pieces in paragraphs:
            if self.paragraphs:
                parts.append("\n")
                at += 1
            begin = at
            for start, end in pieces:
                self._starts.append(at)
                self._spans.append((start, end))
                parts.append(page[start:end])
                at += end - start
            self.paragraphs.append((begin, at))
        self.raw = "".join(parts)
        self.text = normalize(self.raw, traditional=traditional)

    @classmethod
    def whole(cls, text: str, *, role: str = "text", issue_date: str = "") -> Passage:
        """A passage over a whole text, with a segmenter of its own; for trying out.

        >>> Passage.whole("全市１２个县").text
        '全市12个县'
        """
        return cls(text, [[(0, len(text))]], role=role, segmenter=Segmenter(), issue_date=issue_date)

    def cite(self, start: int, end: int) -> tuple[Span, ...]:
        """The page spans of passage characters `[start, end)`, without layout line breaks."""
        return cite_runs(self._starts, self._spans, start, end)

    def place(self, start: int, end: int, anchor: Span | None = None) -> tuple[Span, tuple[Span, ...]]:
        """Where a mention stands on the page: its one span and all its pieces.

        The span covers all pieces when only white space parts them; else it is the piece that
        holds `anchor` (a quantity's number), or the first.
        """
        pieces = self.cite(start, end)
        if not pieces:
            raise ValueError(f"[{start}, {end}) quotes no character of the page")
        groups = [[pieces[0]]]
        for piece in pieces[1:]:
            last = groups[-1][-1]
            if last[1] <= piece[0] and not self.page[last[1] : piece[0]].strip():
                groups[-1].append(piece)
            else:
                groups.append([piece])
        chosen = groups[0]
        if len(groups) > 1 and anchor is not None and (core := self.cite(*anchor)):
            chosen = next((g for g in groups if g[0][0] <= core[0][0] < g[-1][1]), chosen)
        return (chosen[0][0], chosen[-1][1]), pieces

    @cached_property
    def sentences(self) -> list[Span]:
        """Passage spans of the sentences, in order; none runs over a paragraph's end."""
        return cut_sentences(self.text)

    def words(self, start: int, end: int) -> list[Word]:
        """The words of `[start, end)` with part of speech; spans are of the passage."""
        return self._words.words(self.text[start:end], start)

    def tag(self, text: str) -> list[tuple[str, str]]:
        """The words of any text with part of speech, as the passage would cut them."""
        return self._words.tag(text)

    @property
    def _words(self) -> Segmenter:
        if self._segmenter is None:
            raise ValueError("this passage was made without a segmenter")
        return self._segmenter

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"Passage({self.role}, {self.text[:20]!r}, {len(self)} characters)"
