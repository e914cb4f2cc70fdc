"""Files are read whole, in whatever encoding they come, and odd ones are named by code."""

from __future__ import annotations

import random
import re
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

import baodao as bd
from baodao.readers import read_content
from baodao.readers.check import check_text
from baodao.readers.encodings import decode
from baodao.resources import read_csv
from baodao.text.normalize import normalize
from tests.hostile import pdf_of

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


def snippets(encoding: str, size: int, count: int = 240) -> list[str]:
    """Runs of characters of the example corpus, in the script of the encoding."""
    corpus = Path(__file__).parents[1] / "examples" / "corpus"
    text = "".join(path.read_text("utf-8") for path in sorted(corpus.rglob("*.txt")))
    text = "".join(re.findall("[一-鿿，。]", text))
    if encoding == "big5hkscs":
        rows = {row["simplified"]: row["traditional"] for row in read_csv("traditional.csv")}
        text = "".join(char for char in text.translate(str.maketrans(rows)) if char.encode(encoding, "ignore"))
    draw = random.Random(9)
    starts = [draw.randrange(len(text) - size) for _ in range(count)]
    return [text[start : start + size] for start in starts]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "big5hkscs", "utf-8"])
def test_six_characters_tell_the_encoding(encoding: str) -> None:
    right = [decode(text.encode(encoding)).text == text for text in snippets(encoding, 6)]
    assert sum(right) >= len(right) * 59 / 60


def kept(text: str, read: str) -> int:
    """How many characters of a text are read in their order."""
    row = [0] * (len(read) + 1)
    for char in text:
        new = [0]
        for k, other in enumerate(read):
            new.append(row[k] + 1 if char == other else max(row[k + 1], new[k]))
        row = new
    return row[-1]


def damaged(text: str, encoding: str, how: str, draw: random.Random) -> bytes:
    """A text with one byte too many, too few, or another."""
    content = bytearray(text.encode(encoding))
    at, bad = draw.randrange(len(content)), draw.choice([b"\x80", b"\xff", b" ", draw.randbytes(1)])
    content[at : at + (how != "insert")] = b"" if how == "delete" else bad
    return bytes(content)


@pytest.mark.parametrize("how", ["insert", "replace", "delete"])
@pytest.mark.parametrize("encoding", ["gbk", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be"])
def test_one_bad_byte_anywhere_costs_a_few_characters(encoding: str, how: str) -> None:
    """Of 60 characters; in Big5 a lost byte may leave a pair that is a character, up to the next Latin letter."""
    draw = random.Random(3)
    texts = snippets(encoding if encoding == "big5hkscs" else "gbk", 60, 60)
    lost = [len(text) - kept(text, decode(damaged(text, encoding, how, draw)).text) for text in texts]
    assert sum(lost) <= 3 * len(lost)
    assert max(lost) <= (12 if encoding == "big5hkscs" else 4)


@pytest.mark.parametrize(
    ("encoding", "share"), [("gbk", 0.96), ("big5hkscs", 0.9), ("utf-8", 0.94), ("utf-16-le", 0.97)]
)
def test_one_bad_byte_does_not_defeat_six_characters(encoding: str, share: float) -> None:
    draw = random.Random(4)
    texts = [text for text in snippets(encoding if encoding == "big5hkscs" else "gbk", 6, 60) for _ in range(3)]
    found = [
        min(kept(text, decode(damaged(text, encoding, how, draw)).text), 5)
        for text, how in zip(texts, ("insert", "replace", "delete") * 60, strict=True)
    ]
    assert sum(found) >= share * 5 * len(texts)


def test_bytes_that_are_no_text_are_read_quickly() -> None:
    page = TEXT.encode("gbk") * 900
    for rest in (b"\x81" * 2_000_001, random.Random(1).randbytes(500_000)):
        began = time.process_time()
        decode(page + rest)
        assert time.process_time() - began < 15


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


def test_every_radical_is_a_character_and_every_traditional_one_a_simplified_one() -> None:
    radicals = [
        chr(code) for code in (*range(0x2E80, 0x2EF4), *range(0x2F00, 0x2FD6)) if unicodedata.name(chr(code), "")
    ]
    assert len(radicals) == 329
    assert all(normalize(char) >= "㐀" for char in radicals)
    rows = read_csv("traditional.csv")
    assert all(len(row["traditional"]) == len(row["simplified"]) == 1 for row in rows)
    printed = "".join(row["traditional"] for row in rows)
    assert normalize(printed, traditional=True) == "".join(row["simplified"] for row in rows)


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


def test_several_reports_on_a_web_page_are_all_read() -> None:
    pytest.importorskip("trafilatura")
    story = "<article><h2>{}</h2><p>{}</p><p>服务站开放三个月，接待群众{}人次。</p></article>"
    body = story.format("县城办起夜校", TEXT * 3, 812) + story.format("山村修通公路", TEXT * 3, 355)
    text = read_content(f"<html><body>{body}</body></html>".encode(), "a.html").text
    assert re.findall("夜校|公路|812|355", text) == ["夜校", "812", "公路", "355"]


def test_a_web_page_nested_without_end_loses_no_text() -> None:
    pytest.importorskip("trafilatura")
    page = "<html><body>" + "<div>" * 30_000 + f"<p>{TEXT}</p><p>建桥三座。</p>" + "</div>" * 30_000
    assert read_content(page.encode(), "a.html").text == f"{TEXT}\n建桥三座。"


def test_tables_of_a_word_file_are_read_in_their_place(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("两地共建书屋")
    document.add_table(1, 1).cell(0, 0).text = "书屋三座"
    document.add_paragraph(TEXT)
    document.save(tmp_path / "page.docx")
    assert read_content((tmp_path / "page.docx").read_bytes(), "page.docx").text == f"两地共建书屋\n书屋三座\n{TEXT}"


def test_a_headline_of_a_pdf_is_told_by_its_size() -> None:
    pytest.importorskip("pypdfium2")
    told = b"BT /F 9 Tf 9 90 Td (first story.) Tj /F 1 Tf 20 0 0 20 9 60 Tm (HEAD) Tj "
    told += b"/F 9 Tf 1 0 0 1 9 40 Tm (second.) Tj ET"
    content = pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(told) + told + b"\nendstream ",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    assert read_content(content, "a.pdf").text == "first story.\n\nHEAD\nsecond."


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(21):
            archive.writestr(f"word/{number}.xml", bytes(10_000_000))


def endless_pdf(path: Path) -> None:
    pages = b"<</Type/Pages/Count 100000/Kids[" + b"3 0 R " * 100_000 + b"]>>"
    path.write_bytes(
        pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")
    )


def huge_file(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def huge_page(path: Path) -> None:
    path.write_bytes(b"<p " + b"a" * 21_000_000 + b">")


@pytest.mark.parametrize(
    ("name", "make", "package"),
    [
        ("bomb.docx", bomb, "docx"),
        ("endless.pdf", endless_pdf, "pypdfium2"),
        ("huge.txt", huge_file, "baodao"),
        ("huge.html", huge_page, "trafilatura"),
    ],
)
def test_what_is_too_large_is_refused(tmp_path: Path, name: str, make, package: str) -> None:  # type: ignore[no-untyped-def]
    pytest.importorskip(package)
    make(tmp_path / name)
    with pytest.raises(bd.BaodaoError, match="BD163"):
        bd.analyze_file(tmp_path / name)


def test_ten_million_characters_at_once_are_refused() -> None:
    with pytest.raises(bd.BaodaoError, match=r"BD163.*10,000,000"):
        bd.analyze("县里建桥。" * 2_000_000)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7 1 0 obj", bytes(range(256))])
@pytest.mark.parametrize(("kind", "package"), [("docx", "docx"), ("pdf", "pypdfium2")])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, kind: str, package: str) -> None:
    pytest.importorskip(package)
    (tmp_path / f"page.{kind}").write_bytes(content)
    with pytest.raises(bd.BaodaoError, match=rf"BD164 .*page\.{kind}"):
        bd.analyze_file(tmp_path / f"page.{kind}")
