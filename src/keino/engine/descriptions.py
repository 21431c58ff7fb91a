"""Free descriptions as evidence, with memory that does not grow with the ledger.

A ledger with a free text column has nearly one text for each line. The texts of lines whose other evidence is vague are
streamed past the rules once; what remains is one representative text for each different decision, so that later tables
stay small: ``description_keys`` sends (evidence, description) to that representative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from keino.engine.evidence import Decided, Key
from keino.engine.ingest.cleaning import macros, rows_sql
from keino.engine.ingest.numbering import numbered_sql
from keino.engine.tables import TEXT, create

if TYPE_CHECKING:
    import duckdb

    from keino.engine.ingest.counting import Counted
    from keino.engine.ingest.reading import OpenLedger

_BATCH_ROWS = 20_000


def describe(con: duckdb.DuckDBPyConnection, counted: Sequence[Counted], decided: Decided) -> list[Key]:
    """Return the sums of all lines with vague evidence, told apart by what their description decides.

    Leaves the table ``description_keys`` on the connection for ``lines_table``.
    """
    columns = decided.columns[:-1]
    create(con, "vague_evidence", decided.vague_table())
    texts = ", ".join(f"{name} VARCHAR" for name in (*columns, "description"))
    con.execute(f"CREATE OR REPLACE TABLE described ({texts}, year BIGINT, lines BIGINT, amount DECIMAL(38,4))")
    con.execute(f"CREATE OR REPLACE TABLE description_keys ({texts}, description_key VARCHAR)")
    for each in counted:
        for rows in _line_sources(con, each.ledger):
            con.execute(_insert(rows, decided, each.ledger))
    _decide(con, columns, decided)
    return _sums(con, columns)


def description_sql(column: str, decided: Decided) -> str:
    """The part of a description that may decide: its words. Invoice numbers and dates would make every text another."""
    return column if decided.reads_whole_descriptions else f"trim(regexp_replace({column}, '[^\\p{{L}}]+', ' ', 'g'))"


def _line_sources(con: duckdb.DuckDBPyConnection, ledger: OpenLedger) -> Iterator[str]:
    """SELECTs that together hold every row of a ledger, rows of totals told apart where there are any."""
    con.execute(macros(ledger.layout))
    if ledger.total_row_numbers or ledger.suspect_row_numbers:
        yield numbered_sql(con, ledger)
        return
    for source in ledger.scan.sources():
        yield rows_sql(source.sql, ledger.layout, is_typed=source.is_typed)


def _insert(rows: str, decided: Decided, ledger: OpenLedger) -> str:
    columns = decided.columns[:-1]
    year = str(ledger.accounting_year) if ledger.accounting_year is not None else "coalesce(r.year, 0)"
    names = ", ".join(f"r.{name}" for name in columns)
    text = description_sql("r.description", decided)
    return (
        f"INSERT INTO described SELECT {names}, {text}, {year}, count(*), sum(r.amount_net) FROM ({rows}) AS r "
        f"SEMI JOIN vague_evidence AS v ON {_same('r', 'v', columns)} "
        "WHERE r.note IS NULL OR r.note LIKE 'repaired%' GROUP BY ALL"
    )


def _same(one: str, other: str, columns: Iterable[str]) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in columns)


def _decide(con: duckdb.DuckDBPyConnection, columns: Sequence[str], decided: Decided) -> None:
    """Fill ``description_keys`` with the descriptions that decide something, batch by batch."""
    names = ", ".join((*columns, "description"))
    texts = con.cursor().execute(f"SELECT DISTINCT {names} FROM described WHERE description <> ''")
    while batch := texts.fetchmany(_BATCH_ROWS):
        found = [(*row, key) for row in batch if (key := decided.representative(row[:-1], row[-1]))]
        if found:
            cells = zip(*found, strict=True)
            named = zip((*columns, "description", "description_key"), cells, strict=True)
            create(con, "found_keys", {name: (TEXT, list(column)) for name, column in named})
            con.execute("INSERT INTO description_keys SELECT * FROM found_keys")


def _sums(con: duckdb.DuckDBPyConnection, columns: Sequence[str]) -> list[Key]:
    names = ", ".join(f"d.{name}" for name in columns)
    found = con.execute(
        f"SELECT {names}, coalesce(k.description_key, ''), d.year, sum(d.lines), sum(d.amount) FROM described AS d "
        f"LEFT JOIN description_keys AS k ON {_same('d', 'k', (*columns, 'description'))} GROUP BY ALL"
    ).fetchall()
    con.execute("DROP TABLE described")
    return [Key(tuple(row[:-4]), row[-4], int(row[-3]), int(row[-2]), row[-1]) for row in found]
