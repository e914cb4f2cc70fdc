"""Page: what `analyze` returns, complete and frozen."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from baodao.errors import BaodaoError
from baodao.records.article import Article, Block
from baodao.records.issue import Issue
from baodao.records.mention import Mention
from baodao.records.source import Record, Source
from baodao.records.table import FactTable
from baodao.records.view import page_document, page_fragment

__all__ = ["SCHEMA_VERSION", "Page"]

SCHEMA_VERSION = "1"  # raised when an older library could no longer read a page


def _version(text: str | bytes) -> int:
    """The schema version that a JSON text names; 0 if none."""
    try:
        return int(json.loads(text)["schema_version"])
    except (ValueError, TypeError, LookupError, RecursionError):
        return 0


class Page(Record):
    """One analyzed page: its text untouched, and everything found on it, each with its place.

    `page.text[x.start:x.end] == x.text` holds for every mention, fact and block.
    """

    schema_version: Literal["1"] = "1"
    text: str
    source: Source = Source()
    articles: tuple[Article, ...] = ()
    furniture: tuple[Block, ...] = ()  # page heads, staff lines, navigation
    mentions: tuple[Mention, ...] = ()  # of the whole page, by place
    facts: FactTable = FactTable(())
    issues: tuple[Issue, ...] = ()
    versions: dict[str, str] = Field(default_factory=dict)  # of the code, and a hash of all its data

    def model_post_init(self, context: Any, /) -> None:
        """Hang each article's facts on it, and what was found on the page."""
        for index, article in enumerate(self.articles):
            article._found = self.mentions
            article._facts = FactTable(fact for fact in self.facts if fact.article == index)

    def to_json(self, path: str | os.PathLike[str] | None = None, *, indent: int | None = None) -> str:
        """The whole page as JSON text; written to `path` (UTF-8) if one is given."""
        text = self.model_dump_json(indent=indent)
        if path is not None:
            Path(path).write_bytes(text.encode())
        return text

    @classmethod
    def from_json(cls, text: str | bytes) -> Page:
        """Read what `to_json` gave back into an equal page; also what an older version gave, for ever.

        Raises:
            BaodaoError: BD182 a newer version wrote it; BD183 it is no page.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            version = _version(text)
            if version > int(SCHEMA_VERSION):
                raise BaodaoError("BD182", what="JSON", found=version, known=SCHEMA_VERSION) from None
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise BaodaoError("BD183", reason=f"{place} {first['msg']}".strip()) from None

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str:
        """One self-contained HTML document, readable offline; written to `path` if one is given."""
        html = page_document(self)
        if path is not None:
            Path(path).write_bytes(html.encode("utf-8", "replace"))
        return html

    def _repr_html_(self) -> str:
        return page_fragment(self)

    def __str__(self) -> str:
        return "\n\n".join(map(str, (*self.articles, self.facts))).strip()
