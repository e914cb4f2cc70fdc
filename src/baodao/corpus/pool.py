"""Reading processes, one a thread: a chunk of inputs goes in, its tables come out, whatever happens to a process.

A process that dies takes one chunk with it: the chunk is tried again, then halved until the input that kills is
alone; that one is tried twice more and then recorded as an error.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from baodao.corpus.batch import Input, Reader
from baodao.corpus.wire import pack_inputs, read_frame, unpack_tables, write_frame
from baodao.corpus.worker import READY, read_tables
from baodao.errors import BaodaoError, message

__all__ = ["Pool"]

Tables = dict[str, Any]

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from baodao.corpus.worker import main; main()"
_STARTS = 5  # how often a process may die before it is ready
_TRIES = 3  # how often an input may kill when it is alone


class Pool:
    """Processes that share a reader; `workers=0` reads in this process, in the order of the calls.

    Args:
        reader: what makes tables of inputs; it must pickle unless `workers` is 0.
        workers: how many processes; each is started when it first gets work.
    """

    def __init__(self, reader: Reader, workers: int) -> None:
        self._reader = reader
        self._setup = pickle.dumps(reader) if workers else b""
        self._threads = ThreadPoolExecutor(max(workers, 1), "baodao-run")
        self._inside = not workers
        self._local = threading.local()
        self._processes: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, inputs: Sequence[Input]) -> Future[list[Tables]]:
        """Read a chunk in the background; its tables come in the order of its inputs, in one or more pieces."""
        if self._inside:
            return self._threads.submit(lambda: [read_tables(self._reader, list(inputs))])
        return self._threads.submit(self._read, list(inputs), 2)

    def close(self) -> None:
        """End the processes; what they were reading is dropped."""
        with self._lock:
            self._closed = True
            for process in self._processes:
                process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._processes:
            process.close()

    def _read(self, inputs: list[Input], tries: int) -> list[Tables]:
        frame = pack_inputs(inputs)
        tries = _TRIES if len(inputs) == 1 else tries
        for attempt in range(1, tries + 1):
            try:
                return [unpack_tables(self._process().ask(frame))]
            except _DiedError as death:
                if attempt == tries and len(inputs) == 1:
                    reason = message("BD192", times=tries, how=death)
                    return [read_tables(self._reader, [inputs[0]._replace(content=b"", code="BD192", reason=reason)])]
        half = len(inputs) // 2
        return [*self._read(inputs[:half], 1), *self._read(inputs[half:], 1)]

    def _process(self) -> _Process:
        """The living process of this thread."""
        process: _Process | None = getattr(self._local, "process", None)
        if process is not None and process.alive:
            return process
        for _ in range(_STARTS):
            with self._lock:
                if self._closed:
                    raise RuntimeError("the pool is closed")
                if process is not None:
                    process.close()
                    self._processes.discard(process)
                process = self._local.process = _Process()
                self._processes.add(process)
            try:
                process.begin(self._setup)
            except _DiedError as death:
                reason = str(death)
            else:
                return process
        raise BaodaoError("BD193", reason=reason)


class _DiedError(Exception):
    """A process ended before it answered; the words say how."""


class _Process:
    """One reading process and its two pipes."""

    def __init__(self) -> None:
        self.alive = True
        self._words = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
        self._popen = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._words,
        )  # fmt: skip

    def begin(self, setup: bytes) -> None:
        """Hand over the reader.

        Raises:
            BaodaoError: BD193, the process cannot use it.
            _DiedError: it ended.
        """
        answer = self.ask(setup)
        if answer != READY:
            self.alive = False
            raise BaodaoError("BD193", reason=answer.decode("utf-8", "replace"))

    def ask(self, frame: bytes) -> bytes:
        """Send a frame and wait for the answer.

        Raises:
            _DiedError: the process ended instead.
        """
        assert self._popen.stdin is not None and self._popen.stdout is not None
        try:
            write_frame(self._popen.stdin, frame)  # type: ignore[arg-type]
            answer = read_frame(self._popen.stdout)  # type: ignore[arg-type]
        except OSError:
            answer = None
        if answer is None:
            self.alive = False
            raise _DiedError(self._how())
        return answer

    def kill(self) -> None:
        """End it now."""
        self.alive = False
        self._popen.kill()

    def close(self) -> None:
        """End it and give everything back."""
        self.kill()
        self._popen.wait()
        for stream in (self._popen.stdin, self._popen.stdout, self._words):
            with contextlib.suppress(OSError):  # what was not yet sent to a dead process
                stream.close()  # type: ignore[union-attr]

    def _how(self) -> str:
        code = self._popen.wait()
        if code < 0:
            return signal.Signals(-code).name
        self._words.seek(0)
        lines = self._words.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), f"exit {code}")
