"""Similar: the documents that are most like one by their words, rewritten reports of the same event too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from sklearn.base import clone

from baodao.vectors.documents import Document, list_documents, read_label
from baodao.vectors.words import ArticleVectorizer

__all__ = ["Match", "similar"]

WORDS = 5  # that a match names


class Match(NamedTuple):
    """A document by its place in the list, how alike it is (cosine, 0 to 1), its label, the words that weigh most."""

    place: int
    similarity: float
    label: str
    words: tuple[str, ...]


def similar(
    article: Document,
    articles: Iterable[Document],
    n: int = 5,
    *,
    vectorizer: ArticleVectorizer | None = None,
) -> list[Match]:
    """The `n` documents that are most like an article by their words, the most alike first; none without a word in
    common. The article itself, where it is in the list, is left out; an equal text printed elsewhere is not.

    >>> texts = ["夜校开班，学员学习书法", "公交线路改道", "书法展览开幕，学员作品展出"]
    >>> similar(texts[0], texts)[0]
    Match(place=2, similarity=0.2499, label='书法展览开幕，学员作品展出', words=('书法', '学员'))

    Args:
        vectorizer: how words are chosen and weighed; it is fitted on `articles` (a copy is). For many questions
            to one corpus, fit a Pipeline of an `ArticleVectorizer` and scikit-learn's `NearestNeighbors`.

    Raises:
        BaodaoError: BD200, something else than documents; BD201, no words are left.
    """
    documents = list_documents(articles)
    weigher = clone(vectorizer or ArticleVectorizer()).set_output(transform="default")
    matrix = weigher.fit_transform(documents)
    wanted = weigher.transform([article])
    scores = (matrix @ wanted.T).toarray().ravel()
    words = weigher.get_feature_names_out()
    matches: list[Match] = []
    for place in np.argsort(-scores.round(9), kind="stable").tolist():
        if len(matches) == n or scores[place] <= 0:
            break
        if documents[place] is not article:
            shared = matrix[[place]].multiply(wanted).tocsr()
            best = shared.indices[np.lexsort((shared.indices, -shared.data.round(9)))][:WORDS]
            label = read_label(documents[place])
            matches.append(Match(place, round(float(scores[place]), 4), label, tuple(words[best].tolist())))
    return matches
