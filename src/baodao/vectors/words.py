"""Words: documents cut by jieba, without stop words, numbers and punctuation; and their TF-IDF.

In: documents. Out: lists of words (`WordTokenizer`), or a matrix (n_documents, n_words) (`ArticleVectorizer`).
Words of the lexicon are never split. jieba's global dictionary is neither read nor changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Self

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.utils.validation import check_is_fitted

from baodao.errors import BaodaoError
from baodao.resources import read_words
from baodao.text.lexicon import Lexicon
from baodao.text.segment import Segmenter
from baodao.vectors.documents import Document, DocumentTransformer, read_text, read_texts

__all__ = ["ArticleVectorizer", "WordTokenizer"]


_ALL = tuple("abcdefghijklnopqrstuvwyz")  # the first letters of jieba's tags, without m (numerals) and x (signs)


class _Settings(NamedTuple):
    segmenter: Segmenter
    stop_words: frozenset[str]
    tags: tuple[str, ...]
    min_length: int

    def cut(self, text: str) -> list[str]:
        """The words to keep, in order; Latin ones in small letters."""
        words = (
            word.text.lower()
            for word in self.segmenter.words(text)
            if len(word.text) >= self.min_length and word.tag.startswith(self.tags) and word.text[0].isalpha()
        )
        return [word for word in words if word not in self.stop_words]


class WordTokenizer(DocumentTransformer):
    """Documents → lists of words. Stateless: nothing is learned, `fit` only checks the settings.

    As a step of a Pipeline before a vectorizer with `analyzer=list`, or alone as the `tokenizer` of any
    scikit-learn vectorizer (with `token_pattern=None`).

    >>> WordTokenizer().transform(["社区夜校近日开班，招募志愿者40名"])
    [['社区', '夜校', '开班', '招募', '志愿者']]
    >>> WordTokenizer(lexicon=Lexicon().with_words(["社区夜校"]), tags=["n"])("社区夜校近日开班，招募志愿者40名")
    ['社区夜校', '志愿者']

    Args:
        lexicon: words that are kept whole, on top of jieba's dictionary.
        stop_words: words to leave out; "default" is the list of the library, None keeps all.
        tags: beginnings of jieba's part-of-speech tags to keep, `["n", "v"]`; None keeps all but numerals (m: 三名,
            第二次, 万元). Words of the lexicon have the tag they were given (n unless told).
        min_length: characters a word must have.
    """

    def __init__(
        self,
        *,
        lexicon: Lexicon | None = None,
        stop_words: Iterable[str] | str | None = "default",
        tags: Sequence[str] | None = None,
        min_length: int = 2,
    ) -> None:
        self.lexicon = lexicon
        self.stop_words = stop_words
        self.tags = tags
        self.min_length = min_length

    def fit(self, X: Iterable[Document], y: object = None) -> Self:
        """Check the settings; `X` is not looked at.

        Raises:
            BaodaoError: BD172, a setting is not possible.
        """
        self._settings()
        return self

    def transform(self, X: Iterable[Document]) -> list[list[str]]:
        """The words of each document, in order.

        Raises:
            BaodaoError: BD200, `X` holds something else than documents; BD172, a setting is not possible.
        """
        settings = self._settings()
        return [settings.cut(text) for text in read_texts(X)]

    def __call__(self, document: Document) -> list[str]:
        """The words of one document."""
        return self._settings().cut(read_text(document))

    def set_output(self, *, transform: str | None = None) -> Self:
        """Lists of words are no table and stay lists; here so that a Pipeline can be told as a whole."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def _settings(self) -> _Settings:
        """The settings, checked and opened."""
        if isinstance(self.stop_words, str) and self.stop_words != "default":
            raise BaodaoError("BD172", name="stop_words", value=self.stop_words, known='"default", None, a list')
        if isinstance(self.tags, str):
            raise BaodaoError("BD172", name="tags", value=self.tags, known=f"[{self.tags!r}], None")
        if not isinstance(self.lexicon, Lexicon | None):
            raise BaodaoError("BD172", name="lexicon", value=self.lexicon, known="Lexicon().with_words([...]), None")
        stop = read_words("lexicon/stop_words.txt") if self.stop_words == "default" else self.stop_words or ()
        words = self.lexicon.words if self.lexicon else ()
        return _Settings(
            segmenter(words), frozenset(stop), _ALL if self.tags is None else tuple(self.tags), self.min_length
        )


class ArticleVectorizer(DocumentTransformer):
    """Documents → TF-IDF of their words, a sparse matrix (n_documents, n_words), rows of length one.

    >>> X = ArticleVectorizer().fit(["夜校开班", "夜校招募教师"])
    >>> X.get_feature_names_out().tolist()
    ['夜校', '开班', '招募', '教师']

    Args:
        lexicon, stop_words, tags, min_length: which words, as in `WordTokenizer`.
        ngram_range, min_df, max_df, max_features, binary, norm, use_idf, sublinear_tf: how they are counted and
            weighed, as in scikit-learn's `TfidfVectorizer`; word pairs are parted by a space.

    Attributes:
        tfidf_: the fitted `TfidfVectorizer`; its `idf_` and `vocabulary_` can be read.
    """

    def __init__(
        self,
        *,
        lexicon: Lexicon | None = None,
        stop_words: Iterable[str] | str | None = "default",
        tags: Sequence[str] | None = None,
        min_length: int = 2,
        ngram_range: tuple[int, int] = (1, 1),
        min_df: float = 1,
        max_df: float = 1.0,
        max_features: int | None = None,
        binary: bool = False,
        norm: str | None = "l2",
        use_idf: bool = True,
        sublinear_tf: bool = False,
    ) -> None:
        self.lexicon = lexicon
        self.stop_words = stop_words
        self.tags = tags
        self.min_length = min_length
        self.ngram_range = ngram_range
        self.min_df = min_df
        self.max_df = max_df
        self.max_features = max_features
        self.binary = binary
        self.norm = norm
        self.use_idf = use_idf
        self.sublinear_tf = sublinear_tf

    def fit(self, X: Iterable[Document], y: object = None) -> Self:
        """Learn the words and how common they are.

        Raises:
            BaodaoError: BD200, `X` holds something else than documents; BD201, no words are left; BD172, a
                setting is not possible.
        """
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Iterable[Document], y: object = None, **fit_params: object) -> Any:
        """Learn the words and give the matrix of the same documents, in one pass; errors as in `fit`."""
        words = self.tokenizer().transform(X)
        if not any(words):
            raise BaodaoError("BD201", count=len(words))
        weighing = {name: value for name, value in self.get_params(deep=False).items() if name not in _CUTTING}
        # the words are cut already: `list` hands them on
        self.tfidf_ = TfidfVectorizer(tokenizer=list, token_pattern=None, lowercase=False, **weighing)
        return self._as_wanted(self.tfidf_.fit_transform(words))

    def transform(self, X: Iterable[Document]) -> Any:
        """The matrix (n_documents, n_words); words that were not learned are left out.

        Raises:
            BaodaoError: BD200, `X` holds something else than documents.
        """
        check_is_fitted(self)
        return self._as_wanted(self.tfidf_.transform(self.tokenizer().transform(X)))

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The words, in the order of the columns."""
        check_is_fitted(self)
        return self.tfidf_.get_feature_names_out()

    def tokenizer(self) -> WordTokenizer:
        """The tokenizer with these settings."""
        return WordTokenizer(**{name: getattr(self, name) for name in _CUTTING})


_CUTTING = ("lexicon", "stop_words", "tags", "min_length")


@lru_cache(maxsize=8)
def segmenter(words: tuple[tuple[str, str], ...]) -> Segmenter:
    """One segmenter a lexicon and process: it takes long to build and does not pickle."""
    return Segmenter(words)
