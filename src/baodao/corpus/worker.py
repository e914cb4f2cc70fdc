"""A reading process: a pickled `Reader` comes in first, then frames of inputs; frames of tables go out.

It is started with its own interpreter, not forked and not by importing the caller's script again: it works from a
notebook and from a script without a main guard, and it ends when its input does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from typing import Any

from baodao.corpus.batch import Input, Reader, reason_of, to_batch
from baodao.corpus.schema import schema
from baodao.corpus.wire import pack_tables, read_frame, unpack_inputs, write_frame

__all__ = ["READY", "main", "read_tables"]

READY = b"ready"


def read_tables(reader: Reader, inputs: list[Input]) -> dict[str, Any]:
    """The record batch of each table for some inputs."""
    return {table: to_batch(rows, schema(table)) for table, rows in reader.read(inputs).items()}


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends this stream
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into the frames
    try:
        reader: Reader = pickle.loads(read_frame(source) or b"")
        reader.read([])
    except Exception as error:
        write_frame(sink, ": ".join(reason_of(error)).encode("utf-8", "replace"))
        raise
    write_frame(sink, READY)
    while (frame := read_frame(source)) is not None:
        write_frame(sink, pack_tables(read_tables(reader, unpack_inputs(frame))))
