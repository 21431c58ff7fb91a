"""Rows that sum other rows: told by arithmetic, reported, never counted. Repeats are no errors and stay."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.engine.ingest.ledgers import WAYS, Read, lines, read, total
from tests.engine.ingest.ledgers import ledger as write


def printed(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")


def assert_sums_to(found: Read, amount: Decimal, totals: list[tuple[int, str]]) -> None:
    assert found.reading.amount_accepted + found.reading.amount_repaired == amount
    assert [(row.row, row.kind) for row in found.reading.total_rows] == totals
    assert sum((group.amount for group in found.groups), Decimal(0)) == amount


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("label", ["", "Yhteensä", "lomakkeen loppu"])
def test_grand_total_is_reported_and_not_counted(tmp_path: Path, way: str, label: str) -> None:
    everything = total(range(1, 61))
    found = read(write(tmp_path / "l.csv", [*lines(60), f";;;{label};{printed(everything)}"]), way)
    assert_sums_to(found, everything, [(62, "grand_total")])
    assert found.reading.total_rows[0].amount == everything


def test_total_that_counts_rejected_amounts_too_is_recognised(tmp_path: Path) -> None:
    bad = "900;31.2.2023;4300;Firma Oy;1000,00"
    everything = total(range(1, 61)) + 1000
    found = read(write(tmp_path / "l.csv", [*lines(60), bad, f";;;Yhteensä;{printed(everything)}"]))
    assert_sums_to(found, total(range(1, 61)), [(63, "grand_total")])
    assert found.reading.amount_rejected == 1000


@pytest.mark.parametrize("way", WAYS)
def test_subtotals_and_grand_total_are_reported(tmp_path: Path, way: str) -> None:
    first, second = total(range(1, 31)), total(range(31, 61))
    rows = [*lines(30), f";;;Välisumma;{printed(first)}", *lines(30, 31), f";;;Välisumma;{printed(second)}"]
    found = read(write(tmp_path / "l.csv", [*rows, f";;;Yhteensä;{printed(first + second)}"]), way)
    assert_sums_to(found, first + second, [(32, "subtotal"), (63, "subtotal"), (64, "grand_total")])


@pytest.mark.parametrize("way", WAYS)
def test_row_that_calls_itself_a_total_but_adds_up_to_nothing_is_rejected(tmp_path: Path, way: str) -> None:
    found = read(write(tmp_path / "l.csv", [*lines(60), ";;;Yhteensä;123,45"]), way)
    assert_sums_to(found, total(range(1, 61)), [])
    assert found.notes() == {62: "rejected looks_like_total"}
    assert found.reading.rejections[0].amount == Decimal("123.45")


@pytest.mark.parametrize("way", WAYS)
def test_line_without_date_that_is_no_total_stays_a_line(tmp_path: Path, way: str) -> None:
    found = read(write(tmp_path / "l.csv", [*lines(60), "950;;4300;Firma Oy;123,45"]), way)
    assert_sums_to(found, total(range(1, 61)) + Decimal("123.45"), [])
    assert found.notes() == {62: "repaired year_from_file"}


@pytest.mark.parametrize("way", WAYS)
def test_true_repeats_stay(tmp_path: Path, way: str) -> None:
    """Equal rents each day, a correction and its reversal: a ledger is never deduplicated."""
    rent = ["30000;1.2.2023;4820;Vuokra Oy;152000,00"] * 30
    pair = ["30001;1.3.2023;4820;Vuokra Oy;10791,13", "30001;1.3.2023;4820;Vuokra Oy;-10791,13"] * 2
    found = read(write(tmp_path / "l.csv", [*lines(40), *rent, *pair]), way)
    assert found.reading.accepted == 40 + 30 + 4
    assert_sums_to(found, total(range(1, 41)) + 30 * 152_000, [])


def test_sums_come_by_the_columns_that_are_asked_for(tmp_path: Path) -> None:
    rows = [f"{n};1.2.2023; {4300 + n % 2} ;Firma {n % 3} Oy;{n},00" for n in range(1, 61)]
    found = read(write(tmp_path / "l.csv", rows), columns=("account_code", "supplier_name"))
    sums = {group.keys: (group.lines, group.amount) for group in found.groups}
    assert len(found.groups) == len(sums) == 6
    assert sums["4301", "Firma 0 Oy"] == (10, sum(range(3, 61, 6)))
