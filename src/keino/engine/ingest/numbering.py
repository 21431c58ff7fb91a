"""Give every row of a ledger its number: in text its line, in a workbook its row, titles and header included.

Rows that the fast reader delivers carry no number. They come in file order, one line each (``account_for`` made sure of
that), so a row's number is its position plus the header rows plus the refused lines before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from keino.engine.ingest.cleaning import is_decided_by_casts, rows_sql
from keino.engine.ingest.csv_scan import CsvScan

if TYPE_CHECKING:
    import duckdb

    from keino.engine.ingest.reading import OpenLedger

_BLOCK_ROWS = (65_536, 4_096, 256, 64)
_MOST_CUTS = 64


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
    shifts, block_rows = _shifts(con, ledger)
    passed = "list_transform(list_filter(coalesce(cuts, []), lambda cut: cut.after < position), lambda cut: cut.upto)"
    before = f"coalesce(list_max({passed}), refused_before, 0)"
    return (
        f"SELECT * EXCLUDE (block, refused_before, cuts) "
        f"REPLACE (position + {header} + {before} AS row_number) "
        f"FROM ({rows}) AS r LEFT JOIN {shifts} ON (r.position - 1) // {block_rows} = {shifts}.block"
    )


def _shifts(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> tuple[str, int]:
    """Write a table that has for each block of positions the refused lines before it and in it.

    Returns its name and how many positions a block has. The n-th refused line (n from 0) at row r moves every position
    after r - header - n - 1. Lines refused one after another make one cut; ``upto`` counts all up to it.
    """
    refused, header = ledger.scan.refused_rows, ledger.layout.header_row
    upto = {row - header - n - 1: n + 1 for n, row in enumerate(refused)}
    after = list(upto)
    block_rows = _block_rows(after)
    lines = ledger.scan.line_count if isinstance(ledger.scan, CsvScan) else 0
    blocks = max(after[-1], lines) // block_rows + 2
    # Each ledger has a table of its own: a SELECT may run after the next ledger's was made.
    name = f"row_shifts_{id(ledger)}"
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        WITH cut AS (SELECT unnest(?::BIGINT[]) AS "after", unnest(?::BIGINT[]) AS upto),
        filled AS (
            SELECT "after" // {block_rows} AS block, list(struct_pack("after", upto)) AS cuts, max(upto) AS upto
            FROM cut GROUP BY ALL
        )
        SELECT b AS block, cuts, coalesce(max(upto) OVER (
            ORDER BY b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS refused_before
        FROM range({blocks}) AS t(b) LEFT JOIN filled ON b = block
        """,
        [after, list(upto.values())],
    )
    return name, block_rows


def _block_rows(after: Sequence[int]) -> int:
    """Positions in a block: so few that no block has many cuts, for the join hands every row the cuts of its block."""
    for size in _BLOCK_ROWS:
        if max(Counter(cut // size for cut in after).values()) <= _MOST_CUTS:
            return size
    return _BLOCK_ROWS[-1]
