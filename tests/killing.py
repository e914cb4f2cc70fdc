"""A finder that ends its process: what a crash in a library looks like from outside."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path

from baodao.records.light import Hit
from baodao.text.passage import Passage

POISON = "毒蘑菇"


def find_death(passage: Passage, found: Sequence[Hit]) -> Iterable[Hit]:
    """Dies of a text with the poison; where the file BAODAO_ONCE names is missing, once of any text."""
    once = os.environ.get("BAODAO_ONCE")
    if once and not Path(once).exists():
        Path(once).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if POISON in passage.raw:
        os.kill(os.getpid(), signal.SIGKILL)
    return ()
