"""How good it is: runs every shared scorer and writes docs/scorecard.md.

    python -m tests.bench.quality

The dev facts are cross-validated (the models that read a bulletin were trained without it); the real page never
trains anything, it judges. Same code and data, same bytes. Needs the team's shared folder beside the project.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import baodao
from baodao.build import facts as training
from baodao.build import matter
from baodao.build.calibration import bins, calibration_error, surest_half
from tests.bench import suites
from tests.bench.figures import (
    Fact,
    error_lists,
    facts_of,
    filled_table,
    kind_table,
    slot_table,
    via_table,
    wilson,
)

SHARED = Path("../shared")
SEED = next((SHARED / "seed").glob("*.txt"), Path())
CARD = Path("docs/scorecard.md")
ADAPTER = "tests.adapters:"
HEAD = """# Scorecard

Made by `python -m tests.bench.quality`; never typed by hand. Behind figures of facts, mentions and suites stands their
95 % interval: a bootstrap over documents for the bulletins (over single facts for the real page, whose facts resemble
one another, so that the true interval is wider), Wilson's for ways (`via`), confidence, mentions and suites.

| source | models trained on it | rules written on it | reads as |
|---|---|---|---|
| dev: 120 bulletins, facts | no: cross-validated by document | yes, errors were looked at | optimistic |
| real page (中国妇女报, 2021-11-23) | never | its figures were watched | judges, one page |
| 60 composed dev pages, layout | yes | yes | optimistic; cross-validated in `layout_card.md` |
| mentions in ten dev bulletins | no | yes, they belong to dev | optimistic |
| hard cases of regions | no | figures were watched | optimistic |
| public suites | no | yes, these halves | optimistic |

What the figures of facts mean: **detection**: a predicted quantity overlaps a gold one by half and has its value.
**strict**: kind, unit, what, region and program of it are right too. **slot**: share of right answers among the facts
found. **where it must be named**: only facts for which the gold has an answer and takes no empty one (recall), only
facts for which one was given (precision). **via**: how far one had to look for the answer.
"""


def main() -> None:
    """Measure and write."""
    if not SHARED.is_dir():
        sys.exit("../shared is absent: the scorecard is measured on the team's gold")
    dev, page = SHARED / "layout/dev_pages.jsonl", SHARED / "layout/seed_layout.jsonl"
    parts = [
        HEAD,
        "## Facts: dev, 120 bulletins, cross-validated (models only)\n",
        facts_dev(),
        "## Facts: the real page, shipped models\n",
        facts_seed(),
        "## Layout\n\nPQ: how well the lines of reports are put together, 1 is perfect; the rest as the scorer says.\n",
        "### the real page\n",
        run("layout/score.py", "--adapter", ADAPTER + "split", "--seed-gold", page, "--seed-text", SEED, "--roles"),
        "### dev: 60 composed pages\n",
        run("layout/score.py", "--adapter", ADAPTER + "split", "--pages", dev, "--roles"),
        "## Regions and organizations on the real page\n\nPrecision, recall, F1 of spans and their codes, percent.\n",
        run("regions/score_regions.py", "--gold", SHARED / "regions/seed_regions.jsonl", "--text", SEED, "--adapter",
            ADAPTER + "mentions"),
        run("regions/score_orgs.py", "--gold", SHARED / "regions/seed_orgs.jsonl", "--text", SEED, "--adapter",
            ADAPTER + "mentions"),
        "### hard cases\n",
        run("regions/score_cases.py", "--adapter", ADAPTER + "mentions"),
        "## Mentions in ten bulletins\n\nExact spans; *linked*, *resolved*: code, both ends right too.\n",
        mentions(),
        "## Public suites\n\nstrict: exactly the expected mentions; value: every expected value. More: `suites.md`.\n",
        suite_table(),
    ]  # fmt: skip
    CARD.write_text("\n".join(parts), encoding="utf-8")
    print(CARD)


def run(script: str, *arguments: object) -> str:
    """What a shared scorer prints, without its timings."""
    done = subprocess.run(
        [sys.executable, str(SHARED / script), *map(str, arguments)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((".", os.environ.get("PYTHONPATH", "")))},
    )  # fmt: skip
    lines = (done.stdout or done.stderr[-500:]).splitlines()
    kept = [re.sub(r"\s+\d+ KB/s", "", line).rstrip() for line in lines if "characters a second" not in line]
    return "```\n" + "\n".join(kept) + "\n```\n"


def facts_dev() -> str:
    """Cross-validated figures; the confidence of each fold is calibrated by the others."""
    scorer = matter.load_scorer()
    gold, documents = matter.read_gold(), matter.read_documents()
    ours = training.study(matter.read_ours(scorer), scorer)
    result, _ = training.cross_validate(scorer, gold, documents, ours)
    return figures(scorer, facts_of(scorer, result))


def facts_seed() -> str:
    """The shipped models on the real page."""
    scorer = matter.load_scorer()
    page = baodao.analyze(SEED.read_bytes().decode(), issue_date="2021-11-23")
    gold = scorer.load(str(SHARED / "facts/seed_facts.jsonl"))
    return figures(scorer, facts_of(scorer, scorer.score(gold, page.facts.to_dicts()), by_fact=True))


def figures(scorer: Any, facts: list[Fact]) -> str:
    """All tables of one source."""
    return "\n".join([
        kind_table(facts), slot_table(facts, scorer.SLOTS),
        "Where it must be named:\n", filled_table(facts, scorer.plain),
        confidence(facts), "How it was found:\n", via_table(facts),
        "Errors, by place (document start-end):\n", error_lists(facts, scorer.SLOTS),
    ])  # fmt: skip


def confidence(facts: list[Fact]) -> str:
    """How far belief and truth lie apart; wrong where nothing matches, optional rows left out."""
    rows = [(float(f.given["confidence"]), f.strict) for f in facts if f.given]
    told = [f"{b.size} | {b.believed:.3f} | {wilson(b.right, b.size)}" for b in bins(rows)]
    return (
        f"Confidence of {len(rows)} rows (of the bulletins: calibrated on the other folds only): expected calibration "
        f"error {calibration_error(rows):.3f} over ten bins of equal count; strict precision of the surest half "
        f"{wilson(*surest_half(rows))}.\n\n| rows | mean confidence | strictly right |\n|---:|---:|---|\n"
        + "".join(f"| {line} |\n" for line in told)
    )


def mentions() -> str:
    """Mentions of all kinds in ten real bulletins, with the intervals of precision and recall."""
    out = Path("pred_mentions.jsonl")
    with out.open("w", encoding="utf-8") as lines:
        for line in (SHARED / "facts/dev/manifest.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            text = (SHARED / f"facts/dev/{entry['doc']}.txt").read_bytes().decode()
            for m in baodao.analyze(text, issue_date=entry["date"]).mentions:
                row = {"doc": entry["doc"], "start": m.start, "end": m.end, "kind": m.kind}
                if m.kind == "region":
                    row["adcode"] = m.adcode
                if m.kind == "time":
                    row["first"], row["last"] = m.iso.split("/")[0], m.iso.split("/")[-1]
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    done = run("mentions/score_mentions.py", SHARED / "mentions/dev_mentions.jsonl", out)
    out.unlink()
    table = "| kind | gold | precision | recall |\n|---|---:|---|---|\n"
    for kind, p, r, gold in re.findall(r"^(\w+)\s+P ([\d.]+) R ([\d.]+) F1 [\d.]+ \(gold (\d+)\)", done, re.M):
        right = round(float(r) * int(gold))
        given = round(right / float(p)) if float(p) else 0
        table += f"| {kind} | {gold} | {wilson(right, given)} | {wilson(right, int(gold))} |\n"
    return f"{done}\n{table}"


def suite_table() -> str:
    """Both figures of every suite, all cases counted."""
    table = "| suite | cases | strict | value |\n|---|---:|---|---|\n"
    for suite, (every, _) in suites.count(list(suites.verdicts())).items():
        strict, value = (wilson(right, every.cases) for right in (every.strict, every.value))
        table += f"| {suite} | {every.cases} | {strict} | {value} |\n"
    return table


if __name__ == "__main__":
    main()
