"""Search that finds Chinese: text and query are both cut into pairs of characters.

Sphinx indexes Chinese by jieba's words but leaves the query whole, so that 志愿者人数 is found nowhere. Pairs need no
dictionary in the browser: every pair of a query must stand on the page.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9_]+")


class PairsOfCharacters(SearchLanguage):
    """Chinese by pairs, the rest by words in lower case."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = """
var splitQuery = (query) =>
  (query.toLowerCase().match(/[\\u3400-\\u9fff]+|[a-z0-9_]+/gu) || []).flatMap((run) =>
    run.length < 3 || run.charCodeAt(0) < 0x3400
      ? [run]
      : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)));
"""

    def split(self, input: str) -> list[str]:
        """The terms of a text, in order."""
        return [
            term
            for run in _RUN.findall(input.lower())
            for term in ([run] if run.isascii() or len(run) < 3 else map("".join, zip(run, run[1:], strict=False)))
        ]

    def word_filter(self, word: str) -> bool:
        """Digits alone are no term; a single Chinese character is."""
        return not word.isdigit()


def setup(app: Sphinx) -> dict[str, Any]:
    """Take the place of Sphinx's own Chinese."""
    app.add_search_language(PairsOfCharacters)
    return {"parallel_read_safe": True}
