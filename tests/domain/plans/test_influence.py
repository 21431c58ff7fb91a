"""Influence and timing from contracts, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.plans.estimates import BadShare, Estimate
from keino.domain.plans.influence import Contract, GivenReach, NegativeContract, from_contracts, reach

half = Estimate.exactly(0.5)


def contract(value: int, ends: date | None, **more: object) -> Contract:
    return Contract("A.B", Decimal(value), ends, **more)


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (date(2026, 5, 1), (1.0, 1.0)),
        (date(2029, 12, 31), (1.0, 1.0)),
        (date(2030, 1, 1), (1.0, 364 / 365)),
        (date(2030, 6, 30), (1.0, 184 / 365)),
        (date(2030, 12, 31), (1.0, 0.0)),
        (date(2031, 1, 1), (0.0, 0.0)),
        (None, (0.0, 0.0)),
    ],
)
def test_one_contract_by_its_last_day(ends, expected):
    assert from_contracts([contract(100, ends)], target_year=2030) == pytest.approx(expected)


def test_leap_years_have_a_day_more():
    assert from_contracts([contract(1, date(2028, 6, 30))], target_year=2028) == pytest.approx((1.0, 184 / 366))


def test_values_are_weights():
    """600 of 1000 reopen by 2030: 200 of them before it, 400 on 30 June. Timing (200 + 400 × 184/365) / 600."""
    contracts = [contract(200, date(2027, 1, 1)), contract(400, date(2030, 6, 30)), contract(400, date(2033, 1, 1))]
    assert from_contracts(contracts, target_year=2030) == pytest.approx((0.6, (200 + 400 * 184 / 365) / 600))


def test_an_earlier_renewal_reopens_a_contract():
    assert contract(1, date(2034, 1, 1), renews=date(2028, 1, 1)).reopens == date(2028, 1, 1)
    assert contract(1, None, renews=date(2028, 1, 1)).reopens == date(2028, 1, 1)
    assert contract(1, date(2027, 1, 1), renews=date(2028, 1, 1)).reopens == date(2027, 1, 1)


@pytest.mark.parametrize("contracts", [[], [contract(0, date(2026, 1, 1))]])
def test_contracts_without_value_say_nothing(contracts):
    assert from_contracts(contracts, target_year=2030) is None


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity"])
def test_values_below_zero_are_an_error(value):
    with pytest.raises(NegativeContract):
        from_contracts([Contract("A.B", Decimal(value))], target_year=2030)


def test_what_the_buyer_gives_goes_first_each_by_itself():
    contracts = [contract(1, date(2027, 1, 1)), contract(1, None)]
    found = reach("A.B", contracts, {"A.B": GivenReach(timing=half)}, target_year=2030)
    assert (found.influence, found.influence_basis) == (Estimate.exactly(0.5), "contracts")
    assert (found.timing, found.timing_basis) == (half, "given")
    assert found.contracts_without_end == 1


def test_a_main_category_stands_in_for_its_leaves_but_the_leaf_goes_first():
    said = {"A": GivenReach(influence=half), "A.C": GivenReach(influence=Estimate.exactly(0.1))}
    assert reach("A.B", [], said, target_year=2030).influence == half
    assert reach("A.C", [], said, target_year=2030).influence.mid == 0.1
    assert reach("AB.C", [], said, target_year=2030).influence_basis == "assumed"
    main = [Contract("A", Decimal(1), date(2040, 1, 1))]
    assert reach("A.B", main, {}, target_year=2030).influence.mid == 0.0


def test_a_share_above_one_is_an_error():
    with pytest.raises(BadShare):
        reach("A.B", [], {"A.B": GivenReach(influence=Estimate.exactly(1.2))}, target_year=2030)


@given(
    st.lists(
        st.builds(contract, st.integers(0, 10**9), st.none() | st.dates(date(2020, 1, 1), date(2045, 12, 31))),
        max_size=8,
    ),
    st.integers(2021, 2044),
)
def test_shares_stay_between_0_and_1_and_grow_with_the_year(contracts, year):
    now, later = (from_contracts(contracts, target_year=y) for y in (year, year + 1))
    if now is not None and later is not None:
        assert all(0 <= share <= 1 for share in (*now, *later))
        assert now[0] <= later[0]
        assert now[0] * now[1] <= later[0] * later[1] + 1e-12
