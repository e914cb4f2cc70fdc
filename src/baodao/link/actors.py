"""Who reached a quantity: an option for each name that may be the subject, and none."""

from __future__ import annotations

from baodao.link.choice import Chooser, Option, says
from baodao.link.features import unit_class
from baodao.link.tokens import Sentence
from baodao.records.light import Link, NameHit

__all__ = ["choose_actor"]


def choose_actor(sentence: Sentence, k: int, verb: int | None, choose: Chooser) -> tuple[Link, float]:
    """Who did it: a name of the sentence, or a place that stands for its government."""
    quantity, tokens, classes = sentence.quantity(k), sentence.tokens, sentence.classes
    pivot = k if verb is None else verb
    side = "none" if verb is None else "left" if verb < k else "right"
    options = []
    rank = 0
    for index in range(min(pivot, k) - 1, -1, -1):
        token = tokens[index]
        if token.tag not in ("O", "N", "R") or token.hit is None:
            continue
        commas = min(classes[index:pivot].count("stop"), 3)
        following = classes[index + 1] if index + 1 < len(classes) else "#"
        before = classes[index - 1] if index else "#"
        value = token.hit.name or token.text if isinstance(token.hit, NameHit) else token.text
        form = getattr(token.hit, "form", "")
        names = [
            f"tag={token.tag},{side}",
            f"rank={rank},{side}",
            f"tag,rank={token.tag},{rank},{side}",
            f"commas={commas},{token.tag},{side}",
            f"next={following},{token.tag}",
            f"before={before},{token.tag}",
            f"form={form},{token.tag}",
            f"before,next={before},{following}",
            f"word-before={tokens[index - 1].text if index else '#'}",
            f"start={index == 0},{side}",
            f"word={token.text if form == 'elliptic' else ''}",
        ]
        options.append(
            Option(
                names,
                (token.hit, value, "clause" if not commas else "sentence"),
                says(value),
            )
        )
        rank += 1
        if rank == 4:
            break
    none = [
        f"none side={side}",
        f"none options={rank},{side}",
        f"none unit={unit_class(quantity)},{side}",
    ]
    options.append(Option(none, (None, "", ""), says("")))
    chosen, sure = choose("actor", quantity, options)
    hit, value, via = chosen.value
    return Link(value, hit, via), sure
