"""Count a ledger in one pass: rows and cents by outcome, and sums by the columns that later steps ask for.

rows in the file = accepted + repaired + rejected + blank + rows of totals, and so for the money.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.engine.ingest.cleaning import macros, rows_sql, text_sql
from keino.engine.ingest.csv_scan import forget_refused
from keino.engine.ingest.date_sql import FIRST_YEAR, LAST_YEAR
from keino.engine.ingest.numbering import odd_rows_sql
from keino.engine.ingest.reading import OpenLedger
from keino.engine.ingest.totals import THIN_ROWS_LIMIT, ThinRow, judge_totals
from keino.engine.results import LedgerReading, Rejection, Repair, TotalRow

if TYPE_CHECKING:
    import duckdb

ZERO = Decimal(0)


@dataclass(frozen=True)
class Group:
    """A sum of rows that are alike in ``keys`` (texts of the asked columns), year, note and whether they are thin."""

    note: str | None
    is_thin: bool
    year: int | None
    keys: tuple[str, ...]
    lines: int
    amount: Decimal
    first_date: dt.date | None
    last_date: dt.date | None

    @property
    def outcome(self) -> str:
        """accepted, repaired, rejected or blank."""
        return self.note.split(" ", 1)[0] if self.note else "accepted"

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the repairs, or the reason of the rejection."""
        return tuple(self.note.split(" ")[1:]) if self.note else ()


@dataclass(frozen=True)
class Counted:
    """A counted ledger: its reading, and the sums of its lines (accepted and repaired) by ``columns``."""

    ledger: OpenLedger
    reading: LedgerReading
    columns: tuple[str, ...]
    groups: tuple[Group, ...]


def count(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, columns: Sequence[str] = ()) -> Counted:
    """Count one ledger. ``columns`` are the purchase columns (text) that sums are wanted by.

    Reads in the fastest way that accounts for every line; falls back to more careful ones by itself.
    """
    con.execute(macros(ledger.layout))
    ledger.total_row_numbers = ledger.suspect_row_numbers = ()
    wanted = tuple(columns)
    groups = _pass(con, ledger, wanted)
    thin = [group for group in groups if group.is_thin and group.outcome != "blank"]
    groups = [group for group in groups if not group.is_thin or group.outcome == "blank"]
    total_rows: tuple[TotalRow, ...] = ()
    if 0 < sum(group.lines for group in thin) <= THIN_ROWS_LIMIT:
        rows = _thin_rows(con, ledger, wanted)
        lines = sum((group.amount for group in groups if _is_line(group)), ZERO)
        rejected = sum((group.amount for group in groups if group.outcome == "rejected"), ZERO)
        judged = judge_totals(con, ledger, rows, lines, rejected)
        total_rows = judged.totals
        ledger.total_row_numbers = tuple(row.row for row in total_rows)
        ledger.suspect_row_numbers = tuple(row.row for row in judged.lines if row.is_suspect)
        groups += [_as_group(row) for row in judged.lines]
    else:
        groups += thin
    reading = _reading(con, ledger, groups, total_rows)
    ledger.refuse_changed()
    kept = tuple(group for group in groups if _is_line(group))
    return Counted(ledger=ledger, reading=reading, columns=wanted, groups=kept)


def _is_line(group: Group) -> bool:
    return group.outcome in ("accepted", "repaired")


def _pass(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, columns: tuple[str, ...]) -> list[Group]:
    """Read everything once, stepping back to a more careful way until every line is accounted for."""
    import duckdb

    scan = ledger.scan
    forget_refused(con)
    while True:
        first = scan.first_source()
        try:
            groups = _sums(con, rows_sql(first.sql, ledger.layout, is_typed=first.is_typed), ledger, columns)
        except duckdb.Error as error:
            # What breaks the fast reader is the careful one's to explain.
            if not scan.is_fast:
                raise scan.broken() from error
        else:
            strange = first.is_typed and any(_is_out_of_time(group) for group in groups)
            if not strange and scan.account_for(con, sum(group.lines for group in groups)):
                break
        scan.step_back()
        forget_refused(con)
    for late in scan.sources()[1:]:
        groups += _sums(con, rows_sql(late.sql, ledger.layout), ledger, columns)
    return groups


def _is_out_of_time(group: Group) -> bool:
    """A year that a plain cast read but nobody bought in: the row needs the long rules."""
    return group.year is None or not FIRST_YEAR <= group.year <= LAST_YEAR


def _sums(con: duckdb.DuckDBPyConnection, rows: str, ledger: OpenLedger, columns: tuple[str, ...]) -> list[Group]:
    """Sum by raw cells first and by their trimmed texts after: trimming each line would cost a tenth of the scan."""
    layout = ledger.layout
    cells = sorted({f"c{layout.columns[c]}" for column in columns for c in _cells_behind(column, layout.columns)})
    inner = ", ".join(["note", "is_thin", "year", *cells])
    outer = ", ".join(f"{text_sql(column, layout)} AS k{i}" for i, column in enumerate(columns))
    sums = "count(*) AS lines, sum(amount_net) AS amount, min(date) AS first_date, max(date) AS last_date"
    again = "sum(lines), sum(amount), min(first_date), max(last_date)"
    found = con.execute(
        f"SELECT note, is_thin, year{', ' + outer if outer else ''}, {again} FROM "
        f"(SELECT {inner}, {sums} FROM ({rows}) GROUP BY ALL) GROUP BY ALL"
    ).fetchall()
    width = len(columns)
    return [
        Group(
            row[0],
            row[1],
            row[2],
            tuple(row[3 : 3 + width]),
            int(row[3 + width]),
            row[4 + width] or ZERO,
            *row[5 + width :],
        )
        for row in found
    ]


def _cells_behind(column: str, mapped: dict[str, int]) -> tuple[str, ...]:
    """Mapped columns whose cells a text column is made from."""
    if column in mapped:
        return (column,)
    return ("account_code",) if column == "account_name" and "account_code" in mapped else ()


def _thin_rows(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, columns: tuple[str, ...]) -> list[ThinRow]:
    layout = ledger.layout
    cells = ", ".join(f"CAST(c{index} AS VARCHAR)" for index in range(layout.width))
    keys = ", ".join(f"{text_sql(column, layout)}" for column in columns)
    rows = odd_rows_sql(con, ledger)
    found = con.execute(
        f"SELECT row_number, note, year, amount_net, date, concat_ws(' ', {cells}){', ' + keys if keys else ''} "
        f"FROM ({rows}) WHERE is_thin AND coalesce(note, '') <> 'blank' ORDER BY row_number"
    ).fetchall()
    return [ThinRow(row[0], row[1], row[2], row[3], row[4], row[5], tuple(row[6:])) for row in found]


def _as_group(row: ThinRow) -> Group:
    return Group(row.note, False, row.year, row.keys, 1, row.amount or ZERO, row.date, row.date)


def _reading(
    con: duckdb.DuckDBPyConnection, ledger: OpenLedger, groups: Iterable[Group], totals: tuple[TotalRow, ...]
) -> LedgerReading:
    rows: Counter[str] = Counter()
    money = dict.fromkeys(("accepted", "repaired", "rejected"), ZERO)
    repairs: Counter[str] = Counter()
    reasons: dict[str, tuple[int, Decimal]] = {}
    dates: list[dt.date] = []
    years: set[int] = set()
    for group in groups:
        rows[group.outcome] += group.lines
        if group.outcome == "blank":
            continue
        money[group.outcome] += group.amount
        if group.outcome == "repaired":
            repairs.update(dict.fromkeys(group.codes, group.lines))
        if group.outcome == "rejected":
            count_, amount = reasons.get(group.codes[0], (0, ZERO))
            reasons[group.codes[0]] = (count_ + group.lines, amount + group.amount)
        else:
            dates.extend(date for date in (group.first_date, group.last_date) if date)
            years.update([group.year] if group.year else [])
    layout = ledger.layout
    return LedgerReading(
        path=str(ledger.path),
        container=ledger.container,
        sheet=ledger.sheet,
        encoding=ledger.encoding,
        delimiter=ledger.delimiter,
        decimal=layout.decimal,
        header_row=ledger.header_row,
        currency=layout.currency,
        amount_basis="gross" if layout.amount_basis == "gross" and "amount_vat" not in layout.columns else "net",
        mapping={column: layout.header_of(column) for column in layout.columns},
        unmapped=layout.unmapped,
        rows=rows["accepted"] + rows["repaired"] + rows["rejected"],
        accepted=rows["accepted"],
        repaired=rows["repaired"],
        rejected=rows["rejected"],
        amount_accepted=money["accepted"],
        amount_repaired=money["repaired"],
        amount_rejected=money["rejected"],
        blank_rows=rows["blank"],
        preamble_rows=ledger.preamble_rows,
        total_rows=totals,
        rejections=_rejections(con, ledger, reasons) if reasons else (),
        repairs=tuple(Repair(code, number) for code, number in sorted(repairs.items())),
        choices=ledger.choices,
        first_date=min(dates).isoformat() if dates else (str(min(years)) if years else ""),
        last_date=max(dates).isoformat() if dates else (str(max(years)) if years else ""),
    )


def _rejections(
    con: duckdb.DuckDBPyConnection, ledger: OpenLedger, reasons: dict[str, tuple[int, Decimal]]
) -> tuple[Rejection, ...]:
    """One sample row for each reason."""
    cells = ", ".join(f"CAST(c{index} AS VARCHAR)" for index in range(ledger.layout.width))
    found = con.execute(
        f"SELECT note, min(row_number), arg_min(concat_ws(' | ', {cells}), row_number) "
        f"FROM ({odd_rows_sql(con, ledger)}) WHERE note LIKE 'rejected%' GROUP BY note"
    ).fetchall()
    samples = {row[0].split(" ", 1)[1]: (row[1], row[2][:200]) for row in found}
    return tuple(
        Rejection(reason, number, amount, *samples.get(reason, (0, "")))
        for reason, (number, amount) in sorted(reasons.items())
    )
