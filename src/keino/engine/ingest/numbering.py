"""Give every row of a ledger its number: in text its line, in a workbook its row, titles and header included.

Rows that the fast reader delivers carry no number. They come in file order, one line each (``account_for`` made sure of
that), so a row's number is its position plus the header rows plus the refused lines before it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from keino.engine.ingest.cleaning import is_decided_by_casts, rows_sql
from keino.engine.ingest.csv_scan import CsvScan

if TYPE_CHECKING:
    import duckdb

    from keino.engine.ingest.reading import OpenLedger

_BLOCK_ROWS = 65_536


def numbered_sql(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> str:
    """Return a SELECT of all cleaned rows (see ``cleaning.rows_sql``) with ``row_number``, totals told apart."""
    first, *late = ledger.scan.sources()
    rows = rows_sql(first.sql, ledger.layout, is_typed=first.is_typed)
    if ledger.scan.is_fast:
        rows = number_rows(con, f"SELECT *, row_number() OVER () AS position FROM ({rows})", ledger)
    return judged(_together([rows, *(rows_sql(source.sql, ledger.layout) for source in late)], ledger), ledger)


def odd_rows_sql(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> str:
    """Return a SELECT that holds at least every row that is not simply accepted, as ``numbered_sql`` would give it.

    Where the fast reader casts, such rows were refused and lie apart: then the file need not be read again.
    """
    first, *late = ledger.scan.sources()
    if first.is_typed and is_decided_by_casts(ledger.layout) and late:
        return judged(_together([rows_sql(source.sql, ledger.layout) for source in late], ledger), ledger)
    return numbered_sql(con, ledger)


def _together(parts: list[str], ledger: OpenLedger) -> str:
    if len(parts) == 1:
        return parts[0]
    # Typed cells become text again, so that the parts fit each other.
    cells = ", ".join(f"CAST(c{index} AS VARCHAR) AS c{index}" for index in range(ledger.layout.width))
    return " UNION ALL BY NAME ".join(f"SELECT * REPLACE ({cells}) FROM ({part})" for part in parts)


def judged(rows: str, ledger: OpenLedger) -> str:
    """Return numbered ``rows`` with the notes that only arithmetic could tell: totals, and rows that only look so."""
    notes = [(ledger.total_row_numbers, "total"), (ledger.suspect_row_numbers, "rejected looks_like_total")]
    cases = " ".join(f"WHEN row_number IN {_listed(numbers)} THEN '{note}'" for numbers, note in notes if numbers)
    return f"SELECT * REPLACE (CASE {cases} ELSE note END AS note) FROM ({rows})" if cases else rows


def _listed(numbers: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, numbers))})"


def number_rows(con: duckdb.DuckDBPyConnection, rows: str, ledger: OpenLedger) -> str:
    """Return ``rows`` (which have ``position``, counted from 1) with ``row_number`` filled in."""
    header = ledger.layout.header_row
    if not ledger.scan.refused_rows:
        return f"SELECT * REPLACE (position + {header} AS row_number) FROM ({rows})"
    shifts = _shifts(con, ledger)
    before = "coalesce(refused_before, 0) + len(list_filter(coalesce(refused_after, []), lambda t: t < position))"
    return (
        f"SELECT * EXCLUDE (block, refused_before, refused_after) "
        f"REPLACE (position + {header} + {before} AS row_number) "
        f"FROM ({rows}) AS r LEFT JOIN {shifts} ON (r.position - 1) // {_BLOCK_ROWS} = {shifts}.block"
    )


def _shifts(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> str:
    """Write a table that has for each block of positions the refused lines before it and in it; return its name.

    The n-th refused line (n from 0) at row r moves every position after r - header - n - 1.
    """
    refused, header = ledger.scan.refused_rows, ledger.layout.header_row
    after = [row - header - n - 1 for n, row in enumerate(refused)]
    last_block = (after[-1] // _BLOCK_ROWS) + 1
    # Each ledger has a table of its own: a SELECT may run after the next ledger's was made.
    name = f"row_shifts_{id(ledger)}"
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} (block BIGINT, refused_before BIGINT, refused_after BIGINT[])")
    rows = []
    for block in range(last_block + 1):
        start, end = block * _BLOCK_ROWS, (block + 1) * _BLOCK_ROWS
        rows.append((block, bisect_left(after, start), after[bisect_left(after, start) : bisect_left(after, end)]))
    con.executemany(f"INSERT INTO {name} VALUES (?, ?, ?)", rows)
    # Blocks past the last refused line share one count.
    lines = ledger.scan.line_count if isinstance(ledger.scan, CsvScan) else 0
    blocks = range(last_block + 1, lines // _BLOCK_ROWS + 2)
    con.execute(f"INSERT INTO {name} SELECT b, {len(after)}, [] FROM range({blocks.start}, {blocks.stop}) t(b)")
    return name
