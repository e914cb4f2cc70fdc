"""The SHA-256 of every data file → `data/manifest.csv`, against which each is checked when it is opened.

Every work of `python -m baodao.build` ends with it. After a change by hand: `python src/baodao/build/manifest.py`, a
script that imports nothing of the library, which would refuse the changed file.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["write_manifest"]

DATA = Path(__file__).parents[1] / "data"


def write_manifest() -> None:
    """Write the list, sorted by name; notes for people (.md) are left out."""
    files = sorted(p for p in DATA.rglob("*") if p.is_file() and p.suffix != ".md" and p.name != "manifest.csv")
    rows = [f"{p.relative_to(DATA).as_posix()},{hashlib.sha256(p.read_bytes()).hexdigest()}\n" for p in files]
    (DATA / "manifest.csv").write_bytes("".join(["file,sha256\n", *rows]).encode("ascii"))


if __name__ == "__main__":
    write_manifest()
