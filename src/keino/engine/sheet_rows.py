"""A small table that somebody fills in by hand and sends (.xlsx, .ods or CSV), row by row as text; nothing is trusted.

What a file is and whether it harms is told by the same guards that ledgers pass (``engine.ingest``). Unlike a ledger,
such a table has its headings in the first row and nothing is guessed: it is read whole, or refused with what it is.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from keino.engine.formulas import as_typed
from keino.engine.ingest import problems
from keino.engine.ingest.container import Container, container_of
from keino.engine.ingest.csv_text import open_csv
from keino.engine.ingest.records import records
from keino.engine.ingest.sheet_text import as_text
from keino.engine.ingest.workbook_guard import refuse_harmful
from keino.errors import Problem, UnreadableLedger, UsageError

#: What people fill in by hand is far below these.
MOST_BYTES = 10 * 1024**2
MOST_ROWS = 10_000
MOST_COLUMNS = 200

_OTHER = Problem("it is no table that keino knows")
_BROKEN = Problem("the workbook is broken or cut short")
_HARMFUL = Problem("it holds more than a table, or unpacks to far more than one")
_WHAT: dict[type[Exception], Problem] = {
    problems.EmptyFile: Problem("the file is empty (0 bytes)"),
    problems.NoText: Problem("it holds no text"),
    problems.IsPdf: Problem("it is a PDF document"),
    problems.IsArchive: Problem("it is a compressed archive"),
    problems.IsPicture: Problem("it is a picture"),
    problems.IsDatabase: Problem("it is a database file"),
    problems.IsProgram: Problem("it is a program"),
    problems.IsWebPage: Problem("it is a web page"),
    problems.IsXml: Problem("it is XML, no table"),
    problems.IsJson: Problem("it is JSON, no table"),
    problems.IsOldOffice: Problem("it is a document of an old office program"),
    problems.IsBinaryWorkbook: Problem("it is a binary workbook (.xlsb)"),
    problems.IsBinary: Problem("it is no text and no workbook"),
    problems.NoWorkbookInside: Problem("it is an archive without a workbook inside"),
    problems.LockedWorkbook: Problem("the workbook is locked with a password"),
    problems.BrokenWorkbook: _BROKEN,
    problems.UnpacksTooLarge: _HARMFUL,
    problems.HarmfulWorkbook: _HARMFUL,
    problems.SheetTooLarge: _HARMFUL,
    problems.NoSheet: Problem("the workbook has no sheet"),
    problems.NoColumns: Problem("it has no columns"),
}
#: Where workbooks keep programs (.xlsm, .ods).
_PROGRAMS = ("vbaproject.bin", "basic/", "scripts/")


class TableUnreadable(UsageError):
    """A file that can't be read as a table."""

    code = "table_unreadable"
    template = (
        "{path} can't be read as a table: {what}. Nothing was changed. Save the table as .xlsx, .ods or CSV and send "
        "that."
    )


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the file (1 = first) and its cells as text."""

    number: int
    cells: tuple[str, ...]


def sheet_rows(path: Path) -> list[SheetRow]:
    """Return the rows that are not blank; of a workbook, of its first sheet that has any. Raises TableUnreadable."""
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise _unreadable(path, Problem("it is larger than {most} MB", most=MOST_BYTES // 1024**2))
        container = container_of(path)
        with TemporaryDirectory(prefix="keino-table-") as folder:
            return _within_limits(path, _lines(path, container, Path(folder)))
    except UnreadableLedger as error:
        raise _unreadable(path, _WHAT.get(type(error), _OTHER)) from error


def _unreadable(path: Path, what: Problem) -> TableUnreadable:
    return TableUnreadable(path=path.name, what=what)


def _lines(path: Path, container: Container, folder: Path) -> Iterator[SheetRow]:
    if container == "csv":
        found = open_csv(path, folder)
        return (SheetRow(row.row_number, tuple(row.cells)) for row in records(found.lines(), found.delimiter))
    if container in {"xls", "parquet"}:
        raise _unreadable(path, Problem("it is a file of the kind {kind}", kind=container))
    return _sheet(path, container)


def _sheet(path: Path, container: Container) -> Iterator[SheetRow]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _refuse_programs(path)
    refuse_harmful(path, container)
    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows:
                return iter([SheetRow(number, as_text(row)) for number, row in enumerate(rows, start=1)])
    except (CalamineError, PasswordError, OSError, ValueError, OverflowError) as error:
        raise _unreadable(path, _BROKEN) from error
    return iter(())


def _refuse_programs(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        names = [entry.filename.lower() for entry in archive.infolist()]
    if any(name.endswith(_PROGRAMS[0]) or name.startswith(_PROGRAMS[1:]) for name in names):
        raise _unreadable(path, Problem("it holds macros, which keino never takes in"))


def _within_limits(path: Path, lines: Iterator[SheetRow]) -> list[SheetRow]:
    found: list[SheetRow] = []
    for row in lines:
        cells = tuple(as_typed(cell.strip()) for cell in row.cells)
        while cells and not cells[-1]:
            cells = cells[:-1]
        if len(cells) > MOST_COLUMNS:
            raise _unreadable(path, Problem("it has more than {most} columns", most=MOST_COLUMNS))
        if cells:
            found.append(SheetRow(row.number, cells))
        if len(found) > MOST_ROWS + 1:  # and the headings
            raise _unreadable(path, Problem("it has more than {most} rows", most=MOST_ROWS))
    if not found:
        raise _unreadable(path, Problem("it has no rows"))
    return found
