"""What passes between the processes of a run: frames of bytes that hold Arrow IPC streams.

A frame is eight bytes of length and a payload. Arrow instead of pickled records, because pickling models costs more
than the second process brings.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from baodao.corpus.batch import Input
from baodao.records.saved import need

__all__ = ["pack_inputs", "pack_tables", "read_frame", "unpack_inputs", "unpack_tables", "write_frame"]

_LENGTH = struct.Struct("<q")


def write_frame(stream: BinaryIO, payload: bytes) -> None:
    """Send one frame."""
    stream.write(_LENGTH.pack(len(payload)))
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None where the stream ends, also in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    payload = stream.read(length := _LENGTH.unpack(head)[0])
    return payload if len(payload) == length else None


def pack_inputs(inputs: Sequence[Input]) -> bytes:
    """Inputs as one Arrow stream."""
    arrow = need("pyarrow", "parquet", "run()")
    kinds = {"content": arrow.large_binary(), "is_file": arrow.bool_()}
    form = arrow.schema([(name, kinds.get(name, arrow.string())) for name in Input._fields])
    columns = [arrow.array(column, field.type) for column, field in zip(zip(*inputs, strict=True), form, strict=True)]
    return _pack(arrow.record_batch(columns, schema=form))


def unpack_inputs(payload: bytes) -> list[Input]:
    """The inputs that `pack_inputs` packed."""
    batch = _unpack(payload)
    return [Input(*values) for values in zip(*(column.to_pylist() for column in batch.columns), strict=True)]


def pack_tables(tables: Mapping[str, Any]) -> bytes:
    """Record batches by table as one payload."""
    out = io.BytesIO()
    for name, batch in tables.items():
        write_frame(out, name.encode())
        write_frame(out, _pack(batch))
    return out.getvalue()


def unpack_tables(payload: bytes) -> dict[str, Any]:
    """The record batches that `pack_tables` packed."""
    stream, tables = io.BytesIO(payload), {}
    while (name := read_frame(stream)) is not None:
        tables[name.decode()] = _unpack(read_frame(stream) or b"")
    return tables


def _pack(batch: Any) -> bytes:
    arrow = need("pyarrow", "parquet", "run()")
    sink = arrow.BufferOutputStream()
    with arrow.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _unpack(payload: bytes) -> Any:
    arrow = need("pyarrow", "parquet", "run()")
    with arrow.ipc.open_stream(payload) as reader:
        return reader.read_next_batch()
