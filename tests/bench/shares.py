"""Where the time of a page goes: the stages of `Pipeline.rows` timed from within while texts are read into rows.

A stage's time leaves out that of the stages inside it, and what no stage accounts for is told too, so that the shares
add up to the whole.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from baodao import stages
from baodao.link import facts
from baodao.records import Source
from baodao.text.passage import Passage

__all__ = ["shares"]

_STAGES = {
    "text checked": (stages, "_admit"),
    "layout": (stages, "split_articles"),
    "passages": (stages, "Passage"),
    "clashes settled": (stages, "settle"),
    "names said again": (stages, "repeat_names"),
    "regions linked": (stages, "link_regions"),
    "organizations placed": (stages, "place_organizations"),
    "programs completed": (stages, "complete_programs"),
    "facts: between the choices": (stages, "link_facts"),
    "facts: what is in force": (facts, "Scope"),
    "facts: words": (facts, "read_sentence"),
    "facts: thing": (facts, "choose_things"),
    "facts: verb": (facts, "choose_verb"),
    "facts: fact or not": (facts, "is_fact"),
    "facts: region": (facts, "choose_region"),
    "facts: program": (facts, "choose_program"),
    "facts: actor": (facts, "choose_actor"),
    "facts: time": (facts, "choose_time"),
    "facts: confidence": (facts, "confidence"),
    "rows": (stages, "fact_rows"),
}
_SENTENCES = "sentences"
_REST = "unaccounted: calls, copies of the source, lists"


def shares(texts: Sequence[tuple[str, Source]]) -> dict[str, float]:
    """The share of each stage in the CPU time of reading texts into rows, met before; the largest first."""
    spent: dict[str, float] = defaultdict(float)
    inside = [0.0]  # what the stages within each open one took

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            inside.append(0.0)
            began = time.thread_time()
            try:
                found = function(*given, **named)
                return list(found) if hasattr(found, "__next__") else found  # a generator works when it is asked
            finally:
                took = time.thread_time() - began
                spent[name] += took - inside.pop()
                inside[-1] += took

        return run

    finders = tuple((name, timed(f"find {name}", finder)) for name, finder in stages.FINDERS)
    pipeline = stages.Pipeline(finders=finders)
    for text, source in texts:
        pipeline.rows(text, source, force=True)
    spent.clear()
    with ExitStack() as stack:
        for name, (module, attribute) in _STAGES.items():
            stack.enter_context(patch.object(module, attribute, timed(name, getattr(module, attribute))))
        cut = Passage.__dict__["sentences"]
        stack.enter_context(patch.object(cut, "func", timed(_SENTENCES, cut.func)))
        whole = timed(_REST, pipeline.rows)
        for text, source in texts:
            whole(text, source, force=True)
    total = sum(spent.values())
    return {name: took / total for name, took in sorted(spent.items(), key=lambda pair: -pair[1])}
