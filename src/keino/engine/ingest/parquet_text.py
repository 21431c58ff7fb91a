"""Parquet as a text table. Numbers and dates are printed plainly so that one rule reads every container."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from keino.engine.ingest import problems
from keino.engine.ingest.text_table import Cells, Source, WholeScan, file_pattern, plain_path, refuse_wide

if TYPE_CHECKING:
    import duckdb

HEAD_ROWS = 400
SAMPLE_ROWS = 150


@dataclass
class ParquetScan(WholeScan):
    """One Parquet file as FROM items, in the same manner as ``CsvScan``. Its header is row 1."""

    path: Path
    file: Path  # the same, under a name that DuckDB can be told
    names: tuple[str, ...]
    head: tuple[Cells, ...]
    sample: tuple[Cells, ...]
    header_row: int = 1
    width: int = field(default=0)

    def sources(self) -> tuple[Source, ...]:
        """The one FROM item that holds every row."""
        cells = ", ".join(f"CAST({_name(name)} AS VARCHAR) AS c{index}" for index, name in enumerate(self.names))
        # The header counts as row 1 and DuckDB's file_row_number starts at 0, so the first line is row 2.
        has_own = any(name.lower() == "file_row_number" for name in self.names)
        number = "row_number() OVER () + 1" if has_own else "file_row_number + 2"
        extra = "" if has_own else ", file_row_number=true"
        rows = f"read_parquet({file_pattern(self.file)}, hive_partitioning=false{extra})"
        return (Source(f"(SELECT {cells}, {number} AS row_number, '' AS flags FROM {rows})"),)

    def broken(self) -> problems.LedgerProblem:
        """What is wrong when reading breaks off."""
        return problems.BrokenParquet(self.path)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def open_parquet(path: Path, con: duckdb.DuckDBPyConnection, folder: Path) -> ParquetScan:
    """Look at a Parquet file; ``folder`` takes temporary files. Raises UnreadableLedger when it is broken or empty."""
    import duckdb

    file = plain_path(path, folder)
    described = f"DESCRIBE SELECT * FROM read_parquet({file_pattern(file)}, hive_partitioning=false)"
    try:
        names = tuple(row[0] for row in con.execute(described).fetchall())
        refuse_wide(path, len(names))
        scan = ParquetScan(path=path, file=file, names=names, head=(), sample=(), width=len(names))
        cells, source = ", ".join(f"c{index}" for index in range(len(names))), scan.sources()[0].sql
        count = con.execute(f"SELECT count(*) FROM {source}").fetchone()
        rows = count[0] if count else 0
        first = con.execute(f"SELECT {cells} FROM {source} LIMIT {HEAD_ROWS}").fetchall()
        middle = f"row_number BETWEEN {rows // 2} AND {rows // 2 + SAMPLE_ROWS}"
        later = con.execute(f"SELECT {cells} FROM {source} WHERE {middle}").fetchall()
    except duckdb.Error as error:
        raise problems.BrokenParquet(path) from error
    if not rows:
        raise problems.NoRows(path)
    scan.head = (names, *(_texts(row) for row in first))
    scan.sample = tuple(_texts(row) for row in later)
    return scan


def _texts(row: tuple[str | None, ...]) -> Cells:
    return tuple(cell or "" for cell in row)
