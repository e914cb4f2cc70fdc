"""Writing the tables of `data/`: sorted, one fact a row, the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

__all__ = ["write_table", "write_tags"]


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file (UTF-8, line feeds)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue().encode())


def write_tags(path: Path, tags: Sequence[str], table: Mapping[str, Sequence[float]]) -> None:
    """Write what features weigh for each tag (feature × tag); nothing where they weigh nothing."""
    rows = [[name, *(f"{weight:.3f}" if weight else "" for weight in row)] for name, row in sorted(table.items())]
    write_table(path, ("feature", *tags), rows)
