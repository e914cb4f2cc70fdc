"""HTML and Word files → text, one paragraph a line, by well-kept libraries."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from baodao.readers.check import Opened
from baodao.readers.limits import MOST_MARKUP, check_size, check_zip
from baodao.records.saved import need

__all__ = ["read_docx", "read_html"]

_BLOCK = re.compile(r"(?i)<(?:/?(?:p|div|h[1-6]|li|tr|td|article|section|title|body)|br)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"<(script|style|noscript|template)\b", re.I)
_FEWEST = 60  # characters of a report among several of a page; a teaser has less
_SILENT = logging.NullHandler()
_SHOWN_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # for old programs


def read_html(content: bytes) -> Opened:
    """The main text of a web page, headline first; each report of a page that sets several as `<article>`."""
    check_size(".html", len(content), MOST_MARKUP)
    trafilatura = need("trafilatura", "html", ".html")
    logging.getLogger("trafilatura").addHandler(_SILENT)  # else its complaints go to stderr where nobody listens
    texts = [_main_text(trafilatura, part) for part in _articles(trafilatura, content)]
    texts = [text for text in texts if len(text) >= _FEWEST and "。" in text]
    if len(texts) > 1:
        return Opened("\n\n".join(texts))
    text = _main_text(trafilatura, content)
    if not text:
        return Opened(_all_text(trafilatura.utils.decode_file(content)))
    data = trafilatura.extract_metadata(content)
    title = (getattr(data, "title", None) or "").strip()
    return Opened(f"{title}\n{text}" if title and not text.startswith(title) else text)


def _main_text(trafilatura: Any, content: bytes | str) -> str:
    return trafilatura.extract(content, include_comments=False, include_tables=True, favor_recall=True) or ""


def _articles(trafilatura: Any, content: bytes) -> Iterator[str]:
    """The outermost `<article>` elements of a page, each as a page of its own."""
    tree = trafilatura.load_html(content)
    lxml = need("lxml.html", "html", ".html")
    for element in () if tree is None else tree.xpath("//article[not(ancestor::article)]"):
        yield f"<html><body>{lxml.tostring(element, encoding='unicode', with_tail=False)}</body></html>"


def _all_text(html: str) -> str:
    """All text of a page whose main text is not to be found, such as one nested too deep for the library.

    >>> _all_text("<p>县里<b>建桥</b><script>x<1</script><p>三座&amp;")
    '县里建桥\\n三座&'
    """
    lower, pieces, at = html.lower(), [], 0
    while at < len(html) and (code := _CODE.search(lower, at)) is not None:
        pieces.append(html[at : code.start()])
        close = lower.find(f"</{code[1]}", code.end())
        at = close if close >= 0 else len(html)
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", "".join([*pieces, html[at:]]))))
    return "\n".join(line for raw in text.split("\n") if (line := raw.strip()))


def read_docx(content: bytes) -> Opened:
    """The paragraphs of a Word file in their order, those of tables and text boxes too."""
    docx = need("docx", "docx", ".docx")
    check_zip(content)
    body = docx.Document(io.BytesIO(content)).element.body
    paragraph = need("docx.text.paragraph", "docx", ".docx").Paragraph
    found = (item for item in body.iter(docx.oxml.ns.qn("w:p")) if next(item.iterancestors(_SHOWN_AGAIN), None) is None)
    return Opened("\n".join(paragraph(item, None).text for item in found))
