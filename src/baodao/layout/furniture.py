"""What the page head says of the page: its date, its paper, its number.

In: the page furniture. Out: strings; "" for what is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from baodao.layout.heads import head_rules, page_name
from baodao.layout.lines import Chunk
from baodao.resources import fill_fragments
from baodao.text.dates import make_day

__all__ = ["page_date", "page_number", "page_paper"]

_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")


def page_date(furniture: Iterable[Chunk]) -> str:
    """The ISO date printed in the page head; "" if there is none."""
    for chunk in furniture:
        if (match := _DATE.search(chunk.text)) is not None:
            found = make_day(*(int(part) for part in match.groups()))
            if found is not None and found.day:
                return found.iso
    return ""


def page_paper(furniture: Iterable[Chunk]) -> str:
    """The paper's name printed in the page head; "" if there is none."""
    for chunk in furniture:
        if (match := _paper().search(chunk.text)) is not None:
            return match[0]
    return ""


def page_number(furniture: Iterable[Chunk]) -> str:
    """The page's number printed in its head, as jump notes name it: "3", "A2"; "" if there is none."""
    [rule] = head_rules("page")
    for chunk in furniture:
        if (match := rule.pattern.match(chunk.text)) is not None:
            return page_name(match["page"] or match["bare"] or match["behind"])
    return ""


@cache
def _paper() -> re.Pattern[str]:
    return re.compile(fill_fragments(r"[一-鿿]{2,6}{press}"))
