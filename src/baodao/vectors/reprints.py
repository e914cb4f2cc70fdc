"""Duplicates: reports that were printed more than once, whole, shortened or retold.

In: documents of any papers. Out: `Duplicates`, a sequence of pairs with how much they share, their groups, and which
document of each group to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, overload

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from baodao.errors import BaodaoError
from baodao.markup import element, escaped
from baodao.records.saved import need
from baodao.text.normalize import normalize
from baodao.vectors.documents import Document, list_documents, read_labels, read_texts
from baodao.vectors.retold import common_numbers, read_numbers, share_matter
from baodao.vectors.shingles import LENGTH, compare_wording, letters_of, share_wording

__all__ = ["Duplicates", "Pair", "duplicates"]

LEAST = 3 * LENGTH  # letters of a document that is compared at all; shorter ones are notices
SHOWN = 20  # groups that a view shows
MEMBERS = 8  # of a group that it shows


class Pair(NamedTuple):
    """Two documents by their places in the list, first < second.

    `kind`: "reprint" where they share their wording, "retold" where one event is told in other words; `overlap`: share
    of the shorter one's wording that the longer one has; `similarity`: share of both one's wording that both have
    (Jaccard's); `numbers`: share of the fewer numbers that both print. The shares are 0 to 1.
    """

    first: int
    second: int
    kind: str
    overlap: float
    similarity: float
    numbers: float


class Duplicates(Sequence[Pair]):
    """The pairs, by first and second; texts printed exactly alike are each paired with the first of them only.

    Attributes:
        labels: what the documents are called, by place.
        groups: places of the documents that belong together, directly or over others; each ascending.
        keep: places of one document for each report, ascending: the longest of every group and all that are alone.
    """

    def __init__(self, pairs: Iterable[Pair], labels: Sequence[str], lengths: Sequence[int]) -> None:
        self._pairs = tuple(sorted(pairs))
        self.labels = tuple(labels)
        self.groups = _groups(self._pairs, len(self.labels))
        longest = {max(group, key=lambda place: (lengths[place], -place)) for group in self.groups}
        spare = {place for group in self.groups for place in group} - longest
        self.keep = tuple(place for place in range(len(self.labels)) if place not in spare)
        self._kept = longest

    @overload
    def __getitem__(self, index: int) -> Pair: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Pair, ...]: ...
    def __getitem__(self, index: int | slice) -> Pair | tuple[Pair, ...]:
        return self._pairs[index]

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._pairs)

    def __repr__(self) -> str:
        return f"Duplicates({len(self)} pairs in {len(self.groups)} groups of {len(self.labels)} documents)"

    def __str__(self) -> str:
        lines = [repr(self)]
        for group in self.groups[:SHOWN]:
            lines.extend(("", *(f"  {line}" for line in _members(group, self.labels))))
        if len(self.groups) > SHOWN:
            lines.append(f"\n  … {len(self.groups) - SHOWN} more: .groups")
        return "\n".join(lines)

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`, one row a pair, with the labels of both.

        Raises:
            BaodaoError: BD150, pandas is not installed.
        """
        frame = need("pandas", "pandas", "to_pandas()").DataFrame(self._pairs, columns=list(Pair._fields))
        for side in ("first", "second"):
            frame[f"{side}_label"] = [self.labels[place] for place in frame[side]]
        return frame

    def _repr_html_(self) -> str:
        labels = [escaped(label) for label in self.labels]
        for place in self._kept:
            labels[place] = element("b", labels[place])
        rows = "".join(
            element("tr", element("td", str(number)) + element("td", "<br>".join(_members(group, labels))))
            for number, group in enumerate(self.groups[:SHOWN], 1)
        )
        head = element("tr", "<th>组</th><th>同一报道 the same report</th>")
        return element("table", element("caption", escaped(repr(self))) + head + rows, css="baodao")


def duplicates(
    articles: Iterable[Document],
    *,
    threshold: float = 0.5,
    numbers: float = 0.6,
    retold: bool = True,
    names: Sequence[str] | None = None,
) -> Duplicates:
    """Which of the documents are one report printed more than once: whole, shortened, lightly edited, or told again
    in other words.

    >>> long = "社区夜校昨晚开班，首批学员140名，开设书法、摄影、剪纸三门课程，投入资金25.6万元。报名从下月五日起。"
    >>> other = "投入25.6万元的社区夜校里，140名学员昨晚开始学习剪纸和摄影。"
    >>> found = duplicates([long, "公交12路本周起改道，绕行东湖路、解放路两站。", "本报讯 " + long[:31], other])
    >>> [pair[:3] for pair in found]
    [(0, 2, 'reprint'), (0, 3, 'retold')]
    >>> found.groups, found.keep
    (((0, 2, 3),), (0, 1))

    Args:
        articles: texts, articles or pages; one each is compared with all others. The work grows about with the
            text, not with its square.
        threshold: least share of the shorter one's wording (runs of eight letters) that the longer one has. Half a
            report inside a round-up is not enough at 0.5.
        numbers: least share of the fewer numbers that both print, where there are two or more: monthly figures read
            alike but are another report. 0 lets all pass.
        retold: whether to look for reports in other words too; they are known by two or more telling numbers (1249,
            18.3, not years) and by their words.
        names: what to call the documents in views and tables; their headlines if None.

    Raises:
        BaodaoError: BD172, threshold, numbers or names do not fit; BD200, something else than documents.
    """
    for name, value in (("threshold", threshold), ("numbers", numbers)):
        if not 0 <= value <= 1 or (name == "threshold" and value == 0):
            raise BaodaoError("BD172", name=name, value=value, known="0 … 1")
    documents = list_documents(articles)
    labels, texts = read_labels(documents, names), read_texts(documents)
    letters = [letters_of(normalize(text, traditional=True)) for text in texts]  # few characters may tip the guess
    places: dict[str, list[int]] = {}
    for place, text in enumerate(letters):
        places.setdefault(text, []).append(place)
    firsts = [same[0] for same in places.values()]
    pairs = {
        (same[0], other): Pair(same[0], other, "reprint", 1.0, 1.0, 1.0)
        for text, same in places.items()
        if len(text) >= LEAST
        for other in same[1:]
    }
    pairs |= {pair[:2]: pair for pair in _reprints(firsts, texts, letters, threshold, numbers)}
    if retold:
        found = ((firsts[i], firsts[j], share) for i, j, share in share_matter([texts[i] for i in firsts], numbers))
        pairs |= {
            (first, second): _pair(first, second, "retold", *compare_wording(letters[first], letters[second]), share)
            for first, second, share in found
            if (first, second) not in pairs
        }
    return Duplicates(pairs.values(), labels, [len(text) for text in letters])


def _reprints(
    firsts: Sequence[int], texts: Sequence[str], letters: Sequence[str], threshold: float, numbers: float
) -> Iterator[Pair]:
    """The pairs among the texts at `firsts`, no two of them alike, that share their wording."""
    long = [place for place in firsts if len(letters[place]) >= LEAST]
    for shared in share_wording([letters[place] for place in long], threshold):
        first, second = long[shared.first], long[shared.second]
        common = common_numbers(read_numbers(texts[first]), read_numbers(texts[second]))
        if common >= numbers:
            yield _pair(first, second, "reprint", shared.overlap, shared.similarity, common)


def _pair(first: int, second: int, kind: str, *shares: float) -> Pair:
    return Pair(first, second, kind, *(round(share, 4) for share in shares))


def _members(group: Sequence[int], labels: Sequence[str]) -> list[str]:
    more = [f"… {len(group) - MEMBERS} more"] if len(group) > MEMBERS else []
    return [*(f"[{place}] {labels[place]}" for place in group[:MEMBERS]), *more]


def _groups(pairs: Sequence[Pair], size: int) -> tuple[tuple[int, ...], ...]:
    if not pairs:
        return ()
    first, second = np.array([pair[:2] for pair in pairs]).T
    links = coo_array((np.ones(len(pairs), np.int8), (first, second)), shape=(size, size))
    labels = connected_components(links, directed=False)[1]
    members: dict[int, list[int]] = {}
    for place in np.unique(np.r_[first, second]).tolist():
        members.setdefault(int(labels[place]), []).append(place)
    return tuple(sorted(map(tuple, members.values())))
