"""Train the linker's models on the annotated bulletins and say how good they are on bulletins not seen.

    python -m baodao.build facts            cross-validate, then write data/models/link_*.csv
    python -m baodao.build facts --check    cross-validate only

Reads `../shared/facts` (dev bulletins and scorer); the real page is never trained on. Each decision is a
ranking: pairs of a right and a wrong option, logistic regression on the difference of their features.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from baodao.build.tables import write_table
from baodao.learn.linear import LinearModel
from baodao.link.choice import Chooser, ModelChooser, Option
from baodao.link.facts import link_facts, log_odds
from baodao.records import Source
from baodao.records.fact import plain_number
from baodao.records.light import Claim, Hit, QuantityHit
from baodao.stages import Pipeline
from baodao.text.passage import Passage

SHARED = Path("../shared/facts")
DECISIONS = {
    "place": "what", "right": "what", "left": "what", "verb": "predicate", "fact": "", "region": "region",
    "program": "program", "actor": "actor", "time": "time",
}  # fmt: skip
MODELS = Path("src/baodao/data/models")
FOLDS = 8
STRENGTH = 0.35  # inverse regularisation, chosen by cross-validation
# what a case without an answer weighs: the gold leaves out many doers that the text does name
EMPTY_WEIGHT = {"actor": 0.3}
MIN_COUNT = 2  # a feature seen less often is left out

Article = tuple[list[tuple[Passage, list[Hit]]], int]
Document = tuple[str, list[Article]]
Row = dict[str, Any]
Example = tuple[list[Sequence[str]], list[bool]]  # features of the options, which of them are right


def main(arguments: Sequence[str]) -> None:
    """Cross-validate and, unless --check is given, write the models."""
    scorer = load_scorer()
    gold, documents = read_gold(), read_documents()
    result, predicted = cross_validate(scorer, gold, documents)
    for name in ("gold", "predicted", "detection", "strict", "slots", "filled"):
        print(name, result[name])
    Path("pred_cv.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in predicted))
    if "--check" not in arguments:
        models = fit(documents, gold, scorer) | {"confidence": calibrate(scorer, result)}
        for name, model in models.items():
            write_table(MODELS / f"link_{name}.csv", ("feature", "weight"), sorted(model.weights.items()))


def cross_validate(
    scorer: ModuleType, gold: dict[str, list[Row]], documents: list[Document]
) -> tuple[dict[str, Any], list[Row]]:
    """Read each bulletin with models trained without it; the scorer's figures and the predicted rows."""
    predicted: list[Row] = []
    for fold in range(FOLDS):
        models = fit([doc for index, doc in enumerate(documents) if index % FOLDS != fold], gold, scorer)
        for doc in documents[fold::FOLDS]:
            predicted += predict(doc, ModelChooser(models))
    return scorer.score([row for rows in gold.values() for row in rows], predicted), predicted


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


class Recorder:
    """A chooser that knows the answers: it picks a right option and notes the decision.

    Where there is no answer (a quantity that is no fact), `guess` picks, as it will when no one knows.
    """

    def __init__(self, passage: Passage, gold: list[Row], scorer: ModuleType, guess: Chooser | None) -> None:
        self._guess = guess
        self.examples: dict[str, list[Example]] = defaultdict(list)
        self._passage, self._gold, self._scorer = passage, gold, scorer
        self._matches: dict[int, Row | None] = {}

    def __call__(self, decision: str, quantity: QuantityHit, options: Sequence[Option]) -> tuple[Option, float]:
        """Pick the first right option, else the last one."""
        row = self._match(quantity)
        if decision == "fact":
            right = [row is not None, row is None]
            if row is not None and row.get("optional"):
                return options[0], 1.0
        elif row is None:
            return self._guess(decision, quantity, options) if self._guess else (options[-1], 1.0)
        else:
            right = self._right_ones(decision, row, options)
        if any(right) and not all(right):
            self.examples[decision].append(([option.features for option in options], right))
        return next((o for o, good in zip(options, right, strict=True) if good), options[-1]), 1.0

    def _match(self, quantity: QuantityHit) -> Row | None:
        if id(quantity) not in self._matches:
            (start, end), _ = self._passage.place(quantity.start, quantity.end)
            found = {"start": start, "end": end}
            same = (row for row in self._gold if self._scorer.same_number(row["value"], quantity.value))
            self._matches[id(quantity)] = next((row for row in same if self._scorer.overlap(row, found) >= 0.5), None)
        return self._matches[id(quantity)]

    def _right_ones(self, decision: str, row: Row, options: Sequence[Option]) -> list[bool]:
        """Which options are right; where one says exactly what the gold says, those that do not are wrong,
        though the scorer would let them pass (发放贷款 for 贷款)."""
        right = [self._is_right(decision, row, option) for option in options]
        if decision in ("left", "right"):
            wanted = {self._scorer.plain(text) for text in (row["what"], *row.get("what_also", ()))}
            exact = [self._scorer.plain(next(iter(option.readings()))) in wanted for option in options]
            return exact if any(exact) else right
        return right

    def _is_right(self, decision: str, row: Row, option: Option) -> bool:
        slot = DECISIONS[decision]
        if decision == "place" and option.value[0] in ("previous", "next"):
            partner = self._match(option.value[2])
            return partner is not None and bool(row["what"]) and self._scorer.slot_right("what", row, partner)
        return any(self._scorer.slot_right(slot, row, {slot: text}) for text in option.readings())


def collect(
    documents: Iterable[Document],
    gold: dict[str, list[Row]],
    scorer: ModuleType,
    guess: Chooser | None = None,
) -> dict[str, list[Example]]:
    """The decisions of these documents with their right answers."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for doc, articles in documents:
        for passages, body in articles:
            recorder = Recorder(passages[body][0], gold[doc], scorer, guess)
            link_facts(passages, body, recorder)
            for decision, found in recorder.examples.items():
                examples[decision] += found
    return examples


def fit(documents: Sequence[Document], gold: dict[str, list[Row]], scorer: ModuleType) -> dict[str, LinearModel]:
    """One ranking model a decision; what is a fact is learned behind the choices of the others."""
    examples = collect(documents, gold, scorer)
    models = {name: _fit_ranking(examples[name], EMPTY_WEIGHT.get(name, 1.0)) for name in DECISIONS}
    models["fact"] = _fit_ranking(collect(documents, gold, scorer, ModelChooser(models))["fact"])
    return models


def _fit_ranking(examples: list[Example], empty_weight: float = 1.0) -> LinearModel:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts: dict[str, int] = defaultdict(int)
    for options, _ in examples:
        for name in {name for features in options for name in features}:
            counts[name] += 1
    rows: list[dict[str, int]] = []
    weights: list[float] = []
    for options, right in examples:
        good = [set(o) for o, r in zip(options, right, strict=True) if r]
        bad = [set(o) for o, r in zip(options, right, strict=True) if not r]
        for g in good:
            for b in bad:
                difference = {**dict.fromkeys(g - b, 1), **dict.fromkeys(b - g, -1)}
                rows.append({name: v for name, v in difference.items() if counts[name] >= MIN_COUNT})
                even = empty_weight if right[-1] else 1.0  # the last option is always: none
                weights.append(even / len(good) / (len(bad) if empty_weight != 1.0 else 1))
    if not rows:
        return LinearModel({})
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform(rows)  # (n_pairs, n_features)
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=400)
    from scipy.sparse import vstack

    both = vstack([x, -x])
    model.fit(both, [1] * len(rows) + [0] * len(rows), sample_weight=[*weights, *weights])
    names = vectorizer.get_feature_names_out()
    return LinearModel({n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01})


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
    }  # fmt: skip


def calibrate(scorer: ModuleType, result: dict[str, Any]) -> LinearModel:
    """How the product of the choices' shares turns into the probability that a row is strictly right.

    Learned on the cross-validated predictions; those that match no gold fact count as wrong.
    """
    from sklearn.linear_model import LogisticRegression

    rows = [
        (p, all(scorer.slot_right(s, g, p) for s in scorer.STRICT))
        for g, p in result["_pairs"]
        if not g.get("optional")
    ]
    rows += [(p, False) for p in result["_spurious"]]
    x = [[log_odds(p["raw"])] for p, _ in rows]
    model = LogisticRegression(C=10.0).fit(x, [good for _, good in rows])
    return LinearModel({"(bias)": round(float(model.intercept_[0]), 3), "log_odds": round(float(model.coef_[0][0]), 3)})
