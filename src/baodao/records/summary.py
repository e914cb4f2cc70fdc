"""A table of facts in short: how many, and how much, by region, program and kind. Units are never added across, rates
never added, hedged values never added to exact ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from baodao.errors import BaodaoError, language
from baodao.records.columns import COLUMNS, Plain
from baodao.records.exact import exact
from baodao.records.fact import Fact, plain_number
from baodao.records.saved import need
from baodao.records.tabular import html_table, text_table
from baodao.records.view.style import fragment

__all__ = ["Summary", "summarize"]

_FIGURES = ("facts", "exact", "total", "hedged", "hedged_total", "smallest", "largest")
_CHINESE = dict(zip(_FIGURES, ("事实", "确数", "合计", "约数", "约数合计", "最小", "最大"), strict=True))
_MOST = 40  # rows shown


@dataclass(frozen=True)
class Summary:
    """Groups of facts of one unit each, the largest first; print it, or take its table.

    Attributes:
        by: the columns that make a group; `unit` is always the last.
        rows: a dict a group: its columns; `facts`; `exact` and their `total`; `hedged` (约, 余, 近, ranges …) and
            `hedged_total` of their printed values (a range counts its low end, a vague number nothing); `smallest` and
            `largest` value. Totals of rates are None.
    """

    by: tuple[str, ...]
    rows: tuple[dict[str, Plain], ...]

    def to_dicts(self) -> list[dict[str, Plain]]:
        """The rows as plain dicts."""
        return [dict(row) for row in self.rows]

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`, one row a group.

        Raises:
            BaodaoError: BD150, pandas is not installed.
        """
        return need("pandas", "pandas", "to_pandas()").DataFrame(self.to_dicts(), columns=[*self.by, *_FIGURES])

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return text_table(*self._table()) + (f"\n… {len(self)}" if len(self) > _MOST else "")

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return fragment(html_table(*self._table(), caption=f"{min(len(self), _MOST)} / {len(self)}"))

    def _table(self) -> tuple[list[str], list[list[Plain]]]:
        names = [*self.by, *_FIGURES]
        header = [_CHINESE.get(name, name) if language() == "zh" else name for name in names]
        return header, [[row[name] for name in names] for row in self.rows[:_MOST]]


def summarize(facts: Iterable[Fact], by: Iterable[str]) -> Summary:
    """Group facts by columns (`province` stands for the first part of `region_path`), and by unit.

    Raises:
        BaodaoError: BD172, no such column.
    """
    names = (*(name for name in dict.fromkeys(by) if name != "unit"), "unit")
    for name in names:
        if name not in (*COLUMNS, "province"):
            raise BaodaoError("BD172", name="by", value=name, known=", ".join((*COLUMNS, "province")))
    groups: dict[tuple[Plain, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        row = {**fact.to_dict(), "province": fact.region_path.split("/")[0]}
        groups[tuple(row[name] for name in names)].append(fact)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), tuple(map(str, item[0]))))
    return Summary(names, tuple({**dict(zip(names, key, strict=True)), **_figures(group)} for key, group in ordered))


def _figures(facts: list[Fact]) -> dict[str, Plain]:
    exact = [fact for fact in facts if fact.bound == "exact"]
    hedged = [fact for fact in facts if fact.bound != "exact"]
    values = [fact.value for fact in facts if fact.value is not None]
    rate = any(fact.kind == "rate" for fact in facts)
    return {
        "facts": len(facts), "exact": len(exact), "total": None if rate else _total(exact), "hedged": len(hedged),
        "hedged_total": None if rate else _total(hedged), "smallest": plain_number(min(values, default=None)),
        "largest": plain_number(max(values, default=None)),
    }  # fmt: skip


@exact()
def _total(facts: list[Fact]) -> int | float | None:
    values = [fact.value for fact in facts if fact.value is not None]
    return plain_number(sum(values, Decimal())) if values else None
