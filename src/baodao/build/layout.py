"""Train what reads the layout of a page, and say how good it is on pages not seen.

    python -m baodao.build layout            measure, then write data/models/layout_*.csv and the card
    python -m baodao.build layout --check    measure only

Reads pages composed by `build/pages.py` (from articles of our own invention and, where `../shared` is there,
from its bulletins) and the shared dev pages; the real page never trains anything, it judges. Dev pages that
have an article in common are kept in one fold.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from baodao.build.by_lines import load_scorer, score_pages
from baodao.build.layout_examples import (
    Material,
    compose,
    composed,
    folds,
    invent,
    learn_from,
    read_bulletins,
    read_dev,
)
from baodao.build.layout_fits import MIN_COUNT, STEP_SHARE, STRENGTH, fit, fit_begins, fit_tagger
from baodao.build.press import Piece, Press
from baodao.build.setting import Page
from baodao.build.tables import write_table, write_tags
from baodao.layout import split_articles
from baodao.layout.begins import forget_weights
from baodao.layout.weights import Weights
from baodao.learn.linear import BIAS, LinearModel, load_model
from baodao.learn.tagger import Tagger

MODELS = Path("src/baodao/data/models")
SEED = 20260101
PAGES = 1400  # composed pages, half of them from bulletins where there are any
JUDGED = 150  # composed pages of a kind that judge
SHOWN = ("PQ", "whole", "boundF1", "role_macroF1", "headF1", "joinF1", "title", "repair")
KINDS = {
    "neighbours": ("p1=", "p2=", "n1=", "n2=", "around=", "below=", "above="),
    "said again": ("said-",),
    "seams": ("next-", "to-next", "from-prev", "after-open", "<", "long-"),
    "twins": ("twin=",),
    "size and ends": ("size=", "first=", "last=", "end=", "end2="),
    "marks inside": ("has=", "spaces=", "commas=", "ends=", "starts="),
    "actors": ("actor=",),
    "gaps and indents": ("wide", "top", "indented", "flush"),
    "place on the page": ("place=", "from-end="),
}
CARD = """# What reads the layout of a page

`layout_tags.csv` (feature × role) and `layout_steps.csv` (role after role): logistic regression over what one sees of a
fragment, decoded along the page. `layout_joins.csv`: whether a fragment goes on with the paragraph left open before it.
`layout_tails.csv`: whether the end of a report belongs to one above. `layout_begins.csv`: how paragraphs begin.

Made by `python -m baodao.build layout` from {pages} composed pages (seed {seed}; {bulletins} shared bulletins among
the invented articles) and {dev} shared dev pages, data {hash}. Inverse regularisation {strength}, {share} of the
log-odds of a step, features of at least {count} fragments. The real page never trained anything.

Composed pages that judge have wordings, articles and small print of their own; the weights that read them were
trained on the other halves and on no dev page. Dev figures are cross-validated by article.

{report}
"""

Row = dict[str, Any]


def main(arguments: Sequence[str]) -> None:
    """Measure and, unless --check is given, write the tables and the card."""
    bulletins, dev = read_bulletins(), read_dev()
    if "--check" not in arguments:
        press = Press(random.Random(SEED))
        write_model("begins", fit_begins([*bulletins, *invent(press, 600)]))
    report = ["| pages | n | " + " | ".join(SHOWN) + " |", "|---|---|" + "---|" * len(SHOWN)]
    print(*report, sep="\n")
    for name, rows in (*judge_composed(bulletins, arguments), *judge_dev(dev, bulletins)):
        report.append(figures(name, rows))
        print(report[-1])
    if "--check" not in arguments:
        weights = fit(learn_from(compose(PAGES, bulletins, SEED)), learn_from(dev))
        write(weights)
        write_card(report, bulletins, dev)


def judge_composed(bulletins: Sequence[Piece], arguments: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """Figures on composed pages whose articles and wordings the weights never saw; with --ablate, without parts."""
    material = learn_from(compose(PAGES, bulletins[::2], SEED, 0))
    weights = fit(material, [])
    made = {"composed, other bulletins": bulletins[1::2], "composed, other inventions": ()}
    pages = {
        name: composed(JUDGED, pieces, SEED + k, 1)
        for k, (name, pieces) in enumerate(made.items(), 1)
        if pieces or k > 1
    }
    for name, tests in pages.items():
        yield name, score(tests, weights)
    if "--ablate" in arguments:
        tests = [page for some in pages.values() for page in some]
        yield "both", score(tests, weights)
        for name, changed in ablations(material, weights):
            yield name, score(tests, changed)


def judge_dev(dev: Sequence[Page], bulletins: Sequence[Piece]) -> Iterator[tuple[str, list[Row]]]:
    """Figures on the dev pages, each fold read with weights that never saw its articles."""
    if not dev:
        return
    told = {mark(text) for page in dev for article in page["articles"] for text in article["texts"] if text}
    others = [piece for piece in bulletins if not told & {mark(text) for text in piece.paragraphs}]
    composed_pages = learn_from(compose(PAGES, others, SEED))
    taught = learn_from(dev)
    rows: list[Row | None] = [None] * len(dev)
    for fold in folds(dev):
        weights = fit(composed_pages, [taught[k] for k in range(len(dev)) if k not in fold])
        for k, row in zip(fold, score([dev[k] for k in fold], weights), strict=True):
            rows[k] = row
    found = [row for row in rows if row is not None]
    yield "dev, cross-validated", found
    for kind in ("tier", "format", "noise"):
        for value in sorted({page["meta"][kind] for page in dev}):
            yield f"dev, {value}", [row for row, page in zip(found, dev, strict=True) if page["meta"][kind] == value]


def mark(text: str) -> str:
    """What a paragraph is known by: its last characters."""
    return text[-20:]


def ablations(material: Sequence[Material], weights: Weights) -> Iterator[tuple[str, Weights]]:
    """The weights without one kind of feature, or without steps, joins or tails that were learned."""
    tagger = weights.tagger
    assert isinstance(tagger, Tagger)
    for name, starts in KINDS.items():
        kept = [
            m._replace(
                example=([tuple(f for f in row if not f.startswith(starts)) for row in m.example[0]], m.example[1])
            )
            for m in material
        ]
        changed = fit_tagger([m.example for m in kept])
        table = {f: w for f, w in changed.weights.items() if not f.startswith(starts)}
        yield "without " + name, weights._replace(tagger=Tagger(changed.tags, table, changed.steps))
    yield "without steps", weights._replace(tagger=Tagger(tagger.tags, tagger.weights, {}))
    for tag in tagger.tags:
        steps = {pair: w for pair, w in tagger.steps.items() if tag not in pair}
        yield f"without steps of {tag}", weights._replace(tagger=Tagger(tagger.tags, tagger.weights, steps))
    yield "all open paragraphs joined", weights._replace(joins=LinearModel({BIAS: 5.0}))
    yield "no tails moved", weights._replace(tails=LinearModel({BIAS: -99.0}))


def score(pages: Sequence[Page], weights: Weights) -> list[Row]:
    """The scorer's rows for pages read with these weights."""
    return score_pages(pages, [split_articles(page["text"], weights) for page in pages])


def figures(name: str, rows: list[Row]) -> str:
    """A row of the report."""
    scorer = load_scorer()
    if scorer is None or not rows:
        return f"| {name} | 0 |"
    summary, _ = scorer.summary(rows)
    return (
        f"| {name} | {len(rows)} | "
        + " | ".join("-" if summary[k] is None else f"{summary[k]:.3f}" for k in SHOWN)
        + " |"
    )


def write(weights: Weights) -> None:
    """The tables of `data/models/`."""
    tagger = weights.tagger
    assert isinstance(tagger, Tagger)
    write_tags(MODELS / "layout_tags.csv", tagger.tags, tagger.weights)
    write_table(
        MODELS / "layout_steps.csv",
        ("before", "after", "weight"),
        [(a, b, w) for (a, b), w in sorted(tagger.steps.items())],
    )
    write_model("joins", weights.joins)
    write_model("tails", weights.tails)


def write_model(name: str, model: LinearModel) -> None:
    """One table of a yes-or-no decision; what was read of it is forgotten."""
    write_table(MODELS / f"layout_{name}.csv", ("feature", "weight"), sorted(model.weights.items()))
    load_model.cache_clear()
    forget_weights()


def write_card(report: Sequence[str], bulletins: Sequence[Piece], dev: Sequence[Page]) -> None:
    """Beside the tables: from what, how, how good."""
    digest = hashlib.sha256()
    for piece in bulletins:
        digest.update("".join([piece.title, *piece.paragraphs]).encode())
    for page in dev:
        digest.update(page["text"].encode())
    text = CARD.format(pages=PAGES, dev=len(dev), bulletins=len(bulletins), hash=digest.hexdigest()[:12], seed=SEED,
                       strength=STRENGTH, share=STEP_SHARE, count=MIN_COUNT, report="\n".join(report))  # fmt: skip
    (MODELS / "layout_card.md").write_text(text, encoding="utf-8")
