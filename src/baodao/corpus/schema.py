"""The tables of a run: one fixed schema each, for Arrow, Parquet, DuckDB, Polars and Spark.

| table | one row is |
|---|---|
| facts | a fact: the columns of `FactTable` |
| articles | a report: headline, byline, text and the fragments of the page it was printed in |
| mentions | a number, time, region, organization, program or person |
| issues | something odd about a page, and where |
| errors | an input that could not be read, and why |

`doc` is the caller's id or the file's stem, `source` the path; `start` and `end` are code points of the page text.
"""

from __future__ import annotations

from typing import Any

from baodao.errors import BaodaoError
from baodao.records.columns import COLUMN_LIST, arrow_schema
from baodao.records.saved import need

__all__ = ["TABLES", "columns", "ddl", "schema"]

_FRAGMENTS = "list<struct<role: string, start: int64, end: int64>>"
_TYPES = {
    "facts": {
        column.name: {"string": "string", "integer": "int64", "number": "float64"}[column.type]
        for column in COLUMN_LIST
    },
    "articles": {
        "doc": "string", "source": "string", "sha256": "string", "issue_date": "string", "paper": "string",
        "article": "int64", "section": "string", "kicker": "string", "title": "string", "subtitle": "string",
        "bylines": "list<string>", "dateline": "string", "credits": "list<string>", "text": "string",
        "fragments": _FRAGMENTS, "facts": "int64",
    },
    "mentions": {
        "doc": "string", "source": "string", "kind": "string", "text": "string", "surface": "string",
        "start": "int64", "end": "int64", "value": "float64", "low": "float64", "high": "float64", "bound": "string",
        "unit": "string", "iso": "string", "adcode": "string", "name": "string", "rule": "string",
    },
    "issues": {
        "doc": "string", "source": "string", "rule": "string", "start": "int64", "end": "int64", "reason": "string",
    },
    "errors": {"doc": "string", "source": "string", "input": "string", "code": "string", "reason": "string"},
}  # fmt: skip
TABLES = tuple(_TYPES)
_SPARK = {
    "string": "string", "int64": "bigint", "float64": "double", "list<string>": "array<string>",
    _FRAGMENTS: "array<struct<role:string,start:bigint,end:bigint>>",
}  # fmt: skip


def columns(table: str) -> tuple[str, ...]:
    """The names of a table's columns.

    >>> columns("errors")
    ('doc', 'source', 'input', 'code', 'reason')

    Raises:
        BaodaoError: BD172, there is no such table.
    """
    return tuple(_types(table))


def schema(table: str = "facts") -> Any:
    """The `pyarrow.Schema` of a table; text is never null, numbers may be.

    Raises:
        BaodaoError: BD172, there is no such table; BD150, pyarrow is not installed.
    """
    types = _types(table)
    arrow = need("pyarrow", "parquet", "baodao.corpus")
    if table == "facts":
        return arrow_schema(arrow)
    fragment = arrow.struct([("role", arrow.string()), ("start", arrow.int64()), ("end", arrow.int64())])
    made = {
        "string": arrow.string(), "int64": arrow.int64(), "float64": arrow.float64(),
        "list<string>": arrow.list_(arrow.string()), _FRAGMENTS: arrow.list_(fragment),
    }  # fmt: skip
    return arrow.schema([arrow.field(name, made[kind], kind == "float64") for name, kind in types.items()])


def ddl(table: str = "facts") -> str:
    """The schema of a table as Spark writes it, for `DataFrame.mapInArrow`.

    >>> ddl("issues")
    '`doc` string, `source` string, `rule` string, `start` bigint, `end` bigint, `reason` string'

    Raises:
        BaodaoError: BD172, there is no such table.
    """
    return ", ".join(f"`{name}` {_SPARK[kind]}" for name, kind in _types(table).items())


def _types(table: str) -> dict[str, str]:
    if table not in _TYPES:
        raise BaodaoError("BD172", name="table", value=table, known=", ".join(TABLES))
    return _TYPES[table]
