"""What is drawn: the rows of a table of facts, whatever holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from baodao.errors import BaodaoError
from baodao.records import Fact

__all__ = ["NEEDED", "Row", "read_rows"]

Row = dict[str, Any]
NEEDED = ("kind", "value", "bound", "unit", "region", "program", "time")


def read_rows(facts: object) -> list[Row]:
    """The facts as plain rows: text "" where there is none, numbers None; region codes are text again where a
    spreadsheet made them numbers.

    >>> row = {"kind": "count", "value": 3, "bound": "exact", "unit": "户", "program": None, "time": "2021"}
    >>> read_rows([row | {"region": 420606.0}])[0]["region"]
    '420606'

    Args:
        facts: a `FactTable`, `Page` or `Article`, a pandas, polars or Arrow table (or anything that gives an Arrow
            stream), an iterable of `Fact`s or of mappings.

    Raises:
        BaodaoError: BD211, it is none of these, or columns are missing.
    """
    inner = facts if hasattr(facts, "columns") else getattr(facts, "facts", facts)  # of a page, not a frame's column
    listed = [_clean(row) for row in _listed(inner)]
    if listed and (missing := [name for name in NEEDED if name not in listed[0]]):
        raise BaodaoError("BD211", seen=", ".join(map(str, listed[0])), missing=", ".join(missing))
    return listed


def _listed(facts: Any) -> Iterable[Mapping[str, Any]]:
    if isinstance(facts, (str, bytes, Mapping)):
        pass
    elif hasattr(facts, "to_dicts"):  # FactTable, polars
        return facts.to_dicts()  # type: ignore[no-any-return]
    elif hasattr(facts, "to_pylist"):  # Arrow
        return facts.to_pylist()  # type: ignore[no-any-return]
    elif hasattr(facts, "columns") and hasattr(facts, "to_dict"):  # pandas
        return facts.to_dict("records")  # type: ignore[no-any-return]
    elif hasattr(facts, "__arrow_c_stream__"):
        import pyarrow

        return pyarrow.table(facts).to_pylist()  # type: ignore[no-any-return]
    elif isinstance(facts, Iterable):
        items = [item.to_dict() if isinstance(item, Fact) else item for item in facts]
        if all(isinstance(item, Mapping) for item in items):
            return items
    raise BaodaoError("BD211", seen=type(facts).__name__, missing=", ".join(NEEDED))


def _clean(row: Mapping[str, Any]) -> Row:
    clean = {name: None if _missing(value) else value for name, value in row.items()}
    for name in ("kind", "bound", "unit", "program", "time", "region_name", "what", "actor", "predicate"):
        if name in clean:
            clean[name] = "" if clean[name] is None else str(clean[name])
    if "region" in clean:
        code = clean["region"]
        clean["region"] = str(int(code)) if isinstance(code, (int, float)) else code or ""
    if "value" in clean and clean["value"] is not None:
        clean["value"] = float(clean["value"])
    return clean


def _missing(value: Any) -> bool:
    """Whether a cell is NaN, or pandas' NA, which compares as neither."""
    try:
        return bool(value != value)
    except TypeError:
        return True
