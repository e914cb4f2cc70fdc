"""Articles: the reports of a page, each a set of printed fragments and their repaired text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import PrivateAttr

from baodao.records.mention import Mention
from baodao.records.source import Record
from baodao.records.view import article_fragment

if TYPE_CHECKING:
    from baodao.records.table import FactTable

__all__ = ["Article", "Block", "Jump", "Paragraph", "Sentence", "Token"]

Span = tuple[int, int]
Cutter = Callable[[str], tuple[tuple["Sentence", ...], tuple["Token", ...]]]


class Block(Record):
    """One printed fragment: `page.text[start:end] == text`. Roles are those of a newspaper page:
    section_label kicker title subtitle byline dateline body body_continuation subhead pull_quote
    caption caption_title credit jump page_furniture."""

    role: str
    start: int
    end: int
    text: str


class Paragraph(Record):
    """A repaired paragraph: which blocks were joined, and the page spans its characters come from."""

    text: str
    blocks: tuple[int, ...]  # indexes into article.blocks
    spans: tuple[Span, ...]  # page spans; their characters put together are `text`


class Jump(Record):
    """A printed note where the report goes on, or where it comes from: （下转第四版）, （上接第1版《…》）."""

    direction: Literal["to", "from"]
    page: str  # its number without leading zeros, with its letter: 4, A2
    headline: str = ""  # the words by which the note names the report; "" if it has none
    text: str
    start: int
    end: int


class Sentence(Record):
    """A sentence of `article.text`: `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


class Token(Record):
    """A word of `article.text` as jieba cuts it: `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


class Article(Record):
    """One report, possibly several fragments of the page.

    `text` is the running text: body, subheads and captions, repaired, one paragraph a line. It is
    what facts are read from; headline, byline and credits have fields of their own.
    """

    _cutter: Cutter | None = PrivateAttr(None)
    _facts: Any = PrivateAttr(None)
    _found: tuple[Mention, ...] = PrivateAttr(())  # those of the whole page, by place
    default_cutter: ClassVar[Cutter | None] = None  # set by the stages when they are imported

    title: str = ""  # "" if none; the caption's headline for a photo
    kicker: str = ""
    subtitle: str = ""
    section: str = ""
    bylines: tuple[str, ...] = ()  # as printed, run-in ones too
    authors: tuple[str, ...] = ()  # the persons of the bylines and of a closing credit
    dateline: str = ""  # as printed: 本报兰州3月5日电, 发自兰州
    place: str = ""  # the place that the dateline names: 兰州
    credits: tuple[str, ...] = ()  # as printed, those of photos too
    photographers: tuple[str, ...] = ()
    jumps: tuple[Jump, ...] = ()  # where it goes on, or comes from
    blocks: tuple[Block, ...] = ()  # in reading order
    paragraphs: tuple[Paragraph, ...] = ()

    @cached_property
    def text(self) -> str:
        """The repaired running text; paragraphs are parted by one line break."""
        return "\n".join(p.text for p in self.paragraphs)

    @cached_property
    def _cut(self) -> tuple[tuple[Sentence, ...], tuple[Token, ...]]:
        cutter = self._cutter or type(self).default_cutter
        return cutter(self.text) if cutter else ((), ())

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of `text`, in order; they cover it but for white space."""
        return self._cut[0]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of `text`, cut by jieba with the pipeline's lexicon; they tile each sentence."""
        return self._cut[1]

    @property
    def facts(self) -> FactTable:
        """The facts of this article, in reading order."""
        from baodao.records.table import FactTable

        return self._facts if self._facts is not None else FactTable(())

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """What was found in the article, headlines and pull quotes too, by place."""
        found = self._found
        cuts = [
            slice(bisect_left(found, block.start, key=_start), bisect_left(found, block.end, key=_start))
            for block in sorted(self.blocks, key=_start)
        ]
        return tuple(mention for cut in cuts for mention in found[cut])

    @cached_property
    def runs(self) -> tuple[list[int], list[Span]]:
        """Where each printed run begins in `text`, and the page span it quotes."""
        starts: list[int] = []
        spans: list[Span] = []
        at = 0
        for paragraph in self.paragraphs:
            for start, end in paragraph.spans:
                starts.append(at)
                spans.append((start, end))
                at += end - start
            at += 1  # the line break between paragraphs
        return starts, spans

    def cite(self, start: int, end: int) -> tuple[Span, ...]:
        """Where characters `[start, end)` of `text` stand on the page, piece by piece.

        Raises:
            IndexError: the span does not lie in `text`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"[{start}, {end}) does not lie in a text of {len(self.text)} characters")
        starts, spans = self.runs
        return cite_runs(starts, spans, start, end)

    def _repr_html_(self) -> str:
        return article_fragment(self)

    def __str__(self) -> str:
        return "\n".join(part for part in (self.kicker, self.title, self.subtitle, self.text) if part)

    def __eq__(self, other: object) -> bool:
        """Equal by what was printed and how it joins; how words are cut is no part of an article."""
        return isinstance(other, Article) and all(getattr(self, name) == getattr(other, name) for name in _FIELDS)

    def __hash__(self) -> int:
        return hash((self.title, self.blocks))

    def __getstate__(self) -> dict[Any, Any]:
        state = super().__getstate__()
        private = dict(state.get("__pydantic_private__") or {})
        private["_cutter"] = None  # holds a segmenter, which does not pickle
        return {**state, "__pydantic_private__": private}


_FIELDS = tuple(Article.model_fields)
_start = attrgetter("start")


def cite_runs(starts: list[int], spans: list[Span], start: int, end: int) -> tuple[Span, ...]:
    """Map `[start, end)` of a text made of runs back to the page.

    Args:
        starts: where each run begins in the text, ascending.
        spans: the page span of each run, as long as the run.
    """
    pieces: list[Span] = []
    index = max(bisect_right(starts, start) - 1, 0)
    while index < len(starts) and starts[index] < end:
        run_start, (page_start, page_end) = starts[index], spans[index]
        first = page_start + max(start - run_start, 0)
        last = min(page_start + end - run_start, page_end)
        if first < last:
            if pieces and pieces[-1][1] == first:
                first = pieces.pop()[0]
            pieces.append((first, last))
        index += 1
    return tuple(pieces)
