"""How two tables of the same pages differ: facts gained, lost and changed, and in which columns.

In: two tables, each document by itself. Facts are one if they have one `fact_id`, or stand in one place. Where the
text of a page changed (so all ids did), facts are one that are printed alike in the same sentence, or alike in the same
order and near by, or stand near by with the same unit, once what was put in or left out before them is reckoned with.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from baodao.errors import BaodaoError, either
from baodao.records import Fact, FactTable
from baodao.records.columns import COLUMNS
from baodao.records.saved import csv_text
from baodao.records.tabular import html_table
from baodao.records.view.style import fragment

__all__ = ["SAID", "Change", "Difference", "diff", "match"]

# what a fact says; place, confidence and the way it was found may move without changing it
SAID = ("text", "kind", "value", "low", "high", "bound", "unit", "what", "predicate", "region", "program", "actor",
        "time")  # fmt: skip
_LONGEST = 60  # characters that a printed quantity may have
_REACH = 60  # characters that a mended sentence may push a quantity on


class Change(NamedTuple):
    """One fact before and after, and the columns that differ."""

    before: Fact
    after: Fact
    columns: tuple[str, ...]

    def __str__(self) -> str:
        old, new = self.before.to_dict(), self.after.to_dict()
        told = "; ".join(f"{name}: {_shown(old[name])} → {_shown(new[name])}" for name in self.columns)
        return f"[{self.after.text} {self.after.start}:{self.after.end}] {told}"


@dataclass(frozen=True)
class Difference:
    """What came of comparing two tables; print it, or take its rows.

    Attributes:
        gained, lost: facts of the second, of the first table alone.
        changed: facts of both that say something else now.
        same: number of facts that say the same.
    """

    gained: FactTable
    lost: FactTable
    changed: tuple[Change, ...]
    same: int

    def columns(self) -> dict[str, int]:
        """How many facts changed in each column, most first."""
        return dict(Counter(name for change in self.changed for name in change.columns).most_common())

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dict a difference: `difference` (gained, lost, changed), `changed` (its columns), the fact's columns,
        and for a change `old_…` of each column that differs."""
        rows: list[dict[str, Any]] = []
        for word, table in (("gained", self.gained), ("lost", self.lost)):
            rows += [{"difference": word, "changed": "", **fact.to_dict()} for fact in table]
        for change in self.changed:
            old = change.before.to_dict()
            rows.append({
                "difference": "changed", "changed": " ".join(change.columns), **change.after.to_dict(),
                **{f"old_{name}": old[name] for name in change.columns},
            })  # fmt: skip
        return rows

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """CSV text, or a file that opens in Excel (UTF-8 with BOM)."""
        rows = self.to_dicts()
        old = [f"old_{name}" for name in COLUMNS if any(f"old_{name}" in row for row in rows)]
        text = csv_text(("difference", "changed", *old, *COLUMNS), rows)
        if path is None:
            return text
        Path(path).write_bytes(text.encode("utf-8-sig", "replace"))
        return None

    def __str__(self) -> str:
        return "\n".join([self._headline(), *self._lines()])

    def _headline(self) -> str:
        counts = len(self.gained), len(self.lost), len(self.changed), self.same
        form = either("增 {} · 失 {} · 变 {} · 同 {}", "gained {} · lost {} · changed {} · same {}")
        columns = ", ".join(f"{name} {count}" for name, count in self.columns().items())
        return form.format(*counts) + (f" ({columns})" if columns else "")

    def _lines(self) -> Iterator[str]:
        yield from (f"+ {_where(fact)}{fact}" for fact in self.gained)
        yield from (f"- {_where(fact)}{fact}" for fact in self.lost)
        yield from (f"~ {_where(change.after)}{change}" for change in self.changed)

    def __repr__(self) -> str:
        return f"Difference({self._headline()})"

    def _repr_html_(self) -> str:
        lines = [(line[0], line[2:]) for line in self._lines()]
        return fragment(html_table(("", ""), lines[:200], self._headline()))


def diff(
    before: FactTable | str | os.PathLike[str],
    after: FactTable | str | os.PathLike[str],
    *,
    columns: Sequence[str] = SAID,
) -> Difference:
    """Compare two tables of facts: two versions of the library, two settings, two readings of a text.

    Args:
        before, after: tables, or where they were saved. Pages are told apart by `doc`, and by `source` where one
            name is several files.
        columns: those in which a fact may change; by default what it says, not its place, confidence, rule or ways.

    Raises:
        BaodaoError: BD172, no such column; those of `FactTable.read`.
    """
    for name in columns:
        if name not in COLUMNS:
            raise BaodaoError("BD172", name="columns", value=name, known=", ".join(COLUMNS))
    old, new = (table if isinstance(table, FactTable) else FactTable.read(table) for table in (before, after))
    pairs = match([fact.to_dict() for fact in old], [fact.to_dict() for fact in new])
    changed = []
    for i, j in pairs:
        a, b = old[i].to_dict(), new[j].to_dict()
        if differing := tuple(name for name in columns if a[name] != b[name]):
            changed.append(Change(old[i], new[j], differing))
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return Difference(
        FactTable(fact for j, fact in enumerate(new) if j not in right),
        FactTable(fact for i, fact in enumerate(old) if i not in left),
        tuple(changed), len(pairs) - len(changed),
    )  # fmt: skip


Row = dict[str, Any]
Pair = tuple[int, int]


def match(before: Sequence[Row], after: Sequence[Row]) -> list[Pair]:
    """Which rows of two tables are one fact, as pairs of indexes in the order of `after`; each is in one pair at most.

    >>> old = [{"fact_id": "a", "doc": "p", "start": 3, "end": 6, "text": "300户", "sentence": "共300户。"}]
    >>> match(old, [{**old[0], "fact_id": "b", "start": 9, "end": 12}])  # nine characters were put in before it
    [(0, 0)]
    """
    several = _told_by_source(before) | _told_by_source(after)
    olds, news = _by_document(before, several), _by_document(after, several)
    pairs = [pair for doc, new in news.items() for pair in _match_page(before, after, olds.get(doc, []), new)]
    return sorted(pairs, key=lambda pair: pair[1])


def _match_page(before: Sequence[Row], after: Sequence[Row], old: list[int], new: list[int]) -> list[Pair]:
    pairs = _alike(before, after, old, new, ("fact_id",))
    if pairs:
        return pairs + _near(before, after, _rest(pairs, old, new), pairs, 0)
    # another text: ids are hashes of it
    pairs = _alike(before, after, old, new, ("text", "sentence"))
    pairs += _in_order(before, after, _rest(pairs, old, new), pairs)
    return pairs + _near(before, after, _rest(pairs, old, new), pairs, _REACH)


def _rest(pairs: list[Pair], old: list[int], new: list[int]) -> tuple[list[int], list[int]]:
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    return [i for i in old if i not in left], [j for j in new if j not in right]


def _in_order(
    before: Sequence[Row], after: Sequence[Row], rest: tuple[list[int], list[int]], pairs: list[Pair]
) -> list[Pair]:
    """Facts printed alike, in the same order, not far from where they are looked for."""
    old = sorted(rest[0], key=lambda i: before[i]["start"])
    new = sorted(rest[1], key=lambda j: after[j]["start"])
    # a row without text is like no other
    texts = [before[i].get("text") or i for i in old], [after[j].get("text") or ~j for j in new]
    shift = _shifts(before, after, pairs)
    found = []
    for block in SequenceMatcher(None, *texts, autojunk=False).get_matching_blocks():
        for i, j in zip(old[block.a : block.a + block.size], new[block.b : block.b + block.size], strict=True):
            start = before[i]["start"]
            if abs(start + shift(start) - after[j]["start"]) <= _REACH:
                found.append((i, j))
    return found


def _near(
    before: Sequence[Row], after: Sequence[Row], rest: tuple[list[int], list[int]], pairs: list[Pair], reach: int
) -> list[Pair]:
    """Facts whose spans overlap, or lie within `reach`, the nearest first."""
    shift = _shifts(before, after, pairs)
    free = sorted((after[j]["start"], j) for j in rest[1])
    options = []
    for i in rest[0]:
        moved = shift(before[i]["start"])
        first = bisect_left(free, (before[i]["start"] + moved - _LONGEST - reach, -1))
        last = bisect_left(free, (before[i]["end"] + moved + reach, -1))
        for _, j in free[first:last]:
            far = _far(before[i], after[j], moved)
            same = all(before[i].get(name) == after[j].get(name) for name in ("kind", "unit"))
            if far < 0 or (far < reach and same):
                options.append((far, i, j))
    found: list[Pair] = []
    left, right = set(rest[0]), set(rest[1])
    for _, i, j in sorted(options):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            found.append((i, j))
    return found


def _alike(
    before: Sequence[Row], after: Sequence[Row], old: list[int], new: list[int], names: tuple[str, ...]
) -> list[Pair]:
    """Facts that agree in all of `names`, the first with the first."""
    waiting: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for i in reversed(old):
        waiting[tuple(before[i].get(name) for name in names)].append(i)
    found = []
    for j in new:
        key = tuple(after[j].get(name) for name in names)
        if all(key) and waiting[key]:
            found.append((waiting[key].pop(), j))
    return found


def _shifts(before: Sequence[Row], after: Sequence[Row], pairs: list[Pair]) -> Callable[[int], int]:
    """How far the matched fact nearest to a place has moved."""
    anchors = sorted((before[i]["start"], after[j]["start"] - before[i]["start"]) for i, j in pairs)
    starts = [start for start, _ in anchors]

    def shift(at: int) -> int:
        k = bisect_left(starts, at)
        beside = anchors[max(k - 1, 0) : k + 1]
        return min(beside, key=lambda anchor: abs(anchor[0] - at))[1] if beside else 0

    return shift


def _far(a: Row, b: Row, shift: int) -> float:
    """How far two spans are apart, the first moved by `shift`: characters between them; of spans that overlap, the
    shared part, negative: -1 for the same."""
    start, end = int(a["start"]) + shift, int(a["end"]) + shift
    inner, outer = min(end, b["end"]) - max(start, b["start"]), max(end, b["end"]) - min(start, b["start"])
    return -inner / outer if inner > 0 else float(-inner)


def _told_by_source(rows: Sequence[Row]) -> set[str]:
    """The documents of one name that are several files."""
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        sources[row.get("doc") or ""].add(row.get("source") or "")
    return {doc for doc, paths in sources.items() if len(paths) > 1}


def _by_document(rows: Sequence[Row], several: set[str]) -> dict[tuple[str, str], list[int]]:
    """The rows of each page: a folder may have moved, so the path counts only where the name says too little."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        doc, source = row.get("doc") or "", row.get("source") or ""
        found[doc, source if doc in several else ""].append(index)
    return found


def _where(fact: Fact) -> str:
    return f"{fact.doc or fact.source}: " if fact.doc or fact.source else ""


def _shown(value: object) -> str:
    return "–" if value in ("", None) else str(value)
