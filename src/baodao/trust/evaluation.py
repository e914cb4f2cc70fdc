"""What a checked sheet says: precision of each slot by kind and by confidence, and how far two judges agree.

In: one sheet, or two of the same draw. Out: an `Evaluation`. A row is strictly right if number, what, region and
program are (as in the scorecard); one wrong slot makes it wrong, and right it is only when all four were judged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from baodao.errors import BaodaoError, either
from baodao.records.saved import need
from baodao.records.tabular import html_table, text_table
from baodao.records.view.style import fragment
from baodao.trust.figures import Figure, kappa, weighted
from baodao.trust.sheet import BANDS, JUDGED, Sheet, band, read_mark

__all__ = ["Agreement", "Disagreement", "Evaluation", "Line", "evaluate"]

STRICT = ("number", "what", "region", "program")
SLOTS = ("strict", "all", *JUDGED)
KINDS = ("count", "amount", "rate", "measure")

SheetSource = Sheet | str | os.PathLike[str] | Iterable[Mapping[str, Any]]


class Line(NamedTuple):
    """The figure of one slot in one group of rows: `all`, a kind, or a band of confidence (`0.7-0.9`)."""

    group: str
    slot: str  # one of JUDGED; `strict`, or `all` for every slot of the row
    figure: Figure
    believed: float | None = None  # mean confidence of the rows judged


class Agreement(NamedTuple):
    """How two judges agree on a slot."""

    slot: str
    size: int  # rows that both judged
    share: float | None  # of them with the same mark
    kappa: float | None  # Cohen's; None where both gave one and the same mark throughout


class Disagreement(NamedTuple):
    """A row on whose slot two judges differ."""

    row: object
    fact_id: str
    slot: str
    answer: str
    first: bool
    second: bool
    sentence: str

    def __str__(self) -> str:
        words = either("错", "wrong"), either("对", "right")
        told = f"{self.row}  {self.slot}: {words[self.first]} / {words[self.second]}"
        return f"{told}  {self.answer or '–'}  {self.sentence}"


@dataclass(frozen=True)
class Evaluation:
    """Precision with 95 % intervals; print it, or take its table.

    Attributes:
        lines: a figure for each group and slot.
        size: rows of the sheet; `judged`: those with at least one mark.
        weighted: whether the rows stand for different numbers of facts (a stratified draw); figures then tell the
            share in the whole table.
        agreement, differ: of a second judge.
    """

    lines: tuple[Line, ...]
    size: int
    judged: int
    weighted: bool
    agreement: tuple[Agreement, ...] = ()
    differ: tuple[Disagreement, ...] = ()

    def figure(self, slot: str = "strict", group: str = "all") -> Figure:
        """The figure of a slot in a group.

        Raises:
            BaodaoError: BD172, there is no such group or slot.
        """
        for line in self.lines:
            if (line.group, line.slot) == (group, slot):
                return line.figure
        known = dict.fromkeys(f"{line.group}/{line.slot}" for line in self.lines)
        raise BaodaoError("BD172", name="figure", value=f"{group}/{slot}", known=", ".join(known))

    def to_dicts(self) -> list[dict[str, Any]]:
        """One flat dict a line: group, slot, precision, low, high, size, believed."""
        return [
            {"group": line.group, "slot": line.slot, "precision": line.figure.share if line.figure.size else None,
             "low": line.figure.low if line.figure.size else None,
             "high": line.figure.high if line.figure.size else None, "size": line.figure.size,
             "believed": line.believed}
            for line in self.lines
        ]  # fmt: skip

    def to_pandas(self) -> Any:
        """The lines as a `pandas.DataFrame`.

        Raises:
            BaodaoError: BD150, pandas is not installed.
        """
        return need("pandas", "pandas", "to_pandas()").DataFrame(self.to_dicts())

    def __str__(self) -> str:
        parts = [self._headline(), text_table(*self._slot_table()), text_table(*self._group_table())]
        if self.agreement:
            parts.append(text_table(*self._agreement_table()))
        return "\n\n".join([*parts, "\n".join(map(str, self.differ))]).strip()

    def __repr__(self) -> str:
        return f"Evaluation(strict {self.figure()}, {self.judged} of {self.size} rows judged)"

    def _headline(self) -> str:
        told = either(
            f"共 {self.size} 行,已判 {self.judged} 行。准确率与 95% 区间(Wilson)。\n"
            "strict:数值、事物、地区、项目皆对。",
            f"{self.judged} of {self.size} rows judged. Precision with Wilson's 95 % interval.\n"
            "strict: number, what, region and program are right.",
        )
        weighted = either("\n已按抽样权重折算到全表。", "\nWeighted to the whole table.")
        return told + (weighted if self.weighted else "")

    def _slot_table(self) -> tuple[list[str], list[list[Any]]]:
        """The slots, overall with interval, and their shares by kind."""
        kinds = [kind for kind in KINDS if any(line.group == kind for line in self.lines)]
        rows = []
        for slot in SLOTS:
            figures = [self.figure(slot, kind) for kind in kinds]
            whole = self.figure(slot)
            rows.append([slot, whole.size, str(whole), *(f"{f.share:.3f}" if f.size else "-" for f in figures)])
        return ["", either("行", "rows"), either("准确率", "precision"), *kinds], rows

    def _group_table(self) -> tuple[list[str], list[list[Any]]]:
        """Strict rows by kind and by confidence, beside how far the table itself believed them."""
        header = ["", either("行", "rows"), "strict", either("平均置信", "mean confidence")]
        return header, [
            [line.group, line.figure.size, str(line.figure), "-" if line.believed is None else f"{line.believed:.3f}"]
            for line in self.lines
            if line.slot == "strict"
        ]

    def _agreement_table(self) -> tuple[list[str], list[list[Any]]]:
        header = [either("两人判断", "two judges"), either("行", "rows"), either("一致", "agree"), "kappa"]
        return header, [
            [a.slot, a.size, "-" if a.share is None else f"{a.share:.1%}", "-" if a.kappa is None else f"{a.kappa:.3f}"]
            for a in self.agreement
        ]

    def _repr_html_(self) -> str:
        told = html_table(*self._slot_table(), caption=self._headline()) + html_table(*self._group_table())
        return fragment(told + (html_table(*self._agreement_table()) if self.agreement else ""))


def evaluate(sheet: SheetSource, second: SheetSource | None = None) -> Evaluation:
    """Read a checked sheet.

    Args:
        sheet: its file, or a frame or dicts with the columns of `Sheet`. The figures are of this one.
        second: the same draw as another judge marked it; settle what they differ on, then evaluate the settled sheet.

    Raises:
        BaodaoError: BD161 no such file; BD162 a workbook instead of CSV; BD180 a column is missing; BD181 a cell is no
            mark (row and column named).
    """
    first = _read(sheet)
    lines = tuple(line for group, cases in _groups(first) for line in _lines(group, cases))
    judged = sum(any(mark is not None for mark in case.marks.values()) for case in first)
    pairs = _pairs(first, _read(second)) if second is not None else []
    return Evaluation(
        lines, len(first), judged, len({case.weight for case in first}) > 1,
        tuple(_agreement(slot, pairs) for slot in SLOTS if second is not None),
        tuple(differing for pair in pairs for differing in _differing(*pair)),
    )  # fmt: skip


class _Case(NamedTuple):
    """A checked row."""

    fact_id: str
    kind: str
    confidence: float
    weight: float
    marks: dict[str, bool | None]  # by SLOTS
    row: dict[str, Any]


def _read(source: SheetSource) -> list[_Case]:
    name = str(source) if isinstance(source, str | os.PathLike) else "sheet"
    cases = []
    for number, row in enumerate(Sheet.read(source).rows, 2):  # a spreadsheet's first row is the heading
        marks = {slot: _judged(row, slot, name, number) for slot in JUDGED}
        marks |= {"strict": _together(marks, STRICT), "all": _together(marks, JUDGED)}
        try:
            numbers = float(row["confidence"] or 0), float(row.get("weight") or 1)
        except ValueError as error:
            remedy = either("confidence、weight 两列要是数。", "confidence and weight are numbers.")
            raise BaodaoError("BD180", file=name, line=number, reason=str(error), remedy=remedy) from None
        cases.append(_Case(str(row["fact_id"]), str(row["kind"]), *numbers, marks, row))
    if len({case.weight for case in cases}) == 1:  # a plain draw
        return [case._replace(weight=1.0) for case in cases]
    return cases


def _judged(row: Mapping[str, Any], slot: str, name: str, number: int) -> bool | None:
    try:
        return read_mark(row[f"{slot}?"])
    except ValueError:
        raise BaodaoError("BD181", file=name, line=number, column=f"{slot}?", value=row[f"{slot}?"]) from None


def _together(marks: Mapping[str, bool | None], slots: Sequence[str]) -> bool | None:
    said = [marks[slot] for slot in slots]
    return False if False in said else None if None in said else True


def _groups(cases: Sequence[_Case]) -> Iterator[tuple[str, list[_Case]]]:
    yield "all", list(cases)
    for kind in KINDS:
        if inside := [case for case in cases if case.kind == kind]:
            yield kind, inside
    for name in map(band, BANDS):
        if inside := [case for case in cases if band(case.confidence) == name]:
            yield name, inside


def _lines(group: str, cases: Sequence[_Case]) -> Iterator[Line]:
    for slot in SLOTS:
        judged = [(mark, case) for case in cases if (mark := case.marks[slot]) is not None]
        total = sum(case.weight for _, case in judged)
        believed = sum(case.confidence * case.weight for _, case in judged) / total if total else None
        yield Line(group, slot, weighted((mark, case.weight) for mark, case in judged), believed)


def _pairs(first: Sequence[_Case], second: Sequence[_Case]) -> list[tuple[_Case, _Case]]:
    others = {_key(case): case for case in second}
    return [(case, others[_key(case)]) for case in first if _key(case) in others]


def _key(case: _Case) -> tuple[str, str]:
    return case.fact_id, str(case.row.get("doc", ""))  # a page that was read twice has the same ids twice


def _differing(a: _Case, b: _Case) -> Iterator[Disagreement]:
    for slot in JUDGED:
        first, second, row = a.marks[slot], b.marks[slot], a.row
        if first is not None and second is not None and first != second:
            answer, sentence = str(row.get(slot, "")), str(row.get("sentence", ""))
            yield Disagreement(row.get("row", ""), a.fact_id, slot, answer, first, second, sentence)


def _agreement(slot: str, pairs: Sequence[tuple[_Case, _Case]]) -> Agreement:
    marks = [(x, y) for a, b in pairs if (x := a.marks[slot]) is not None and (y := b.marks[slot]) is not None]
    share = sum(x == y for x, y in marks) / len(marks) if marks else None
    return Agreement(slot, len(marks), share, kappa(marks))
