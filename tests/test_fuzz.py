"""A bounded search for inputs that break a door or a law; `python -m tests.fuzz` searches longer."""

from __future__ import annotations

import pytest

import baodao as bd
from tests.fuzz import DOORS, at_random
from tests.laws import check_laws


def test_no_random_bytes_break_a_door() -> None:
    for package in ("docx", "pypdfium2", "trafilatura"):
        pytest.importorskip(package)
    told = at_random(8, seed=11, most=600)
    assert {name.split()[0] for name in told} == {door.__name__ for door in DOORS}


@pytest.mark.parametrize("text", ["县里建桥\n\n１２\n", "第٣版\n", "（下转第百十版）\n"])
def test_what_broke_a_door_once_is_read(text: str) -> None:
    check_laws(bd.analyze(text, force=True), text)
