from __future__ import annotations

import math

import pytest

from keino.columns import FACTOR_MATCHES
from keino.domain.carbon.factor_rows import ProductLink, parse_factor_rows
from keino.domain.carbon.factors import CAVEATS, Coefficient, FactorBasis, coefficients, combined_gsd
from keino.domain.carbon.price_years import ExchangeRates, PriceIndex
from keino.errors import UsageError
from tests.domain.carbon.examples import RULES, basis, link, part, row

INDEX = (PriceIndex("cpi", {2013: 90.0, 2015: 100.0, 2023: 120.0, 2025: 132.0}),)


def only(category: str, year: int, made: FactorBasis, currency: str = "EUR") -> Coefficient:
    (found,) = coefficients([category], [year], made, currency=currency)
    return found


def test_coefficients_take_the_exact_year():
    found = only("FOOD.MEAT", 2023, basis([row("C10", 2015, 0.8), row("C10", 2023, 0.5)], [link("FOOD.MEAT", "C10")]))
    assert (found.kgco2e_per_unit, found.match, found.factor_years) == (0.5, "exact", (2023,))
    assert found.gsd == pytest.approx(1.4)
    assert found.caveats == ()


def test_coefficients_interpolate_with_a_constant_yearly_rate():
    """From 0.8 to 0.2 in two years is a quarter, so half each year: 0.4 in between."""
    found = only("A.B", 2016, basis([row("P", 2015, 0.8), row("P", 2017, 0.2)], [link("A.B", "P")]))
    assert found.kgco2e_per_unit == pytest.approx(0.4)
    assert (found.match, found.factor_years) == ("interpolated", (2015, 2017))
    assert found.gsd == pytest.approx(math.exp(math.hypot(math.log(1.4), math.log(1.1))))


def test_coefficients_interpolation_is_less_sure_farther_from_published_years():
    made = basis([row("P", 2010, 1.0), row("P", 2020, 0.5)], [link("A.B", "P")])
    gsds = [only("A.B", year, made).gsd for year in range(2010, 2021)]
    assert gsds[0] == gsds[10] == pytest.approx(1.4)
    assert gsds[:6] == sorted(gsds[:6])
    assert gsds[4] == pytest.approx(math.exp(math.hypot(math.log(1.4), 2 * math.log(1.1))))


def test_coefficients_after_the_last_year_move_the_factor_by_prices():
    """A factor of 0.5 in 2023; prices up by 10 % to 2025: a euro of 2025 buys 1/1.1 of it."""
    found = only("A.B", 2025, basis([row("P", 2023, 0.5)], [link("A.B", "P")], indices=INDEX))
    assert found.kgco2e_per_unit == pytest.approx(0.5 / 1.1)
    assert (found.match, found.price_index, found.factor_years) == ("earlier_year", "cpi", (2023,))
    assert found.gsd == pytest.approx(math.exp(math.hypot(math.log(1.4), math.sqrt(2) * math.log(1.16))))


def test_coefficients_before_the_first_year_move_the_factor_by_prices():
    found = only("A.B", 2013, basis([row("P", 2015, 0.9)], [link("A.B", "P")], indices=INDEX))
    assert found.kgco2e_per_unit == pytest.approx(1.0)
    assert found.match == "later_year"


def test_coefficients_without_a_price_index_say_so_and_are_less_sure():
    found = only("A.B", 2024, basis([row("P", 2023, 0.5)], [link("A.B", "P")], indices=INDEX))
    assert (found.kgco2e_per_unit, found.match, found.price_index) == (0.5, "earlier_year", "")
    assert found.caveats == ("price_not_moved",)
    assert found.gsd == pytest.approx(math.exp(math.hypot(math.log(1.4), math.log(1.25))))


def test_coefficients_sum_the_products_by_share():
    made = basis([row("P", 2023, 0.3), row("Q", 2023, 0.7)], [link("A.B", "P", 0.25), link("A.B", "Q", 0.75)])
    found = only("A.B", 2023, made)
    assert found.kgco2e_per_unit == pytest.approx(0.25 * 0.3 + 0.75 * 0.7)
    assert found.factor_product == "P + Q"
    assert [(each.product, each.share) for each in found.parts] == [("P", 0.25), ("Q", 0.75)]
    assert 1.1 < found.gsd < 1.4  # own errors of two products average out a little, the shared one doesn't


def test_coefficients_keep_how_well_the_product_fits():
    made = basis([row("P", 2023, 0.3)], [link("A.B", "P", match="proxy", gsd=1.6), link("A.C", "P", 1, "average", 2.0)])
    proxy, average = only("A.B", 2023, made), only("A.C", 2023, made)
    assert (proxy.match, proxy.link_match, proxy.gsd) == ("exact", "proxy", pytest.approx(1.6))
    assert (average.match, average.link_match, average.gsd) == ("average", "average", pytest.approx(2.0))


def test_coefficients_split_a_proxy_into_shared_and_own_errors():
    (only_part,) = only("A.B", 2023, basis([row("P", 2023, 1.0)], [link("A.B", "P", 1, "proxy", 1.6)])).parts
    errors = dict(only_part.errors)
    assert set(errors) == {"model:test", "product:test:P", "link:test:A.B"}
    assert errors["model:test"] == pytest.approx(math.log(1.1))
    assert math.hypot(errors["model:test"], errors["product:test:P"]) == pytest.approx(math.log(1.4))
    assert math.hypot(*errors.values()) == pytest.approx(math.log(1.6))


def test_coefficients_leave_out_what_has_no_factor():
    made = basis([row("P", 2023, 0.3)], [link("A.B", "P")])
    assert coefficients(["X.Y", ""], [2023], made, currency="EUR") == ()


def test_coefficients_of_an_unknown_leaf_fall_back_visibly():
    made = basis([row("P", 2023, 0.2), row("Q", 2023, 0.6)], [link("A.B", "P"), link("A.C", "Q")])
    for category in ("A.NEW", "A"):
        found = only(category, 2023, made)
        assert found.kgco2e_per_unit == pytest.approx(0.4)
        assert (found.match, found.caveats) == ("average", ("category_fallback",))
        assert found.link_origin == "leaves"
        assert found.gsd > 1.6


def test_coefficients_of_an_own_main_category_cover_its_leaves():
    own = {"category": "FOOD", "value": "0.4", "unit": "kgCO2e/EUR", "gsd": "1.2", "source": "Own study"}
    factors, links = parse_factor_rows([own])
    found = only("FOOD.MEAT", 2021, FactorBasis(factors, links, RULES))
    assert (found.kgco2e_per_unit, found.match, found.gsd) == (0.4, "exact", pytest.approx(1.2))
    assert found.caveats == ("category_fallback", "factor_without_year")
    assert found.link_origin == "own_factor"


def test_coefficients_convert_money_with_the_rate_of_the_year():
    """0.5 kg/EUR at 11.5 SEK/EUR is 0.5 / 11.5 kg/SEK."""
    made = basis([row("P", 2023, 0.5)], [link("A.B", "P")], rates=ExchangeRates({("SEK", 2023): 11.5}))
    found = only("A.B", 2023, made, "SEK")
    assert found.kgco2e_per_unit == pytest.approx(0.5 / 11.5)
    assert found.caveats == ("other_country_factor",)
    assert found.gsd == pytest.approx(math.exp(math.hypot(math.log(1.4), math.log(1.4))))
    with pytest.raises(UsageError, match="exchange rate of SEK in 2022 is unknown"):
        only("A.B", 2022, made, "SEK")


def test_coefficients_flag_basic_prices_and_never_mix_them():
    basic = row("P", 2023, 0.5, "GBP", "basic")
    found = only("A.B", 2023, basis([basic], [link("A.B", "P")]), "GBP")
    assert found.caveats == ("basic_price_factor",)
    assert found.gsd == pytest.approx(math.exp(math.hypot(math.log(1.4), math.log(1.1))))
    with pytest.raises(UsageError, match="must not be mixed in one sum"):
        only("A.B", 2023, basis([basic, row("Q", 2023, 0.4, "GBP")], [link("A.B", "P")]), "GBP")


def test_coefficients_carry_the_caveats_of_their_links():
    heat = ProductLink("test", "HEAT.OIL", "C19", 1.0, "exact", 1.4, ("combustion_excluded",))
    assert only("HEAT.OIL", 2023, basis([row("C19", 2023, 0.4)], [heat])).caveats == ("combustion_excluded",)


def test_coefficients_estimate_unclassified_spend_only_when_asked():
    """Classified: 300 € at 0.2 and 100 € at 0.6, so the average is 0.3."""
    made = basis([row("P", 2023, 0.2), row("Q", 2023, 0.6)], [link("A.B", "P"), link("A.C", "Q")])
    spend = {("A.B", 2023): 300.0, ("A.C", 2023): 100.0, ("", 2023): 50.0}
    categories = ["A.B", "A.C", ""]
    assert [c.category for c in coefficients(categories, [2023], made, currency="EUR", spend=spend)] == ["A.B", "A.C"]
    first, *_ = coefficients(categories, [2023], made, currency="EUR", unclassified="average", spend=spend)
    assert (first.category, first.match, first.link_match) == ("", "average", "average")
    assert first.kgco2e_per_unit == pytest.approx(0.3)
    assert first.gsd == pytest.approx(2.0, rel=0.05)
    assert first.caveats == ("unclassified_average",)


def test_coefficients_have_no_average_without_classified_spend():
    made = basis([row("P", 2023, 0.2)], [link("A.B", "P")])
    found = coefficients([""], [2023], made, currency="EUR", unclassified="average", spend={("", 2023): 9.0})
    assert found == ()
    with pytest.raises(UsageError, match="not as most"):
        coefficients(["A.B"], [2023], made, currency="EUR", unclassified="most")


def test_coefficients_use_declared_codes_only():
    made = basis([row("P", 2015, 0.2)], [link("A.B", "P")])
    found = coefficients(["A.B", "A.X"], [2013, 2015, 2020], made, currency="EUR")
    assert len(found) == 6
    assert all(each.match in FACTOR_MATCHES and set(each.caveats) <= set(CAVEATS) for each in found)


def test_combined_gsd_of_two_independent_equal_parts_by_hand():
    """cv² of one = e^(ln²1.4) − 1 = 0.11986; of the mean of two = half; gsd = exp(√ln(1.05993)) = 1.2728."""
    ln = math.log(1.4)
    assert combined_gsd([part("P", 0.5, 1.0, ("p", ln)), part("Q", 0.5, 1.0, ("q", ln))]) == pytest.approx(
        1.2728, abs=2e-4
    )


def test_combined_gsd_of_one_shared_error_does_not_average_out():
    ln = math.log(1.4)
    assert combined_gsd([part("P", 0.5, 1.0, ("p", ln)), part("Q", 0.5, 3.0, ("p", ln))]) == pytest.approx(1.4)
