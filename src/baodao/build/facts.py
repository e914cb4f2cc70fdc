"""Train the linker's models on the annotated bulletins and say how good they are on bulletins not seen.

    python -m baodao.build facts            cross-validate, then write data/models/link_*.csv and their card
    python -m baodao.build facts --check    cross-validate only

Reads `../shared/facts` (dev bulletins and scorer) and the bulletins that we annotated ourselves (`annotations`), which
only train; the real page is never trained on. Each decision is a ranking of options (`ranking`).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from baodao.build.annotations import TABLE, THINGS, read_annotated
from baodao.build.calibration import calibrate_across, calibration_error, fit_calibration, judge, surest_half
from baodao.build.card import write_card
from baodao.build.ranking import Example, fit_ranking
from baodao.build.tables import write_table
from baodao.learn.linear import LinearModel
from baodao.link.choice import ModelChooser, NameTables, Option, Say
from baodao.link.facts import link_facts
from baodao.records import Source
from baodao.records.fact import plain_number
from baodao.records.light import Claim, Hit, QuantityHit
from baodao.stages import Pipeline
from baodao.text.passage import Passage

SHARED = Path("../shared/facts")
DECISIONS = {
    "what": "what", "verb": "predicate", "fact": "", "region": "region",
    "program": "program", "actor": "actor", "time": "time",
}  # fmt: skip
MODELS = Path("src/baodao/data/models")
FOLDS = 8
PENALTY = {"what": 2.0, "region": 2.0}  # of the squared weights, chosen by cross-validation
USUAL_PENALTY = 0.7
# where our own annotations help on bulletins not seen
LEARNS_FROM_MORE = frozenset(("what", "verb", "region", "actor", "time"))
# what a case without an answer weighs: the gold leaves out many doers that the text does name; the sentences that the
# models doubted, most of what we annotated, have too many things unsaid
EMPTY_WEIGHT = {"actor": 0.1, "program": 0.5, "what": 0.5}

LEARNS_FROM_THINGS = ("what", "verb")  # what the bulletins say whose things and verbs alone we annotated
# what leans on the answer of the number before: in use that is a guess, so it is learned behind guesses too
FOLLOWS = frozenset(("program",))

Article = tuple[list[tuple[Passage, list[Hit]]], int]
Document = tuple[str, list[Article]]
Row = dict[str, Any]


class Ours(NamedTuple):
    """The bulletins that we annotated: they train and are never measured."""

    gold: dict[str, list[Row]]
    documents: list[Document]
    examples: dict[str, list[Example]]  # by decision, also those of `THINGS`
    things: int  # how many bulletins `THINGS` has


def main(arguments: Sequence[str]) -> None:
    """Cross-validate and, unless --check is given, write the models."""
    scorer = load_scorer()
    gold, documents = read_gold(), read_documents()
    ours = read_ours(scorer)
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
    models = fit([collect([doc], gold, scorer) for doc in documents], documents, gold, scorer, ours)
    models["confidence"] = fit_calibration(judged)
    for name, model in models.items():
        write_table(MODELS / f"link_{name}.csv", ("feature", "weight"), sorted(model.weights.items()))
    write_card(
        MODELS / "link_card.md",
        data={
            "the team's dev bulletins": (len(documents), SHARED / "dev_facts.jsonl"),
            f"bulletins annotated by us, for {' and '.join(sorted(LEARNS_FROM_MORE | {'fact'}))}": (
                len(ours.documents),
                TABLE,
            ),
            f"bulletins annotated by us, for {' and '.join(LEARNS_FROM_THINGS)}": (ours.things, THINGS),
        },
        penalties={name: PENALTY.get(name, USUAL_PENALTY) for name in DECISIONS},
        folds=FOLDS,
        result=result,
        calibration=sure,
    )


def cross_validate(
    scorer: ModuleType, gold: dict[str, list[Row]], documents: list[Document], ours: Ours
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


def load_scorer() -> ModuleType:
    """The shared scorer, whose `slot_right` says which answers are right."""
    spec = importlib.util.spec_from_file_location("score_facts", SHARED / "score_facts.py")
    if spec is None or spec.loader is None or not SHARED.is_dir():
        sys.exit(f"{SHARED} is absent: the linker is trained on the shared bulletins only")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _bootstrap() -> None:
    """Empty tables where none were ever written, so that the pipeline can read."""
    for name in (*DECISIONS, "confidence"):
        if not (MODELS / f"link_{name}.csv").exists():
            write_table(MODELS / f"link_{name}.csv", ("feature", "weight"), [])


def read_gold() -> dict[str, list[Row]]:
    """The gold rows by document."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in (SHARED / "dev_facts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    return rows


def read_documents() -> list[Document]:
    """Each bulletin with its articles as the linker gets them."""
    _bootstrap()
    documents = []
    pipeline = Pipeline()
    for line in (SHARED / "dev" / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        text = (SHARED / "dev" / f"{entry['doc']}.txt").read_bytes().decode("utf-8")
        reading = pipeline.read(text, Source(issue_date=entry["date"]))
        documents.append((entry["doc"], [(article.passages, article.body) for article in reading.articles]))
    return documents


def read_ours(scorer: ModuleType) -> Ours:
    """All that we annotated."""
    gold, documents = read_more(scorer, TABLE)
    examples = collect(documents, gold, scorer)
    gold_of_things, with_things = read_more(scorer, THINGS)
    things = collect(with_things, gold_of_things, scorer)
    for decision in LEARNS_FROM_THINGS:
        examples[decision] += things[decision]
    return Ours(gold, documents, examples, len(with_things))


def read_more(scorer: ModuleType, table: Path) -> tuple[dict[str, list[Row]], list[Document]]:
    """The bulletins annotated in a table, with the values that the library reads."""
    gold: dict[str, list[Row]] = {}
    documents: list[Document] = []
    pipeline = Pipeline()
    for (name, text, date), rows in read_annotated(table):
        reading = pipeline.read(text, Source(issue_date=date))
        documents.append((name, [(article.passages, article.body) for article in reading.articles]))
        read = [
            (passage.place(hit.start, hit.end, hit.number)[0], plain_number(hit.value))
            for article in reading.articles
            for passage, hits in article.passages
            for hit in hits
            if isinstance(hit, QuantityHit)
        ]
        gold[name] = [
            row | {"value": value}
            for row in rows
            for (start, end), value in read
            if scorer.overlap(row, {"start": start, "end": end}) >= 0.5
        ]
    return gold, documents


class Recorder:
    """A chooser that knows the answers: it picks a right option and notes the decision.

    Where there is no answer (a quantity that is no fact), `guess` picks, as it will when no one knows; also for the
    decisions of `follows`, though their answers are noted.
    """

    def __init__(
        self,
        passage: Passage,
        gold: list[Row],
        scorer: ModuleType,
        guess: ModelChooser | None,
        follows: frozenset[str] = frozenset(),
    ) -> None:
        self._guess, self._follows = guess, follows
        self._tables = NameTables()
        self.examples: dict[str, list[Example]] = defaultdict(list)
        self._passage, self._gold, self._scorer = passage, gold, scorer
        self._matches: dict[int, Row | None] = {}

    def tables(self, decision: str) -> NameTables:
        """Names, whatever the decision."""
        return self._tables

    def weigh(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> tuple[Any, float]:
        """What `pick` gives, believed wholly."""
        return self.pick(decision, quantity, options, say), 1.0

    def pick(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> Any:
        """The first right option, else the last one."""
        row = self._match(quantity)
        if decision == "fact":
            right = [row is not None, row is None]
            if row is not None and row.get("optional"):
                return options[0][1]
        elif row is None:
            return self._guessed(decision, quantity, options, say)
        else:
            right = self._right_ones(decision, row, options, say)
        if any(right) and not all(right):
            self.examples[decision].append(([names for names, _ in options], right))
        if decision in self._follows:
            return self._guessed(decision, quantity, options, say)
        return next((value for (_, value), good in zip(options, right, strict=True) if good), options[-1][1])

    def _guessed(self, decision: str, quantity: QuantityHit, options: Sequence[Option], say: Say) -> Any:
        """What `guess` picks, the last option if there is no guess."""
        if self._guess is None:
            return options[-1][1]
        weigh = self._guess.tables(decision).weigh
        return self._guess.pick(decision, quantity, [(weigh(names), value) for names, value in options], say)

    def _match(self, quantity: QuantityHit) -> Row | None:
        if id(quantity) not in self._matches:
            (start, end), _ = self._passage.place(quantity.start, quantity.end)
            found = {"start": start, "end": end}
            same = (row for row in self._gold if self._scorer.same_number(row["value"], quantity.value))
            self._matches[id(quantity)] = next((row for row in same if self._scorer.overlap(row, found) >= 0.5), None)
        return self._matches[id(quantity)]

    def _right_ones(self, decision: str, row: Row, options: Sequence[Option], say: Say) -> list[bool]:
        """Which options are right; where one says exactly what the gold says first, or else also, those that do not
        are wrong, though the scorer would let them pass (发放贷款 for 贷款)."""
        said = [list(say(value)) for _, value in options]
        right = [any(self._is_right(decision, row, text) for text in texts) for texts in said]
        if decision == "what":
            plain = [self._scorer.plain(texts[0]) if isinstance(texts[0], str) else "\0" for texts in said]
            for wanted in ([row["what"]], row.get("what_also", ())):
                exact = [text in {self._scorer.plain(answer) for answer in wanted} for text in plain]
                if any(exact):
                    return exact
        return right

    def _is_right(self, decision: str, row: Row, said: str | QuantityHit) -> bool:
        """Whether a text, or the answer of another quantity, is right."""
        slot = DECISIONS[decision]
        if isinstance(said, QuantityHit):
            partner = self._match(said)
            return partner is not None and bool(row["what"]) and bool(self._scorer.slot_right(slot, row, partner))
        return bool(self._scorer.slot_right(slot, row, {slot: said}))


def collect(
    documents: Iterable[Document],
    gold: dict[str, list[Row]],
    scorer: ModuleType,
    guess: ModelChooser | None = None,
    follows: frozenset[str] = frozenset(),
) -> dict[str, list[Example]]:
    """The decisions of these documents with their right answers."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for doc, articles in documents:
        for passages, body in articles:
            recorder = Recorder(passages[body][0], gold[doc], scorer, guess, follows)
            link_facts(passages, body, recorder)
            for decision, found in recorder.examples.items():
                examples[decision] += found
    return examples


def fit(
    collected: Sequence[dict[str, list[Example]]],
    documents: Sequence[Document],
    gold: dict[str, list[Row]],
    scorer: ModuleType,
    ours: Ours,
) -> dict[str, LinearModel]:
    """One ranking model a decision; what leans on guesses and what is a fact are learned behind the choices of the
    others.

    Args:
        collected: the decisions found in the shared bulletins, `documents`.
    """
    examples = {
        name: [e for found in collected for e in found[name]] + ours.examples[name] * (name in LEARNS_FROM_MORE)
        for name in DECISIONS
        if name != "fact"
    }
    models = {name: _fit(name, found) for name, found in examples.items()}
    behind = collect(documents, gold, scorer, ModelChooser(models), FOLLOWS)
    models |= {name: _fit(name, behind[name]) for name in FOLLOWS}
    found = collect([*documents, *ours.documents], gold | ours.gold, scorer, ModelChooser(models))
    return models | {"fact": _fit("fact", found["fact"])}


def _fit(decision: str, examples: list[Example]) -> LinearModel:
    penalty, empty = PENALTY.get(decision, USUAL_PENALTY), EMPTY_WEIGHT.get(decision, 1.0)
    return fit_ranking(examples, penalty=penalty, empty_weight=empty)


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
