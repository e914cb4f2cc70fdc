"""The public suites of numbers and times, counted twice: all cases, and all but those left out on purpose.

    python -m tests.bench.suites [prefix]

Prints both figures of every suite and, without a prefix, writes docs/suites.md. What is left out, and why, is
`tests/cases/suites_left_out.toml`. Needs the team's shared folder beside the project.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.adapters import extract

SHARED = Path(__file__).parents[3] / "shared" / "suites"
LEFT_OUT = Path(__file__).parents[1] / "cases" / "suites_left_out.toml"
PAGE = Path(__file__).parents[2] / "docs" / "suites.md"
MOST = 0.15  # of a suite may be left out

HEAD = """# What the public suites want, and what we do not give

Made by `python -m tests.bench.suites`; never typed by hand. The suites are those of Recognizers-Text (rt), Duckling
(dk), JioNLP (jio), cn2an and the UD Chinese treebank (ud). *strict*: exactly the expected mentions, spans, values and
units; *value*: every expected mention has its value. The treebank counts numbers whose value and classifier are right.

| suite | cases | strict | value | left out | strict on the rest | value on the rest |
|---|---:|---:|---:|---:|---:|---:|
"""
CLASSES = """
## Left out

These cases contradict `FACTS.md` or want what the reader of a newspaper would not. They fail on purpose; what fails and
is not in this list is a fault.

| they want | why not | cases |
|---|---|---|
"""


class Figures(NamedTuple):
    """Cases, and how many of them are strictly right and right in value."""

    cases: int
    strict: int
    value: int

    def share(self, right: int) -> float:
        """Percent of the cases."""
        return 100 * right / self.cases if self.cases else 100.0


class Verdict(NamedTuple):
    """One case, judged."""

    suite: str
    number: int
    strict: bool
    value: bool


def classes() -> list[dict[str, Any]]:
    """What is left out: `wants`, `reason` and `cases` by suite."""
    return list(tomllib.loads(LEFT_OUT.read_text(encoding="utf-8"))["class"])


def left_out() -> dict[str, set[int]]:
    """The numbers of the cases left out, by suite."""
    found: dict[str, set[int]] = defaultdict(set)
    for group in classes():
        for suite, numbers in group["cases"].items():
            found[suite].update(numbers)
    return dict(found)


def verdicts(prefix: str = "") -> Iterator[Verdict]:
    """Every case of the suites whose name begins with `prefix`, judged by the shared judge."""
    sys.path.insert(0, str(SHARED))
    try:
        from judge.judge import judge
        from judge.values import same_quantity
    finally:
        sys.path.pop(0)
    for line in (SHARED / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if not case["suite"].startswith(prefix):
            continue
        given = extract(case["text"], case["reference"])
        if case["suite"].startswith("ud/"):
            yield from _treebank(case, given, same_quantity)
            continue
        verdict = judge(case, given)
        strict = bool(verdict["strict"])
        value = bool(verdict["value"]) if case["expected"] else strict
        yield Verdict(case["suite"], int(case["id"].rpartition("#")[2]), strict, value)


def _treebank(case: dict[str, Any], given: list[dict[str, Any]], same: Any) -> Iterator[Verdict]:
    """The numbers of a sentence: strict with the classifier, value without."""
    for gold in case["expected"]:
        t = gold["triple"]
        if t["number_value"] is None:
            continue
        over = [p for p in given if p["start"] < t["number_end"] and t["number_start"] < p["end"]]
        right = [p for p in over if same(t["number_value"], None, p["value"], p["unit"])]
        whole = any(p["end"] >= t["classifier_end"] or p["unit"] == t["classifier"] for p in right)
        yield Verdict(case["suite"], -1, whole, bool(right))


def count(judged: list[Verdict]) -> dict[str, tuple[Figures, Figures]]:
    """All cases of each suite, and those that are not left out."""
    out = left_out()
    table: dict[str, tuple[Figures, Figures]] = {}
    for suite in dict.fromkeys(v.suite for v in judged):
        every = [v for v in judged if v.suite == suite]
        rest = [v for v in every if v.number not in out.get(suite, ())]
        table[suite] = _figures(every), _figures(rest)
    return table


def _figures(judged: list[Verdict]) -> Figures:
    return Figures(len(judged), sum(v.strict for v in judged), sum(v.value for v in judged))


def rows(table: dict[str, tuple[Figures, Figures]]) -> str:
    """The table of both figures."""
    return "".join(
        f"| {suite} | {every.cases} | {every.share(every.strict):.1f} | {every.share(every.value):.1f} "
        f"| {every.cases - rest.cases} | {rest.share(rest.strict):.1f} | {rest.share(rest.value):.1f} |\n"
        for suite, (every, rest) in table.items()
    )


def reasons() -> str:
    """The table of what is left out."""
    text = CLASSES
    for group in classes():
        cases = "; ".join(f"{suite} {' '.join(map(str, numbers))}" for suite, numbers in group["cases"].items())
        text += f"| {group['wants']} | {group['reason']} | {cases} |\n"
    return text


def main() -> None:
    """Count and print; write the page where every suite was counted."""
    if not SHARED.is_dir():
        sys.exit("../shared is absent: the suites are the team's")
    prefix = sys.argv[1] if len(sys.argv) > 1 else ""
    table = rows(count(list(verdicts(prefix))))
    print(table, end="")
    if not prefix:
        PAGE.write_text(HEAD + table + reasons(), encoding="utf-8")


if __name__ == "__main__":
    main()
