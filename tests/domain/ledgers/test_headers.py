from __future__ import annotations

from pathlib import Path

import pytest

from keino.columns import LEDGER
from keino.domain.ledgers.headers import find_header, normalise_header
from keino.facts.read import read, sources
from tests.domain.ledgers.ledger_files import rows_of, words

DATA = [
    ["2021-01-04", "Apem Ltd", "120.50"],
    ["2021-01-05", "Dennis Eagle Limited", "98.00"],
    ["2021-01-05", "Cross Roads Care", "-3.10"],
]


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("NetAmount", "net amount"),
        ("ï»¿Body Name", "body name"),
        ("\ufeffBody", "body"),
        ("Toimittajan\n nro", "toimittajan nro"),
        ("Toimittajan  nimi", "toimittajan nimi"),
        ("Toimittaja\u00a0nro", "toimittaja nro"),
        ("G/L description.", "g l description"),
        ("Amount (£):", "amount"),
        ("ALV-KOODI", "alv koodi"),
        ("lasku_id", "lasku id"),
        ("Y‑tunnus", "y tunnus"),
        ("KirjauspÃ¤ivÃ¤", "kirjauspäivä"),
        ("1. Name", "name"),
        ("VATNumber", "vat number"),
    ],
)
def test_normalise_header(printed: str, plain: str) -> None:
    assert normalise_header(printed) == plain


def test_header_words_are_plain_unique_and_name_known_columns_and_sources() -> None:
    rows = read("header_words").rows
    assert all(normalise_header(row["words"]) == row["words"] for row in rows)
    keys = [(row["language"], row["words"], row["column"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["column"] for row in rows} <= {*LEDGER, "amount_basis", "currency_hint", "other"}
    assert {row["source"] for row in rows} <= set(sources())
    assert {row["strength"] for row in rows} == {"1", "2", "3"}
    assert {row["language"] for row in rows} == {"fi", "sv", "en"}
    amounts = [row for row in rows if row["column"] in ("amount_net", "amount_gross")]
    assert all(row["amount_basis"] in ("net", "gross", "unknown") for row in amounts)


@pytest.mark.parametrize("dictionary", ["pakolliset", "valinnaiset"])
def test_every_word_of_the_finnish_dictionary_means_something(shared_data: Path, dictionary: str) -> None:
    path = shared_data / "ledgers" / "fi_reference" / f"sarakesanakirja_osta_{dictionary}.csv"
    entries = [row[0] for row in rows_of(path)[1:]]
    assert entries
    assert [entry for entry in entries if not words().meanings(entry)] == []


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("Directotate", "unit_name"),
        ("Service divison label", "subunit_name"),
        ("Organistion Name", "buyer_name"),
        ("Oulun kaupungin Y-tunnus", "buyer_business_id"),
        ("Toimittaja / Leverantör", "supplier_name"),
        ("tilinnimi", "account_name"),
        ("summa(alv0%)", "amount_net"),
        ("Tositepaivamaara", "doc_date"),
        ("Belopp exkl. moms", "amount_net"),
        ("FO-nummer", "supplier_business_id"),
        ("Kostnadsställe", "cost_centre"),
    ],
)
def test_meanings_allow_slips_context_and_spelling(cell: str, column: str) -> None:
    assert words().meanings(cell)[0].column == column


@pytest.mark.parametrize(
    "cell", ["", "Xqz", "Myönnetty EU- ja valtion rahoitus", "Kopējais finansējums", "beviljat_belopp_sek"]
)
def test_unknown_words_mean_nothing(cell: str) -> None:
    assert words().meanings(cell) == ()


def test_header_on_the_first_row() -> None:
    header = find_header([["Date", "Supplier", "Amount"], *DATA], words())
    assert header is not None
    assert (header.index, header.span, header.first_data_row) == (0, 1, 1)


def test_header_below_titles_and_blanks() -> None:
    rows = [["Ostolaskut 2021", "", ""], [], ["Päivitetty 3.1.2022", "", ""], ["Pvm", "Toimittaja", "Summa"], *DATA]
    header = find_header(rows, words())
    assert header is not None
    assert header.index == 3


def test_header_of_darlington_is_row_19_not_the_query_above_it(shared_data: Path) -> None:
    header = find_header(rows_of(shared_data / "ledgers" / "uk" / "darlington_2013-02.csv")[:80], words())
    assert header is not None
    assert header.index == 18
    assert header.cells[:3] == ("", "", "Directotate")


def test_header_over_two_rows() -> None:
    rows = [["Maksun", "Toimittajan", "Laskun summa"], ["päivämäärä", "nimi", "ilman ALV"], *DATA]
    header = find_header(rows, words())
    assert header is not None
    assert (header.index, header.span) == (0, 2)
    assert header.cells == ("Maksun päivämäärä", "Toimittajan nimi", "Laskun summa ilman ALV")


def test_merged_cells_above_the_header_are_carried_to_the_right() -> None:
    rows = [
        ["Toimittajan", "", "Laskun", ""],
        ["nimi", "maakoodi", "numero", "päivämäärä"],
        ["Apem Oy", "FI", "17", "2.1.2021"],
        ["Kone Oyj", "FI", "18", "3.1.2021"],
    ]
    header = find_header(rows, words())
    assert header is not None
    assert header.cells == ("Toimittajan nimi", "Toimittajan maakoodi", "Laskun numero", "Laskun päivämäärä")


def test_header_in_an_unknown_language_is_told_by_its_shape() -> None:
    header = find_header([["Datums", "Firma", "Summe"], *DATA], words())
    assert header is not None
    assert (header.index, header.score) == (0, 0.0)


def test_data_without_header_has_none() -> None:
    assert find_header(DATA, words()) is None
    assert find_header([], words()) is None


def test_repeated_and_unnamed_header_cells_are_kept() -> None:
    header = find_header([["Date", "", "Date", "Supplier", "Amount"], ["2021-01-04", "", "", "Apem", "1.50"]], words())
    assert header is not None
    assert header.cells == ("Date", "", "Date", "Supplier", "Amount")
