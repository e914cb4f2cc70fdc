"""Topics: what a corpus is about, by non-negative matrix factorization of its TF-IDF (Lee and Seung 1999).

In: documents. Out: `Topics`, a sequence of word lists with the documents that stand for them, and how much of each
topic every document holds. The same seed gives the same topics.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, overload

import numpy as np
from sklearn.base import clone
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.pipeline import Pipeline

from baodao.errors import BaodaoError
from baodao.markup import element, escaped
from baodao.records.saved import need
from baodao.vectors.documents import Document, list_documents, read_labels
from baodao.vectors.words import ArticleVectorizer

__all__ = ["Topic", "Topics", "topics"]

WORDS = 10  # that describe a topic
NAMING = 3  # of them are its name
TYPICAL = 3  # documents that a view names
SMALL = 20  # documents below which a word of one document may describe a topic
ROUNDS = 1000


class Topic(NamedTuple):
    """Words that go together in a corpus.

    `name`: its three strongest words; `words`: the ten strongest; `share`: of the corpus, 0 to 1, all topics together
    1; `places`: the documents that hold most of it, where it is their strongest topic, best first.
    """

    name: str
    words: tuple[str, ...]
    share: float
    places: tuple[int, ...]


class Topics(Sequence[Topic]):
    """The topics of a corpus, the largest first.

    Attributes:
        weights: how much of each topic a document holds: (n_documents, n_topics), rows sum to 1; a row of zeros
            where a document has none of the words.
        labels: what the documents are called, by place.
        model: the fitted Pipeline of words and factorization; the columns of its `transform` stand in `order`.
    """

    def __init__(self, model: Pipeline, matrix: Any, labels: Sequence[str]) -> None:
        shares = _rows_to_one(matrix)
        total = shares.sum(axis=0)
        self.order = np.argsort(-total.round(9), kind="stable")
        self.model = model
        self.labels = tuple(labels)
        self.weights = shares[:, self.order]
        self._topics = tuple(self._topic(k, float(total[k] / max(total.sum(), 1e-12))) for k in self.order)

    def _topic(self, column: int, share: float) -> Topic:
        names = self.model[0].get_feature_names_out()
        words = tuple(names[np.argsort(-self.model[-1].components_[column].round(9), kind="stable")[:WORDS]].tolist())
        number = int(np.flatnonzero(self.order == column)[0])
        own = self.weights[:, number]
        strongest = (self.weights.argmax(axis=1) == number) & (own > 0)
        places = [place for place in np.argsort(-own.round(9), kind="stable").tolist() if strongest[place]]
        return Topic(" ".join(words[:NAMING]), words, round(share, 4), tuple(places))

    @overload
    def __getitem__(self, index: int) -> Topic: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Topic, ...]: ...
    def __getitem__(self, index: int | slice) -> Topic | tuple[Topic, ...]:
        return self._topics[index]

    def __len__(self) -> int:
        return len(self._topics)

    def __iter__(self) -> Iterator[Topic]:
        return iter(self._topics)

    def weigh(self, articles: Iterable[Document]) -> Any:
        """How much of each topic other documents hold: (n_documents, n_topics), as `weights`.

        Raises:
            BaodaoError: BD200, something else than documents.
        """
        return _rows_to_one(self.model.transform(list_documents(articles)))[:, self.order]

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`, one row a document: its label, its strongest topic ("" if none) and the weight.

        Raises:
            BaodaoError: BD150, pandas is not installed.
        """
        best = self.weights.argmax(axis=1)
        weight = self.weights.max(axis=1)
        rows = {
            "label": self.labels,
            "topic": [self[k].name if w > 0 else "" for k, w in zip(best.tolist(), weight.tolist(), strict=True)],
            "weight": weight,
        }
        return need("pandas", "pandas", "to_pandas()").DataFrame(rows)

    def __repr__(self) -> str:
        return f"Topics({len(self)} topics of {len(self.labels)} documents)"

    def __str__(self) -> str:
        lines = [repr(self)]
        for number, topic in enumerate(self):
            lines.append(f"\n{number}  {topic.share:4.0%}  {' '.join(topic.words)}")
            lines.extend(f"     [{place}] {self.labels[place]}" for place in topic.places[:TYPICAL])
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = element("tr", "<th>主题</th><th>占比 share</th><th>词 words</th><th>代表 typical documents</th>")
        rows = "".join(
            element(
                "tr",
                element("td", str(number))
                + element("td", f"{topic.share:.0%}", css="bd-n")
                + element("td", f"<b>{escaped(topic.name)}</b> {escaped(' '.join(topic.words[NAMING:]))}")
                + element("td", "<br>".join(escaped(self.labels[place]) for place in topic.places[:TYPICAL])),
            )
            for number, topic in enumerate(self)
        )
        return element("table", element("caption", escaped(repr(self))) + head + rows, css="baodao")


def topics(
    articles: Iterable[Document],
    n: int = 8,
    *,
    seed: int = 0,
    vectorizer: ArticleVectorizer | None = None,
    names: Sequence[str] | None = None,
) -> Topics:
    """What the documents are about, as `n` groups of words.

    >>> texts = ["夜校开班，学员学习书法", "夜校学员展出书法", "公交改道，线路延长", "公交增开两条线路"]
    >>> [topic.words[:2] for topic in topics(texts, 2)]
    [('书法', '夜校'), ('公交', '线路')]

    Args:
        articles: texts, articles or pages.
        n: how many topics; try some, and keep what reads well.
        seed: of the factorization's start.
        vectorizer: how words are chosen and weighed (a copy is fitted); None takes words of at most half of the
            documents, and from 20 documents on of at least two of them.
        names: what to call the documents in views and tables; their headlines if None.

    Raises:
        BaodaoError: BD172, `n` or names do not fit; BD200, something else than documents; BD201, no words are
            left; BD202, fewer documents than topics.
    """
    documents = list_documents(articles)
    if not isinstance(n, int) or n < 1:
        raise BaodaoError("BD172", name="n", value=n, known="1, 2, 3 …")
    if len(documents) < n:
        raise BaodaoError("BD202", what=f"topics(n={n})", needed=n, count=len(documents))
    labels = read_labels(documents, names)
    words = clone(vectorizer) if vectorizer else _usual(len(documents))
    matrix = words.set_output(transform="default").fit_transform(documents)
    if matrix.shape[1] < n:
        raise BaodaoError("BD172", name="n", value=n, known=f"1 … {matrix.shape[1]}, the number of different words")
    factors = NMF(n, init="nndsvda", random_state=seed, max_iter=ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # what a thousand rounds leave open changes no word
        weights = factors.fit_transform(matrix)
    return Topics(Pipeline([("words", words), ("topics", factors)]), weights, labels)


def _usual(count: int) -> ArticleVectorizer:
    if count < SMALL:
        return ArticleVectorizer(sublinear_tf=True)
    return ArticleVectorizer(min_df=2, max_df=0.5, sublinear_tf=True)


def _rows_to_one(matrix: Any) -> Any:
    total = matrix.sum(axis=1, keepdims=True)
    return np.divide(matrix, total, out=np.zeros_like(matrix), where=total > 0)
