"""How large the lines of a composed page are set: the habits of invented papers, with the noise of real files.

In: a page with its gold and a random generator. Out: a size for each line; 1 is the body. A paper keeps its habits over
a page. A title is larger than its kicker and subtitle; captions and credits are often small; labels, boxes, subheads
and page furniture are set in any way. Small items may have headlines of the body's size, bold.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from baodao.build.setting import Page

__all__ = ["line_sizes"]

Range = tuple[float, float]

_TITLE: Range = (1.3, 4.5)
_SECOND: Range = (0.35, 0.8)  # a kicker's or subtitle's share of its title
_HABITS: Mapping[str, tuple[tuple[float, Range], ...]] = {  # how often which sizes are the paper's
    "section_label": ((2, (0.9, 1.1)), (4, (1.1, 1.8)), (1, (1.8, 2.6))),
    "byline": ((5, (0.8, 1.0)), (4, (1.0, 1.0)), (1, (1.0, 1.2))),
    "dateline": ((1, (0.9, 1.0)), (4, (1.0, 1.0))),
    "subhead": ((3, (1.0, 1.0)), (4, (1.1, 1.5))),
    "pull_quote": ((2, (0.9, 1.0)), (2, (1.0, 1.0)), (5, (1.15, 1.9))),
    "caption": ((7, (0.7, 0.95)), (3, (1.0, 1.0))),
    "caption_title": ((1, (0.8, 1.0)), (4, (1.05, 1.6)), (1, (1.6, 2.2))),
    "credit": ((4, (0.75, 0.95)), (4, (1.0, 1.0))),
    "jump": ((3, (0.75, 0.95)), (4, (1.0, 1.0))),
    "page_furniture": ((5, (0.7, 1.0)), (2, (1.0, 1.3)), (2, (1.3, 3.0))),
}
_PLAIN = 0.08  # how often a report's headline is of the body's size
_OTHER_BODY = 0.06  # how often a report is set in another size
_SCANNED = 0.25  # how many pages have sizes read from a scan


def line_sizes(page: Page, chance: random.Random) -> list[float]:
    """A size for each line of a page."""
    habits = {role: chance.uniform(*_pick(chance, some)) for role, some in _HABITS.items()}
    blur = chance.uniform(0.01, 0.04) if chance.random() < _SCANNED else 0.0
    equal = chance.random() < 0.2  # kickers are of the body's size
    stories: dict[int | None, tuple[float, float, float, float]] = {}
    out = []
    for number, role in page["lines"]:
        if number not in stories:
            title = 1.0 if chance.random() < _PLAIN else chance.uniform(*_TITLE)
            body = chance.uniform(0.85, 1.25) if chance.random() < _OTHER_BODY else 1.0
            second = [1.0 if equal else max(1.0, title * chance.uniform(*_SECOND)) for _ in range(2)]
            stories[number] = title, body, second[0], second[1]
        title, body, kicker, subtitle = stories[number]
        known = {"title": title, "kicker": min(kicker, title), "subtitle": min(subtitle, title), "blank": 0.0,
                 "section_label": min(habits["section_label"], max(1.0, 0.8 * title))}  # fmt: skip
        size = known.get(role, habits.get(role, body))
        out.append(round(size * chance.gauss(1.0, blur), 2) if blur else round(size, 2))
    return out


def _pick(chance: random.Random, some: tuple[tuple[float, Range], ...]) -> Range:
    return chance.choices([sizes for _, sizes in some], [often for often, _ in some])[0]
