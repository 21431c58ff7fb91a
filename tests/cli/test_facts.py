"""``keino facts``: lists, rows, citations, what is due, imports; as text and as JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from keino.cli.facts import command
from keino.cli.main import main
from keino.errors import FactsError, UsageError
from keino.facts.read import read, sources, table_names

CPV = "CODE;EN;FI\n75121000-1;Administrative educational services;Koulutusalan hallinnolliset palvelut\n"


@pytest.fixture(autouse=True)
def own_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "facts"
    monkeypatch.setenv("KEINO_FACTS", str(folder))
    read.cache_clear()
    return folder


def facts(*words: str, language: str = "en") -> str:
    """What the command prints; any failure is raised."""
    result: Result = CliRunner().invoke(command, [*words, "--lang", language], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def answer(*words: str) -> dict:
    return json.loads(facts(*words, "--json"))


@pytest.fixture
def cpv_file(tmp_path: Path) -> Path:
    path = tmp_path / "cpv.csv"
    path.write_text(CPV, encoding="utf-8")
    return path


# ---- list


def test_list_names_every_table_with_edition_rows_and_licences() -> None:
    tables = {entry["name"]: entry for entry in answer("list")["tables"]}
    assert tuple(tables) == table_names()
    factors = tables["emission_factors"]
    assert (factors["edition"], factors["rows"]) == (
        read("emission_factors").edition,
        len(read("emission_factors").rows),
    )
    assert factors["licences"] == sorted({sources()["figaro_fi"]["licence"], sources()["defra_sic"]["licence"]})


@pytest.mark.parametrize(
    ("language", "title"), [("fi", "Päästökertoimet"), ("sv", "Utsläppskoefficienter"), ("en", "Emission factors")]
)
def test_list_has_titles_in_the_readers_language(language: str, title: str) -> None:
    line = next(line for line in facts("list", language=language).splitlines() if line.startswith("emission_factors"))
    assert title in line


# ---- show


def test_show_gives_rows_with_unit_and_source() -> None:
    found = answer("show", "emission_factors", "--where", "factor_set=fi_figaro", "--where", "year=2023")
    assert found["rows_found"] == len(found["rows"]) == 62
    crops = next(row for row in found["rows"] if row["product"] == "A01")
    # 1769.03 kg per 1000 euros: FIGARO monetary emission factors 26ed, 2023, FI, A01
    assert (crops["value"], crops["unit"], crops["year"], crops["source"]) == (1.76903, "kgCO2e/EUR", 2023, "figaro_fi")
    assert [source["key"] for source in found["sources"]] == ["figaro_fi"]


def test_show_as_text_names_unit_and_publication() -> None:
    text = facts("show", "emission_factors", "--where", "product=A01", "--where", "year=2023")
    row = next(line for line in text.splitlines() if line.startswith("fi_figaro"))
    assert row.split()[:5] == ["fi_figaro", "A01", "2023", "1.76903", "kgCO2e/EUR"]
    assert "figaro_fi: Ecodex, FIGARO monetary emission factors" in text
    assert "Maatalouden" not in text


def test_show_limits_text_but_says_how_many_there_are() -> None:
    count = len(read("categories").rows)
    assert f"20 of {count} rows." in facts("show", "categories")
    assert f"3 of {count} rows." in facts("show", "categories", "--limit", "3")
    assert len(answer("show", "categories")["rows"]) == count


def test_show_as_csv_is_the_table_itself() -> None:
    rows = list(csv.DictReader(io.StringIO(facts("show", "categories", "--csv"))))
    assert rows == list(read("categories").rows)


def test_show_compares_numbers_as_numbers_and_text_without_case() -> None:
    found = answer("show", "account_categories", "--where", "confidence=0.90", "--where", "chart=FI_municipal")
    rows = read("account_categories").rows
    expected = [row for row in rows if float(row["confidence"]) == 0.9 and row["chart"] == "fi_municipal"]
    assert [row["account_from"] for row in found["rows"]] == [row["account_from"] for row in expected]
    assert expected


def test_show_takes_any_of_several_values_of_one_column() -> None:
    found = answer("show", "categories", "--where", "code=HEAT", "--where", "code=HEAT.OIL")
    assert [row["code"] for row in found["rows"]] == ["HEAT", "HEAT.OIL"]


def test_show_without_a_fitting_row_says_so() -> None:
    assert "No row is like this." in facts("show", "categories", "--where", "code=NOWHERE")
    assert answer("show", "categories", "--where", "code=NOWHERE")["rows"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["show", "emision_factors"], "no fact table called emision_factors. The nearest: emission_factors"),
        (["show", "categories", "--where", "lable_fi=x"], "no column lable_fi. The nearest: label_fi"),
        (["show", "categories", "--where", "code"], "code is no condition. Write column=value"),
        (["show", "categories", "--edition", "1999-1"], "has no edition 1999-1. Editions: 2026-1"),
        (["cite", "figaro_f"], "no source called figaro_f. The nearest: figaro_fi"),
        (["cite", "figaro_fi", "--where", "year=2023"], "figaro_fi is a source"),
    ],
)
def test_mistyped_names_are_refused_with_the_nearest(words: list[str], sentence: str) -> None:
    with pytest.raises((UsageError, FactsError)) as caught:
        facts(*words)
    assert sentence in str(caught.value)


def test_mistyped_name_ends_the_command_with_2_and_no_json(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["facts", "show", "nothing", "--json"])
    assert ended.value.code == 2
    assert capsys.readouterr().out == ""


def test_json_and_csv_at_once_are_refused() -> None:
    assert CliRunner().invoke(command, ["show", "categories", "--json", "--csv"]).exit_code == 2


# ---- cite


def test_cite_names_every_publication_behind_the_chosen_rows() -> None:
    found = answer("cite", "emission_factors", "--where", "product=A01", "--where", "year=2023")
    [source] = found["citations"]
    assert {name: source[name] for name in sources()["figaro_fi"]} == sources()["figaro_fi"]
    assert (source["rows"], source["locators"]) == (
        1, ["figaro_purchaser_price_factors_26ed.csv: 2023 FI A01 total_purchaser_prices_with_margins / 1000"],
    )  # fmt: skip


def test_cite_of_a_key_gives_that_publication() -> None:
    text = facts("cite", "defra_sic")
    source = sources()["defra_sic"]
    assert all(source[name] in text for name in ("citation", "producer", "title", "licence"))


def test_cite_without_a_name_gives_all_publications() -> None:
    assert [source["key"] for source in answer("cite")["citations"]] == list(sources())


# ---- due


def test_due_counts_the_rows_past_their_date() -> None:
    found = answer("due", "--date", "2027-07-01")
    late = {name: sum(row["review_by"] < "2027-07-01" for row in read(name).rows) for name in table_names()}
    assert found["rows"] == sum(late.values()) > 0
    assert {group["table"] for group in found["due"]} == {name for name, count in late.items() if count}
    assert all(len(group["keys"]) == group["rows"] for group in found["due"])


def test_due_starts_the_day_after_the_date() -> None:
    row = read("exchange_rates").rows[0]
    on_the_day = answer("due", "--date", row["review_by"])["due"]
    assert "exchange_rates" not in {group["table"] for group in on_the_day}


def test_nothing_due_is_said_and_ends_with_0() -> None:
    assert facts("due", "--date", "2020-01-01") == "No fact is past its review date on 1 January 2020.\n"
    assert answer("due", "--date", "2020-01-01") == {"date": "2020-01-01", "rows": 0, "due": []}


def test_due_on_no_date_is_refused() -> None:
    assert CliRunner().invoke(command, ["due", "--date", "soon"]).exit_code == 2


# ---- import


def test_imported_list_is_shown_cited_and_due(cpv_file: Path, own_facts: Path) -> None:
    imported = answer("import", "cpv", str(cpv_file), "--edition", "2026-4")
    assert (imported["table"], imported["edition"], imported["rows"]) == ("cpv_codes", "own-2026-4", 1)
    assert Path(imported["path"]).is_relative_to(own_facts)
    assert "Koulutusalan hallinnolliset palvelut" in facts("show", "cpv_codes", language="fi")
    assert "Administrative educational services" in facts("show", "cpv_codes", language="sv")
    [source] = answer("cite", "cpv_codes")["citations"]
    assert (source["key"], source["locators"]) == (imported["sources"][0], ["75121000-1"])
    assert "cpv_codes" in {group["table"] for group in answer("due", "--date", "2199-01-01")["due"]}
    assert "cpv_codes own-2026-4" in facts("list").splitlines()[-1]


def test_import_says_that_a_list_is_only_a_part(cpv_file: Path) -> None:
    assert "The whole list has 9,454 codes" in facts("import", "cpv", str(cpv_file))


def test_import_beside_a_table_of_the_package_says_that_results_stay(tmp_path: Path) -> None:
    path = tmp_path / "indices.csv"
    path.write_text(facts("show", "price_indices", "--csv"), encoding="utf-8")
    assert "Results stay as they were" in facts("import", "table", str(path))
    assert "own-" not in facts("show", "price_indices")
    editions = next(entry["editions"] for entry in answer("list")["tables"] if entry["name"] == "price_indices")
    assert facts("show", "price_indices", "--edition", editions[-1]).startswith(f"price_indices {editions[-1]}:")
    assert editions[-1].startswith("own-")


def test_import_into_an_unknown_table_is_refused(cpv_file: Path) -> None:
    with pytest.raises(UsageError, match="no fact table called price_index"):
        facts("import", "table", str(cpv_file), "--table", "price_index")


# ---- all


def test_help_answers_without_loading_heavy_rooms() -> None:
    code = (
        "import sys\nfrom keino.cli.main import main\n"
        "try:\n    main(['facts', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'duckdb', 'ibis', 'pandas', 'pyarrow', 'numpy', 'lxml', 'python_calamine', 'rich'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "use-facts.md"


@pytest.mark.parametrize("name", sorted(command.commands))
def test_every_command_has_an_example_in_the_page(name: str) -> None:
    assert f"\nkeino facts {name}" in PAGE.read_text("utf-8")


def examples() -> list[tuple[str, str]]:
    """Commands of the page with what it says they print; imports need a file, so they are left out."""
    found = re.findall(r"```sh\n([^`]*)```\s+```text\n([^`]*)```", PAGE.read_text("utf-8"))
    return [(words.strip(), printed) for words, printed in found if " import " not in words and "own-" not in printed]


@pytest.mark.parametrize(("line", "printed"), examples())
def test_page_prints_what_the_command_prints(line: str, printed: str) -> None:
    assert facts(*shlex.split(line)[2:]) == printed


def test_page_has_examples_that_can_be_compared() -> None:
    assert len(examples()) == 3
