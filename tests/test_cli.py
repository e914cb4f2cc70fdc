"""The command line: data to stdout, words to stderr, exit codes that scripts can trust."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "page.txt"


def run(*arguments: str, stdin: bytes = b"", lang: str = "zh") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "baodao.cli", *arguments], input=stdin, capture_output=True, check=False,
        env={"BAODAO_LANG": lang, "PATH": "", "COLUMNS": "80", "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


def test_facts_are_json_lines() -> None:
    done = run("facts", str(EXAMPLE), "--date", "2024-09-18")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert not done.stderr
    assert len(rows) > 30
    assert {row["doc"] for row in rows} == {"page"}


def test_facts_from_stdin_and_into_files(tmp_path: Path) -> None:
    done = run("facts", "-", "-o", str(tmp_path / "facts.csv"), stdin="某县招募志愿者300名。".encode("gbk"))
    assert (done.returncode, done.stdout) == (0, b"")
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as lines:
        assert [row["text"] for row in csv.DictReader(lines)] == ["300名"]


def test_a_folder_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某县招募志愿者300名。", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    done = run("facts", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert b"BD110" in done.stderr


def test_a_folder_goes_into_one_file_and_goes_on(tmp_path: Path) -> None:
    pages, out = tmp_path / "pages", tmp_path / "facts.csv"
    pages.mkdir()
    (pages / "a.txt").write_text("某县招募志愿者300名。", encoding="utf-8")
    (pages / "b.txt").write_text("English", encoding="utf-8")
    done = run("facts", str(pages), "-o", str(out), "--workers", "0", "--resume")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"b.txt: BD120" in done.stderr
    assert out.read_text(encoding="utf-8-sig").count("300名") == 2
    assert run("facts", str(pages), "-o", str(tmp_path / "run"), "--workers", "0", "--pattern", "a*").returncode == 0
    other = run("facts", str(pages), "-o", str(tmp_path / "run"), "--workers", "0", "--date", "2021")
    assert (other.returncode, b"BD191" in other.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (("facts", "missing.txt"), 2, b"BD161"),
        (("facts", str(EXAMPLE), "--date", "gestern"), 2, b"BD170"),
        (("facts", str(EXAMPLE), "-o", "facts.xls"), 2, b"BD172"),
        (("show", str(EXAMPLE), "--article", "9"), 2, b"BD172"),
        (("schema", "nothing"), 2, b"BD172"),
        (("sample", "missing.csv"), 2, b"BD161"),
        (("sample", str(EXAMPLE)), 2, b"BD162"),
        (("evaluate", "missing.csv"), 2, b"BD161"),
        (("diff", "missing.csv", "missing.csv"), 2, b"BD161"),
        (("facts", str(EXAMPLE), "--encoding", "ascii"), 1, b"BD101"),
    ],
)
def test_mistakes_are_named_without_a_traceback(arguments: tuple[str, ...], code: int, word: bytes) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert word in done.stderr
    assert b"Traceback" not in done.stderr


def test_messages_come_in_the_readers_language() -> None:
    assert "找不到文件" in run("facts", "missing.txt").stderr.decode()
    assert "no such file" in run("facts", "missing.txt", lang="en").stderr.decode()


def test_show_caps_a_long_page_and_says_so() -> None:
    done = run("show", str(EXAMPLE), "--date", "2024-09-18")
    assert done.returncode == 0
    shown = done.stdout.decode()
    assert "--all" in shown
    assert "\x1b[" not in shown  # no color in a pipe
    assert "3 贵阳老旧小区改造惠及4.7万户" in shown  # named, not shown
    assert "加装电梯" not in shown
    assert "加装电梯" in run("show", str(EXAMPLE), "--all").stdout.decode()
    alone = run("show", str(EXAMPLE), "--article", "3").stdout.decode()
    assert "加装电梯" in alone
    assert "“微光”" not in alone


def test_articles_html_schema_and_doctor(tmp_path: Path) -> None:
    assert run("articles", str(EXAMPLE), "-o", str(tmp_path)).returncode == 0
    assert len(list(tmp_path.glob("page-*.json"))) >= 4
    assert run("html", str(EXAMPLE), "-o", str(tmp_path / "review.html")).returncode == 0
    assert "<mark" in (tmp_path / "review.html").read_text(encoding="utf-8")
    assert json.loads(run("schema", "fact").stdout)["title"] == "Fact"
    done = run("doctor")
    assert done.returncode == 0
    assert b"self-test: ok" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("facts", "{page}", "-o", "{room}/none/x.csv"),
        ("facts", "{page}", "-o", "{room}/none/x.jsonl"),
        ("html", "{page}", "-o", "{room}/none/x.html"),
        ("html", "{page}", "-o", "{room}"),
        ("articles", "{page}", "-o", "{page}"),
        ("articles", "{page}", "-o", "/proc/none"),
    ],
)
def test_an_output_that_cannot_be_written_is_named(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    page = tmp_path / "a.txt"
    page.write_text("某县招募志愿者300名。", encoding="utf-8")
    done = run(*(word.format(page=page, room=tmp_path) for word in arguments))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"BD166")
    assert done.stderr.count(b"\n") == 1


def test_a_folder_where_a_file_is_asked_for_is_named_as_one(tmp_path: Path) -> None:
    for command in ("show", "html", "articles", "explain"):
        done = run(command, str(tmp_path), lang="en")
        assert done.returncode == 2
        assert b"a folder" in done.stderr
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert b"BD161" in run("facts", str(tmp_path / "loop.txt")).stderr
    assert b"BD165" in run("facts", "x" * 5000).stderr
