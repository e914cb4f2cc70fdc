"""Data files are read as they were shipped, or not at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import baodao as bd
from baodao.build import manifest
from baodao.resources import read_bytes

SRC = Path(bd.__file__).parents[1]


def test_the_manifest_is_that_of_the_files() -> None:
    before = (manifest.DATA / "manifest.csv").read_bytes()
    manifest.write_manifest()
    after = (manifest.DATA / "manifest.csv").read_bytes()
    assert before == after, "the list was old and has been made anew: commit it (python src/baodao/build/manifest.py)"


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(bd.BaodaoError, match=r"BD184 .*nothing\.csv"):
        read_bytes("nothing.csv")


def test_a_damaged_file_is_not_read_and_the_remedy_works(tmp_path: Path) -> None:
    shutil.copytree(SRC / "baodao", tmp_path / "baodao", ignore=shutil.ignore_patterns("__pycache__"))
    data = tmp_path / "baodao" / "data" / "units.csv"
    content = data.read_bytes()
    data.write_bytes(content.replace(b"1", b"2", 1))
    assert told(tmp_path) == "BD184"
    command = [sys.executable, str(tmp_path / "baodao" / "build" / "manifest.py")]
    subprocess.run(command, check=True)
    assert told(tmp_path) == "1"


def told(folder: Path) -> str:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import baodao\n"
        "try: print(len(baodao.analyze('某县建成三座桥。').facts))\n"
        "except baodao.BaodaoError as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_versions_do_not_depend_on_what_was_read_before() -> None:
    first = bd.analyze("某县建成三座桥。").to_json()
    bd.analyze("宜昌市夷陵区龙泉镇龙泉村的春节活动持续至清明。", issue_date="2021-04-01")
    assert bd.analyze("某县建成三座桥。").to_json() == first
