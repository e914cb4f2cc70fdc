"""Files are read whole, in whatever encoding they come, and odd ones are named by code."""

from __future__ import annotations

from pathlib import Path

import pytest

import baodao as bd
from baodao.readers.check import check_text
from baodao.readers.encodings import decode

TEXT = "县妇联在三个乡镇建起服务站，招募志愿者二百余名。"
TRADITIONAL = "縣婦聯在三個鄉鎮建起服務站，招募志願者二百餘名。"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gbk"), "gb18030"),
        (TRADITIONAL.encode("big5hkscs"), "big5hkscs"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        ("招募志愿者".encode("gbk"), "gb18030"),
    ],
)
def test_the_encoding_is_found(content: bytes, encoding: str) -> None:
    decoded = decode(content)
    assert decoded.encoding == encoding
    assert decoded.text in (TEXT, TRADITIONAL, "招募志愿者")
    assert not decoded.findings


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_one_bad_byte_is_noted_and_the_rest_is_read(encoding: str) -> None:
    content = bytearray((TEXT * 10).encode(encoding))
    content[90:90] = b"\xff"
    decoded = decode(bytes(content))
    assert [finding.code for finding in decoded.findings] == ["BD102"]
    assert decoded.text.count("志愿者") >= 9


def test_a_wrong_forced_encoding_names_the_right_one(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT.encode("gbk"))
    with pytest.raises(bd.BaodaoError, match=r"BD101.*GB18030"):
        bd.analyze_file(path, encoding="utf-8")


def test_line_breaks_stay_as_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(f"标题\r\n\r\n{TEXT}\r\n".encode())
    page = bd.analyze_file(path)
    assert page.text.count("\r\n") == 3
    assert page.source.doc == "page"
    assert all(page.text[m.start : m.end] == m.text for m in page.mentions)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "BD110"),
        (" \n\u3000", "BD110"),
        ("page.txt", "BD160"),
        ("./pages/第三版.txt", "BD160"),
        ("The quick brown fox jumps over the lazy dog again and again.", "BD120"),
        ("これはにほんごのぶんしょうであり、ちゅうごくごではありません。", "BD120"),
    ],
)
def test_what_is_no_chinese_page_is_refused_unless_forced(text: str, code: str) -> None:
    with pytest.raises(bd.BaodaoError) as error:
        bd.analyze(text)
    assert error.value.code == code
    page = bd.analyze(text, force=True)
    assert code in [issue.rule for issue in page.issues]
    assert page.text == text


def test_mojibake_is_an_issue_with_its_cause() -> None:
    page = bd.analyze(TEXT.encode("gbk").decode("latin-1"))
    (issue,) = [issue for issue in page.issues if issue.rule == "BD103"]
    assert "GBK" in issue.reason
    assert "latin-1" in issue.reason


def test_a_pdf_without_a_text_layer_is_an_empty_page_that_says_so(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    document = pdfium.PdfDocument.new()
    document.new_page(200, 300)
    document.save(tmp_path / "scan.pdf")
    page = bd.analyze_file(tmp_path / "scan.pdf")
    assert [issue.rule for issue in page.issues] == ["BD140"]
    assert not page.facts


def test_traditional_and_radical_characters_are_read_where_they_stand() -> None:
    page = bd.analyze("縣裡為３５０名婦⼥補貼⾞費１２萬元。")
    assert {issue.rule for issue in page.issues} >= {"BD121", "BD141"}
    assert [(f.text, f.unit) for f in page.facts] == [("３５０名", "名"), ("１２萬元", "CNY")]


def test_a_book_is_noted_not_refused() -> None:
    assert "BD130" in [finding.code for finding in check_text(TEXT * 25_000)]


@pytest.mark.parametrize("name", ["page.xyz", "missing.txt"])
def test_unknown_kinds_and_missing_files_say_so(tmp_path: Path, name: str) -> None:
    if name == "page.xyz":
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(bd.BaodaoError, match="BD16"):
        bd.analyze_file(tmp_path / name)


def test_html_and_docx_are_read(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("两地共建书屋")
    document.add_paragraph(TEXT)
    document.save(tmp_path / "page.docx")
    assert bd.analyze_file(tmp_path / "page.docx").articles[0].title == "两地共建书屋"
    pytest.importorskip("trafilatura")
    story = f"<article><h1>两地共建书屋</h1><p>{TEXT * 3}</p></article>"
    html = f"<html><head><title>两地共建书屋</title></head><body>{story}</body></html>"
    (tmp_path / "page.html").write_bytes(html.encode("gbk"))
    assert bd.analyze_file(tmp_path / "page.html").facts
