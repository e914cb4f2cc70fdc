"""What a run costs: growth with the size of the source, two processes against one, memory; one JSON line.

    python -m tests.bench.runs [megabytes ...]

Time is CPU time of all processes of a run; `two_to_one` is the ratio of wall times and wants an idle machine. Reads the
team's shared bulletins again and again; each has a line of its own, so that no two texts are equal.
"""

from __future__ import annotations

import gzip
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import baodao

SHARED = Path("../shared/data/bulletins_2016_2020.jsonl.gz")
SIZES = (1.0, 10.0, 100.0)


def main() -> None:
    """Measure and print."""
    sizes = [float(size) for size in sys.argv[1:]] or list(SIZES)
    runs = [apart(size, 1) for size in sizes]
    first, last = runs[0], runs[-1]
    growth = math.log(last["cpu"] / first["cpu"]) / math.log(last["bytes"] / first["bytes"]) if len(runs) > 1 else None
    two = apart(sizes[-1], 2)
    print(json.dumps({
        "runs": runs, "growth": growth and round(growth, 3), "two_to_one": round(last["wall"] / two["wall"], 2),
        "cpu_of_two_to_one": round(two["cpu"] / last["cpu"], 2),
    }))  # fmt: skip


def apart(size: float, workers: int) -> dict[str, float]:
    """One run in a process of its own: what it took, over its start with a single text."""
    done = subprocess.run(
        [sys.executable, "-c", f"from tests.bench.runs import measure; measure({size}, {workers})"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def measure(size: float, workers: int) -> None:
    """Run over `size` megabytes of texts, print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        baodao.run([next(texts(1))], Path(folder) / "warm", workers=workers, tables=("facts",))
        spent, began = cpu(), time.monotonic()
        count = [0]
        report = baodao.run(counted(texts(size * 1e6), count), Path(folder) / "out", workers=workers, tables=("facts",))
        warm = 0.0 if workers == 0 else spent  # the processes start once more
        figures = {
            "megabytes": size, "bytes": count[0], "inputs": report.inputs, "facts": report.facts,
            "cpu": round(cpu() - spent - warm, 2), "wall": round(time.monotonic() - began, 2),
            "peak_parent": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "peak_process": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        }  # fmt: skip
    print(json.dumps(figures))


def texts(size: float) -> Iterator[dict[str, str]]:
    """Records until their texts have `size` bytes."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for number, row in enumerate(cycle(rows)):
        text = "\n".join([row["title"], *row["paragraphs"], f"稿件编号{number}"])
        yield {"id": str(number), "text": text, "issue_date": "2020-06-01"}
        size -= len(text.encode())
        if size <= 0:
            return


def counted(records: Iterator[dict[str, str]], count: list[int]) -> Iterator[dict[str, str]]:
    """The records; `count[0]` grows by their bytes."""
    for record in records:
        count[0] += len(record["text"].encode())
        yield record


def cpu() -> float:
    """Seconds of CPU that this process and its finished children took."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    main()
