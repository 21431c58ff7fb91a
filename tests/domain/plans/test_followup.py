"""Why a footprint changed: against published numbers, a computation with 300 digits, and cases known beforehand."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.carbon.changes import CategoryYear, year_changes
from keino.domain.carbon.price_years import PriceIndex
from keino.domain.plans.followup import (
    SPLIT,
    Effects,
    FollowedCategory,
    ImpossiblePriceLevel,
    RepeatedCategory,
    follow_up,
)

PARTS = (*SPLIT, "unsplit", "edition", "perimeter")


def bought(category: str, spend: float, kg: float, *, price: float | None = 1.0, factor_price: float | None = -1.0):
    """Purchases of a year; the factor is one of the year's prices unless ``factor_price`` says otherwise."""
    level = price if factor_price == -1.0 else factor_price
    return FollowedCategory(category, Decimal(repr(spend)), kg, price, level)


def parts(effects: Effects) -> dict[str, float]:
    """The parts that are not nothing."""
    found = {name: getattr(effects, f"{name}_kgco2e") for name in PARTS}
    return {name: value for name, value in found.items() if value}


def test_inflation_alone_changes_nothing_where_factors_know_of_prices() -> None:
    """Prices +10 %: 110 € buy what 100 € did, and the year's factor per euro is a tenth lower."""
    first = [bought("A", 100.0, 50.0), bought("B", 300.0, 30.0)]
    last = [bought("A", 110.0, 50.0, price=1.1), bought("B", 330.0, 30.0, price=1.1)]
    found = follow_up(first, last)
    assert parts(found.total) == {}
    assert found.total.change_kgco2e == 0.0


def test_inflation_alone_is_all_price_where_one_factor_serves_both_years() -> None:
    first = [bought("A", 100.0, 50.0), bought("B", 300.0, 30.0)]
    last = [
        bought("A", 110.0, 55.0, price=1.1, factor_price=1.0),
        bought("B", 330.0, 33.0, price=1.1, factor_price=1.0),
    ]
    assert parts(follow_up(first, last).total) == {"price": pytest.approx(8.0)}


def test_a_greener_contract_is_all_intensity_whatever_prices_do() -> None:
    first = [bought("ELEC", 100.0, 70.0), bought("FOOD", 300.0, 30.0)]
    last = [bought("ELEC", 110.0, 7.0, price=1.1), bought("FOOD", 330.0, 30.0, price=1.1)]
    found = follow_up(first, last)
    assert parts(found.total) == {"intensity": pytest.approx(-63.0)}
    assert [parts(each) for each in found.by_category] == [{"intensity": pytest.approx(-63.0)}, {}]


def test_buying_more_of_everything_is_all_volume() -> None:
    first = [bought("A", 100.0, 50.0), bought("B", 300.0, 30.0)]
    last = [bought("A", 120.0, 60.0), bought("B", 360.0, 36.0)]
    assert parts(follow_up(first, last).total) == {"volume": pytest.approx(16.0)}


def test_a_shift_between_categories_is_all_mix() -> None:
    first = [bought("A", 100.0, 50.0), bought("B", 100.0, 10.0)]
    last = [bought("A", 50.0, 25.0), bought("B", 150.0, 15.0)]
    found = follow_up(first, last)
    assert parts(found.total) == {"mix": pytest.approx(-20.0)}


def test_parts_by_hand() -> None:
    """A: F 50 → 80 kg, prices +25 %, 100 → 250 €, so 200 € of the first year; B: 100 € and 10 kg stay as they are.

    L(80, 50) = 30 / ln 1.6 = 63.829. Volume of all 200 → 300 (B is 125 € in dearer money): A gets 63.829 × ln 1.5 =
    25.880; its share 1/2 → 2/3: 63.829 × ln (4/3) = 18.362; its intensity 0.5 → 0.4: 63.829 × ln 0.8 = −14.243.
    B: L = 10; volume 10 × ln 1.5 = 4.055; share 1/2 → 1/3: 10 × ln (2/3) = −4.055.
    """
    first = [bought("A", 100.0, 50.0), bought("B", 100.0, 10.0)]
    last = [bought("A", 250.0, 80.0, price=1.25), bought("B", 125.0, 10.0, price=1.25)]
    a, b = follow_up(first, last).by_category
    expected = {"volume": 25.880, "mix": 18.362, "intensity": -14.243}
    assert parts(a) == {name: pytest.approx(kg, abs=6e-4) for name, kg in expected.items()}
    assert parts(b) == {"volume": pytest.approx(4.055, abs=6e-4), "mix": pytest.approx(-4.055, abs=6e-4)}


def test_a_category_that_appears_or_disappears_is_all_mix() -> None:
    stays = bought("A", 100.0, 50.0)
    assert parts(follow_up([stays], [stays, bought("B", 50.0, 20.0)]).by_category[1]) == {"mix": 20.0}
    assert parts(follow_up([stays, bought("B", 50.0, 20.0)], [stays]).by_category[1]) == {"mix": -20.0}


def test_a_year_without_any_purchases_is_all_volume() -> None:
    assert parts(follow_up([], [bought("A", 10.0, 5.0)]).total) == {"volume": 5.0}
    assert parts(follow_up([bought("A", 10.0, 5.0)], [bought("A", 0.0, 0.0)]).total) == {"volume": -5.0}
    assert parts(follow_up([], []).total) == {}


def test_a_factor_that_falls_to_zero_is_all_intensity() -> None:
    assert parts(follow_up([bought("A", 100.0, 40.0)], [bought("A", 200.0, 0.0)]).total) == {"intensity": -40.0}


def test_emissions_without_spend_are_intensity() -> None:
    assert parts(follow_up([bought("A", 0.0, 4.0)], [bought("A", 10.0, 5.0)]).total) == {"intensity": 1.0}


def test_a_new_edition_of_factors_stands_apart() -> None:
    """Reported 60 kg; by today's factors it would have been 50 kg, and nothing else changed."""
    first = replace(bought("A", 100.0, 60.0), restated_kgco2e=50.0)
    found = follow_up([first], [bought("A", 100.0, 50.0)]).total
    assert parts(found) == {"edition": -10.0}
    assert (found.change_kgco2e, found.like_for_like_kgco2e) == (-10.0, 0.0)


def test_a_later_year_by_other_factors_is_restated_too() -> None:
    last = replace(bought("A", 100.0, 45.0), restated_kgco2e=60.0)
    assert parts(follow_up([bought("A", 100.0, 60.0)], [last]).total) == {"edition": -15.0}


def test_what_is_handed_over_stands_apart_and_disturbs_no_mix() -> None:
    """Health goes to the wellbeing services county on 1 January 2023, and takes its part of the laundry along."""
    stays = [bought("FOOD", 100.0, 50.0), bought("LAUNDRY", 20.0, 2.0)]
    goes = [
        replace(bought("HEALTH", 500.0, 90.0), is_moved=True),
        replace(bought("LAUNDRY", 80.0, 8.0), is_moved=True),
    ]
    found = follow_up([*stays, *goes], stays)
    assert parts(found.total) == {"perimeter": -98.0}
    food, health, laundry = found.by_category
    assert [parts(each) for each in (food, health, laundry)] == [{}, {"perimeter": -90.0}, {"perimeter": -8.0}]
    assert (laundry.spend_from, laundry.comparable_from_kgco2e) == (Decimal("100.0"), 2.0)
    assert parts(follow_up(stays, [*stays, *goes]).total) == {"perimeter": 98.0}


def test_edition_of_what_is_handed_over_counts_as_edition() -> None:
    goes = replace(bought("HEALTH", 500.0, 90.0), is_moved=True, restated_kgco2e=70.0)
    assert parts(follow_up([goes], []).total) == {"edition": -20.0, "perimeter": -70.0}


def test_without_a_price_level_the_change_is_left_whole() -> None:
    first, last = [bought("A", 100.0, 50.0)], [bought("A", 90.0, 40.0, price=None)]
    total = follow_up(first, last).total
    assert (total.price_kgco2e, total.volume_kgco2e, total.mix_kgco2e, total.intensity_kgco2e) == (None,) * 4
    assert total.unsplit_kgco2e == -10.0


def test_volume_and_mix_are_the_volume_of_the_yearly_changes() -> None:
    """One rule: where factors know of prices, this is the split of the dashboards with volume told apart further."""
    index = [PriceIndex("cpi", {2022: 100.0, 2023: 108.0})]
    numbers = {"A": (100.0, 50.0, 132.0, 60.0), "B": (80.0, 8.0, 60.0, 5.0), "C": (10.0, 9.0, 11.0, 8.0)}
    years = [
        CategoryYear(name, year, Decimal(repr(row[at])), row[at + 1])
        for name, row in numbers.items()
        for year, at in ((2022, 0), (2023, 2))
    ]
    first = [bought(name, row[0], row[1]) for name, row in numbers.items()]
    last = [bought(name, row[2], row[3], price=1.08) for name, row in numbers.items()]
    found = follow_up(first, last)
    for old, new in zip(year_changes(years, index), (found.total, *found.by_category), strict=True):
        assert old.volume_effect_kgco2e == pytest.approx(new.volume_kgco2e + new.mix_kgco2e)
        assert old.intensity_effect_kgco2e == pytest.approx(new.price_kgco2e + new.intensity_kgco2e)


amounts = st.one_of(st.just(0.0), st.floats(-1e6, 1e9), st.floats(0.01, 1e6))
kilograms = st.one_of(st.just(0.0), st.floats(1e-3, 1e9))
levels = st.one_of(st.none(), st.floats(0.1, 10.0))


@st.composite
def purchases(draw: st.DrawFn) -> list[FollowedCategory]:
    places = draw(st.sets(st.tuples(st.sampled_from("ABCD"), st.booleans()), max_size=6))
    rows = []
    for category, is_moved in sorted(places):
        spend = draw(amounts)
        kg = math.copysign(draw(kilograms), spend)
        restated = draw(st.one_of(st.none(), kilograms.map(lambda value, spend=spend: math.copysign(value, spend))))
        rows.append(
            FollowedCategory(
                category, Decimal(repr(round(spend, 2))), kg, draw(levels), draw(levels), restated, is_moved
            )
        )
    return rows


@given(purchases(), purchases())
def test_parts_always_sum_to_the_change(first: list[FollowedCategory], last: list[FollowedCategory]) -> None:
    found = follow_up(first, last)
    for each in (found.total, *found.by_category):
        found_parts = [getattr(each, f"{name}_kgco2e") or 0.0 for name in PARTS]
        scale = max(abs(kg) for kg in (*found_parts, each.change_kgco2e, *_footprints(first), *_footprints(last), 0.0))
        assert abs(math.fsum(found_parts) - each.change_kgco2e) <= 1e-9 * scale
        if max(map(abs, found_parts)) <= 1e6 * abs(each.change_kgco2e) and scale <= 1e6 * abs(each.change_kgco2e):
            assert math.fsum(found_parts) == pytest.approx(each.change_kgco2e, rel=1e-9)
    for name in PARTS:
        categories = [getattr(each, f"{name}_kgco2e") or 0.0 for each in found.by_category]
        scale = max(map(abs, (*categories, 0.0)))
        whole = getattr(found.total, f"{name}_kgco2e") or 0.0
        assert whole == pytest.approx(math.fsum(categories), abs=1e-9 * scale)


def _footprints(rows: list[FollowedCategory]) -> list[float]:
    return [kg for row in rows for kg in (row.footprint_kgco2e, row.comparable_kgco2e)]


def test_a_category_twice_is_refused() -> None:
    with pytest.raises(RepeatedCategory):
        follow_up([bought("A", 1.0, 1.0), bought("A", 2.0, 2.0)], [])


@pytest.mark.parametrize("level", [0.0, -1.0, math.nan])
def test_a_price_level_that_cannot_be_is_refused(level: float) -> None:
    with pytest.raises(ImpossiblePriceLevel):
        follow_up([bought("A", 1.0, 1.0, price=level)], [])
