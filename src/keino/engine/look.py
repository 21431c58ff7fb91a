"""One ledger as people look at it who must say whether keino understood it: columns with samples, first rows, rejects.

``look`` says what the columns are without counting anything, also where the ledger can't be read without help.
``first_rows`` shows what a reading would give. ``read_one`` reads and counts, and keeps the rejected rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from keino.columns import LEDGER
from keino.domain.ledgers.headers import normalise_header
from keino.domain.ledgers.mapping import map_columns, restyled
from keino.engine.accounting_year import settle_year
from keino.engine.connect import connect
from keino.engine.ingest.cleaning import macros
from keino.engine.ingest.counting import count
from keino.engine.ingest.mapping_file import SavedMapping, apply_saved
from keino.engine.ingest.numbering import numbered_sql
from keino.engine.ingest.reading import (
    OWN_COLUMNS,
    OpenLedger,
    ReadOptions,
    header_of,
    known_header_words,
    open_ledger,
    open_probe,
    usual_width,
    without_empty_end,
)
from keino.engine.ingest.sheet_text import SheetScan
from keino.engine.rejected import write_rejected
from keino.errors import UsageError

if TYPE_CHECKING:
    import duckdb

    from keino.domain.ledgers.mapping import ColumnMapping
    from keino.engine.results import LedgerReading

Progress = Callable[[str, int, int], None]

SAMPLE_ROWS = 20
_SAMPLE_VALUES = 5
_LONGEST_SAMPLE = 120


@dataclass(frozen=True)
class SourceColumn:
    """A column of the file: its number from 1, its header as printed, some values, what keino takes it for."""

    number: int
    header: str
    values: tuple[str, ...]
    meaning: str  # a column of columns.LEDGER; empty = not used


@dataclass(frozen=True)
class Look:
    """What a file looks like. ``header_key`` is the same for files with the same header; empty without a header."""

    header_key: str
    header_row: int  # from 1; 0 = none
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[SourceColumn, ...]
    decimal: str
    dates: tuple[str, ...]
    currency: str
    amount_basis: str


@dataclass(frozen=True)
class SampleRow:
    """A purchase line as it was understood."""

    row: int
    is_repaired: bool
    date: str  # ISO; the period as printed, or the year alone, where the ledger has no dates
    supplier: str
    account: str
    description: str
    unit: str
    amount: Decimal


@dataclass(frozen=True)
class OneLedger:
    """One ledger, read and counted. ``as_read`` reads the same columns again from keino's own copy of rejected rows."""

    reading: LedgerReading
    rows: tuple[SampleRow, ...]
    as_read: SavedMapping


@contextmanager
def _connection() -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    with TemporaryDirectory(prefix="keino-look-") as name:
        backend = connect(Path(name))
        try:
            yield backend.con, Path(name)
        finally:
            backend.disconnect()


def look(path: Path, options: ReadOptions) -> Look:
    """Return a file's columns with samples and what they are taken for. Raises UnreadableLedger.

    A mapping that doesn't fit the file is passed over here; reading says what is wrong with it.
    """
    with _connection() as (con, folder):
        _, probe = open_probe(path, con, folder, options)
        own = header_of(path, probe.head, None)
        try:
            found = header_of(path, probe.head, options.mapping)
        except UsageError:
            found = own
        first = found.first_data_row if found else 0
        data = [row for row in (*probe.head[first:], *probe.sample) if any(cell.strip() for cell in row)]
        cells = tuple(found.cells) if found else ()
        width = max(usual_width(data) if data else 0, len(without_empty_end(cells)))
        mapping = _mapping(cells, data, width, options.mapping)
        return Look(
            header_key=header_key(own.cells) if own else "",
            header_row=found.index + 1 if found else 0,
            sheet=probe.name if isinstance(probe, SheetScan) else "",
            sheets=probe.names if isinstance(probe, SheetScan) else (),
            columns=_columns(mapping, cells, data, width),
            decimal=mapping.amount_decimal,
            dates=tuple(dict.fromkeys(name for formats in mapping.date_formats.values() for name in formats)),
            currency=mapping.currency or "",
            amount_basis=mapping.amount_basis,
        )


def header_key(cells: Sequence[str]) -> str:
    """A hash of a header's texts in plain form; empty for a header without a word."""
    plain = [normalise_header(cell) for cell in without_empty_end(cells)]
    return hashlib.sha256("\x1f".join(plain).encode()).hexdigest() if any(plain) else ""


def _mapping(
    cells: Sequence[str], data: Sequence[Sequence[str]], width: int, saved: SavedMapping | None
) -> ColumnMapping:
    names = [*cells[:width], *[""] * (width - len(cells))]
    guess = map_columns(names, data, known_header_words())
    if saved is None:
        return guess
    try:
        applied = apply_saved(saved, guess)
    except UsageError:
        return guess
    return restyled(applied, guess, data, amounts=saved.decimal is None, dates=not saved.dates)


def _columns(
    mapping: ColumnMapping, cells: Sequence[str], data: Sequence[Sequence[str]], width: int
) -> tuple[SourceColumn, ...]:
    meanings = {index: name for name, index in mapping.columns.items()}
    return tuple(
        SourceColumn(
            index + 1,
            cells[index].strip() if index < len(cells) else "",
            _values(data, index),
            meanings.get(index, ""),
        )
        for index in range(width)
    )


def _values(data: Sequence[Sequence[str]], index: int) -> tuple[str, ...]:
    """The first different values of a column."""
    seen: dict[str, None] = {}
    for row in data:
        if index < len(row) and (text := row[index].strip()):
            seen.setdefault(text[:_LONGEST_SAMPLE])
        if len(seen) == _SAMPLE_VALUES:
            break
    return tuple(seen)


def first_rows(path: Path, options: ReadOptions, limit: int = SAMPLE_ROWS) -> tuple[SampleRow, ...]:
    """Return the first purchase lines as these options would read them. Raises KeinoError."""
    with _connection() as (con, folder):
        return _first_rows(con, open_ledger(path, con, folder, options), limit)


def read_one(
    path: Path, options: ReadOptions, *, rejected: Path | None = None, progress: Progress | None = None
) -> OneLedger:
    """Read and count one ledger. ``rejected`` is a folder that takes the rejected rows, if there are any.

    Raises KeinoError.
    """
    tell = progress or (lambda *_: None)
    with _connection() as (con, folder):
        tell("open", 0, 3)
        ledger = open_ledger(path, con, folder, options)
        tell("read", 1, 3)
        counted = settle_year(count(con, ledger))
        tell("keep", 2, 3)
        rows = _first_rows(con, counted.ledger, SAMPLE_ROWS)
        if rejected is not None and counted.reading.rejected:
            write_rejected(con, counted.ledger, rejected)
        ledger.refuse_changed()
        tell("keep", 3, 3)
        return OneLedger(counted.reading, rows, _as_read(counted.ledger))


def _first_rows(con: duckdb.DuckDBPyConnection, ledger: OpenLedger, limit: int) -> tuple[SampleRow, ...]:
    con.execute(macros(ledger.layout))
    found = con.execute(
        "SELECT row_number, note IS NOT NULL, "
        "coalesce(CAST(date AS VARCHAR), nullif(period, ''), CAST(year AS VARCHAR)), supplier_name, "
        "trim(concat_ws(' ', account_code, account_name)), description, unit_name, amount_net "
        f"FROM ({numbered_sql(con, ledger)}) WHERE note IS NULL OR note LIKE 'repaired%' LIMIT {int(limit)}"
    ).fetchall()
    return tuple(SampleRow(*row) for row in sorted(found))


def _as_read(ledger: OpenLedger) -> SavedMapping:
    """A mapping that reads keino's own file of this ledger's rejected rows exactly as the ledger was read.

    That file has two columns before the ledger's own, so every column is named by its number; what the ledger doesn't
    have is not looked for.
    """
    layout, ahead = ledger.layout, len(OWN_COLUMNS)
    return SavedMapping(
        columns={name: layout.columns[name] + ahead + 1 if name in layout.columns else "" for name in LEDGER},
        currency=layout.currency,
        amount_basis=layout.amount_basis,
        decimal=layout.decimal,
        thousands=layout.thousands,
        dates=tuple(dict.fromkeys(name for formats in layout.date_formats.values() for name in formats)),
        year=layout.file_year,
        encoding="utf-8",
        delimiter=";",
        header_row=1,
        splits=dict.fromkeys(layout.code_and_name, "code_and_name"),
    )
