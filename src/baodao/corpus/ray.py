"""A Ray cluster: `analyze_batches` over a Ray dataset. Needs the extra `ray`.

Reading a text depends on nothing but itself, so nothing is shuffled; Ray deals the blocks out, and does a block again
whose process or machine was lost.
"""

from __future__ import annotations

import pickle
from functools import lru_cache, partial
from typing import Any

from baodao.corpus.batch import analyze_batches
from baodao.corpus.schema import schema
from baodao.records.saved import need
from baodao.stages import Pipeline

__all__ = ["read_dataset"]

_BATCH = 256  # texts: a fraction of a second of work, against some milliseconds to hand them over
_MEMORY = 500 << 20  # bytes: what a process needs, with room (docs/runs.md)


def read_dataset(
    dataset: Any, *, pipeline: Pipeline | None = None, table: str = "facts", batch_size: int = _BATCH, **options: Any
) -> Any:
    """Read the texts of a `ray.data.Dataset` into a dataset of rows.

    Args:
        dataset: with a column `text`, and `id`, `issue_date`, `paper` where known.
        pipeline: settings; the default ones if none. It goes to every process once.
        table: which table to give.
        batch_size: texts read at once.
        options: for `Dataset.map_batches`: `num_cpus`, `memory`, `concurrency`.

    Returns:
        A lazy dataset with the schema of the table: `.write_parquet("facts/")` starts the work.

    Raises:
        BaodaoError: BD150, ray is not installed; BD172, no such table.
    """
    need("ray.data", "ray", "read_dataset()")
    schema(table)
    settings = pickle.dumps(pipeline) if pipeline is not None else b""
    limits = {"num_cpus": 1, "memory": _MEMORY, **options}
    return dataset.map_batches(
        partial(_read, settings=settings, table=table), batch_format="pyarrow", batch_size=batch_size, **limits
    )


def _read(batch: Any, *, settings: bytes, table: str) -> Any:
    arrow = need("pyarrow", "parquet", "read_dataset()")
    rows = analyze_batches(batch.combine_chunks().to_batches(), pipeline=_pipeline(settings), table=table)
    return arrow.Table.from_batches(rows, schema(table))


@lru_cache(maxsize=4)
def _pipeline(settings: bytes) -> Pipeline | None:
    """The pipeline of a process, built once and not for every batch."""
    return pickle.loads(settings) if settings else None
