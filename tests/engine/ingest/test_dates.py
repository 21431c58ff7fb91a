"""Dates, periods and years as ledgers print them. Expected values are what a calendar says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.ingest.ledgers import HEADER, lines, read
from tests.engine.ingest.ledgers import ledger as write

FINNISH = {
    "05.03.2023": ("2023-03-05", None),
    "5.3.2023": ("2023-03-05", None),
    "29.2.2024": ("2024-02-29", None),
    "5.3.23": ("2023-03-05", "repaired date_style"),
    "2023-03-05": ("2023-03-05", "repaired date_style"),
    "2023-03-05 00:00:00": ("2023-03-05", "repaired date_style"),
    "2023-03-05T12:30:00": ("2023-03-05", "repaired date_style"),
    "5.3.2023 14:30": ("2023-03-05", "repaired date_style"),
    "5/3/2023": ("2023-03-05", "repaired date_style"),
    "05-Mar-2023": ("2023-03-05", "repaired date_style"),
    "5 March 2023": ("2023-03-05", "repaired date_style"),
    "20230305": ("2023-03-05", "repaired date_style"),
    "3. tammikuuta 2020": ("2020-01-03", "repaired date_style"),
    "31. marraskuuta 2020": ("", "rejected bad_date"),
    "30. marraskuuta 2020": ("2020-11-30", "repaired date_style"),
    "3 maaliskuuta 2020": ("2020-03-03", "repaired date_style"),
    "3 mars 2020": ("2020-03-03", "repaired date_style"),
    "12 maj 2020": ("2020-05-12", "repaired date_style"),
    "1 okt. 2020": ("2020-10-01", "repaired date_style"),
    "44990": ("2023-03-05", "repaired date_style"),
    "": ("", "repaired year_from_file"),
    "29.2.2023": ("", "rejected bad_date"),
    "32.1.2023": ("", "rejected bad_date"),
    "5.13.2023": ("", "rejected bad_date"),
    "tammikuu": ("", "rejected bad_date"),
    "5.3.-2023": ("", "rejected bad_date"),
    "5.3.1789": ("1789-03-05", "rejected date_out_of_range"),
    "5.3.2999": ("2999-03-05", "rejected date_out_of_range"),
}


@pytest.mark.parametrize("way", ["typed", "text", "careful"])
def test_each_date_is_read_as_a_calendar_says(tmp_path: Path, way: str) -> None:
    odd = [f"30000;{text};4300;Firma Oy;1,00" for text in FINNISH]
    found = read(write(tmp_path / "l.csv", [*lines(400), *odd]), way)
    rows = dict(zip(FINNISH, found.rows[400:], strict=True))
    assert {text: (row.date, row.note) for text, row in rows.items()} == FINNISH
    assert all(row.year == int(row.date[:4]) for row in rows.values() if row.date)
    assert (found.reading.first_date, found.reading.last_date) == ("2020-01-03", "2024-02-29")


def test_cents_of_a_two_digit_year_are_not_put_into_antiquity(tmp_path: Path) -> None:
    """A cast by itself reads 5.3.23 as the year 23; so many such rows that the fast reader cannot set them apart."""
    odd = [line.replace(".2023;", ".23;") for line in lines(300, first=1000)]
    found = read(write(tmp_path / "l.csv", [*lines(500), *odd]))
    assert {row.year for row in found.rows} == {2023}
    assert found.reading.repairs[0].rows == 300


def _styled(folder: Path, texts: list[str], header: str = HEADER) -> tuple[set[str], int]:
    """Dates of a ledger that is printed in one style throughout, and how many rows are simply accepted."""
    found = read(
        write(folder / "l.csv", [f"{n};{text};4300;Firma {n} Oy;5,50" for n, text in enumerate(texts * 4)], header)
    )
    return {row.date for row in found.rows}, found.reading.accepted


@pytest.mark.parametrize(
    ("texts", "dates"),
    [
        (["210131", "211224"], {"2021-01-31", "2021-12-24"}),
        (["31.1.21", "24.12.21"], {"2021-01-31", "2021-12-24"}),
        (["20210131", "20211224"], {"2021-01-31", "2021-12-24"}),
        (["31-Jan-2021", "24-Dec-2021"], {"2021-01-31", "2021-12-24"}),
        (["2021-01-31T00:00:00+02:00", "2021-12-24T23:30:00+02:00"], {"2021-01-31", "2021-12-24"}),
        (["2021-01-31T23:59:59.123456", "2021-12-24T00:00:00.000001"], {"2021-01-31", "2021-12-24"}),
        (["2021-01-31 10:15:00", "2021-12-24 00:00:00"], {"2021-01-31", "2021-12-24"}),
        (["01/31/2021", "12/24/2021"], {"2021-01-31", "2021-12-24"}),
    ],
)
def test_ledger_in_one_style_is_simply_accepted(tmp_path: Path, texts: list[str], dates: set[str]) -> None:
    assert _styled(tmp_path, texts) == (dates, 4 * len(texts))


def test_month_first_stays_month_first(tmp_path: Path) -> None:
    dates, _ = _styled(tmp_path, ["01/31/2021", "02/03/2021", "02-03-2021"])
    assert dates == {"2021-01-31", "2021-02-03"}


@pytest.mark.parametrize(
    ("header", "text", "year"),
    [
        ("Kausi", "201311", 2013),
        ("Kausi", "112013", 2013),
        ("Period", "2014-P09", 2014),
        ("Period", "10/2023", 2023),
        ("Period", "Feb-13", 2013),
        ("Kausi", "2020-02", 2020),
        ("Tilikausi", "2023", 2023),
        ("Financial year", "2023/24", 2023),
        ("Financial year", "13/14", 2013),
    ],
)
def test_year_comes_from_period_or_accounting_year(tmp_path: Path, header: str, text: str, year: int) -> None:
    rows = [f"{n};{text};4300;Firma {n} Oy;{n},50" for n in range(40)]
    found = read(write(tmp_path / "l.csv", rows, HEADER.replace("Tositepäivämäärä", header)))
    assert {row.year for row in found.rows} == {year}
    assert (found.reading.accepted, found.reading.first_date) == (40, str(year))


def test_accounting_year_wins_over_the_date_of_a_neighbour_year(tmp_path: Path) -> None:
    header = HEADER.replace("Netto", "Tilikausi;Netto")
    rows = [f"{n};3.1.2024;4300;Firma {n} Oy;2023;{n},50" for n in range(40)]
    found = read(write(tmp_path / "l.csv", rows, header))
    assert {(row.year, row.date) for row in found.rows} == {(2023, "2024-01-03")}


def test_year_of_a_ledger_without_dates(tmp_path: Path) -> None:
    header = HEADER.replace("Tositepäivämäärä;", "")
    rows = [f"{n};4300;Firma {n} Oy;{n},50" for n in range(40)]
    told = read(write(tmp_path / "ostot.csv", rows, header), year=2019)
    named = read(write(tmp_path / "ostot_2018.csv", rows, header))
    titled = read(write(tmp_path / "kaikki.csv", [header, *rows], "Ostolaskut 2017;;;"))
    assert [{row.year for row in found.rows} for found in (told, named, titled)] == [{2019}, {2018}, {2017}]
    assert named.choice("year_from_name").values == {"file": "ostot_2018.csv", "year": "2018"}
    assert titled.choice("year_from_title").values == {"year": "2017"}


def test_row_without_any_year_is_rejected(tmp_path: Path) -> None:
    """The other rows span two years, so neither may be lent to a row without a date."""
    rows = [*lines(60), *(line.replace(".2023;", ".2022;") for line in lines(60, 100)), "900;;4300;Firma Oy;1,00"]
    assert read(write(tmp_path / "l.csv", rows)).notes() == {122: "rejected no_year"}
