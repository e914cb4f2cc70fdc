"""Whatever a file or a command says, what comes out is a result or a `BaodaoError`; what is shown is what is printed.

`BAODAO_EXAMPLES=5000 pytest tests/test_properties.py` tries more.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

import baodao as bd
from baodao.cli import main
from baodao.explore.terminal import show_page
from baodao.markup import printable
from baodao.readers import read_content
from tests.hostile import FAMILIES, pdf_of
from tests.laws import check_laws
from tests.test_view import Reader

TEXT = "夜校开课\n\n本报讯（记者 李禾）县妇联在三个乡镇建起服务站，招募志愿者二百余名，拨付资金1.2万元。\n"
TRADITIONAL = "夜校開課\n\n縣婦聯在三個鄉鎮建起服務站，招募志願者二百餘名。\n"
many = settings(
    max_examples=int(os.environ.get("BAODAO_EXAMPLES", "40")), deadline=None,
    suppress_health_check=list(HealthCheck), print_blob=True,
)  # fmt: skip
# an edit of a file: where in it (a share), how many bytes go, what comes in their place
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 6), st.binary(max_size=6) | st.sampled_from([b"\x80", b"\xff", b"\0"])),
    max_size=6,
)


def edited(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, count, new in changes:
        at = int(share * len(content))
        content = content[:at] + new + content[at + count :]
    return content


@cache
def whole(kind: str) -> bytes:
    """A real file of a kind."""
    if kind in ("utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-8"):
        return TEXT.encode(kind)
    if kind == "big5hkscs":
        return TRADITIONAL.encode(kind)
    if kind == "html":
        story = f"<article><p>{TEXT * 4}</p></article>"
        return f"<html><head><title>夜校开课</title></head><body>{story}</body></html>".encode()
    if kind == "docx":
        document = pytest.importorskip("docx").Document()
        for line in TEXT.split("\n"):
            document.add_paragraph(line)
        document.save(out := io.BytesIO())
        return out.getvalue()
    if kind == "pdf":
        drawn = b"BT /F 9 Tf 9 90 Td (three bridges, 300 people) Tj ET"
        return pdf_of(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d>>stream\n" % len(drawn) + drawn + b"\nendstream ",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        )  # fmt: skip
    table = bd.analyze(TEXT).facts
    with TemporaryDirectory() as room:
        file = Path(room) / f"a.{kind}"
        write: dict[str, Callable[[Path], object]] = {
            "csv": table.to_csv, "jsonl": table.to_jsonl, "parquet": table.to_parquet,
        }  # fmt: skip
        write[kind](file)
        return file.read_bytes()


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-be"])
@many
@given(changes=edits, raw=st.binary(max_size=80))
def test_any_text_file_is_read_and_keeps_the_laws(
    kind: str, changes: list[tuple[float, int, bytes]], raw: bytes
) -> None:
    for content in (edited(whole(kind), changes), raw):
        text = read_content(content, "a.txt").text
        check_laws(bd.analyze(text, force=True), text)


@pytest.mark.parametrize(("kind", "package"), [("html", "trafilatura"), ("docx", "docx"), ("pdf", "pypdfium2")])
@many
@given(changes=edits, raw=st.binary(max_size=80))
def test_any_document_is_read_or_refused(
    kind: str, package: str, changes: list[tuple[float, int, bytes]], raw: bytes
) -> None:
    pytest.importorskip(package)
    for content in (edited(whole(kind), changes), raw):
        try:
            text = read_content(content, f"a.{kind}").text
        except bd.BaodaoError as error:
            assert error.code in ("BD163", "BD164")
        else:
            bd.analyze(text, force=True)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
@many
@given(changes=edits, raw=st.binary(max_size=80))
def test_any_saved_table_is_read_or_refused(kind: str, changes: list[tuple[float, int, bytes]], raw: bytes) -> None:
    pytest.importorskip("pyarrow")
    for content in (edited(whole(kind), changes), raw):
        with TemporaryDirectory() as room:
            file = Path(room) / f"a.{kind}"
            file.write_bytes(content)
            try:
                table = bd.FactTable.read(file)
            except bd.BaodaoError as error:
                assert error.code in ("BD180", "BD163")
            else:
                assert bd.FactTable.from_rows(table.to_dicts()).to_dicts() == table.to_dicts()


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
@many
@given(changes=edits)
def test_a_run_over_any_table_ends(kind: str, changes: list[tuple[float, int, bytes]]) -> None:
    pytest.importorskip("pyarrow")
    with TemporaryDirectory() as room:
        file = Path(room) / f"a.{kind}"
        file.write_bytes(edited(whole(kind), changes))
        try:
            bd.run(file, Path(room) / "out.jsonl", workers=0)
        except bd.BaodaoError as error:
            assert str(error)


pieces = st.sampled_from(
    [*FAMILIES.values(), "=1+1", "300名", "拨付资金1.2万元，", "<script>", "&lt;", "]]>", "\x1b[31m", "[red]"]
)
texts = st.lists(pieces | st.text(max_size=6), max_size=25).map("".join)


@many
@given(texts)
def test_whatever_is_printed_is_shown_as_it_is(text: str) -> None:
    page = bd.analyze(text, force=True)
    for html in (page.to_html(), page._repr_html_(), page.facts._repr_html_()):
        reader = Reader(html)
        assert not {"script", "img", "iframe", "object", "link"} & set(reader.tags)
        assert not {name for name in reader.attributes if name.startswith("on")}
    for article in page.articles:
        assert article._repr_html_()
    out = io.StringIO()
    show_page(page, Console(file=out, width=80, color_system=None, force_terminal=False), whole=True)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", out.getvalue())
    assert printable(str(page)) is not None


@many
@given(texts)
def test_whatever_is_written_is_read_back(text: str) -> None:
    page = bd.analyze(text, force=True)
    table = page.facts
    rows = list(csv.DictReader(io.StringIO(table.to_csv() or "", newline="")))
    assert len(rows) == len(table)
    assert not any(cell[:1] in "=@\t\r" and cell for row in rows for cell in row.values())
    lines = [json.loads(line) for line in (table.to_jsonl() or "").split("\n") if line]
    assert [line["text"] for line in lines] == [fact.text for fact in table]
    assert bd.Page.from_json(page.to_json()) == page
    with TemporaryDirectory() as room:
        file = Path(room) / "facts.csv"
        table.to_csv(file)
        again = bd.FactTable.read(file)
    assert again.to_dicts() == table.to_dicts() or any("\r" in fact.text for fact in table)


WORDS = """
facts show articles html explain sample evaluate diff schema --date 2021-03-08 2021-13-08 --paper --encoding gbk utf-7
-o out.csv out.xyz . .. -n 0 --article --all --at -1 99999999999999999999 --force --by --seed --json --workers
page.txt gbk.txt empty.txt nul.txt bad.docx bad.pdf a.html t.csv t.jsonl t.parquet missing.txt *.txt ** [ fact table -
-- page.txt/x --help folder none/out.csv --pattern --no-resume kind confidence
""".split()
words = st.sampled_from([*WORDS, "", "\0", "\ud800", "长" * 300]) | st.text(max_size=8)


@many
@given(st.sampled_from(["facts", "show", "articles", "html", "explain", "sample", "evaluate", "diff", "schema"]),
       st.lists(words, max_size=6), st.binary(max_size=40))  # fmt: skip
def test_the_command_line_ends_with_a_code_and_words(command: str, arguments: list[str], content: bytes) -> None:
    with TemporaryDirectory() as room, pytest.MonkeyPatch.context() as patch:
        patch.chdir(room)
        files = {
            "page.txt": TEXT.encode(), "gbk.txt": TEXT.encode("gbk"), "empty.txt": b"", "nul.txt": b"\0" * 99,
            "bad.docx": content, "bad.pdf": content, "a.html": content, "t.csv": whole("csv"), "t.jsonl": content,
            "t.parquet": content,
        }  # fmt: skip
        for name, data in files.items():
            Path(name).write_bytes(data)
        told, said = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
        patch.setattr(sys, "stdout", told)
        patch.setattr(sys, "stderr", said)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        workers = ["--workers", "0"] if command == "facts" else []
        patch.setattr(sys, "argv", ["baodao", command, *workers, *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said.flush()
        words = said.buffer.getvalue().decode()  # type: ignore[attr-defined]
        assert ended.value.code in (0, 1, 2), arguments
        assert "Traceback" not in words
        assert (ended.value.code or 0) == 0 or words, arguments
