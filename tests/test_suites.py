"""The public suites: what is left out is little, named, and really fails; the rest is as good as promised."""

from __future__ import annotations

import pytest

from tests.bench.suites import MOST, PAGE, SHARED, Verdict, count, left_out, reasons, verdicts

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the team's shared folder is absent"),
]

# Percent of the cases that are not left out. Numbers and quantities; times have theirs in the same table.
STRICT = {
    "rt/percent": 95, "rt/currency": 90, "rt/dimension": 90, "rt/age": 90, "rt/numberrange": 60, "dk/numeral": 95,
    "dk/money": 80, "dk/quantity": 95, "dk/distance": 90, "dk/volume": 95, "dk/duration": 70, "cn2an/strict": 95,
    "cn2an/normal": 95, "cn2an/smart": 95, "jio/money-parse": 92, "jio/money-extract": 87, "ud/gsdsimp-dev": 95,
}  # fmt: skip
VALUE = {"rt/number": 97}


@pytest.fixture(scope="module")
def judged() -> list[Verdict]:
    return list(verdicts())


def test_little_is_left_out_and_it_really_fails(judged: list[Verdict]) -> None:
    for suite, numbers in left_out().items():
        known = {v.number: v for v in judged if v.suite == suite}
        assert numbers <= known.keys(), f"{suite} has no case {sorted(numbers - known.keys())}"
        assert len(numbers) <= MOST * len(known), f"{suite}: {len(numbers)} of {len(known)} are left out"
        right = sorted(n for n in numbers if known[n].strict)
        assert not right, f"{suite} {right}: left out, but right"


def test_the_rest_is_as_good_as_promised(judged: list[Verdict]) -> None:
    table = count(judged)
    for suite, wanted in STRICT.items():
        rest = table[suite][1]
        assert rest.share(rest.strict) >= wanted, suite
    for suite, wanted in VALUE.items():
        rest = table[suite][1]
        assert rest.share(rest.value) >= wanted, suite


def test_the_page_names_what_is_left_out() -> None:
    assert reasons() in PAGE.read_text(encoding="utf-8"), "python -m tests.bench.suites"
