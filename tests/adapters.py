"""What the shared scorers call: the library's answers in their formats."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import baodao
from baodao.build.by_lines import by_lines
from baodao.find.overlap import settle
from baodao.find.quantities import find_quantities
from baodao.find.times import Reading, find_times
from baodao.layout import split_articles
from baodao.records.light import QuantityHit, TimeHit
from baodao.text.normalize import traditional_share
from baodao.text.passage import Passage
from baodao.units import to_base


def split(text: str) -> list[dict[str, Any]]:
    """The articles of a page by line numbers, as `layout/score.py` reads them."""
    return by_lines(text, split_articles(text))


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
    moment = datetime.fromisoformat(reference_date) if reference_date else None
    times = list(find_times(passage, (), reading=Reading(talk=moment is not None, moment=moment)))
    hits = settle([*times, *find_quantities(passage, times)])
    rows = [
        _time_row(h) if isinstance(h, TimeHit) else _quantity_row(h, passage.text)
        for h in hits
        if isinstance(h, TimeHit | QuantityHit)
    ]
    for row in rows:
        row["text"] = text[row["start"] : row["end"]]
    return rows


_SUITE_KINDS = {"rate": "percent", "amount": "money", "frequency": "set"}
_OPENS_RANGE = re.compile(r"(?:位于|介于|从)$")
_HEDGE_VERB = re.compile(r"(?:至少|最少|至多|最多)有$")
_SPELLINGS = {"华氏°": "℉", "摄氏°": "℃", "兆赫兹": "兆赫", "千赫兹": "千赫", "V": "伏", "feet": "英尺", "foot": "英尺",
              "ft": "英尺", "inch": "英寸", "inches": "英寸", "平方英里": "平方英里"}  # fmt: skip


def _quantity_row(hit: QuantityHit, text: str) -> dict[str, Any]:
    """One quantity; a hedged one with its open side, a range with both, a count's span without its classifier."""
    kind, unit = _SUITE_KINDS.get(hit.kind, hit.kind), _SPELLINGS.get(hit.unit, hit.unit)
    start, end = _span(hit, text)
    if hit.kind == "measure" and ("度" in unit or unit in ("℃", "℉", "°C", "°F", "°")) and "角" not in unit:
        kind = "temperature"
    if hit.kind == "rate" and unit not in ("%", "百分点"):
        kind = "number"
    size = Decimal(1)
    if hit.kind == "rate" and hit.fraction:
        kind, unit, size = "number", "", Decimal("0.01")
    elif hit.kind == "count" and hit.unit and (dozen := to_base(Decimal(1), hit.unit)) is not None:
        unit, size, end = "", dozen[0], hit.end
    elif unit in ("茶匙", "汤匙") and (spoon := to_base(Decimal(10**6), unit)) is not None:
        unit, size = "毫升", spoon[0]
    value = _figures(hit, size)
    if "min" in value and "max" in value and kind in ("number", "count"):
        kind = "numberrange"
    if hit.seconds is not None:
        value["seconds"] = _nominal(hit)
    if hit.kind == "frequency":
        value = {"set": hit.period}
    return {"start": start, "end": end, "kind": kind, "value": value, "unit": unit.removeprefix("个") or unit or None}


def _figures(hit: QuantityHit, size: Decimal) -> dict[str, Any]:
    low, high, value = (None if x is None else x * size for x in (hit.low, hit.high, hit.value))
    if hit.bound in ("range", "vague"):
        return {"min": low, "max": high} if value is None else {"value": value, "min": low, "max": high}
    if hit.bound in ("over", "under"):
        return {"value": value, "min" if hit.bound == "over" else "max": value}
    return {"value": value}


def _span(hit: QuantityHit, text: str) -> tuple[int, int]:
    """Inside a sentence the suites leave out the classifier of a count; they take in the verb of a hedge (至少有) and
    what opens a range (从)."""
    start, end = hit.start, hit.end
    if end - start < len(text) and hit.kind == "count" and hit.unit and text.endswith(hit.unit, 0, end):
        end -= len(hit.unit)
    opening = None
    if hit.bound == "range":
        opening = _OPENS_RANGE.search(text, max(start - 2, 0), start)
    elif hit.kind in ("count", "number") and hit.bound in ("over", "under"):
        opening = _HEDGE_VERB.search(text, max(start - 3, 0), start)
    return (opening.start() if opening else start), end


def _nominal(hit: QuantityHit) -> float:
    """One length for a duration that the library gives as a pair: 365 days a year, 30 a month where months count."""
    if not isinstance(hit.seconds, tuple) or hit.value is None:
        return float(hit.seconds or 0) if not isinstance(hit.seconds, tuple) else 0.0
    months = hit.value if "月" in hit.unit else hit.value * 12 if hit.value % 1 else None
    return float(hit.seconds[0]) if months is None else float(months * 30 * 86400)


def _time_row(hit: TimeHit) -> dict[str, Any]:
    """One time; the scorer takes the exclusive end."""
    if hit.repeat:
        value: dict[str, Any] = {"set": hit.repeat}
        return {"start": hit.start, "end": hit.end, "kind": "set", "value": value, "unit": None}
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
