"""Parquet as a text table. Numbers and dates are printed plainly so that one rule reads every container."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from keino.engine.ingest.container import unreadable
from keino.engine.ingest.text_table import Cells, Source, quoted, refuse_wide

if TYPE_CHECKING:
    import duckdb

HEAD_ROWS = 400
SAMPLE_ROWS = 150


@dataclass
class ParquetScan:
    """One Parquet file as FROM items, in the same manner as ``CsvScan``. Its header is row 1."""

    path: Path
    names: tuple[str, ...]
    head: tuple[Cells, ...]
    sample: tuple[Cells, ...]
    header_row: int = 1
    width: int = field(default=0)
    refused_rows: tuple[int, ...] = ()
    is_fast: bool = False

    def sources(self) -> tuple[Source, ...]:
        """The one FROM item that holds every row."""
        cells = ", ".join(f"CAST({_name(name)} AS VARCHAR) AS c{index}" for index, name in enumerate(self.names))
        # The header counts as row 1 and DuckDB's file_row_number starts at 0, so the first line is row 2.
        numbered = f"read_parquet({quoted(str(self.path))}, file_row_number=true)"
        return (Source(f"(SELECT {cells}, file_row_number + 2 AS row_number, '' AS flags FROM {numbered})"),)

    def first_source(self) -> Source:
        """The same: nothing is refused."""
        return self.sources()[0]

    def account_for(self, con: object, rows_read: int) -> bool:
        """Nothing was refused."""
        return True

    def step_back(self) -> None:
        """There is no more careful way."""


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def open_parquet(path: Path, con: duckdb.DuckDBPyConnection) -> ParquetScan:
    """Look at a Parquet file. Raises UnreadableLedger when it is broken or empty."""
    import duckdb

    try:
        names = tuple(
            row[0] for row in con.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(str(path))})").fetchall()
        )
        refuse_wide(path, len(names))
        scan = ParquetScan(path=path, names=names, head=(), sample=(), width=len(names))
        cells = ", ".join(f"c{index}" for index in range(len(names)))
        count = con.execute(f"SELECT count(*) FROM {scan.sources()[0].sql}").fetchone()
        first = con.execute(f"SELECT {cells} FROM {scan.sources()[0].sql} LIMIT {HEAD_ROWS}").fetchall()
        rows = count[0] if count else 0
        later = con.execute(
            f"SELECT {cells} FROM {scan.sources()[0].sql} WHERE row_number BETWEEN {rows // 2} AND {rows // 2 + SAMPLE_ROWS}"
        ).fetchall()
    except duckdb.Error as error:
        raise unreadable(path, "the Parquet file is broken or cut short", "Write it again.") from error
    if not rows:
        raise unreadable(path, "the Parquet file holds no rows", "Export the ledger again.")
    scan.head = (names, *(_texts(row) for row in first))
    scan.sample = tuple(_texts(row) for row in later)
    return scan


def _texts(row: tuple[str | None, ...]) -> Cells:
    return tuple(cell or "" for cell in row)
