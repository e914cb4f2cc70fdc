"""No text takes more time than its length allows: ten times the text, about ten times the time."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import baodao as bd
from baodao.resources import read_rules
from tests.hostile import FAMILIES, long_text

# these are asked at one place, or of a text of a few characters: one name, a window of eight
_ANCHORED = {
    "program.not.quoted", "program.not.generic", "rate.fraction", "rate.short", "baodao.find.program_names._DIGITS",
    "baodao.link.programs._CORE",
}  # fmt: skip
_SLACK = 2.5
_CLOCK = 0.02  # seconds of an analysis below which a clock says little
_TICK = 0.001  # likewise of a pattern


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least processor time of some tries."""

    def once() -> float:
        began = time.process_time()
        work()
        return time.process_time() - began

    return min(once() for _ in range(times))


def is_linear(work: Callable[[int], object], small: int, large: int, floor: float) -> bool:
    """Whether `work(large)` takes no more than a little above its share; slow answers are asked again."""
    allowed = _SLACK * large / small * max(seconds(lambda: work(small)), floor)
    return any(seconds(lambda: work(large)) <= allowed for _ in range(3))


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of the library: rules, and those that modules hold."""
    for path in sorted((Path(bd.__file__).parent / "data" / "rules").glob("*.toml")):
        if path.name != "fragments.toml":
            yield from ((rule.id, rule.pattern) for rule in read_rules(path.name))
    for module in pkgutil.walk_packages(bd.__path__, "baodao."):
        if not module.name.startswith(("baodao.build", "baodao.corpus.ray")):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{module.name}.{name}", value


def slow_patterns(small: int, large: int) -> list[str]:
    known = {pattern.pattern: (name, pattern) for name, pattern in patterns() if name not in _ANCHORED}
    texts = {family: {size: long_text(family, size) for size in (small, large)} for family in FAMILIES}
    return [
        f"{name} on {family}"
        for family, sized in texts.items()
        for name, pattern in known.values()
        if not is_linear(lambda size, p=pattern, s=sized: sum(1 for _ in p.finditer(s[size])), small, large, _TICK)
    ]


def slow_families(small: int, large: int) -> list[str]:
    def analyze(family: str, size: int) -> object:
        return bd.analyze(long_text(family, size), force=True, issue_date="2021")

    bd.analyze("某县建成三座桥。")  # what is read once
    return [f for f in FAMILIES if not is_linear(lambda size, f=f: analyze(f, size), small, large, _CLOCK)]


def test_no_pattern_is_worse_than_linear() -> None:
    assert slow_patterns(200, 5_000) == []


def test_no_text_is_worse_than_linear() -> None:
    assert slow_families(500, 4_000) == []


@pytest.mark.slow
def test_no_long_text_is_worse_than_linear() -> None:
    assert slow_families(10_000, 100_000) == []
    assert slow_patterns(10_000, 100_000) == []


def test_a_sentence_without_end_is_cut_at_pauses() -> None:
    page = bd.analyze(long_text("facts", 5_000))
    assert max(s.end - s.start for a in page.articles for s in a.sentences) <= 600
    assert {fact.text for fact in page.facts} == {"1.2万余名"}
    assert len(page.facts) > 200
