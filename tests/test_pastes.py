"""What people paste first is read as what it is: `cases/pastes.txt`."""

from __future__ import annotations

import pytest

from tests.pastes import Paste, read_pastes, roles_of

PASTES = [
    pytest.param(paste, id=paste.name, marks=[pytest.mark.xfail(reason=paste.xfail)] if paste.xfail else [])
    for paste in read_pastes()
]


@pytest.mark.parametrize("paste", PASTES)
def test_the_lines_of_a_paste_have_their_roles(paste: Paste) -> None:
    assert roles_of(paste.text) == paste.roles
