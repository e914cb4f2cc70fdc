"""The one table of facts: its columns, their types and what each holds, for every way out and back.

Authority: UX.md, "Table columns". `table_schema` says it as JSON Schema, `arrow_schema` as Arrow; in words it stands in
`docs/table.md`.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

__all__ = ["COLUMNS", "COLUMN_LIST", "INTEGERS", "NUMBERS", "Column", "Plain", "arrow_schema", "table_schema"]

Plain = str | int | float | None  # what a cell of `to_dicts` and JSON lines may be


class Column(NamedTuple):
    """A column: `number` is float64 in typed tables, `integer` int64, `string` never null ("" where empty)."""

    name: str
    type: Literal["string", "integer", "number"]
    says: str
    nullable: bool = False


COLUMN_LIST = (
    Column("fact_id", "string", "stable name: hash of the page text, the span and the kind"),
    Column("doc", "string", "the caller's id of the page, else the file's stem"),
    Column("source", "string", "the path it was read from"),
    Column("article", "integer", "index of the report on its page, from 0"),
    Column("title", "string", "title of the report"),
    Column("start", "integer", "first code point of the quantity in the page text"),
    Column("end", "integer", "code point behind its last"),
    Column("text", "string", "the quantity as printed: page.text[start:end]"),
    Column("kind", "string", "count, amount, rate or measure"),
    Column("value", "number", "the number multiplied out, in `unit`; of a range its low end; empty if vague", True),
    Column("low", "number", "lower end of a range or of a vague number, inclusive", True),
    Column("high", "number", "upper end, inclusive", True),
    Column("bound", "string", "exact, about, over, under, range or vague"),
    Column("unit", "string", "as printed (名, 亩, %), ISO 4217 for money, empty if none"),
    Column("what", "string", "the thing measured"),
    Column("predicate", "string", "the verb that ties thing and number"),
    Column("region", "string", "adcode (GB/T 2260), 100000 for the whole country, empty if none"),
    Column("region_name", "string", "its official name"),
    Column("region_path", "string", "official names from the province down, joined by /"),
    Column("program", "string", "the named program under which the number was reached"),
    Column("actor", "string", "who did it"),
    Column("time", "string", "ISO 8601, inclusive: 2021, 2021-11-19, 2021-07/.."),
    Column("confidence", "number", "probability, 0 to 1, that the row is strictly right"),
    Column("region_via", "string", "how the region was found: stated, clause … paper"),
    Column("program_via", "string", "how the program was found"),
    Column("time_via", "string", "how the time was found"),
    Column("rule", "string", "the rule that read the quantity"),
    Column("sentence", "string", "the sentence it stands in, repaired"),
)
COLUMNS = tuple(column.name for column in COLUMN_LIST)
NUMBERS = tuple(column.name for column in COLUMN_LIST if column.type == "number")
INTEGERS = tuple(column.name for column in COLUMN_LIST if column.type == "integer")


def table_schema() -> dict[str, Any]:
    """JSON Schema of one row, as in JSON lines and `to_dicts`.

    >>> table_schema()["properties"]["value"]["type"]
    ['number', 'null']
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "FactRow",
        "type": "object",
        "additionalProperties": False,
        "required": list(COLUMNS),
        "properties": {
            column.name: {
                "type": [column.type, "null"] if column.nullable else column.type,
                "description": column.says,
            }
            for column in COLUMN_LIST
        },
    }


def arrow_schema(arrow: Any) -> Any:
    """The `pyarrow.Schema` of the table, given the module `pyarrow`."""
    types = {"string": arrow.string(), "integer": arrow.int64(), "number": arrow.float64()}
    return arrow.schema([arrow.field(c.name, types[c.type], c.nullable) for c in COLUMN_LIST])
