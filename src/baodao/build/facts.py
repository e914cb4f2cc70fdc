"""Train the linker's models on the annotated bulletins and say how good they are on bulletins not seen.

    python -m baodao.build facts            cross-validate, then write data/models/link_*.csv and their card
    python -m baodao.build facts --check    cross-validate only

Learns from all of `matter`, cross-validates on the shared bulletins alone; the real page is never trained on. Each
decision (`decisions`) is a ranking of options (`ranking`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from baodao.build.annotations import Row
from baodao.build.calibration import calibrate_across, calibration_error, fit_calibration, judge, surest_half
from baodao.build.card import write_card
from baodao.build.decisions import Examples, collect
from baodao.build.matter import (
    DECISIONS,
    MODELS,
    SHARED,
    Document,
    Matter,
    load_scorer,
    read_documents,
    read_gold,
    read_ours,
)
from baodao.build.ranking import Example, fit_ranking
from baodao.build.tables import write_table
from baodao.learn.linear import LinearModel
from baodao.link.choice import ModelChooser
from baodao.link.facts import link_facts
from baodao.records.fact import plain_number
from baodao.records.light import Claim
from baodao.text.passage import Passage

FOLDS = 8
PENALTY = {"what": 2.0, "region": 2.0, "program": 4.0}  # of the squared weights, chosen by cross-validation
USUAL_PENALTY = 0.7
# what a case without an answer weighs: the gold leaves out many doers that the text does name; the sentences that the
# models doubted, most of what we annotated, have too many things unsaid
EMPTY_WEIGHT = {"actor": 0.035, "program": 0.5, "what": 0.5}

# what leans on the answer of the number before: in use that is a guess, so it is learned behind guesses, first those of
# a model that saw answers, then those of what it became (as DAgger does; more rounds gain nothing)
FOLLOWS = frozenset(("program", "actor"))
ROUNDS = 2

Studied = tuple[Matter, Examples]


def main(arguments: Sequence[str]) -> None:
    """Cross-validate and, unless --check is given, write the models."""
    scorer = load_scorer()
    gold, documents = read_gold(), read_documents()
    ours = study(read_ours(scorer), scorer)
    result, predicted = cross_validate(scorer, gold, documents, ours)
    for name in ("gold", "predicted", "detection", "strict", "slots", "filled"):
        print(name, result[name])
    Path("pred_cv.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in predicted))
    judged = judge(scorer, result)
    believed = [(p["confidence"], good) for p, good in judged]
    right, half = surest_half(believed)
    sure = {
        "expected calibration error": calibration_error(believed),
        "strict precision of the surest half": right / half,
    }
    for name, value in sure.items():
        print(name, round(value, 4))
    if "--check" in arguments:
        return
    models = fit([collect(documents, gold, scorer)], documents, gold, scorer, ours)
    models["confidence"] = fit_calibration(judged)
    for name, model in models.items():
        write_table(MODELS / f"link_{name}.csv", ("feature", "weight"), sorted(model.weights.items()))
    write_card(
        MODELS / "link_card.md",
        data={"the team's dev bulletins": (len(documents), SHARED / "dev_facts.jsonl")}
        | {
            f"{matter.what}, for {', '.join(sorted(matter.teaches))}": (len(matter.documents), matter.answers)
            for matter, _ in ours
        },
        penalties={name: PENALTY.get(name, USUAL_PENALTY) for name in DECISIONS},
        folds=FOLDS,
        result=result,
        calibration=sure,
    )


def study(ours: Iterable[Matter], scorer: ModuleType) -> list[Studied]:
    """Our own matter with the decisions found in it."""
    return [(matter, collect(matter.documents, matter.gold, scorer)) for matter in ours]


def cross_validate(
    scorer: ModuleType, gold: dict[str, list[Row]], documents: list[Document], ours: Sequence[Studied]
) -> tuple[dict[str, Any], list[Row]]:
    """Read each bulletin with models trained without it; the scorer's figures and the predicted rows.

    The confidence of a row is calibrated by the other folds.
    """
    predicted: list[Row] = []
    collected = [collect([doc], gold, scorer) for doc in documents]
    for fold in range(FOLDS):
        known = [index for index in range(len(documents)) if index % FOLDS != fold]
        models = fit([collected[i] for i in known], [documents[i] for i in known], gold, scorer, ours)
        for doc in documents[fold::FOLDS]:
            predicted += [row | {"fold": fold} for row in predict(doc, ModelChooser(models))]
    result = scorer.score([row for rows in gold.values() for row in rows], predicted)
    calibrate_across(judge(scorer, result))
    return result, predicted


def fit(
    collected: Sequence[Examples],
    documents: Sequence[Document],
    gold: dict[str, list[Row]],
    scorer: ModuleType,
    ours: Sequence[Studied],
) -> dict[str, LinearModel]:
    """One ranking model a decision; what leans on guesses and what is a fact are learned behind the choices of the
    others, in rounds.

    Args:
        collected: the decisions found in the shared bulletins, `documents`.
        ours: our own matter with the decisions found in it.
    """
    known: Examples = defaultdict(list)
    for found in (*collected, *[taught(matter, found) for matter, found in ours]):
        for name, examples in found.items():
            known[name] += examples
    models = {name: _fit(name, known[name]) for name in DECISIONS if name != "fact"}
    behind: Examples = defaultdict(list)
    for rounds in range(1, ROUNDS + 1):
        guess = ModelChooser(models)
        behind["fact"] = []  # those of the last round alone
        found = collect(documents, gold, scorer, guess, FOLLOWS)
        more = [
            taught(matter, collect(matter.documents, matter.gold, scorer, guess, FOLLOWS))
            for matter, _ in ours
            if matter.teaches & {*FOLLOWS, "fact"}
        ]
        for examples_by_name in (found, *more):
            for name in (*FOLLOWS, "fact"):
                behind[name] += examples_by_name[name]
        models |= {name: _fit(name, behind[name], rounds) for name in FOLLOWS}
    return models | {"fact": _fit("fact", behind["fact"])}


def taught(matter: Matter, found: Examples) -> Examples:
    """Of the decisions found in our own matter, those that it teaches."""
    return defaultdict(list, {n: [e._replace(weight=matter.weight) for e in found[n]] for n in matter.teaches})


def _fit(decision: str, examples: list[Example], rounds: int = 1) -> LinearModel:
    """The model of a decision.

    Args:
        rounds: how often each case is among the examples.
    """
    penalty, empty = PENALTY.get(decision, USUAL_PENALTY), EMPTY_WEIGHT.get(decision, 1.0)
    return fit_ranking(examples, penalty=penalty * rounds, empty_weight=empty)


def predict(document: Document, choose: ModelChooser) -> list[Row]:
    """The rows of one document, as the shared scorer reads them."""
    doc, articles = document
    rows = []
    for passages, body in articles:
        rows += [{"doc": doc, **as_row(claim, passages[body][0])} for claim in link_facts(passages, body, choose)]
    return rows


def as_row(claim: Claim, passage: Passage) -> Row:
    """The scored columns of a claim."""
    q = claim.quantity
    (start, end), _ = passage.place(q.start, q.end, q.number)
    return {
        "start": start, "end": end, "text": passage.page[start:end], "kind": q.kind, "value": plain_number(q.value),
        "unit": q.unit, "bound": q.bound, "what": claim.what.value, "predicate": claim.predicate.value,
        "region": claim.region.value, "program": claim.program.value, "actor": claim.actor.value,
        "time": claim.time.value, "confidence": claim.confidence, "raw": claim.raw,
        "region_via": claim.region.via, "program_via": claim.program.via, "time_via": claim.time.via,
    }  # fmt: skip
