"""A bounded search for inputs that break a door or a law; `python -m tests.fuzz` searches longer."""

from __future__ import annotations

import pytest

from tests.fuzz import DOORS, at_random, try_bytes


def test_no_random_bytes_break_a_door() -> None:
    for package in ("docx", "pypdfium2", "trafilatura"):
        pytest.importorskip(package)
    told = at_random(8, seed=11, most=600)
    assert {name.split()[0] for name in told} == {door.__name__ for door in DOORS}


# bytes that broke a door once
@pytest.mark.parametrize("data", [])
def test_what_broke_a_door_once_is_read(data: str) -> None:
    try_bytes(bytes.fromhex(data))
