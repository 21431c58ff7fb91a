"""``keino plan`` as a user runs it: keys, exit codes, languages, files, an example town with much and little money."""

from __future__ import annotations

import csv
import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from keino.cli.plan_text import WORDS
from keino.domain.plans import candidates, task
from keino.engine.followup_plan import read_plan
from keino.towns import write_towns
from tests.factories.commands import in_own_process, in_this_process

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
PLAN = REPOSITORY / "tests" / "towns" / "plan_ostoniemi.toml"
PAGE = REPOSITORY / "docs" / "how-to" / "plan.md"
KEYS = {
    "baseline_year", "baseline_kgco2e", "currency", "objective", "chosen", "cost_eur", "reduction_kgco2e", "target_met",
    "met_probability", "optimal", "gap", "solver", "years", "conflict", "curve", "shadow_price", "asked",
    "not_assessed", "left_out", "potential", "contracts", "sources", "factor_edition", "editions", "code_version",
    "files",
}  # fmt: skip
CHOSEN_KEYS = {
    "measure", "name_fi", "name_sv", "name_en", "category", "start_year", "last_year", "investment_eur",
    "running_eur_per_year", "cost_basis", "effect_low", "effect_mid", "effect_high", "effect_of", "effect_basis",
    "influence_basis", "reduction_kgco2e", "sources",
}  # fmt: skip


def keino(*arguments: object) -> subprocess.CompletedProcess[str]:
    return in_this_process("plan", *arguments)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    towns = write_towns(tmp_path_factory.mktemp("towns"), years=(2023,))
    return next(each for each in towns if each.key == "ostoniemi").files[0]


@pytest.fixture(scope="module")
def planned(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the example plan prints as JSON, and the folder it writes: from a shell, once for all tests."""
    folder = tmp_path_factory.mktemp("planned") / "out"
    done = in_own_process("plan", ledger, "--plan", PLAN, "--out", folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout, folder


@pytest.fixture(scope="module")
def content(planned: tuple[str, Path]) -> Any:
    return json.loads(planned[0])


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example plan with a tenth of its budget."""
    pair = ("investment_eur = 3000000", "investment_eur = 300000")
    return changed(tmp_path_factory.mktemp("poor"), pair)


@pytest.fixture(scope="module")
def tight(ledger: Path, poor: Path) -> Any:
    return json.loads(keino(ledger, "--plan", poor, "--json").stdout)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two purchases of 2023, and a row that can't be read."""
    path = tmp_path / "ostot.csv"
    path.write_text(
        "Tositepvm;Tilinumero;Tilin nimi;Toimittajan nimi;Summa (alv 0%)\n"
        "5.1.2023;4520;Elintarvikkeet;Keksitty Tukku Oy;1100,00\n"
        "6.1.2023;4569;Sähkö ja kaasu;Esimerkkienergia Oy;400,00\n",
        encoding="utf-8",
    )
    return path


def changed(tmp_path: Path, *pairs: tuple[str, str], more: str = "") -> Path:
    """The example plan with some of its text changed."""
    text = PLAN.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "changed.toml"
    path.write_text(text + more, encoding="utf-8")
    return path


# ---- the example town


def test_the_town_reaches_half_with_its_own_budget(content: Any) -> None:
    assert (content["target_met"], content["optimal"], content["conflict"]) == (True, True, None)
    last = content["years"][-1]
    assert last["year"] == 2035
    assert last["reduction_kgco2e"] >= 0.5 * content["baseline_kgco2e"]
    assert last["footprint_kgco2e"] <= 0.5 * content["baseline_kgco2e"]


def test_the_plan_keeps_its_limits(content: Any) -> None:
    """Summed anew from the measures chosen."""
    given = tomllib.loads(PLAN.read_text(encoding="utf-8"))["budgets"]
    starts = {row["measure"]: row["start_year"] for row in content["chosen"]}
    for year in content["years"]:
        spent = sum(row["investment_eur"] for row in content["chosen"] if row["start_year"] == year["year"])
        assert spent == pytest.approx(year["investment_eur"])
        assert spent <= given["investment_eur"]
        days = given["staff_days"]
        assert year["staff_days"] <= days.get(str(year["year"]), days["every_year"])
    assert starts["energy_survey"] <= starts["ground_source_heat"]
    assert starts["ground_source_heat"] >= 2028  # the contract ends with 2027
    assert "timber_frame" not in starts


def test_with_little_money_the_town_is_told_what_stops_it(ledger: Path, poor: Path, tight: Any) -> None:
    assert (tight["target_met"], tight["conflict"]["beyond_limits"]) == (False, False)
    assert {each["name"] for each in tight["conflict"]["limits"]} == {"investment_eur"}
    missed = tight["conflict"]["missed"]
    assert [each["year"] for each in missed] == [2035]
    assert missed[0]["reachable_kgco2e"] < missed[0]["target_kgco2e"]
    reached = tight["years"][-1]["reduction_kgco2e"]
    assert reached == pytest.approx(missed[0]["reachable_kgco2e"], rel=1e-3)
    said = keino(ledger, "--plan", poor, "--lang", "en")
    assert said.returncode == 0
    assert "The targets can't be met." in said.stdout
    assert "investments of 20" in said.stdout


def test_what_is_missing_money_does_reach_the_target(ledger: Path, tight: Any, tmp_path: Path) -> None:
    """Raised by what the conflict asks for, the budgets are enough."""
    limits = tight["conflict"]["limits"]
    years = "\n".join(f"{each['year']} = {each['limit'] + each['more'] + 1}" for each in limits)
    head = "[budgets.investment_eur]\nevery_year = 300000\n" + years + "\n"
    raised = changed(tmp_path, ("investment_eur = 3000000 # every year\n", ""), more="\n" + head)
    assert json.loads(keino(ledger, "--plan", raised, "--json").stdout)["target_met"] is True


def test_every_measure_names_its_source_and_whose_numbers_it_has(content: Any) -> None:
    cited = {"menu_plants_and_waste": ("published", "given"), "site_low_emission": ("published", "published")}
    for row in content["chosen"]:
        assert row["sources"]
        assert (row["effect_basis"], row["cost_basis"]) == cited.get(row["measure"], (row["effect_basis"], "given"))
        if row["effect_basis"] == "given":
            assert row["sources"] == ["invented"]
        else:
            assert set(row["sources"]) <= content["sources"].keys()


def test_no_measure_is_free_by_silence(content: Any) -> None:
    asked = {each["code"]: each["missing"] for each in content["asked"]}
    assert asked["food_waste_half"] == ["investment_eur", "running_eur_per_year", "lifetime_years"]
    assert not asked.keys() & {row["measure"] for row in content["chosen"]}


def test_equal_inputs_give_equal_bytes(ledger: Path, planned: tuple[str, Path]) -> None:
    """In another process, which keeps sets in another order."""
    assert in_own_process("plan", ledger, "--plan", PLAN, "--json").stdout == planned[0]


# ---- keys, files, words


def test_json_has_the_documented_keys(ledger: Path, content: Any) -> None:
    assert content.keys() == KEYS
    assert all(row.keys() == CHOSEN_KEYS for row in content["chosen"])
    without = json.loads(keino(ledger, "--json").stdout)
    assert without.keys() == KEYS
    assert (without["chosen"], without["target_met"]) == ([], None)
    page = PAGE.read_text(encoding="utf-8")
    assert {key for key in KEYS | CHOSEN_KEYS if f"`{key}`" not in page} == set()


def test_every_key_of_the_example_is_documented() -> None:
    def keys_of(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys_of, value))
        return set(value) | set().union(*map(keys_of, value.values())) if isinstance(value, dict) else set()

    plan = tomllib.loads(PLAN.read_text(encoding="utf-8"))
    names = {*plan["measures"], *plan["own_measures"], *plan["reach"], "2025"}
    page = PAGE.read_text(encoding="utf-8")
    assert {key for key in keys_of(plan) - names if key not in page} == set()


def test_files_hold_what_is_printed(ledger: Path, tmp_path: Path) -> None:
    plan = changed(tmp_path, ('name = "Used furniture first"', 'name = "=cmd|x"'))
    done = keino(ledger, "--plan", plan, "--out", tmp_path / "out", "--json")
    folder = tmp_path / "out"
    wanted = {"plan.json", "potential.csv", "chosen.csv", "path.csv", "manifest.json"}
    assert {path.name for path in folder.iterdir()} == wanted
    assert json.loads((folder / "plan.json").read_text(encoding="utf-8")) == json.loads(done.stdout)
    with (folder / "chosen.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["measure"]: row for row in csv.DictReader(stream, delimiter=";")}
    assert rows.keys() == {row["measure"] for row in json.loads(done.stdout)["chosen"]}
    assert rows["furniture_used"]["name_en"] == "'=cmd|x"  # never a formula


def test_followup_reads_the_path_of_a_plan(planned: tuple[str, Path], content: Any) -> None:
    for year in content["years"]:
        parts = read_plan(planned[1] / "path.csv", year["year"])
        assert sum(part.reduction_kgco2e for part in parts) == pytest.approx(year["reduction_kgco2e"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_text_in_every_language(ledger: Path, tmp_path: Path, language: str) -> None:
    contracts = tmp_path / "contracts.csv"
    contracts.write_text("category;value_eur;ends\nNOWHERE;x;y\nELEC;100;2024-12-31\n", encoding="utf-8")
    planned = keino(ledger, "--plan", PLAN, "--lang", language, "--contracts", contracts, "--out", tmp_path / "o")
    without = keino(ledger, "--target", "2035=-50%", "--lang", language)
    for done in (planned, without):
        assert done.returncode == 0
        assert "None" not in done.stdout
        assert "nan" not in done.stdout.split()
    assert "NOWHERE" in planned.stdout


def test_every_code_has_words() -> None:
    assert {task.INVESTMENT, task.RUNNING, task.STAFF, task.TOTAL} <= WORDS.keys()
    assert set(candidates.NOT_COUNTED) == {"no_footprint", "no_cited_effect", "part_unknown", "bound_by_contracts"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_template_is_a_plan_with_nothing_free(ledger: Path, tmp_path: Path, language: str) -> None:
    path = tmp_path / "mine.toml"
    done = keino(ledger, "--template", path, "--lang", language)
    assert (done.returncode, path.name in done.stdout) == (0, True)
    text = path.read_text(encoding="utf-8")
    made = tomllib.loads(text)
    assert made["measures"]["menu_plants_and_waste"]["investment_eur"] == ""
    assert "FOOD.MIXED" in text
    assert "Koulunkorjausopas" in text
    plan = json.loads(keino(ledger, "--plan", path, "--json").stdout)
    assert (plan["chosen"], plan["target_met"]) == ([], False)
    assert "menu_plants_and_waste" in {each["code"] for each in plan["asked"]}
    again = keino(ledger, "--template", path)
    assert (again.returncode, path.read_text(encoding="utf-8")) == (2, text)
    assert str(path) in again.stderr


# ---- what can go wrong


@pytest.mark.parametrize(
    ("pairs", "more", "code", "words"),
    [
        (
            [('prerequisites = ["energy_survey"]', 'prerequisites = ["ground_source_heat"]')],
            "",
            2,
            "wait for each other",
        ),
        ([("investment_eur = 3000000", "investment_eur = -1")], "", 2, "can't be negative"),
        ([("year = 2030", "year = 2020")], "", 2, "does not come after the baseline year 2023"),
        ([], "\n[measures.nonsense]\n", 2, "nonsense"),
        ([('leave_out = ["timber_frame"]', 'leave_out = ["nonsense"]')], "", 2, "nonsense"),
        ([("[plan]", "[plan")], "", 3, "not TOML"),
        ([('category = "MAINT"', 'category = "=cmd()"')], "", 2, "=cmd()"),
    ],
)
def test_broken_plans(
    ledger: Path, tmp_path: Path, pairs: list[tuple[str, str]], more: str, code: int, words: str
) -> None:
    done = keino(ledger, "--plan", changed(tmp_path, *pairs, more=more), "--json", "--lang", "en")
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_a_shell_sees_the_code_and_the_sentence(ledger: Path, tmp_path: Path) -> None:
    plan = changed(tmp_path, ("[plan]", "[plan"))
    done = in_own_process("plan", ledger, "--plan", plan, "--json", "--lang", "en")
    assert (done.returncode, done.stdout) == (3, "")
    assert "not TOML" in done.stderr


def test_a_measure_whose_cost_is_unknown_is_left_out_and_named(ledger: Path, tmp_path: Path) -> None:
    plan = changed(tmp_path, ("investment_eur = 150000\nrunning_eur_per_year = -40000\n", "investment_eur = 150000\n"))
    content = json.loads(keino(ledger, "--plan", plan, "--json").stdout)
    asked = {each["code"]: each["missing"] for each in content["asked"]}
    assert asked["menu_plants_and_waste"] == ["running_eur_per_year"]
    assert "menu_plants_and_waste" not in {row["measure"] for row in content["chosen"]}


def test_hostile_cells_of_contracts_are_named_and_left_out(small: Path, tmp_path: Path) -> None:
    contracts = tmp_path / "contracts.csv"
    contracts.write_text(
        'category;value_eur;ends\nFOOD;1000;2024-12-31\n=HYPERLINK("x");1;\n\x1b[31mELEC;1e999;\n', encoding="utf-8"
    )
    done = keino(small, "--contracts", contracts, "--target", 2030, "--lang", "en")
    assert done.returncode == 0
    assert "2 of 3 contracts" in done.stdout
    assert "Row 3" in done.stdout
    assert "\x1b" not in done.stdout
    strict = keino(small, "--contracts", contracts, "--target", 2030, "--strict", "--json")
    assert strict.returncode == 1
    assert json.loads(strict.stdout)["contracts"]["accepted"] == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--target", "soon"), 2),
        (("--target", "2035=-150%"), 2),
        (("--target", "2020=-50%"), 2),
        (("--year", "2019"), 2),
        (("--plan", PLAN, "--target", "2035=-50%"), 2),
        (("--plan", PLAN, "--year", "2022"), 2),
        (("--plan", "missing.toml"), 3),
        (("--contracts", "missing.csv", "--target", "2030"), 3),
        (("--time-limit", "0"), 2),
    ],
)
def test_exit_codes(small: Path, arguments: tuple[object, ...], code: int) -> None:
    assert keino(small, *arguments).returncode == code
