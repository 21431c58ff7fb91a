from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

from keino.domain.carbon.changes import CategoryYear, volume_and_intensity, year_changes
from keino.domain.carbon.divisia import logarithmic_mean
from keino.domain.carbon.price_years import PriceIndex

PRICES = [PriceIndex("cpi", {2022: 100.0, 2023: 110.0, 2024: 110.0})]


def total(category: str, year: int, spend: str, kg: float | None) -> CategoryYear:
    return CategoryYear(category, year, Decimal(spend), kg)


def test_volume_and_intensity_by_hand():
    """F from 50 to 80 kg, V from 100 to 200: L = 30 / ln 1.6 = 63.829; volume = L × ln 2 = 44.243; rest −14.243."""
    volume, intensity = volume_and_intensity(100.0, 50.0, 200.0, 80.0)
    assert volume == pytest.approx(44.243, abs=5e-4)
    assert intensity == pytest.approx(-14.243, abs=5e-4)
    assert logarithmic_mean(80.0, 50.0) == pytest.approx(63.829, abs=5e-4)


def test_volume_and_intensity_sum_exactly_and_reverse_in_time():
    """Properties that Ang (2004) asks of a method: no remainder, and the same with time turned round."""
    generator = np.random.default_rng(5)
    for v0, f0, v1, f1 in generator.lognormal(3, 2, (200, 4)):
        volume, intensity = volume_and_intensity(v0, f0, v1, f1)
        assert volume + intensity == pytest.approx(f1 - f0, rel=1e-12, abs=1e-12)
        assert intensity == pytest.approx(
            logarithmic_mean(f1, f0) * math.log((f1 / v1) / (f0 / v0)), rel=1e-6, abs=1e-9
        )
        back = volume_and_intensity(v1, f1, v0, f0)
        assert back == pytest.approx((-volume, -intensity), rel=1e-9, abs=1e-9)


def test_volume_and_intensity_of_pure_changes():
    assert volume_and_intensity(100.0, 50.0, 200.0, 100.0) == (pytest.approx(50.0), pytest.approx(0.0, abs=1e-9))
    assert volume_and_intensity(100.0, 50.0, 100.0, 30.0) == (pytest.approx(0.0, abs=1e-9), pytest.approx(-20.0))


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((0.0, 0.0, 100.0, 40.0), (40.0, 0.0)),  # a category appears: all volume
        ((100.0, 40.0, 0.0, 0.0), (-40.0, 0.0)),  # it disappears
        ((0.0, 0.0, 0.0, 0.0), (0.0, 0.0)),
        ((-10.0, -5.0, 30.0, 12.0), (40 * 0.45, 17 - 40 * 0.45)),  # credits: midpoints, mean intensity 0.45
        ((100.0, 40.0, 200.0, 0.0), (0.0, -40.0)),  # the factor falls to zero: all intensity
        ((100.0, 0.0, 50.0, 40.0), (0.0, 40.0)),  # and rises from it
    ],
)
def test_volume_and_intensity_where_logarithms_fail(years, expected):
    assert volume_and_intensity(*years) == pytest.approx(expected)


def test_volume_and_intensity_tend_to_the_limit_as_a_category_appears():
    """The published limit of LMDI for a category that appears: as the first year goes to zero, all is volume."""
    volume, _ = volume_and_intensity(1e-12, 0.4e-12, 100.0, 40.0)
    assert volume == pytest.approx(volume_and_intensity(0.0, 0.0, 100.0, 40.0)[0], rel=1e-6)


def test_year_changes_take_the_price_out():
    """100 € to 132 € while prices rise by 10 %: 132 € are 120 € of 2022, so volume +20 € and price +12 €."""
    whole, food = year_changes([total("FOOD", 2022, "100.00", 50.0), total("FOOD", 2023, "132.00", 60.0)], PRICES)
    assert (food.spend_change, food.price_effect_spend, food.volume_effect_spend) == (
        Decimal("32.00"),
        pytest.approx(Decimal(12)),
        pytest.approx(Decimal(20)),
    )
    assert food.footprint_change_kgco2e == pytest.approx(10.0)
    assert food.volume_effect_kgco2e == pytest.approx(10.0)  # volume +20 %, footprint +20 %: intensity unchanged
    assert food.intensity_effect_kgco2e == pytest.approx(0.0, abs=1e-9)
    assert (food.price_index, whole.category) == ("cpi", "")


def test_year_changes_of_the_whole_are_the_sums_and_add_up():
    rows = [
        total("A", 2022, "100.10", 50.0),
        total("A", 2023, "90.20", 40.0),
        total("B", 2023, "60.30", 12.0),
        total("", 2022, "5.00", None),
        total("", 2023, "9.00", None),
    ]
    whole, *parts = year_changes(rows, PRICES)
    assert [row.category for row in parts] == ["A", "B"]
    assert whole.spend_change == Decimal("54.40")  # with the unclassified 4.00
    assert whole.price_effect_spend + whole.volume_effect_spend == whole.spend_change
    assert whole.footprint_change_kgco2e == pytest.approx(2.0)
    assert whole.volume_effect_kgco2e == pytest.approx(sum(row.volume_effect_kgco2e for row in parts))
    assert whole.volume_effect_kgco2e + whole.intensity_effect_kgco2e == pytest.approx(whole.footprint_change_kgco2e)


def test_year_changes_without_a_price_index_leave_the_effects_open():
    rows = [total("A", 2024, "100", 50.0), total("A", 2025, "90", 40.0)]
    whole, part = year_changes(rows, PRICES)
    for row in (whole, part):
        assert (row.spend_change, row.footprint_change_kgco2e) == (Decimal(-10), pytest.approx(-10.0))
        effects = (
            row.price_effect_spend,
            row.volume_effect_spend,
            row.volume_effect_kgco2e,
            row.intensity_effect_kgco2e,
        )
        assert effects == (None, None, None, None)
        assert row.price_index == ""


def test_year_changes_compare_neighbouring_years():
    rows = [total("A", year, "100", 50.0) for year in (2024, 2022, 2023)]
    assert [(row.year_from, row.year_to) for row in year_changes(rows, PRICES) if row.category == ""] == [
        (2022, 2023),
        (2023, 2024),
    ]
    assert year_changes([total("A", 2022, "1", 1.0)], PRICES) == ()
