"""The confidence is judged by rows that did not teach it."""

from __future__ import annotations

import pytest

pytest.importorskip("scipy")

from baodao.build.calibration import bins, calibrate_across, calibration_error, surest_half


def test_a_fold_is_calibrated_by_the_others() -> None:
    sure = [({"raw": 0.9, "fold": fold, "confidence": 0.0}, True) for fold in (0, 1) for _ in range(20)]
    unsure = [({"raw": 0.2, "fold": fold, "confidence": 0.0}, False) for fold in (0, 1) for _ in range(20)]
    odd = [({"raw": 0.9, "fold": 2, "confidence": 0.0}, False)]
    calibrate_across([*sure, *unsure, *odd])
    assert odd[0][0]["confidence"] > 0.9  # its own answer taught it nothing
    assert 0 < sure[0][0]["confidence"] < odd[0][0]["confidence"] + 1e-9


def test_bins_are_of_equal_count_and_lose_nothing() -> None:
    rows = [(i / 100, i % 3 == 0) for i in range(97)]
    found = bins(rows)
    assert sum(b.size for b in found) == 97
    assert {b.size for b in found} <= {9, 10}
    assert calibration_error([(1.0, True)] * 10) == 0


def test_ties_never_flatter() -> None:
    assert surest_half([(0.5, True), (0.5, False), (0.5, True), (0.5, False)]) == (0, 2)
