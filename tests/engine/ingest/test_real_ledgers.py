"""Real ledgers against an independent reading: Python's csv module and pyarrow, column numbers picked by eye."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from keino.engine.ingest.problems import AmountUnclear, IsJson, IsWebPage
from keino.errors import KeinoError
from tests.engine.ingest.ledgers import read


@dataclass(frozen=True)
class Plain:
    """How a person would read a file: where the header and the amount are, and what else there is to know."""

    amount: int  # column, from 0
    header_row: int = 1
    currency: str = "GBP"
    rejected: int = 0
    blank: int = 0
    total_row: int = 0


UK = {
    "calderdale_2015-06-card.csv": Plain(5),
    "calderdale_2019-06.csv": Plain(5),
    "calderdale_2022-08-card.csv": Plain(5),
    "calderdale_2022-08.csv": Plain(5),
    "darlington_2013-02.csv": Plain(5, header_row=19),
    "darlington_2017-04.csv": Plain(7),
    "devon_201104.csv": Plain(5, blank=2800),
    "devon_202503.csv": Plain(5),
    "exeter_2022.parquet": Plain(12, rejected=1),
    "gateshead_2014-02.csv": Plain(7),
    "gateshead_2022-08.csv": Plain(7),
    "leeds_2011-03_raw.csv": Plain(9),
    "leeds_2012-12.csv": Plain(9, total_row=9612),
    "manchester_2022-05.csv": Plain(5),
    "northtyneside_2022-05_p.csv": Plain(2),
    "salford_2014-11.csv": Plain(5),
    "salford_2022-05.csv": Plain(5),
    "tfl_2022-P10.csv": Plain(5),
}


def rows_of(path: Path) -> list[list[str]]:
    if path.suffix == ".parquet":
        columns = pq.read_table(path).to_pydict()
        body = zip(*columns.values(), strict=True)
        return [list(columns), *(["" if cell is None else str(cell) for cell in row] for row in body)]
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def amount_of(cell: str) -> Decimal | None:
    text = cell.replace(",", "").replace("£", "").strip()
    return Decimal(text) if re.fullmatch(r"-?\d*\.?\d+(E-?\d+)?", text) else None


def plain_amounts(rows: list[list[str]], how: Plain) -> dict[int, Decimal | None]:
    """Row number → amount of every row below the header that is not blank; None where the amount is no number."""
    filled = {number: row for number, row in enumerate(rows, 1) if number > how.header_row and any(row)}
    return {number: amount_of(row[how.amount]) for number, row in filled.items()}


@pytest.mark.parametrize("name", UK)
def test_uk_ledger_equals_an_independent_reading(shared_data: Path, name: str) -> None:
    how = UK[name]
    path = shared_data / "ledgers" / "uk" / name
    amounts = plain_amounts(rows_of(path), how)
    total = amounts.pop(how.total_row, None)
    good = {number: amount for number, amount in amounts.items() if amount is not None}
    found = read(path)
    reading = found.reading
    ours = {row.number: row.amount for row in found.rows if row.note is None or row.note.startswith("repaired")}
    # Four decimals are kept; Exeter's numbers were stored as binary fractions.
    assert {number: round(amount, 4) for number, amount in good.items()} == ours
    assert abs(reading.amount_accepted + reading.amount_repaired - sum(good.values())) < Decimal("0.01")
    assert sum(amount < 0 for amount in good.values()) == sum(amount < 0 for amount in ours.values())
    assert (reading.rows, reading.rejected) == (len(amounts), how.rejected)
    assert reading.rows == reading.accepted + reading.repaired + reading.rejected
    assert (reading.blank_rows, reading.header_row, reading.currency) == (how.blank, how.header_row, how.currency)
    assert [(row.row, row.amount) for row in reading.total_rows] == ([(how.total_row, total)] if how.total_row else [])


def test_paimio_equals_an_independent_reading(shared_data: Path) -> None:
    path = shared_data / "ledgers" / "fi" / "paimio_2020_2023_part.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    amounts = [Decimal(row["Summa (alv 0%)"].replace(",", ".")) for row in rows]
    found = read(path)
    assert [row.amount for row in found.rows] == amounts
    assert (found.reading.amount_accepted, found.reading.rows, found.reading.currency) == (
        Decimal("732293.25"),
        347,
        "EUR",
    )
    assert [row.year for row in found.rows] == [int(row["Tositekuukausi"][:4]) for row in rows]
    assert found.reading.choices == ()


def test_leeds_2012_total_row_would_have_doubled_the_month(shared_data: Path) -> None:
    reading = read(shared_data / "ledgers" / "uk" / "leeds_2012-12.csv").reading
    (row,) = reading.total_rows
    assert (row.row, row.amount, row.kind) == (9612, Decimal("72875039.12"), "grand_total")
    assert reading.amount_accepted == Decimal("72875039.12")


@pytest.mark.parametrize("name", ["salford_2014-11.csv", "salford_2022-05.csv"])
def test_salford_is_read_as_net(shared_data: Path, name: str) -> None:
    path = shared_data / "ledgers" / "uk" / name
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    found = read(path).reading
    assert found.amount_basis == "net"
    assert found.amount_total == sum(Decimal(row["Net"]) for row in rows) < sum(Decimal(row["Gross"]) for row in rows)


def test_leeds_2011_keeps_the_signs_that_its_twin_lost(shared_data: Path) -> None:
    """78,447,368.22 with 155 credit notes; the independent mapping says 83,076,175.82 (SOURCES.md)."""
    found = read(shared_data / "ledgers" / "uk" / "leeds_2011-03_raw.csv")
    assert found.reading.amount_accepted == Decimal("78447368.22")
    assert sum(row.amount < 0 for row in found.rows) == 155
    assert sum(abs(row.amount) for row in found.rows) == Decimal("83076175.82")


#: Where the independent twin's amounts differ from the file as published, and why ours are right.
TWIN_LOST_SIGNS = {"leeds_2011-03", "leeds_2012-12"}
TWIN_TOOK_GROSS = {"salford_2014-11", "salford_2022-05"}
TWINS = sorted(
    {name.rsplit(".", 1)[0].removesuffix("_raw") for name in UK}
    - {"darlington_2013-02", "devon_201104", "devon_202503", "exeter_2022"}
)


@pytest.mark.parametrize("name", TWINS)
def test_amounts_and_dates_agree_with_the_independent_twin(shared_data: Path, name: str) -> None:
    folder = shared_data / "ledgers" / "uk"
    heading, *lines = rows_of(folder / "mapped" / f"{name}.mapped.csv")
    found = read(folder / (f"{name}_raw.csv" if name == "leeds_2011-03" else f"{name}.csv"))
    ours = [row for row in found.rows if row.note is None or row.note.startswith("repaired")]
    theirs = [amount_of(line[heading.index("Amount")]) for line in lines]
    if name in TWIN_LOST_SIGNS:
        assert [abs(row.amount) for row in ours] == theirs != [row.amount for row in ours]
    elif name in TWIN_TOOK_GROSS:
        assert sum(theirs) > sum(row.amount for row in ours)
    else:
        assert [row.amount for row in ours] == theirs
    dates = [line[heading.index("Payment Date")] for line in lines] if "Payment Date" in heading else []
    if any(dates):
        assert [row.date for row in ours] == [iso(date) for date in dates]


def iso(text: str) -> str:
    for style in ("%Y-%m-%d", "%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text[:19], style).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("de_sachsen_2014-2020.csv", AmountUnclear),
        ("de_schleswig-holstein_2014-2020.xlsx", AmountUnclear),
        ("dk_2014-2020.csv", AmountUnclear),
        ("fi_2007-2013_part.csv", AmountUnclear),
        ("fi_2014-2020.csv", AmountUnclear),
        ("pl_esf_2014-2020.csv", AmountUnclear),
        ("lv_2014-2020.xls", IsWebPage),
        ("se_2014-2020.json", IsJson),
    ],
)
def test_beneficiary_lists_give_no_amount(shared_data: Path, name: str, expected: type[KeinoError]) -> None:
    """Grants in thirteen languages are no purchases: the user is asked, or told what the file is."""
    with pytest.raises(expected) as caught:
        read(shared_data / "ledgers" / "eu_lists" / name)
    assert name in str(caught.value)


def test_rejected_rows_can_be_mended_and_fed_back(tmp_path: Path, shared_data: Path) -> None:
    path = shared_data / "ledgers" / "uk" / "devon_202503.csv"
    heading, *lines = rows_of(path)
    broken = [[*row[:5], "see note", *row[6:]] if number < 40 else row for number, row in enumerate(lines)]
    whole = tmp_path / "devon.csv"
    with whole.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *broken])
    first = read(whole)
    assert first.reading.rejected == 40
    rejects = tmp_path / "rejected-devon.csv"
    with rejects.open("w", encoding="utf-8-sig", newline="") as stream:
        mended = [[str(number + 2), "bad_amount", *row] for number, row in enumerate(lines[:40])]
        csv.writer(stream).writerows([["keino_row", "keino_reason", *heading], *mended])
    second = read(rejects)
    assert second.reading.mapping == first.reading.mapping
    assert second.reading.rejected == 0
    expected = sum(round(Decimal(row[5]), 4) for row in lines)
    assert first.reading.amount_accepted + second.reading.amount_accepted == expected
    assert not {"keino_row", "keino_reason"} & set(second.reading.mapping.values())
