"""The page as it came: its characters and what is known about it from outside."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from baodao.errors import BaodaoError

__all__ = ["Record", "Source", "read_issue_date", "text_hash", "well_formed"]

_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?)?"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


class Record(BaseModel):
    """A frozen record: complete when made, equal by value, no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def trusted(cls, **fields: Any) -> Self:
        """A record of values that the library itself vouches for, not validated again: six times faster.

        Values must have the types that validation would give. For records without private attributes.
        """
        record = cls.__new__(cls)
        _set(record, "__dict__", {**_blank(cls), **fields})
        _set(record, "__pydantic_fields_set__", set(fields))
        _set(record, "__pydantic_extra__", None)
        _set(record, "__pydantic_private__", None)
        return record


_set = object.__setattr__


@cache
def _blank(record: type[Record]) -> dict[str, Any]:
    """The fields of a record in their order, with their defaults."""
    return {name: field.get_default(call_default_factory=True) for name, field in record.model_fields.items()}


class Source(Record):
    """Where a page came from. Its text is `Page.text`, untouched: the only ruler for positions."""

    path: str = ""  # "" for a text given as a string
    encoding: str = ""  # "" for a text given as a string
    sha256: str = ""  # of the text as UTF-8
    issue_date: str = ""  # ISO, at the precision that was given; "" if unknown
    paper: str = ""  # the newspaper's name
    page: str = ""  # the printed number of the page: 3, A2; "" if unknown
    doc: str = ""  # the caller's id, else the file's stem
    # How large each line of the text is set, where the file says: 1 is the body, 0 an empty line; () if unknown.
    sizes: tuple[float, ...] = Field(default=(), repr=False)


def well_formed(text: str) -> str:
    """The text with � for halves of surrogate pairs, which no file and no table can hold; as long as before.

    >>> well_formed("三\\ud800座")
    '三�座'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def text_hash(text: str) -> str:
    """SHA-256 of the text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def read_issue_date(value: str | date | datetime | None) -> str:
    """The publication date as ISO text at the precision given; "" for none.

    >>> read_issue_date("2021-10"), read_issue_date(date(2021, 10, 26)), read_issue_date("2021-10-26T12:00")
    ('2021-10', '2021-10-26', '2021-10-26')

    Raises:
        BaodaoError: BD170, no ISO date or no such day.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()[:10]
    found = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise BaodaoError("BD170", value=value)
    year, month, day = found.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise BaodaoError("BD170", value=value) from None
    return "-".join(part for part in (year, month, day) if part)
