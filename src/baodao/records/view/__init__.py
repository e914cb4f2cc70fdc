"""How pages, articles and facts look as HTML. In: records. Out: strings; nothing is asked of the surroundings.

`…_fragment` is what a notebook cell shows: capped, good where styles and ids are stripped. `page_document` is one
offline file with everything, where facts and text point at each other.
"""

from baodao.records.view.facts import fact_fragment, table_fragment
from baodao.records.view.lines import HEADS, Line, Piece, article_lines, cut_lines
from baodao.records.view.page import article_fragment, page_document, page_fragment
from baodao.records.view.words import (
    MOST_ARTICLES,
    MOST_CHARACTERS,
    MOST_ROWS,
    ROLE_NAMES,
    is_doubtful,
    is_inferred,
    size,
)

__all__ = [
    "HEADS",
    "MOST_ARTICLES",
    "MOST_CHARACTERS",
    "MOST_ROWS",
    "ROLE_NAMES",
    "Line",
    "Piece",
    "article_fragment",
    "article_lines",
    "cut_lines",
    "fact_fragment",
    "is_doubtful",
    "is_inferred",
    "page_document",
    "page_fragment",
    "size",
    "table_fragment",
]
