"""How fast it is: stages and the whole against jieba's own cut, in one run; one JSON line.

    python -m tests.bench.speed [bulletins]

Ratios are what counts, machines are noisy. Needs the team's shared bulletins.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import baodao
from baodao.find.organizations import find_organizations
from baodao.find.persons import find_persons
from baodao.find.quantities import find_quantities
from baodao.find.regions import find_regions
from baodao.find.times import find_times
from baodao.layout import split_articles
from baodao.link.regions import link_regions
from baodao.records import Source
from baodao.records.light import Hit
from baodao.text.passage import Passage
from baodao.text.segment import Segmenter

SHARED = Path("../shared/data/bulletins_2016_2020.jsonl.gz")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    texts = bulletins(count)
    pipeline = baodao.pipeline()
    passages = [Passage(t, [[(0, len(t))]], segmenter=pipeline.segmenter, issue_date="2020-01-01") for t in texts]
    places: list[list[Hit]] = [list(find_regions(passage)) for passage in passages]
    slow = Segmenter(engine="jieba")
    slow.words("热身")
    pipeline.read(texts[0], Source())
    characters = sum(map(len, texts))
    jobs: dict[str, Callable[[int], object]] = {
        "jieba": lambda i: slow.words(texts[i]),
        "rjieba": lambda i: pipeline.segmenter.words(texts[i]),
        "layout": lambda i: split_articles(texts[i]),
        "quantities": lambda i: list(find_quantities(passages[i])),
        "times": lambda i: list(find_times(passages[i])),
        "numbers": lambda i: list(find_quantities(passages[i], list(find_times(passages[i])))),
        "regions": lambda i: list(find_regions(passages[i])),
        "link_regions": lambda i: link_regions([(passages[i], places[i])]),
        "regions_linked": lambda i: link_regions([(passages[i], list(find_regions(passages[i])))]),
        "organizations": lambda i: list(find_organizations(passages[i], places[i])),
        "persons": lambda i: list(find_persons(passages[i], places[i])),
        "names": lambda i: names(passages[i]),
        "read": lambda i: pipeline.read(texts[i], Source(issue_date="2020-01-01")),
        "analyze": lambda i: baodao.analyze(texts[i], issue_date="2020-01-01"),
    }
    speeds = {name: round(characters / seconds(job, len(texts))) for name, job in jobs.items()}
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    print(json.dumps({"commit": commit.stdout.strip(), "documents": len(texts), "characters_a_second": speeds,
                      "analyze_to_jieba": round(speeds["analyze"] / speeds["jieba"], 2)}))  # fmt: skip


def bulletins(count: int) -> list[str]:
    """Whole bulletins, headline first."""
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return ["\n".join([row["title"], *row["paragraphs"]]) for row in rows]


def names(passage: Passage) -> list[Hit]:
    """Regions, organizations and persons of a passage, as the stages find them."""
    found: list[Hit] = list(find_regions(passage))
    return [*found, *find_organizations(passage, found), *find_persons(passage, found)]


def seconds(job: Callable[[int], object], count: int) -> float:
    """The CPU time of a job over all texts, the best of three passes."""
    passes = []
    for _ in range(3):
        began = time.process_time()
        for i in range(count):
            job(i)
        passes.append(time.process_time() - began)
    return min(passes)


if __name__ == "__main__":
    main()
