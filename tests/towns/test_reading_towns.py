"""The example towns' ledgers as read equal what is true of them by construction (answers.json), to the cent."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from keino.towns import write_towns
from tests.engine.ingest.ledgers import read

YEARS = range(2020, 2025)
FILES = [
    *(f"ostoniemi/ostolaskut_{year}.csv" for year in YEARS),
    *(f"inkopsvik/inkopsfakturor_{year}.xlsx" for year in YEARS),
    *(f"esimerkkivirasto/hankinnat_{year}.tsv" for year in YEARS),
]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("towns")
    write_towns(folder)
    answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return folder, {file["file"]: file for town in answers["towns"] for file in town["files"]}


def test_every_file_of_every_town_is_tested(towns: tuple[Path, dict[str, Any]]) -> None:
    assert sorted(towns[1]) == sorted(FILES)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_town_ledger_is_read_as_it_was_made(towns: tuple[Path, dict[str, Any]], name: str) -> None:
    folder, answers = towns
    answer = answers[name]
    found = read(folder / name, columns=("account_code",))
    reading = found.reading
    assert reading.accepted + reading.repaired == answer["true_lines"]
    assert reading.amount_accepted + reading.amount_repaired == Decimal(answer["amount_total"])
    assert [row.number for row in found.rows if (row.note or "").startswith("rejected")] == answer["rejected_rows"]
    assert [row.row for row in reading.total_rows] == ([answer["total_row"]] if answer["total_row"] else [])
    assert reading.blank_rows == answer["blank_rows"] + answer["footer_rows"]
    assert reading.header_row == answer["header_row"]
    assert sum(row.amount < 0 for row in found.rows if is_line(row.note)) == answer["negative_lines"]
    sums: Counter[str] = Counter()
    for group in found.groups:
        sums[group.keys[0]] += group.amount
    assert sums == {account: Decimal(amount) for account, amount in answer["amount_by_account"].items()}


def is_line(note: str | None) -> bool:
    return note is None or note.startswith("repaired")
