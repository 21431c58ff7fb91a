"""The command line contract: JSON keys, exit codes, sentences, and no traceback whatever it is fed."""

from __future__ import annotations

import csv
import json
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from keino import towns
from tests.factories.commands import in_own_process
from tests.factories.commands import in_this_process as keino

LEDGER = """Tositenumero;Tositepvm;Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Summa (alv 0%)
1;5.1.2023;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;1000,00
2;6.2.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;500,50
3;7.3.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;ei tiedossa
"""

CHECK_KEYS = {
    "path", "rows", "accepted", "repaired", "rejected", "amount_total", "amount_accepted", "amount_repaired",
    "amount_rejected", "currency", "mapping", "encoding", "delimiter", "decimal",
}  # fmt: skip
FOOTPRINT_KEYS = {
    "lines", "spend", "currency", "footprint_kgco2e", "low_kgco2e", "high_kgco2e", "coverage", "unclassified_share",
    "factor_edition", "by_category",
}  # fmt: skip
CATEGORY_KEYS = {
    "code", "label_fi", "label_sv", "label_en", "spend", "footprint_kgco2e", "low_kgco2e", "high_kgco2e", "lines",
}  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ostot.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return path


def as_json(*arguments: object) -> Any:
    return json.loads(keino(*arguments, "--json").stdout)


def test_check_gives_the_promised_keys(ledger: Path) -> None:
    (found,) = as_json("check", ledger)["files"]
    assert found.keys() >= CHECK_KEYS
    assert (found["rows"], found["accepted"], found["rejected"]) == (3, 2, 1)
    assert found["amount_total"] == "1500.50"
    assert isinstance(found["amount_accepted"], str)


def test_footprint_gives_the_promised_keys(ledger: Path) -> None:
    found = as_json("footprint", ledger)
    assert found.keys() >= FOOTPRINT_KEYS
    assert found["spend"] == "1500.50"
    assert all(part.keys() >= CATEGORY_KEYS for part in found["by_category"])
    assert sum(Decimal(part["spend"]) for part in found["by_category"]) == Decimal(found["spend"])


def test_json_goes_alone_to_stdout(ledger: Path) -> None:
    done = in_own_process("footprint", ledger, "--json")
    json.loads(done.stdout)
    assert done.stderr == ""
    assert done.returncode == 0


def test_strict_ends_with_1_when_rows_were_rejected(ledger: Path) -> None:
    assert keino("check", ledger).returncode == 0
    assert in_own_process("check", ledger, "--strict").returncode == 1
    assert keino("footprint", ledger, "--strict", "--json").returncode == 1


def test_wrong_usage_ends_with_2(ledger: Path) -> None:
    assert keino("footprint").returncode == 2
    assert keino("footprint", ledger, "--factors", "mars").returncode == 2
    assert keino("footprint", ledger, "--engine", "sc://127.0.0.1:1").returncode == 2
    assert in_own_process("nonsense").returncode == 2


def test_unreadable_file_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "tyhjä.csv").write_bytes(b"")
    done = in_own_process("check", tmp_path / "tyhjä.csv")
    assert done.returncode == 3
    assert "tyhjä.csv" in done.stderr
    assert keino("footprint", tmp_path / "puuttuu.csv").returncode == 3


def test_check_goes_on_after_a_file_that_cannot_be_read(ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "rikki.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = keino("check", tmp_path / "rikki.xlsx", ledger, "--json")
    content = json.loads(done.stdout)
    assert [each["path"] for each in content["files"]] == [str(ledger)]
    assert content["errors"][0]["code"]
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Hankinnat vuonna 2023"), ("sv", "Inköpen år 2023"), ("en", "Purchases in 2023")],
)
def test_footprint_speaks_three_languages(ledger: Path, language: str, words: str) -> None:
    shown = keino("footprint", ledger, "--lang", language).stdout
    assert words in shown


def test_language_follows_the_terminal(ledger: Path) -> None:
    assert "Hankinnat vuonna 2023" in keino("footprint", ledger, LANG="fi_FI.UTF-8").stdout


def test_coverage_comes_before_the_footprint(ledger: Path) -> None:
    shown = keino("footprint", ledger).stdout
    assert shown.index("rejected") < shown.index("tonnes")


def test_report_folder_holds_everything(ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "report"
    done = keino("footprint", ledger, "--out", out, "--lang", "sv", "--organisation", "Exempelstad")
    assert done.returncode == 0
    names = {path.name for path in out.iterdir()}
    assert names == {
        "report.html", "report.xlsx", "lines.csv", "lines.parquet", "manifest.json", "rejected-ostot.csv",
    }  # fmt: skip
    assert 'lang="sv"' in (out / "report.html").read_text(encoding="utf-8")


def test_mapping_is_written_and_wins(ledger: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "ostot.toml"
    assert keino("check", ledger, "--write-mapping", mapping).returncode == 0
    text = mapping.read_text(encoding="utf-8")
    assert 'amount_net = "Summa (alv 0%)"' in text
    mapping.write_text(text.replace('unit_name = "Toimielin"', 'unit_name = ""'), encoding="utf-8")
    (found,) = as_json("check", ledger, "--mapping", mapping)["files"]
    assert "unit_name" not in found["mapping"]


def test_demo_writes_three_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one year, since each of the five is written and read alike; the tutorial's test runs the whole demo."""
    monkeypatch.setattr(towns, "write_towns", partial(towns.write_towns, years=(2023,)))
    done = keino("demo", "--out", tmp_path / "demo", "--lang", "fi")
    assert done.returncode == 0
    reports = sorted(path.parent.name for path in (tmp_path / "demo").glob("*/report.html"))
    assert reports == ["esimerkkivirasto", "inkopsvik", "ostoniemi"]
    assert done.stdout.count("kasvihuonekaasupäästöjä") == 3


def _independent(path: Path) -> tuple[int, Decimal]:
    """Rows and sum of a UK ledger, read with the standard library alone: rows that have an amount in its column."""
    columns = {
        "calderdale": "Net Amount", "darlington": "Invoice Line Value (net of VAT)", "devon": "Amount",
        "gateshead": "Amount", "leeds_2011": "Net amount", "leeds_2012": "NetAmount", "manchester": "Net Amount",
        "northtyneside": "Net Amount", "salford": "Net", "tfl": "Amount",
    }  # fmt: skip
    name = next(column for start, column in columns.items() if path.name.startswith(start))
    rows, total = 0, Decimal(0)
    with path.open(encoding="latin-1", newline="") as stream:
        reader = csv.reader(stream)
        place = next(row.index(name) for row in reader if name in row)
        for row in reader:
            text = row[place].strip() if place < len(row) else ""
            filled = sum(1 for cell in row if cell.strip())
            if not text or filled < 2:  # blank rows; the one TOTAL row of Leeds 2012-12 has nothing but its sum
                continue
            try:
                total += Decimal(text)
            except InvalidOperation as error:
                raise AssertionError((path.name, row)) from error
            rows += 1
    return rows, total


def test_every_real_ledger_reconciles_with_an_independent_reading(shared_data: Path) -> None:
    paths = sorted((shared_data / "ledgers" / "uk").glob("*.csv"))
    found = {Path(each["path"]).name: each for each in as_json("check", *paths)["files"]}
    assert len(found) == len(paths) == 17
    for path in paths:
        each = found[path.name]
        rows, total = _independent(path)
        assert each["rows"] == each["accepted"] + each["repaired"] + each["rejected"] == rows, path.name
        parts = (each["amount_accepted"], each["amount_repaired"], each["amount_rejected"])
        # Devon prints some amounts with the noise of binary fractions (5727.759999…): to the cent it is the same
        assert Decimal(each["amount_total"]) == sum(map(Decimal, parts)), path.name
        assert round(Decimal(each["amount_total"]), 2) == round(total, 2), path.name


def test_leeds_total_row_is_reported_not_counted(shared_data: Path) -> None:
    (found,) = as_json("check", shared_data / "ledgers" / "uk" / "leeds_2012-12.csv")["files"]
    assert [(row["row"], row["amount"], row["kind"]) for row in found["total_rows"]] == [
        (9612, "72875039.12", "grand_total")
    ]
    assert found["amount_total"] == "72875039.12"


def test_parquet_and_paimio_reconcile(shared_data: Path) -> None:
    import pyarrow.parquet as pq

    exeter = shared_data / "ledgers" / "uk" / "exeter_2022.parquet"
    paimio = shared_data / "ledgers" / "fi" / "paimio_2020_2023_part.csv"
    amounts = [Decimal(str(value)) for value in pq.read_table(exeter)["amount"].to_pylist() if value is not None]
    with paimio.open(encoding="utf-8", newline="") as stream:
        own = [Decimal(row["Summa (alv 0%)"].replace(",", ".")) for row in csv.DictReader(stream, delimiter=";")]
    found = as_json("check", exeter, paimio)["files"]
    assert [Decimal(each["amount_total"]) for each in found] == [sum(amounts), sum(own)]
    assert [each["accepted"] + each["repaired"] for each in found] == [len(amounts), len(own)]


def test_foreign_lists_never_crash_and_give_no_amount(shared_data: Path) -> None:
    folder = shared_data / "ledgers" / "eu_lists"
    paths = [path for path in sorted(folder.iterdir()) if path.suffix in (".csv", ".xlsx", ".xls", ".json")]
    content = as_json("check", *paths)
    assert content["files"] == []
    assert len(content["errors"]) == len(paths)
    assert all(error["message"].startswith(Path(error["path"]).name) for error in content["errors"])


def test_imported_factors_are_used_only_by_name_and_bring_their_source(
    ledger: Path, tmp_path: Path, shared_data: Path
) -> None:
    own = {"KEINO_FACTS": str(tmp_path / "facts")}
    extract = shared_data / "factors" / "figaro_fi_purchaser_price_factors_2015_2023.csv"
    imported = json.loads(
        in_own_process("facts", "import", "figaro", extract, "--country", "FI", "--json", **own).stdout
    )
    edition = imported["edition"]
    out = tmp_path / "out"
    assert "own-" not in in_own_process("footprint", ledger, "--json", **own).stdout
    done = in_own_process("footprint", ledger, "--factors", f"fi@{edition}", "--out", out, "--json", **own)
    assert json.loads(done.stdout)["factor_edition"].endswith(edition)
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert {factor["source"] for factor in content["factors"]} <= set(content["sources"])
    assert all(factor["product_label_fi"] for factor in content["factors"])
