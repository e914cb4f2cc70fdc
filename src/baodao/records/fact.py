"""Facts: one quantity and its roles, each with the evidence it was read from."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from pydantic import Field

from baodao.records.columns import COLUMNS, Plain
from baodao.records.explain import explain
from baodao.records.mention import Mention, Quantity
from baodao.records.source import Record
from baodao.records.view import fact_fragment

__all__ = ["COLUMNS", "ROLES", "Fact", "Role", "plain_number"]

ROLES = ("what", "predicate", "region", "program", "actor", "time")
_SIGNS = {"exact": "=", "about": "≈", "over": "≥", "under": "≤", "range": "∈", "vague": "∈"}


class Role(Record):
    """How one field of a fact was filled."""

    value: str = ""
    mention: Mention | None = None  # the evidence, where it is a mention
    spans: tuple[tuple[int, int], ...] = ()  # page spans of the words it was read from
    via: str = ""  # stated clause sentence paragraph headline article dateline paper; "" if empty
    reason: str = ""
    others: tuple[str, ...] = ()  # readings that lost


class Fact(Record):
    """One quantity and what it measures: 樊城区妇联 招募 志愿者 ≥ 250 名.

    Fields are as printed, "" where the text has no answer; nothing is invented. `value`, `unit` and
    the other fields of the quantity can be read from the fact itself.
    """

    quantity: Quantity
    what: str = ""  # the thing measured
    predicate: str = ""  # the bare verb that ties thing and quantity
    region: str = ""  # adcode (GB/T 2260); "100000" for the whole country
    program: str = ""
    actor: str = ""
    time: str = ""  # ISO 8601, inclusive: 2021, 2021-11-19, 2021-07/..
    roles: dict[str, Role] = Field(default_factory=dict)  # by the names in ROLES
    sentence: str = ""
    article: int = 0  # index of the article on its page
    confidence: float = 0.0  # how sure the row is, 0 to 1
    notes: tuple[str, ...] = ()  # what makes it doubtful
    # context of the row, so that a fact can stand alone in a table of many pages
    fact_id: str = ""
    doc: str = ""
    source: str = ""
    title: str = ""
    region_name: str = ""
    region_path: str = ""

    @property
    def kind(self) -> str:
        """count, amount, rate or measure."""
        return self.quantity.kind

    @property
    def value(self) -> Decimal | None:
        """The number multiplied out; None only when vague."""
        return self.quantity.value

    @property
    def low(self) -> Decimal | None:
        """Lower end of a range or of a vague number, inclusive."""
        return self.quantity.low

    @property
    def high(self) -> Decimal | None:
        """Upper end of a range or of a vague number, inclusive."""
        return self.quantity.high

    @property
    def bound(self) -> str:
        """exact, about, over, under, range or vague."""
        return self.quantity.bound

    @property
    def unit(self) -> str:
        """As printed; ISO 4217 for money; "" if none."""
        return self.quantity.unit

    @property
    def start(self) -> int:
        """Where the quantity begins on the page."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where the quantity ends on the page, exclusive."""
        return self.quantity.end

    @property
    def text(self) -> str:
        """The quantity as printed."""
        return self.quantity.text

    @property
    def rule(self) -> str:
        """The rule that read the quantity."""
        return self.quantity.rule

    def to_dict(self) -> dict[str, Plain]:
        """One flat row: the columns of `COLUMNS`, plain str, int, float or None."""
        via = {name: role.via for name, role in self.roles.items()}
        return {
            "fact_id": self.fact_id,
            "doc": self.doc,
            "source": self.source,
            "article": self.article,
            "title": self.title,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "value": plain_number(self.value),
            "low": plain_number(self.low),
            "high": plain_number(self.high),
            "bound": self.bound,
            "unit": self.unit,
            "what": self.what,
            "predicate": self.predicate,
            "region": self.region,
            "region_name": self.region_name,
            "region_path": self.region_path,
            "program": self.program,
            "actor": self.actor,
            "time": self.time,
            "confidence": self.confidence,
            "region_via": via.get("region", ""),
            "program_via": via.get("program", ""),
            "time_via": via.get("time", ""),
            "rule": self.rule,
            "sentence": self.sentence,
        }

    def explain(self) -> str:
        """Why the row says what it says: rule and characters of each field, how far one had to look, what lost; in
        Chinese or English (`BAODAO_LANG`). Of a fact read from a saved table the characters are not known."""
        return explain(self)

    def _repr_html_(self) -> str:
        return fact_fragment(self)

    def __str__(self) -> str:
        q = self.quantity
        place = f"{self.region_name} {self.region}".strip() or "–"
        if q.bound in ("range", "vague"):
            number = f"{plain_number(q.low)}…{plain_number(q.high)}"
        else:
            number = str(plain_number(q.value))
        core = f"{self.predicate} {self.what} {_SIGNS[q.bound]} {number} {q.unit}".strip()
        line = " · ".join((place, self.program or "–", core)) + f"  [{q.text} {q.start}:{q.end}]"
        return line + (f"  {self.time}" if self.time else "")


def plain_number(value: Decimal | None) -> int | float | None:
    """A Decimal as plain int where whole, else float.

    >>> plain_number(Decimal("1344000")), plain_number(Decimal("92.5")), plain_number(None)
    (1344000, 92.5, None)
    """
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def fact_id(sha256: str, start: int, end: int, kind: str) -> str:
    """A short stable name of a fact: hash of its page, span and kind. It begins with a letter, so that no spreadsheet
    takes it for a number (12e4) and rounds it."""
    return "f" + hashlib.sha256(f"{sha256}:{start}:{end}:{kind}".encode()).hexdigest()[:15]
