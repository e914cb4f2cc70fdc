"""Which time the text ties to a quantity: an option for each time around it, and none."""

from __future__ import annotations

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import unit_class
from baodao.link.scope import Scope
from baodao.link.tokens import Sentence
from baodao.records.light import Link, TimeHit

__all__ = ["choose_time"]


def choose_time(scope: Scope, sentence: Sentence, k: int, choose: Chooser) -> tuple[Link, float]:
    """The time that the text ties to the statement."""
    quantity = sentence.quantity(k)
    options = []
    for hit, where, rank in scope.seen("time", sentence.span, quantity):
        if not isinstance(hit, TimeHit) or (not hit.iso and where not in ("clause", "sentence")):
            continue
        shape = _shape(hit.iso)
        text = scope.texts.get(id(hit), scope.passage.text)
        before, after = text[max(hit.start - 1, 0) : hit.start], text[hit.end : hit.end + 1]
        kept = hit.iso == scope.last.get("time")
        names = [
            f"where={where}",
            f"where,rank={where},{rank}",
            f"shape={shape},{where}",
            f"grain={hit.grain},{where}",
            f"before={before},{where}",
            f"after={after},{where}",
            f"kept={kept},{where}",
            f"shape,rank={shape},{rank},{where}",
            f"unit={unit_class(quantity)},{where},{shape}",
            f"sentence-start={hit.start <= sentence.span[0] + 2},{where},{rank}",
            f"word={text[hit.start : hit.end][-2:]},{where}",
        ]
        options.append(Option(names, (hit, hit.iso, where), says(hit.iso)))
    first = options[0].value[2] if options else "none"
    none = [
        f"none nearest={first}",
        f"none kept={bool(scope.last.get('time'))},{first}",
        f"none unit={unit_class(quantity)},{first}",
    ]
    options.append(Option(none, (None, "", ""), says("")))
    return scope.pick("time", quantity, options, choose)


def _shape(iso: str) -> str:
    """The form of an ISO time with its digits masked: 9-9, 9/.."""
    return "".join("9" if c.isdigit() else c for c in iso).replace("9999", "Y").replace("99", "D")
