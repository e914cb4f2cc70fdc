"""Documents: what the estimators accept, as text, and what they share.

A document is a text, an `Article` or a `Page`; one document is one row. In: any sequence of them. Out: normalised
text (headline first, one code point for each printed one), so that a Traditional print equals its Simplified twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sklearn import get_config
from sklearn.base import BaseEstimator, TransformerMixin

from baodao.errors import BaodaoError
from baodao.records import Article, Page
from baodao.text.normalize import TRADITIONAL_FROM, normalize, traditional_share

__all__ = ["Document", "DocumentTransformer", "list_documents", "read_label", "read_labels", "read_text", "read_texts"]

Document = str | Article | Page

_LABEL = 24  # characters of a document that has no headline


class DocumentTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """The base of transformers whose rows are documents: no numeric table goes in, one comes out."""

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.input_tags.string = True
        return tags

    def _as_wanted(self, matrix: Any) -> Any:
        """`matrix` as it is, dense where `set_output` asked for a table: tables cannot be sparse."""
        wanted = getattr(self, "_sklearn_output_config", {}).get("transform", get_config()["transform_output"])
        return matrix if wanted == "default" else matrix.toarray()


def read_texts(documents: Iterable[Document]) -> list[str]:
    """The text of each document.

    >>> read_texts(["招募１２名志愿者"])
    ['招募12名志愿者']

    Raises:
        BaodaoError: BD200, no sequence, or a member that is no document.
    """
    return [read_text(document, place) for place, document in enumerate(list_documents(documents))]


def read_text(document: Document, place: int = 0) -> str:
    """The normalised text of one document: headline and running text.

    Raises:
        BaodaoError: BD200, it is no document; `place` says which.
    """
    match document:
        case str():
            text = document
        case Article():
            text = str(document)
        case Page():
            text = "\n".join(map(str, document.articles))
        case _:
            raise BaodaoError("BD200", place=place, kind=type(document).__name__)
    return normalize(text, traditional=traditional_share(text) > TRADITIONAL_FROM)


def read_label(document: Document) -> str:
    """What a reader knows a document by: its headline, else its first characters.

    >>> read_label("夜校开班\\n首批学员40名。")
    '夜校开班'
    """
    if isinstance(document, Article) and document.title:
        return document.title
    if isinstance(document, Page) and document.articles and document.articles[0].title:
        return document.articles[0].title
    lines = (document if isinstance(document, str) else read_text(document)).split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    return first if len(first) <= _LABEL else first[: _LABEL - 1] + "…"


def read_labels(documents: Sequence[Document], names: Sequence[str] | None) -> list[str]:
    """What the documents are called: the caller's names, else their headlines.

    Raises:
        BaodaoError: BD172, there are not as many names as documents.
    """
    if names is None:
        return [read_label(document) for document in documents]
    if len(names) != len(documents):
        raise BaodaoError("BD172", name="names", value=f"{len(names)} names", known=f"{len(documents)} names")
    return [str(name) for name in names]


def list_documents(documents: Iterable[Document]) -> list[Document]:
    """The documents of any sequence or iterator.

    Raises:
        BaodaoError: BD200, it is one document itself, or no sequence.
    """
    if isinstance(documents, (str, Article, Page)) or not hasattr(documents, "__iter__"):
        raise BaodaoError("BD200", place=0, kind=f"{type(documents).__name__}, not in a list")
    return list(documents)
