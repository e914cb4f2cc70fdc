"""Bytes of any kind against every door: nothing but `BaodaoError` comes out, and the laws hold.

`python -m tests.fuzz --seconds 600` searches for them: guided by coverage where atheris is installed (Linux, extra
`fuzz`), else at random from a seed. A finding is printed with its bytes; `python -m tests.fuzz FILE` tries it again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import baodao as bd
from baodao.readers import read_content
from baodao.records import Source
from baodao.records.fact import COLUMNS
from tests.hostile import FAMILIES, pdf_of
from tests.laws import check_laws

__all__ = ["DOORS", "draw", "try_bytes"]

_PIECES = [
    *FAMILIES.values(), *"0123456789一二三十百千万亿点多余约近超%元户人年月日第至到从",
    *"、，。：；！？“”（）《》\n\u3000 ",
    *"同比增长 其中 分别 本报讯 （记者李禾） 招募志愿者 拨付资金 去年 全市 该县 图为 达 占".split(),
    *"上接第一版 由 增加到 名 万元 个百分点 度 折 成 倍 半 两 零下".split(),
]  # fmt: skip


def draw(data: bytes) -> str:
    """A text of pieces, one a byte: hostile ones and those of reports."""
    return "".join(_PIECES[byte % len(_PIECES)] for byte in data[:400])


def as_report(data: bytes) -> None:
    """A text of pieces is read; the page keeps the laws and goes every way out and back."""
    text = draw(data)
    page = bd.analyze(text, force=True, issue_date="2021")
    check_laws(page, page.text)
    rows = bd.pipeline().rows(text, Source(issue_date="2021"), force=True)
    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows] == page.facts.to_dicts()
    assert bd.Page.from_json(page.to_json()) == page
    assert page.to_html() and page._repr_html_() and str(page) is not None
    assert all(fact.explain() for fact in page.facts)
    assert page.facts.to_csv() and page.facts.to_jsonl() is not None


def as_text(data: bytes) -> None:
    """Any characters are a text."""
    for text in (data.decode("utf-8", "surrogateescape"), data.decode("gb18030", "replace")):
        page = bd.analyze(text, force=True)
        check_laws(page, page.text)


def as_file(data: bytes) -> None:
    """Any bytes are a text file, in any encoding."""
    kinds = ("", "utf-8", "gbk", "utf-16", "utf-7", "punycode", "idna", "hex", "unicode_escape", "mbcs", "\0", "big5")
    text = read_content(data[1:], "a.txt", encoding=kinds[data[0] % len(kinds)] or None).text
    check_laws(bd.analyze(text, force=True), text)


def as_page(data: bytes) -> None:
    """Any bytes are a web page, as they are and with tags put in."""
    tags = (b"<p>", b"<article>", b"</div>", b"<table><tr><td>", b"<!--", b"<script>", b"&#x110000;", b"<title>")
    read_content(data, "a.html")
    read_content(b"".join(tags[byte % 8] + bytes([byte]) for byte in data), "a.html")


def as_document(data: bytes) -> None:
    """Any bytes are a Word file, as they are and as the text of a whole one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_empty_docx())) as whole, zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            at = int.from_bytes(data[:2], "big") % (len(content) + 1)
            broken.writestr(name, content[:at] + data[2:] + content[at:] if name == "word/document.xml" else content)
    for content in (data, out.getvalue()):
        with contextlib.suppress(bd.BaodaoError):
            read_content(content, "a.docx")


def as_pdf(data: bytes) -> None:
    """Any bytes are a PDF; what a page of it says; and a whole one with bytes put in."""
    whole = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\nBT/F 9 Tf(" % (len(data) + 11) + data + b")Tj ET\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    at = int.from_bytes(data[:2], "big") % len(whole)
    for content in (data, whole, whole[:at] + data[2:] + whole[at:]):
        with contextlib.suppress(bd.BaodaoError):
            read_content(content, "a.pdf")


def as_table(data: bytes) -> None:
    """Any cell of a saved row is a fact or named, and survives the way out and back."""
    row = bd.analyze("某县建成三座桥。").facts.to_dicts()[0]
    names = list(row)
    name, value = names[data[0] % len(names)], data[1:].decode("utf-8", "replace")
    table = bd.FactTable([*bd.FactTable.from_rows([{**row, name: value}])])
    assert bd.FactTable.from_rows(table.to_dicts()).to_dicts() == table.to_dicts()
    assert table._repr_html_() and str(table)


def as_settings(data: bytes) -> None:
    """Any bytes are a saved table or page, a list of words, of programs, of rules, a date."""
    with TemporaryDirectory() as room:
        works: list[Callable[[Path], object]] = [
            bd.FactTable.read, bd.FactTable.read, bd.pipeline().with_words, bd.pipeline().with_programs,
            bd.pipeline().with_rules, lambda path: bd.Page.from_json(path.read_bytes()),
            lambda path: bd.analyze("某县建成三座桥。", issue_date=path.read_text("utf-8", "replace")),
        ]  # fmt: skip
        for number, work in enumerate(works):
            file = Path(room) / f"a{number}.{'csv' if number == 0 else 'jsonl'}"
            file.write_bytes(data)
            with contextlib.suppress(bd.BaodaoError):
                work(file)


DOORS = (as_report, as_report, as_text, as_file, as_page, as_document, as_pdf, as_table, as_settings)


def try_bytes(data: bytes) -> str:
    """Put bytes before the door that the first of them names; give back what came of it: ok or a code.

    Raises:
        Exception: whatever is no `BaodaoError`: a fault of the library.
    """
    if len(data) < 3:
        return "ok"
    try:
        DOORS[data[0] % len(DOORS)](data[1:])
    except bd.BaodaoError as error:
        assert str(error)
        return error.code
    return "ok"


def _empty_docx() -> bytes:
    if not _KEPT:
        import docx

        out = io.BytesIO()
        docx.Document().save(out)
        _KEPT.append(out.getvalue())
    return _KEPT[0]


_KEPT: list[bytes] = []


def at_random(seconds: float, seed: int = 0, most: int = sys.maxsize) -> Counter[str]:
    """Try random bytes for some seconds, or so many; what came of them, by door and code."""
    random_ = random.Random(seed)
    told: Counter[str] = Counter()
    began = time.monotonic()
    while time.monotonic() - began < seconds and told.total() < most:
        data = random_.randbytes(random_.choice((4, 12, 40, 150)))
        try:
            told[f"{DOORS[data[0] % len(DOORS)].__name__} {try_bytes(data)}"] += 1
        except Exception as error:
            raise AssertionError(f"{data.hex()}") from error
    return told


def main() -> None:
    """Fuzz for some seconds, or try the bytes of a file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--random", action="store_true", help="without atheris")
    given = parser.parse_args()
    if given.file:
        sys.stdout.write(try_bytes(Path(given.file).read_bytes()) + "\n")
        return
    try:
        import atheris
    except ImportError:
        given.random = True
    if given.random:
        told = at_random(given.seconds, given.seed)
        sys.stdout.writelines(f"{name}: {count}\n" for name, count in sorted(told.items()))
        sys.stdout.write(f"{told.total()} inputs, seed {given.seed}\n")
        return
    atheris.instrument_all()
    arguments = [sys.argv[0], f"-max_total_time={given.seconds}", f"-seed={given.seed + 1}", "-max_len=300"]
    atheris.Setup([*arguments, "-timeout=60", "-rss_limit_mb=4000"], lambda data: (try_bytes(data), None)[1])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
