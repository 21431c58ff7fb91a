"""Two years of a small ledger: the parts of the change, worked out by hand from the factors given."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path

import pytest

from keino.engine.followup import (
    FollowUpOptions,
    FollowUpResult,
    SameYear,
    UnknownPerimeter,
    YearWithoutPurchases,
    run_followup,
)
from keino.engine.followup_plan import BrokenPlan
from keino.engine.run import RunOptions
from keino.facts.read import read

HEADER = "Tositenumero;Tositepvm;Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Summa (alv 0%)"
LINES = (
    "1;5.1.2022;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;1000,00",
    "2;6.2.2022;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;500,00",
    "3;7.3.2022;4520;Elintarvikkeet;Sosiaali- ja terveyslautakunta;Keksitty Tukku Oy;300,00",
    "4;5.1.2023;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;1000,00",
    "5;6.2.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;500,00",
)
#: One factor of each contract and year: electricity became greener, food is one number of kilograms per euro.
OWN = """category;year;value;unit;gsd;source
ELEC;2022;0,5;kgCO2e/EUR;1,05;Old contract
ELEC;2023;0,1;kgCO2e/EUR;1,05;New contract
FOOD;;0,4;kgCO2e/EUR;1,1;Own study
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ostot.csv"
    path.write_text("\n".join((HEADER, *LINES)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def followed(ledger: Path, factors: str = "", **options: object) -> FollowUpResult:
    return run_followup([ledger], FollowUpOptions(2022, 2023, run=RunOptions(factors=factors), **options))  # type: ignore[arg-type]  # options by name


def inflation() -> float:
    points = {
        row["year"]: float(row["value"]) for row in read("price_indices").rows if row["index"] == "fi_gdp_deflator"
    }
    return points["2023"] / points["2022"]


def test_parts_of_each_category_by_hand(ledger: Path, own: str) -> None:
    """Health is handed over: 300 € of food, 120 kg. What stays is 1000 € and 500 € in both years, so less is bought.

    Real spend falls by the price index p in both alike: volume L × ln(1/p), no mix. Electricity has factors of each
    year: 500 → 100 kg, intensity L × ln(0.1 p / 0.5). Food has one factor for both: 200 kg, price 200 × ln p.
    """
    result = followed(ledger, own, moved_units=("Sosiaali- ja terveyslautakunta",))
    p = inflation()
    electricity, food = result.effects.by_category
    weight = 400 / math.log(5)
    assert electricity.volume_kgco2e == pytest.approx(-weight * math.log(p))
    assert electricity.intensity_kgco2e == pytest.approx(weight * math.log(0.2 * p))
    assert electricity.price_kgco2e == 0
    assert (food.price_kgco2e, food.volume_kgco2e) == (
        pytest.approx(200 * math.log(p)),
        pytest.approx(-200 * math.log(p)),
    )
    assert food.intensity_kgco2e == pytest.approx(0, abs=1e-9)
    assert food.perimeter_kgco2e == pytest.approx(-120)
    assert result.effects.total.mix_kgco2e == pytest.approx(0, abs=1e-9)
    assert result.effects.total.change_kgco2e == pytest.approx(-520)
    assert (food.spend_from, food.spend_to) == (Decimal(800), Decimal(500))
    assert result.own_factors == {electricity.category, food.category}
    # both contracts are sources of their own: √2 × ln 1.05 × 1.96 × L
    assert result.half_widths[electricity.category] == pytest.approx(
        1.95996 * weight * math.sqrt(2) * math.log(1.05), rel=1e-5
    )
    assert result.half_widths[food.category] == 0


def test_moved_categories_are_leaves_or_main_ones(ledger: Path, own: str) -> None:
    for code in ("FOOD", "FOOD.MIXED"):
        result = followed(ledger, own, moved_categories=(code,))
        assert result.effects.by_category[1].perimeter_kgco2e == pytest.approx(200 - 320)


def test_factors_of_another_time_stand_apart(ledger: Path, own: str, tmp_path: Path) -> None:
    """The year 2022 was reported with 0.3 for food: 240 kg, by today's factors 320 kg."""
    old = tmp_path / "old.csv"
    old.write_text(OWN.replace("0,4", "0,3"), encoding="utf-8")
    result = followed(ledger, own, factors_from=str(old))
    assert result.effects.by_category[1].edition_kgco2e == pytest.approx(80)
    assert result.effects.by_category[0].edition_kgco2e == pytest.approx(0, abs=1e-9)
    assert result.effects.total.footprint_from_kgco2e == pytest.approx(500 + 240)
    assert (result.reported_edition, result.result.factor_edition) == ("old.csv", "own.csv")


def test_published_factors_know_of_prices(ledger: Path) -> None:
    result = followed(ledger)
    assert result.effects.total.price_kgco2e == 0
    assert result.own_factors == frozenset()
    assert result.price_ratio == pytest.approx(inflation())


def test_plan_is_compared_with_what_was_measured(ledger: Path, own: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "measure;category;year;reduction_kgco2e;acts_on\n"
        "Green power;ELEC;2023;300;\n"
        "Green power;ELEC;2024;350;\n"
        "Less waste;FOOD;2023;50;volume\n"
        "Veggie days;FOOD;2023;80;intensity\n",
        encoding="utf-8",
    )
    result = followed(ledger, own, plan=plan)
    assert [(each.measure, each.answer) for each in result.measures] == [
        ("Green power", "shown"),
        ("Less waste", "cannot_be_told"),
        ("Veggie days", "not_shown"),
    ]
    assert [(point.category, point.base_kgco2e, point.planned_kgco2e) for point in result.path] == [
        ("ELEC", pytest.approx(500), pytest.approx(200)),
        ("FOOD", pytest.approx(320), pytest.approx(240)),
    ]


def test_published_factors_can_tell_of_no_measure(ledger: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("measure,category,year,reduction_kgco2e\nGreen power,ELEC,2023,300\n", encoding="utf-8")
    assert [each.reason for each in followed(ledger, plan=plan).measures] == ["average_factor"]


def test_a_broken_plan_names_every_problem(ledger: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "measure,category,year,reduction_kgco2e,acts_on\nA,ELEC,23,-5,\n,ELEC,2023,x,price\n", encoding="utf-8"
    )
    with pytest.raises(BrokenPlan) as caught:
        followed(ledger, plan=plan)
    assert str(caught.value).count("\n- Row 2") == 2
    assert str(caught.value).count("\n- Row 3") == 3
    plan.write_text("measure\nA\n", encoding="utf-8")
    with pytest.raises(BrokenPlan, match="category, year, reduction_kgco2e"):
        followed(ledger, plan=plan)


def test_years_and_perimeter_that_are_not_there_are_refused(ledger: Path) -> None:
    with pytest.raises(YearWithoutPurchases, match="2021"):
        run_followup([ledger], FollowUpOptions(2021, 2023))
    with pytest.raises(SameYear):
        run_followup([ledger], FollowUpOptions(2023, 2022))
    with pytest.raises(UnknownPerimeter, match=r"Kulttuurilautakunta, NOWHERE"):
        followed(ledger, moved_units=("Kulttuurilautakunta",), moved_categories=("NOWHERE",))
