"""Roles by rules alone, where no weight table is at hand or none is wanted.

In: the features of a page, as the tagger reads them. Out: a role for each fragment. What `features.look_at` saw
of a fragment says most: the rule of `data/rules/layout.toml` that it fits, or its length and end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from baodao.layout.roles import rules
from baodao.learn.tagger import Bundle

__all__ = ["RuleTagger"]

_SHAPE = "s="
_ROLES = {
    "long": "body", "open": "body", "short": "body", "dispatch": "body", "name": "byline",
    "label-like": "section_label", "head": "title", "tall": "title", "scrap": "page_furniture",
}  # fmt: skip
_MOST_HEADS = 3  # short lines in a row that can be the headlines of one report; more are a list


class RuleTagger:
    """Reads a page as `Tagger` does.

    >>> RuleTagger().decode([[("s=head",)], [("s=head",)], [("s=byline",)], [("s=long",)], [("s=page-number",)]])
    ['title', 'subtitle', 'byline', 'body', 'page_furniture']
    """

    def decode(self, rows: Iterable[Sequence[Bundle]]) -> list[str]:
        """The roles of a page."""
        roles = [self._role(row) for row in rows]
        start = 0
        for k in range(len(roles) + 1):
            if k == len(roles) or roles[k] != "title":
                roles[start:k] = _headlines(k - start)
                start = k + 1
        return roles

    @staticmethod
    def _role(row: Sequence[Bundle]) -> str:
        shape = next(
            (name.removeprefix(_SHAPE) for bundle in row for name in bundle if name.startswith(_SHAPE)), "long"
        )
        return _ROLES.get(shape) or _ruled().get(shape, "body")


def _headlines(count: int) -> list[str]:
    """The roles of so many short lines in a row."""
    return ["title", *["subtitle"] * (count - 1)] if 0 < count <= _MOST_HEADS else ["body"] * count


@cache
def _ruled() -> dict[str, str]:
    """The role that each rule of a whole line gives."""
    return {rule.id.rpartition(".")[2]: str(rule.fields["role"]) for rule in rules("line")}
