"""The sheet for checking by hand: one row a fact, each answer beside an empty cell that asks whether it is right.

In: a table of facts. Out: a `Sheet`, a CSV that opens in a spreadsheet. Judges write 1 or 0 (对/错, y/n, TRUE/FALSE)
into the columns that end in ?; an empty cell or ? leaves a slot unjudged. What each column holds: `docs/table.md`.
"""

from __future__ import annotations

import os
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baodao.errors import BaodaoError, either
from baodao.records import Fact, FactTable
from baodao.records.columns import COLUMNS, Plain
from baodao.records.fact import ROLES
from baodao.records.saved import csv_text, need, read_csv_rows
from baodao.records.tabular import html_table
from baodao.records.view.style import fragment
from baodao.records.view.words import size

__all__ = ["BANDS", "JUDGED", "Sheet", "band", "read_mark", "sample"]

JUDGED = ("number", *ROLES)  # the slots to judge; `number` is span, value, hedge and unit, and that it is a fact at all
BANDS = (0.0, 0.5, 0.7, 0.9)  # of confidence: from each to the next
_CONTEXT = ("kind", "confidence", "stratum", "weight", "title", "doc", "source", "article", "start", "end", "text",
            "rule", "fact_id")  # fmt: skip
_ANSWERS = tuple(name for slot in JUDGED for name in (slot, f"{slot}?"))
SHEET_COLUMNS = ("row", "sentence", *_ANSWERS, "note", *_CONTEXT)
_YES = frozenset("1 1.0 y yes t true right 对 對 是 真 正确 √ ✓ ✔".split())
_NO = frozenset("0 0.0 n no f false wrong 错 錯 否 假 错误 不对 × ✗ ✘".split())
_UNJUDGED = frozenset(["", "?", "nan", "none", "不明", "不确定"])
_SUFFIXES = (".csv", ".tsv", ".txt")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}

Row = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """Rows to check, in the order of the table.

    Attributes:
        rows: dicts with `row` (from 1), `sentence` (the number in 【】), each slot and its cell to judge (`what`,
            `what?` …), `note` for remarks, then what leads back to the fact; `weight` is the number of facts of the
            table that the row stands for.
    """

    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """CSV text, or a file that opens in Excel (UTF-8 with BOM)."""
        text = csv_text(SHEET_COLUMNS, self.rows)
        if path is None:
            return text
        Path(path).write_bytes(text.encode("utf-8-sig", "replace"))
        return None

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`; `evaluate` takes it back with its cells filled.

        Raises:
            BaodaoError: BD150, pandas is not installed.
        """
        return need("pandas", "pandas", "to_pandas()").DataFrame(list(self.rows), columns=list(SHEET_COLUMNS))

    @classmethod
    def read(cls, source: Sheet | str | os.PathLike[str] | Iterable[Mapping[str, Any]]) -> Sheet:
        """A sheet from its CSV file (as a spreadsheet saved it), from a pandas or polars frame, or from dicts.

        Raises:
            BaodaoError: BD161 no such file; BD162 a workbook instead of CSV; BD180 a column of the sheet is missing.
        """
        if isinstance(source, Sheet):
            return source
        name = str(source) if isinstance(source, str | os.PathLike) else "rows"
        if isinstance(source, str | os.PathLike):
            if Path(source).suffix.lower() not in _SUFFIXES:
                raise BaodaoError("BD162", path=name, known=" ".join(_SUFFIXES))
            rows: Iterable[Mapping[str, Any]] = read_csv_rows(source)
        elif hasattr(source, "to_dicts"):
            rows = source.to_dicts()
        elif hasattr(source, "to_dict"):
            rows = source.to_dict("records")
        else:
            rows = source
        kept = tuple(dict(row) for row in rows)
        wanted = ("fact_id", "kind", "confidence", *(f"{slot}?" for slot in JUDGED))
        missing = [name for name in wanted if kept and name not in kept[0]]
        if missing or not kept:
            columns = ", ".join(missing)
            reason = either(f"缺列 {columns}", f"no column {columns}") if kept else either("没有行", "no rows")
            raise BaodaoError(
                "BD180", file=name, line=1, reason=reason,
                remedy=either("用 baodao sample 抽样,保留它的列。", "Draw it with baodao sample; keep its columns."),
            )  # fmt: skip
        return cls(kept)

    def _repr_html_(self) -> str:
        shown = ("row", "sentence", *JUDGED)
        rows = [[row.get(name) for name in shown] for row in self.rows[:20]]
        return fragment(html_table(shown, rows, f"{len(rows)} / {len(self)}"))


def sample(facts: FactTable | str | os.PathLike[str], n: int = 200, *, seed: int = 0, by: str = "") -> Sheet:
    """Draw facts to check by hand.

    Args:
        facts: the whole table, or where it was saved.
        n: how many; all of them if there are fewer.
        seed: the same seed draws the same facts; with no `by` they are those of `facts.sample(n, seed)`.
        by: a column whose values shall all be well seen, `kind`, `bound`, `program_via` …, or `confidence` (in bands):
            as many facts of each value as can be. The sheet's `weight` lets `evaluate` tell the share in the table.

    Raises:
        BaodaoError: BD172, no such column, or more values than `n`; those of `FactTable.read`.
    """
    table = facts if isinstance(facts, FactTable) else FactTable.read(facts)
    if by and by not in COLUMNS:
        raise BaodaoError("BD172", name="by", value=by, known=", ".join(COLUMNS))
    strata: dict[str, list[int]] = defaultdict(list)
    for index, fact in enumerate(table):
        strata[_stratum(fact, by)].append(index)
    if len(strata) > n:
        raise BaodaoError("BD172", name="n", value=n, known=f">= {len(strata)} ({by or '1'})")
    sizes = _share_out({name: len(members) for name, members in strata.items()}, n)
    draw = random.Random(seed)
    chosen: dict[int, tuple[str, float]] = {}
    for name in sorted(strata):
        for index in draw.sample(strata[name], sizes[name]):
            chosen[index] = name, len(strata[name]) / sizes[name]
    marked = _marked_sentences(table)
    return Sheet(tuple(_row(k, table[i], marked[i], *chosen[i]) for k, i in enumerate(sorted(chosen), 1)))


def band(confidence: float) -> str:
    """The band of a confidence.

    >>> band(0.93), band(0.5)
    ('0.9-1', '0.5-0.7')
    """
    edges = (*BANDS[1:], 1.0)
    k = sum(confidence >= edge for edge in BANDS[1:])
    return f"{BANDS[k]:g}-{edges[k]:g}"


def read_mark(cell: object) -> bool | None:
    """What a judge wrote: right, wrong, or (None) nothing.

    >>> [read_mark(cell) for cell in ("对", "0", "Ｙ", True, "", "？")]
    [True, False, True, True, None, None]

    Raises:
        ValueError: it is no mark.
    """
    mark = str("" if cell is None else cell).translate(_WIDE).strip().lower()
    if mark in _UNJUDGED:
        return None
    if mark in _YES or mark in _NO:
        return mark in _YES
    raise ValueError(f"{cell!r} is no mark")


def _stratum(fact: Fact, by: str) -> str:
    if not by:
        return ""
    return band(fact.confidence) if by == "confidence" else str(fact.to_dict()[by])


def _share_out(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many to draw of each stratum: as equal as can be, small ones whole."""
    shares: dict[str, int] = {}
    left = n
    for position, name in enumerate(sorted(sizes, key=lambda name: (sizes[name], name))):
        shares[name] = min(sizes[name], left // (len(sizes) - position))
        left -= shares[name]
    return shares


def _row(number: int, fact: Fact, sentence: str, stratum: str, weight: float) -> Row:
    answers: dict[str, Plain] = {role: getattr(fact, role) for role in ROLES}
    answers |= {"number": size(fact.quantity), "region": f"{fact.region_name} {fact.region}".strip()}
    context = {**fact.to_dict(), "stratum": stratum, "weight": round(weight, 6)}
    return {
        "row": number, "sentence": sentence, **dict.fromkeys(_ANSWERS, ""), **answers, "note": "",
        **{name: context[name] for name in _CONTEXT},
    }  # fmt: skip


def _marked_sentences(facts: Sequence[Fact] | FactTable) -> list[str]:
    """Each fact's sentence with its number in 【】; of equal wordings in it the later fact takes the later."""
    marked = [""] * len(facts)
    reached: dict[tuple[str, str, int, str], int] = {}
    for index in sorted(range(len(facts)), key=lambda i: facts[i].start):
        fact = facts[index]
        key = fact.doc, fact.source, fact.article, fact.sentence
        wording = r"\s*".join(map(re.escape, "".join(fact.text.split())))
        digits = r"(?<![\d.,])" if fact.text[:1].isdigit() else ""
        found = re.compile(digits + wording).search(fact.sentence, reached.get(key, 0))
        if found is None:
            marked[index] = f"{fact.sentence}【{fact.text}】"
            continue
        reached[key] = found.end()
        marked[index] = f"{fact.sentence[: found.start()]}【{found[0]}】{fact.sentence[found.end() :]}"
    return marked
