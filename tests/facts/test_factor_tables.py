"""The factor tables against an independent reading of their sources, and the rules that rest on them."""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from pathlib import Path

import pytest

from keino.facts.read import read, sources

SETS = ("fi_figaro", "uk_defra")
OUTLIERS = {("uk_defra", "46"), ("uk_defra", "24.4-5"), ("uk_defra", "7"), ("uk_defra", "65.3")}
REASONS = {"fi": "reason_fi", "sv": "reason_sv", "en": "reason"}
TRADE = {("fi_figaro", "G46"), ("fi_figaro", "G47"), ("uk_defra", "46"), ("uk_defra", "47")}


def factors() -> dict[tuple[str, str, int], float]:
    rows = read("emission_factors", "2026-1").rows
    return {(row["factor_set"], row["product"], int(row["year"])): float(row["value"]) for row in rows}


def printed(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def index(name: str) -> dict[int, float]:
    return {
        int(row["year"]): float(row["value"]) for row in read("price_indices", "2026-1").rows if row["index"] == name
    }


def rms(errors: list[float]) -> float:
    return math.sqrt(sum(error**2 for error in errors) / len(errors))


# ---- emission_factors


def test_fi_figaro_equals_the_published_purchaser_price_factors(shared_data: Path):
    rows = printed(shared_data / "factors" / "figaro_fi_purchaser_price_factors_2015_2023.csv")
    assert len(rows) == 124
    table = factors()
    for row in rows:
        parts = float(row["total_basic_prices_kgco2e_per_keur"]) * float(row["share_basic_value"])
        margins = float(row["share_trade_transport_margins"]) * float(row["margin_factor_kgco2e_per_keur"])
        ours = table["fi_figaro", row["nace_code"], int(row["year"])]
        assert ours * 1000 == pytest.approx(float(row["total_purchaser_prices_with_margins_kgco2e_per_keur"]), abs=1e-9)
        assert ours * 1000 == pytest.approx(parts + margins, abs=0.00005 * 2700 + 0.02)


def test_fi_figaro_between_2016_and_2022_is_the_sum_of_its_published_parts():
    """with margins = basic × share of the basic value + share of margins × factor of margins, from the same source."""
    rows = printed(Path(__file__).with_name("figaro_parts.csv"))
    assert len(rows) == 7 * 62 - 2
    table = factors()
    for row in rows:
        basic, margin = float(row["basic_kgco2e_per_keur"]), float(row["margin_factor_kgco2e_per_keur"])
        expected = basic * float(row["share_basic_value"]) + float(row["share_margins"]) * margin
        rounding = 0.00005 * (basic + margin) + 0.011  # shares are printed with four decimals
        assert table["fi_figaro", row["product"], int(row["year"])] * 1000 == pytest.approx(expected, abs=rounding)


def test_uk_defra_equals_the_published_multipliers(shared_data: Path):
    rows = printed(shared_data / "factors" / "uk_defra_sic_multipliers_subset_2015_2019_2022_2023.csv")
    table = factors()
    expected = {
        ("uk_defra", row["sic_code"].replace(" ", ""), year): float(row[f"kgco2e_per_gbp_{year}"])
        for row in rows
        for year in (2015, 2019, 2022, 2023)
    }
    assert {key: value for key, value in table.items() if key[0] == "uk_defra"} == expected


def test_emission_factors_have_every_product_in_every_published_year():
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for factor_set, product, year in factors():
        years[factor_set, product].add(year)
    assert [sum(name == wanted for name, _ in years) for wanted in SETS] == [62, 108]
    whole = set(range(2015, 2024))
    gaps = {key: whole - found for key, found in years.items() if key[0] == "fi_figaro" and found != whole}
    assert gaps == {("fi_figaro", "R90T92"): {2016, 2017}}  # purchases below the publisher's threshold
    assert {frozenset(found) for (name, _), found in years.items() if name == "uk_defra"} == {
        frozenset({2015, 2019, 2022, 2023})
    }


def test_emission_factors_of_a_set_share_unit_currency_and_price_basis():
    met = {
        (row["factor_set"], row["unit"], row["currency"], row["price_basis"])
        for row in read("emission_factors", "2026-1").rows
    }
    assert met == {
        ("fi_figaro", "kgCO2e/EUR", "EUR", "purchaser"),
        ("uk_defra", "kgCO2e/GBP", "GBP", "basic"),
    }


def test_emission_factors_state_their_licences():
    assert sources()["figaro_fi"]["licence"] == "CC-BY-SA-4.0"
    assert "10.5281/zenodo.23157020" in sources()["figaro_fi"]["citation"]
    assert sources()["defra_sic"]["licence"] == "OGL-UK-3.0"
    assert "Open Government Licence" in sources()["defra_sic"]["citation"]


def test_emission_factors_are_labelled_in_three_languages():
    rows = read("emission_factors", "2026-1").rows
    assert all(row[f"label_{language}"] for row in rows for language in ("fi", "sv", "en"))
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        labels[row["factor_set"], row["label_fi"]].add(row["product"])
    assert all(len(products) == 1 for products in labels.values())


# ---- category_products


def links() -> list[dict[str, str]]:
    return list(read("category_products", "2026-1").rows)


def test_every_leaf_is_linked_in_both_sets():
    leaves = {row["code"] for row in read("categories", "2026-1").rows if row["parent"]}
    for factor_set in SETS:
        assert {row["category"] for row in links() if row["factor_set"] == factor_set} == leaves


def test_shares_sum_to_one():
    shares: dict[tuple[str, str], float] = defaultdict(float)
    for row in links():
        shares[row["factor_set"], row["category"]] += float(row["share"])
    assert all(total == pytest.approx(1.0, abs=1e-12) for total in shares.values())


def test_outliers_and_trade_margins_are_not_used():
    used = {(row["factor_set"], row["product"]) for row in links()}
    assert used & (OUTLIERS | TRADE) == set()
    assert used <= {(factor_set, product) for factor_set, product, _ in factors()}


def test_gsd_of_a_link_is_the_rule_of_its_match():
    rules = {row["cause"]: row["gsd"] for row in read("factor_uncertainty", "2026-1").rows}
    assert all(row["gsd"] == rules[row["match"]] for row in links())
    assert all(len(row["reason"]) > 10 for row in links())


def test_linked_factors_agree_between_the_sets_within_a_factor_of_three(shared_data: Path):
    """The same category in two countries at basic prices: a link that goes astray shows here. Also the rule itself."""
    rows = printed(shared_data / "factors" / "figaro_fi_purchaser_price_factors_2015_2023.csv")
    basic = {
        row["nace_code"]: float(row["total_basic_prices_kgco2e_per_keur"]) / 1000
        for row in rows
        if row["year"] == "2023"
    }
    gbp = next(
        float(row["value"])
        for row in read("exchange_rates", "2026-1").rows
        if (row["currency"], row["year"]) == ("GBP", "2023")
    )
    table, ours, theirs = factors(), defaultdict(float), defaultdict(float)
    for row in links():
        if row["factor_set"] == "fi_figaro":
            ours[row["category"]] += float(row["share"]) * basic[row["product"]]
        else:
            theirs[row["category"]] += float(row["share"]) * table["uk_defra", row["product"], 2023] * gbp
    ratios = {category: math.log(theirs[category] / ours[category]) for category in ours}
    assert {category for category, ratio in ratios.items() if abs(ratio) > math.log(3)} == set()
    distinct = {(round(ours[category], 9), round(theirs[category], 9)): ratio for category, ratio in ratios.items()}
    rules = {row["cause"]: float(row["gsd"]) for row in read("factor_uncertainty", "2026-1").rows}
    country = math.sqrt(rms(list(distinct.values())) ** 2 - 0.31**2)
    assert math.log(rules["wrong_country"]) == pytest.approx(country, abs=0.06)


def test_reasons_name_the_same_groups_in_every_language():
    group = re.compile(r"[A-Z]\d\d(?:T\d\d|_\d\d)?|\d+(?:\.\d+)?(?:-\d+)?(?:OTHER)?")
    for row in links():
        said = {language: row[column] for language, column in REASONS.items()}
        assert len(set(said.values())) == 3, said
        named = {language: sorted(group.findall(text.replace("–", "-"))) for language, text in said.items()}
        assert named["fi"] == named["sv"] == named["en"], said


def test_energy_fuels_and_rents_carry_their_warnings():
    caveats = defaultdict(set)
    for row in links():
        caveats[row["factor_set"], row["category"]] |= set(row["caveat"].split())
    for factor_set in SETS:
        for category in ("HEAT.DISTRICT", "HEAT.MIXED", "ELEC.POWER", "ELEC.GAS", "ELEC.MIXED"):
            assert "energy_by_money" in caveats[factor_set, category]
        for category in ("FUEL.MOTOR", "HEAT.OIL", "HEAT.SOLID", "ELEC.GAS"):
            assert "combustion_excluded" in caveats[factor_set, category]
        for category in ("RENT.PREMISES", "RENT.LAND", "RENT.MACHINES", "RENT.ICT"):
            assert caveats[factor_set, category] == {"capital_goods_excluded"}


# ---- factor_uncertainty: the rules against what the published years say


def rule(cause: str) -> float:
    """Standard deviation on the ln scale."""
    (gsd,) = (float(row["gsd"]) for row in read("factor_uncertainty", "2026-1").rows if row["cause"] == cause)
    return math.log(gsd)


def ln_factors(factor_set: str) -> dict[int, dict[str, float]]:
    """ln of the factors by year and product; products that lack a year are left out."""
    found: dict[int, dict[str, float]] = defaultdict(dict)
    for (name, product, year), value in factors().items():
        if name == factor_set and (name, product) not in OUTLIERS:
            found[year][product] = math.log(value)
    whole = set.intersection(*(set(products) for products in found.values()))
    return {year: {product: ln for product, ln in rows.items() if product in whole} for year, rows in found.items()}


def left_out(factor_set: str, before: int, year: int, after: int) -> float:
    """Root mean square ln error when ``year`` is interpolated between the other two."""
    ln, weight = ln_factors(factor_set), (year - before) / (after - before)
    return rms([(1 - weight) * ln[before][p] + weight * ln[after][p] - ln[year][p] for p in ln[year]])


@pytest.mark.parametrize("distance", [1, 2, 3, 4])
def test_interpolation_errs_on_average_as_the_rule_says(distance: int):
    years = range(2015, 2024)
    errors = [
        left_out("fi_figaro", before, year, after)
        for before in years
        for after in years
        for year in range(before + 1, after)
        if min(year - before, after - year) == distance
    ]
    expected = rule("interpolated") * math.sqrt(distance)
    assert 0.75 * expected < sum(errors) / len(errors) < 1.05 * expected


@pytest.mark.parametrize(("before", "year", "after"), [(2019, 2022, 2023), (2015, 2019, 2022), (2015, 2019, 2023)])
def test_interpolation_errs_in_the_other_set_as_the_rule_says(before: int, year: int, after: int):
    expected = rule("interpolated") * math.sqrt(min(year - before, after - year))
    assert left_out("uk_defra", before, year, after) == pytest.approx(expected, rel=0.35)


@pytest.mark.parametrize("years", range(1, 9))
def test_moving_a_factor_errs_on_average_as_the_rule_says(years: int):
    """Finland, each year's factors used ``years`` later, with and without the GDP deflator."""
    ln, prices = ln_factors("fi_figaro"), index("fi_gdp_deflator")
    moved, as_is = [], []
    for base in range(2015, 2024 - years):
        errors = [ln[base][p] - ln[base + years][p] for p in ln[base]]
        as_is.append(rms(errors))
        moved.append(rms([error - math.log(prices[base + years] / prices[base]) for error in errors]))
    for errors, cause in ((moved, "moved_year"), (as_is, "unmoved_year")):
        expected = rule(cause) * math.sqrt(years)
        assert 0.5 * expected < sum(errors) / len(errors) < 1.05 * expected
    assert sum(moved) < sum(as_is)


def test_exact_rule_follows_from_the_published_comparison_with_ceda():
    """Quartiles of FIGARO/CEDA 0.66–1.19 and of FIGARO/EXIOBASE 0.75–1.40: ln-sd 0.31–0.33 per source, GSD 1.37."""
    for low, high in ((0.66, 1.19), (0.75, 1.40)):
        per_source = math.log(high / low) / 1.349 / math.sqrt(2)
        assert per_source == pytest.approx(0.32, abs=0.012)
    assert math.exp(0.315) == pytest.approx(1.37, abs=0.005)


# ---- price_indices and exchange_rates


@pytest.mark.parametrize("name", ["fi_gdp_deflator", "uk_gdp_deflator"])
def test_deflators_are_the_published_changes_chained(name: str):
    rows = {int(row["year"]): row for row in read("price_indices", "2026-1").rows if row["index"] == name}
    assert float(rows[2015]["value"]) == 100.0
    for year in range(2011, 2024):
        ratio = float(rows[year]["value"]) / float(rows[year - 1]["value"])
        assert (ratio - 1) * 100 == pytest.approx(float(rows[year]["annual_change_percent"]), abs=0.002)


def test_basic_services_index_moves_as_published():
    points = index("fi_basic_services")
    assert sorted(points) == [2023, 2024, 2025]
    assert (points[2024] / points[2023] - 1) * 100 == pytest.approx(3.2, abs=0.05)
    assert (points[2025] / points[2024] - 1) * 100 == pytest.approx(2.5, abs=0.06)


def test_exchange_rates_are_crossed_as_they_say():
    for row in read("exchange_rates", "2026-1").rows:
        if row["usd_per_eur_inverse"]:
            crossed = float(row["currency_per_usd"]) / float(row["usd_per_eur_inverse"])
            assert float(row["value"]) == pytest.approx(crossed, abs=6e-5)


def test_exchange_rates_agree_with_other_publications():
    """US dollar 2024: 1.0824 (Eurostat). Norwegian krone per euro 9.33 in 2017 and 9.60 in 2018, Danish krone 2018:

    9.60 / 1.2875 (GC Rieber, annual report 2018, note 29, averages).
    """
    rates = {(row["currency"], int(row["year"])): float(row["value"]) for row in read("exchange_rates", "2026-1").rows}
    assert rates["USD", 2024] == pytest.approx(1.0824, rel=1e-3)
    assert rates["NOK", 2017] == pytest.approx(9.33, rel=2e-3)
    assert rates["NOK", 2018] == pytest.approx(9.60, rel=2e-3)
    assert rates["DKK", 2018] == pytest.approx(9.60 / 1.2875, rel=2e-3)
