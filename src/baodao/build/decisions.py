"""The decisions that the linker takes on documents whose facts are known, each with its right answer.

In: documents and their gold rows. Out: examples of each decision for `ranking`. A chooser that knows the answers takes
the place of the models (`Recorder`), so that training sees just what use will see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from baodao.build.annotations import Row
from baodao.build.matter import DECISIONS, Document
from baodao.build.ranking import Example
from baodao.link.choice import ModelChooser, NameTables, Option, Say
from baodao.link.facts import link_facts
from baodao.records.light import QuantityHit
from baodao.text.passage import Passage

__all__ = ["Examples", "collect"]

Examples = dict[str, list[Example]]  # by decision


def collect(
    documents: Iterable[Document],
    gold: dict[str, list[Row]],
    scorer: ModuleType,
    guess: ModelChooser | None = None,
    follows: frozenset[str] = frozenset(),
) -> Examples:
    """The decisions of these documents with their right answers."""
    examples: Examples = defaultdict(list)
    for doc, articles in documents:
        for passages, body in articles:
            recorder = Recorder(passages[body][0], gold[doc], scorer, guess, follows)
            link_facts(passages, body, recorder)
            for decision, found in recorder.examples.items():
                examples[decision] += found
    return examples


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
        self.examples: Examples = defaultdict(list)
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
            self.examples[decision].append(Example([names for names, _ in options], right))
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
