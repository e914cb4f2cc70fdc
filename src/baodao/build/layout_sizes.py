"""Train what the size of a line says of its role, on top of the weights that read a page without sizes.

    python -m baodao.build layout_sizes            measure, then write data/models/layout_sizes.csv and its card
    python -m baodao.build layout_sizes --check    measure only

The other weights stay as they are (they are the offset of the regression), so pages without sizes are read as before.
Composed pages get sizes by `build/sizes.py`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from baodao.build.by_lines import load_scorer, score_pages
from baodao.build.layout import JUDGED, MODELS, SEED, SHOWN, figures
from baodao.build.layout_examples import compose, composed, gold_role, learn_from, read_bulletins, read_dev
from baodao.build.layout_fits import fit
from baodao.build.setting import Page
from baodao.build.sizes import line_sizes
from baodao.build.tables import write_tags
from baodao.layout import split_articles
from baodao.layout.features import page_features
from baodao.layout.lines import Chunk, read_chunks, read_lines, wrap_width
from baodao.layout.sizes import chunk_sizes, size_bundles
from baodao.layout.weights import Weights, load_weights
from baodao.learn.tagger import END, START, Bundle, Tagger

PAGES = 1000  # composed pages that teach
STRENGTH = 2.0  # inverse regularisation
BESIDE = "beside="  # names of what is learned along and left out
MIN_COUNT = 8  # a feature seen on fewer fragments is left out
Example = tuple[Bundle, list[float], str]  # features, scores of the roles without them, gold role
Bundles = Callable[[Sequence[Chunk], Sequence[Sequence[Bundle]]], Iterator[Bundle]]
CARD = """# What the size of a line says

`layout_sizes.csv` (feature × role) is added to `layout_tags.csv` where a file says how large its lines are set. Made by
`python -m baodao.build layout_sizes` from {pages} composed pages with sizes made up by `build/sizes.py` (seed {seed}).
The other weights are the offset of the regression: weights of half the wordings, which never saw those of the pages
that teach, for a page's own wordings leave sizes nothing to say. Composed pages that judge are others; the weights that
read them are of the other half too. Sizes of dev pages are made up as well, and the shipped weights know those pages:
there only the difference counts. How PDF files are read: `python -m tests.bench.pdf`.

{report}
"""


def main(arguments: Sequence[str]) -> None:
    """Measure and, unless --check is given, write the table and the card."""
    bulletins = read_bulletins()
    report = ["| pages | n | " + " | ".join(SHOWN) + " |", "|---|---|" + "---|" * len(SHOWN)]
    print(*report, sep="\n")
    half = fit(learn_from(compose(PAGES, bulletins[::2], SEED, 0)), [])
    table = fit_sizes(compose(PAGES, bulletins[1::2], SEED + 3, 1), half)
    tests = composed(JUDGED, bulletins[1::2], SEED + 1, 1) + composed(JUDGED, (), SEED + 2, 1)
    shipped = load_weights()
    for name, pages, weights in (("composed", tests, half), ("dev", read_dev(), shipped)):
        for told in (False, True):
            if pages and load_scorer() is not None:
                judged = score(pages, with_sizes(weights, table), told)
                report.append(figures(f"{name}, sizes {'told' if told else 'withheld'}", judged))
                print(report[-1])
    if "--check" not in arguments:
        write_tags(MODELS / "layout_sizes.csv", tagger_of(shipped).tags, table)
        text = CARD.format(pages=PAGES, seed=SEED, report="\n".join(report))
        (MODELS / "layout_sizes_card.md").write_text(text, encoding="utf-8")


def tagger_of(weights: Weights) -> Tagger:
    """The learned tagger."""
    assert isinstance(weights.tagger, Tagger)
    return weights.tagger


def with_sizes(weights: Weights, table: Mapping[str, Sequence[float]]) -> Weights:
    """The weights, with those of sizes."""
    return weights._replace(tagger=tagger_of(weights).with_weights(table))


def score(pages: Sequence[Page], weights: Weights, told: bool) -> list[dict[str, object]]:
    """The scorer's rows for pages whose sizes are told or not."""
    chance = random.Random(SEED)
    sizes = [line_sizes(page, chance) if told else [] for page in pages]
    layouts = [split_articles(page["text"], weights, some) for page, some in zip(pages, sizes, strict=True)]
    return score_pages(pages, layouts)


def fit_sizes(pages: Sequence[Page], weights: Weights) -> dict[str, list[float]]:
    """What sizes say, on top of what the other weights say.

    What is usual for short and long fragments is learned along and left out: it mends what the other weights get wrong
    on wordings that they never saw, and has nothing to do with sizes.
    """
    tagger = tagger_of(weights)
    chance = random.Random(SEED)
    seen: list[Example] = []
    for page in pages:
        sizes = line_sizes(page, chance)

        def bundles(chunks: Sequence[Chunk], _: object, known: Sequence[float] = sizes) -> Iterator[Bundle]:
            return size_bundles(chunks, chunk_sizes(chunks, known))

        for bundle, offset, role in examples(page, bundles, tagger):
            length = next(name for name in bundle if name.startswith("set-before=")).partition("|")[2]
            beside = (f"{BESIDE}{length}|{n}" for n in range(4))  # four times: hardly held back
            seen.append(((*bundle, *beside), offset, role))
    return fit_on_top(seen, tagger.tags)


def fit_on_top(seen: Sequence[Example], tags: Sequence[str], strength: float = STRENGTH) -> dict[str, list[float]]:
    """Multinomial logistic regression with what the other weights say of each fragment as its offset."""
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=lambda row: row, binary=True, min_df=MIN_COUNT)
    matrix = vectorizer.fit_transform([row for row, _, _ in seen]).astype(float)  # (n_fragments, n_features)
    known = np.array([offset for _, offset, _ in seen])  # (n_fragments, n_tags)
    true = np.eye(len(tags))[[tags.index(role) for _, _, role in seen]]  # (n_fragments, n_tags)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        table = flat.reshape(matrix.shape[1], -1)
        scores = known + matrix @ table
        scores -= scores.max(axis=1, keepdims=True)
        norm = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        slope = matrix.T @ (np.exp(scores - norm) - true) + table / strength
        return float(-((scores - norm) * true).sum() + (table**2).sum() / (2 * strength)), slope.ravel()

    start = np.zeros(matrix.shape[1] * len(tags))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    table = found.reshape(matrix.shape[1], -1)
    names = vectorizer.get_feature_names_out()
    kept = [(str(name), row) for name, row in zip(names, table, strict=True) if not name.startswith(BESIDE)]
    return {name: [round(float(weight), 3) for weight in row] for name, row in kept}


def examples(page: Page, bundles: Bundles, tagger: Tagger) -> Iterator[Example]:
    """For each fragment of a page: a bundle of features, the scores of its roles without it, its gold role.

    The fragment is judged with its gold neighbours: the weights of the steps to and from them count too.
    """
    lines = read_lines(page["text"])
    width = wrap_width(lines)
    chunks = read_chunks(page["text"], lines, width)
    roles = [gold_role(page, chunk) for chunk in chunks]
    steps = list(pairwise([START, *roles, END]))
    rows = list(page_features(chunks, width))
    for k, (row, bundle) in enumerate(zip(rows, bundles(chunks, rows), strict=True)):
        before, after = steps[k][0], steps[k + 1][1]
        scores = tagger.scores(chain.from_iterable(row))
        step = tagger.steps.get
        offset = [s + step((before, t), 0.0) + step((t, after), 0.0) for s, t in zip(scores, tagger.tags, strict=True)]
        yield bundle, offset, roles[k]
