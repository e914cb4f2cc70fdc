"""Classes of words that keep the same company, from the shared bulletins → `data/lexicon/word_classes.csv`.

Each word is described by the words left and right of it (positive pointwise mutual information, reduced to 100
dimensions), and k-means puts alike ones together: 32 coarse and 128 fine classes. Persons stand with persons, verbs of
giving with verbs of giving, whatever a dictionary calls them. Seeded; only words go into the table, no text.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import files as package_files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from baodao.build.annotations import BULLETINS
from baodao.build.tables import write_table
from baodao.text.segment import Segmenter

TABLE = Path("src/baodao/data/lexicon/word_classes.csv")
LEAST = 4  # times a word must be seen
LONGEST = 8  # characters; longer ones are names of single bodies
NEIGHBOURS = 3000  # the most frequent words describe the others
DIMENSIONS = 100
CLASSES = (32, 128)
_NUMBER = re.compile(r"[\d.,%]+|[一二三四五六七八九十百千万亿两几数半]+")


def main(arguments: Sequence[str]) -> None:
    """Write the table."""
    sentences = list(_sentences())
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted((w for w, n in counts.items() if n >= LEAST), key=lambda w: (-counts[w], w))
    vectors = _vectors(sentences, words)
    weights = np.sqrt([counts[word] for word in words])
    labels = [_labels(vectors, weights, size) for size in CLASSES]
    rows = sorted(
        (word, *(int(label[i]) for label in labels))
        for i, word in enumerate(words)
        if len(word) <= LONGEST and re.fullmatch(r"\w+", word)
    )
    write_table(TABLE, ("word", "coarse", "fine"), rows)


def dictionary_counts() -> dict[str, int]:
    """How often jieba's dictionary counts each of its words."""
    found = next(file for file in package_files("jieba") or () if str(file) == "jieba/dict.txt")
    lines = Path(str(found.locate())).read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count, _ in map(str.split, lines)}


def _sentences() -> Iterator[list[str]]:
    segmenter = Segmenter()
    with gzip.open(BULLETINS, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for text in (row["title"], *row["paragraphs"]):
                words = ("0" if _NUMBER.fullmatch(word.text) else word.text for word in segmenter.words(text))
                yield ["^", *words, "$"]


def _vectors(sentences: list[list[str]], words: list[str]) -> Any:
    """Unit vectors: (n_words, DIMENSIONS)."""
    from scipy.sparse import hstack
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    index = {word: i for i, word in enumerate(words)}
    left: Counter[tuple[int, int]] = Counter()
    right: Counter[tuple[int, int]] = Counter()
    for sentence in sentences:
        for a, b in pairwise(sentence):
            i, j = index.get(a, -1), index.get(b, -1)
            if j >= 0 and 0 <= i < NEIGHBOURS:
                left[j, i] += 1
            if i >= 0 and 0 <= j < NEIGHBOURS:
                right[i, j] += 1
    both = hstack([_information(left, len(words)), _information(right, len(words))]).tocsr()
    return normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(both))


def _information(counts: Counter[tuple[int, int]], size: int) -> Any:
    """Positive pointwise mutual information, neighbours smoothed: (n_words, NEIGHBOURS)."""
    from scipy.sparse import coo_matrix

    rows, columns = np.array(list(counts)).T
    seen = np.array(list(counts.values()), float)
    shape = (size, NEIGHBOURS)
    whole = np.bincount(rows, seen, size)
    common = np.bincount(columns, seen, NEIGHBOURS) ** 0.75
    common /= common.sum()
    values = np.maximum(np.log(seen / whole[rows] / common[columns]), 0)
    return coo_matrix((values, (rows, columns)), shape=shape)


def _labels(vectors: Any, weights: Any, size: int) -> Any:
    from sklearn.cluster import MiniBatchKMeans

    means = MiniBatchKMeans(size, random_state=0, n_init=3, batch_size=4096)
    return means.fit(vectors, sample_weight=weights).labels_
