"""How fast it is: each stage and the whole into columns against jieba.lcut and rjieba, in one run.

    python -m tests.bench.speed [bulletins]

Prints one JSON line and writes `docs/performance.md`. Machines are noisy and ratios are what counts: every job is timed
beside jieba on the same text, CPU time alone, and of several passes a text's best one counts. `columns_met_first` is
the exception: each text once, by both, never seen before, when the first half of them has filled what the process
remembers; so runs over many pages go. Where JioNLP can be imported, its money, times and places stand beside the whole
(30 bulletins). Needs the team's shared bulletins.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import jieba

import baodao
from baodao.build.annotations import Bulletin, read_bulletins
from baodao.dress import dress_page
from baodao.layout import split_articles
from baodao.link.facts import link_facts
from baodao.link.regions import link_regions
from baodao.records import Source
from baodao.records.source import read_issue_date
from baodao.text.segment import Segmenter
from tests.bench.shares import shares

Job = Callable[[int], object]
PASSES = 3
JIONLP = 30  # bulletins read by JioNLP, which takes a tenth of a second for each
OUT = Path(__file__).parents[2] / "docs" / "performance.md"


class Speed(NamedTuple):
    """CPU seconds of a job over all texts, and of jieba.lcut beside it."""

    own: float
    jieba: float


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    bulletins = list(islice(filter(is_dated, read_bulletins()), count))
    texts = [text for _, text, _ in bulletins]
    characters = sum(map(len, texts))
    jieba.setLogLevel(60)
    jieba.lcut(texts[0])
    first = met_first(bulletins)
    speeds = {name: measured(job, texts) for name, job in jobs(bulletins).items()}
    named = {"columns_met_first": first, **speeds}
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    report = {
        "commit": commit.stdout.strip(),
        "documents": len(texts),
        "characters": characters,
        "jieba_lcut": round(characters / speeds["rjieba"].jieba),
        "characters_a_second": {name: round(characters / speed.own) for name, speed in speeds.items()},
        "times_jieba": {name: round(speed.jieba / speed.own, 3) for name, speed in named.items()},
        "times_rjieba": {
            name: round(speed.jieba / speed.own * speeds["rjieba"].own / speeds["rjieba"].jieba, 4)
            for name, speed in named.items()
        },
        "records_a_second": round(records(bulletins) / speeds["dress"].own),
        "times_jionlp": beside_jionlp(bulletins[:JIONLP]),
        "shares": {name: round(share, 4) for name, share in shares([(b[1], source_of(b)) for b in bulletins]).items()},
    }
    print(json.dumps(report))
    OUT.write_text("\n".join(page(report)) + "\n", encoding="utf-8")


def page(report: dict[str, Any]) -> Iterator[str]:
    """The lines of the page about one run."""
    yield "# Performance"
    yield ""
    yield "Made by `python -m tests.bench.speed`; never typed by hand. One core, CPU time, the first"
    yield f"{report['documents']} dated bulletins ({report['characters']:,} characters), commit {report['commit']};"
    yield f"`jieba.lcut` cut {report['jieba_lcut']:,} characters a second beside it. `columns` is the whole from text"
    yield "to rows, `columns_met_first` the same on texts that the process never met; of the others the best of three"
    yield "passes counts."
    yield f"Dressing made {report['records_a_second']:,} pydantic records a second."
    if report["times_jionlp"]:
        yield f"JioNLP took {report['times_jionlp']} times as long for money, times and places as `columns`."
    yield ""
    yield "| what | characters a second | × jieba.lcut | × rjieba |"
    yield "|---|---:|---:|---:|"
    for name, ratio in report["times_jieba"].items():
        speed = report["characters_a_second"].get(name, round(ratio * report["jieba_lcut"]))
        yield f"| {name} | {speed:,} | {ratio:.2f} | {report['times_rjieba'][name]:.3f} |"
    yield ""
    yield "Where the time of `columns` goes, each stage without those inside it:"
    yield ""
    yield "| stage | share |"
    yield "|---|---:|"
    for name, share in report["shares"].items():
        yield f"| {name} | {share:.1%} |"


def jobs(bulletins: Sequence[Bulletin]) -> dict[str, Job]:
    """What is timed, by name; each job takes the index of a bulletin."""
    pipeline, slow = baodao.Pipeline(), baodao.Pipeline()
    slow.__dict__["segmenter"] = Segmenter(engine="jieba")
    texts, sources = [text for _, text, _ in bulletins], [source_of(bulletin) for bulletin in bulletins]
    readings = [pipeline.read(text, source) for text, source in zip(texts, sources, strict=True)]
    articles = [[(article.passages, article.body) for article in reading.articles] for reading in readings]
    found = {
        name: lambda i, find=find: [list(find(p, hits)) for passages, _ in articles[i] for p, hits in passages]
        for name, find in pipeline.finders
    }
    return {
        "rjieba": lambda i: pipeline.segmenter.tag(texts[i]),
        "layout": lambda i: split_articles(texts[i]),
        **found,
        "regions_linked": lambda i: [link_regions(passages) for passages, _ in articles[i]],
        "facts_linked": lambda i: [link_facts(passages, body) for passages, body in articles[i]],
        "dress": lambda i: dress_page(readings[i], [], pipeline.cut),
        "columns": lambda i: pipeline.rows(texts[i], sources[i], force=True),
        "columns_by_jieba": lambda i: slow.rows(texts[i], sources[i], force=True),
        "analyze": lambda i: baodao.analyze(texts[i], issue_date=sources[i].issue_date, force=True),
    }


def is_dated(bulletin: Bulletin) -> bool:
    """Whether a bulletin bears a date that there is; some do not."""
    try:
        return bool(read_issue_date(bulletin[2]))
    except baodao.BaodaoError:
        return False


def source_of(bulletin: Bulletin) -> Source:
    """Date and id of a bulletin."""
    doc, _, date = bulletin
    return Source(issue_date=date, doc=doc)


def measured(job: Job, texts: Sequence[str]) -> Speed:
    """A job beside jieba, each text's best pass."""
    job(0)
    own = beside = 0.0
    for i, text in enumerate(texts):
        passes = [(seconds(job, i), seconds(jieba.lcut, text)) for _ in range(PASSES)]
        own += min(mine for mine, _ in passes)
        beside += min(other for _, other in passes)
    return Speed(own, beside)


def met_first(bulletins: Sequence[Bulletin]) -> Speed:
    """The whole into columns on the second half of the bulletins, each once."""
    pipeline = baodao.Pipeline()
    own = beside = 0.0
    for i, bulletin in enumerate(bulletins):
        spent = seconds(lambda b: pipeline.rows(b[1], source_of(b), force=True), bulletin)
        if i >= len(bulletins) // 2:
            own += spent
            beside += seconds(jieba.lcut, bulletin[1])
    return Speed(own, beside)


def beside_jionlp(bulletins: Sequence[Bulletin]) -> float | None:
    """How many times as long JioNLP takes for money, times and places as the whole into columns; None without it."""
    try:
        import jionlp
    except ImportError:
        return None
    pipeline = baodao.Pipeline()

    def others(text: str) -> None:
        jionlp.ner.extract_money(text)
        jionlp.ner.extract_time(text)
        jionlp.recognize_location(text)

    def ours(bulletin: Bulletin) -> None:
        pipeline.rows(bulletin[1], source_of(bulletin), force=True)

    for bulletin in bulletins[:1]:
        others(bulletin[1])
    own = theirs = 0.0
    for bulletin in bulletins:
        ours(bulletin)
        own += seconds(ours, bulletin)
        theirs += seconds(others, bulletin[1])
    return round(theirs / own, 1)


def seconds(job: Callable[[Any], object], value: Any) -> float:
    """The CPU time of one call."""
    began = time.thread_time()
    job(value)
    return time.thread_time() - began


def records(bulletins: Sequence[Bulletin]) -> int:
    """How many records the pages hold: mentions, facts with their roles, articles and their parts."""
    pages = [baodao.analyze(text, issue_date=date, force=True) for _, text, date in bulletins]
    parts = sum(1 + len(article.blocks) + len(article.paragraphs) for page in pages for article in page.articles)
    return parts + sum(len(page.mentions) + 7 * len(page.facts) for page in pages)


if __name__ == "__main__":
    main()
