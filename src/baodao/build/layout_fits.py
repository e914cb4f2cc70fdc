"""The weights that read a layout, by scikit-learn from examples: roles, steps, joins, tails, how paragraphs begin.

In: `Material` of `layout_examples`. Out: weight tables, as `layout` ships them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from baodao.build.layout_examples import Example, Material, Rows, tail_examples
from baodao.build.press import Piece
from baodao.layout.begins import begin_features
from baodao.layout.weights import Weights
from baodao.learn.linear import BIAS, LinearModel
from baodao.learn.tagger import END, START, Tagger

__all__ = ["MIN_COUNT", "STEP_SHARE", "STRENGTH", "fit", "fit_begins", "fit_tagger"]

DEV_WEIGHT = 3  # how often a dev page counts
STRENGTH = 0.5  # inverse regularisation, chosen by cross-validation
STEP_SHARE = 0.7  # how much of a step's log-odds is used, chosen by cross-validation
MIN_COUNT = 4  # a feature seen on fewer fragments is left out


def fit(composed_pages: Sequence[Material], taught: Sequence[Material]) -> Weights:
    """All weights, from composed pages and dev pages."""
    both = [*composed_pages, *(m for m in taught for _ in range(DEV_WEIGHT))]
    joins = fit_binary([example for m in both for example in m.joins])
    tails = fit_binary([example for m in both for example in tail_examples(m.page, m.chunks, joins)])
    return Weights(fit_tagger([m.example for m in both]), joins, tails)


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
