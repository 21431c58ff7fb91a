"""Where the lines of a run lie: Parquet, written whole or not at all, and the rejected rows as a file to mend."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from keino.columns import PURCHASES
from keino.engine.formulas import harmless_sql
from keino.engine.ingest.cleaning import macros, rows_sql
from keino.engine.ingest.numbering import judged, number_rows
from keino.engine.ingest.reading import OpenLedger
from keino.engine.ingest.text_table import quoted
from keino.engine.tables import MONEY

if TYPE_CHECKING:
    import duckdb

#: Rows are wide; with DuckDB's usual groups of 122 880 the writer alone would need more than a run may take.
_PARQUET = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 30720"
#: Cursors of one database share its number of threads: who lowers it must be done before another asks what it was.
_ALONE = threading.Lock()
_MEASURED = ("source_file", "source_row", "reading", "repairs", "currency")


def store_purchases(con: duckdb.DuckDBPyConnection, ledgers: Sequence[OpenLedger], folder: Path) -> list[str]:
    """Write every ledger's rows to Parquet in ``folder`` and return SELECTs of its purchase lines (accepted, repaired).

    Rows are written in file order, so that their numbers need no sorting afterwards.
    """
    return [_stored(con, ledger, folder / f"rows-{number}.parquet") for number, ledger in enumerate(ledgers)]


def _stored(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, path: Path) -> str:
    con.execute(macros(ledger.layout))
    first, *late = ledger.scan.sources()
    columns = ", ".join(["note", "row_number", *_own_columns()])
    parts = []
    for number, source in enumerate((first, *late)):
        part = path.with_stem(f"{path.stem}-{number}")
        rows = rows_sql(source.sql, ledger.layout, is_typed=source.is_typed)
        con.execute(f"COPY (SELECT {columns} FROM ({rows})) TO {quoted(str(part))} ({_PARQUET})")
        stored = (
            f"SELECT *, file_row_number + 1 AS position FROM read_parquet({quoted(str(part))}, file_row_number=true)"
        )
        is_unnumbered = number == 0 and ledger.scan.is_fast
        parts.append(number_rows(con, stored, ledger) if is_unnumbered else stored)
    return " UNION ALL BY NAME ".join(_lines(judged(part, ledger), ledger) for part in parts)


def _own_columns() -> list[str]:
    return [name for name in PURCHASES if name not in _MEASURED]


def _lines(rows: str, ledger: OpenLedger) -> str:
    values = {
        "source_file": quoted(ledger.path.name),
        "source_row": "row_number",
        "reading": "CASE WHEN note IS NULL THEN 'accepted' ELSE 'repaired' END",
        "repairs": "coalesce(substr(note, 10), '')",
        "currency": quoted(ledger.layout.currency),
    }
    if ledger.accounting_year is not None:
        values["year"] = str(ledger.accounting_year)
    columns = ", ".join(f"{values.get(name, name)} AS {name}" for name in PURCHASES)
    return f"SELECT {columns} FROM ({rows}) WHERE note IS NULL OR note LIKE 'repaired%'"


def write_lines(con: duckdb.DuckDBPyConnection, select: str, folder: Path, *, as_csv: bool = True) -> dict[str, Path]:
    """Write ``lines.parquet`` (exact) and ``lines.csv`` (formulas made harmless); return their paths by kind."""
    written = {"parquet": folder / "lines.parquet"}
    _copy(con, select, written["parquet"], _PARQUET)
    if as_csv:
        written["csv"] = folder / "lines.csv"
        copy_csv(con, f"SELECT * FROM read_parquet({quoted(str(written['parquet']))})", written["csv"])
    return written


def copy_csv(con: duckdb.DuckDBPyConnection, select: str, path: Path, values: Sequence[object] = ()) -> None:
    """Write a query's rows as CSV, whole or not at all; ``values`` are those of its question marks.

    Texts that a spreadsheet program would run as formulas get an apostrophe before them.
    """
    described = con.execute(f"DESCRIBE {select}", list(values)).fetchall()
    guarded = ", ".join(harmless_sql(name) if kind == "VARCHAR" else name for name, kind, *_ in described)
    _copy(con, f"SELECT {guarded} FROM ({select})", path, "FORMAT csv, HEADER, DELIMITER ';'", values)


def copy_parquet(con: duckdb.DuckDBPyConnection, select: str, path: Path, values: Sequence[object] = ()) -> None:
    """Write a query's rows as Parquet, whole or not at all; ``values`` are those of its question marks."""
    _copy(con, select, path, _PARQUET, values)


#: What the rows of ``cube.parquet`` are told apart by.
CUBE_KEYS = ("category_code", "year", "category_basis", "exclusion_reason", "unit", "supplier", "source_file")


def write_cube(con: duckdb.DuckDBPyConnection, folder: Path) -> Path:
    """Write ``cube.parquet``: sums of the stored lines by everything pages ask for, so that they need no line.

    The spend is exact; so is, up to the last binary digit, the footprint, being the spend times the one factor of its
    category and year. Of several spellings of a supplier the first in the alphabet among purchases is shown.
    """
    lines = f"read_parquet({quoted(str(folder / 'lines.parquet'))})"
    keys = ", ".join(f"coalesce({name}, '') AS {name}" if name != "year" else name for name in CUBE_KEYS)
    shown = ", ".join(
        f"coalesce(min({name}) FILTER (WHERE exclusion_reason = ''), min({name}), '') AS {name}"
        for name in ("supplier_name", "supplier_business_id")
    )
    select = (
        f"WITH keyed AS (SELECT {keys}, supplier_name, supplier_business_id, amount_net, factor_kgco2e_per_unit AS f "
        f"FROM {lines}), names AS (SELECT supplier, {shown} FROM keyed GROUP BY supplier), "
        f"sums AS (SELECT {', '.join(CUBE_KEYS)}, count(*) AS lines, sum(amount_net)::{MONEY} AS spend, "
        "CAST(sum(amount_net) AS DOUBLE) * min(f) AS footprint_kgco2e FROM keyed GROUP BY ALL) "
        f"SELECT sums.*, names.supplier_name, names.supplier_business_id FROM sums JOIN names USING (supplier) "
        f"ORDER BY {', '.join(CUBE_KEYS)}"
    )
    path = folder / "cube.parquet"
    _copy(con, select, path, _PARQUET)
    return path


def _copy(con: duckdb.DuckDBPyConnection, select: str, path: Path, how: str, values: Sequence[object] = ()) -> None:
    import duckdb

    unfinished = path.with_name(f".{path.name}.part")
    copy = f"COPY ({select}) TO {quoted(str(unfinished))} ({how})"
    try:
        con.execute(copy, list(values))
    except duckdb.OutOfMemoryException:
        # Rows keep their order, so where one thread falls behind those of all others pile up. One alone piles up none.
        with _ALONE:
            [(threads,)] = con.execute("SELECT current_setting('threads')").fetchall()
            con.execute("SET threads = 1")
            try:
                con.execute(copy, list(values))
            finally:
                con.execute(f"SET threads = {threads}")
    unfinished.replace(path)
