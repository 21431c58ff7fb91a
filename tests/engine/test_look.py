"""One ledger as people look at it: its columns also where it can't be read, its first rows, its rejected rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from keino.engine.ingest.chosen_columns import chosen_mapping
from keino.engine.ingest.mapping_file import mapping_from_text, mapping_text
from keino.engine.ingest.problems import EmptyFile
from keino.engine.ingest.reading import ReadOptions
from keino.engine.look import first_rows, header_key, look, read_one
from keino.engine.rejected import (
    NotRejectedRows,
    count_rejected,
    mended_csv,
    rejected_csv,
    rejected_header,
    rejected_page,
    rejected_rows,
    rows_of_mended_csv,
)
from keino.errors import KeinoError

HEADER = "Tositenumero;Tositepäivämäärä;Tilinumero;Toimittajan nimi;Netto"
PLAIN = ReadOptions()


def ledger(folder: Path, good: int = 30, bad: int = 2, header: str = HEADER) -> Path:
    rows = [f"{n};{n % 28 + 1}.5.2023;4340;Firma {n} Oy;{n},25" for n in range(1, good + 1)]
    rows += [f"{900 + n};1.5.2023;4340;=Virhe {n};?" for n in range(1, bad + 1)]
    path = folder / "ostot.csv"
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


def test_look_names_columns_with_samples(tmp_path: Path) -> None:
    seen = look(ledger(tmp_path), PLAIN)
    assert [column.meaning for column in seen.columns] == [
        "voucher_id", "doc_date", "account_code", "supplier_name", "amount_net",
    ]  # fmt: skip
    assert seen.columns[4].values == ("1,25", "2,25", "3,25", "4,25", "5,25")
    assert (seen.header_row, seen.decimal, seen.dates) == (1, ",", ("%d.%m.%Y",))


def test_look_sees_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Alfa;Beta\n" + "x;1\ny;2\n" * 20, "utf-8")
    assert [column.header for column in look(path, PLAIN).columns] == ["Alfa", "Beta"]
    with pytest.raises(KeinoError):
        read_one(path, PLAIN)


def test_look_passes_over_a_mapping_that_does_not_fit(tmp_path: Path) -> None:
    options = ReadOptions(mapping=mapping_from_text('header_row = 399\n[columns]\namount_net = "No such heading"\n'))
    assert look(ledger(tmp_path), options).columns[4].meaning == "amount_net"


def test_look_refuses_what_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(EmptyFile):
        look(tmp_path / "empty.csv", PLAIN)


def test_header_key_knows_the_same_headings_again() -> None:
    key = header_key(("Netto", "Päivä", ""))
    assert key == header_key(("\ufeffNETTO ", " päivä"))
    assert key != header_key(("Päivä", "Netto"))
    assert header_key(()) == header_key(("", " ")) == ""


def test_first_rows_are_purchases_in_file_order(tmp_path: Path) -> None:
    rows = first_rows(ledger(tmp_path), PLAIN, limit=3)
    assert [(row.row, row.date, row.supplier, row.account, row.amount) for row in rows] == [
        (2, "2023-05-02", "Firma 1 Oy", "4340", Decimal("1.25")),
        (3, "2023-05-03", "Firma 2 Oy", "4340", Decimal("2.25")),
        (4, "2023-05-04", "Firma 3 Oy", "4340", Decimal("3.25")),
    ]


def test_rejected_rows_are_kept_page_by_page(tmp_path: Path) -> None:
    folder = tmp_path / "rejected"
    one = read_one(ledger(tmp_path, bad=7), PLAIN, rejected=folder)
    assert one.reading.rejected == count_rejected(folder) == 7
    assert rejected_header(folder) == tuple(HEADER.split(";"))
    assert [row.row for row in rejected_page(folder, offset=5, limit=5)] == [37, 38]
    assert rejected_page(folder, reason="no_amount") == ()
    assert rejected_rows(folder, [32, 2, 99])[32].cells == ("901", "1.5.2023", "4340", "=Virhe 1", "?")
    assert rejected_rows(folder, []) == {}


def test_no_folder_without_rejected_rows(tmp_path: Path) -> None:
    read_one(ledger(tmp_path, bad=0), PLAIN, rejected=tmp_path / "rejected")
    assert not (tmp_path / "rejected").exists()


def test_mended_rows_are_read_as_the_ledger_was(tmp_path: Path) -> None:
    folder = tmp_path / "rejected"
    one = read_one(ledger(tmp_path), PLAIN, rejected=folder)
    rows = {row.row: [*row.cells[:-1], "12,50"] for row in rejected_page(folder)}
    mended = tmp_path / "mended.csv"
    mended.write_bytes(mended_csv(rejected_header(folder), rows.items()))
    again = read_one(mended, ReadOptions(mapping=mapping_from_text(mapping_text(one.as_read))))
    assert (again.reading.rows, again.reading.accepted, again.reading.amount_total) == (2, 2, Decimal("25.00"))
    assert again.reading.mapping.keys() == one.reading.mapping.keys()


def test_rejected_csv_comes_back_as_it_went(tmp_path: Path) -> None:
    folder = tmp_path / "rejected"
    read_one(ledger(tmp_path), PLAIN, rejected=folder)
    text = "".join(rejected_csv(folder))
    assert "'=Virhe 1" in text  # no spreadsheet program runs it
    header, rows = rows_of_mended_csv(text)
    assert header == rejected_header(folder)
    assert rows == {row.row: row.cells for row in rejected_page(folder)}


@pytest.mark.parametrize(
    "text", ["", "a;b\n1;2\n", "keino_row;other\n1;2\n", "keino_row;keino_reason\nx;\n", "keino_row"]
)
def test_other_texts_are_no_rejected_rows(text: str) -> None:
    with pytest.raises(NotRejectedRows):
        rows_of_mended_csv(text)


def test_chosen_mapping_names_headings_and_numbers() -> None:
    chosen = chosen_mapping(
        ["Netto", "Päivä", "", "Sama", "Sama"],
        {1: "amount_net", 2: "posting_date", 3: "supplier_name", 4: "description", 5: ""},
        {2: ["03/04/2023", "05/06/2023"]},
        date_order="month_first",
        currency="SEK",
        decimal="",
    )
    used = {name: place for name, place in chosen.columns.items() if place != ""}
    assert used == {"amount_net": "Netto", "posting_date": "Päivä", "supplier_name": 3, "description": 4}
    assert (chosen.dates, chosen.currency, chosen.decimal) == (("%m/%d/%Y",), "SEK", None)


def test_styles_of_chosen_columns_are_their_own(tmp_path: Path) -> None:
    """keino guessed no amount; the chosen column's decimal comma and dates are read from its own values."""
    path = tmp_path / "odd.csv"
    rows = [f"{n % 28 + 1}/5/2023;{n},25;{n}" for n in range(1, 30)]
    path.write_text("\n".join(["Alfa;Beta;Gamma", *rows]) + "\n", "utf-8")
    mapping = mapping_from_text('[columns]\nposting_date = "Alfa"\namount_net = "Beta"\n')
    reading = read_one(path, ReadOptions(mapping=mapping)).reading
    assert (reading.accepted, reading.decimal, reading.amount_total) == (29, ",", Decimal("442.25"))
