"""What a run reads → a stream of inputs, in an order that depends on names alone.

Folders and files are read one by one, tables in batches, so that a source of any size needs little memory. What
cannot be opened is an input with a reason; the run records it and goes on.
"""

from __future__ import annotations

import csv
import glob
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from baodao.corpus.batch import Input, failed, to_input
from baodao.errors import BaodaoError
from baodao.readers import SUFFIXES
from baodao.readers.encodings import decode
from baodao.readers.limits import read_bytes
from baodao.records.saved import need
from baodao.records.source import read_issue_date, well_formed

__all__ = ["DateOf", "Opener"]

DateOf = str | date | Callable[[str], str | date | None] | None

_TABLES = (".parquet", ".csv", ".jsonl")
_ROWS = 256  # rows of a table in memory
_HEAD = 20_000  # bytes that tell an encoding
_LONGEST_CELL = 2**31 - 1


@dataclass(frozen=True)
class Opener:
    """Opens sources.

    Attributes:
        pattern: which files of a folder, a glob below it; those that are pages if "".
        columns: where tables and records have other names: ours → theirs, `{"text": "正文"}`.
        issue_date: of every input that has none of its own; or a function of the input's name.
        paper: likewise.
        avoid: a path that is never read: where the run writes.
    """

    pattern: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    issue_date: DateOf = None
    paper: str = ""
    avoid: tuple[Path, ...] = ()

    def open(self, source: Any) -> Iterator[Input]:
        """The inputs of a source, in order.

        Args:
            source: a folder, a file, a glob; several of them; a data frame (pandas, polars, Arrow); an iterable
                of records (mappings with `text`, or strings).

        Raises:
            BaodaoError: BD161, nothing is there; BD194, a frame or a single table without the column of the texts.
        """
        if isinstance(source, (str, os.PathLike)):
            return self._files(self._paths(os.fspath(source)), alone=os.path.isfile(source))
        if hasattr(source, "__arrow_c_stream__") or hasattr(source, "iloc"):
            return self._frame(source)
        if isinstance(source, (list, tuple)) and source and all(isinstance(item, os.PathLike) for item in source):
            return self._files(map(os.fspath, source))
        if isinstance(source, Iterable) and not isinstance(source, (bytes, Mapping)):
            return self._records(source)
        known = "folder, file, glob, list of Path, DataFrame, iterable of records"
        raise BaodaoError("BD172", name="source", value=type(source).__name__, known=known)

    def count(self, source: Any) -> int | None:
        """How many inputs a source has, as far as that is known without reading it."""
        if isinstance(source, (str, os.PathLike)):
            paths = list(self._paths(os.fspath(source)))
            return None if any(path.lower().endswith(_TABLES) for path in paths) else len(paths)
        return len(source) if hasattr(source, "__len__") else None

    def _paths(self, source: str) -> Iterator[str]:
        if os.path.isdir(source):
            paths = self._walk(source) if not self.pattern else self._glob(os.path.join(source, self.pattern))
        elif os.path.exists(source):
            paths = iter([source])
        elif glob.has_magic(source):
            paths = self._glob(source)
        else:
            raise BaodaoError("BD161", path=source)
        first = next(paths, None)
        if first is None:
            raise BaodaoError("BD161", path=os.path.join(source, self.pattern or "*" + " *".join(SUFFIXES)))
        return _chain(first, paths)

    def _walk(self, folder: str) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:  # opening it as a file tells why, and the run records it
            yield folder
            return
        for entry in entries:
            if entry.name.startswith(".") or Path(entry.path) in self.avoid:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(entry.path)
            elif entry.name.lower().endswith(SUFFIXES):
                yield entry.path

    def _glob(self, pattern: str) -> Iterator[str]:
        for path in sorted(glob.iglob(pattern, recursive=True)):
            own = any(outer in self.avoid for outer in (Path(path), *Path(path).parents))
            if not own and os.path.isfile(path):
                yield path

    def _files(self, paths: Iterable[str], *, alone: bool = False) -> Iterator[Input]:
        for path in paths:
            kind = os.path.splitext(path)[1].lower()
            name = well_formed(path)
            try:
                if kind in _TABLES:
                    yield from self._table(path, kind)
                else:
                    yield self._dated(Input(name, read_bytes(Path(path)), is_file=True, path=name))
            except Exception as error:  # whatever is wrong with a file, the others are read
                if alone and isinstance(error, BaodaoError) and error.code == "BD194":
                    raise
                missing = isinstance(error, FileNotFoundError)
                reason = BaodaoError("BD161", path=path) if missing else error
                yield failed(Input(name, path=name, doc=Path(name).stem), reason)

    def _dated(self, item: Input) -> Input:
        """The input with the date and paper of the run."""
        value = self.issue_date(item.name) if callable(self.issue_date) else self.issue_date
        return item._replace(issue_date=read_issue_date(value), paper=self.paper)

    def _table(self, path: str, kind: str) -> Iterator[Input]:
        name, stem = well_formed(path), well_formed(Path(path).stem)
        rows = {".parquet": self._parquet, ".csv": self._csv, ".jsonl": self._jsonl}[kind](path)
        for number, row in enumerate(rows, 1):
            yield self._row(row, Input(f"{name}:{number}", path=name, doc=f"{stem}:{number}"))

    def _row(self, row: object, like: Input) -> Input:
        if isinstance(row, Input):
            return like._replace(code=row.code, reason=row.reason)
        if isinstance(row, str):
            row = {"text": row}
        if not isinstance(row, Mapping):
            return failed(like, BaodaoError("BD171", kind=type(row).__name__))
        try:
            return to_input({ours: row.get(self.columns.get(ours, ours)) for ours in _NAMES}, self._dated(like))
        except Exception as error:  # also of a function for dates
            return failed(like, error)

    def _parquet(self, path: str) -> Iterator[Mapping[str, Any]]:
        parquet = need("pyarrow.parquet", "parquet", ".parquet")
        with parquet.ParquetFile(path, buffer_size=2**20, pre_buffer=False) as file:
            wanted = self._wanted(file.schema_arrow.names, path)
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                yield from batch.to_pylist()

    def _csv(self, path: str) -> Iterator[Mapping[str, Any]]:
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            with open(path, encoding=_encoding(path), errors="replace", newline="") as lines:
                reader = csv.DictReader(lines)
                self._wanted(reader.fieldnames or [], path)
                yield from reader
        finally:
            csv.field_size_limit(before)

    def _jsonl(self, path: str) -> Iterator[object]:
        with open(path, encoding=_encoding(path), errors="replace") as lines:
            for line in lines:
                if line.strip():
                    try:
                        yield json.loads(line)
                    except ValueError as error:
                        yield failed(Input(""), error)

    def _frame(self, frame: Any) -> Iterator[Input]:
        if hasattr(frame, "iloc"):  # pandas, whose columns may hold what Arrow has no type for
            wanted = self._wanted(frame.columns, type(frame).__name__)
            parts = (frame[wanted].iloc[at : at + _ROWS].to_dict("records") for at in range(0, len(frame), _ROWS))
        else:
            batches = need("pyarrow", "parquet", "run()").RecordBatchReader.from_stream(frame)
            wanted = self._wanted(batches.schema.names, type(frame).__name__)
            parts = (
                batch.slice(at, _ROWS).select(wanted).to_pylist()
                for batch in batches
                for at in range(0, len(batch), _ROWS)
            )
        return self._records(_present(row) for part in parts for row in part)

    def _records(self, records: Iterable[object]) -> Iterator[Input]:
        for number, record in enumerate(records, 1):
            yield self._row(record, Input(str(number), doc=str(number)))

    def _wanted(self, names: Iterable[str], what: str) -> list[str]:
        """The columns to read of those that are there."""
        names = list(names)
        if self.columns.get("text", "text") not in names:
            known = ", ".join(map(str, names))
            raise BaodaoError("BD194", path=what, column=self.columns.get("text", "text"), known=known)
        return [self.columns.get(name, name) for name in _NAMES if self.columns.get(name, name) in names]


_NAMES = ("text", "id", "issue_date", "paper")


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without pandas' signs for a missing value, which differ from themselves."""
    return {name: value for name, value in row.items() if value is not None and not _is_missing(value)}


def _is_missing(value: Any) -> bool:
    return type(value).__name__ in ("NAType", "NaTType") or (isinstance(value, float) and value != value)


def _encoding(path: str) -> str:
    """How a text table is encoded, by its first lines."""
    with open(path, "rb") as file:
        head = file.read(_HEAD)
    name = decode(head.rpartition(b"\n")[0] or head).encoding
    return "utf-8-sig" if name == "utf-8" else name
