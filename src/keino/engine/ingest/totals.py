"""Find rows that only sum other rows. Arithmetic decides; words alone make a row suspect, not a total.

A total would double the spend (Leeds 2012-12 ends with one) or become the largest purchase of a decade. It is reported
and never counted. A row that calls itself a total but does not add up is rejected, so that a person looks at it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from keino.engine.ingest.numbering import numbered_sql
from keino.engine.results import TotalRow

if TYPE_CHECKING:
    import duckdb

    from keino.engine.ingest.reading import OpenLedger

#: With more thin rows than this the ledger simply leaves the column empty often; then none is a candidate.
THIN_ROWS_LIMIT = 5_000
#: Sums printed by a finance system may differ from ours by its own rounding.
TOLERANCE = Decimal("0.05")

_TOTAL_WORDS = re.compile(
    r"\b(yhteensä|yht\.?|kaikki yhteensä|loppusumma|välisumma|summa|total|totals|grand total|sub-?total|sum|totalt|"
    r"summa totalt|delsumma|slutsumma|totalsumma)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ThinRow:
    """A row without the date (or voucher) that every true line of its ledger has."""

    row: int
    note: str | None
    year: int | None
    amount: Decimal | None
    date: dt.date | None
    text: str
    keys: tuple[str, ...]
    is_suspect: bool = False  # calls itself a total but adds up to nothing


@dataclass(frozen=True)
class Judged:
    """Thin rows told apart: totals, and rows that are kept (as lines, or rejected ones)."""

    totals: tuple[TotalRow, ...]
    lines: tuple[ThinRow, ...]


def judge_totals(
    con: duckdb.DuckDBPyConnection,
    ledger: OpenLedger,
    rows: Sequence[ThinRow],
    lines: Decimal,
    rejected: Decimal,
) -> Judged:
    """Tell totals from lines. ``lines`` and ``rejected`` are the sums of the other rows that are good and that are not.

    The system that printed a total counted the rows that keino rejects, so either sum may be the total.
    """
    candidates = [row for row in rows if row.amount is not None]
    found = _grand_totals(candidates, lines) or _grand_totals(candidates, lines + rejected)
    rest = [row for row in candidates if row.row not in found]
    if rest:
        found |= _subtotals(con, ledger, rest)
    totals = tuple(
        TotalRow(row.row, row.amount, found[row.row], row.text[:200])
        for row in candidates
        if row.row in found and row.amount is not None
    )
    kept = tuple(_suspect(row) for row in rows if row.row not in found)
    return Judged(totals, kept)


def _is_near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= TOLERANCE


def _grand_totals(rows: Sequence[ThinRow], others: Decimal) -> dict[int, str]:
    """Rows that equal the sum of all other lines; a row may also sum its fellows that are true lines."""
    if not others:
        return {}
    plain = {row.row: "grand_total" for row in rows if row.amount is not None and _is_near(row.amount, others)}
    if plain:
        return plain
    everything = others + sum((row.amount for row in rows if row.amount is not None), Decimal(0))
    for row in rows:
        if row.amount is not None and row.amount and _is_near(row.amount, everything - row.amount):
            return {row.row: "grand_total"}
    return {}


def _subtotals(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, rows: Sequence[ThinRow]) -> dict[int, str]:
    """Rows that equal the sum of the lines since the last such row, or of all lines so far."""
    numbers = [row.row for row in rows]
    con.execute("CREATE OR REPLACE TEMP TABLE thin_numbers AS SELECT unnest(?::BIGINT[]) AS row_number", [numbers])
    # Lines between two neighbouring thin rows are summed in one scan; the thin rows themselves are left out.
    found = con.execute(
        f"""WITH bounds AS (SELECT 0 AS low UNION ALL SELECT row_number FROM thin_numbers)
        SELECT bounds.low, sum(r.amount_net) FROM ({numbered_sql(con, ledger)}) AS r
        ASOF JOIN bounds ON r.row_number > bounds.low
        WHERE NOT r.is_thin AND (r.note IS NULL OR r.note LIKE 'repaired%') GROUP BY bounds.low"""
    ).fetchall()
    after = {low: amount or Decimal(0) for low, amount in found}
    totals: dict[int, str] = {}
    since_last, so_far = after.get(0, Decimal(0)), after.get(0, Decimal(0))
    for row in rows:
        amount = row.amount or Decimal(0)
        if since_last and _is_near(amount, since_last):
            totals[row.row] = "subtotal"
            since_last = Decimal(0)
        elif so_far and _is_near(amount, so_far):
            totals[row.row] = "grand_total"
        else:
            since_last += amount
            so_far += amount
        since_last += after.get(row.row, Decimal(0))
        so_far += after.get(row.row, Decimal(0))
    return totals


def _suspect(row: ThinRow) -> ThinRow:
    """A row that says it is a total, though it does not add up, is rejected."""
    is_line = row.note is None or row.note.startswith("repaired")
    if is_line and _TOTAL_WORDS.search(row.text):
        return replace(row, note="rejected looks_like_total", is_suspect=True)
    return row
