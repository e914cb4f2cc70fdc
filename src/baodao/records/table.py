"""FactTable: an immutable sequence of facts with its ways out to other tools, and the way back from a saved table.

Libraries are imported when their method is called; what is missing is named with the extra to install.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar, overload

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from baodao.errors import BaodaoError
from baodao.records.columns import COLUMNS, INTEGERS, NUMBERS, Plain, arrow_schema
from baodao.records.fact import Fact
from baodao.records.saved import csv_text, facts_from_rows, need, printable, read_rows
from baodao.records.summary import Summary, summarize
from baodao.records.view import table_fragment
from baodao.records.within import region_within, time_within

__all__ = ["FactTable"]

_MARKS = dict.fromkeys(map(ord, "“”‘’\"'「」『』"))


class FactTable:
    """Facts in reading order: length, index, slice, iteration, `+`, `==`.

    Libraries that know Arrow's C stream take it as it is: `polars.DataFrame(facts)`, `pyarrow.table(facts)`,
    `pandas.DataFrame.from_arrow(facts)`, `duckdb.sql("select program, sum(value) from facts group by all")`. It is no
    `collections.abc.Sequence`: polars and pandas would take one apart record by record.

    >>> len(FactTable()), FactTable().to_dicts()
    (0, [])
    """

    __slots__ = ("_facts",)

    # whether a region lies in another; the stages put the gazetteer's answer here, which knows abolished codes
    region_within: ClassVar[Callable[[str, str], bool]] = staticmethod(region_within)

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
        """The facts whose columns have the given values.

        Args:
            condition: a function of a fact, for what columns cannot say.
            fields: any column, `kind="amount"`, `unit=("名", "人")`; a tuple, list or set gives values of which one
                will do. `region="420000"` takes in what lies below it, and abolished regions whose successors do;
                `time="2021"` or `time="2021-07/2021-12"` what lies within it; `program="暖春行动"` the name with or
                without its quotation marks. "" asks for rows where the column is empty.

        Raises:
            BaodaoError: BD172, no such column.
        """
        for name in fields:
            if name not in COLUMNS:
                raise BaodaoError("BD172", name="where", value=name, known=", ".join(COLUMNS))
        wanted = {
            name: tuple(value) if isinstance(value, (tuple, list, set, frozenset)) else (value,)
            for name, value in fields.items()
        }

        def keeps(fact: Fact) -> bool:
            row = fact.to_dict() if wanted else {}
            return all(
                any(self.meets(name, row[name], choice) for choice in choices) for name, choices in wanted.items()
            ) and (condition is None or bool(condition(fact)))

        return FactTable(fact for fact in self._facts if keeps(fact))

    def meets(self, name: str, value: Plain, choice: object) -> bool:
        """Whether a value of the column `name` is what `where` was asked for."""
        if name == "region":
            return type(self).region_within(str(value), str(choice))
        if name == "time":
            return time_within(str(value), str(choice))
        if name == "program":
            return value == choice or (str(value).translate(_MARKS) == str(choice).translate(_MARKS) and bool(choice))
        return value == choice

    def sample(self, n: int, seed: int = 0) -> FactTable:
        """`n` facts drawn without replacement, in reading order; all of them if there are fewer. A sheet to check them
        by hand, also stratified, is drawn by `baodao.trust.sample`."""
        chosen = random.Random(seed).sample(range(len(self)), min(n, len(self)))
        return FactTable(self._facts[i] for i in sorted(chosen))

    def summary(self, by: str | Iterable[str] = ("region", "program", "kind")) -> Summary:
        """How many facts there are and how much they add up to, by these columns and always by unit.

        Facts told twice, on one page or in two papers, are added twice: choose first.

        Args:
            by: columns; `province` takes regions together by province, `what` keeps things of one unit apart.

        Raises:
            BaodaoError: BD172, no such column.
        """
        return summarize(self, (by,) if isinstance(by, str) else by)

    # ways out

    def to_dicts(self) -> list[dict[str, Plain]]:
        """One flat dict a fact, with the columns of `baodao.records.columns.COLUMNS`."""
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
        return arrow.table(self._columns(), schema=arrow_schema(arrow))

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
        """CSV text, or a file that opens in Excel (UTF-8 with BOM); numbers as in `to_dicts`.

        A cell that a spreadsheet would run as a formula gets ' before it; `read` takes it off again.
        """
        text = csv_text(COLUMNS, self.to_dicts())
        if path is None:
            return text
        Path(path).write_bytes(text.encode("utf-8-sig", "replace"))
        return None

    def to_jsonl(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """JSON lines of the flat rows; as text, or written to `path`."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.to_dicts())
        if path is None:
            return text
        Path(path).write_bytes(text.encode("utf-8", "replace"))
        return None

    # the way back

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> FactTable:
        """A saved table: .csv, .jsonl, .parquet, or a folder of Parquet files, such as a run's.

        The rows hold each fact without its evidence: `roles` come back with value and `via` alone.

        Raises:
            BaodaoError: BD150 pyarrow is not installed; BD161 no such file; BD162 another kind of file; BD180 a row
                is no fact.
        """
        return cls(facts_from_rows(read_rows(path), str(path)))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]]) -> FactTable:
        """Flat rows with the columns of the table (dicts, as of `to_dicts`, or of another library) as facts.

        Raises:
            BaodaoError: BD180, a row is no fact.
        """
        return cls(facts_from_rows(rows))

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
            name: [
                float(v) if name in NUMBERS and v is not None else printable(v) if isinstance(v, str) else v
                for v in (row[name] for row in rows)
            ]
            for name in COLUMNS
        }

    def _repr_html_(self) -> str:
        return table_fragment(self._facts)
