from __future__ import annotations

import pytest

from keino.domain.carbon.factor_rows import factor_rows, parse_factor_rows, product_links, uncertainty_rules
from keino.errors import FactsError, UsageError


def own(**cells: str) -> dict[str, str]:
    row = {"category": "FOOD", "year": "2023", "value": "0.5", "unit": "kgCO2e/EUR", "currency": "EUR"}
    return row | {"price_basis": "purchaser", "gsd": "1.3", "source": "Our own study 2024"} | cells


def test_factor_rows_takes_one_set_only():
    rows = [
        {
            "factor_set": "a",
            "product": "C17",
            "year": "2023",
            "value": "0.3",
            "currency": "EUR",
            "price_basis": "basic",
        },
        {"factor_set": "b", "product": "C17", "year": "2023", "value": "9", "currency": "EUR", "price_basis": "basic"},
    ]
    (found,) = factor_rows(rows, "a")
    assert (found.product, found.year, found.value) == ("C17", 2023, 0.3)
    with pytest.raises(FactsError, match="no factor set called c"):
        factor_rows(rows, "c")


def test_product_links_splits_caveats():
    row = {"factor_set": "a", "category": "ELEC.GAS", "product": "D35", "share": "1", "match": "proxy", "gsd": "1.6"}
    (found,) = product_links([row | {"caveat": "energy_by_money combustion_excluded"}], "a")
    assert found.caveats == ("energy_by_money", "combustion_excluded")


def test_uncertainty_rules_names_what_is_missing():
    with pytest.raises(FactsError, match="lack proxy, average"):
        uncertainty_rules([{"cause": "exact", "gsd": "1.4"}])


def test_parse_factor_rows_reads_an_own_factor():
    (factor,), (link,) = parse_factor_rows([own()])
    assert (factor.factor_set, factor.product, factor.year, factor.value) == ("user", "FOOD", 2023, 0.5)
    assert (factor.currency, factor.price_basis, factor.gsd, factor.source) == (
        "EUR",
        "purchaser",
        1.3,
        "Our own study 2024",
    )
    assert (link.category, link.product, link.share, link.match, link.gsd) == ("FOOD", "FOOD", 1.0, "exact", 1.3)


@pytest.mark.parametrize(
    ("unit", "value", "kg_per_unit"),
    [
        ("kgCO2e/EUR", "0,25", 0.25),
        ("kg CO2e/kEUR", "250", 0.25),
        ("tCO2/MEUR", "250", 0.25),
        ("tCO2e/EUR", "0.1", 100),
    ],
)
def test_parse_factor_rows_converts_units(unit: str, value: str, kg_per_unit: float):
    (factor,), _ = parse_factor_rows([own(unit=unit, value=value)])
    assert factor.value == pytest.approx(kg_per_unit)


def test_parse_factor_rows_fills_what_may_be_empty():
    (factor,), (link,) = parse_factor_rows([own(year="", gsd="", price_basis="", currency="")], default_gsd=1.5)
    assert (factor.year, factor.gsd, factor.price_basis, factor.currency, link.gsd) == (
        None,
        1.5,
        "purchaser",
        "EUR",
        1.5,
    )


def test_parse_factor_rows_lists_every_problem_with_its_row():
    rows = [
        own(),
        own(value="x", year="23"),
        own(category="", unit="kg/EUR"),
        own(value="-1", gsd="0.9", price_basis="list"),
        own(currency="SEK", source="", year="2022"),
        own(),
    ]
    with pytest.raises(UsageError) as caught:
        parse_factor_rows(rows)
    told = str(caught.value)
    for expected in (
        "\n- Row 3: value is x, which is no number.",
        "\n- Row 3: year is 23, it must be four digits or empty.",
        "\n- Row 4: category is empty.",
        "\n- Row 4: unit is kg/EUR, it must be like kgCO2e/EUR, kgCO2e/kEUR or tCO2e/MEUR.",
        "\n- Row 5: value is -1, it must be at least 0.",
        "\n- Row 5: gsd is 0.9, it must be at least 1.",
        "\n- Row 5: price_basis is list, it must be purchaser or basic.",
        "\n- Row 6: source is empty.",
        "\n- Row 6: currency is SEK but the unit is kgCO2e/EUR.",
        "\n- Row 7: it repeats the category and year of row 2.",
    ):
        assert expected in told


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_parse_factor_rows_refuses_values_that_are_no_amounts(value: str):
    with pytest.raises(UsageError, match="Row 2: value is"):
        parse_factor_rows([own(value=value)])


def test_parse_factor_rows_names_missing_columns():
    with pytest.raises(UsageError, match="lacks the columns value, unit, source,"):
        parse_factor_rows([{"category": "FOOD"}])
    with pytest.raises(UsageError, match="lacks the columns category, value, unit, source,"):
        parse_factor_rows([])


def test_parse_factor_rows_refuses_mixed_price_bases_and_currencies():
    with pytest.raises(UsageError, match="basic prices in EUR, purchaser prices in EUR"):
        parse_factor_rows([own(), own(category="MED", price_basis="basic")])
    with pytest.raises(UsageError, match="purchaser prices in EUR, purchaser prices in GBP"):
        parse_factor_rows([own(), own(category="MED", unit="kgCO2e/GBP", currency="")])


def test_parse_factor_rows_refuses_a_category_with_and_without_year():
    with pytest.raises(UsageError, match="FOOD has factors both with and without a year"):
        parse_factor_rows([own(), own(year="")])
