"""A run loses nothing and repeats nothing: whatever is killed, full, bad or changed."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import baodao as bd
from baodao.corpus.store import Store
from tests.killing import POISON, find_death

pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

ROOT = Path(__file__).parents[1]
PLACES = ("夷陵区", "樊城区", "松滋市", "咸安区", "曾都区", "蔡甸区", "大冶市")


def text(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return f"{place}妇联启动“暖灯{number}号”行动\n去年，{place}招募志愿者{number + 20}名，拨付资金{number}.5万元。"


def records(count: int) -> list[dict[str, str]]:
    return [{"id": f"r{number:03d}", "text": text(number), "issue_date": "2021-06-04"} for number in range(count)]


def files(folder: Path) -> dict[str, str]:
    """The content of every file of a run but its settings, as hashes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (".lock", "run.json")
    }


def rows(folder: Path, table: str = "facts") -> list[dict[str, Any]]:
    paths = sorted((folder / table).glob("*.parquet"))
    return [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]


def script(body: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run code as a script of somebody who knows no main guard."""
    head = "import os, signal, sys\nimport baodao as bd\nfrom tests.test_runs import *\n"
    return subprocess.run(
        [sys.executable, "-c", head + body], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, **env},
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run of 24 records in parts of 8 leaves."""
    out = tmp_path_factory.mktemp("whole") / "out"
    report = bd.run(records(24), out, workers=0, part_size=8)
    assert (report.inputs, report.failed, report.resumed) == (24, 0, 0)
    return out


def test_rows_are_those_of_analyze(whole: Path) -> None:
    pages = [bd.analyze(r["text"], issue_date=r["issue_date"], doc=r["id"]) for r in records(24)]
    wanted = [row for page in pages for row in page.facts.to_dicts()]
    assert rows(whole) == wanted
    assert len(wanted) == 48
    assert {path.name for path in whole.iterdir()} >= {"facts", "articles", "mentions", "issues", "errors", "run.json"}


def test_the_number_of_processes_changes_no_byte(whole: Path, tmp_path: Path) -> None:
    bd.run(iter(records(24)), tmp_path / "out", workers=2, part_size=8)
    assert files(tmp_path / "out") == files(whole)


def test_a_killed_run_goes_on_and_ends_alike(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = script(
        f"bd.run(records(24), {str(out)!r}, workers=1, part_size=8,\n"
        "       progress=lambda done, total: done >= 16 and os.kill(os.getpid(), signal.SIGKILL))"
    )
    assert done.returncode == -signal.SIGKILL
    assert len(rows(out)) == 32
    report = bd.run(records(24), out, workers=0, part_size=8)
    assert (report.inputs, report.resumed, report.facts) == (24, 16, 48)
    assert files(out) == files(whole)


def test_a_part_that_was_cut_off_is_made_again(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    bd.run(records(24), out, workers=0, part_size=8)
    (out / "done" / "part-00000001.json").unlink()  # killed before the note
    (out / "facts" / ".part-00000001.parquet.tmp").write_bytes(b"PAR1")  # and once more while writing
    assert bd.run(records(24), out, workers=0, part_size=8).resumed == 16
    assert files(out) == files(whole)


def test_a_killed_process_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BAODAO_ONCE", str(tmp_path / "once"))
    pipeline = bd.pipeline().with_finder("death", find_death)
    report = bd.run(records(5), tmp_path / "out", workers=1, pipeline=pipeline)
    assert (tmp_path / "once").exists()
    assert (report.failed, report.facts) == (0, 10)


def test_an_input_that_kills_is_recorded_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baodao.corpus.pool._TRIES", 1)  # starting processes takes time
    made = records(2)
    made[1]["text"] += POISON
    pipeline = bd.pipeline().with_finder("death", find_death)
    report = bd.run(made, tmp_path / "out", workers=1, pipeline=pipeline)
    assert [(failure.input, failure.code) for failure in report.failures] == [("2", "BD192")]
    assert "SIGKILL" in report.failures[0].reason
    assert {row["doc"] for row in rows(tmp_path / "out")} == {"r000"}


def test_a_full_disk_is_said_and_survived(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = script(
        "import resource\n"
        "def fill(done, total): resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        f"bd.run(records(24), {str(out)!r}, workers=0, part_size=8, progress=fill)"
    )
    assert "BD196" in done.stderr.splitlines()[-1]
    assert len(rows(out)) == 16
    assert not list(out.rglob("*.tmp"))
    assert bd.run(records(24), out, workers=0, part_size=8).resumed == 8
    assert files(out) == files(whole)


def test_ctrl_c_leaves_a_run_that_goes_on(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bd.run(records(24), out, workers=2, part_size=8, progress=stop)
    assert bd.run(records(24), out, workers=0, part_size=8).resumed == 8
    assert files(out) == files(whole)


def test_changed_inputs_are_read_again_and_vanished_ones_leave(tmp_path: Path) -> None:
    out, made = tmp_path / "out", records(24)
    bd.run(made, out, workers=0, part_size=8)
    made[20]["text"] = text(99)
    report = bd.run(made[:22], out, workers=0, part_size=8)
    assert report.resumed == 16
    bd.run(made[:22], tmp_path / "fresh", workers=0, part_size=8)
    assert files(out) == files(tmp_path / "fresh")
    assert bd.run(made[:5], out, workers=0, part_size=8).facts == len(rows(out)) == 10


def test_other_settings_do_not_mix(tmp_path: Path) -> None:
    out = tmp_path / "out"
    bd.run(records(2), out, workers=0, issue_date="2021")
    with pytest.raises(bd.BaodaoError, match=r"BD191.*issue_date: '2021' → '2022'"):
        bd.run(records(2), out, workers=0, issue_date="2022")
    mine = bd.pipeline().with_lexicon(bd.Lexicon.default().with_words(["暖灯"]))
    with pytest.raises(bd.BaodaoError, match=r"BD191.*pipeline"):
        bd.run(records(2), out, workers=0, issue_date="2021", pipeline=mine)
    assert bd.run(records(2), out, workers=0, issue_date="2022", resume=False).resumed == 0


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("亲爱的")
    with pytest.raises(bd.BaodaoError, match="BD190"):
        bd.run(records(2), tmp_path, workers=0)
    with pytest.raises(bd.BaodaoError, match="BD190"):
        bd.run(records(2), tmp_path, workers=0, resume=False)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_two_runs_do_not_write_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("baodao.corpus.store._PATIENCE", 0)
    store = Store(tmp_path / "out", ("facts", "errors"), {}, resume=True)
    with pytest.raises(bd.BaodaoError, match="BD195"):
        bd.run(records(2), tmp_path / "out", workers=0)
    store.close()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    (folder / "b").mkdir(parents=True)
    (folder / "b" / "two.txt").write_bytes(text(2).encode("gbk"))
    (folder / "one.txt").write_text(text(1), encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "english.txt").write_text("nothing but English in this file")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not a Word file")
    (folder / ".hidden.txt").write_text(text(3), encoding="utf-8")
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    return folder


def test_bad_files_are_recorded_and_the_rest_is_read(pages: Path, tmp_path: Path) -> None:
    pytest.importorskip("docx")
    out = tmp_path / "facts.jsonl"
    report = bd.run(pages, out, workers=1, issue_date="2021-06-04")
    assert [(f.input, f.code) for f in report.failures] == [
        (str(pages / "broken.docx"), "BD164"),
        (str(pages / "empty.txt"), "BD110"),
        (str(pages / "english.txt"), "BD120"),
    ]
    assert (report.inputs, report.failed, report.facts) == (5, 3, 4)
    wanted = [bd.analyze_file(pages / name, issue_date="2021-06-04").facts for name in ("b/two.txt", "one.txt")]
    assert out.read_text(encoding="utf-8") == "".join(table.to_jsonl() or "" for table in wanted)
    assert not (tmp_path / "facts.jsonl.parts").exists()
    assert "BD110" in str(report)
    assert "english.txt" in report._repr_html_()


def test_one_file_of_facts_waits_for_all_parts(pages: Path, tmp_path: Path) -> None:
    for name in ("facts.csv", "facts.parquet"):
        with pytest.raises(bd.BaodaoError, match="BD197"):
            bd.run(pages, tmp_path / name, workers=0, part_size=1, on_error="raise")
        assert not (tmp_path / name).exists()
        report = bd.run(pages, tmp_path / name, workers=0, part_size=1)
        assert (report.resumed, report.facts) == (1, 4)
    with (tmp_path / "facts.csv").open(encoding="utf-8-sig", newline="") as lines:
        written = list(csv.DictReader(lines))
    assert [row["value"] for row in written] == ["22", "25000", "21", "15000"]
    assert pq.ParquetFile(tmp_path / "facts.parquet").read().column("doc").to_pylist() == ["two", "two", "one", "one"]


def test_sources_of_every_kind_give_the_same_facts(tmp_path: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    import pyarrow

    made = [{"编号": f"00{n}", "正文": text(n), "date": "2021-06-04"} for n in range(3)]
    columns = {"text": "正文", "id": "编号", "issue_date": "date"}
    frame = pandas.DataFrame(made)
    frame.to_csv(tmp_path / "t.csv", index=False, encoding="gb18030")
    frame.to_parquet(tmp_path / "t.parquet")
    (tmp_path / "t.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf-8")
    sources = [
        made, frame, polars.DataFrame(made), pyarrow.Table.from_pylist(made), tmp_path / "t.csv",
        tmp_path / "t.parquet", str(tmp_path / "*.jsonl"),
    ]  # fmt: skip
    found = []
    for number, source in enumerate(sources):
        out = tmp_path / f"out{number}"
        assert bd.run(source, out, workers=0, columns=columns, tables=("facts",)).failed == 0
        found.append([{**row, "source": ""} for row in rows(out)])
    assert len(found[0]) == 6
    assert found[0][0]["doc"] == "000"
    assert all(other == found[0] for other in found[1:])


def test_bad_records_and_lines_have_names(tmp_path: Path) -> None:
    lines = tmp_path / "t.jsonl"
    lines.write_text(json.dumps({"text": text(1)}) + "\n{torn\n[]\n" + json.dumps({"text": None}) + "\n", "utf-8")
    report = bd.run(lines, tmp_path / "out", workers=0, issue_date=lambda name: "2021")
    assert [f.input for f in report.failures] == [f"{lines}:{n}" for n in (2, 3, 4)]
    assert {row["doc"] for row in rows(tmp_path / "out")} == {"t:1"}
    odd = [text(1), 7, {"text": text(2), "issue_date": "soon"}, {"text": text(3) + "\ud800", "id": "\udfff"}]
    report = bd.run(odd, tmp_path / "more", workers=1)
    assert [(f.input, f.code) for f in report.failures] == [("2", "BD171"), ("3", "BD170")]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"source": "missing"}, "BD161"),
        ({"source": 7}, "BD172"),
        ({"source": [], "out": "facts.xlsx"}, "BD172"),
        ({"source": [], "on_error": "ignore"}, "BD172"),
        ({"source": [], "tables": ("stories",)}, "BD172"),
        ({"source": [], "issue_date": "soon"}, "BD170"),
    ],
)
def test_wrong_use_is_said_at_once(arguments: dict[str, Any], code: str, tmp_path: Path) -> None:
    arguments = {"workers": 0, **arguments, "out": tmp_path / arguments.get("out", "out")}
    with pytest.raises(bd.BaodaoError, match=code):
        bd.run(**arguments)
    assert not list(tmp_path.iterdir())


def test_nothing_in_gives_empty_tables(tmp_path: Path) -> None:
    assert bd.run([], tmp_path / "out", workers=0).inputs == 0
    assert rows(tmp_path / "out") == []
    (tmp_path / "empty").mkdir()
    with pytest.raises(bd.BaodaoError, match="BD161"):
        bd.run(tmp_path / "empty", tmp_path / "facts.csv", workers=0)


def test_what_breaks_at_an_input_stays_with_it(pages: Path, tmp_path: Path) -> None:
    def date(name: str) -> str:
        return {"one": "2021"}[Path(name).stem]

    report = bd.run(pages, tmp_path / "out", workers=0, issue_date=date, pattern="**/*o*.txt")
    assert [(Path(f.input).name, f.code) for f in report.failures] == [("two.txt", "KeyError")]
    with pytest.raises(bd.BaodaoError, match="BD194"):
        bd.run(pages / "notes.csv", tmp_path / "facts.csv", workers=0)
    report = bd.run(pages, tmp_path / "tables", workers=0, pattern="*.csv")
    assert [f.code for f in report.failures] == ["BD194"]


def test_whoever_watches_hears_how_far_it_is(pages: Path, tmp_path: Path) -> None:
    def heard(source: Any, name: str) -> list[tuple[int, int | None]]:
        told: list[tuple[int, int | None]] = []
        bd.run(source, tmp_path / name, workers=0, part_size=2, progress=lambda *news: told.append(news))
        return told

    assert heard(pages, "files") == [(2, 5), (4, 5), (5, 5)]
    assert heard(records(3), "list") == [(2, 3), (3, 3)]
    assert heard(iter(records(3)), "stream") == [(2, None), (3, None)]


def test_a_pipeline_that_does_not_start_is_said(tmp_path: Path) -> None:
    code = (
        "def mine(passage, found): return ()\n"
        f"bd.run(records(2), {str(tmp_path / 'out')!r}, workers=1, pipeline=bd.pipeline().with_finder('mine', mine))"
    )
    assert "BD193" in script(code).stderr.splitlines()[-1]


def test_memory_does_not_grow_with_the_source(tmp_path: Path) -> None:
    def empty(count: int) -> Iterator[dict[str, object]]:
        for number in range(count):
            yield {"id": f"{number}-" * 1000, "text": None}

    def peak(count: int) -> int:
        tracemalloc.start()
        bd.run(empty(count), tmp_path / str(count), workers=0, part_size=64)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    small, large = peak(800), peak(4000)
    assert large < 1.3 * small + 1_000_000


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    """Kills the run or one of its processes at random until it happened a hundred times; whole runs begin anew."""
    psutil = pytest.importorskip("psutil")
    body = "bd.run(records(160), sys.argv[1], workers=2, part_size=4, tables=('facts', 'mentions'))"
    head = "import sys\nimport baodao as bd\nfrom tests.test_runs import records\n"

    def command(out: Path) -> list[str]:
        return [sys.executable, "-c", head + body, str(out)]

    def parts() -> int:
        return len(list((out / "done").glob("*.json"))) if (out / "done").exists() else 0

    reference, out, chance, kills, finished = tmp_path / "reference", tmp_path / "out", random.Random(8), 0, 0
    subprocess.run(command(reference), cwd=ROOT, check=True)
    while kills < 100:
        process = subprocess.Popen(command(out), cwd=ROOT, stderr=subprocess.PIPE)
        while process.poll() is None and kills < 100:
            until = parts() + chance.randrange(4)
            while process.poll() is None and parts() < until:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.5))
            with contextlib.suppress(psutil.NoSuchProcess, IndexError):
                inner = psutil.Process(process.pid).children() if chance.random() < 0.4 else []
                victim = chance.choice(inner) if inner else psutil.Process(process.pid)
                victim.kill()
                kills += 1
        errors = process.communicate()[1].decode()
        assert process.returncode in (0, -signal.SIGKILL), errors
        if process.returncode == 0:
            finished += 1
            assert files(out) == files(reference)
            shutil.rmtree(out)
    subprocess.run(command(out), cwd=ROOT, check=True)
    assert files(out) == files(reference)
    assert len(rows(out)) == 320
