"""The numbers on the validation page and in the method pages are computed here, so that they can't drift."""

from __future__ import annotations

import csv
import doctest
import math
import re
import statistics
from functools import cache
from pathlib import Path

import pytest

from keino.domain.carbon.factor_rows import factor_rows, product_links, uncertainty_rules
from keino.domain.carbon.factors import FactorBasis, coefficients
from keino.domain.carbon.price_years import price_indices
from keino.engine.results import FootprintResult, Slice
from keino.engine.run import RunOptions, run_footprint
from keino.facts.read import read

METHODS = Path(__file__).resolve().parents[2] / "docs" / "methods"
EDITION = "2026-1"
ENERGY = ("HEAT", "ELEC", "FUEL")
CARBON_PAGES = ("spend-footprint", "emission-factors", "uncertainty", "hotspots", "year-on-year")


@cache
def finland() -> dict[tuple[str, int], float]:
    """Factor by leaf and year, kgCO2e/EUR, as a Finnish ledger would get it."""
    basis = FactorBasis(
        factors=factor_rows(read("emission_factors", EDITION).rows, "fi_figaro"),
        links=product_links(read("category_products", EDITION).rows, "fi_figaro"),
        uncertainty=uncertainty_rules(read("factor_uncertainty", EDITION).rows),
        indices=price_indices(read("price_indices", EDITION).rows, ["fi_gdp_deflator", "fi_basic_services"]),
    )
    leaves = [row["code"] for row in read("categories", EDITION).rows if row["parent"]]
    made = coefficients(leaves, range(2013, 2024), basis, currency="EUR")
    return {(each.category, each.year): each.kgco2e_per_unit for each in made}


@cache
def dollars_per_euro(year: int) -> float:
    (value,) = (
        float(row["value"])
        for row in read("exchange_rates", EDITION).rows
        if (row["currency"], row["year"]) == ("USD", str(year))
    )
    return value


def middle(year: int) -> float:
    """The middle (median) of the factors of all leaves."""
    return statistics.median(value for (_, met), value in finland().items() if met == year)


def energy_share() -> float:
    """Share of energy in the emissions of Hansel's joint procurement 2023, from its published shares of spend."""
    factor = {category: value for (category, year), value in finland().items() if year == 2023}
    rest = statistics.median(value for category, value in factor.items() if not category.startswith(ENERGY))
    staff_and_health = (factor["EXP.STAFFING"] + factor["CARE.HEALTH"]) / 2
    named = {"EXP.OTHER": 0.12, "ICT.SOFTWARE": 0.12, "ICT.HARDWARE": 0.09}
    others = sum(share * factor[category] for category, share in named.items()) + 0.09 * staff_and_health
    energy = 0.13 * factor["ELEC.MIXED"]
    return energy / (energy + others + 0.45 * rest)  # printed as 43 %; with it the shares sum to 98 %


def uk_sum() -> float:
    rows = factor_rows(read("emission_factors", EDITION).rows, "uk_defra")
    return math.fsum(row.value for row in rows if row.year == 2023)


#: What we compute for each row of the page.
OURS = {
    "construction-2015": lambda: finland()["BUILD.NEW", 2015],
    "energy-share-2023": energy_share,
    "uk-sum-2023": uk_sum,
    "municipalities-2015": lambda: middle(2015),
    "joint-authorities-2015": lambda: middle(2015),
    "state-2015": lambda: middle(2015),
    "all-2015": lambda: middle(2015),
    "helsinki-2018": lambda: middle(2018),
    "sweden-2019": lambda: middle(2019),
    "norway-2017": lambda: middle(2017),
    "denmark-2019": lambda: middle(2019),
    "clothing-2013": lambda: finland()["TEXT.CLOTHING", 2013],
    "furniture-2013": lambda: finland()["FURN.FURNITURE", 2013],
    "appliances-2013": lambda: finland()["MACH.ELECTRICAL", 2013],
    "electronics-2013": lambda: finland()["ICT.HARDWARE", 2013],
    "telephone-2013": lambda: finland()["ICT.TELECOM", 2013],
    "construction-2022": lambda: finland()["BUILD.NEW", 2022],
    "it-services-2022": lambda: finland()["ICT.SERVICES", 2022],
    "consulting-2022": lambda: finland()["EXP.CONSULT", 2022],
    "furniture-2022": lambda: finland()["FURN.FURNITURE", 2022],
    "medicines-2022": lambda: finland()["MED.MEDICINES", 2022],
    "catering-2022": lambda: finland()["FOOD.CATERING", 2022],
    "cleaning-2022": lambda: finland()["CLEAN.CLEANING", 2022],
    "waste-2022": lambda: finland()["WATER.WASTE", 2022],
    "air-2022": lambda: finland()["MOVE.AIR", 2022],
    "computers-2022": lambda: finland()["ICT.HARDWARE", 2022],
}

#: What others publish: emissions over spend as printed by them (Mt and bn, or a share), with our arithmetic only.
THEIRS = {
    "construction-2015": 2.7 / 8.2,
    "energy-share-2023": 0.44,
    "uk-sum-2023": 0.4957 * 112,
    "municipalities-2015": 4.73 / 10,
    "joint-authorities-2015": 1.79 / 5,
    "state-2015": 1.78 / 5,
    "all-2015": 8.3 / (28.3 - 8.2),
    "helsinki-2018": 0.81 / 2.5,
    "sweden-2019": 23.5 / 711,
    "norway-2017": 11.2 / 523,
    "denmark-2019": 12 / 184.6,
    "paimio-2020": 4.73 / 10,
    "paimio-2023": 4.73 / 10,
}
#: Rows that come from a real ledger through the whole path: the year of its lines.
LEDGER_YEARS = {"paimio-2020": 2020, "paimio-2023": 2023}
KRONA = {"sweden-2019": ("SEK", 2019), "norway-2017": ("NOK", 2017), "denmark-2019": ("DKK", 2019)}
HOUSEHOLD = {
    "clothing-2013": "Clothing",
    "furniture-2013": "Furniture, carpets etc.",
    "appliances-2013": "Household appliances and tools",
    "electronics-2013": "Electronics (computers, cameras etc.)",
    "telephone-2013": "Telephone and internet (communications)",
}
NAICS = {
    "construction-2022": "236220",
    "it-services-2022": "541512",
    "consulting-2022": "541611",
    "furniture-2022": "337211",
    "medicines-2022": "325412",
    "catering-2022": "722310",
    "cleaning-2022": "561720",
    "waste-2022": "562111",
    "air-2022": "481111",
    "computers-2022": "334111",
}


def page_rows() -> dict[str, list[str]]:
    """Cells by check: check, what, theirs, ours, difference, why."""
    lines = (METHODS / "validation.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): row for row in cells}


def shown(text: str) -> float:
    """A number as printed: 44 % or 0.316."""
    return float(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)


def rounding(text: str) -> float:
    """Half of the last printed digit."""
    digits = text.removesuffix("%").strip()
    places = len(digits.partition(".")[2])
    return 0.5000001 * 10**-places / (100 if text.endswith("%") else 1)


def test_page_has_every_check_and_no_other():
    assert set(page_rows()) == set(OURS) | set(LEDGER_YEARS)


@pytest.mark.parametrize("check", sorted(OURS))
def test_our_number_is_what_the_facts_give(check: str):
    printed = page_rows()[check][3]
    assert shown(printed) == pytest.approx(OURS[check](), abs=rounding(printed))


@pytest.mark.parametrize("check", sorted(THEIRS))
def test_their_number_is_what_they_print(check: str):
    theirs = THEIRS[check]
    if check in KRONA:
        currency, year = KRONA[check]
        rows = read("exchange_rates", EDITION).rows
        theirs *= next(float(r["value"]) for r in rows if (r["currency"], r["year"]) == (currency, str(year)))
    printed = page_rows()[check][2]
    assert shown(printed) == pytest.approx(theirs, abs=rounding(printed))


@pytest.mark.parametrize("check", sorted(HOUSEHOLD))
def test_their_household_intensity_is_what_they_print(check: str, shared_data: Path):
    path = shared_data / "factors" / "syke_envimat2013_household_intensities_kg_per_eur.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        printed = {row["product_group_en"]: float(row["kgco2e_per_eur"]) for row in csv.DictReader(stream)}
    assert shown(page_rows()[check][2]) == printed[HOUSEHOLD[check]]


@pytest.mark.parametrize("check", sorted(NAICS))
def test_their_us_factor_is_what_they_print(check: str, shared_data: Path):
    path = shared_data / "factors" / "usepa_supply_chain_ghg_factors_v1.3.0_naics_co2e_usd2022.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        per_dollar = {
            row["2017 NAICS Code"]: float(row["Supply Chain Emission Factors with Margins"])
            for row in csv.DictReader(stream)
        }
    printed = page_rows()[check][2]
    assert shown(printed) == pytest.approx(per_dollar[NAICS[check]] * dollars_per_euro(2022), abs=rounding(printed))
    assert NAICS[check] in page_rows()[check][1]


@pytest.mark.parametrize("check", sorted({*OURS, *LEDGER_YEARS}))
def test_difference_is_of_the_numbers_beside_it(check: str):
    _, _, theirs, ours, difference, why = page_rows()[check]
    expected = shown(ours) / shown(theirs) - 1
    printed = float(difference.removesuffix("%").replace("−", "-").replace("+", "").strip()) / 100
    assert printed == pytest.approx(expected, abs=0.0050001)
    assert len(why) > 15


# ---- the real ledger


@pytest.fixture(scope="module")
def paimio(shared_data: Path) -> FootprintResult:
    return run_footprint([shared_data / "ledgers" / "fi" / "paimio_2020_2023_part.csv"], RunOptions())


def of_year(result: FootprintResult, year: int) -> Slice:
    return next(part for part in result.by_year if part.keys["year"] == year)


@pytest.mark.parametrize("check", sorted(LEDGER_YEARS))
def test_footprint_of_the_real_ledger_is_what_the_page_prints(check: str, paimio: FootprintResult):
    printed = page_rows()[check][3]
    part = of_year(paimio, LEDGER_YEARS[check])
    assert shown(printed) == pytest.approx(part.footprint_kgco2e / float(part.spend), abs=rounding(printed))


def test_page_describes_the_part_of_the_ledger_as_it_is(paimio: FootprintResult):
    text = " ".join((METHODS / "validation.md").read_text("utf-8").split())
    for year in LEDGER_YEARS.values():
        part = of_year(paimio, year)
        spend = float(part.spend)
        assert f"{part.lines} lines of" in text
        assert f"({spend:,.0f} €)" in text
        assert f"{part.low_kgco2e / spend:.2f}–{part.high_kgco2e / spend:.2f}" in text
    in_2023 = {str(p.keys["category"]): float(p.spend) for p in paimio.by_category_year if p.keys["year"] == 2023}
    assert f"energy is {sum(spend for code, spend in in_2023.items() if code.startswith(ENERGY)):.0f} €" in text
    assert in_2023["MAINT.MIXED"] / sum(in_2023.values()) == pytest.approx(0.75, abs=0.02)
    assert f"was {middle(2015):.3f} in 2015, {middle(2020):.3f} in 2020 and {middle(2023):.3f} in 2023" in text


# ---- the method pages beside it


@pytest.mark.parametrize("page", CARBON_PAGES)
def test_demonstrations_run(page: str):
    text = (METHODS / f"{page}.md").read_text("utf-8")
    blocks = [block for block in re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL) if ">>>" in block]
    assert blocks, f"{page} demonstrates nothing"
    for block in blocks:
        example = doctest.DocTestParser().get_doctest(block, {}, page, page, 0)
        runner = doctest.DocTestRunner(verbose=False)
        runner.run(example)
        assert runner.summarize(verbose=False).failed == 0


def factor_table() -> dict[tuple[str, str, int], float]:
    rows = read("emission_factors", EDITION).rows
    return {
        (row["factor_set"], row["product"], int(row["year"])): math.log(float(row["value"]))
        for row in rows
        if (row["factor_set"], row["product"]) not in {("uk_defra", "46"), ("uk_defra", "24.4-5")}
    }


def error_of(what: str) -> tuple[float, float]:
    """(root mean square ln error, rule) of one line such as ``fi_figaro: 2020 from 2019 and 2021``."""
    factor_set, year, others = re.fullmatch(r"`(\w+)`: (\d{4}) (.+)", what).groups()  # type: ignore[union-attr]
    ln = factor_table()
    products = sorted({product for name, product, _ in ln if name == factor_set} - {"R90T92"})  # lacks 2016, 2017
    gsd = {row["cause"]: float(row["gsd"]) for row in read("factor_uncertainty", EDITION).rows}
    first, last = (int(found) for found in re.findall(r"\d{4}", f"{year} {others}")[-2:])
    if others.startswith("from"):
        middle_year, weight = int(year), (int(year) - first) / (last - first)
        errors = [
            (1 - weight) * ln[factor_set, p, first] + weight * ln[factor_set, p, last] - ln[factor_set, p, middle_year]
            for p in products
        ]
        distance, rule = min(middle_year - first, last - middle_year), "interpolated"
    else:
        (index,) = price_indices(read("price_indices", EDITION).rows, ["fi_gdp_deflator"])
        moved = others.endswith("prices moved")
        price = math.log(index.ratio(first, last) or 0) if moved else 0.0
        errors = [ln[factor_set, p, first] - price - ln[factor_set, p, last] for p in products]
        distance, rule = last - first, "moved_year" if moved else "unmoved_year"
    return math.sqrt(statistics.fmean(e**2 for e in errors)), math.log(gsd[rule]) * math.sqrt(distance)


def test_factor_page_shows_the_errors_of_the_rules_for_years():
    lines = (METHODS / "emission-factors.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if re.match(r"\| `\w+`: \d", line)]
    assert len(cells) == 15
    for what, error, rule in cells:
        expected = error_of(what)
        assert (float(error), float(rule)) == pytest.approx(expected, abs=0.0050001), what
