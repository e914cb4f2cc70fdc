"""What views say: the label and name of each kind, a quantity with its hedge and unit, the hover text of a mention;
and how much of a long page they show by themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from baodao.records.exact import exact

if TYPE_CHECKING:
    from baodao.records.fact import Fact
    from baodao.records.mention import Mention, Quantity

__all__ = [
    "KINDS",
    "MOST_ARTICLES",
    "MOST_CHARACTERS",
    "MOST_ROWS",
    "QUANTITIES",
    "ROLE_NAMES",
    "describe",
    "is_doubtful",
    "is_inferred",
    "size",
]

KINDS = {  # the label beside a mark, and the kind's name
    "count": ("数", "计数"), "amount": ("额", "金额"), "rate": ("率", "比率"), "measure": ("量", "度量"),
    "time": ("时", "时间"), "region": ("地", "地区"), "organization": ("机", "机构"), "program": ("项", "项目"),
    "person": ("人", "人物"), "number": ("号", "其他数字"), "ordinal": ("序", "序数"), "age": ("龄", "年龄"),
    "duration": ("期", "时长"), "frequency": ("频", "频率"),
}  # fmt: skip
QUANTITIES = ("count", "amount", "rate", "measure")  # kinds that facts are anchored on
ROLE_NAMES = {"what": "事物", "predicate": "谓词", "region": "地区", "program": "项目", "actor": "主体", "time": "时间"}
_SIGNS = {"exact": "", "about": "≈ ", "over": "≥ ", "under": "≤ ", "range": "", "vague": "≈ "}
MOST_ARTICLES = 3
MOST_CHARACTERS = 20_000
MOST_ROWS = 60
_SURE = 0.5  # a row is doubtful that is more probably wrong than right


def is_doubtful(fact: Fact) -> bool:
    """Whether the fact carries a note, or is more probably wrong somewhere than right."""
    return bool(fact.notes) or fact.confidence < _SURE


def is_inferred(via: str) -> bool:
    """Whether a role was looked for outside the clause of its quantity."""
    return via not in ("", "stated", "clause")


def size(quantity: Quantity) -> str:
    """A quantity as a reader reads it: hedge, number, unit.

    >>> from baodao import analyze
    >>> [size(fact.quantity) for fact in analyze("某县投入1.2万余元，招募三到五名社工，覆盖三分之二的村。").facts]
    ['≥ 12,000 CNY', '3–5 名', '66.67 %']
    """
    low, high = quantity.low, quantity.high
    if quantity.bound in ("range", "vague") and low is not None and high is not None:
        number = f"{_grouped(low)}–{_grouped(high)}"
    else:
        number = "" if quantity.value is None else _grouped(quantity.value)
    return f"{_SIGNS[quantity.bound]}{number} {quantity.unit}".strip()


def describe(mention: Mention) -> str:
    """The hover text of a mention: kind, wording, offsets, value and rule."""
    match mention.kind:
        case "time":
            value = mention.repeat or mention.iso or "?"
        case "region":
            value = f"{'/'.join(mention.path)} {mention.adcode or '?'}".strip()
        case "organization" | "program" | "person":
            value = mention.name
        case _:
            value = f"{mention.bound} {size(mention)}"
    name = KINDS[mention.kind][1]
    return f"{name} {mention.kind} “{mention.surface}” [{mention.start}:{mention.end}]\n= {value}\n{mention.rule}"


@exact()
def _grouped(number: Decimal) -> str:
    """Digits in threes; what does not end is cut to two decimals."""
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize() if len(number.as_tuple().digits) < 12 else round(number, 2):,}"
