"""One table as a file to be filled in and sent back: workbook, OpenDocument spreadsheet or CSV.

Texts are written as texts; in CSV, where a spreadsheet program would take them for formulas, they get an apostrophe
(``engine.formulas``), which reading takes away again. Dates are dates and amounts are numbers, so that people can sort
and reckon with them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from keino.engine.formulas import harmless
from keino.report.plain_book import WIDEST, Cell, PlainPage, plain_book
from keino.report.safe_cells import XLSX, cell_text, sheet_name

FORMATS = ("xlsx", "ods", "csv")
TYPES = {
    "xlsx": XLSX,
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class PlainSheet:
    """A name, the headings and the rows; ``notes`` are rows of a second sheet that explains the first."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    notes_name: str = ""
    notes: Sequence[Sequence[str]] = ()


def written(sheet: PlainSheet, kind: str) -> bytes:
    """The file of a table in one of FORMATS; CSV has no notes."""
    return {"xlsx": _as_xlsx, "ods": _as_ods, "csv": _as_csv}[kind](sheet)


def _as_csv(sheet: PlainSheet) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in sheet.head])
    for row in sheet.rows:
        writer.writerow([_plain(cell) for cell in row])
    return stream.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    return cell.isoformat() if isinstance(cell, dt.date) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _as_xlsx(sheet: PlainSheet) -> bytes:
    pages = [PlainPage(sheet.name, sheet.head, sheet.rows)]
    if sheet.notes:
        head, *notes = sheet.notes
        pages.append(PlainPage(sheet.notes_name, head, notes, width=WIDEST))
    return plain_book(pages, title=sheet.name)


def _as_ods(sheet: PlainSheet) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TextProperties

    book = OpenDocumentSpreadsheet()
    head = Style(name="head", family="table-cell")
    head.addElement(TextProperties(fontweight="bold"))
    book.automaticstyles.addElement(head)
    _add_page(book, sheet.name, sheet.head, sheet.rows, head)
    if sheet.notes:
        _add_page(book, sheet.notes_name, sheet.notes[0], sheet.notes[1:], head)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _add_page(book: Any, name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], style: Any) -> None:
    from odf.table import Table as Page
    from odf.table import TableColumn, TableRow

    page = Page(name=sheet_name(name))
    page.addElement(TableColumn(numbercolumnsrepeated=max(1, len(head))))
    for number, row in enumerate([head, *rows]):
        line = TableRow()
        for cell in row:
            line.addElement(_ods_cell(cell, None if number else style))
        page.addElement(line)
    book.spreadsheet.addElement(page)


def _ods_cell(cell: Cell, style: Any) -> Any:
    from odf.table import TableCell
    from odf.text import P

    more = {"stylename": style} if style is not None else {}
    if cell is None or cell == "":
        return TableCell(**more)
    if isinstance(cell, dt.date):
        found = TableCell(valuetype="date", datevalue=cell.isoformat(), **more)
        found.addElement(P(text=cell.isoformat()))
    elif isinstance(cell, str):
        found = TableCell(valuetype="string", **more)
        found.addElement(P(text=cell_text(cell)))
    else:
        found = TableCell(valuetype="float", value=str(cell), **more)
        found.addElement(P(text=str(cell)))
    return found
