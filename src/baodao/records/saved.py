"""Saved tables of facts: cells that no spreadsheet runs, and the way back from CSV, JSON lines and Parquet to facts.

A saved row holds a fact without its evidence: `roles` come back with value and `via` alone.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from baodao.errors import BaodaoError, either
from baodao.records.columns import COLUMN_LIST, COLUMNS, Plain
from baodao.records.fact import ROLES, Fact

__all__ = [
    "TABLE_SUFFIXES",
    "csv_text",
    "facts_from_rows",
    "need",
    "printable",
    "protect",
    "read_csv_rows",
    "read_rows",
    "read_text",
    "restore",
]

TABLE_SUFFIXES = (".jsonl", ".csv", ".parquet")
_FORMULA = frozenset("=+-@＝＋－＠﹦﹢﹣﹫")
_BREAKS = frozenset("\t\r\n")
_OWN = ("sentence", "fact_id", "doc", "source", "title", "region_name", "region_path")


def protect(value: object) -> object:
    """A cell that no spreadsheet runs as a formula: ' before what would be one; `restore` takes it off.

    >>> protect("=1+1"), protect(" ＝1"), protect("50户"), protect(-3)
    ("'=1+1", "' ＝1", '50户', -3)
    """
    return "'" + value if isinstance(value, str) and _is_risky(value) else value


def restore(cell: str) -> str:
    """What `protect` was given.

    >>> restore("'=1+1"), restore("'50户")
    ('=1+1', "'50户")
    """
    return cell[1:] if cell[:1] == "'" and _is_risky(cell[1:]) else cell


def printable(text: str) -> str:
    """The text, with ? for what no file can hold: half of a surrogate pair.

    >>> printable("50户\\ud800")
    '50户?'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _is_risky(value: str) -> bool:
    """Whether a spreadsheet might run it, be it behind spaces or marks of protection."""
    bare = value.lstrip("'")
    if bare[:1] in _BREAKS:
        return True
    shown = bare.lstrip()
    while shown and not shown[0].isprintable():  # zero-width and control characters
        shown = shown[1:].lstrip()
    return shown[:1] in _FORMULA


def csv_text(header: Iterable[str], rows: Iterable[Mapping[str, object]]) -> str:
    """CSV with protected cells, lines ended as Excel does."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(header), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: protect(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def read_rows(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The rows of a saved table, by the file's suffix; of a folder, or of `facts` in it as a run leaves it, those of
    its Parquet files in order of name.

    Raises:
        BaodaoError: BD150 pyarrow is not installed; BD161 no such file; BD162 another kind of file; BD180 a line
            is no JSON object, or the columns of a table are missing.
    """
    file = Path(path)
    if os.path.isdir(file):
        folder = file / "facts" if (file / "facts").is_dir() else file
        parts = sorted(folder.glob("*.parquet"))
        if not parts:
            raise BaodaoError("BD162", path=str(path), known="*.parquet")
        return [row for part in parts for row in _parquet_rows(part)]
    if not os.path.isfile(file):
        raise BaodaoError("BD161", path=str(path))
    suffix = file.suffix.lower()
    if suffix not in TABLE_SUFFIXES:
        raise BaodaoError("BD162", path=str(path), known=" ".join(TABLE_SUFFIXES))
    if suffix == ".parquet":
        return _parquet_rows(file)
    return list(_json_rows(file)) if suffix == ".jsonl" else read_csv_rows(file)


def read_csv_rows(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The rows of a CSV file as text, protection taken off; also one that a spreadsheet saved anew (GBK, UTF-16,
    semicolons or tabs).

    Raises:
        BaodaoError: BD161, no such file.
    """
    text = read_text(path)
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    return [{str(k): restore(v or "") for k, v in row.items() if k is not None} for row in reader]


def read_text(path: str | os.PathLike[str]) -> str:
    """The text of a list or table that a person wrote, in UTF-8, UTF-16 or GB18030.

    Raises:
        BaodaoError: BD161, no such file; BD165, it may not be read.
    """
    if not os.path.isfile(path):
        raise BaodaoError("BD161", path=str(path))
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise BaodaoError("BD165", path=str(path), reason=error.strerror or error) from None
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _parquet_rows(file: Path) -> list[dict[str, Any]]:
    arrow = need("pyarrow", "parquet", file.name)
    parquet = need("pyarrow.parquet", "parquet", file.name)
    try:
        rows: list[dict[str, Any]] = parquet.ParquetFile(file).read().to_pylist()
    except (arrow.ArrowException, OSError, ValueError, ArithmeticError) as error:  # a damaged file throws any of them
        raise _bad(str(file), 1, " ".join(str(error).split())) from None
    return rows


def _json_rows(file: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_text(file).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _bad(str(file), number, str(error)) from None
        if not isinstance(row, dict):
            raise _bad(str(file), number, either("不是 JSON 对象", "no JSON object"))
        yield row


def facts_from_rows(rows: Iterable[Mapping[str, Any]], name: str = "rows") -> Iterator[Fact]:
    """Flat rows, of whatever library, as facts; columns beside those of the table are passed over.

    Args:
        rows: mappings with the columns of `COLUMNS`; numbers may be text, absent ones None, NaN or "".
        name: the file, for messages.

    Raises:
        BaodaoError: BD180, columns are missing or a row is no fact.
    """
    for number, row in enumerate(rows, 2 if name.lower().endswith(".csv") else 1):  # behind the heading
        missing = [column for column in COLUMNS if column not in row]
        if missing:
            columns = ", ".join(missing)
            raise _bad(name, number, either(f"缺列 {columns}", f"no column {columns}"))
        try:
            yield _fact({c.name: _cell(row[c.name], c.type) for c in COLUMN_LIST})
        except (ValueError, ArithmeticError) as error:
            raise _bad(name, number, " ".join(str(error).split())) from None


def _fact(row: Mapping[str, Any]) -> Fact:
    place = {name: row[name] for name in ("kind", "text", "start", "end", "rule", "bound", "unit")}
    numbers = {name: row[name] for name in ("value", "low", "high")}
    quantity = {
        **place, **numbers, "spans": ((row["start"], row["end"]),), "surface": "".join(row["text"].split()),
    }  # fmt: skip
    roles = {name: {"value": row[name], "via": row.get(f"{name}_via", "")} for name in ROLES}
    return Fact.model_validate(
        {
            "quantity": quantity, "roles": roles, "article": row["article"],
            "confidence": float(row["confidence"] or 0), **{name: row[name] for name in (*ROLES, *_OWN)},
        }
    )  # fmt: skip


def _cell(value: Any, kind: str) -> Plain | Decimal:
    """A cell as the record wants it: text, whole number, or exact number (None where there is none)."""
    empty = value is None or value == "" or value != value  # NaN differs from itself
    if kind == "string":
        whole = isinstance(value, float) and value.is_integer()  # a code that some library took for a number
        return "" if empty else str(int(value) if whole else value)
    if kind == "integer":
        return int(float(value))
    try:
        return None if empty else Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{value!r} is no number") from None


def _bad(file: str, line: int, reason: str) -> BaodaoError:
    remedy = either(
        "表要由 FactTable 的 to_csv、to_jsonl 或 to_parquet 写出。",
        "Write the table with FactTable.to_csv, to_jsonl or to_parquet.",
    )
    return BaodaoError("BD180", file=file, line=line, reason=reason, remedy=remedy)


def need(module: str, extra: str, what: str) -> Any:
    """Import an optional library, or say which extra brings it.

    Raises:
        BaodaoError: BD150, it is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise BaodaoError("BD150", what=what, package=module.split(".")[0], extra=extra) from None
