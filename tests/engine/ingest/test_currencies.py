from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.ingest.ledgers import WAYS, read, total
from tests.engine.ingest.ledgers import ledger as write

HEADER = "Reference;Date;Supplier name;Currency;Net amount"
PLAIN = "Reference;Date;Supplier name;Net amount"


def rows(number: int, currency: str = "EUR", first: int = 1) -> list[str]:
    return [f"{n};{n % 28 + 1}.3.2023;Firm {n};{currency};{n},50" for n in range(first, first + number)]


def plain(number: int = 40, supplier: str = "Firm") -> list[str]:
    return [f"{n};{n % 28 + 1}.3.2023;{supplier} {n};{n},50" for n in range(1, number + 1)]


@pytest.mark.parametrize("way", WAYS)
def test_lines_in_another_currency_are_set_apart_and_not_added(tmp_path: Path, way: str) -> None:
    mixed = [*rows(60), *rows(5, "SEK", 100), *rows(3, "usd", 200), *rows(4, "€", 300), *rows(2, "", 400)]
    found = read(write(tmp_path / "l.csv", mixed, HEADER), way)
    numbers = [*range(1, 61), *range(300, 304), *range(400, 402)]
    reading = found.reading
    assert (reading.currency, reading.accepted, reading.amount_accepted) == ("EUR", 66, total(numbers))
    assert (reading.rejected, reading.amount_rejected) == (8, 0)
    assert [(rejection.reason, rejection.rows, rejection.sample_row) for rejection in reading.rejections] == [
        ("other_currency", 8, 62)
    ]
    assert found.choice("mixed_currencies").alternatives == ("SEK", "USD")


def test_commonest_currency_is_the_ledgers_and_the_user_may_choose_another(tmp_path: Path) -> None:
    path = write(tmp_path / "l.csv", [*rows(10), *rows(50, "SEK", 100)], HEADER)
    assert (read(path).reading.currency, read(path).reading.rejected) == ("SEK", 10)
    told = read(path, currency="eur").reading
    assert (told.currency, told.accepted, told.rejected) == ("EUR", 10, 50)


def test_one_currency_throughout_needs_no_choice(tmp_path: Path) -> None:
    reading = read(write(tmp_path / "l.csv", rows(40, "SEK"), HEADER)).reading
    assert (reading.currency, reading.rejected, reading.choices) == ("SEK", 0, ())


def test_title_above_the_header_hints_at_pounds(tmp_path: Path) -> None:
    found = read(write(tmp_path / "l.csv", [PLAIN, *plain()], "Darlington Borough Council;;;"))
    assert found.reading.currency == "GBP"
    choice = found.choice("currency")
    assert (choice.values, choice.is_decided_by_evidence) == ({"word": "borough"}, False)


def test_web_address_in_a_cell_hints_at_pounds(tmp_path: Path) -> None:
    header, body = f"{PLAIN};Found at", [f"{row};https://exeter.gov.uk/media/6376/a.csv" for row in plain()]
    found = read(write(tmp_path / "l.csv", body, header))
    assert (found.reading.currency, found.choice("currency").values) == ("GBP", {"word": "gov uk"})


def test_file_name_hints_last(tmp_path: Path) -> None:
    assert read(write(tmp_path / "london 2023.csv", plain(), PLAIN)).reading.currency == "GBP"
    assert read(write(tmp_path / "london.csv", plain(supplier="Turun kaupunki"), PLAIN)).reading.currency == "EUR"


def test_nothing_at_all_means_euros_and_says_so(tmp_path: Path) -> None:
    found = read(write(tmp_path / "l.csv", plain(), PLAIN))
    assert found.reading.currency == "EUR"
    assert not found.choice("currency_assumed").is_decided_by_evidence


def test_told_currency_needs_no_choice(tmp_path: Path) -> None:
    found = read(write(tmp_path / "london.csv", plain(), PLAIN), currency="EUR")
    assert (found.reading.currency, [c.code for c in found.reading.choices]) == ("EUR", [])
