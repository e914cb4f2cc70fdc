"""Inputs that go wrong, and what their reader sees: `python -m tests.bad_inputs` writes the table of the documents."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import baodao as bd
from tests.hostile import pdf_of

__all__ = ["DOCUMENT", "document"]

DOCUMENT = Path(__file__).parents[1] / "docs" / "explanation" / "bad_inputs.md"
_TEXT = "县妇联在三个乡镇建起服务站，招募志愿者二百余名。"
_HEAD = """# 坏输入，看到什么

这张表由 `python -m tests.bad_inputs` 写成：每一行都真的试过，右边是库说的原话。抛出的是 `BaodaoError`，带代码；
记在页上的是 `page.issues` 里的一条，文字照读。全部代码见[错误代码](../errors.md)；防什么、怎样防，见项目根目录的
`SECURITY.md`。`run()` 遇到这些不会停：坏的一份记进表 `errors`，其余照读。

| 输入 | 结果 | 看到 |
|---|---|---|
"""


class Case(NamedTuple):
    """What goes wrong, in words, and a function of an empty folder that does it."""

    what: str
    happen: Callable[[Path], Any]


def _file(name: str, content: bytes, **settings: Any) -> Callable[[Path], Any]:
    def happen(room: Path) -> Any:
        (room / name).write_bytes(content)
        return bd.analyze_file(room / name, **settings)

    return happen


def _sparse(name: str, size: int) -> Callable[[Path], Any]:
    def happen(room: Path) -> Any:
        with (room / name).open("wb") as file:
            file.truncate(size)
        return bd.analyze_file(room / name)

    return happen


def _bomb(room: Path) -> Any:
    with zipfile.ZipFile(room / "炸弹.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(21):
            archive.writestr(f"word/{number}.xml", bytes(10_000_000))
    return bd.analyze_file(room / "炸弹.docx")


def _pages(count: int) -> bytes:
    kids = b"<</Type/Pages/Count %d/Kids[" % count + b"3 0 R " * count + b"]>>"
    return pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", kids, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")


def _rule(pattern: str) -> Callable[[Path], Any]:
    rule = {"id": "my.bridge", "kind": "program", "pattern": pattern, "matches": ["县县桥"]}
    return lambda room: bd.pipeline().with_rules([rule])


def _lines(name: str, text: str, use: Callable[[Path], Any]) -> Callable[[Path], Any]:
    def happen(room: Path) -> Any:
        (room / name).write_text(text, encoding="utf-8")
        return use(room / name)

    return happen


_SAVED = json.dumps({"schema_version": "99", "text": _TEXT})
CASES = (
    Case("空文字", lambda room: bd.analyze(" \n")),
    Case("把路径当文字", lambda room: bd.analyze("page.txt")),
    Case("不是字符串", lambda room: bd.analyze(_TEXT.encode())),  # type: ignore[arg-type]
    Case("英文", lambda room: bd.analyze("The quick brown fox jumps over the lazy dog.")),
    Case("日文", lambda room: bd.analyze("これはにほんごのぶんしょうです。")),
    Case("英文，`force=True`", lambda room: bd.analyze("The quick brown fox.", force=True)),
    Case("乱码（GBK 被当作 Latin-1）", lambda room: bd.analyze(_TEXT.encode("gbk").decode("latin-1"))),
    Case("繁体", lambda room: bd.analyze("縣裡為三百五十名婦女補貼車費。")),
    Case("部首字 ⼥ ⾞", lambda room: bd.analyze("县里为３５０名妇⼥补贴⾞费。")),
    Case("半个代理对", lambda room: bd.analyze("某县\ud800拨付资金35万元。")),
    Case("一千万字一个字符串", lambda room: bd.analyze("县里建桥。" * 2_000_000)),
    Case("六十万字一个字符串", lambda room: bd.analyze(_TEXT + "\n" * 600_000)),
    Case("日期写错", lambda room: bd.analyze(_TEXT, issue_date="26.10.2021")),
    Case("文件不存在", lambda room: bd.analyze_file(room / "没有.txt")),
    Case("是个文件夹", lambda room: bd.analyze_file(room)),
    Case("不认识的后缀", _file("版面.xls", b"")),
    Case("GBK 文件强作 UTF-8", _file("版面.txt", _TEXT.encode("gbk"), encoding="utf-8")),
    Case("没有这种编码", _file("版面.txt", b"", encoding="gbkk")),
    Case("一个坏字节", _file("版面.txt", _TEXT.encode("gbk")[:11] + b"\xff" + _TEXT.encode("gbk")[11:])),
    Case("200 MB 的文件", _sparse("版面.txt", 200_000_000)),
    Case("21 MB 的网页", _file("版面.html", b"<p " + b"a" * 21_000_000 + b">")),
    Case("标签套三万层的网页", _file("版面.html", (f"{'<div>' * 30_000}<p>{_TEXT}</p>").encode())),
    Case("Word 压缩炸弹", _bomb),
    Case("坏的 Word", _file("版面.docx", b"PK\x03\x04")),
    Case("坏的 PDF", _file("版面.pdf", b"%PDF-1.7")),
    Case("只有图片的 PDF", _file("版面.pdf", _pages(1))),
    Case("十万页的 PDF", _file("版面.pdf", _pages(100_000))),
    Case("自己的规则会卡死", _rule("(?:县+)+桥")),
    Case("自己的规则随文字长度的平方变慢", _rule("县+桥|县县桥")),
    Case("自己的规则找不到自己的例子", _rule("路")),
    Case("词表一行三列", _lines("词.txt", "青禾\n一 二 三\n", bd.pipeline().with_words)),
    Case("项目名太短", _lines("项目.txt", "青禾学堂\n“春”\n", bd.pipeline().with_programs)),
    Case("规则文件不是 TOML", _lines("规则.toml", "[[rule]\n", bd.pipeline().with_rules)),
    Case("事实表缺列", _lines("表.csv", "fact_id,doc\n1,2\n", bd.FactTable.read)),
    Case("新版写的 JSON", lambda room: bd.Page.from_json(_SAVED)),
    Case("不是 JSON", lambda room: bd.Page.from_json("{")),
)


def document() -> str:
    """The page of the documentation: each case tried, and what was said."""
    language = os.environ.get("BAODAO_LANG")
    os.environ["BAODAO_LANG"] = "zh"
    try:
        return _HEAD + "".join(f"| {what} | {kind} | {words} |\n" for what, kind, words in _told())
    finally:
        os.environ.pop("BAODAO_LANG")
        if language is not None:
            os.environ["BAODAO_LANG"] = language


def _told() -> Iterator[tuple[str, str, str]]:
    for case in CASES:
        with TemporaryDirectory() as name:
            try:
                made = case.happen(Path(name))
            except bd.BaodaoError as error:
                kind, words = "抛出", str(error)
            else:
                issues = [f"{issue.rule} {issue.reason}" for issue in made.issues if issue.rule.startswith("BD")]
                kind, words = ("照读，记在页上", "；".join(issues)) if issues else ("照读", f"{len(made.facts)} 个事实")
            words = words.replace(name + os.sep, "").replace(name, "某文件夹")
        yield case.what, kind, " ".join(words.replace("|", "\\|").split())


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
