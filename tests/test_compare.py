"""Comparing two readings: every fact is gained, lost, changed or the same, once."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from baodao.build.compare import compare_rows, describe


def row(start: int, end: int, doc: str = "a", **slots: object) -> dict[str, Any]:
    return {"doc": doc, "start": start, "end": end, "sentence": "某村新建\n2座凉亭。", **slots}


def test_each_fact_is_gained_lost_or_changed() -> None:
    before = [row(0, 3, what="凉亭"), row(10, 13, what="农户"), row(20, 23)]
    after = [row(0, 4, what="凉亭"), row(10, 13, what="养蜂农户", region="420000"), row(0, 3, doc="b")]
    changes = compare_rows(before, after)
    assert changes.gained == [after[2]]
    assert changes.lost == [before[2]]
    assert [(c.before, c.after, c.slots) for c in changes.changed] == [(before[1], after[1], ("what", "region"))]


def test_of_two_that_overlap_the_nearer_is_the_same_fact() -> None:
    wide, near = row(0, 9, what="大棚"), row(0, 3, what="凉亭")
    changes = compare_rows([row(0, 3, what="凉亭")], [wide, near])
    assert changes == ([wide], [], [])


def test_the_report_counts_what_became_right() -> None:
    changes = compare_rows([row(0, 2, what="亭")], [row(0, 2, what="凉亭"), row(5, 7, what="路灯")])
    told = list(describe(changes, lambda _, __: False, lambda _, __: True))
    assert told[:4] == ["gained 1 (1 right, 0 wrong)", "lost 0", "changed 1 (1 became right, 0 became wrong)",
                        "  what 1 (1 became right, 0 became wrong)"]  # fmt: skip
    assert "    what: 亭 (wrong) → 凉亭 (right)" in told
    assert told[-1] == "    某村新建 2座凉亭。"


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6), st.sampled_from("ab"), st.sampled_from("户亭")))


@given(SPANS, SPANS)
def test_no_fact_is_counted_twice(old: list[tuple[int, int, str, str]], new: list[tuple[int, int, str, str]]) -> None:
    before, after = ([row(s, s + n, doc, what=what) for s, n, doc, what in spans] for spans in (old, new))
    changes = compare_rows(before, after)
    kept = len(before) - len(changes.lost)
    assert kept == len(after) - len(changes.gained)
    assert len(changes.changed) <= kept
    assert compare_rows(before, before) == ([], [], [])
