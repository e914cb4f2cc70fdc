"""Batches of texts → batches of rows, the same function on one machine and on a cluster.

`analyze_batches` maps `analyze` over Arrow record batches and has the shape of Spark's `mapInArrow`. `Input` is one
text or file on its way to a worker; `Reader` makes rows of it. Nothing here raises for an odd input: it becomes a
row of the table `errors`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from baodao.corpus.rows import TABLE_ROWS, Row
from baodao.corpus.schema import TABLES, schema
from baodao.errors import BaodaoError
from baodao.readers import read_content
from baodao.readers.check import Finding
from baodao.records import Source
from baodao.records.saved import need
from baodao.records.source import read_issue_date, well_formed
from baodao.stages import Pipeline, read_source
from baodao.stages import pipeline as default_pipeline

__all__ = ["Input", "Reader", "analyze_batches", "failed", "reason_of", "to_batch", "to_input"]

Rows = dict[str, list[Row]]


class Input(NamedTuple):
    """One text or file. `code` and `reason` say why it could not be opened; it then has no content."""

    name: str  # what a person calls it: a path, a row of a file
    content: bytes = b""  # of a file; else a text as UTF-8
    is_file: bool = False
    path: str = ""  # "" for a text given as a string
    doc: str = ""
    issue_date: str = ""
    paper: str = ""
    code: str = ""
    reason: str = ""


def analyze_batches(batches: Iterable[Any], *, pipeline: Pipeline | None = None, table: str = "facts") -> Iterator[Any]:
    """Read texts in Arrow record batches; each batch gives one batch of rows, equal to those of `analyze`.

    >>> import pyarrow
    >>> texts = pyarrow.record_batch({"id": ["a"], "text": ["某市妇联启动帮扶，招募志愿者1.2万余名。"]})
    >>> next(analyze_batches([texts])).select(["doc", "text", "value"]).to_pylist()
    [{'doc': 'a', 'text': '1.2万余名', 'value': 12000.0}]

    Args:
        batches: record batches with a column `text` (string); `id`, `issue_date` (string or date) and `paper` are
            used where they are, other columns are not.
        pipeline: settings; the default ones if none.
        table: which table to give (`baodao.corpus.schema`); `errors` lists the texts that were refused.

    Yields:
        One `pyarrow.RecordBatch` for each batch, with the fixed schema `schema(table)`; `doc` is the `id`.

    Raises:
        BaodaoError: BD172, no such table; BD194, no column `text`; BD150, pyarrow is not installed.
    """
    reader = Reader(pipeline or default_pipeline(), (table,))
    form = schema(table)
    for batch in batches:
        yield to_batch(reader.read(inputs_of(batch))[table], form)


def inputs_of(batch: Any) -> Iterator[Input]:
    """The inputs in a record batch."""
    names = batch.schema.names
    if "text" not in names:
        raise BaodaoError("BD194", path="RecordBatch", column="text", known=", ".join(names))
    kept = [name for name in ("text", "id", "issue_date", "paper") if name in names]
    for row in batch.select(kept).to_pylist():
        yield to_input(row)


def to_input(row: Mapping[str, Any], like: Input | None = None) -> Input:
    """An input from the plain values of a row: `text`, `id`, `issue_date`, `paper`.

    >>> to_input({"text": "县里建成三座桥。", "id": 7}, Input("a.csv:1", issue_date="2021-06")).doc
    '7'

    Args:
        row: the values.
        like: gives what the row leaves out.
    """
    like = like or Input("")
    doc = _plain(row.get("id")) or like.doc
    made = like._replace(name=like.name or doc, doc=doc, paper=_plain(row.get("paper")) or like.paper)
    text = row.get("text")
    try:
        made = made._replace(issue_date=read_issue_date(row.get("issue_date")) or like.issue_date)
        if text is None:
            raise BaodaoError("BD110")
        if not isinstance(text, str):
            raise BaodaoError("BD171", kind=type(text).__name__)
    except BaodaoError as error:
        return failed(made, error)
    return made._replace(content=text.encode("utf-8", "surrogatepass"))


def failed(item: Input, error: Exception) -> Input:
    """The input with the reason why it cannot be read."""
    code, reason = reason_of(error)
    return item._replace(content=b"", code=code, reason=reason)


def reason_of(error: Exception) -> tuple[str, str]:
    """Code and words of an error, as the table `errors` keeps them; the name of the error if it has no code."""
    if isinstance(error, BaodaoError):
        return error.code, str(error).removeprefix(f"{error.code} ")
    return type(error).__name__, well_formed(str(error))


@dataclass(frozen=True)
class Reader:
    """Reads inputs into the rows of some tables.

    Attributes:
        pipeline: the settings of the analysis.
        tables: which tables are wanted; `errors` always comes with them.
        encoding: of text files; found by itself if None.
        force: turn refusals of a text into issues.
    """

    pipeline: Pipeline
    tables: Sequence[str] = TABLES
    encoding: str | None = None
    force: bool = False

    def read(self, inputs: Iterable[Input]) -> Rows:
        """The rows of each wanted table, in the order of the inputs."""
        rows: Rows = {table: [] for table in (*self.tables, "errors")}
        for item in inputs:
            try:
                found = self._read_one(item)
            except Exception as error:  # whatever an input does, the others are read
                found = {"errors": [_error(failed(item, error))]}
            for table, more in found.items():
                rows[table].extend(more)
        return rows

    def _read_one(self, item: Input) -> Rows:
        if item.code:
            return {"errors": [_error(item)]}
        text, source, findings = self._open(item)
        reading, noticed = read_source(text, source, self.pipeline, self.force, findings)
        return {table: TABLE_ROWS[table](reading, noticed) for table in self.tables if table in TABLE_ROWS}

    def _open(self, item: Input) -> tuple[str, Source, list[Finding]]:
        given = {name: value for name in ("doc", "issue_date", "paper") if (value := getattr(item, name))}
        if item.is_file:
            text, source, findings = read_content(item.content, item.path, encoding=self.encoding)
            return text, source.model_copy(update=given), findings
        text = item.content.decode("utf-8", "surrogatepass")
        return text, Source(path=item.path, **given), []


def to_batch(rows: Sequence[Row], form: Any) -> Any:
    """Rows as a record batch of the schema `form`."""
    arrow = need("pyarrow", "parquet", "baodao.corpus")
    values = list(zip(*rows, strict=True)) if rows else [()] * len(form)
    arrays = []
    for field, given in zip(form, values, strict=True):
        column = list(given)
        if arrow.types.is_floating(field.type):
            column = [None if value is None else float(value) for value in column]
        arrays.append(arrow.array(column, field.type))
    return arrow.record_batch(arrays, schema=form)


def _plain(value: object) -> str:
    return "" if value is None else well_formed(str(value))


def _error(item: Input) -> Row:
    return item.doc, item.path, item.name, item.code, item.reason
