"""What a summary says of the factors behind it, and that a real result's page opens all of them."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from keino.engine.results import FootprintResult, QuadrantLimits
from keino.engine.run import RunOptions, run_footprint
from keino.facts.read import read
from keino.report.page import report_page

OWN_FACTORS = (
    "category,value,unit,source\nELEC,0.25,kgCO2e/EUR,Our own study\nFOOD.MIXED,0.5,kgCO2e/EUR,Our own study\n"
)


@pytest.fixture
def result(small_ledger: Path) -> FootprintResult:
    return run_footprint([small_ledger], RunOptions(by=("unit",)))


def test_factors_carry_the_reasons_and_names_of_the_facts(result: FootprintResult) -> None:
    facts = {
        (row["category"], row["product"]): (row["reason_fi"], row["reason_sv"], row["reason"])
        for row in read("category_products").rows
        if row["factor_set"] == "fi_figaro"
    }
    assert {use.category for use in result.factors} == {"ELEC.MIXED", "FOOD.MIXED"}
    for use in result.factors:
        assert use.origin == "category"
        assert (use.reason("fi"), use.reason("sv"), use.reason("en")) == facts[use.category, use.product]
    names = {use.product: [use.product_label(language) for language in ("fi", "sv", "en")] for use in result.factors}
    assert names["D35"] == ["Sähkö, kaasu ja lämpö", "El, gas och värme", "Electricity, gas and heat"]


def test_own_factors_say_so_and_need_no_reason(small_ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(OWN_FACTORS, encoding="utf-8")
    uses = run_footprint([small_ledger], RunOptions(factors=str(path))).factors
    found = {use.category: (use.product, use.origin, use.reason("fi"), use.source) for use in uses}
    assert found == {
        "ELEC.MIXED": ("ELEC", "own_factor", "", "Our own study"),
        "FOOD.MIXED": ("FOOD.MIXED", "own_factor", "", "Our own study"),
    }


def test_quadrants_meet_at_half_the_spend_of_two_categories(result: FootprintResult) -> None:
    """900.00 € and 500.50 €: an equal share is 700.25 €; the average is the intensity of the whole."""
    assert result.limits == QuadrantLimits(pytest.approx(700.25), pytest.approx(result.total.intensity_kgco2e_per_unit))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_link_of_a_real_page_has_its_target(result: FootprintResult, language: str) -> None:
    tree = lxml.html.document_fromstring(report_page(result, language))
    inside = {address[1:] for address in tree.xpath("//@href") if address.startswith("#")}
    assert inside <= set(tree.xpath("//@id"))
    sources = tree.xpath("//table[@id='factors']/tbody/tr/td[last()]/a/@href")
    assert len(sources) == len(result.factors)
    assert all(address.startswith("#source-") for address in sources)
