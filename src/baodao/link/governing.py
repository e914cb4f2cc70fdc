"""Which named program governs a quantity: an option for each program around it, and none."""

from __future__ import annotations

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import unit_class
from baodao.link.scope import Scope, name_of
from baodao.link.tokens import Sentence
from baodao.records.light import Link

__all__ = ["choose_program"]


def choose_program(scope: Scope, sentence: Sentence, k: int, choose: Chooser) -> tuple[Link, float]:
    """The named program under which the number was reached."""
    quantity = sentence.quantity(k)
    options = []
    heads = {name_of(h) for h in scope.heads["program"]}
    top = scope.names.most_common(1)[0][0] if scope.names else ""
    for hit, where, rank in scope.seen("program", sentence.span, quantity):
        name = name_of(hit)
        said = scope.texts.get(id(hit), scope.passage.text)[hit.start : hit.end]
        quoted = said[:1] in '“《"'
        count = min(scope.names[name], 3)
        names = [
            f"where={where}",
            f"where,rank={where},{rank}",
            f"quoted={quoted},{where}",
            f"head={name in heads},{where}",
            f"top={name == top},{where}",
            f"count={count},{where}",
            f"count,head={count},{name in heads}",
            f"kept={name == scope.last.get('program')},{where}",
            f"tail={said[-2:]}",
            f"first={hit.start < 120},{where}",
            f"kinds={min(len(scope.names), 4)},{where}",
            f"form={getattr(hit, 'form', '')}",
            f"quoted,count,head={quoted},{count},{name in heads}",
        ]
        options.append(Option(names, (hit, name, where), says(name)))
    kept = scope.last.get("program")
    none = [
        f"none options={min(len(options), 3)}",
        f"none kept={'' if kept is None else bool(kept)}",
        f"none heads={bool(heads)}",
        f"none top={min(scope.names[top], 4)}",
        f"none unit={unit_class(quantity)}",
    ]
    options.append(Option(none, (None, "", ""), says("")))
    return scope.pick("program", quantity, options, choose)
