"""HTML, Word and PDF files → text, one paragraph a line, by well-kept libraries."""

from __future__ import annotations

import importlib
import io
from typing import Any

from baodao.errors import BaodaoError
from baodao.readers.check import Finding

__all__ = ["read_docx", "read_html", "read_pdf"]


def read_html(content: bytes) -> tuple[str, list[Finding]]:
    """The main text of a web page, headline first."""
    trafilatura = _need("trafilatura", "html", ".html")
    text = trafilatura.extract(content, include_comments=False, include_tables=True, favor_recall=True) or ""
    data = trafilatura.extract_metadata(content)
    title = (getattr(data, "title", None) or "").strip()
    if title and not text.startswith(title):
        text = f"{title}\n{text}"
    return text, []


def read_docx(content: bytes) -> tuple[str, list[Finding]]:
    """The paragraphs of a Word file."""
    docx = _need("docx", "docx", ".docx")
    document = docx.Document(io.BytesIO(content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs), []


def read_pdf(content: bytes) -> tuple[str, list[Finding]]:
    """The text layer of a PDF, page after page; a page without one is noted (BD140)."""
    pdfium = _need("pypdfium2", "pdf", ".pdf")
    findings, pages = [], []
    document = pdfium.PdfDocument(content)
    try:
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            text = layer.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
            layer.close()
            page.close()
            if not text.strip():
                findings.append(Finding("BD140", False, {"page": number + 1}))
            pages.append(text)
    finally:
        document.close()
    return "\n\n".join(pages), findings


def _need(module: str, extra: str, what: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise BaodaoError("BD150", what=what, package=module, extra=extra) from None
