"""Words: jieba's segmentation, quietly.

rjieba (the same dictionary and model, in Rust) where it is installed, jieba itself elsewhere. The
tokenizer is our own: no shared cache file, no log line, no global word list. Neither object pickles,
so a `Segmenter` pickles as its words and is built again on load.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any, NamedTuple

from baodao.resources import read_words

__all__ = ["Segmenter", "Word", "word_rarity"]

_LOCK = threading.Lock()
_MOST = 50_000  # remembered words


class Word(NamedTuple):
    """A word of a passage with jieba's part-of-speech tag (n v a m q ns nt x …)."""

    text: str
    tag: str
    start: int
    end: int


class Segmenter:
    """Cuts text into tagged words.

    Args:
        words: further dictionary words as (word, tag); they are never split.
        engine: "rjieba", "jieba", or "" for the best that is installed.

    >>> [w.text for w in Segmenter().words("妇联招募志愿者")]
    ['妇联', '招募', '志愿者']
    """

    def __init__(self, words: Iterable[tuple[str, str]] = (), *, engine: str = "") -> None:
        self._extra = tuple(words)
        self.engine = engine or ("rjieba" if _has_rjieba() else "jieba")
        self._built: _Engine | None = None

    def words(self, text: str, offset: int = 0) -> list[Word]:
        """The words of `text`; spans count from `offset`. They tile the text."""
        out = []
        for word, tag in self.tag(text):
            out.append(Word(word, tag, offset, offset + len(word)))
            offset += len(word)
        return out

    def tag(self, text: str) -> list[tuple[str, str]]:
        """The words of `text` with their tags alone."""
        return self._engine().tag(text)

    def cut(self, text: str) -> list[str]:
        """The same words as mere strings, in a fifth of the time.

        >>> Segmenter().cut("妇联招募志愿者")
        ['妇联', '招募', '志愿者']
        """
        return self._engine().cut(text)

    def _engine(self) -> _Engine:
        if self._built is None:
            with _LOCK:
                if self._built is None:
                    self._built = _build(self.engine, self._extra)
        return self._built

    def __reduce__(self) -> tuple[Any, ...]:
        return (_rebuild, (self._extra, self.engine))


def _rebuild(words: tuple[tuple[str, str], ...], engine: str) -> Segmenter:
    return Segmenter(words, engine=engine)


@cache
def _has_rjieba() -> bool:
    try:
        _rjieba()
    except ImportError:
        return False
    return True


def _rjieba() -> Any:
    """The class of rjieba's cutters. Opening its package builds a cutter with a dictionary that nobody here asks for
    (0.1 s, 30 MB), so its compiled part is opened alone, under its own name: who imports rjieba later gets the same."""
    inner = "rjieba.rjieba"
    if inner not in sys.modules:
        package = find_spec("rjieba")
        spec = package and PathFinder.find_spec(inner, package.submodule_search_locations)
        if not spec or not spec.loader:
            raise ImportError(inner)
        module = sys.modules[inner] = module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[inner].Jieba


class _Engine(NamedTuple):
    """What cuts: into tagged words, into words."""

    tag: Callable[[str], list[tuple[str, str]]]
    cut: Callable[[str], list[str]]


def _build(engine: str, extra: tuple[tuple[str, str], ...]) -> _Engine:
    if engine == "rjieba":
        cutter = _rjieba()()
        for word, tag in extra:
            cutter.add_word(word, _frequency(word), tag)
        return _Engine(_Tagger(cutter), cutter.cut)
    tokenizer, tags = _jieba()
    if extra:
        tokenizer = _copy(tokenizer)
        tags = dict(tags)
        for word, tag in extra:
            tokenizer.add_word(word, _frequency(word))
            tags[word] = tag
    return _Engine(
        lambda text: [(word, tags.get(word) or _guess_tag(word)) for word in tokenizer.cut(text)], tokenizer.lcut
    )


class _Tagger:
    """Tagged words by rjieba, which cuts twice as fast as it tags: the tag of a word is the same wherever it stands
    and is asked for once."""

    def __init__(self, cutter: Any) -> None:
        self._cutter = cutter
        self._words: dict[str, tuple[str, str]] = {}

    def __call__(self, text: str) -> list[tuple[str, str]]:
        words, cut = self._words, self._cutter.cut(text)
        try:
            return [words[word] for word in cut]
        except KeyError:
            if len(words) >= _MOST:
                words = self._words = {}
            known = self._cutter.has_word
            for word, tag in self._cutter.tag(text):
                words[word] = word, tag if known(word) else _guess_tag(word)
            return [words[word] for word in cut]


def _frequency(word: str) -> int:
    """High enough that the word is kept whole against its parts."""
    return 20000 if len(word) > 2 else 5000


def _guess_tag(word: str) -> str:
    """The tag of a word that no dictionary has, the same whichever engine cut it: names by their surname."""
    if word[0].isdigit():
        return "m"
    if word[0].isascii() and word[0].isalpha():
        return "eng"
    if not word[0].isalnum():
        return "x"
    return "nr" if 2 <= len(word) <= 3 and word[0] in _surnames() else "n"


@cache
def _surnames() -> frozenset[str]:
    return frozenset(read_words("lexicon/surnames.txt"))


@cache
def word_rarity() -> dict[str, float]:
    """How rare words are in Chinese texts at large: the inverse document frequencies that jieba ships (natural
    logarithms, 270,000 words).

    >>> word_rarity()["发展"] < word_rarity()["夜校"]
    True
    """
    found = find_spec("jieba")  # its file is read, jieba itself is not imported
    assert found is not None and found.origin is not None, "jieba is a dependency"
    lines = Path(found.origin).with_name("analyse").joinpath("idf.txt").read_text(encoding="utf-8").splitlines()
    return {word: float(value) for word, value in (line.split(" ") for line in lines)}


@cache
def _jieba() -> tuple[Any, dict[str, str]]:
    """A private jieba tokenizer with its dictionary in memory, and the dictionary's tags."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logger = logging.getLogger("jieba")
        had = list(logger.handlers)
        import jieba

        logger.handlers[:] = had
    tokenizer = jieba.Tokenizer()
    with tokenizer.get_dict_file() as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.initialized = True
    tags = {}
    with tokenizer.get_dict_file() as file:
        for line in file:
            word, _, tag = line.decode("utf-8").strip().split(" ")[:3]
            tags[word] = tag
    return tokenizer, tags


def _copy(tokenizer: Any) -> Any:
    import jieba

    twin = jieba.Tokenizer()
    twin.FREQ, twin.total, twin.initialized = dict(tokenizer.FREQ), tokenizer.total, True
    return twin
