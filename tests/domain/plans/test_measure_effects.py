"""Rows of the fact table become effects; an empty cell stays unknown."""

from __future__ import annotations

import pytest

from keino.domain.plans.estimates import BadEstimate, BadShare, Estimate
from keino.domain.plans.measure_effects import covers, measure_effects

EMPTY = {
    "code": "m", "category": "A.B", "effect_of": "", "low": "", "value": "", "high": "", "part_low": "",
    "part_share": "", "part_high": "", "part_source": "", "availability": "", "exclusive_group": "",
    "evidence": "none", "source": "s",
}  # fmt: skip


def test_empty_effect_is_unknown_even_with_an_upper_limit():
    assert measure_effects([{**EMPTY, "high": "0.4", "effect_of": "category"}])[0].effect is None


def test_missing_bounds_are_told_and_stand_at_the_value():
    measure = measure_effects([{**EMPTY, "value": "0.5", "effect_of": "category"}])[0]
    assert (measure.effect, measure.has_range) == (Estimate.exactly(0.5), False)
    assert measure_effects([{**EMPTY, "low": "0.4", "value": "0.5", "high": "0.6"}])[0].has_range


def test_effect_on_a_part_is_multiplied_by_its_share():
    row = {**EMPTY, "value": "0.66", "effect_of": "part", "part_low": "0.1", "part_share": "0.3", "part_high": "0.4"}
    measure = measure_effects([{**row, "part_source": "p", "availability": "limited"}])[0]
    found = measure.technical_share({})
    assert (found.low, found.mid, found.high) == pytest.approx((0.066, 0.198, 0.264))
    assert (measure.sources, measure.is_limited) == (("s", "p"), True)


def test_measures_without_a_category_are_left_out_and_the_rest_is_in_order():
    rows = [{**EMPTY, "code": "b"}, {**EMPTY, "code": "a"}, {**EMPTY, "code": "c", "category": ""}]
    assert [measure.code for measure in measure_effects(rows)] == ["a", "b"]


def test_impossible_rows_are_an_error():
    with pytest.raises(BadShare):
        measure_effects([{**EMPTY, "value": "1.5"}])
    with pytest.raises(BadEstimate):
        measure_effects([{**EMPTY, "low": "0.6", "value": "0.5"}])


def test_a_main_category_covers_its_leaves_only():
    assert covers("A", "A.B")
    assert covers("A.B", "A.B")
    assert not covers("A.B", "A")
    assert not covers("A", "AB.C")
