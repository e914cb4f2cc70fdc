"""Facts as features: how many facts of each sort a report (or any group of facts) has, or what they come to.

In: reports, pages, fact tables, or data frames with the columns of a fact table; each is one row. Out: a sparse
matrix (n_groups, n_sorts). Unlike units are never added up: a total needs kind and unit among the fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.utils.validation import check_is_fitted

from baodao.errors import BaodaoError
from baodao.records import Article, Fact, FactTable, Page
from baodao.records.fact import COLUMNS
from baodao.vectors.documents import DocumentTransformer

__all__ = ["FactVectorizer", "Facts"]

Facts = Article | Page | FactTable | Sequence[Fact] | Sequence[Mapping[str, Any]] | Any  # the last: a data frame
Row = Mapping[str, Any]

VALUES = ("number", "present", "total")
FIELDS = (*COLUMNS, "province")
PARTED = " · "  # as in str(fact)
NOTHING = "–"  # a field without an answer


class FactVectorizer(DocumentTransformer):
    """Groups of facts → one column for each sort of fact.

    >>> rows = [{"kind": "count", "unit": "名", "what": "教师", "value": 12}]
    >>> rows += [{"kind": "count", "unit": "名", "what": "学员", "value": 40}]
    >>> vectorizer = FactVectorizer(values="total")
    >>> vectorizer.fit_transform([rows, rows[:1]]).toarray().tolist()
    [[40.0, 12.0], [0.0, 12.0]]
    >>> vectorizer.get_feature_names_out().tolist()
    ['count · 名 · 学员', 'count · 名 · 教师']

    Args:
        fields: what makes a sort: columns of the fact table, or "province" (the first part of `region_path`).
        values: "number" of facts; "present", 1 where there is one; "total", the values added up, and averaged for
            rates (a vague value counts by its lower end). Parts printed beside their whole count twice.
        min_df: least groups that have the sort, else it is left out.

    Attributes:
        columns_: the fitted `DictVectorizer`.
    """

    def __init__(
        self, *, fields: Sequence[str] = ("kind", "unit", "what"), values: str = "number", min_df: int = 1
    ) -> None:
        self.fields = fields
        self.values = values
        self.min_df = min_df

    def fit(self, X: Iterable[Facts], y: object = None) -> Self:
        """Learn the sorts of facts.

        Raises:
            BaodaoError: BD172, a setting is not possible; BD203, a member of `X` holds no facts by its kind; BD204,
                there is no fact at all.
        """
        self.fit_transform(X)
        return self

    def fit_transform(self, X: Iterable[Facts], y: object = None, **fit_params: object) -> Any:
        """Learn the sorts of facts and give the matrix of the same groups; errors as in `fit`."""
        self._check()
        groups = [self._sorts(rows) for rows in read_groups(X)]
        if not any(groups):
            raise BaodaoError("BD204", count=len(groups))
        self.columns_ = DictVectorizer().fit(groups)
        matrix = self.columns_.transform(groups)
        held = np.diff(matrix.tocsc().indptr)  # groups that have the sort
        kept = np.flatnonzero(held >= self.min_df)
        if not len(kept):
            raise BaodaoError("BD172", name="min_df", value=self.min_df, known=f"1 … {held.max()}")
        self.columns_.restrict(kept, indices=True)
        return self._as_wanted(matrix[:, kept])

    def transform(self, X: Iterable[Facts]) -> Any:
        """The matrix (n_groups, n_sorts); sorts that were not learned are left out. Errors as in `fit`."""
        check_is_fitted(self)
        return self._as_wanted(self.columns_.transform([self._sorts(rows) for rows in read_groups(X)]))

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The sorts, their fields parted by " · ", in the order of the columns."""
        check_is_fitted(self)
        return self.columns_.get_feature_names_out().astype(object)

    def _check(self) -> None:
        if isinstance(self.fields, str) or not self.fields or not set(self.fields) <= set(FIELDS):
            raise BaodaoError("BD172", name="fields", value=self.fields, known=f"[{', '.join(FIELDS)}]")
        if self.values not in VALUES:
            raise BaodaoError("BD172", name="values", value=self.values, known=", ".join(VALUES))
        if self.values == "total" and not {"kind", "unit"} <= set(self.fields):
            raise BaodaoError("BD172", name="fields", value=self.fields, known='"kind" and "unit" with values="total"')

    def _sorts(self, rows: Iterable[Row]) -> dict[str, float]:
        """Sort → number, presence or total."""
        held: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            held[PARTED.join(_field(row, name) for name in self.fields)].append(row)
        match self.values:
            case "number":
                return {sort: float(len(own)) for sort, own in held.items()}
            case "present":
                return dict.fromkeys(held, 1.0)
            case _:
                return {sort: _total(own) for sort, own in held.items()}


def read_groups(groups: Iterable[Facts]) -> list[Sequence[Row]]:
    """The flat rows of each group of facts.

    Raises:
        BaodaoError: BD203, `groups` is one group itself, or a member is none.
    """
    if isinstance(groups, (str, Article, Page, FactTable)) or hasattr(groups, "columns"):
        raise BaodaoError("BD203", place=0, kind=f"{type(groups).__name__}, not in a list")
    return [_rows(group, place) for place, group in enumerate(groups)]


def _rows(group: Any, place: int) -> Sequence[Row]:
    if isinstance(group, (Article, Page)):
        return group.facts.to_dicts()
    if hasattr(group, "to_dicts"):  # a fact table, a polars frame
        rows: Sequence[Row] = group.to_dicts()
        return rows
    if hasattr(group, "columns") and hasattr(group, "to_dict"):  # a pandas frame
        rows = group.to_dict("records")
        return rows
    if isinstance(group, (list, tuple)) and all(isinstance(fact, (Fact, Mapping)) for fact in group):
        return [fact.to_dict() if isinstance(fact, Fact) else fact for fact in group]
    raise BaodaoError("BD203", place=place, kind=type(group).__name__)


def _field(row: Row, name: str) -> str:
    source = "region_path" if name == "province" else name
    if source not in row:
        raise BaodaoError("BD172", name="fields", value=name, known=", ".join(row))
    said = row[source]
    if said is None or said != said:  # pandas says NaN where there is nothing
        return NOTHING
    return (str(said).partition("/")[0] if name == "province" else str(said)) or NOTHING


def _total(rows: Sequence[Row]) -> float:
    """Values added up; the mean for rates, which cannot be added."""
    values = [_value(row) for row in rows]
    return sum(values) / len(values) if rows[0]["kind"] == "rate" else sum(values)


def _value(row: Row) -> float:
    for name in ("value", "low"):
        value = row.get(name)
        if value is not None and value == value:
            return float(value)
    return 0.0
