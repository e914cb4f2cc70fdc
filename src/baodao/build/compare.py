"""Facts gained, lost and changed since a revision, each in its sentence.

    python -m baodao.build compare REV [--bulletins N]

Runs the library of the git revision REV and the present one over the shared dev bulletins (and the first N of
`../shared/data`) and says, where there is gold, which side is right. Only dev bulletins have gold.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from baodao.build.annotations import Bulletin, read_bulletins
from baodao.build.matter import SHARED, load_scorer
from baodao.trust.compare import SAID, match

__all__ = ["Change", "Changes", "compare_rows", "describe"]

_READ = """
import json, sys, baodao
for line in sys.stdin:
    doc, text, day = json.loads(line)
    try:
        page = baodao.analyze(text, issue_date=day, force=True)
    except baodao.BaodaoError:  # some bulletins bear dates that there are not
        page = baodao.analyze(text, force=True)
    for row in page.facts.to_dicts():
        print(json.dumps({**row, "doc": doc}, default=str))
"""

Row = dict[str, Any]
Verdict = Callable[[Row, str], bool | None]  # whether a slot of a row ("" for the strict row) is right; None: no gold


class Change(NamedTuple):
    """One fact before and after, and the slots that differ."""

    before: Row
    after: Row
    slots: tuple[str, ...]


class Changes(NamedTuple):
    """What came of comparing two readings."""

    gained: list[Row]
    lost: list[Row]
    changed: list[Change]


def compare_rows(before: Iterable[Row], after: Iterable[Row]) -> Changes:
    """Match the facts of two readings, one to one, as `baodao.diff` does.

    >>> old = {"doc": "a", "start": 3, "end": 6, "what": "户"}
    >>> compare_rows([old], [old | {"end": 7, "what": "农户"}]).changed[0].slots
    ('what',)
    """
    old, new = list(before), list(after)
    pairs = match(old, new)
    found = Changes([], [], [])
    for i, j in pairs:
        slots = tuple(slot for slot in SAID if _plain(old[i].get(slot)) != _plain(new[j].get(slot)))
        if slots:
            found.changed.append(Change(old[i], new[j], slots))
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    found.lost.extend(row for i, row in enumerate(old) if i not in left)
    found.gained.extend(row for j, row in enumerate(new) if j not in right)
    return found


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def describe(changes: Changes, old: Verdict, new: Verdict) -> Iterator[str]:
    """The lines of the report: counts first, then every fact in its sentence."""
    yield f"gained {len(changes.gained)}{_rights([new(row, '') for row in changes.gained])}"
    yield f"lost {len(changes.lost)}{_rights([old(row, '') for row in changes.lost])}"
    yield f"changed {len(changes.changed)}{_turns([(old(c.before, ''), new(c.after, '')) for c in changes.changed])}"
    counts = Counter(slot for change in changes.changed for slot in change.slots)
    for slot in sorted(counts, key=SAID.index):
        turns = [(old(c.before, slot), new(c.after, slot)) for c in changes.changed if slot in c.slots]
        yield f"  {slot} {counts[slot]}{_turns(turns)}"
    for sign, rows, verdict in (("+", changes.gained, new), ("-", changes.lost, old)):
        for row in rows:
            told = " ".join(f"{s}={_plain(row.get(s))}" for s in SAID[1:] if _plain(row.get(s)))
            yield f"\n{sign} {_place(row)} {told}{_word(verdict(row, ''))}\n    {_sentence(row)}"
    for change in changes.changed:
        yield f"\n~ {_place(change.after)}"
        for slot in change.slots:
            was, now = _plain(change.before.get(slot)) or "∅", _plain(change.after.get(slot)) or "∅"
            yield f"    {slot}: {was}{_word(old(change.before, slot))} → {now}{_word(new(change.after, slot))}"
        yield f"    {_sentence(change.after)}"


def _place(row: Row) -> str:
    return f"{row.get('doc') or ''} {row['start']}-{row['end']} {_plain(row.get('text'))}"


def _sentence(row: Row) -> str:
    return " ".join(_plain(row.get("sentence")).split())


def _word(right: bool | None) -> str:
    return "" if right is None else " (right)" if right else " (wrong)"


def _rights(verdicts: Sequence[bool | None]) -> str:
    known = [v for v in verdicts if v is not None]
    return f" ({sum(known)} right, {len(known) - sum(known)} wrong)" if known else ""


def _turns(turns: Sequence[tuple[bool | None, bool | None]]) -> str:
    better, worse = turns.count((False, True)), turns.count((True, False))
    known = any(None not in turn for turn in turns)
    return f" ({better} became right, {worse} became wrong)" if known else ""


def judge_rows(scorer: Any, gold: list[Row], rows: list[Row]) -> Verdict:
    """The verdict on the slots of these rows by the gold; none on rows of documents without gold and optional ones."""
    named = {row["doc"] for row in gold}
    result = scorer.score(gold, [row for row in rows if row["doc"] in named])
    answers = {id(p): g for g, p in result["_pairs"]}
    spurious = {id(p) for p in result["_spurious"]}

    def verdict(row: Row, slot: str) -> bool | None:
        answer = answers.get(id(row))
        if answer is None:
            return False if not slot and id(row) in spurious else None
        if not slot:
            return all(scorer.slot_right(s, answer, row) for s in scorer.STRICT)
        return bool(scorer.slot_right(slot, answer, row)) if slot in scorer.SLOTS else None

    return verdict


def read_with(source: Path, bulletins: Sequence[Bulletin]) -> list[Row]:
    """The facts that the library in the folder `source` finds, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _READ], input="".join(json.dumps(b) + "\n" for b in bulletins), text=True, check=False,
        capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(source), "PYTHONUTF8": "1"},
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"the library in {source} failed:\n{done.stderr[-2000:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def read_revision(revision: str, bulletins: Sequence[Bulletin]) -> list[Row]:
    """The facts that the library of a git revision finds."""
    packed = subprocess.run(["git", "archive", "--format=tar", revision, "src"], capture_output=True, check=False)
    if packed.returncode:
        sys.exit(f"git knows no revision {revision!r} with a folder src:\n{packed.stderr.decode()}")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            files.extractall(folder, filter="data")
        return read_with(Path(folder) / "src", bulletins)


def read_dev() -> list[Bulletin]:
    """The bulletins that have gold."""
    lines = (SHARED / "dev" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        (entry["doc"], (SHARED / "dev" / f"{entry['doc']}.txt").read_bytes().decode("utf-8"), entry["date"])
        for entry in map(json.loads, lines)
    ]


def main(arguments: Sequence[str]) -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(prog="python -m baodao.build compare", description="facts gained and lost")
    parser.add_argument("revision", metavar="REV", help="git revision to compare with: main, HEAD~1, a hash")
    parser.add_argument("--bulletins", type=int, default=0, metavar="N", help="also the first N of ../shared/data")
    asked = parser.parse_args(arguments)
    scorer = load_scorer()
    bulletins = [*read_dev(), *(b for _, b in zip(range(asked.bulletins), read_bulletins(), strict=False))]
    before = read_revision(asked.revision, bulletins)
    after = read_with(Path(__file__).parents[2], bulletins)
    gold = scorer.load(str(SHARED / "dev_facts.jsonl"))
    print(f"{len(bulletins)} bulletins, {len(before)} facts in {asked.revision}, {len(after)} now")
    for line in describe(
        compare_rows(before, after), judge_rows(scorer, gold, before), judge_rows(scorer, gold, after)
    ):
        print(line)
