"""Which chart of accounts a ledger uses, told from its own numbers and names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from keino.domain.ledgers.account_charts import charts, names_agree, recognise_chart
from keino.facts.read import read

ACCOUNTS = read("account_categories").rows


def pairs_of(path: Path, delimiter: str, code: str, name: str, encoding: str = "utf-8-sig") -> list[tuple[str, str]]:
    with path.open(encoding=encoding, newline="") as stream:
        return [(row[code] or "", row[name] or "") for row in csv.DictReader(stream, delimiter=delimiter)]


def test_paimio_is_recognised_with_and_without_names(shared_data: Path) -> None:
    pairs = pairs_of(shared_data / "ledgers/fi/paimio_2020_2023_part.csv", ";", "Tilinumero", "Tilin nimi")
    assert recognise_chart(pairs, ACCOUNTS) == "fi_municipal"
    assert recognise_chart([(code, "") for code, _ in pairs], ACCOUNTS) == "fi_municipal"


@pytest.mark.parametrize(
    ("file", "code", "name"),
    [
        ("devon_201104.csv", "Expense Code", "Expense Type"),
        ("devon_202503.csv", "Expense Code", "Expense Type"),
        ("calderdale_2019-06.csv", "Expense Code", "Procurement Classification: Council's Procurement Category Name"),
        ("leeds_2012-12.csv", "DetailedExpenditureCode", "DetailedExpenditureType"),
        ("northtyneside_2022-05_p.csv", "SeRCOP Detailed Expenditure Code", "Purpose of Spend"),
    ],
)
def test_expense_codes_of_uk_councils_are_not_taken_for_finnish_accounts(
    shared_data: Path, file: str, code: str, name: str
) -> None:
    pairs = pairs_of(shared_data / "ledgers/uk" / file, ",", code, name)
    assert recognise_chart(pairs, ACCOUNTS) is None
    assert recognise_chart([(code, "") for code, _ in pairs], ACCOUNTS) is None


def test_swedish_names_of_the_finnish_chart_are_recognised() -> None:
    pairs = [
        ("4520", "Livsmedel"),
        ("4568", "Uppvärmning"),
        ("4569", "El och gas"),
        ("4820", "Hyror för byggnader"),
        ("4391", "Gator"),
    ]
    assert recognise_chart(pairs, ACCOUNTS) == "fi_municipal"


def test_right_numbers_under_other_names_are_another_chart() -> None:
    # BAS, the chart of Swedish companies, uses the same numbers for other accounts
    pairs = [("4340", "Inköp av varor"), ("4400", "Inköp utland"), ("4510", "Inköp EU"), ("4600", "Legoarbeten")]
    assert recognise_chart(pairs, ACCOUNTS) is None


def test_few_numbers_without_names_recognise_nothing() -> None:
    assert recognise_chart([("4340", ""), ("4520", "")], ACCOUNTS) is None
    assert recognise_chart([], ACCOUNTS) is None


@pytest.mark.parametrize(
    ("number", "name", "agrees"),
    [
        ("4342", "ICT- palvelut", True),
        ("4530", "Vaatteisto ja tekstiilit", True),
        ("4350", "Painatukset ja ilmoitukset", True),
        ("4830", "Koneiden ja laitteiden vuokrat (pl. ICT)", True),
        ("4340", "Toimistopalvelut", False),
        ("4570", "Muu materiaali", False),
    ],
)
def test_names_agree_when_they_share_half_of_their_words(number: str, name: str, agrees: bool) -> None:
    row = charts(ACCOUNTS)["fi_municipal"].find(number)
    assert row is not None
    assert names_agree(name, row) is agrees
