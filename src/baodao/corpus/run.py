"""A corpus → a folder of Parquet parts or one file of facts, in bounded memory; stopped or killed, it goes on later.

Inputs are dealt into parts of fixed size, parts into chunks for the reading processes; parts are written in order.
A part is kept as long as its inputs, options and versions stay the same, so a second call does only what is missing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from baodao.corpus.batch import Reader
from baodao.corpus.join import SUFFIXES, join_facts
from baodao.corpus.progress import Progress, bar
from baodao.corpus.report import RunReport
from baodao.corpus.schema import TABLES
from baodao.corpus.sources import DateOf, Opener
from baodao.corpus.store import Store
from baodao.corpus.versions import describe, run_versions
from baodao.errors import BaodaoError
from baodao.records.source import read_issue_date
from baodao.stages import Pipeline
from baodao.stages import pipeline as default_pipeline

__all__ = ["run"]


def run(
    source: Any,
    out: str | os.PathLike[str],
    *,
    workers: int | None = None,
    issue_date: DateOf = None,
    paper: str = "",
    resume: bool = True,
    on_error: Literal["record", "raise"] = "record",
    progress: bool | Progress | None = None,
    pattern: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    force: bool = False,
    tables: Sequence[str] = TABLES,
    part_size: int = 2048,
    pipeline: Pipeline | None = None,
) -> RunReport:
    """Read many pages into tables.

    Args:
        source: a folder, a file or a glob (.txt .html .docx .pdf; .parquet .csv .jsonl with a column `text`), a list
            of `Path`; a pandas, polars or Arrow frame; an iterable of records (mappings with `text` and, where known,
            `id`, `issue_date`, `paper`; or strings). To go on later an iterable must give the same records again.
        out: without a suffix a folder with one subfolder of Parquet parts a table; with .parquet, .csv or .jsonl one
            file of facts, whose parts wait in `OUT.parts/` until all are there.
        workers: reading processes; one for each core if None, 0 reads in this process.
        issue_date: when the inputs were printed, where they do not say it themselves; or a function of an input's name.
        paper: the newspaper, where inputs do not name it.
        resume: keep what an earlier run with the same settings finished; else begin anew.
        on_error: `record` a bad input in the table `errors` and go on, or `raise` at the first.
        progress: show a bar; None: on a terminal or in a notebook. Or a function of (inputs done, all if known).
        pattern: which files of the folder, as a glob below it (`**/*.txt`); pages of every kind if "".
        columns: other names of the columns, ours → theirs: `{"text": "正文", "id": "编号"}`.
        encoding, force, pipeline: as in `analyze_file`.
        tables: which tables a folder gets.
        part_size: inputs in a part.

    Returns:
        The report: counts, failures with reasons, seconds, versions.

    Raises:
        BaodaoError: BD161 no such source; BD170 a bad date; BD172 a bad argument; BD190, BD191, BD195 `out` holds
            other things, was made with other settings, is being written; BD193 no process starts; BD194 no column of
            texts; BD196 no room; BD197 a bad input with `on_error="raise"`.
    """
    from baodao.corpus.course import Course, deal  # processes and pipes, for many pages only

    began = time.monotonic()
    target = Path(out)
    single = target.suffix.lower() in SUFFIXES and not target.is_dir()
    _check_arguments(target, single, on_error, tables)
    folder = target.with_name(target.name + ".parts") if single else target
    wanted = ("facts", "errors") if single else tuple(t for t in TABLES if t in {*tables, "errors"})
    settings = pipeline or default_pipeline()
    versions = run_versions()
    options: dict[str, Any] = {
        "issue_date": "function" if callable(issue_date) else read_issue_date(issue_date), "paper": paper,
        "encoding": encoding, "force": force, "tables": wanted, "part_size": part_size,
        "pipeline": describe(settings), **{f"version of {name}": value for name, value in versions.items()},
    }  # fmt: skip
    opener = Opener(pattern, columns or {}, issue_date, paper, avoid=(target, folder))
    parts = deal(opener.open(source), part_size)
    count = _cores() if workers is None else workers
    reader = Reader(settings, tuple(t for t in wanted if t != "errors"), encoding, force)
    store = Store(folder, wanted, options, resume=resume)
    try:
        with bar(progress, lambda: opener.count(source)) as show:
            total = Course(store, reader, count, show, strict=on_error == "raise").follow(parts)
        if single:
            join_facts(folder, target)
            store.remove()
    finally:
        store.close()
    return RunReport(
        out=str(target), inputs=total.inputs, failed=total.failed, resumed=total.resumed, rows=total.rows,
        failures=tuple(total.failures), seconds=round(time.monotonic() - began, 3), workers=count,
        versions=versions,
    )  # fmt: skip


def _check_arguments(target: Path, single: bool, on_error: str, tables: Sequence[str]) -> None:
    if target.suffix and not single and not target.is_dir():
        raise BaodaoError("BD172", name="out", value=str(target), known=f"a folder, {', '.join(SUFFIXES)}")
    if on_error not in ("record", "raise"):
        raise BaodaoError("BD172", name="on_error", value=on_error, known="record, raise")
    for table in tables:
        if table not in TABLES:
            raise BaodaoError("BD172", name="tables", value=table, known=", ".join(TABLES))


def _cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
