"""Write small ledgers and read them, for tests of reading."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from keino.engine.ingest.cleaning import macros
from keino.engine.ingest.codes import REJECTIONS, REPAIRS
from keino.engine.ingest.counting import Group, count
from keino.engine.ingest.csv_scan import CsvScan
from keino.engine.ingest.numbering import numbered_sql
from keino.engine.ingest.reading import OpenLedger, ReadOptions, open_ledger
from keino.engine.results import Choice, LedgerReading

HEADER = "Tositenumero;Tositepäivämäärä;Tilinumero;Toimittajan nimi;Netto"
WAYS = ("typed", "text", "careful")


@dataclass(frozen=True)
class Row:
    """One row as it was read."""

    number: int
    note: str | None
    date: str
    year: int | None
    amount: Decimal | None
    supplier: str
    account: str


@dataclass(frozen=True)
class Read:
    """A ledger after reading: its report, its rows in file order, its sums, and the way it was read at last."""

    reading: LedgerReading
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    way: str
    left_behind: tuple[str, ...]  # files in the folder for temporary ones

    def notes(self) -> dict[int, str]:
        """Row number → note, of the rows that are not simply accepted."""
        return {row.number: row.note for row in self.rows if row.note}

    def choice(self, code: str) -> Choice:
        """The only choice with this code."""
        (found,) = [choice for choice in self.reading.choices if choice.code == code]
        return found


def read(path: Path, way: str = "", columns: Sequence[str] = (), **options: object) -> Read:
    """Read a ledger; ``way`` (typed, text, careful) forces one by stepping back to it."""
    con = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(path, con, Path(folder), ReadOptions(**options))
        while way and way_of(ledger) != way:
            assert way_of(ledger) in WAYS[: WAYS.index(way)], f"{path.name} is never read {way}"
            ledger.scan.step_back()
        counted = count(con, ledger, columns)
        rows = rows_of(con, ledger)
        con.close()
        assert_known_codes(counted.reading)
        left = tuple(sorted(item.name for item in Path(folder).iterdir()))
        return Read(counted.reading, rows, counted.groups, way_of(ledger), left)


def assert_known_codes(reading: LedgerReading) -> None:
    """Every code that reading gives back is listed."""
    assert {rejection.reason for rejection in reading.rejections} <= set(REJECTIONS)
    assert {repair.code for repair in reading.repairs} <= set(REPAIRS)


def way_of(ledger: OpenLedger) -> str:
    """typed, text or careful."""
    if not ledger.scan.is_fast:
        return "careful"
    return "typed" if isinstance(ledger.scan, CsvScan) and ledger.scan.is_typed else "text"


def rows_of(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> tuple[Row, ...]:
    """Every row below the header, in file order."""
    con.execute(macros(ledger.layout))
    found = con.execute(
        "SELECT row_number, note, coalesce(strftime(date, '%Y-%m-%d'), ''), year, amount_net, supplier_name, "
        f"account_code FROM ({numbered_sql(con, ledger)}) ORDER BY row_number"
    ).fetchall()
    return tuple(Row(*row) for row in found)


def ledger(path: Path, lines: Iterable[str], header: str = HEADER, encoding: str = "utf-8") -> Path:
    """Write a CSV ledger and return its path."""
    path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
    return path


def lines(number: int, first: int = 1) -> list[str]:
    """Good lines under ``HEADER``; line n costs n + 0.5."""
    return [
        f"{20000 + n};{n % 28 + 1}.{n % 12 + 1}.2023;{4300 + n % 50};Firma {n % 9} Oy;{n},50"
        for n in range(first, first + number)
    ]


def total(numbers: Iterable[int]) -> Decimal:
    """What the good lines with these numbers cost together."""
    return sum((Decimal(n) + Decimal("0.5") for n in numbers), Decimal(0))
