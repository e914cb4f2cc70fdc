"""Keywords: the words that say what a report is about, by TF-IDF or TextRank.

TF-IDF weighs how often a word stands in the report against how rare it is elsewhere: in Chinese texts at large (the
table that jieba ships) or in documents of yours. TextRank (Mihalcea and Tarau 2004) asks no other text: a word counts
when it stands beside words that count. Neither touches jieba's global state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from statistics import median
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from sklearn.utils.validation import check_is_fitted

from baodao.errors import BaodaoError
from baodao.text.segment import word_rarity
from baodao.vectors.documents import Document, read_texts
from baodao.vectors.words import ArticleVectorizer, WordTokenizer

__all__ = ["Keyword", "keywords"]

METHODS = ("tfidf", "textrank")
SPAN = 5  # words that count as neighbours in TextRank
DAMPING = 0.85  # of PageRank
ROUNDS = 100
CLOSE = 1e-9  # change of the ranks at which they stand


class Keyword(NamedTuple):
    """A word, its weight against the strongest word of the report (1.0), and how often it stands there."""

    word: str
    weight: float
    frequency: int


def keywords(
    article: Document,
    n: int = 10,
    *,
    method: str = "tfidf",
    background: ArticleVectorizer | Iterable[Document] | None = None,
    tokenizer: WordTokenizer | None = None,
) -> list[Keyword]:
    """The `n` words that say most about a report, strongest first; fewer if it has fewer.

    >>> text = "夜校开班。社区夜校招募教师，夜校教师教授书法、摄影。"
    >>> [k.word for k in keywords(text, 3)]
    ['夜校', '教师', '开班']
    >>> keywords(text, 1, method="textrank")
    [Keyword(word='夜校', weight=1.0, frequency=3)]

    Args:
        article: a text, an article or a page.
        method: "tfidf" or "textrank".
        background: for TF-IDF, what is common elsewhere: a fitted `ArticleVectorizer`, or documents (which are
            cut anew at each call); None is Chinese at large. Words it lacks count as rare.
        tokenizer: which words may be keywords; None is `WordTokenizer()`.

    Raises:
        BaodaoError: BD172, no such method; BD200, something else than a document.
    """
    if method not in METHODS:
        raise BaodaoError("BD172", name="method", value=method, known=", ".join(METHODS))
    tokenizer = tokenizer or WordTokenizer()
    words = tokenizer(article)
    counts = Counter(words)
    weights = text_rank(words) if method == "textrank" else _rarity(counts, background, tokenizer)
    best = sorted(weights, key=lambda word: -round(weights[word], 9))[: max(n, 0)]  # of equal ones the first printed
    return [Keyword(word, round(weights[word] / weights[best[0]], 4), counts[word]) for word in best]


def text_rank(words: Sequence[str], span: int = SPAN) -> dict[str, float]:
    """PageRank of the words over how often two stand less than `span` words apart; the ranks sum to 1.

    >>> ranks = text_rank("夜校 教师 夜校 书法 夜校".split())
    >>> max(ranks, key=ranks.get)
    '夜校'
    """
    columns = {word: i for i, word in enumerate(dict.fromkeys(words))}
    ids = np.array([columns[word] for word in words], dtype=np.intp)
    if len(columns) < 2:
        return dict.fromkeys(columns, 1.0)
    near = [(ids[:-gap], ids[gap:]) for gap in range(1, min(span, len(ids)))]
    left, right = (np.concatenate(side) for side in zip(*near, strict=True))
    apart = left != right
    left, right = left[apart], right[apart]
    links = coo_array((np.ones(len(left)), (left, right)), shape=(len(columns), len(columns))).tocsr()
    links = links + links.T  # (n_words, n_words), symmetric; every word has a neighbour, as there are two at least
    steps = links / links.sum(axis=0)
    ranks = np.full(len(columns), 1 / len(columns))
    for _ in range(ROUNDS):
        before, ranks = ranks, (1 - DAMPING) / len(columns) + DAMPING * (steps @ ranks)
        if np.abs(ranks - before).sum() < CLOSE:
            break
    return dict(zip(columns, ranks.tolist(), strict=True))


def _rarity(
    counts: Counter[str], background: ArticleVectorizer | Iterable[Document] | None, tokenizer: WordTokenizer
) -> dict[str, float]:
    """TF-IDF of the counted words; a word that the background lacks is as rare as its rarest, or as the middle of
    jieba's table, which holds many words that are hardly ever seen."""
    if background is None:
        table, unknown = word_rarity(), _middle_rarity()
    else:
        table = _rarity_among(background, tokenizer)
        unknown = max(table.values())
    return {word: count * table.get(word, unknown) for word, count in counts.items()}


@cache
def _middle_rarity() -> float:
    return median(word_rarity().values())


def _rarity_among(background: ArticleVectorizer | Iterable[Document], tokenizer: WordTokenizer) -> dict[str, float]:
    if not isinstance(background, ArticleVectorizer):
        texts = read_texts(background)
        background = ArticleVectorizer(**tokenizer.get_params(deep=False)).fit(texts)
    check_is_fitted(background)
    names = background.get_feature_names_out().tolist()
    return dict(zip(names, background.tfidf_.idf_.tolist(), strict=True))
