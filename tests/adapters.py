"""What the shared scorers call: the library's answers in their formats."""

from __future__ import annotations

from typing import Any

import baodao
from baodao.find.overlap import settle
from baodao.find.quantities import find_quantities
from baodao.find.times import find_times
from baodao.layout import split_articles
from baodao.records.light import QuantityHit, TimeHit
from baodao.text.normalize import traditional_share
from baodao.text.passage import Passage


def split(text: str) -> list[dict[str, Any]]:
    """The articles of a page by line numbers, as `layout/score.py` reads them."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    number = {
        start + k: n
        for n, (start, line) in enumerate(zip(starts, text.split("\n"), strict=False))
        for k in range(len(line))
    }
    layout = split_articles(text)

    def lines(start: int, end: int) -> list[int]:
        return sorted({number[i] for i in range(start, end) if i in number and not text[i].isspace()})

    out: list[dict[str, Any]] = []
    for story in layout.stories:
        entry: dict[str, Any] = {
            "title": "".join(text[a:b] for a, b in story.title) or None,
            "lines": [],
            "roles": [],
        }
        for fragment in story.fragments:
            for k, n in enumerate(lines(fragment.start, fragment.end)):
                entry["lines"].append(n)
                again = fragment.role == "body" and k > 0
                entry["roles"].append("body_continuation" if again else fragment.role)
        entry["paragraphs"] = [[n for i in p.fragments for n in lines(story.fragments[i].start, story.fragments[i].end)]
                               for p in story.paragraphs]  # fmt: skip
        entry["texts"] = ["".join(text[a:b] for a, b in p.pieces) for p in story.paragraphs]
        out.append(entry)
    for fragment in layout.furniture:
        found = lines(fragment.start, fragment.end)
        out.append({"page": True, "title": None, "lines": found, "roles": [fragment.role] * len(found)})
    return out


def mentions(text: str) -> list[dict[str, Any]]:
    """All mentions, as the region and organization scorers read them."""
    page = baodao.analyze(text, force=True)
    return [
        {
            "start": m.start, "end": m.end, "text": m.text, "kind": m.kind,
            "adcode": getattr(m, "adcode", None) or getattr(m, "region", None),
        }
        for m in page.mentions
    ]  # fmt: skip


def extract(text: str, reference_date: str | None) -> list[dict[str, Any]]:
    """Numbers, quantities and times, as `suites/run.py` reads them."""
    passage = Passage(text, [[(0, len(text))]], issue_date=(reference_date or "")[:10],
                      traditional=traditional_share(text) > 0)  # fmt: skip
    times = list(find_times(passage, ()))
    hits = settle([*times, *find_quantities(passage, times)])
    rows = [
        _time_row(h) if isinstance(h, TimeHit) else _quantity_row(h)
        for h in hits
        if isinstance(h, TimeHit | QuantityHit)
    ]
    for row in rows:
        row["text"] = text[row["start"] : row["end"]]
    return rows


_SUITE_KINDS = {"rate": "percent", "amount": "money", "frequency": "set"}


def _quantity_row(hit: QuantityHit) -> dict[str, Any]:
    """One quantity; a hedged one with its open side, a range with both."""
    kind, unit = _SUITE_KINDS.get(hit.kind, hit.kind), hit.unit
    if hit.kind == "measure" and ("度" in unit or unit in ("℃", "℉", "°C", "°F", "°")) and "角" not in unit:
        kind = "temperature"
    if hit.kind == "rate" and unit not in ("%", "百分点"):
        kind = "number"
    value: dict[str, Any] = {"value": hit.value}
    if hit.bound in ("range", "vague"):
        value = {"min": hit.low, "max": hit.high}
        kind = "numberrange" if kind in ("number", "count") else kind
    elif hit.bound in ("over", "under"):
        value["min" if hit.bound == "over" else "max"] = hit.value
    elif hit.fraction and hit.value is not None:
        kind, unit, value = "number", "", {"value": hit.value / 100}
    if hit.seconds is not None:
        value["seconds"] = _nominal(hit)
    if hit.kind == "frequency":
        value = {"set": hit.period}
    return {"start": hit.start, "end": hit.end, "kind": kind, "value": value, "unit": unit or None}


def _nominal(hit: QuantityHit) -> float:
    """One length for a duration that the library gives as a pair (years and months differ): 365 and 30 days."""
    if not isinstance(hit.seconds, tuple):
        return float(hit.seconds or 0)
    low = float(hit.seconds[0])
    months = float(hit.value or 0) if "月" in hit.unit else 0
    return low + 2 * 86400 * months  # the pair begins at 28 days a month, 365 a year


def _time_row(hit: TimeHit) -> dict[str, Any]:
    """One time; the scorer takes the exclusive end."""
    first, last = (x.isoformat() if x else None for x in (hit.first, hit.last))
    kind = (
        "date" if hit.grain == "day" else "daterange" if hit.grain not in ("hour", "minute", "second") else "datetime"
    )
    return {
        "start": hit.start,
        "end": hit.end,
        "kind": kind,
        "value": {"start": first, "end": last},
        "unit": None,
    }
