"""A plan from a small ledger and a plan file: by hand where it can be, and everything that can be wrong with a file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from keino.domain.plans.candidates import UnknownMeasure
from keino.domain.plans.influence import Contract
from keino.domain.plans.measures import PrerequisitesCircular
from keino.domain.plans.task import LimitNegative, NothingAsked, TargetBeforeBaseline
from keino.engine.contract_file import ContractColumnsMissing, ContractsUnreadable, read_contracts
from keino.engine.plan import BaselineYears, PlanOptions, TargetTwice, run_plan
from keino.engine.plan_file import PlanFileInvalid, PlanFileUnreadable, read_plan_file
from keino.engine.plan_result import PlanResult, TargetYearMissing
from keino.engine.run import RunOptions
from keino.errors import KeinoError

HEADER = "Tositepvm;Tilinumero;Tilin nimi;Toimittajan nimi;Summa (alv 0%)"
LINES = (
    "5.1.2022;4520;Elintarvikkeet;Keksitty Tukku Oy;9000,00",
    "5.1.2023;4569;Sähkö ja kaasu;Esimerkkienergia Oy;1000,00",
    "6.2.2023;4520;Elintarvikkeet;Keksitty Tukku Oy;500,00",
)
#: 500 kg of electricity and 200 kg of food.
FACTORS = """category;year;value;unit;gsd;source
ELEC;2023;0,5;kgCO2e/EUR;1,05;Old contract
FOOD;;0,4;kgCO2e/EUR;1,1;Own study
"""
CATEGORIES = frozenset({"ELEC", "FOOD", "FOOD.MEAT", "HEAT"})
PLAN = """
[plan]
baseline_year = 2023
last_year = 2026
[[targets]]
year = 2026
reduction_share = 0.5
[own_measures.wind]
category = "ELEC"
effect = 0.8
investment_eur = 100
running_eur_per_year = 10
lifetime_years = 20
"""
MENU = """
[measures.menu_plants_and_waste]
investment_eur = 1000
running_eur_per_year = 0
lifetime_years = 10
"""


def planned(tmp_path: Path, text: str | None = PLAN, **options: object) -> PlanResult:
    ledger, factors, file = (tmp_path / name for name in ("ostot.csv", "own.csv", "plan.toml"))
    ledger.write_text("\n".join((HEADER, *LINES)) + "\n", encoding="utf-8")
    factors.write_text(FACTORS, encoding="utf-8")
    if text is not None:
        file.write_text(text, encoding="utf-8")
    given: dict[str, object] = {"plan": None if text is None else file, **options}
    return run_plan([ledger], PlanOptions(run=RunOptions(factors=str(factors)), **given))  # type: ignore[arg-type]  # options by name


def test_the_cheapest_plan_by_hand(tmp_path: Path) -> None:
    """Wind takes 400 of 700 kg; started in 2026, when the target is, it costs 100 + 10 €."""
    result = planned(tmp_path)
    assert result.planned is not None
    plan = result.planned.plan
    assert (result.baseline_year, result.baseline_kgco2e) == (2023, pytest.approx(700))
    assert [(start.year, start.measure) for start in plan.chosen] == [(2026, "wind")]
    assert (plan.cost_eur, plan.reduction_kgco2e) == (pytest.approx(110), pytest.approx(400))
    assert (plan.target_met, plan.optimal, plan.conflict) == (True, True, None)
    assert result.planned.shadow_price is None  # no budget, no price of it
    assert sum(part.reduction_kgco2e for part in result.planned.parts) == pytest.approx(400)


def test_a_measure_of_the_bank_waits_for_its_cost(tmp_path: Path) -> None:
    result = planned(tmp_path)
    assert result.planned is not None
    asked = {each.code: each.missing for each in result.planned.offered.asked}
    assert asked["menu_plants_and_waste"] == ("investment_eur", "running_eur_per_year", "lifetime_years")
    counted = planned(tmp_path, PLAN.replace("0.5", "0.7") + MENU)
    assert counted.planned is not None
    assert {start.measure for start in counted.planned.plan.chosen} == {"wind", "menu_plants_and_waste"}
    assert counted.planned.plan.reduction_kgco2e == pytest.approx(400 + 100)


def test_a_budget_in_the_way_is_named_with_what_is_reachable(tmp_path: Path) -> None:
    result = planned(tmp_path, PLAN.replace("[own_measures", "[budgets]\ninvestment_eur = 40\n[own_measures"))
    assert result.planned is not None
    conflict = result.planned.plan.conflict
    assert conflict is not None
    assert [(each.year, round(each.reachable_kgco2e)) for each in conflict.missed] == [(2026, 0)]
    assert [(each.name, round(each.more)) for each in conflict.limits] == [("investment_eur", 60)]
    assert not result.planned.plan.target_met


def test_a_promise_with_a_probability_is_simulated(tmp_path: Path) -> None:
    plan = PLAN.replace("0.8", "[0.6, 0.8, 0.9]").replace("[plan]", "[plan]\nprobability = 0.8")
    first, again = (planned(tmp_path, plan).planned for _ in range(2))
    assert first is not None
    assert again is not None
    assert first.plan.met_probability is not None
    assert first.plan.met_probability >= 0.8
    assert first.plan.met_probability == again.plan.met_probability


def test_without_a_plan_the_potential_stands_alone(tmp_path: Path) -> None:
    """Food: 200 kg, of which the bank's menu takes half. The target asks for 350 of 700."""
    result = planned(tmp_path, None, year=2023, target=(2030, 0.5))
    assert result.planned is None
    assert result.potential.potential_kgco2e.mid == pytest.approx(100)
    assert result.potential.gap is not None
    assert result.potential.gap.gap_kgco2e.mid == pytest.approx(250)


def test_the_newest_year_is_the_baseline_unless_said(tmp_path: Path) -> None:
    assert planned(tmp_path, None).baseline_year == 2023
    older = planned(tmp_path, None, year=2022)
    assert (older.baseline_year, older.baseline_kgco2e) == (2022, pytest.approx(3600))


def test_contracts_of_both_files_count(tmp_path: Path) -> None:
    table = tmp_path / "contracts.csv"
    table.write_text("category;value_eur;ends\nELEC;100;2040-12-31\n", encoding="utf-8")
    result = planned(tmp_path, PLAN, contracts=table)
    assert result.planned is not None
    assert "bound_by_contracts" in {each.reason for each in result.planned.offered.not_assessed}
    assert result.planned.plan.conflict is not None
    assert result.planned.plan.conflict.beyond_limits
    with pytest.raises(TargetYearMissing):
        planned(tmp_path, None, contracts=table)


@pytest.mark.parametrize(
    ("plan", "error", "words"),
    [
        (PLAN + '[own_measures.a]\ncategory = "ELEC"\nprerequisites = ["a"]\n', PrerequisitesCircular, "a → a"),
        (PLAN + "[budgets]\ninvestment_eur = -5\n", LimitNegative, "-5"),
        (PLAN + "[budgets.staff_days]\n2025 = -1\n", LimitNegative, "2025"),
        (PLAN.replace("= 2026", "= 2022").replace("last_year = 2022", ""), TargetBeforeBaseline, "2022"),
        (PLAN + "[measures.nonsense]\n", UnknownMeasure, "nonsense"),
        (PLAN + '[own_measures.b]\ncategory = "NOWHERE"\n', PlanFileInvalid, "own_measures.b.category is NOWHERE"),
        ('[plan]\nfirst_year = 2024\nlast_year = 2025\nobjective = "least_cost"\n', NothingAsked, "no target"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_plan_is_said(tmp_path: Path, plan: str, error: type[KeinoError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        planned(tmp_path, plan)
    assert caught.value.exit_code == 2


def test_two_baselines_and_two_targets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BaselineYears):
        planned(tmp_path, year=2022)
    with pytest.raises(TargetTwice):
        planned(tmp_path, target=(2030, 0.5))


@pytest.mark.parametrize("content", ["[plan\n", "a = \n", "\x00", "[[" * 2000 + "a = " + "[" * 5000])
def test_broken_toml_is_unreadable(tmp_path: Path, content: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PlanFileUnreadable, match="not TOML"):
        read_plan_file(path, CATEGORIES)
    path.write_bytes(b"\xff\xfe\x00x")
    with pytest.raises(PlanFileUnreadable, match="UTF-8"):
        read_plan_file(path, CATEGORIES)
    with pytest.raises(PlanFileUnreadable, match="no such file"):
        read_plan_file(tmp_path / "none.toml", CATEGORIES)


def test_every_problem_of_a_file_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        """
        [plan]
        first_year = 2026
        last_year = 20350
        probabilty = 0.8
        objective = "cheap"
        discount_rate = nan
        [[targets]]
        year = 2030
        [budgets]
        investment_eur = "much"
        [budgets.staff_days]
        "2026" = true
        "-1" = 5
        [measures."oil; rm"]
        effect = [0.5, 0.4, 0.6]
        part = 1.5
        lifetime_years = 0
        start_years = ["soon"]
        [[contracts]]
        category = "=cmd()"
        value_eur = -5
        ends = "31.2.2027"
        [reach.FOOD]
        influence = 2
        """,
        encoding="utf-8",
    )
    with pytest.raises(PlanFileInvalid) as caught:
        read_plan_file(path, CATEGORIES)
    said = str(caught.value)
    for place in (
        "plan.last_year is 20350", "plan.probabilty is not known; is probability meant?", "plan.objective is cheap",
        "plan.discount_rate is nan", "targets 1 needs a year", "budgets.investment_eur is much",
        "budgets.staff_days.2026 is True", "budgets.staff_days.-1 is not known", "measures.oil; rm is oil; rm",
        ".effect is [0.5, 0.4, 0.6]", ".part is 1.5", ".lifetime_years is 0", ".start_years is ['soon']",
        "contracts 1.category is =cmd()", "contracts 1.value_eur is -5", "contracts 1.ends is 31.2.2027",
        "reach.FOOD.influence is 2",
    ):  # fmt: skip
        assert place in said


def test_no_text_of_a_file_steers_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text('[plan]\nfirst_year = 2026\nlast_year = 2027\nobjective = "\\u001b[2J\\nx"\n', encoding="utf-8")
    with pytest.raises(PlanFileInvalid) as caught:
        read_plan_file(path, CATEGORIES)
    assert "\x1b" not in str(caught.value)


def test_a_number_too_long_to_print_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(f"[plan]\nfirst_year = 2026\nlast_year = 2027\ndiscount_rate = 0x{'f' * 9000}\n", encoding="utf-8")
    with pytest.raises(PlanFileInvalid, match="discount_rate is …"):
        read_plan_file(path, CATEGORIES)


def test_an_unfilled_number_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(
        '[plan]\nfirst_year = 2026\nlast_year = 2027\n[measures.x]\ninvestment_eur = ""\n', encoding="utf-8"
    )
    read = read_plan_file(path, CATEGORIES)
    assert (read.measures[0].investment_eur, read.years, read.objective) == (None, (2026, 2027), "most_reduction")


def test_categories_with_points_need_no_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    text = (
        "[plan]\nfirst_year = 2026\nlast_year = 2027\n[reach.FOOD]\ntiming = 0.5\n[reach.FOOD.MEAT]\ninfluence = 0.1\n"
    )
    path.write_text(text, encoding="utf-8")
    assert set(read_plan_file(path, CATEGORIES).reach) == {"FOOD", "FOOD.MEAT"}


ROWS = (
    ("Category", "value_eur", "ends", "renews", "supplier"),
    ("FOOD", "12 000,50", "31.12.2027", "", "Keksitty Oy"),
    ("=HYPERLINK(1)", "100", "", "", ""),
    ("HEAT", "-5", "", "", ""),
    ("HEAT", "nan", "2027-02-30", "", ""),
    ("FOOD.MEAT", "1000", "2028-06-30", "2027-06-30", "@SUM(1)"),
    ("\x1b[2J", "", "", "", ""),
    ("FOOD",),
)


def write_rows(path: Path) -> Path:
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in ROWS:
            book.active.append([cell.replace("\x1b", "") for cell in row])
        book.save(path)
    else:
        path.write_text("".join(";".join(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["contracts.csv", "contracts.xlsx"])
def test_wrong_rows_of_contracts_are_named_and_the_others_kept(tmp_path: Path, name: str) -> None:
    reading = read_contracts(write_rows(tmp_path / name), CATEGORIES)
    assert reading.contracts == (
        Contract("FOOD", Decimal("12000.50"), date(2027, 12, 31)),
        Contract("FOOD.MEAT", Decimal(1000), date(2028, 6, 30), date(2027, 6, 30)),
    )
    assert [each.row for each in reading.rejected] == [3, 4, 5, 7, 8]
    assert reading.rows == len(reading.contracts) + len(reading.rejected)
    said = " ".join(str(problem) for each in reading.rejected for problem in each.problems)
    assert "value_eur is nan" in said
    assert "ends is 2027-02-30" in said
    assert "\x1b" not in said


def test_contracts_that_are_no_table_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "contracts.csv"
    with pytest.raises(ContractsUnreadable, match="no such file"):
        read_contracts(path, CATEGORIES)
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ContractsUnreadable, match="broken"):
        read_contracts(path, CATEGORIES)
    path.write_text("name;value\nA;1\n", encoding="utf-8")
    with pytest.raises(ContractColumnsMissing, match="category, value_eur"):
        read_contracts(path, CATEGORIES)
