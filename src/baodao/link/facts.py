"""Hits → claims: for each quantity of an article's running text, its roles.

In: the passages of an article with their linked hits. Out: claims in reading order. What is measured says
`thing`, the predicate `verb`, the region `areas`, the program `governing`, the actor `actors`, the time `moments`,
and which quantities are facts at all `select`; each puts options before the same chooser.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from baodao.learn.linear import load_model
from baodao.link.actors import choose_actor
from baodao.link.areas import choose_region
from baodao.link.choice import Chooser, ModelChooser
from baodao.link.governing import choose_program
from baodao.link.moments import choose_time
from baodao.link.scope import Scope
from baodao.link.select import FACT_KINDS, is_fact
from baodao.link.thing import Thing, choose_things, without_scope
from baodao.link.tokens import Sentence, read_sentence
from baodao.link.verb import choose_verb
from baodao.records.light import Claim, Hit, Link
from baodao.text.passage import Passage

__all__ = ["confidence", "link_facts", "log_odds"]


def link_facts(article: Sequence[tuple[Passage, list[Hit]]], body: int, choose: Chooser | None = None) -> list[Claim]:
    """The claims of an article's running text, in reading order.

    Args:
        article: its passages in reading order with their hits, regions linked.
        body: index of the running text; the passages before it are its headlines.
        choose: who decides between readings; the shipped models if none.
    """
    passage, hits = article[body]
    if FACT_KINDS.isdisjoint([hit.kind for hit in hits]):
        return []
    scope = Scope(article, body)
    choose = choose or shipped_chooser()
    claims: list[Claim] = []
    at = 0
    for span in passage.sentences:
        while at < len(hits) and hits[at].start < span[0]:
            at += 1
        inside = [h for h in hits[at : _end(hits, at, span[1])] if h.end <= span[1]]
        if not FACT_KINDS.isdisjoint([hit.kind for hit in inside]):
            claims.extend(_link_sentence(read_sentence(passage, span, inside), scope, choose))
    return claims


@cache
def shipped_chooser() -> ModelChooser:
    """The chooser of the shipped models, one for a process: it remembers what it has weighed."""
    return ModelChooser()


def _end(hits: Sequence[Hit], at: int, stop: int) -> int:
    while at < len(hits) and hits[at].start < stop:
        at += 1
    return at


def _link_sentence(sentence: Sentence, scope: Scope, choose: Chooser) -> list[Claim]:
    places = [k for k in sentence.quantities if sentence.quantity(k).kind in FACT_KINDS]
    things = choose_things(sentence, places, choose)
    claims = []
    for k in places:
        thing = things[k]
        verb = choose_verb(sentence, k, thing, choose)
        kept, sure_fact = is_fact(sentence, k, thing, verb, choose)
        if not kept:
            continue
        quantity = sentence.quantity(k)
        region, sure_region = choose_region(scope, sentence, k, thing, choose)
        program, sure_program = choose_program(scope, sentence, k, choose)
        actor, _ = choose_actor(scope, sentence, k, verb, things[k], choose)
        time, _ = choose_time(scope, sentence, k, choose)
        claims.append(
            Claim(
                quantity=quantity,
                what=_what(sentence, k, things),
                predicate=_words(sentence, (verb, verb + 1) if verb is not None else None),
                region=region,
                program=program,
                actor=actor,
                time=time,
                sentence=sentence.span,
                raw=(raw := sure_fact * thing.sure * sure_region * sure_program),
                confidence=confidence(raw),
            )
        )
    return claims


def log_odds(share: float) -> float:
    """The log-odds of a share, kept finite."""
    share = min(max(share, 1e-4), 1 - 1e-4)
    return math.log(share / (1 - share))


def confidence(raw: float) -> float:
    """The calibrated probability that a row is strictly right, from the product of its choices' shares."""
    weights = load_model("link_confidence").weights
    score = weights.get("(bias)", 0.0) + weights.get("log_odds", 1.0) * log_odds(raw)
    return 1 / (1 + math.exp(-score))


def _what(sentence: Sentence, k: int, things: dict[int, Thing]) -> Link:
    """The words of the thing; what is shared with a neighbour is read there, each asked once."""
    asked: set[int] = set()
    while k in things and k not in asked:
        asked.add(k)
        thing = things[k]
        if thing.run is not None:
            link = _words(sentence, without_scope(sentence, thing.run))
            link.value += sentence.text(thing.tail) if thing.tail else ""
            link.via = "clause" if len(asked) == 1 else "sentence"
            return link
        if thing.partner is None:
            break
        k = thing.partner
    return Link()


def _words(sentence: Sentence, run: tuple[int, int] | None) -> Link:
    return Link() if run is None else Link(sentence.text(run), None, "clause", sentence.place(run))
