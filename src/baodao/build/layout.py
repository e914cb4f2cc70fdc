"""Train what reads the layout of a page, and say how good it is on pages not seen.

    python -m baodao.build layout            measure, then write data/models/layout_*.csv and the card
    python -m baodao.build layout --check    measure only

Reads pages composed by `build/pages.py` (from articles of our own invention and, where `../shared` is there,
from its bulletins) and the shared dev pages; the real page never trains anything, it judges. Dev pages that
have an article in common are kept in one fold.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from baodao.build.by_lines import load_scorer, score_pages
from baodao.build.pages import Composer, Page
from baodao.build.press import Piece, Press
from baodao.build.tables import write_table
from baodao.layout import split_articles
from baodao.layout.begins import begin_features, begins_model
from baodao.layout.cohesion import find_moves
from baodao.layout.features import page_features
from baodao.layout.groups import group_articles
from baodao.layout.joins import is_open, join_features, page_habits
from baodao.layout.lines import Chunk, read_chunks, read_lines, wrap_width
from baodao.layout.weights import Weights
from baodao.learn.linear import BIAS, LinearModel, load_model
from baodao.learn.tagger import END, START, Tagger

SHARED = Path("../shared")
MODELS = Path("src/baodao/data/models")
SEED = 20260101
PAGES = 1400  # composed pages, half of them from bulletins where there are any
SMALL = 4  # one text that is no page to so many pages
DEV_WEIGHT = 3  # how often a dev page counts
STRENGTH = 0.5  # inverse regularisation, chosen by cross-validation
STEP_SHARE = 0.7  # how much of a step's log-odds is used, chosen by cross-validation
MIN_COUNT = 4  # a feature seen on fewer fragments is left out
FOLDS = 5

JUDGED = 150  # composed pages of a kind that judge
SHOWN = ("PQ", "whole", "boundF1", "role_macroF1", "headF1", "joinF1", "title", "repair")
KINDS = {
    "neighbours": ("p1=", "p2=", "n1=", "n2=", "around=", "below=", "above="),
    "said again": ("said-",),
    "seams": ("next-", "to-next", "from-prev", "after-open", "<", "long-"),
    "twins": ("twin=",),
    "rules": ("rule=",),
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
Rows = list[tuple[str, ...]]
Example = tuple[Rows, list[str]]  # the fragments of a page and their roles


class Material(NamedTuple):
    """What one page teaches."""

    page: Page
    example: Example
    joins: list[tuple[list[str], bool]]
    chunks: list[Chunk]


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


def fit(composed_pages: Sequence[Material], taught: Sequence[Material]) -> Weights:
    """All weights, from composed pages and dev pages."""
    both = [*composed_pages, *(m for m in taught for _ in range(DEV_WEIGHT))]
    joins = fit_binary([example for m in both for example in m.joins])
    tails = fit_binary([example for m in both for example in tail_examples(m.page, m.chunks, joins)])
    return Weights(fit_tagger([m.example for m in both]), joins, tails)


def learn_from(pages: Sequence[Page]) -> list[Material]:
    """The examples of pages."""
    out = []
    for page in pages:
        chunks, example = read_example(page)
        out.append(Material(page, example, join_examples(page, chunks), chunks))
    return out


def write(weights: Weights) -> None:
    """The tables of `data/models/`."""
    tagger = weights.tagger
    assert isinstance(tagger, Tagger)
    rows = [[name, *(f"{w:.3f}" if w else "" for w in row)] for name, row in sorted(tagger.weights.items())]
    write_table(MODELS / "layout_tags.csv", ("feature", *tagger.tags), rows)
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
    for known in (load_model, begins_model):
        known.cache_clear()


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


# Material


def invent(press: Press, count: int) -> Iterator[Piece]:
    """Invented articles."""
    for _ in range(count):
        press.turn_page()
        yield press.article()


def composed(count: int, pieces: Sequence[Piece], seed: int, half: int) -> list[Page]:
    """Pages of one kind of article."""
    chance = random.Random(seed)
    composer = Composer(chance, Press(chance, half), pieces)
    return [composer.page(f"judged{k:05}") for k in range(count)]


def read_bulletins() -> list[Piece]:
    """The shared bulletins; empty where the folder is absent."""
    path = SHARED / "data" / "bulletins_2016_2020.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_piece(row) for row in rows if row["title"] and row["paragraphs"]]


def _piece(row: dict[str, Any]) -> Piece:
    """A bulletin as an article; what stands before a colon in its title becomes the kicker."""
    kicker, colon, title = row["title"].partition("：")
    if not colon or len(kicker) > 8 or not title:
        kicker, title = "", row["title"]
    return Piece(kicker, title, tuple(row["paragraphs"]), {})


def read_dev() -> list[Page]:
    """The shared dev pages; empty where the folder is absent."""
    path = SHARED / "layout" / "dev_pages.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def compose(count: int, bulletins: Sequence[Piece], seed: int, half: int | None = None) -> list[Page]:
    """Composed pages, every other one from bulletins if there are any."""
    chance = random.Random(seed)
    press = Press(chance, half)
    makers = [Composer(chance, press), Composer(chance, press, bulletins)]
    pages = [makers[k % 2].page(f"made{k:05}") for k in range(count)]
    return pages + [makers[k % 2].small(f"small{k:05}") for k in range(count // SMALL)]


def folds(pages: Sequence[Page]) -> list[list[int]]:
    """The indexes of the pages by fold; pages that share an article are in one."""
    home = list(range(len(pages)))

    def find(k: int) -> int:
        while home[k] != k:
            k = home[k]
        return k

    first: dict[str, int] = {}
    for k, page in enumerate(pages):
        for article in page["articles"]:
            mark = "".join(text[-20:] for text in article["texts"][-1:] if text) or article["title"]
            home[find(first.setdefault(mark, k))] = find(k)
    groups: dict[int, list[int]] = defaultdict(list)
    for k in range(len(pages)):
        groups[find(k)].append(k)
    out: list[list[int]] = [[] for _ in range(FOLDS)]
    for group in sorted(groups.values(), key=len, reverse=True):
        min(out, key=len).extend(group)
    return out


# The tagger


def read_example(page: Page) -> tuple[list[Chunk], Example]:
    """The fragments of a page with their features and gold roles."""
    text = page["text"]
    lines = read_lines(text)
    width = wrap_width(lines)
    chunks = read_chunks(text, lines, width)
    return chunks, (page_features(chunks, width), [gold_role(page, chunk) for chunk in chunks])


def gold_role(page: Page, chunk: Chunk) -> str:
    """The role that most characters of a fragment have; how a body goes on is decided later."""
    counts: Counter[str] = Counter()
    for line in chunk.lines:
        counts[page["lines"][line.number][1].replace("body_continuation", "body")] += line.end - line.start
    return counts.most_common(1)[0][0]


def fit_tagger(examples: Sequence[Example]) -> Tagger:
    """The weights of features and of steps."""
    rows = [row for features, _ in examples for row in features]
    tags = [tag for _, gold in examples for tag in gold]
    names, weights, bias = fit_table(rows, tags)
    table = {name: [round(float(w), 3) for w in column] for name, column in weights.items()}
    return Tagger(names, {BIAS: bias, **table}, fit_steps([gold for _, gold in examples]))


def fit_table(rows: Rows, tags: Sequence[str]) -> tuple[list[str], dict[str, list[float]], list[float]]:
    """Multinomial logistic regression: the tags, the weights of each feature for them, the biases."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=lambda row: row, binary=True, min_df=MIN_COUNT)
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=STRENGTH, max_iter=150, tol=1e-3)
    model.fit(matrix, tags)
    names = vectorizer.get_feature_names_out()
    weights = {str(name): [float(w) for w in model.coef_[:, k]] for k, name in enumerate(names)}
    return [str(tag) for tag in model.classes_], weights, [round(float(b), 3) for b in model.intercept_]


def fit_steps(sequences: Iterable[Sequence[str]]) -> dict[tuple[str, str], float]:
    """How much likelier a tag is after another than anywhere, as a share of its logarithm."""
    pairs: Counter[tuple[str, str]] = Counter()
    for tags in sequences:
        path = [START, *tags, END]
        pairs.update(pairwise(path))
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    for (a, b), count in pairs.items():
        before[a] += count
        after[b] += count
    total = sum(pairs.values())
    out = {}
    for a in before:
        for b in after:
            expected = before[a] * after[b] / total
            out[a, b] = round(STEP_SHARE * math.log((pairs[a, b] + 1) / (expected + 1)), 3)
    return out


# How paragraphs begin


def fit_begins(pieces: Iterable[Piece]) -> LinearModel:
    """What tells the beginning of a paragraph from a sentence inside one."""
    examples = []
    for piece in pieces:
        for paragraph in piece.paragraphs[1:]:
            sentences = [s for s in paragraph.replace("。", "。\n").split("\n") if s]
            examples += [(begin_features(sentence), k == 0) for k, sentence in enumerate(sentences)]
    return fit_binary(examples, strength=0.3, seldom=8, least=0.05)


def fit_binary(
    examples: Sequence[tuple[Sequence[str], bool]], strength: float = STRENGTH, seldom: int = 3, least: float = 0.0
) -> LinearModel:
    """Logistic regression over named features.

    Args:
        examples: features of each case and what is true of it.
        strength: inverse regularisation.
        seldom: features seen less often are left out.
        least: so are weights that are no larger.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=lambda row: row, binary=True, min_df=seldom)
    matrix = vectorizer.fit_transform([row for row, _ in examples])
    model = LogisticRegression(C=strength, max_iter=300).fit(matrix, [true for _, true in examples])
    pairs = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(w), 3) for name, w in pairs if abs(w) > least}
    return LinearModel({BIAS: round(float(model.intercept_[0]), 3), **weights})


# Joins


def join_examples(page: Page, chunks: Sequence[Chunk]) -> list[tuple[list[str], bool]]:
    """The places where a body fragment of an article is left open, and whether the next one goes on with it."""
    habits = page_habits(chunks)
    joined = {(a, b) for article in page["articles"] for p in article["paragraphs"] for a, b in pairwise(p)}
    out = []
    open_: dict[int | None, Chunk] = {}
    between: dict[int | None, list[str]] = defaultdict(list)
    for chunk in chunks:
        article, role = page["lines"][chunk.lines[0].number]
        for roles in between.values():
            roles.append(role)
        if not role.startswith("body"):
            continue
        last = open_.pop(article, None)
        if last is not None:
            goes_on = (last.lines[-1].number, chunk.lines[0].number) in joined
            out.append((join_features(last, chunk, habits, between[article][:-1]), goes_on))
        if is_open(chunk.text):
            open_[article] = chunk
            between[article] = []
    return out


# Tails


def tail_examples(page: Page, chunks: Sequence[Chunk], joins: LinearModel) -> list[tuple[list[str], bool]]:
    """The tails that may be moved on a page whose roles are known, and whether they should be."""
    groups, _ = group_articles(chunks, [gold_role(page, chunk) for chunk in chunks])
    stories = [group for group in groups if not group.photo]
    home = {line: number for line, (number, _) in enumerate(page["lines"])}
    owners = [[home[chunk.lines[0].number] for chunk, _ in story.parts] for story in stories]
    out = []
    for move in find_moves(stories, page_habits(chunks), joins):
        tail: Counter[int | None] = Counter()
        for (chunk, _), owner in list(zip(stories[move.source].parts, owners[move.source], strict=True))[move.start :]:
            tail[owner] += len(chunk.text)
        out.append((list(move.features), 2 * tail[owners[move.target][0]] > sum(tail.values())))
    return out
