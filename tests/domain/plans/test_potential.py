"""Potential by hand arithmetic, and what holds for any numbers."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.plans.estimates import BadEstimate, BadShare, Estimate, total
from keino.domain.plans.influence import Contract, GivenReach
from keino.domain.plans.measure_effects import MeasureEffect, combined_share
from keino.domain.plans.potential import (
    ASSUMPTIONS,
    NOT_ASSESSED,
    Assumption,
    BadTarget,
    CategoryFootprint,
    RepeatedCategory,
    TargetLevel,
    gap_to_target,
    potential,
)

exactly = Estimate.exactly


def kg(category: str, value: float) -> CategoryFootprint:
    return CategoryFootprint(category, exactly(value))


def measure(code: str, category: str, share: float | None, **more: object) -> MeasureEffect:
    return MeasureEffect(code, category, None if share is None else exactly(share), **more)


def shares() -> st.SearchStrategy[Estimate]:
    return st.lists(st.floats(0, 1), min_size=3, max_size=3).map(lambda three: Estimate(*sorted(three)))


# ---- the product


def test_potential_is_the_product_of_four_with_its_bounds():
    """100 kg (90–120) × 0.5 (0.4–0.6) × 0.8 (0.7–0.9) × 0.5 (0.25–1): 20 kg.

    Low 90 × 0.4 × 0.7 × 0.25 = 6.3; high 120 × 0.6 × 0.9 = 64.8.
    """
    row = potential(
        [CategoryFootprint("A.B", Estimate(90.0, 100.0, 120.0))],
        [MeasureEffect("m", "A.B", Estimate(0.4, 0.5, 0.6))],
        TargetLevel(2030),
        given={"A.B": GivenReach(Estimate(0.7, 0.8, 0.9), Estimate(0.25, 0.5, 1.0))},
    ).rows[0]
    assert row.potential_kgco2e.low == pytest.approx(6.3)
    assert row.potential_kgco2e.mid == pytest.approx(20.0)
    assert row.potential_kgco2e.high == pytest.approx(64.8)
    assert row.not_assessed == ""


def test_measures_of_one_category_overlap():
    """0.5 and 0.2 leave 0.5 × 0.8 = 0.4 of it."""
    found = potential([kg("A.B", 100.0)], [measure("one", "A.B", 0.5), measure("two", "A", 0.2)], TargetLevel(2030))
    assert found.rows[0].potential_kgco2e.mid == pytest.approx(60.0)
    assert found.rows[0].measures == ("one", "two")
    assert Assumption("main_category", "A.B", "two") in found.assumptions


def test_of_alternatives_one_counts_available_before_larger():
    measures = [
        measure("gwp40", "A.B", 0.6, exclusive_group="concrete", is_limited=True),
        measure("gwp70", "A.B", 0.3, exclusive_group="concrete"),
        measure("gwp85", "A.B", 0.15, exclusive_group="concrete"),
        measure("other", "A.B", 0.1),
    ]
    row = potential([kg("A.B", 1000.0)], measures, TargetLevel(2030)).rows[0]
    assert row.measures == ("gwp70", "other")
    assert row.alternatives == ("gwp40", "gwp85")
    assert row.potential_kgco2e.mid == pytest.approx(1000 * (1 - 0.7 * 0.9))


def test_equal_alternatives_are_decided_by_code_whatever_their_order():
    one, two = (measure(code, "A.B", 0.3, exclusive_group="g") for code in ("a", "b"))
    for measures in ([one, two], [two, one]):
        assert potential([kg("A.B", 1.0)], measures, TargetLevel(2030)).rows[0].measures == ("a",)


# ---- what can't be assessed


@pytest.mark.parametrize(
    ("footprint", "measures", "reason"),
    [
        (exactly(10.0), [], "no_measure"),
        (exactly(10.0), [measure("m", "A.B", None)], "no_cited_effect"),
        (exactly(10.0), [measure("m", "A.B", 0.5, effect_of="part")], "part_unknown"),
        (None, [measure("m", "A.B", 0.5)], "no_footprint"),
        (exactly(0.0), [measure("m", "A.B", 0.5)], "no_footprint"),
        (exactly(-3.0), [measure("m", "A.B", 0.5)], "no_footprint"),
        (Estimate(-1.0, 5.0, 9.0), [measure("m", "A.B", 0.5)], "no_footprint"),
    ],
)
def test_what_is_not_assessed_says_why_and_is_never_zero(footprint, measures, reason):
    found = potential([CategoryFootprint("A.B", footprint)], measures, TargetLevel(2030))
    row = found.rows[0]
    assert (row.not_assessed, row.potential_kgco2e, row.technical_share) == (reason, None, None)
    assert reason in NOT_ASSESSED
    assert row.footprint_kgco2e == footprint
    assert found.curve == ()


def test_the_buyer_may_size_the_part():
    """Laptops are 40 % of the hardware: 200 kg × 0.375 × 0.4 = 30 kg; the buyer's size goes before another."""
    laptops = measure("laptop", "ICT.HARDWARE", 0.375, effect_of="part", part=exactly(0.9))
    found = potential([kg("ICT.HARDWARE", 200.0)], [laptops], TargetLevel(2030), parts={"laptop": exactly(0.4)})
    assert found.rows[0].potential_kgco2e.mid == pytest.approx(30.0)
    assert Assumption("part_given", "ICT.HARDWARE", "laptop") in found.assumptions


def test_a_part_larger_than_the_whole_is_an_error():
    with pytest.raises(BadShare):
        potential(
            [kg("A.B", 1.0)], [measure("m", "A.B", 0.5, effect_of="part")], TargetLevel(2030), parts={"m": exactly(1.1)}
        )


# ---- order, curve, gap


def test_ranks_curve_and_totals():
    found = potential(
        [kg("Z.A", 100.0), kg("B.B", 100.0), kg("C.C", 1000.0), kg("D.D", 50.0), kg("E.E", 50.0), kg("F.F", 900.0)],
        [measure("m1", "Z.A", 0.5), measure("m2", "B.B", 0.5), measure("m3", "C.C", 0.1), measure("m4", "F.F", 0.01)],
        TargetLevel(2030),
    )
    assert [(row.rank, row.category) for row in found.rows] == [
        (1, "C.C"),
        (2, "B.B"),
        (3, "Z.A"),
        (4, "F.F"),
        (5, "D.D"),
        (6, "E.E"),
    ]
    assert [point.cumulative_kgco2e.mid for point in found.curve] == pytest.approx([100.0, 150.0, 200.0, 209.0])
    assert found.curve[-1].share_of_footprint == pytest.approx(209 / 2200)
    assert (found.footprint_kgco2e.mid, found.assessed_footprint_kgco2e.mid) == (2200.0, 2100.0)
    assert found.gap is None


def test_gap_counts_categories_that_are_not_assessed_as_footprint():
    """Baseline 1000 − 40 % leaves 600; footprint 900 needs 300; potential 100 (50–250) leaves 200 (50–250)."""
    found = potential(
        [kg("A.A", 500.0), kg("B.B", 400.0)],
        [MeasureEffect("m", "A.A", Estimate(0.1, 0.2, 0.5))],
        TargetLevel(2030, 1000.0, 0.4),
    )
    assert found.gap.allowed_kgco2e == pytest.approx(600.0)
    assert found.gap.needed_kgco2e == pytest.approx(300.0)
    gap = found.gap.gap_kgco2e
    assert (gap.low, gap.mid, gap.high) == pytest.approx((50.0, 200.0, 250.0))


def test_a_target_without_a_size_has_no_gap():
    assert gap_to_target(TargetLevel(2030, 1000.0), 900.0, exactly(1.0)) is None


@pytest.mark.parametrize(("baseline", "reduction"), [(-1.0, 0.1), (math.nan, 0.1), (10.0, 1.1), (10.0, -0.1)])
def test_impossible_targets_are_an_error(baseline, reduction):
    with pytest.raises(BadTarget):
        TargetLevel(2030, baseline, reduction)


def test_a_category_may_stand_once():
    with pytest.raises(RepeatedCategory):
        potential([kg("A.A", 1.0), kg("A.A", 2.0)], [], TargetLevel(2030))


# ---- assumptions


def test_result_says_what_it_rests_on():
    measures = [
        MeasureEffect(
            "m", "A.B", exactly(0.5), evidence="claimed", has_range=False, is_limited=True, sources=("s", "p")
        ),
        measure("n", "A.B", 0.1, exclusive_group="g"),
        measure("o", "A.B", 0.2, exclusive_group="g"),
    ]
    contracts = [Contract("A", Decimal(1), date(2026, 1, 1)), Contract("A.B", Decimal(1))]
    found = potential([kg("A.B", 10.0), kg("C.D", 1.0)], measures, TargetLevel(2030), contracts=contracts)
    assert set(found.assumptions) == {
        Assumption("footprint_stays"),
        Assumption("bounds_together"),
        Assumption("contracts_stand_for_all", "A.B"),
        Assumption("contract_end_unknown", "A.B"),
        Assumption("range_not_published", "A.B", "m"),
        Assumption("effect_claimed", "A.B", "m"),
        Assumption("limited_availability", "A.B", "m"),
        Assumption("alternative_left", "A.B", "n"),
    }
    assert found.rows[0].sources == ("s", "p")
    for assumption in found.assumptions:
        named = {name for _, name, _, _ in Formatter().parse(ASSUMPTIONS[assumption.code]) if name}
        assert named == {name for name in ("category", "measure") if getattr(assumption, name)}


def test_without_contracts_everything_counts_and_is_said():
    found = potential([kg("A.B", 10.0)], [measure("m", "A.B", 0.5)], TargetLevel(2030))
    assert found.rows[0].potential_kgco2e.mid == 5.0
    assert Assumption("reach_assumed", "A.B") in found.assumptions


# ---- any numbers


@given(st.lists(shares(), min_size=1, max_size=6))
def test_combined_share_is_a_share_between_largest_and_sum(several):
    found = combined_share(several)
    for bound in ("low", "mid", "high"):
        values = [getattr(one, bound) for one in several]
        assert max(values) - 1e-12 <= getattr(found, bound) <= min(1.0, math.fsum(values)) + 1e-12
    assert combined_share(several[::-1]).mid == pytest.approx(found.mid)


@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.tuples(st.floats(0, 1e9), shares()), min_size=1), st.randoms())
def test_potential_is_within_the_footprint_and_reproducible(categories, order):
    footprints = [kg(f"{code}.X", value) for code, (value, _) in categories.items()]
    measures = [MeasureEffect(f"m{code}", f"{code}.X", found) for code, (_, found) in categories.items()]
    found = potential(footprints, measures, TargetLevel(2030))
    order.shuffle(footprints)
    order.shuffle(measures)
    assert potential(footprints, measures, TargetLevel(2030)) == found
    assert 0 <= found.potential_kgco2e.mid <= found.footprint_kgco2e.mid * (1 + 1e-12)
    mids = [row.potential_kgco2e.mid for row in found.rows if row.potential_kgco2e]
    assert mids == sorted(mids, reverse=True)
    if found.curve:
        assert found.curve[-1].cumulative_kgco2e == found.potential_kgco2e


@pytest.mark.parametrize("three", [(2.0, 1.0, 3.0), (1.0, 3.0, 2.0), (math.nan, 1.0, 2.0), (0.0, 1.0, math.inf)])
def test_ranges_are_in_order(three):
    with pytest.raises(BadEstimate):
        Estimate(*three)


def test_sum_of_nothing_is_zero():
    assert total([]) == exactly(0.0)
