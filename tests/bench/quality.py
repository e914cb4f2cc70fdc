"""How good it is: runs every shared scorer and writes docs/scorecard.md.

    python -m tests.bench.quality

The dev facts are cross-validated (the models that read a bulletin were trained without it); the real page never
trains anything, it judges. Needs the team's shared folder beside the project.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import baodao
from baodao.build import facts as training

SHARED = Path("../shared")
SEED = next((SHARED / "seed").glob("*.txt"), Path())
CARD = Path("docs/scorecard.md")


def main() -> None:
    """Measure and write."""
    if not SHARED.is_dir():
        sys.exit("../shared is absent: the scorecard is measured on the team's gold")
    parts = [
        "# Scorecard\n",
        "Made by `python -m tests.bench.quality`; never typed by hand. The real page (中国妇女报, 2021-11-23)",
        "judges and never trains. Rules were written while looking at errors on the dev material, so its figures are",
        "optimistic; those of the models are cross-validated by document.\n",
        "## Facts\n",
        "### dev: 120 bulletins, cross-validated\n",
        facts_dev(),
        "### the real page\n",
        facts_seed(),
        "## Layout\n",
        "### the real page\n",
        run("layout/score.py", "--adapter", "tests.adapters:split", "--seed-gold", SHARED / "layout/seed_layout.jsonl",
            "--seed-text", SEED, "--roles"),
        "### dev: 60 composed pages\n",
        run("layout/score.py", "--adapter", "tests.adapters:split", "--pages", SHARED / "layout/dev_pages.jsonl",
            "--roles"),
        "## Regions and organizations on the real page\n",
        run("regions/score_regions.py", "--gold", SHARED / "regions/seed_regions.jsonl", "--text", SEED, "--adapter",
            "tests.adapters:mentions"),
        run("regions/score_orgs.py", "--gold", SHARED / "regions/seed_orgs.jsonl", "--text", SEED, "--adapter",
            "tests.adapters:mentions"),
        "### hard cases\n",
        run("regions/score_cases.py", "--adapter", "tests.adapters:mentions"),
        "## Mentions in ten bulletins\n",
        mentions(),
        "## Public suites\n",
        run("suites/run.py", "--adapter", "tests.adapters:extract"),
    ]  # fmt: skip
    CARD.write_text("\n".join(parts), encoding="utf-8")
    print(CARD)


def run(script: str, *arguments: object) -> str:
    """What a shared scorer prints, without its timings."""
    done = subprocess.run(
        [sys.executable, str(SHARED / script), *map(str, arguments)], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    lines = (done.stdout or done.stderr[-500:]).splitlines()
    kept = [line.split("  132 KB")[0] for line in lines if "characters a second" not in line]
    return "```\n" + "\n".join(line.rstrip() for line in kept) + "\n```\n"


def facts_dev() -> str:
    """Cross-validated figures, and how the calibrated confidence sorts the rows."""
    scorer = training.load_scorer()
    gold = training.read_gold()
    result, rows = training.cross_validate(scorer, gold, training.read_documents())
    return figures(result) + confidence(scorer, result, len(rows))


def facts_seed() -> str:
    """The shipped models on the real page."""
    scorer = training.load_scorer()
    page = baodao.analyze(SEED.read_bytes().decode(), issue_date="2021-11-23")
    gold = scorer.load(str(SHARED / "facts/seed_facts.jsonl"))
    return figures(scorer.score(gold, page.facts.to_dicts()))


def figures(result: dict[str, Any]) -> str:
    """A table of detection, strict and slots."""
    rows = [f"| {name} | {result[name]['precision']:.3f} | {result[name]['recall']:.3f} | {result[name]['f1']:.3f} |"
            for name in ("detection", "strict")]  # fmt: skip
    slots = " | ".join(result["slots"]), " | ".join(f"{value:.3f}" for value in result["slots"].values())
    filled = [
        f"| {name} | {f['wanted']} | {f['recall']} | {f['given']} | {f['precision']} |"
        for name, f in result["filled"].items()
    ]
    return "\n".join(
        ["| | precision | recall | F1 |", "|---|---|---|---|", *rows, "", f"| {slots[0]} |",
         "|" + "---|" * len(result["slots"]), f"| {slots[1]} |", "",
         "| where it must be named | wanted | recall | given | precision |", "|---|---|---|---|---|", *filled, "\n"]
    )  # fmt: skip


def confidence(scorer: Any, result: dict[str, Any], count: int) -> str:
    """Expected calibration error in ten equal bins, and strict precision of the surest half."""
    rows = [(p["confidence"], all(scorer.slot_right(s, g, p) for s in scorer.STRICT))
            for g, p in result["_pairs"] if not g.get("optional")]  # fmt: skip
    rows += [(p["confidence"], False) for p in result["_spurious"]]
    rows.sort(key=lambda row: row[0])
    bins = [rows[i * len(rows) // 10 : (i + 1) * len(rows) // 10] for i in range(10)]
    error = sum(abs(sum(c for c, _ in b) - sum(good for _, good in b)) for b in bins) / len(rows)
    half = rows[len(rows) // 2 :]
    return (
        f"Confidence over {count} predictions: expected calibration error {error:.3f}; "
        f"strict precision of the surest half {sum(good for _, good in half) / len(half):.3f}.\n"
    )


def mentions() -> str:
    """Mentions of all kinds in ten real bulletins."""
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
    return done


if __name__ == "__main__":
    main()
