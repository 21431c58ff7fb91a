"""Measures against the arithmetic of their notes, thresholds against the published tables, gaps left open."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.measure_effects import measure_effects
from keino.domain.plans.potential import CategoryFootprint, TargetLevel, potential
from keino.domain.tenders.thresholds import BUYER_SIDES, PURCHASE_KINDS, threshold_level, thresholds_from_rows
from keino.facts.check import cross_problems, table_problems
from keino.facts.read import read, sources

MEASURES = {row["code"]: row for row in read("measures", "2026-1").rows}
THRESHOLDS = thresholds_from_rows(read("thresholds", "2026-1").rows)

#: Effect of each measure worked out from the numbers its source prints (SYKE, Table 6, g/MJ, g/kWh, g/km, kg/kg).
PRINTED = {
    "oil_to_pellets": 1 - 14 / (265 * 1.2),
    "oil_to_district_heat": 1 - 267 / (265 * 1.2),
    "gas_to_biogas": 1 - 19.7 / 64.2,
    "fuel_hvo": 1 - 10 / 87.1,
    "trip_by_train": 1 - 1 / 200,
    "trip_by_bus": 1 - 54 / 200,
    "beef_to_poultry": 1 - 5 / 15,
    "beef_to_beans": 1 - 0.7 / 15,
    "rice_to_potato": 1 - 0.2 / 5,
    "seasonal_vegetables": 1 - 0.2 / 5,
    "laptop_second_life": 1 - 375 / 600,
    "timber_frame": 0.67,
    "site_electric_and_hvo": 1 - 0.42,
    "site_low_emission": 0.66,
    "site_yard_whole": 0.75,
    "menu_plants_and_waste": 0.50,
    "food_waste_half": 0.50,
    **{f"concrete_gwp{cls}": 1 - cls / 100 for cls in (85, 70, 55, 40)},
    **{f"infra_concrete_gwp{cls}": 1 - cls / 100 for cls in (85, 70)},
}


# ---- measures


def test_effects_are_those_of_their_sources_and_no_others():
    given = {code: float(row["value"]) for code, row in MEASURES.items() if row["value"]}
    assert given == {code: pytest.approx(value, abs=0.001) for code, value in PRINTED.items()}


def test_bounds_are_those_of_their_sources():
    bounds = {code: (row["low"], row["high"]) for code, row in MEASURES.items() if row["low"] or row["high"]}
    assert {code: (float(pair[0] or 0), float(pair[1] or 0)) for code, pair in bounds.items()} == {
        "oil_to_pellets": pytest.approx((1 - 14 / 265, 1 - 14 / 318), abs=0.001),
        "oil_to_district_heat": pytest.approx((1 - 230 / 265, 1 - 200 / 265), abs=0.001),
        "trip_by_bus": pytest.approx((1 - 68 / 200, 1 - 54 / 200), abs=0.001),
        "menu_optimised": (0.0, 0.40),
    }


def test_there_are_enough_measures_and_gaps_stay_open():
    assert len(MEASURES) >= 30
    for code, row in MEASURES.items():
        assert (row["evidence"] == "none") or row["value"] or row["high"], code
        assert not (row["evidence"] == "none" and row["value"]), code
        assert bool(row["value"]) <= bool(row["effect_of"]) <= bool(row["baseline_en"]), code


def test_numbers_beside_the_effect_name_their_source():
    for code, row in MEASURES.items():
        for key, numbers in (("part_source", "part_low part_share part_high"), ("cost_source", "cost_low cost_high")):
            assert bool(row[key]) == any(row[name] for name in numbers.split()), code
        assert bool(row["cost_unit"]) == bool(row["cost_source"]), code
        assert bool(row["not_worked_source"]) == bool(row["not_worked_en"]), code
        if row["cost_low"]:
            assert float(row["cost_low"]) <= float(row["cost_high"]), code


def test_cost_of_low_emission_sites_is_its_euros_by_its_tonnes():
    assert float(MEASURES["site_low_emission"]["cost_low"]) == pytest.approx(92_000 / 676, abs=0.5)


@pytest.mark.parametrize("text", ["name", "baseline", "preconditions", "not_worked"])
def test_texts_are_in_three_languages_or_in_none(text):
    for code, row in MEASURES.items():
        said = {bool(row[f"{text}_{language}"]) for language in ("fi", "sv", "en")}
        assert len(said) == 1, (code, text)


def test_measures_give_a_potential_where_a_share_is_cited_and_nowhere_else():
    """1 000 kg each: oil 956, gas 693, catering 500, infrastructure 0.66 × 0.3 = 198; none for consulting, power."""
    codes = ["HEAT.OIL", "ELEC.GAS", "FOOD.CATERING", "INFRA.WORKS", "ELEC.POWER", "EXP.CONSULT", "BUILD.NEW"]
    found = potential(
        [CategoryFootprint(code, Estimate.exactly(1000.0)) for code in codes],
        measure_effects(MEASURES.values()),
        TargetLevel(2030),
    )
    assert {row.category: row.potential_kgco2e.mid for row in found.rows if row.potential_kgco2e} == {
        "HEAT.OIL": pytest.approx(956.0),
        "ELEC.GAS": pytest.approx(693.0),
        "FOOD.CATERING": pytest.approx(500.0),
        "INFRA.WORKS": pytest.approx(198.0),
    }
    assert {row.category: row.not_assessed for row in found.rows if row.not_assessed} == {
        "ELEC.POWER": "no_cited_effect",
        "EXP.CONSULT": "no_measure",
        "BUILD.NEW": "part_unknown",
    }


def test_check_knows_main_categories_and_sources_of_measures():
    table = read("measures", "2026-1")
    tables = {name: read(name) for name in ("categories", "measures")}
    assert list(cross_problems(tables)) == []
    without = {key: row for key, row in sources().items() if key != "motiva-tampere-sites"}
    assert [problem.partition(": ")[2] for problem in table_problems(table, without)] == [
        "part_source motiva-tampere-sites is not in sources.csv.",
        "part_source motiva-tampere-sites is not in sources.csv.",
    ]


# ---- thresholds


def value(scope: str, kind: str, side: str, day: date) -> int | None:
    found = [t for t in THRESHOLDS if (t.scope, t.purchase_kind, t.buyer_side) == (scope, kind, side) and t.holds(day)]
    assert len(found) <= 1
    return int(found[0].value_eur) if found else None


@pytest.mark.parametrize(
    ("year", "central", "other", "works", "special"),
    [
        (2022, 140_000, 215_000, 5_382_000, 431_000),
        (2023, 140_000, 215_000, 5_382_000, 431_000),
        (2024, 143_000, 221_000, 5_538_000, 443_000),
        (2025, 143_000, 221_000, 5_538_000, 443_000),
        (2026, 140_000, 216_000, 5_404_000, 432_000),
        (2027, 140_000, 216_000, 5_404_000, 432_000),
    ],
)
def test_eu_thresholds_of_each_year(year, central, other, works, special):
    for day in (date(year, 1, 1), date(year, 12, 31)):
        for kind in ("goods", "services", "design_contest"):
            assert [value("eu", kind, side, day) for side in BUYER_SIDES] == [central, other, special]
        assert {value("eu", "works", side, day) for side in BUYER_SIDES} == {works}
        assert [value("eu", "concession", side, day) for side in BUYER_SIDES] == [works, works, None]
        for kind in ("health_social_services", "other_special_services"):
            assert [value("eu", kind, side, day) for side in BUYER_SIDES] == [750_000, 750_000, 1_000_000]


def test_national_thresholds_since_2017():
    expected = [60_000, 60_000, 60_000, 150_000, 400_000, 300_000, 500_000]
    for side in ("central_government", "other"):
        for day in (date(2017, 1, 1), date(2026, 11, 22)):
            assert [value("national", kind, side, day) for kind in PURCHASE_KINDS] == expected
        assert value("national", "goods", side, date(2016, 12, 31)) is None


def test_periods_follow_one_another_without_gap():
    series: dict[tuple[str, str, str], list] = {}
    for row in THRESHOLDS:
        series.setdefault((row.scope, row.purchase_kind, row.buyer_side), []).append(row)
    for rows in series.values():
        for before, after in pairwise(sorted(rows, key=lambda row: row.valid_from)):
            assert before.valid_to + timedelta(days=1) == after.valid_from


def test_service_of_a_municipality_in_2025_is_national():
    found = threshold_level(
        THRESHOLDS, Decimal(140_500), purchase_kind="services", buyer_side="other", day=date(2025, 3, 1)
    )
    assert (found.level, found.reached.value_eur, found.next_above.value_eur) == ("national", 60_000, 221_000)


@pytest.mark.parametrize(("day", "level"), [(date(2025, 3, 1), "national"), (date(2026, 3, 1), "eu")])
def test_service_of_a_state_agency_passes_the_eu_threshold_in_2026(day, level):
    found = threshold_level(
        THRESHOLDS, Decimal(140_500), purchase_kind="services", buyer_side="central_government", day=day
    )
    assert found.level == level
