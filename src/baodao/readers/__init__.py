"""Files → text and `Source`: .txt, .html, .docx, .pdf with a text layer.

Text files keep every character and line break. Libraries for the other kinds are extras; one that is missing is
named with what to install.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from baodao.errors import BaodaoError
from baodao.readers.check import Finding, Opened, mend_text
from baodao.readers.documents import read_docx, read_html
from baodao.readers.encodings import decode
from baodao.readers.limits import MOST_BYTES, check_size, read_bytes
from baodao.readers.pdf import read_pdf
from baodao.records import Source
from baodao.records.source import text_hash, well_formed

__all__ = ["SUFFIXES", "ReadFile", "read_content", "read_file"]

_READERS: dict[str, Callable[[bytes], Opened]] = {
    ".html": read_html, ".htm": read_html, ".docx": read_docx, ".pdf": read_pdf,
}  # fmt: skip
_TEXT = (".txt", ".text", ".md", "")
SUFFIXES = (".txt", *_READERS)  # the files of a folder that are pages


class ReadFile(NamedTuple):
    """A file's text, where it came from, and what was odd about it."""

    text: str
    source: Source
    findings: list[Finding]


def read_file(path: str | os.PathLike[str], *, encoding: str | None = None) -> ReadFile:
    """Read one file.

    Args:
        path: .txt (or no ending), .html, .docx, .pdf.
        encoding: of a text file; found by itself if None.

    Raises:
        BaodaoError: BD161 no such file; BD162 an unknown kind; BD163 too large (`baodao.readers.limits`); BD164 not
            whole; BD165 not readable; BD101 the encoding does not fit; BD150 an optional part is missing.
    """
    return read_content(read_bytes(Path(path)), path, encoding=encoding)


def read_content(content: bytes, path: str | os.PathLike[str], *, encoding: str | None = None) -> ReadFile:
    """Read the bytes of a file; `path` says of what kind they are.

    Raises:
        BaodaoError: as `read_file`.
    """
    check_size(str(path), len(content), MOST_BYTES)
    file = Path(path)
    kind = file.suffix.lower()
    if kind in _READERS:
        opened = _open(content, str(path), kind)
        name = ""
    elif kind in _TEXT:
        text, name, found = decode(content, encoding)
        opened = Opened(text, found)
    else:
        raise BaodaoError("BD162", path=str(path), known=".txt .html .docx .pdf")
    text, findings = mend_text(opened.text, opened.findings)
    place, doc = well_formed(str(path)), well_formed(file.stem)
    source = Source(path=place, encoding=name, sha256=text_hash(text), doc=doc, sizes=opened.sizes)
    return ReadFile(text, source, findings)


def _open(content: bytes, path: str, kind: str) -> Opened:
    try:
        return _READERS[kind](content)
    except BaodaoError as error:
        if error.code == "BD163":
            error = BaodaoError("BD163", lang=None, **{**error.fields, "what": path})
        raise error from None
    except Exception as error:  # what a library throws at a broken file has no common name
        reason = " ".join(f"{type(error).__name__} {error}".split())[:200].rstrip(".")
        raise BaodaoError("BD164", path=path, kind=kind, reason=reason) from None
