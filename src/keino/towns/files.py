"""Write the rows of a sheet: text with delimiters, or a workbook. The same rows give the same bytes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from keino.towns.layouts import INVENTED
from keino.towns.sheet import Cents, Row, Sheet

if TYPE_CHECKING:
    from pathlib import Path

CREATED = datetime(2025, 1, 1, tzinfo=UTC)
NOTES = (
    "Anteckningar",
    INVENTED["sv"],
    "Beloppen är utan moms. Kreditnotor är negativa.",
    "Privata näringsidkares namn visas inte.",
)


def write_text(sheet: Sheet, path: Path) -> None:
    """Write a CSV or TSV file; rows with no cell at all become empty lines."""
    layout = sheet.layout
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=layout.delimiter, lineterminator=layout.line_end)
    for row in sheet.text_rows():
        writer.writerow(row) if row else text.write(layout.line_end)
    path.write_bytes(text.getvalue().encode(layout.encoding))


def write_workbook(sheet: Sheet, path: Path) -> None:
    """Write an XLSX file with a fixed creation date, so that its bytes do not depend on the day."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False})
    book.set_properties({"created": CREATED, "author": "", "comments": INVENTED["sv"]})
    if sheet.layout.notes_sheet == "first":
        _write_notes(book)
    _write_lines(book, sheet)
    if sheet.layout.notes_sheet == "last":
        _write_notes(book)
    book.close()


def _write_notes(book: xlsxwriter.Workbook) -> None:
    notes = book.add_worksheet("Anteckningar")
    for number, text in enumerate(NOTES):
        notes.write_string(number, 0, text)


def _write_lines(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(f"Fakturor {sheet.year}")
    money, day = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "d.m.yyyy"})
    fields = [name for _, name in sheet.layout.columns]
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row.cells):
            if _is_number(row, fields[column], sheet):
                page.write_number(number, column, int(str(cell)))
            elif isinstance(cell, Cents):
                page.write_number(number, column, cell.cents / 100, money)
            elif isinstance(cell, date):
                page.write_datetime(number, column, cell, day)
            elif cell:
                page.write_string(number, column, cell)


def _is_number(row: Row, field: str, sheet: Sheet) -> bool:
    """Whether a code is stored as a number: some systems do that to account codes and voucher numbers."""
    return sheet.layout.numeric_codes and field in {"account_code", "voucher"} and row.kind in {"line", "rejected"}
