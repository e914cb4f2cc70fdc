"""The parts of a run → one file of facts: Parquet, CSV or JSON lines, part after part."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from baodao.corpus.schema import columns, schema
from baodao.corpus.store import replacing
from baodao.records.columns import NUMBERS
from baodao.records.saved import need, protect

__all__ = ["SUFFIXES", "join_facts"]


def join_facts(folder: Path, out: Path) -> None:
    """Write the facts of a finished run's folder as one file, whole or not at all.

    Raises:
        BaodaoError: BD196, it cannot be written.
    """
    parquet = need("pyarrow.parquet", "parquet", "run()")
    tables = (parquet.read_table(path) for path in sorted((folder / "facts").glob("part-*.parquet")))
    with replacing(out) as file:
        _WRITERS[out.suffix.lower()](tables, file)


def _write_parquet(tables: Iterator[Any], file: BinaryIO) -> None:
    parquet = need("pyarrow.parquet", "parquet", "run()")
    with parquet.ParquetWriter(file, schema("facts"), compression="zstd") as writer:
        for table in tables:
            if table.num_rows:
                writer.write_table(table)


def _write_csv(tables: Iterator[Any], file: BinaryIO) -> None:
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.DictWriter(lines, columns("facts"), lineterminator="\r\n")
    writer.writeheader()
    for row in _rows(tables):
        writer.writerow({name: protect(value) for name, value in row.items()})
    lines.detach()


def _write_jsonl(tables: Iterator[Any], file: BinaryIO) -> None:
    for row in _rows(tables):
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def _rows(tables: Iterator[Any]) -> Iterator[Mapping[str, Any]]:
    """Flat rows as `FactTable.to_dicts` has them: whole numbers are int."""
    for table in tables:
        for row in table.to_pylist():
            for name in NUMBERS:
                if name != "confidence" and row[name] is not None and row[name].is_integer():
                    row[name] = int(row[name])
            yield row


_WRITERS = {".parquet": _write_parquet, ".csv": _write_csv, ".jsonl": _write_jsonl}
SUFFIXES = tuple(_WRITERS)
