"""What the documents show is what happens."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from baodao.errors import MESSAGES, language
from tests import bad_inputs

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_quickstart_prints_what_it_says(name: str) -> None:
    pytest.importorskip("pandas")
    code = re.search(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S)
    assert code is not None
    promised = re.findall(r"^# (.*\[.* \d+:\d+\].*)$", code[1], re.M)
    out = io.StringIO()
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(out):
        exec(code[1], names)
    assert out.getvalue().splitlines()[: len(promised)] == promised
    assert names["page"].articles[0].title == "宜昌“暖春行动”启动"  # type: ignore[attr-defined]


def test_both_readmes_have_the_same_commands() -> None:
    blocks = [
        [
            re.sub(r"\s*#.*", "", line)
            for line in re.findall(r"```bash\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S)
        ]
        for name in ("README.md", "README.en.md")
    ]
    assert blocks[0] == blocks[1]


def test_every_error_code_is_listed() -> None:
    listed = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert all(f"| {code} |" in listed for code in MESSAGES)


def test_the_table_of_bad_inputs_is_true() -> None:
    for package in ("docx", "pypdfium2", "trafilatura"):
        pytest.importorskip(package)
    assert bad_inputs.DOCUMENT.read_text("utf-8") == bad_inputs.document(), "python -m tests.bad_inputs"


PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))


@pytest.fixture
def beside_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that holds the project's examples, as the reader's would."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", [name for name in PAGES if ">>> " in (ROOT / name).read_text("utf-8")])
def test_the_examples_of_a_page_give_what_they_show(name: str, beside_the_examples: Path) -> None:
    pytest.importorskip("pandas")
    text = re.sub(r"^```.*$", "", (ROOT / name).read_text("utf-8"), flags=re.M)
    example = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    out = io.StringIO()
    failed = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=out.write)[0]
    assert not failed, out.getvalue()


@pytest.mark.parametrize("name", [name for name in PAGES if "\nbaodao " in (ROOT / name).read_text("utf-8")])
def test_the_commands_of_a_page_run(name: str, beside_the_examples: Path) -> None:
    pytest.importorskip("pandas")
    for block in re.findall(r"```bash\n(.*?)```", (ROOT / name).read_text("utf-8"), re.S):
        for line in re.findall(r"^baodao (.*)$", block, re.M):
            words = shlex.split(line, comments=True)
            done = subprocess.run(
                [sys.executable, "-m", "baodao.cli", *words], capture_output=True, text=True, check=False, timeout=100
            )
            assert done.returncode == 0, f"baodao {line}\n{done.stderr[-2000:]}"


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.py")), ids=lambda path: path.stem)
def test_a_notebook_runs(notebook: Path, tmp_path: Path) -> None:
    pytest.importorskip("jupytext")
    code = (
        "import sys, jupytext, nbclient; notebook = jupytext.read(sys.argv[1])\n"
        "nbclient.NotebookClient(notebook, timeout=100, kernel_name='python3').execute()\n"
        "jupytext.write(notebook, sys.argv[2])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(notebook), str(tmp_path / "out.ipynb")],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=150,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "out.ipynb").stat().st_size > 2000


@pytest.mark.parametrize(
    ("settings", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "zh_TW.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "zh"),
        ({"BAODAO_LANG": "zh", "LC_ALL": "C"}, "zh"),
    ],
)
def test_messages_follow_the_locale(settings: dict[str, str], spoken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BAODAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert language() == spoken
