"""What a run left → answers: SQL by DuckDB over the Parquet parts, Polars frames, tables of facts.

Nothing is loaded that a question does not need; a corpus of any size is asked on a laptop.
"""

from __future__ import annotations

import glob
import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any

from baodao.corpus.schema import TABLES, schema
from baodao.errors import BaodaoError
from baodao.records.columns import COLUMNS
from baodao.records.saved import need
from baodao.records.table import FactTable

__all__ = ["RunTables", "open_run"]


def open_run(path: str | os.PathLike[str]) -> RunTables:
    """Open what `run` wrote: its folder, or one .parquet file of facts.

    Raises:
        BaodaoError: BD161, nothing is there; BD162, it is neither.
    """
    place = Path(path)
    if not place.exists():
        raise BaodaoError("BD161", path=str(path))
    if not (place.suffix.lower() == ".parquet" and place.is_file()) and not (place / "run.json").is_file():
        raise BaodaoError("BD162", path=str(path), known="run.json + facts/*.parquet, facts.parquet")
    return RunTables(place)


class RunTables:
    """The tables of a run; `tables` names them, `schema` their columns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        is_file = path.is_file()
        self.tables = ("facts",) if is_file else tuple(t for t in TABLES if any((path / t).glob("part-*.parquet")))
        self.info: dict[str, Any] = {} if is_file else json.loads((path / "run.json").read_text("utf-8"))

    @property
    def finished(self) -> bool:
        """Whether the run came to its end; else these are its first parts."""
        return bool(self.info.get("finished", True))

    def schema(self, table: str = "facts") -> Any:
        """The `pyarrow.Schema` of a table."""
        return schema(table)

    def sql(self, query: str, **values: object) -> Any:
        """Ask in SQL, tables by their names: a DuckDB relation (prints itself; `.df()`, `.pl()`, `.fetchall()`).

        Args:
            query: `select what, count(*) from facts where unit = $unit group by what`.
            values: for its parameters.

        Raises:
            BaodaoError: BD150, duckdb is not installed.
        """
        return self._connection.sql(query, params=values or None)

    def facts(self, condition: str = "", /, **fields: object) -> FactTable:
        """The facts that meet a condition, in reading order, as records (without the evidence of their roles).

        Args:
            condition: SQL on the columns: `value > 1000 and sentence like '%妇联%'`.
            fields: as in `FactTable.where`: a region takes in what lies below it, a time what lies within it.

        Raises:
            BaodaoError: BD150, duckdb is not installed; BD172, no such column.
        """
        tests, values = ([f"({condition})"] if condition else []), {}
        for name, wanted in fields.items():
            if name not in COLUMNS:
                raise BaodaoError("BD172", name="facts", value=name, known=", ".join(COLUMNS))
            values[name] = self._choices(name, wanted)
            tests.append(f'list_contains(${name}, "{name}")')
        where = f" where {' and '.join(tests)}" if tests else ""
        found = self.sql(f"select * from facts{where}", **values)
        names = found.columns
        return FactTable.from_rows(dict(zip(names, row, strict=True)) for row in found.fetchall())

    def summary(self, *by: str) -> Any:
        """Facts counted by columns, `kind` and `unit` if none are named: a DuckDB relation.

        Values are added up only within one kind and unit, and only where they are exact (rates never); hedged ones
        are counted apart.

        Raises:
            BaodaoError: BD150, duckdb is not installed; BD172, no such column.
        """
        for name in by:
            if name not in COLUMNS:
                raise BaodaoError("BD172", name="summary", value=name, known=", ".join(COLUMNS))
        groups = ", ".join(f'"{name}"' for name in dict.fromkeys((*by, "kind", "unit")))
        return self.sql(
            f"select {groups}, count(*) as facts, count(*) filter (bound = 'exact') as exact, "
            "sum(value) filter (bound = 'exact' and kind <> 'rate') as exact_sum, "
            "min(value) as least, max(value) as most, "
            "count(distinct doc) as docs, count(distinct nullif(region, '')) as regions "
            f"from facts group by all order by facts desc, {groups}"
        )

    def polars(self, table: str = "facts") -> Any:
        """The table as a `polars.LazyFrame`.

        Raises:
            BaodaoError: BD150, polars is not installed; BD172, the run has no such table.
        """
        return need("polars", "polars", "polars()").scan_parquet(self._files(table), glob=False)

    def __repr__(self) -> str:
        totals = self.info.get("totals", {})
        counts = ", ".join(f"{name} {totals[name]:,}" if name in totals else name for name in self.tables)
        return f"RunTables({str(self.path)!r}: {counts}{'' if self.finished else '; unfinished'})"

    @cached_property
    def _connection(self) -> Any:
        connection = need("duckdb", "query", "sql()").connect()
        for table in self.tables:
            files = [glob.escape(path) for path in self._files(table)]
            connection.read_parquet(files).create_view(table)
        return connection

    def _files(self, table: str) -> list[str]:
        if table not in self.tables:
            raise BaodaoError("BD172", name="table", value=table, known=", ".join(self.tables))
        if self.path.is_file():
            return [str(self.path)]
        return sorted(map(str, (self.path / table).glob("part-*.parquet")))

    def _choices(self, name: str, wanted: object) -> list[object]:
        """The values of a column that meet what is wanted, by the same rules as `FactTable.where`."""
        choices = tuple(wanted) if isinstance(wanted, (tuple, list, set, frozenset)) else (wanted,)
        if name not in ("region", "time", "program"):
            return list(choices)
        meets = FactTable().meets
        there = self.sql(f"select distinct {name} from facts order by 1").fetchall()
        return [value for (value,) in there if any(meets(name, value, choice) for choice in choices)]
