"""Which time the text ties to a quantity: an option for each time around it, and none."""

from __future__ import annotations

from collections.abc import Sequence

from baodao.link.choice import Chooser
from baodao.link.features import unit_class
from baodao.link.scope import Scope
from baodao.link.tokens import Sentence
from baodao.records.light import Link, TimeHit

__all__ = ["choose_time"]

_DIGITS = str.maketrans("012345678", "999999999")


def choose_time(scope: Scope, sentence: Sentence, k: int, choose: Chooser) -> tuple[Link, float]:
    """The time that the text ties to the statement."""
    quantity, tables, last = sentence.quantity(k), choose.tables("time"), scope.last.get("time")
    unit, opening = unit_class(quantity), sentence.span[0] + 2
    since = scope.since("time", sentence.span, quantity.start)
    options = []
    for hit, where, rank in scope.seen("time", sentence.span, quantity):
        if not isinstance(hit, TimeHit) or (not hit.iso and where not in ("clause", "sentence")):
            continue
        text, start, end = scope.text_of(hit), hit.start, hit.end
        speaks = (
            tables[_near][where, rank, _shape(hit.iso), unit]
            + tables[_grain][where, rank, hit.grain, hit.iso == last, start <= opening]
            + tables[_kept][where, hit.iso == last, since, scope.back(start, quantity.start, where)]
            + tables[_before][where, text[max(start - 1, 0) : start]]
            + tables[_after][where, text[end : end + 1]]
            + tables[_word][where, text[start:end][-2:]]
        )
        options.append((speaks, (hit, hit.iso, where)))
    first = options[0][1][2] if options else "none"
    return scope.pick("time", quantity, options, tables[_none][first, bool(last), unit, since], choose)


def _shape(iso: str) -> str:
    """The form of an ISO time with its digits masked: 9-9, 9/.."""
    return iso.translate(_DIGITS).replace("9999", "Y").replace("99", "D")


def _near(where: str, rank: int, shape: str, unit: str) -> Sequence[str]:
    return (
        f"where={where}", f"where,rank={where},{rank}", f"shape={shape},{where}", f"shape,rank={shape},{rank},{where}",
        f"unit={unit},{where},{shape}",
    )  # fmt: skip


def _grain(where: str, rank: int, grain: str, kept: bool, opening: bool) -> Sequence[str]:
    return (f"grain={grain},{where}", f"kept={kept},{where}", f"sentence-start={opening},{where},{rank}")


def _kept(where: str, kept: bool, since: str, back: int) -> Sequence[str]:
    return (f"kept,since={kept},{since},{where}", f"back={back},{where}")


def _before(where: str, char: str) -> Sequence[str]:
    return (f"before={char},{where}",)


def _after(where: str, char: str) -> Sequence[str]:
    return (f"after={char},{where}",)


def _word(where: str, word: str) -> Sequence[str]:
    return (f"word={word},{where}",)


def _none(nearest: str, kept: bool, unit: str, since: str) -> Sequence[str]:
    return (
        f"none nearest={nearest}", f"none kept={kept},{nearest}", f"none unit={unit},{nearest}",
        f"none since={kept},{since},{nearest}",
    )  # fmt: skip
