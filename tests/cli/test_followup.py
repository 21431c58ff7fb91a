"""``keino followup`` as a user runs it: keys, exit codes, three languages, files, an example town."""

from __future__ import annotations

import csv
import json
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from keino.domain.plans import measured_path
from keino.report.followup_words import ANSWERS, PARTS, REASONS
from keino.towns import Town, write_towns
from tests.factories.commands import in_own_process, in_this_process

pytestmark = pytest.mark.slow

KEYS = {
    "from", "to", "currency", "price_index", "price_ratio", "real_spend_to", "factor_edition_from", "factor_edition",
    "spend_without_factor_from", "spend_without_factor_to", "by_category", "path", "measures", "editions",
    "code_version", "files",
}  # fmt: skip
EFFECT_KEYS = {
    "spend_from", "spend_to", "footprint_from_kgco2e", "footprint_to_kgco2e", "comparable_from_kgco2e",
    "comparable_to_kgco2e", "change_kgco2e", "like_for_like_kgco2e", "price_kgco2e", "volume_kgco2e", "mix_kgco2e",
    "intensity_kgco2e", "unsplit_kgco2e", "edition_kgco2e", "perimeter_kgco2e", "intensity_half_width_kgco2e",
}  # fmt: skip
CATEGORY_KEYS = EFFECT_KEYS | {"code", "label_fi", "label_sv", "label_en", "own_factor"}
PART_NAMES = ("price", "volume", "mix", "intensity", "unsplit", "edition", "perimeter")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "follow-up.md"


def keino(*arguments: object) -> subprocess.CompletedProcess[str]:
    return in_this_process("followup", *arguments)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """The smallest of the towns, which hands social and health services over at the turn of 2023."""
    towns = write_towns(tmp_path_factory.mktemp("towns"), years=(2022, 2023))
    return next(each for each in towns if each.key == "inkopsvik")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two purchases in each year, and a row that can't be read."""
    path = tmp_path / "ostot.csv"
    path.write_text(
        "Tositepvm;Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Summa (alv 0%)\n"
        "5.1.2022;4520;Elintarvikkeet;Keittiö;Keksitty Tukku Oy;1000,00\n"
        "6.1.2022;4569;Sähkö ja kaasu;Keittiö;Esimerkkienergia Oy;500,00\n"
        "5.1.2023;4520;Elintarvikkeet;Keittiö;Keksitty Tukku Oy;1100,00\n"
        "6.1.2023;4569;Sähkö ja kaasu;Keittiö;Esimerkkienergia Oy;400,00\n"
        "7.1.2023;4520;Elintarvikkeet;Keittiö;Keksitty Tukku Oy;ei tiedossa\n",
        encoding="utf-8",
    )
    return path


def years(*more: object) -> tuple[object, ...]:
    return ("--from", 2022, "--to", 2023, *more)


@pytest.fixture(scope="module")
def followed(town: Town, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """What is printed of the town as JSON, and the folder that is written: from a shell, once for all tests."""
    folder = tmp_path_factory.mktemp("followed") / "out"
    done = in_own_process("followup", *town.files, *years("--out", folder, "--json"))
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout), folder


@pytest.fixture(scope="module")
def content(followed: tuple[Any, Path]) -> Any:
    return followed[0]


def test_json_has_the_documented_keys(content: Any) -> None:
    assert content.keys() == KEYS | EFFECT_KEYS
    assert all(part.keys() == CATEGORY_KEYS for part in content["by_category"])
    page = PAGE.read_text(encoding="utf-8")
    assert {key for key in KEYS | CATEGORY_KEYS if f"`{key}`" not in page} == set()


def test_parts_add_up_to_the_change(content: Any) -> None:
    for part in (content, *content["by_category"]):
        parts = sum(part[f"{name}_kgco2e"] or 0.0 for name in PART_NAMES)
        scale = max(abs(part["footprint_from_kgco2e"]), abs(part["footprint_to_kgco2e"]))
        assert abs(parts - part["change_kgco2e"]) <= 1e-9 * scale
    assert sum(Decimal(part["spend_from"]) for part in content["by_category"]) == Decimal(content["spend_from"])


def test_years_are_those_of_the_footprint_command(town: Town, content: Any) -> None:
    done = in_this_process("footprint", *town.files, "--json")
    assert done.returncode == 0
    by_year = {part["year"]: part["footprint_kgco2e"] for part in json.loads(done.stdout)["by_year"]}
    assert content["footprint_from_kgco2e"] == pytest.approx(by_year[2022], rel=1e-12)
    assert content["footprint_to_kgco2e"] == pytest.approx(by_year[2023], rel=1e-12)


def test_a_handed_over_task_leaves_volume_and_mix_alone(town: Town, content: Any) -> None:
    moved = ("--moved-category", "CARE.MIXED", "--moved-category", "CARE.PUBLIC", "--moved-category", "MED")
    apart = json.loads(keino(*town.files, *years("--json", *moved)).stdout)
    codes = {"CARE.MIXED", "CARE.PUBLIC", "MED.SUPPLIES", "MED.MEDICINES", "MED.DEVICES"}
    of_them = [part["change_kgco2e"] for part in content["by_category"] if part["code"] in codes]
    assert apart["perimeter_kgco2e"] == pytest.approx(sum(of_them))
    assert apart["change_kgco2e"] == pytest.approx(content["change_kgco2e"])
    assert abs(apart["mix_kgco2e"]) < abs(content["mix_kgco2e"]) / 5
    assert abs(apart["volume_kgco2e"]) < abs(content["volume_kgco2e"]) / 5


def test_files_hold_what_is_printed(followed: tuple[Any, Path]) -> None:
    content, folder = followed
    assert {path.name for path in folder.iterdir()} == {"followup.json", "followup.csv", "manifest.json"}
    assert json.loads((folder / "followup.json").read_text(encoding="utf-8")) == content
    with (folder / "followup.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [row["code"] for row in rows] == [part["code"] for part in content["by_category"]]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_text_shows_every_part_and_the_measures(small: Path, tmp_path: Path, language: str) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text("measure,category,year,reduction_kgco2e\nGrön mat,FOOD,2023,5000\n", encoding="utf-8")
    done = keino(small, *years("--lang", language, "--plan", plan, "--top", 1))
    assert done.returncode == 0
    assert "Grön mat" in done.stdout
    assert "None" not in done.stdout
    assert "nan" not in done.stdout


def test_exit_codes(small: Path, tmp_path: Path) -> None:
    assert keino(small).returncode == 2  # the years are missing
    assert keino(small, "--from", 2023, "--to", 2022).returncode == 2
    unknown = keino(small, "--from", 2019, "--to", 2023)
    assert (unknown.returncode, "2019" in unknown.stderr) == (2, True)
    assert keino(small, *years("--moved-unit", "Nowhere")).returncode == 2
    assert in_own_process("followup", tmp_path / "missing.csv", *years()).returncode == 3


def test_strict_ends_with_1_when_rows_were_rejected(small: Path) -> None:
    assert keino(small, *years()).returncode == 0
    assert keino(small, *years("--strict")).returncode == 1


def test_every_code_has_words() -> None:
    assert set(REASONS) == set(measured_path.REASONS)
    assert set(ANSWERS) == {"shown", "not_shown", "cannot_be_told"}
    assert tuple(PARTS) == PART_NAMES
