"""The rejected rows of one ledger, kept so that people can page through them and mend them.

A folder holds ``rejected.parquet`` (row, reason, amount where it could be read, cells) and ``header.json``. It is
written under another name first and appears whole or not at all. ``mended_csv`` writes rows that somebody mended as a
file that is read beside the ledger.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from filecmp import cmp
from pathlib import Path
from typing import TYPE_CHECKING

from keino.engine.formulas import as_typed, harmless
from keino.engine.ingest.cleaning import macros
from keino.engine.ingest.numbering import odd_rows_sql
from keino.engine.ingest.reading import OWN_COLUMNS, OpenLedger
from keino.engine.ingest.text_table import file_pattern, quoted

if TYPE_CHECKING:
    import duckdb

_BATCH_ROWS = 5_000
ROWS, HEADER = "rejected.parquet", "header.json"


@dataclass(frozen=True)
class RejectedRow:
    """A rejected row: its number in the ledger, the reason's code, its amount where one could be read, its cells."""

    row: int
    reason: str
    amount: Decimal | None
    cells: tuple[str, ...]


def write_rejected(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, folder: Path) -> None:
    """Write the rejected rows of a counted ledger to ``folder``, which must not exist yet."""
    con.execute(macros(ledger.layout))
    layout = ledger.layout
    unfinished = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    cells = ", ".join(f"coalesce(CAST(c{index} AS VARCHAR), '')" for index in range(layout.width))
    con.execute(
        f"COPY (SELECT row_number AS row, substr(note, 10) AS reason, amount_net AS amount, [{cells}] AS cells "
        f"FROM ({odd_rows_sql(con, ledger)}) WHERE note LIKE 'rejected%' ORDER BY row_number) "
        f"TO {quoted(str(unfinished / ROWS))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10000)"
    )
    header = [" ".join(cell.split()) for cell in layout.header] + [""] * (layout.width - len(layout.header))
    (unfinished / HEADER).write_text(json.dumps(header[: layout.width], ensure_ascii=False), "utf-8")
    unfinished.rename(folder)


def rejected_header(folder: Path) -> tuple[str, ...]:
    """The ledger's own header over the cells of its rejected rows."""
    return tuple(json.loads((folder / HEADER).read_text("utf-8")))


def rejected_page(
    folder: Path, *, offset: int = 0, limit: int | None = None, reason: str = ""
) -> tuple[RejectedRow, ...]:
    """Some rejected rows by their number in the ledger; ``reason`` keeps those of one reason."""
    bounds = f"LIMIT {int(limit)} OFFSET {int(offset)}" if limit is not None else ""
    where = f"WHERE reason = {quoted(reason)}" if reason else ""
    return tuple(_found(folder, f"{where} ORDER BY row {bounds}"))


def rejected_rows(folder: Path, numbers: Iterable[int]) -> dict[int, RejectedRow]:
    """The rejected rows of these numbers, by number."""
    wanted = sorted({int(number) for number in numbers})
    if not wanted:
        return {}
    return {row.row: row for row in _found(folder, f"WHERE row IN ({', '.join(map(str, wanted))})")}


def count_rejected(folder: Path, reason: str = "") -> int:
    """How many rows were rejected, in all or for one reason."""
    import duckdb

    where = f"WHERE reason = {quoted(reason)}" if reason else ""
    with duckdb.connect() as con:
        (found,) = con.execute(f"SELECT count(*) FROM read_parquet({_rows_of(folder)}) {where}").fetchone() or (0,)
    return int(found)


def _found(folder: Path, clauses: str) -> list[RejectedRow]:
    import duckdb

    with duckdb.connect() as con:
        rows = con.execute(
            f"SELECT row, reason, amount, cells FROM read_parquet({_rows_of(folder)}) {clauses}"
        ).fetchall()
    return [RejectedRow(row, reason, amount, tuple(cells)) for row, reason, amount, cells in rows]


def _rows_of(folder: Path) -> str:
    return file_pattern(folder / ROWS)


def rejected_csv(folder: Path) -> Iterator[str]:
    """The rejected rows as CSV text in parts: row and reason, then the ledger's own cells; formulas made harmless."""
    yield "\ufeff" + _csv([(*OWN_COLUMNS, *rejected_header(folder))])
    offset = 0
    while rows := rejected_page(folder, offset=offset, limit=_BATCH_ROWS):
        yield _csv([(row.row, row.reason, *map(harmless, row.cells)) for row in rows])
        offset += len(rows)


def write_rejects(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, folder: Path) -> Path:
    """Write the rejected rows as CSV: their row and reason, then the cells under the ledger's own header.

    The file can be mended and read again beside the ledger; the first two columns are passed over. A file of that name
    with other content is never replaced, for somebody may have mended it: the new one gets a number. Returns its path.
    """
    con.execute(macros(ledger.layout))
    layout = ledger.layout
    cells = ", ".join(f"CAST(c{index} AS VARCHAR)" for index in range(layout.width))
    found = con.execute(
        f"SELECT row_number, substr(note, 10), {cells} FROM ({odd_rows_sql(con, ledger)}) "
        "WHERE note LIKE 'rejected%' ORDER BY row_number"
    )
    header = [cell.replace("\n", " ") for cell in layout.header] + [""] * (layout.width - len(layout.header))
    unfinished = folder / f".rejected-{ledger.path.stem}.part"
    with unfinished.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=ledger.delimiter or ";")
        writer.writerow(["keino_row", "keino_reason", *header[: layout.width]])
        while rows := found.fetchmany(_BATCH_ROWS):
            writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return unfinished.replace(_free_name(unfinished, folder / f"rejected-{ledger.path.stem}.csv"))


def _free_name(unfinished: Path, wanted: Path) -> Path:
    """The wanted path, or the first numbered one where no file with other content stands."""
    path, number = wanted, 2
    while path.exists() and not cmp(unfinished, path, shallow=False):
        path, number = wanted.with_stem(f"{wanted.stem}-{number}"), number + 1
    return path


def mended_csv(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> bytes:
    """Mended rows (number in the ledger, cells) as the file that ``look.OneLedger.as_read`` reads."""
    lines = [(number, "", *(" ".join(cell.split()) for cell in cells)) for number, cells in rows]
    return _csv([(*OWN_COLUMNS, *header), *lines]).encode("utf-8")


def _csv(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue()


class NotRejectedRows(ValueError):
    """A text that is not a file of rejected rows."""


def rows_of_mended_csv(text: str) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]]:
    """The ledger's header and the cells by row number of a file of rejected rows, as a spreadsheet program saved it.

    Raises NotRejectedRows for any other text.
    """
    text = text.removeprefix("\ufeff")
    first = OWN_COLUMNS[0]
    start = text.lstrip().strip('"')
    if not start.startswith(first):
        raise NotRejectedRows
    delimiter = start[len(first) :].lstrip('"')[:1] or ";"
    if delimiter not in ";,\t|":
        raise NotRejectedRows
    try:
        header, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise NotRejectedRows from error
    ahead = len(OWN_COLUMNS)
    if tuple(cell.strip() for cell in header[:ahead]) != OWN_COLUMNS:
        raise NotRejectedRows
    rows = {}
    for line in lines:
        if not any(cell.strip() for cell in line):
            continue
        if not line[0].strip().isdecimal() or int(line[0]) in rows:
            raise NotRejectedRows
        rows[int(line[0])] = tuple(as_typed(cell) for cell in line[ahead:])
    return tuple(header[ahead:]), rows
