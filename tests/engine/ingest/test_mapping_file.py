from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keino.columns import LEDGER
from keino.domain.ledgers.mapping import ColumnMapping, map_columns
from keino.engine.ingest.mapping_file import (
    SavedMapping,
    apply_saved,
    mapping_text,
    read_mapping,
    saved_from,
    source_columns,
    write_mapping,
)
from keino.errors import UsageError
from tests.domain.ledgers.ledger_files import UK_FILES, mapped, words

HEADER = ("Pvm", "Summa", "Toimittajan  nimi", "", "Selite", "Selite")
ROWS = [["1.2.2021", "12,50", "Apem Oy", "x", "a", "b"], ["13.2.2021", "7,10", "Kone Oyj", "y", "c", "d"]]


def guess() -> ColumnMapping:
    return map_columns(HEADER, ROWS, words())


def written(tmp_path: Path, text: str, name: str = "oulu.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_hand_written_file_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        currency = "EUR"
        amount_basis = "gross"
        decimal = ","
        dates = ["%d.%m.%Y"]
        year = 2021
        encoding = "cp1252"
        delimiter = ";"
        header_row = 3
        sheet = "Ostot"

        [columns]
        amount_gross = "Summa"
        unit_name = 4

        [splits]
        account_code = "code_and_name"
        """,
    )
    assert read_mapping(path) == SavedMapping(
        columns={"amount_gross": "Summa", "unit_name": 4},
        currency="EUR",
        amount_basis="gross",
        decimal=",",
        dates=("%d.%m.%Y",),
        year=2021,
        encoding="cp1252",
        delimiter=";",
        header_row=3,
        sheet="Ostot",
        splits={"account_code": "code_and_name"},
    )


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)
saved_mappings = st.builds(
    SavedMapping,
    columns=st.dictionaries(st.sampled_from(sorted(LEDGER)), texts | st.integers(1, 99), max_size=6),
    currency=st.sampled_from([None, "EUR"]),
    amount_basis=st.sampled_from([None, "net", "gross"]),
    decimal=st.sampled_from([None, ",", "."]),
    thousands=st.sampled_from([None, "", " "]),
    dates=st.lists(texts, max_size=2).map(tuple),
    year=st.none() | st.integers(1990, 2100),
    encoding=st.none() | texts,
    delimiter=st.sampled_from([None, "\t", ";"]),
    header_row=st.none() | st.integers(0, 30),
    sheet=st.none() | texts,
    splits=st.dictionaries(st.sampled_from(sorted(LEDGER)), st.just("code_and_name"), max_size=2),
)


@given(saved=saved_mappings, ending=st.sampled_from(["toml", "json"]))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, saved: SavedMapping, ending: str
) -> None:
    path = tmp_path_factory.mktemp("mapping") / f"saved.{ending}"
    write_mapping(path, saved)
    assert read_mapping(path) == saved


def test_the_same_mapping_is_always_the_same_text() -> None:
    turned = SavedMapping(columns={"supplier_name": "Toimittaja", "amount_net": "Summa"}, currency="EUR")
    straight = SavedMapping(columns={"amount_net": "Summa", "supplier_name": "Toimittaja"}, currency="EUR")
    assert mapping_text(turned) == mapping_text(straight)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colums = 1", "There is no key colums. Near it: columns."),
        ("[columns]\namount_nett = 1", "There is no column amount_nett. Near it: amount_net"),
        ("[columns]\namount_net = 0", "column number from 1"),
        ("[columns]\namount_net = true", "column number from 1"),
        ('decimal = ";"', '“decimal” must be one of ",", ".".'),
        ('amount_basis = "netto"', "“amount_basis” must be one of"),
        ("dates = [1]", "“dates” must be a list"),
        ('year = "2021"', "“year” must be a whole number"),
        ("currency = 1", "“currency” must be text"),
        ('[splits]\naccount_code = "half"', "The split “half” of account_code"),
        ("columns = 3", "[columns] must give"),
        ("year = ", "not well formed at its end"),
        ("year = x\n", "not well formed in line 1, column 8"),
    ],
)
def test_wrong_files_are_refused_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_mapping(written(tmp_path, text))
    assert said in str(caught.value)
    assert "oulu.toml" in str(caught.value)


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"(?s)colour.*amount_nett"):
        read_mapping(written(tmp_path, "colour = 1\n[columns]\namount_nett = 1"))


def test_missing_and_binary_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file"):
        read_mapping(tmp_path / "none.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\x00\xfe")
    with pytest.raises(UsageError, match="not text in UTF-8"):
        read_mapping(tmp_path / "binary.toml")
    with pytest.raises(UsageError, match="must hold keys"):
        read_mapping(written(tmp_path, "[1]", "list.json"))


def test_headers_are_found_as_printed_and_in_plain_form() -> None:
    saved = SavedMapping(columns={"amount_net": "SUMMA:", "supplier_name": "Toimittajan nimi", "unit_name": 4})
    assert source_columns(saved, HEADER) == {"amount_net": 1, "supplier_name": 2, "unit_name": 3}


def test_unknown_headers_are_told_with_the_near_ones_and_all_at_once() -> None:
    saved = SavedMapping(columns={"supplier_name": "Toimittajan nimet", "amount_net": "Xyz", "unit_name": 9})
    with pytest.raises(UsageError) as caught:
        source_columns(saved, HEADER)
    message = str(caught.value)
    assert "supplier_name: there is no header “Toimittajan nimet”. Near it: Toimittajan  nimi." in message
    assert "amount_net: there is no header “Xyz”. The file has: Pvm, Summa," in message
    assert "unit_name: there is no column 9; the file has 6." in message


def test_a_header_that_stands_twice_needs_its_number() -> None:
    with pytest.raises(UsageError, match="stands over columns 5, 6; give the number"):
        source_columns(SavedMapping(columns={"description": "Selite"}), HEADER)


def test_a_saved_mapping_wins_over_the_guess_and_settles_its_choices() -> None:
    before = guess()
    assert [choice.code for choice in before.choices] == ["amount_net_or_gross"]
    after = apply_saved(SavedMapping(columns={"amount_gross": "Summa", "description": 6}, currency="SEK"), before)
    assert after.columns == {"amount_gross": 1, "doc_date": 0, "description": 5, "supplier_name": 2}
    assert (after.amount_basis, after.currency, after.choices, after.unmapped) == ("gross", "SEK", (), (3, 4))


def test_a_basis_alone_settles_the_amount() -> None:
    after = apply_saved(SavedMapping(columns={}, amount_basis="net"), guess())
    assert (after.columns, after.choices) == (guess().columns, ())


def test_an_empty_text_leaves_a_column_out() -> None:
    after = apply_saved(SavedMapping(columns={"supplier_name": ""}), guess())
    assert "supplier_name" not in after.columns


def test_a_saved_amount_is_missing_no_more() -> None:
    before = map_columns(["Datums", "Kopā"], [["2021-01-31", "1.50"], ["2021-01-30", "2.50"]], words())
    assert before.candidates == {"amount_net": (1,), "date": (0,)}
    after = apply_saved(SavedMapping(columns={"amount_net": "Kopā", "doc_date": "Datums"}), before)
    assert (after.missing, after.date_formats) == ((), {"doc_date": ("%Y-%m-%d",)})


@pytest.mark.parametrize("name", ["salford_2022-05.csv", "leeds_2011-03_raw.csv", "darlington_2017-04.csv"])
def test_a_saved_guess_gives_the_same_mapping_again(shared_data: Path, tmp_path: Path, name: str) -> None:
    assert name in UK_FILES
    before, _ = mapped(shared_data / "ledgers" / "uk" / name)
    path = tmp_path / "saved.toml"
    write_mapping(path, saved_from(before, year=2022, header_row=1))
    after = apply_saved(read_mapping(path), before)
    assert (after.columns, after.amount_basis, after.amount_decimal) == (before.columns, "net", ".")
    assert after.date_formats == before.date_formats


def test_unnamed_and_repeated_headers_are_saved_as_numbers() -> None:
    mapping = guess()
    saved = saved_from(apply_saved(SavedMapping(columns={"description": 5, "unit_name": 4}), mapping))
    assert (saved.columns["description"], saved.columns["unit_name"], saved.columns["amount_net"]) == (5, 4, "Summa")
