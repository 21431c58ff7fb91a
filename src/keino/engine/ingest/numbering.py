"""Give every row of a ledger its number, counted from 1 as a spreadsheet does, title and header rows included.

Rows that the fast reader delivers carry no number. They come in file order, one line each (``account_for`` made sure of
that), so a row's number is its position plus the header rows plus the refused lines before it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from keino.engine.ingest.cleaning import rows_sql

if TYPE_CHECKING:
    import duckdb

    from keino.engine.ingest.reading import OpenLedger

_BLOCK_ROWS = 65_536


def numbered_sql(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> str:
    """Return a SELECT of all cleaned rows (see ``cleaning.rows_sql``) with their ``row_number``."""
    first, *late = ledger.scan.sources()
    rows = rows_sql(first.sql, ledger.layout, is_typed=first.is_typed)
    if ledger.scan.is_fast:
        rows = number_rows(con, f"SELECT *, row_number() OVER () AS position FROM ({rows})", ledger)
    parts = [rows, *(rows_sql(source.sql, ledger.layout) for source in late)]
    if len(parts) == 1:
        return parts[0]
    # Typed cells become text again, so that the parts fit each other.
    return " UNION ALL BY NAME ".join(f"SELECT {_as_text(ledger)} FROM ({part})" for part in parts)


def _as_text(ledger: OpenLedger) -> str:
    cells = ", ".join(f"CAST(c{index} AS VARCHAR) AS c{index}" for index in range(ledger.layout.width))
    return f"* REPLACE ({cells})"


def number_rows(con: duckdb.DuckDBPyConnection, rows: str, ledger: OpenLedger) -> str:
    """Return ``rows`` (which have ``position``, counted from 1) with ``row_number`` filled in."""
    header = ledger.layout.header_row
    if not ledger.scan.refused_rows:
        return f"SELECT * REPLACE (position + {header} AS row_number) FROM ({rows})"
    _shifts(con, ledger)
    before = "coalesce(refused_before, 0) + len(list_filter(coalesce(refused_after, []), lambda t: t < position))"
    return (
        f"SELECT * EXCLUDE (block, refused_before, refused_after) REPLACE (position + {header} + {before} AS row_number) "
        f"FROM ({rows}) AS r LEFT JOIN row_shifts ON (r.position - 1) // {_BLOCK_ROWS} = row_shifts.block"
    )


def _shifts(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> None:
    """Write table ``row_shifts``: for each block of positions, how many refused lines came before and where the others are.

    The n-th refused line (n from 0) at row r moves every position after r - header - n - 1.
    """
    refused, header = ledger.scan.refused_rows, ledger.layout.header_row
    after = [row - header - n - 1 for n, row in enumerate(refused)]
    last_block = (after[-1] // _BLOCK_ROWS) + 1
    # Blocks past the last refused line share one count; there may be many of them, so they are made up to a ledger's size.
    con.execute("CREATE OR REPLACE TEMP TABLE row_shifts (block BIGINT, refused_before BIGINT, refused_after BIGINT[])")
    rows = []
    for block in range(last_block + 1):
        start, end = block * _BLOCK_ROWS, (block + 1) * _BLOCK_ROWS
        rows.append((block, bisect_left(after, start), after[bisect_left(after, start) : bisect_left(after, end)]))
    con.executemany("INSERT INTO row_shifts VALUES (?, ?, ?)", rows)
    lines = getattr(ledger.scan, "ledger").line_count
    con.execute(
        f"INSERT INTO row_shifts SELECT block, {len(after)}, [] FROM range({last_block + 1}, {lines // _BLOCK_ROWS + 2}) t(block)"
    )
