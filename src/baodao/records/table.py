"""FactTable: an immutable sequence of facts with its ways out to other tools.

Libraries are imported when their method is called; what is missing is named with the extra to install.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, overload

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from baodao.errors import BaodaoError
from baodao.records.fact import COLUMNS, Fact
from baodao.records.view import facts_html

__all__ = ["FactTable", "region_within"]

NUMBERS = ("value", "low", "high", "confidence")  # float64 in typed tables
INTEGERS = ("article", "start", "end")


def region_within(code: str, outer: str) -> bool:
    """Whether region `code` is `outer` or lies below it (GB/T 2260 nests by digits).

    >>> region_within("420606", "420000"), region_within("420606102", "420606"), region_within("430100", "420000")
    (True, True, False)
    """
    if not code or not outer:
        return code == outer
    if outer == "100000":
        return True
    if len(outer) == 6:
        while outer.endswith("00"):
            outer = outer[:-2]
    return code.startswith(outer)


class FactTable(Sequence[Fact]):
    """Facts in reading order.

    >>> len(FactTable(())), FactTable(()).to_dicts()
    (0, [])
    """

    __slots__ = ("_facts",)

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts: tuple[Fact, ...] = tuple(facts)

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> FactTable: ...
    def __getitem__(self, index: int | slice) -> Fact | FactTable:
        if isinstance(index, slice):
            return FactTable(self._facts[index])
        return self._facts[index]

    def __len__(self) -> int:
        return len(self._facts)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FactTable) and self._facts == other._facts

    def __hash__(self) -> int:
        return hash(tuple(f.fact_id for f in self._facts))

    def __add__(self, other: FactTable) -> FactTable:
        return FactTable((*self._facts, *other._facts))

    def __str__(self) -> str:
        return "\n".join(map(str, self._facts))

    def __repr__(self) -> str:
        return f"FactTable({len(self)} facts)"

    # choosing

    def where(self, condition: Callable[[Fact], bool] | None = None, /, **fields: object) -> FactTable:
        """The facts whose fields have the given values; a region takes in what lies below it.

        Args:
            condition: a function of a fact, for what fields cannot say.
            fields: any column, `kind="amount"`, `region="420000"`, `unit=("名", "人")`; a tuple, list
                or set gives several values that will do.

        Raises:
            BaodaoError: BD172, no such column.
        """
        for name in fields:
            if name not in COLUMNS:
                raise BaodaoError("BD172", name="where", value=name, known=", ".join(COLUMNS))

        def keeps(fact: Fact) -> bool:
            row = fact.to_dict() if fields else {}
            for name, wanted in fields.items():
                choices = wanted if isinstance(wanted, (tuple, list, set, frozenset)) else (wanted,)
                if name == "region":
                    if not any(region_within(fact.region, str(choice)) for choice in choices):
                        return False
                elif row[name] not in choices:
                    return False
            return condition is None or bool(condition(fact))

        return FactTable(fact for fact in self._facts if keeps(fact))

    def sample(self, n: int, seed: int = 0) -> FactTable:
        """`n` facts drawn without replacement, in reading order; all of them if there are fewer."""
        chosen = random.Random(seed).sample(range(len(self)), min(n, len(self)))
        return FactTable(self._facts[i] for i in sorted(chosen))

    # ways out

    def to_dicts(self) -> list[dict[str, str | int | float | None]]:
        """One flat dict a fact, with the columns of `baodao.records.fact.COLUMNS`."""
        return [fact.to_dict() for fact in self._facts]

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`, one row a fact; numbers are float64, codes are strings.

        Raises:
            BaodaoError: BD150, pandas is not installed.
        """
        pandas = need("pandas", "pandas", "to_pandas()")
        frame = pandas.DataFrame(self.to_dicts(), columns=list(COLUMNS))
        return frame.astype({**dict.fromkeys(NUMBERS, "float64"), **dict.fromkeys(INTEGERS, "int64")})

    def to_polars(self) -> Any:
        """A `polars.DataFrame`, one row a fact.

        Raises:
            BaodaoError: BD150, polars is not installed.
        """
        polars = need("polars", "polars", "to_polars()")
        schema = {
            name: polars.Float64 if name in NUMBERS else polars.Int64 if name in INTEGERS else polars.String
            for name in COLUMNS
        }
        return polars.DataFrame(self._columns(), schema=schema)

    def to_arrow(self) -> Any:
        """A `pyarrow.Table`, one row a fact.

        Raises:
            BaodaoError: BD150, pyarrow is not installed.
        """
        arrow = need("pyarrow", "parquet", "to_arrow()")
        schema = arrow.schema(
            [
                (
                    name,
                    arrow.float64() if name in NUMBERS else arrow.int64() if name in INTEGERS else arrow.string(),
                )
                for name in COLUMNS
            ]
        )
        return arrow.table(self._columns(), schema=schema)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write one Parquet file (zstd).

        Raises:
            BaodaoError: BD150, pyarrow is not installed.
        """
        table = self.to_arrow()
        need("pyarrow.parquet", "parquet", "to_parquet()").write_table(table, path, compression="zstd")

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """CSV text, or a file that opens in Excel (UTF-8 with BOM); numbers as in `to_dicts`."""
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        for row in self.to_dicts():
            writer.writerow({name: _safe_cell(value) for name, value in row.items()})
        if path is None:
            return out.getvalue()
        Path(path).write_bytes(out.getvalue().encode("utf-8-sig"))
        return None

    def to_jsonl(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """JSON lines of the flat rows; as text, or written to `path`."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.to_dicts())
        if path is None:
            return text
        Path(path).write_bytes(text.encode())
        return None

    @classmethod
    def from_jsonl(cls, source: str | os.PathLike[str]) -> FactTable:
        """Read what `to_jsonl` wrote: a path, or (as a string with a line break or brace) its text.

        The flat rows hold each fact without its evidence: `roles` come back with `via` alone.

        Raises:
            BaodaoError: BD161, no such file; BD180, a line is no fact.
        """
        text = source if isinstance(source, str) and ("{" in source or not source.strip()) else None
        if text is None:
            path = Path(source)
            if not path.is_file():
                raise BaodaoError("BD161", path=str(path))
            text = path.read_text(encoding="utf-8")
        return cls(_fact_from_row(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        facts = handler.generate_schema(tuple[Fact, ...])
        return core_schema.no_info_before_validator_function(
            lambda value: tuple(value) if isinstance(value, FactTable) else value,
            core_schema.no_info_after_validator_function(cls, facts),
            serialization=core_schema.plain_serializer_function_ser_schema(tuple, return_schema=facts),
        )

    def _columns(self) -> dict[str, list[Any]]:
        rows = self.to_dicts()
        return {
            name: [float(v) if name in NUMBERS and v is not None else v for v in (row[name] for row in rows)]
            for name in COLUMNS
        }

    def _repr_html_(self) -> str:
        return facts_html(self._facts)


def need(module: str, extra: str, what: str) -> Any:
    """Import an optional library, or say which extra brings it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise BaodaoError("BD150", what=what, package=module.split(".")[0], extra=extra) from None


def _safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs as a formula."""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _fact_from_row(line: str, number: int) -> Fact:
    try:
        row = json.loads(line)
        quantity = {
            "kind": row["kind"], "text": row["text"], "start": row["start"], "end": row["end"],
            "spans": ((row["start"], row["end"]),), "surface": "".join(row["text"].split()), "rule": row["rule"],
            "bound": row["bound"], "unit": row["unit"],
            **{name: None if row[name] is None else str(row[name]) for name in ("value", "low", "high")},
        }  # fmt: skip
        roles = {
            name: {"value": row[name], "via": row.get(f"{name}_via", "")}
            for name in ("what", "predicate", "region", "program", "actor", "time")
        }
        own = ("what", "predicate", "region", "program", "actor", "time", "sentence", "article", "confidence",
               "fact_id", "doc", "source", "title", "region_name", "region_path")  # fmt: skip
        return Fact.model_validate({"quantity": quantity, "roles": roles, **{name: row[name] for name in own}})
    except (ValueError, KeyError, TypeError) as error:
        raise BaodaoError(
            "BD180", file="JSON lines", line=number, reason=f"{type(error).__name__}: {error}",
            remedy="Write the file with FactTable.to_jsonl.",
        ) from None  # fmt: skip
