"""The course of a run: inputs dealt into parts, parts read in chunks, results written in order.

At any time a part or two are in memory, whatever the size of the source and the number of processes.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from typing import Any

from baodao.corpus.batch import Input, Reader
from baodao.corpus.pool import Pool, Tables
from baodao.corpus.report import Failure
from baodao.corpus.store import Store
from baodao.errors import BaodaoError

__all__ = ["Course", "Totals", "deal"]

_CHUNK = 64  # inputs that go to a process at once: fewer costs messages, more waits for the slowest
_CHUNK_BYTES = 1 << 20
_PART_BYTES = 8 << 20  # a part is full with these, or with its number of inputs
_LISTED = 1000  # failures that a report lists


@dataclass
class Totals:
    """What a run has come to so far."""

    inputs: int = 0
    failed: int = 0
    resumed: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)


@dataclass
class _Part:
    """A part under way: its chunks in order, and what has come back from the first of them."""

    number: int
    key: str
    size: int
    chunks: deque[Future[list[Tables]]]
    tables: list[Tables] = field(default_factory=list)
    note: dict[str, Any] | None = None  # of a part that an earlier run finished


def deal(inputs: Iterable[Input], part_size: int) -> Iterator[list[Input]]:
    """Inputs in parts of `part_size`, or of eight megabytes; one empty part if there are none.

    >>> [len(part) for part in deal([Input("a"), Input("b"), Input("c")], 2)], list(deal([], 2))
    ([2, 1], [[]])
    """
    return _pack(inputs, part_size, _PART_BYTES, empty=True)


def _pack(inputs: Iterable[Input], count: int, size: int, empty: bool = False) -> Iterator[list[Input]]:
    batch: list[Input] = []
    held = 0
    for item in inputs:
        if batch and (len(batch) >= count or held + len(item.content) > size):
            yield batch
            batch, held, empty = [], 0, False
        batch.append(item)
        held += len(item.content)
    if batch or empty:
        yield batch


class Course:
    """Leads the parts of a run through the pool into the store.

    Args:
        store: where parts are kept.
        reader: what reads inputs.
        workers: processes; 0 reads in this one.
        progress: called with the inputs done.
        strict: raise at the first input that fails (BD197).
    """

    def __init__(
        self, store: Store, reader: Reader, workers: int, progress: Callable[[int], object], *, strict: bool = False
    ) -> None:
        self._store, self._progress, self._strict = store, progress, strict
        self._pool = Pool(reader, workers)
        self._ahead = 4 * max(workers, 1) + 4  # chunks that wait, so that no process does
        self._under_way: deque[_Part] = deque()
        self._totals = Totals(rows=dict.fromkeys(store.tables, 0))
        self._seen = 0  # inputs

    def follow(self, parts: Iterable[list[Input]]) -> Totals:
        """Bring all parts to their end.

        Raises:
            BaodaoError: BD193 no process starts, BD196 no room, BD197 a bad input if strict.
        """
        count = 0
        try:
            for count, inputs in enumerate(parts, 1):
                self._under_way.append(self._begin(count - 1, inputs))
                del inputs
                while sum(len(part.chunks) for part in self._under_way) >= self._ahead:
                    self._go_on()
            while self._under_way:
                self._go_on()
        finally:
            self._pool.close()
        self._store.finish(count, {"inputs": self._totals.inputs, "failed": self._totals.failed, **self._totals.rows})
        return self._totals

    def _begin(self, number: int, inputs: list[Input]) -> _Part:
        key = _key(inputs)
        note = self._store.done(number, key)
        if note is not None and not note["retry"]:
            return _Part(number, key, len(inputs), deque(), note=note)
        chunks = deque(self._pool.submit(chunk) for chunk in _pack(inputs, _CHUNK, _CHUNK_BYTES))
        return _Part(number, key, len(inputs), chunks)

    def _go_on(self) -> None:
        """Wait for the next chunk in order; put a part away when it was the last."""
        part = self._under_way[0]
        if part.chunks:
            while not wait([part.chunks[0]], timeout=1).done:  # in steps: Windows hears Ctrl-C between them
                pass
            for tables in part.chunks.popleft().result():
                part.tables.append(tables)
                self._judge(tables["errors"])
        if not part.chunks:
            self._put_away(self._under_way.popleft())

    def _put_away(self, part: _Part) -> None:
        note = part.note
        if note is None:
            batches = {name: [tables[name] for tables in part.tables] for name in self._store.tables}
            rows = {name: sum(batch.num_rows for batch in batches[name]) for name in self._store.tables}
            died = any("BD192" in batch["code"].to_pylist() for batch in batches["errors"])
            note = {"inputs": part.size, "rows": rows, "retry": died}
            self._store.write(part.number, part.key, batches, note)
        else:
            self._totals.resumed += part.size
            if note["rows"]["errors"]:
                self._judge(self._store.read("errors", part.number))
        self._totals.inputs += part.size
        self._totals.failed += note["rows"]["errors"]
        for name, count in note["rows"].items():
            self._totals.rows[name] += count
        self._progress(self._totals.inputs)

    def _judge(self, errors: Any) -> None:
        """Note failures, or stop at the first."""
        for row in errors.slice(0, _LISTED - len(self._totals.failures)).to_pylist():
            failure = Failure(input=row["input"], code=row["code"], reason=row["reason"])
            if self._strict:
                raise BaodaoError("BD197", input=failure.input, reason=f"{failure.code} {failure.reason}")
            self._totals.failures.append(failure)


def _key(inputs: Iterable[Input]) -> str:
    """A hash of all that the inputs are: names, contents, dates."""
    digest = hashlib.sha256()
    for item in inputs:
        fields = repr(item._replace(content=hashlib.sha256(item.content).digest()))
        digest.update(fields.encode("utf-8", "backslashreplace"))
    return digest.hexdigest()
