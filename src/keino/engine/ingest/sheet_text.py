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
from typing import TYPE_CHECKING, Any

from keino.engine.ingest import problems
from keino.engine.ingest.text_table import Cells, Shape, Source, WholeScan, refuse_wide, scratch, stored, write_text
from keino.engine.ingest.workbook_guard import refuse_harmful

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

HEAD_ROWS = 400
SAMPLE_ROWS = 150


@dataclass
class SheetScan(WholeScan):
    """One sheet of a workbook as FROM items, in the same manner as ``CsvScan``."""

    path: Path
    container: str
    name: str
    names: tuple[str, ...]  # of all visible sheets
    sheet: CalamineSheet | None
    folder: Path
    header_row: int = 0
    width: int = 0
    head: tuple[Cells, ...] = ()
    sample: tuple[Cells, ...] = ()
    _stored: Path | None = field(init=False, default=None)

    def sources(self) -> tuple[Source, ...]:
        """The one FROM item that holds every row below the header."""
        if self._stored is None:
            assert self.sheet is not None
            self._stored = scratch(self.folder, "sheet")
            rows = ((number, cells, "") for number, cells in _rows(self.sheet) if number > self.header_row)
            write_text(self._stored, Shape(self.width, 0, bool), rows)
            self.sheet = None  # its memory is free again
        return (Source(stored(self._stored)),)

    def broken(self) -> problems.LedgerProblem:
        """What is wrong when reading breaks off."""
        return problems.BrokenWorkbook(self.path)


def open_sheet(path: Path, container: str, folder: Path, sheet: str = "") -> SheetScan:
    """Open one sheet: the one named, else the visible one with most rows.

    Raises UnreadableLedger for broken workbooks and unknown sheet names.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if container != "xls":
        refuse_harmful(path, container)
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = _names(workbook)
        chosen = _chosen(path, workbook, names, sheet)
    except PasswordError as error:
        raise problems.LockedWorkbook(path) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise problems.BrokenWorkbook(path) from error
    if not chosen.height:
        raise problems.EmptySheet(path, sheet=chosen.name)
    refuse_wide(path, chosen.total_width)
    scan = SheetScan(path=path, container=container, name=chosen.name, names=names, sheet=chosen, folder=folder)
    scan.head, scan.sample = _look(chosen)
    return scan


def _names(workbook: CalamineWorkbook) -> tuple[str, ...]:
    """Sheets that a person sees; all of them when none is visible."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [each for each in workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
    visible = tuple(each.name for each in sheets if each.visible == SheetVisibleEnum.Visible)
    return visible or tuple(each.name for each in sheets)


def _chosen(path: Path, workbook: CalamineWorkbook, names: tuple[str, ...], sheet: str) -> CalamineSheet:
    if sheet:
        if sheet not in workbook.sheet_names:
            raise problems.NoSuchSheet(path, sheet=sheet, sheets=problems.named(workbook.sheet_names))
        return workbook.get_sheet_by_name(sheet)
    if not names:
        raise problems.NoSheet(path)
    best, *others = names
    largest = workbook.get_sheet_by_name(best)
    for name in others:
        other = workbook.get_sheet_by_name(name)
        largest = other if other.height > largest.height else largest
    return largest


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, Cells]]:
    """Yield (row number, cells as text); empty columns at the left stay, so that columns keep their places too."""
    left = ("",) * (sheet.start[1] if sheet.start else 0)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, left + as_text(row)


def _look(sheet: CalamineSheet) -> tuple[tuple[Cells, ...], tuple[Cells, ...]]:
    """The first rows, and rows from the middle and the end."""
    head = tuple(cells for _, cells in islice(_rows(sheet), HEAD_ROWS))
    left = sheet.total_height + 1 - HEAD_ROWS
    if left <= 2 * SAMPLE_ROWS:
        return head, tuple(cells for _, cells in islice(_rows(sheet), HEAD_ROWS, None))
    pads = ("",) * (sheet.start[1] if sheet.start else 0)
    rows = islice(sheet.iter_rows(), HEAD_ROWS, None)
    middle = list(islice(rows, left // 2 - SAMPLE_ROWS, left // 2))
    end = islice(rows, left - left // 2 - SAMPLE_ROWS, None)
    return head, tuple(pads + as_text(row) for row in (*middle, *end))


def as_text(row: Sequence[Any]) -> Cells:
    """Return the cells of a row as text: dates as ISO, numbers in full without a trailing ``.0``."""
    return tuple(cell if isinstance(cell, str) else _cell_text(cell) for cell in row)


def _cell_text(cell: Any) -> str:
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
