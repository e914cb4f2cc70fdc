"""HTML, Word and PDF files → text, one paragraph a line, by well-kept libraries."""

from __future__ import annotations

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple

from baodao.readers.check import Finding
from baodao.readers.limits import MOST_MARKUP, MOST_PAGES, check_size, check_zip
from baodao.records.saved import need

__all__ = ["read_docx", "read_html", "read_pdf"]

_BLOCK = re.compile(r"(?i)<(?:/?(?:p|div|h[1-6]|li|tr|td|article|section|title|body)|br)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"<(script|style|noscript|template)\b", re.I)
_FEWEST = 60  # characters of a report among several of a page; a teaser has less
_SILENT = logging.NullHandler()
_LARGER = 1.2  # times the size of the body: a headline
_SHOWN_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # for old programs


def read_html(content: bytes) -> tuple[str, list[Finding]]:
    """The main text of a web page, headline first; each report of a page that sets several as `<article>`."""
    check_size(".html", len(content), MOST_MARKUP)
    trafilatura = need("trafilatura", "html", ".html")
    logging.getLogger("trafilatura").addHandler(_SILENT)  # else its complaints go to stderr where nobody listens
    texts = [_main_text(trafilatura, part) for part in _articles(trafilatura, content)]
    texts = [text for text in texts if len(text) >= _FEWEST and "。" in text]
    if len(texts) > 1:
        return "\n\n".join(texts), []
    text = _main_text(trafilatura, content)
    if not text:
        return _all_text(trafilatura.utils.decode_file(content)), []
    data = trafilatura.extract_metadata(content)
    title = (getattr(data, "title", None) or "").strip()
    return (f"{title}\n{text}" if title and not text.startswith(title) else text), []


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


def read_docx(content: bytes) -> tuple[str, list[Finding]]:
    """The paragraphs of a Word file in their order, those of tables and text boxes too."""
    docx = need("docx", "docx", ".docx")
    check_zip(content)
    body = docx.Document(io.BytesIO(content)).element.body
    paragraph = need("docx.text.paragraph", "docx", ".docx").Paragraph
    found = (item for item in body.iter(docx.oxml.ns.qn("w:p")) if next(item.iterancestors(_SHOWN_AGAIN), None) is None)
    return "\n".join(paragraph(item, None).text for item in found), []


def read_pdf(content: bytes) -> tuple[str, list[Finding]]:
    """The text layer of a PDF, page after page; a page without one is noted (BD140).

    A line set larger than the body has an empty line before it, so that a report begins where its headline's size says.
    """
    pdfium = need("pypdfium2", "pdf", ".pdf")
    findings: list[Finding] = []
    pages: list[list[_Printed]] = []
    document = pdfium.PdfDocument(content)
    try:
        check_size(".pdf", len(document), MOST_PAGES, ("页", "pages"))
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            pages.append(_printed(layer, layer.get_text_range()))
            layer.close()
            page.close()
            if not any(line.text.strip() for line in pages[-1]):
                findings.append(Finding("BD140", False, {"page": number + 1}))
    finally:
        document.close()
    body = _body_size(line for page in pages for line in page)
    return "\n\n".join(_set_apart(page, body) for page in pages), findings


class _Printed(NamedTuple):
    """A line of a PDF and the size of its letters, in points."""

    text: str
    size: float


def _printed(layer: Any, text: str) -> list[_Printed]:
    """The lines of a page; each is as large as its middle character."""
    raw = need("pypdfium2.raw", "pdf", ".pdf")
    lines, at = [], 0
    for printed in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        place = text.find(printed, at)
        matrix = raw.FS_MATRIX()
        middle = place + len(printed) // 2
        raw.FPDFText_GetMatrix(layer, middle, matrix)
        scale = math.hypot(matrix.b, matrix.d) or 1.0  # a size is given before it is scaled
        lines.append(_Printed(printed, raw.FPDFText_GetFontSize(layer, middle) * scale))
        at = place + len(printed)
    return lines


def _body_size(lines: Iterable[_Printed]) -> float:
    """The size in which most characters are set; 0 if there are none."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size, 1)] += len(line.text)
    return max(counts, key=lambda size: counts[size], default=0.0)


def _set_apart(page: Sequence[_Printed], body: float) -> str:
    """The text of a page, with an empty line where a headline begins.

    >>> _set_apart([_Printed("昨日通车。", 12), _Printed("夜校开课", 30), _Printed("学员86人。", 12)], 12)
    '昨日通车。\\n\\n夜校开课\\n学员86人。'
    """
    out: list[str] = []
    was_body = False
    for line in page:
        large = line.size > _LARGER * body
        if large and was_body:
            out.append("")
        if line.text.strip():
            was_body = not large
        out.append(line.text)
    return "\n".join(out)
