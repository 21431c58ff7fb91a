"""Workbooks (.xlsx, .ods, .xls) as a text table: every sheet cell as text, rows numbered as the spreadsheet does.

Formulas are read by the value the spreadsheet program saved with them; nothing is calculated and nothing outside the
workbook is opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from keino.engine.ingest.container import unreadable
from keino.engine.ingest.text_table import Cells, Source, refuse_wide, stored, write_text

HEAD_ROWS = 400
SAMPLE_ROWS = 150


@dataclass
class SheetScan:
    """One sheet of a workbook as FROM items, in the same manner as ``CsvScan``."""

    path: Path
    container: str
    sheet: str
    sheets: tuple[str, ...]
    rows: list[list[Any]]
    folder: Path
    header_row: int = 0
    width: int = 0
    refused_rows: tuple[int, ...] = ()
    is_fast: bool = False
    _stored: Path | None = field(init=False, default=None)

    @property
    def head(self) -> tuple[Cells, ...]:
        """The first rows as text."""
        return tuple(as_text(row) for row in islice(self.rows, HEAD_ROWS))

    @property
    def sample(self) -> tuple[Cells, ...]:
        """Rows from the middle and the end as text."""
        if len(self.rows) <= HEAD_ROWS + 2 * SAMPLE_ROWS:
            return tuple(as_text(row) for row in self.rows[HEAD_ROWS:])
        middle = len(self.rows) // 2
        chosen = [*self.rows[middle : middle + SAMPLE_ROWS], *self.rows[-SAMPLE_ROWS:]]
        return tuple(as_text(row) for row in chosen)

    def sources(self) -> tuple[Source, ...]:
        """The one FROM item that holds every row below the header."""
        if self._stored is None:
            self._stored = self.folder / f"{self.path.stem}-sheet.parquet"
            write_text(self._stored, self.width, self._data())
            self.rows = []
        return (Source(stored(self._stored)),)

    def first_source(self) -> Source:
        """The same: a workbook is read carefully at once."""
        return self.sources()[0]

    def account_for(self, con: object, rows_read: int) -> bool:
        """Nothing was refused."""
        return True

    def step_back(self) -> None:
        """There is no more careful way."""

    def _data(self) -> Iterator[tuple[int, Sequence[str], str]]:
        for number, row in enumerate(self.rows, start=1):
            if number > self.header_row:
                yield number, as_text(row), ""


def open_sheet(path: Path, container: str, folder: Path, sheet: str = "") -> SheetScan:
    """Open one sheet: the one named, else the one with most filled rows that is not hidden by being empty.

    Raises UnreadableLedger for broken workbooks and unknown sheet names.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_path(path)
        names = tuple(workbook.sheet_names)
        chosen = _chosen(path, workbook, names, sheet)
        rows = workbook.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except PasswordError as error:
        raise unreadable(path, "the workbook is locked with a password", "Save it without a password.") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        what = "the workbook is broken or cut short"
        raise unreadable(path, what, "Open it in a spreadsheet program and save it again.") from error
    if not any(any(cell != "" for cell in row) for row in rows):
        raise unreadable(path, f"sheet {chosen} is empty", "Name the right sheet with --sheet.")
    refuse_wide(path, max(len(row) for row in rows))
    return SheetScan(path=path, container=container, sheet=chosen, sheets=names, rows=rows, folder=folder)


def _chosen(path: Path, workbook: Any, names: tuple[str, ...], sheet: str) -> str:
    if sheet:
        if sheet not in names:
            raise unreadable(path, f"it has no sheet called {sheet}", f"Its sheets are: {', '.join(names)}.")
        return sheet
    if not names:
        raise unreadable(path, "the workbook has no sheet", "Open it in a spreadsheet program and save it again.")
    return max(names, key=lambda name: workbook.get_sheet_by_name(name).height)


def as_text(row: Sequence[Any]) -> Cells:
    """Return the cells of a row as text: dates as ISO, numbers in full without a trailing ``.0``."""
    return tuple(_cell_text(cell) for cell in row)


def _cell_text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "seconds")
    return str(cell)


def _number_text(number: float) -> str:
    """Return a spreadsheet's number in full: 15 significant digits, as spreadsheets hold, never an exponent."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.15g}"
    return format(number, "f") if "e" in text else text
