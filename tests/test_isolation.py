"""The library keeps to itself: no network, nothing global touched, no trace on disk, the same answers everywhere."""

from __future__ import annotations

import decimal
import os
import re
import socket
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import baodao as bd

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "page.txt"
TEXTS = [path.read_text("utf-8") for path in sorted((ROOT / "examples" / "corpus").rglob("*.txt"))[:12]]


def test_no_pickle_is_ever_loaded_from_a_file() -> None:
    """Pickles go from a process to the ones it started, nowhere else."""
    found = {
        path.name
        for path in (ROOT / "src").rglob("*.py")
        if re.search(r"\b(?:pickle|joblib|marshal|torch)\.loads?\(|\b(?:dill|shelve)\b", path.read_text("utf-8"))
    }
    assert found == {"ray.py", "worker.py"}, "a run hands its settings to its own processes"
    data = ROOT / "src" / "baodao" / "data"
    assert {path.suffix for path in data.rglob("*") if path.is_file()} <= {".csv", ".toml", ".txt", ".md", ".bin"}


def test_nothing_is_asked_of_the_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = bd.analyze_file(EXAMPLE, issue_date="2024-09-18")
    page.to_html(tmp_path / "page.html")
    page.facts.to_csv(tmp_path / "facts.csv")
    assert bd.FactTable.read(tmp_path / "facts.csv")
    html = (tmp_path / "page.html").read_text("utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)|@import|url\(""", html)
    if "trafilatura" in sys.modules or os.environ.get("CI"):
        pytest.importorskip("trafilatura")
        (tmp_path / "a.html").write_text(f"<p>{TEXTS[0]}</p><img src='http://example.org/a.png'>", encoding="utf-8")
        assert bd.analyze_file(tmp_path / "a.html").text


def test_nothing_of_the_process_is_changed() -> None:
    code = (
        "import decimal, gc, locale, logging, os, random, signal, sys, warnings\n"
        "def state():\n"
        "    loggers = {n: (l.level, list(l.handlers)) for n, l in logging.root.manager.loggerDict.items()\n"
        "               if isinstance(l, logging.Logger) and (l.level or l.handlers) and not n.startswith('jieba')}\n"
        "    jieba = sys.modules.get('jieba')\n"
        "    return (str(decimal.getcontext()), locale.setlocale(locale.LC_ALL), logging.root.level,\n"
        "            logging.root.handlers[:], loggers, warnings.filters[:], os.getcwd(), dict(os.environ),\n"
        "            random.getstate(), signal.getsignal(2),\n"
        "            sys.getrecursionlimit(), gc.isenabled(), os.umask(os.umask(0o22)), sys.stdout.encoding,\n"
        "            bool(jieba and jieba.dt.initialized))\n"
        "before = state()\n"
        "import baodao\n"
        "from baodao.text.segment import Segmenter\n"
        "page = baodao.analyze(sys.stdin.buffer.read().decode(), issue_date='2024-09-18')\n"
        "page.to_html(), page.to_json(), page.facts.to_csv(), [fact.explain() for fact in page.facts]\n"
        "Segmenter([('帮扶车间', 'n')], engine='jieba').words('帮扶车间建成')\n"
        "after = state()\n"
        "assert before == after, [pair for pair in zip(before, after) if pair[0] != pair[1]]\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], input=EXAMPLE.read_bytes(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, b"", b"")


def test_the_callers_decimal_context_changes_no_value() -> None:
    def told() -> tuple[object, ...]:
        page = bd.analyze_file(EXAMPLE, issue_date="2024-09-18")
        sizes = [bd.units.to_si(fact) for fact in page.facts]
        return page.to_json(), page.to_html(), str(page.facts.summary()), sizes, [f.explain() for f in page.facts]

    usual = told()
    with decimal.localcontext(decimal.Context(prec=2, rounding=decimal.ROUND_DOWN, traps=[decimal.Inexact])) as mine:
        assert told() == usual
        assert not any(mine.flags.values())


def test_eight_threads_give_the_same_answers() -> None:
    alone = [bd.analyze(text, issue_date="2024-05-01").to_json() for text in TEXTS]
    fresh = bd.pipeline().with_words(["帮扶车间"])  # its segmenter is built while all ask for it
    alone_fresh = [bd.analyze(text, pipeline=bd.pipeline().with_words(["帮扶车间"])).to_json() for text in TEXTS[:1]]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda k: bd.analyze(TEXTS[k % 12], issue_date="2024-05-01").to_json(), range(36)))
        with_words = list(threads.map(lambda _: bd.analyze(TEXTS[0], pipeline=fresh).to_json(), range(8)))
    assert together == alone * 3
    assert set(with_words) == set(alone_fresh)


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # Python 3.12 warns of forks beside threads
def test_a_forked_or_spawned_process_answers_alike(method: str, tmp_path: Path) -> None:
    if method == "fork" and not hasattr(os, "fork"):
        pytest.skip("no fork here")
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, sys, baodao\n"
        "def ask(text): return baodao.analyze(text, issue_date='2024-05-01').to_json()\n"
        "if __name__ == '__main__':\n"
        "    texts = [open(sys.argv[2], encoding='utf-8').read()] * 3\n"
        "    alone = ask(texts[0])\n"
        "    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:\n"
        "        assert pool.map(ask, texts, chunksize=1) == [alone] * 3\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), method, str(EXAMPLE)], capture_output=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr.decode()


def test_a_run_leaves_nothing_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    pages, room = tmp_path / "pages", tmp_path / "room"
    pages.mkdir()
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    (pages / "a.txt").write_text("某县招募志愿者300名。", encoding="utf-8")
    bd.run(pages, tmp_path / "facts.parquet", workers=1)
    assert list(room.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.parquet", "pages", "room"]


def test_locale_and_hash_seed_change_no_byte() -> None:
    code = (
        "import sys, baodao; page = baodao.analyze_file(sys.argv[1])\n"
        "sys.stdout.buffer.write((page.to_json() + page.to_html()).encode())"
    )
    names = ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8")
    answers = {
        subprocess.run(
            [sys.executable, "-c", code, str(EXAMPLE)], capture_output=True, check=True,
            env={"PYTHONHASHSEED": str(seed), "LC_ALL": name, "TZ": "Asia/Urumqi" if seed else "UTC", "PATH": "",
                 "BAODAO_LANG": "zh", "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed, name in enumerate(names)
    }  # fmt: skip
    assert len(answers) == 1


def test_a_page_opens_only_what_it_needs() -> None:
    """Runs, charts, large libraries and rjieba's own cutter stay closed; who imports rjieba gets it whole."""
    code = (
        "import sys, baodao\n"
        "assert baodao.analyze('某市妇联招募志愿者1.2万余名。').facts[0].what == '志愿者'\n"
        "closed = 'baodao.corpus', 'baodao.trust', 'baodao.charts', 'numpy', 'pandas', 'pyarrow', 'sklearn', 'rjieba'\n"
        "assert not [name for name in closed if name in sys.modules]\n"
        "assert callable(baodao.run) and callable(baodao.evaluate) and 'run' in dir(baodao)\n"
        "import rjieba\n"
        "assert rjieba.cut('妇联招募志愿者') == ['妇联', '招募', '志愿者']\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
