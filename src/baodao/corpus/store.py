"""A run's folder: parts of each table, what each part was made from, and the settings.

    OUT/run.json                         settings and versions; a run with others may not continue here
    OUT/facts/part-00000000.parquet      likewise articles/ mentions/ issues/ errors/
    OUT/done/part-00000000.json          written last: the part is finished; `key` says what it was made from

A file appears under its name only when it is whole and on the disk. A part whose inputs changed is made again, in
place; so the folder of a finished run depends on inputs and settings alone, not on how often it was interrupted.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from baodao.corpus.schema import TABLES, schema
from baodao.errors import BaodaoError
from baodao.records.saved import need

__all__ = ["Store", "replacing"]

_FORMAT = 1
_PATIENCE = 3  # seconds: a process that was being started holds the lock of a killed run a moment longer
_BEGUN = {".lock", ".run.json.tmp"}  # all there is of a run that was stopped at once


class Store:
    """The folder of one run, locked while the store is open.

    Args:
        folder: where; made if missing.
        tables: which tables are kept.
        settings: what results depend on, apart from the inputs; plain JSON values.
        resume: keep finished parts; else begin anew.

    Raises:
        BaodaoError: BD190 the folder holds other things; BD191 its settings differ; BD195 another run writes there.
    """

    def __init__(self, folder: Path, tables: Sequence[str], settings: Mapping[str, Any], *, resume: bool) -> None:
        self.folder, self.tables, self.settings = folder, tables, settings
        manifest = folder / "run.json"
        if folder.exists() and not manifest.is_file() and {path.name for path in folder.iterdir()} - _BEGUN:
            raise BaodaoError("BD190", path=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(folder / ".lock")
        try:
            if manifest.is_file() and resume:
                self._compare(json.loads(manifest.read_text("utf-8"))["settings"])
            elif manifest.is_file():
                self._clear()
            self._write_manifest(finished=False)
            for name in (*tables, "done"):
                (folder / name).mkdir(exist_ok=True)
                for left in (folder / name).glob(".*.tmp"):
                    left.unlink()
        except BaseException:
            self.close()
            raise

    def done(self, number: int, key: str) -> dict[str, Any] | None:
        """What is known about a finished part, if it was made from the inputs of this key."""
        try:
            note: dict[str, Any] = json.loads(self._note(number).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return note if note["key"] == key else None

    def write(self, number: int, key: str, batches: Mapping[str, Sequence[Any]], note: Mapping[str, Any]) -> None:
        """Write a part: every table, then the note that it is done.

        Args:
            number: of the part, from 0.
            key: what it was made from.
            batches: record batches by table; the first part holds every table, others only those with rows.
            note: what to remember about the part.
        """
        arrow, parquet = need("pyarrow", "parquet", "run()"), need("pyarrow.parquet", "parquet", "run()")
        self._note(number).unlink(missing_ok=True)
        for name in self.tables:
            path = self.part(name, number)
            table = arrow.Table.from_batches(batches[name], schema(name)).combine_chunks()
            if table.num_rows or not number:
                with replacing(path) as file:
                    parquet.write_table(table, file, compression="zstd")
            else:
                path.unlink(missing_ok=True)
        with replacing(self._note(number)) as file:
            file.write(json.dumps({"key": key, **note}, ensure_ascii=False).encode())

    def read(self, table: str, number: int) -> Any:
        """The rows of a finished part, as a `pyarrow.Table`."""
        return need("pyarrow.parquet", "parquet", "run()").ParquetFile(self.part(table, number)).read()

    def finish(self, parts: int, totals: Mapping[str, int]) -> None:
        """Drop parts of a longer run before, and say that this one is complete."""
        for note in sorted((self.folder / "done").glob("part-*.json"), reverse=True):
            if int(note.stem.removeprefix("part-")) >= parts:
                note.unlink()
        for name in self.tables:
            for path in (self.folder / name).glob("part-*.parquet"):
                if int(path.stem.removeprefix("part-")) >= parts:
                    path.unlink()
        self._write_manifest(finished=True, totals=dict(totals))

    def part(self, table: str, number: int) -> Path:
        """The file of one table's part."""
        return self.folder / table / f"part-{number:08d}.parquet"

    def remove(self) -> None:
        """Remove the folder."""
        self.close()
        shutil.rmtree(self.folder)

    def close(self) -> None:
        """Unlock the folder."""
        self._lock.close()

    def _note(self, number: int) -> Path:
        return self.folder / "done" / f"part-{number:08d}.json"

    def _compare(self, old: Mapping[str, Any]) -> None:
        new = json.loads(json.dumps(self.settings))
        changes = [
            f"{name}: {old.get(name)!r} → {new.get(name)!r}"
            for name in sorted({*old, *new})
            if old.get(name) != new.get(name)
        ]
        if changes:
            raise BaodaoError("BD191", path=str(self.folder), changes="; ".join(changes))

    def _clear(self) -> None:
        for name in ("done", *TABLES):  # the notes first: what has none does not count
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def _write_manifest(self, **state: Any) -> None:
        manifest = {"format": _FORMAT, **state, "settings": self.settings}
        with replacing(self.folder / "run.json") as file:
            file.write(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when it is whole and on the disk; nothing is left of it else.

    Raises:
        BaodaoError: BD196, it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _sync_folder(path.parent)
    except BaseException as error:
        unfinished.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise BaodaoError("BD196", path=str(path), reason=error.strerror or str(error)) from error
        raise


def _sync_folder(folder: Path) -> None:
    """Have a renaming on the disk; Windows has no such call and needs none."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(path: Path) -> BinaryIO:
    """An open file that no other process can lock; the system frees it when the process ends, however it ends."""
    file = path.open("ab")
    until = time.monotonic() + _PATIENCE
    while not _try_lock(file):
        if time.monotonic() > until:
            file.close()
            raise BaodaoError("BD195", path=str(path.parent))
        time.sleep(0.05)
    return file


def _try_lock(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
