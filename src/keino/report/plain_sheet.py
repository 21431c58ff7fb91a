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
from keino.report.sheets import cell_text

Cell = str | int | Decimal | dt.date | None
FORMATS = ("xlsx", "ods", "csv")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
}
_WIDEST = 45


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
    import xlsxwriter

    stream = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(stream, options) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "num_format": "@"}),
            "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "number": book.add_format({"num_format": "0.00"}),
            "whole": book.add_format({"num_format": "0"}),
        }
        page = book.add_worksheet(_sheet_name(sheet.name))
        page.freeze_panes(1, 0)
        for place, text in enumerate(sheet.head):
            page.set_column(place, place, min(_WIDEST, max(14, len(text) + 2)))
            page.write_string(0, place, cell_text(text), styles["head"])
        for number, row in enumerate(sheet.rows, 1):
            for place, cell in enumerate(row):
                _write_xlsx(page, number, place, cell, styles)
        _write_notes(book, sheet, styles)
    return stream.getvalue()


def _write_notes(book: Any, sheet: PlainSheet, styles: dict[str, Any]) -> None:
    if not sheet.notes:
        return
    page = book.add_worksheet(_sheet_name(sheet.notes_name))
    page.set_column(0, 3, _WIDEST)
    for number, row in enumerate(sheet.notes):
        for place, text in enumerate(row):
            page.write_string(number, place, cell_text(text), styles["text" if number else "head"])


def _write_xlsx(page: Any, row: int, place: int, cell: Cell, styles: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row, place, cell_text(cell), styles["text"])
    elif isinstance(cell, dt.date):
        page.write_datetime(row, place, dt.datetime.combine(cell, dt.time()), styles["day"])
    else:
        page.write_number(row, place, float(cell), styles["whole" if isinstance(cell, int) else "number"])


def _sheet_name(name: str) -> str:
    """A name that a workbook takes: at most 31 characters, none of those that mean something in a reference."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in name)[:31]


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

    page = Page(name=_sheet_name(name))
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
