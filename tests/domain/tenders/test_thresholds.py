"""Levels of procurement by value, kind, buyer and day. Values: DOMAIN 9.5 (hankinnat.fi; EU 2025/2150-2152)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.domain.tenders.thresholds import (
    BUYER_SIDES,
    LEVELS,
    PURCHASE_KINDS,
    NegativeValue,
    NoThreshold,
    Threshold,
    UnknownBuyerSide,
    UnknownPurchaseKind,
    buyer_side,
    threshold_level,
    thresholds_from_rows,
)

START, END = date(2024, 1, 1), date(2025, 12, 31)


def two(kind: str, side: str, national: int, eu: int) -> list[Threshold]:
    return [
        Threshold("national", kind, side, date(2017, 1, 1), None, Decimal(national)),
        Threshold("eu", kind, side, START, END, Decimal(eu)),
    ]


TABLE = [
    *two("services", "other", 60_000, 221_000),
    *two("services", "central_government", 60_000, 143_000),
    *two("health_social_services", "other", 400_000, 750_000),
    *two("works", "other", 150_000, 5_538_000),
    Threshold("eu", "services", "special_sector", START, END, Decimal(443_000)),
    Threshold("eu", "health_social_services", "special_sector", START, END, Decimal(1_000_000)),
]


def level(value: str, kind: str = "services", side: str = "other", day: date = date(2025, 3, 1)) -> str:
    return threshold_level(TABLE, Decimal(value), purchase_kind=kind, buyer_side=side, day=day).level


def test_municipal_service_lies_between_national_and_eu_threshold():
    found = threshold_level(
        TABLE,
        Decimal(140_500),
        purchase_kind="services",
        buyer_side=buyer_side("municipality"),
        day=date(2025, 3, 1),
    )
    assert found.level == "national"
    assert found.reached == found.row == TABLE[0]
    assert found.next_above == TABLE[1]
    assert found.next_above.value_eur == 221_000


@pytest.mark.parametrize(
    ("value", "kind", "side", "expected"),
    [
        ("0", "services", "other", "below_national"),
        ("59999.99", "services", "other", "below_national"),
        ("60000", "services", "other", "national"),
        ("220999.99", "services", "other", "national"),
        ("221000", "services", "other", "eu"),
        ("143000", "services", "central_government", "eu"),
        ("399999", "health_social_services", "other", "below_national"),
        ("749999", "health_social_services", "other", "national"),
        ("750000", "health_social_services", "other", "light_regime"),
        ("5537999", "works", "other", "national"),
        ("442999", "services", "special_sector", "below_national"),
        ("443000", "services", "special_sector", "special_sector_eu"),
        ("1000000", "health_social_services", "special_sector", "light_regime"),
    ],
)
def test_level_changes_at_the_threshold_itself(value, kind, side, expected):
    assert level(value, kind, side) == expected


def test_rows_that_decided_below_and_above_all():
    below = threshold_level(TABLE, Decimal(1), purchase_kind="works", buyer_side="other", day=START)
    assert (below.reached, below.row.value_eur, below.next_above.value_eur) == (None, 150_000, 150_000)
    above = threshold_level(TABLE, Decimal(6_000_000), purchase_kind="works", buyer_side="other", day=END)
    assert (above.row.value_eur, above.next_above) == (5_538_000, None)


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2026, 1, 1), date(2016, 12, 31)])
def test_days_outside_the_table_are_an_error(day):
    with pytest.raises(NoThreshold) as error:
        level("100", day=day)
    assert error.value.values["day"] == day


def test_kind_that_a_buyer_has_no_row_for_is_an_error():
    with pytest.raises(NoThreshold):
        level("100", "concession", "special_sector")


@pytest.mark.parametrize("value", ["-0.01", "NaN", "Infinity", "-Infinity"])
def test_values_that_are_no_amount_are_an_error(value):
    with pytest.raises(NegativeValue):
        level(value)


def test_unknown_words_are_an_error():
    with pytest.raises(UnknownPurchaseKind):
        level("1", "cars")
    with pytest.raises(UnknownBuyerSide):
        level("1", side="town")


def test_sides_of_organisations():
    assert {kind: buyer_side(kind) for kind in ("state_agency", "ministry", "wellbeing_county", "parish", "other")} == {
        "state_agency": "central_government",
        "ministry": "central_government",
        "wellbeing_county": "other",
        "parish": "other",
        "other": "other",
    }


def test_rows_become_thresholds():
    row = {
        "scope": "national",
        "purchase_kind": "works",
        "buyer_side": "other",
        "valid_from": "2017-01-01",
        "valid_to": "",
        "value_eur": "150000",
        "source": "law",
    }
    assert thresholds_from_rows([row]) == (
        Threshold("national", "works", "other", date(2017, 1, 1), None, Decimal(150_000), "law"),
    )


@given(st.decimals(0, 10_000_000, places=2), st.decimals(0, 10_000_000, places=2))
def test_a_larger_value_never_follows_lighter_rules(one, other):
    low, high = (level(str(value)) for value in sorted((one, other)))
    order = ["below_national", "national", "eu"]
    assert order.index(low) <= order.index(high)


def test_words_are_distinct():
    for words in (PURCHASE_KINDS, BUYER_SIDES, LEVELS):
        assert len(set(words)) == len(words)
