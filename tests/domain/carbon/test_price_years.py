from __future__ import annotations

import pytest

from keino.domain.carbon.price_years import ExchangeRates, PriceIndex, exchange_rates, price_indices, price_ratio
from keino.errors import UsageError


def test_price_ratio_reproduces_the_published_test_vector():
    """100 000 € of 2021 in prices of 2015, local government total 106.8 in Q4/2021 (2015 = 100): 93 633 €."""
    found = price_ratio([PriceIndex("public", {2015: 100.0, 2021: 106.8})], 2015, 2021)
    assert found is not None
    assert round(100_000 / found[0]) == 93_633


def test_price_ratio_takes_the_first_index_that_knows_both_years():
    indices = [PriceIndex("a", {2020: 100.0, 2021: 102.0}), PriceIndex("b", {2020: 100.0, 2021: 105.0, 2022: 110.0})]
    assert price_ratio(indices, 2020, 2021) == (1.02, "a")
    assert price_ratio(indices, 2020, 2022) == (1.1, "b")
    assert price_ratio(indices, 2021, 2020) == (100 / 102, "a")


def test_price_ratio_joins_two_indices_at_their_newest_common_year():
    indices = [
        PriceIndex("a", {2020: 100.0, 2022: 106.0, 2023: 110.0}),
        PriceIndex("b", {2022: 50.0, 2023: 55.0, 2024: 57.75}),
    ]
    found = price_ratio(indices, 2020, 2024)
    assert found is not None
    assert (found[0], found[1]) == (pytest.approx(1.1 * 1.05), "a + b")


def test_price_ratio_is_unknown_rather_than_guessed():
    assert price_ratio([PriceIndex("a", {2020: 100.0})], 2020, 2021) is None
    assert price_ratio([], 2020, 2021) is None
    assert price_ratio([], 2020, 2020) == (1.0, "")


def test_price_indices_keeps_the_asked_order():
    rows = [{"index": name, "year": "2020", "value": "100"} for name in ("x", "y", "z")]
    assert [index.name for index in price_indices(rows, ["z", "x"])] == ["z", "x"]


def test_exchange_rates_cross_through_the_euro():
    rates = exchange_rates(
        [{"currency": "SEK", "year": "2023", "value": "11.5"}, {"currency": "GBP", "year": "2023", "value": "0.87"}]
    )
    assert rates.factor("SEK", "EUR", 2023) == pytest.approx(1 / 11.5)
    assert rates.factor("EUR", "GBP", 2023) == pytest.approx(0.87)
    assert rates.factor("SEK", "GBP", 2023) == pytest.approx(0.87 / 11.5)
    assert rates.factor("SEK", "SEK", 1999) == 1.0


def test_exchange_rates_refuse_an_unknown_year():
    rates = ExchangeRates({("GBP", 2023): 0.87})
    with pytest.raises(UsageError, match=r"GBP in 2019 is unknown \(known years: 2023\)"):
        rates.factor("EUR", "GBP", 2019)
    with pytest.raises(UsageError, match=r"NOK in 2019 is unknown \(no year is known\)"):
        rates.rate("NOK", 2019)
