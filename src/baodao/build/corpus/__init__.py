"""The example corpus: invented newspaper pages and exactly what they state.

    python -m baodao.build corpus [folder] [seed]      writes examples/corpus

Everything in it is our own invention but the names of places. Nothing is trained on it: it is an exam, and a
playground for the notebooks. Files: pages (`*.txt`), `index.csv` (file, paper, issue_date), `reports.csv` (what
stands on each page, and which reports tell of the same event), `truth.jsonl` (a row a fact, fields as in the table
of facts; `what_also` and the like: other right answers; `optional`: may be left out).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from baodao.build.corpus.compose import compose

__all__ = ["corpus_files", "main"]

FOLDER = Path("examples/corpus")
SEED = 7


def main(arguments: Sequence[str]) -> None:
    """Write the corpus; files of an earlier one are removed."""
    folder = Path(arguments[0]) if arguments else FOLDER
    seed = int(arguments[1]) if len(arguments) > 1 else SEED
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("20*.txt"), *folder.glob("*.csv"), *folder.glob("truth.jsonl")]:
        old.unlink()
    files = corpus_files(seed)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    truth = files["truth.jsonl"].count(b"\n")
    print(f"{folder}: {sum(name.endswith('.txt') for name in files)} pages, {truth} facts, seed {seed}")


def corpus_files(seed: int = SEED) -> dict[str, bytes]:
    """Every file of the corpus by name; the same seed, the same bytes."""
    sheets = compose(seed)
    files = {f"{sheet.doc}.txt": sheet.text.encode() for sheet in sheets}
    files["index.csv"] = _csv(
        {"file": f"{s.doc}.txt", "paper": s.paper, "issue_date": s.day.isoformat()} for s in sheets
    )
    files["reports.csv"] = _csv(report for sheet in sheets for report in sheet.reports)
    rows = [row for sheet in sheets for row in sheet.rows()]
    files["truth.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    return files


def _csv(rows: Iterable[Mapping[str, object]]) -> bytes:
    """UTF-8 with BOM, as the library's own tables."""
    listed = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(listed[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue().encode("utf-8-sig")
