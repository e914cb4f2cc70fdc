"""How good it is on the invented corpus: a scorecard that every reader can repeat.

    python -m tests.bench.corpus            writes docs/corpus_scorecard.md

Needs nothing but this folder. No rule was written on `examples/corpus` and no model was trained on it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import baodao
from tests.bench.figures import wilson
from tests.bench.scoring import SLOTS, STRICT, Pair, Row, match, plain, slot_right

__all__ = ["CORPUS", "read_pages", "read_truth", "report"]

CORPUS = Path("examples/corpus")
CARD = Path("docs/corpus_scorecard.md")
HEAD = """# Scorecard of the example corpus

Made by `python -m tests.bench.corpus`, which needs nothing but this repository; never typed by hand.
{pages} invented pages, {reports} reports, {facts} facts that must be found (`examples/corpus`, written by
`python -m baodao.build corpus` with their truth). Nothing was trained or tuned on them. They were invented by the same
people as the library, and as the articles that train it (`build/articles.txt`), so real newspapers remain the harder
and the better judge: see [the scorecard](scorecard.md).

**detection**: the span overlaps a true one by half and its value is right. **strict**: {strict} of it are right too.
Behind each figure stands its 95 % interval (Wilson's).
"""


def main() -> None:
    """Measure and write."""
    truth, given = read_truth(), read_pages()
    CARD.write_text(report(truth, given), encoding="utf-8")
    print(CARD)


def read_truth(folder: Path = CORPUS) -> list[Row]:
    """The true facts."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def read_pages(folder: Path = CORPUS) -> list[Row]:
    """The facts that the library finds on every page of `index.csv`."""
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as lines:
        pages = [
            baodao.analyze_file(folder / row["file"], issue_date=row["issue_date"], paper=row["paper"])
            for row in csv.DictReader(lines)
        ]
    return [row for page in pages for row in page.facts.to_dicts()]


def report(truth: Sequence[Row], given: Sequence[Row]) -> str:
    """The scorecard's text."""
    pairs = match(truth, given)
    head = HEAD.format(
        pages=len({row["doc"] for row in truth}), reports=len({(row["doc"], row["article"]) for row in truth}),
        facts=sum(pair.true is not None for pair in pairs), strict=", ".join(STRICT[:-1]) + " and " + STRICT[-1],
    )  # fmt: skip
    return "\n".join([
        head, "## By kind\n", kinds(pairs),
        "## By field\n\nShare of right answers among the facts found.\n", fields(pairs),
        "Recall only where the truth has an answer and takes no empty one, precision only where one was given.\n",
        named(pairs), "## By genre\n", genres(pairs),
    ])  # fmt: skip


def kinds(pairs: Sequence[Pair]) -> str:
    """Detection and strict rows, all and by kind."""
    table = "| kind | true | given | figure | precision | recall |\n|---|---:|---:|---|---|---|\n"
    for kind in ("all", *sorted({pair.kind for pair in pairs})):
        some = [pair for pair in pairs if kind in ("all", pair.kind)]
        true, given = sum(p.true is not None for p in some), sum(p.given is not None for p in some)
        for figure, slots in (("detection", ()), ("strict", STRICT)):
            right = sum(pair.right(slots) for pair in some)
            table += f"| {kind} | {true} | {given} | {figure} | {wilson(right, given)} | {wilson(right, true)} |\n"
    return table


def fields(pairs: Sequence[Pair]) -> str:
    """How often each field of the facts found is right."""
    found = [pair for pair in pairs if pair.right(())]
    lines = [f"| {slot} | {wilson(sum(p.right((slot,)) for p in found), len(found))} |\n" for slot in SLOTS]
    return "| field | right |\n|---|---|\n" + "".join(lines)


def named(pairs: Sequence[Pair]) -> str:
    """Recall and precision of the fields that may be empty."""
    table = "| field | wanted | recall | given | precision |\n|---|---:|---|---:|---|\n"
    for slot in ("region", "program", "actor", "time"):
        wanted = [
            p.right((slot,)) for p in pairs if p.true and p.true[slot] and "" not in p.true.get(f"{slot}_also", ())
        ]
        given = [slot_right(slot, p.true, p.given) for p in pairs if p.true and p.given and plain(p.given[slot])]
        table += f"| {slot} | {len(wanted)} | {wilson(sum(wanted), len(wanted))} "
        table += f"| {len(given)} | {wilson(sum(given), len(given))} |\n"
    return table


def genres(pairs: Sequence[Pair], folder: Path = CORPUS) -> str:
    """Strict recall by what a report is about."""
    with (folder / "reports.csv").open(encoding="utf-8-sig", newline="") as lines:
        genre = {(row["doc"], row["article"]): row["genre"] for row in csv.DictReader(lines)}
    judged: dict[str, list[bool]] = {}
    for pair in pairs:
        if pair.true:
            judged.setdefault(genre[pair.true["doc"], str(pair.true["article"])], []).append(pair.right())
    rows = [f"| {name} | {len(r)} | {wilson(sum(r), len(r))} |\n" for name, r in sorted(judged.items())]
    return "| genre | true | strict recall |\n|---|---:|---|\n" + "".join(rows)


if __name__ == "__main__":
    main()
