"""Did a measure show? Cases worked out by hand, the three answers kept apart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.carbon.factors import Coefficient, ProductPart
from keino.domain.plans.measured_path import (
    REASONS,
    MeasuredChange,
    PlannedReduction,
    did_it_show,
    half_width,
    measured_path,
    unshared_errors,
)


def measured(effect: float | None, width: float | None = 10.0, *, own: bool = True) -> MeasuredChange:
    return MeasuredChange("ELEC", 500.0, effect, width, own)


def answers(plan: list[PlannedReduction], change: MeasuredChange) -> list[tuple[str, str]]:
    return [(each.answer, each.reason) for each in did_it_show(plan, [change])]


ALONE = [PlannedReduction("Green power", "ELEC", 100.0)]


@pytest.mark.parametrize(
    ("effect", "width", "answer", "reason"),
    [
        (-100.0, 10.0, "shown", "compared"),
        (-40.0, 10.0, "shown", "compared"),  # less than planned, and yet surely something
        (-5.0, 10.0, "not_shown", "compared"),  # at most 15 of 100
        (+30.0, 10.0, "not_shown", "compared"),
        (-50.0, 60.0, "cannot_be_told", "within_uncertainty"),  # anything from 10 more to 110 less
        (-300.0, 150.0, "cannot_be_told", "within_uncertainty"),  # the plan is smaller than the noise
        (None, None, "cannot_be_told", "no_measurement"),
        (-100.0, None, "cannot_be_told", "no_measurement"),
    ],
)
def test_a_measure_alone_in_its_category(effect, width, answer, reason) -> None:
    assert answers(ALONE, measured(effect, width)) == [(answer, reason)]


def test_a_measure_that_shows_may_fall_short() -> None:
    (short,) = did_it_show(ALONE, [measured(-40.0)])
    (full,) = did_it_show(ALONE, [measured(-95.0)])
    assert (short.falls_short, full.falls_short) == (True, False)
    assert (short.planned_reduction_kgco2e, short.measured_reduction_kgco2e) == (100.0, 40.0)


def test_averages_of_an_industry_never_tell_of_a_contract() -> None:
    assert answers(ALONE, measured(-100.0, own=False)) == [("cannot_be_told", "average_factor")]


def test_buying_less_is_not_judged_by_intensity() -> None:
    plan = [PlannedReduction("Less waste", "ELEC", 100.0, "volume"), *ALONE]
    assert answers(plan, measured(-100.0)) == [("cannot_be_told", "works_by_volume"), ("shown", "compared")]


def test_a_category_that_was_not_measured() -> None:
    assert answers([PlannedReduction("Veggie days", "FOOD", 10.0)], measured(-100.0)) == [
        ("cannot_be_told", "no_measurement")
    ]


PAIR = [PlannedReduction("Green power", "ELEC", 100.0), PlannedReduction("Solar roofs", "ELEC", 40.0)]


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (-140.0, ["shown", "shown"]),  # at least 130: each is needed for it
        (-100.0, ["shown", "cannot_be_told"]),  # at least 90 needs the first, and the first alone would do
        (-45.0, ["not_shown", "cannot_be_told"]),  # at most 55 is no 100; it may be the second
        (-5.0, ["not_shown", "not_shown"]),
    ],
)
def test_measures_of_one_category_are_told_apart_only_where_numbers_force_it(effect, expected) -> None:
    found = did_it_show(PAIR, [measured(effect)])
    assert [each.answer for each in found] == expected
    assert all(each.reason == "other_measures" for each in found if each.answer == "cannot_be_told")


kg = st.floats(0.0, 1e4)


@given(st.lists(kg, min_size=1, max_size=4), st.floats(-1e4, 1e4), kg)
def test_no_measure_is_called_shown_that_may_have_done_nothing(planned, effect, width) -> None:
    """A measure shows only where the surely measured reduction exceeds what all the others were to do."""
    plan = [PlannedReduction(str(n), "ELEC", value) for n, value in enumerate(planned)]
    for n, each in enumerate(did_it_show(plan, [measured(effect, width)])):
        others = math.fsum(value for other, value in enumerate(planned) if other != n)
        assert each.reason in REASONS
        if each.answer == "shown":
            assert -effect - width > others - 1e-6
            assert planned[n] > width
        if each.answer == "not_shown":
            assert -effect + width < planned[n]


def test_paths_stand_beside_each_other() -> None:
    (point,) = measured_path(PAIR, [measured(-90.0)])
    assert (point.base_kgco2e, point.planned_kgco2e, point.measured_kgco2e) == (500.0, 360.0, 410.0)
    assert (point.low_kgco2e, point.high_kgco2e) == (400.0, 420.0)
    (unknown,) = measured_path(PAIR, [measured(None, None)])
    assert (unknown.planned_kgco2e, unknown.measured_kgco2e, unknown.low_kgco2e) == (360.0, None, None)


def coefficient(year: int, *parts: ProductPart, origin: str = "category") -> Coefficient:
    value = sum(part.share * part.kgco2e_per_unit for part in parts)
    return Coefficient(
        "ELEC", year, parts, value, 1.4, "exact", "exact", "EUR", "purchaser", "fi", (year,), "", origin, ()
    )


def part(errors: dict[str, float], share: float = 1.0, value: float = 0.5, source: str = "") -> ProductPart:
    return ProductPart("D35", share, value, 1.4, tuple(errors.items()), source, "", "")


def test_errors_that_both_years_share_drop_out() -> None:
    both = {"model:fi": 0.1, "product:fi:D35": 0.3}
    found = unshared_errors(coefficient(2022, part(both)), coefficient(2023, part({**both, "time:fi:2023": 0.2})))
    assert found == {"model:fi": 0.0, "product:fi:D35": 0.0, "time:fi:2023": 0.2}
    # L(50, 40) = 10 / ln 1.25 = 44.814; × 0.2 × 1.95996 = 17.567
    assert half_width([(50.0, 40.0, found)]) == pytest.approx(17.567, abs=6e-4)


def test_errors_of_several_products_are_weighted_by_their_part_of_the_factor() -> None:
    """Half of the spend at 0.6 and half at 0.2: three quarters and one quarter of the factor."""
    mixed = coefficient(2023, part({"a": 0.2}, 0.5, 0.6), part({"b": 0.4}, 0.5, 0.2))
    assert unshared_errors(coefficient(2022, part({})), mixed) == {
        "a": pytest.approx(0.15),
        "b": pytest.approx(0.1),
    }


def test_own_factors_share_their_error_only_within_one_source() -> None:
    error = {"product:user:ELEC": 0.1}
    first = coefficient(2022, part(error, source="Supplier A"), origin="own_factor")
    same = coefficient(2023, part(error, source="Supplier A"), origin="own_factor")
    other = coefficient(2023, part(error, source="Supplier B"), origin="own_factor")
    assert set(unshared_errors(first, same).values()) == {0.0}
    assert sorted(unshared_errors(first, other).values()) == [-0.1, 0.1]


def test_width_of_a_sum_adds_errors_of_one_label_and_squares_others() -> None:
    one, two = (100.0, 100.0, {"x": 0.1}), (100.0, 100.0, {"x": 0.1})
    apart = (100.0, 100.0, {"y": 0.1})
    assert half_width([one, two]) == pytest.approx(1.95996 * 20, rel=1e-5)
    assert half_width([one, apart]) == pytest.approx(1.95996 * math.sqrt(200), rel=1e-5)
    assert half_width([(0.0, 5.0, {"x": 0.1})]) == 0.0  # what appears is mix, not intensity
    assert half_width([(-1.0, 5.0, {"x": 0.1})]) is None
