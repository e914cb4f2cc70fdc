"""Figures with their uncertainty, from what the shared scorer paired: shares, tables, lists of errors.

Every figure is a ratio of two sums over units (documents, or the facts of a single page). Its interval is the middle
95 % of 1000 bootstrap samples of the units, seeded; counts without units get Wilson's interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from baodao.trust.figures import Figure, wilson

__all__ = [
    "Fact",
    "Figure",
    "bootstrap",
    "error_lists",
    "facts_of",
    "filled_table",
    "kind_table",
    "slot_table",
    "via_table",
    "wilson",
]  # fmt: skip

SAMPLES = 1000
SEED = 20211123
Row = dict[str, Any]
Ratio = Callable[["Fact"], tuple[int, int]]  # what a fact adds to numerator and denominator


class Fact(NamedTuple):
    """A gold fact, what was predicted for it, and which slots are right; one side is None where it stands alone."""

    unit: str
    gold: Row | None
    given: Row | None
    right: frozenset[str]
    strict: bool

    @property
    def kind(self) -> str:
        """The kind by the gold, else as predicted."""
        return str((self.gold or self.given or {})["kind"])


def bootstrap(facts: Sequence[Fact], ratio: Ratio) -> Figure:
    """The ratio over all facts, and its spread where units are drawn anew."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for fact in facts:
        for side, value in enumerate(ratio(fact)):
            sums[fact.unit][side] += value
    table = np.array([sums[unit] for unit in sorted(sums)], dtype=np.int64).reshape(-1, 2)
    right, size = (int(total) for total in table.sum(axis=0))
    if not size:
        return Figure(0.0, 0.0, 0.0, 0)
    drawn = np.random.default_rng(SEED).integers(0, len(table), (SAMPLES, len(table)))
    totals = table[drawn].sum(axis=1)
    shares = np.sort(totals[:, 0] / np.maximum(totals[:, 1], 1))
    return Figure(right / size, float(shares[SAMPLES // 40]), float(shares[-1 - SAMPLES // 40]), size)


def facts_of(scorer: Any, result: dict[str, Any], *, by_fact: bool = False) -> list[Fact]:
    """The judged facts; units are documents, or single facts where `by_fact`."""
    judged: list[tuple[Row | None, Row | None]] = [
        *((g, p) for g, p in result["_pairs"]), *((g, None) for g in result["_missed"]),
        *((None, p) for p in result["_spurious"]),
    ]  # fmt: skip
    found = []
    for index, (g, p) in enumerate(judged):
        right = frozenset(s for s in scorer.SLOTS if g and p and scorer.slot_right(s, g, p))
        unit = str(index) if by_fact else str((g or p or {}).get("doc", ""))
        found.append(Fact(unit, g, p, right, right >= set(scorer.STRICT)))
    return found


def _whole(strict: bool) -> dict[str, Ratio]:
    def good(fact: Fact) -> int:
        return int(fact.strict if strict else bool(fact.gold and fact.given))

    return {
        "precision": lambda f: (good(f), int(f.given is not None)),
        "recall": lambda f: (good(f), int(f.gold is not None)),
        "F1": lambda f: (2 * good(f), (f.gold is not None) + (f.given is not None)),
    }


def kind_table(facts: Sequence[Fact]) -> str:
    """Detection and strict rows, all and by kind."""
    lines = ["| kind | gold | given | figure | precision | recall | F1 |", "|---|---:|---:|---|---|---|---|"]
    for kind in ("all", *sorted({f.kind for f in facts})):
        some = [f for f in facts if kind in ("all", f.kind)]
        counts = f"{sum(f.gold is not None for f in some)} | {sum(f.given is not None for f in some)}"
        for name in ("detection", "strict"):
            figures = " | ".join(str(bootstrap(some, ratio)) for ratio in _whole(name == "strict").values())
            lines.append(f"| {kind} | {counts} | {name} | {figures} |")
    return "\n".join(lines) + "\n"


def slot_table(facts: Sequence[Fact], slots: Sequence[str]) -> str:
    """How often each slot is right among the facts found, by kind."""
    found = [f for f in facts if f.gold and f.given]
    kinds = ["all", *sorted({f.kind for f in found})]
    lines = ["| slot | " + " | ".join(kinds) + " |", "|---|" + "---|" * len(kinds)]
    for slot in slots:
        cells = [str(bootstrap([f for f in found if kind in ("all", f.kind)], _slot(slot))) for kind in kinds]
        lines.append(f"| {slot} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _slot(slot: str) -> Ratio:
    return lambda f: (int(slot in f.right), 1)


def filled_table(facts: Sequence[Fact], plain: Callable[[Any], str]) -> str:
    """Recall where the gold names it and takes no empty answer; precision of what is given, as the scorer counts."""
    lines = ["| slot | wanted | recall | given | precision |", "|---|---:|---|---:|---|"]
    for slot in ("program", "actor", "time"):
        wanted = [f for f in facts if f.gold and f.gold.get(slot) and "" not in f.gold.get(f"{slot}_also", [])]
        given = [f for f in facts if f.gold and f.given and plain(f.given.get(slot))]
        recall, precision = (bootstrap(some, _slot(slot)) for some in (wanted, given))
        lines.append(f"| {slot} | {len(wanted)} | {recall} | {len(given)} | {precision} |")
    return "\n".join(lines) + "\n"


def via_table(facts: Sequence[Fact]) -> str:
    """How regions, programs and times were found, and how often that was right."""
    lines = ["| slot | via | facts | right |", "|---|---|---:|---|"]
    for slot in ("region", "program", "time"):
        ways: dict[str, list[bool]] = defaultdict(list)
        for f in facts:
            if f.gold and f.given:
                ways[f.given.get(f"{slot}_via") or "left empty"].append(slot in f.right)
        for way in sorted(ways, key=lambda w: (-len(ways[w]), w)):
            lines.append(f"| {slot} | {way} | {len(ways[way])} | {wilson(sum(ways[way]), len(ways[way]))} |")
    return "\n".join(lines) + "\n"


def error_lists(facts: Sequence[Fact], slots: Sequence[str]) -> str:
    """Numbers and places of each class of error; no text."""
    classes: dict[str, Iterable[Fact]] = {
        "missed": (f for f in facts if f.given is None),
        "spurious": (f for f in facts if f.gold is None),
        **{slot: [f for f in facts if f.gold and f.given and slot not in f.right] for slot in slots},
    }
    return "\n".join(_error_list(name, list(wrong)) for name, wrong in classes.items()) + "\n"


def _error_list(name: str, wrong: Sequence[Fact]) -> str:
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for f in wrong:
        row = f.gold or f.given or {}
        places[str(row.get("doc") or "page")].append((row["start"], row["end"]))
    told = "; ".join(
        f"{doc} " + ", ".join(f"{a}-{b}" for a, b in sorted(spans)) for doc, spans in sorted(places.items())
    )
    return f"- **{name}** {len(wrong)}" + (f": {told}" if told else "")
