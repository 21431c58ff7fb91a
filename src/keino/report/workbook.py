"""The report as a workbook: the same tables with exact numbers, formatted, with sums that tie.

Nothing in it can run: text is always written as text, never as a formula or an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from keino.report.language import translator
from keino.report.safe_cells import CREATED, TEXT_STAYS_TEXT, cell_text, sheet_name
from keino.report.sheets import Sheet, sheets, summary
from keino.report.tables import ADDITIVE, Column, Row, Table, View
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from keino.engine.results import FootprintResult
    from keino.report.tables import Kind, Value

WIDEST = 60

FORMATS: dict[Kind, str] = {
    "text": "@", "year": "0", "count": "#,##0", "money": "#,##0.00", "cents": "#,##0.00", "tonnes": "#,##0.000",
    "share": "0.0%", "factor": "0.0000", "ratio": "0.00",
}  # fmt: skip
WIDTHS: dict[Kind, int] = {"text": 28, "year": 8, "count": 11, "money": 17, "cents": 17, "share": 11}


def write_workbook(result: FootprintResult, path: Path, language: str) -> None:
    """Write the workbook of ``result`` to ``path``."""
    view = View(result, translator(language))
    title = f"{view.speech.text('Carbon footprint of procurement')} {result.organisation}".strip()
    first = FirstSheet(view.speech.text("Summary"), tuple(summary(view)))
    write_book(path, first, sheets(view), title=title, code_version=result.code_version)


@dataclass(frozen=True)
class FirstSheet:
    """The sheet of words that a workbook begins with: its name, and its lines with their styles."""

    name: str
    lines: tuple[tuple[str, str], ...]  # text; note, title or sentence


def write_book(path: Path, first: FirstSheet, rest: Iterable[Sheet], *, title: str, code_version: str) -> None:
    """Write a workbook of words and tables to ``path``."""
    import xlsxwriter

    options = {"constant_memory": True, "nan_inf_to_errors": True, **TEXT_STAYS_TEXT}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": cell_text(title), "created": CREATED, "comments": f"keino {code_version}"})
        styles = _styles(book)
        _write_first(book, styles, first)
        for sheet in rest:
            _write_sheet(book, styles, sheet)


def _styles(book: Any) -> dict[str, Any]:
    styles = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "sentence": book.add_format({"text_wrap": True, "valign": "top", "font_size": 12}),
        "note": book.add_format({"font_color": "#55606b", "italic": True}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "num_format": "@"}),
        "head number": book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "align": "right"}
        ),
    }
    for kind, number_format in FORMATS.items():
        styles[kind] = book.add_format({"num_format": number_format, "valign": "top"})
        styles[f"total {kind}"] = book.add_format({"num_format": number_format, "bold": True, "top": 1})
    return styles


def _write_first(book: Any, styles: dict[str, Any], first: FirstSheet) -> None:
    """Words only, in one wide column."""
    sheet = book.add_worksheet(sheet_name(first.name))
    sheet.set_column(0, 0, 110)
    for number, (line, style) in enumerate(first.lines):
        _write_text(sheet, number, 0, line, styles[style])


def _write_sheet(book: Any, styles: dict[str, Any], sheet: Sheet) -> None:
    tables = [table for table in sheet.tables if table.rows]
    page = book.add_worksheet(sheet_name(sheet.name))
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for number, width in enumerate(_widths(tables)):
        page.set_column(number, number, width)
    if tables:
        page.freeze_panes(2, 1)
    top = 0
    for table in tables:
        top = _write_table(page, styles, table, top) + 2


def _widths(tables: list[Table]) -> list[int]:
    """Widths of columns in characters: wide enough for the names of the first column and for each kind of number."""
    widths: list[int] = []
    for table in tables:
        for number, column in enumerate(table.columns):
            width = WIDTHS.get(column.kind, 13)
            if number == 0:
                width = max([width, *(len(str(row.values[0])) for row in table.rows)])
            if number == len(widths):
                widths.append(0)
            widths[number] = min(WIDEST, max(widths[number], width))
    return widths


def _write_table(page: Any, styles: dict[str, Any], table: Table, top: int) -> int:
    """Write a table from row ``top`` and return the row after it. Rows go from top to bottom (constant memory)."""
    _write_text(page, top, 0, table.title, styles["title"])
    for number, column in enumerate(table.columns):
        style = styles["head" if number == 0 or column.kind == "text" else "head number"]
        _write_text(page, top + 1, number, column.label, style)
    first = top + 2
    for offset, row in enumerate(table.rows):
        for number, (column, value) in enumerate(zip(table.columns, row.values, strict=True)):
            _write_value(page, first + offset, number, column.kind, value, styles[column.kind])
    last = first + len(table.rows)
    if table.total:
        _write_total(page, styles, table.columns, table.total, (first, last))
        last += 1
    if table.note:
        _write_text(page, last, 0, table.note, styles["note"])
        last += 1
    return last


def _write_total(
    page: Any, styles: dict[str, Any], columns: tuple[Column, ...], total: Row, span: tuple[int, int]
) -> None:
    """Sums are formulas over the rows above, with our own total as the value that is kept beside them."""
    from xlsxwriter.utility import xl_range

    first, row = span
    for number, (column, value) in enumerate(zip(columns, total.values, strict=True)):
        style = styles[f"total {column.kind}"]
        if column.adds_up and column.kind in ADDITIVE and value is not None and not isinstance(value, str):
            formula = f"=SUM({xl_range(first, number, row - 1, number)})"
            page.write_formula(row, number, formula, style, _as_number(column.kind, value))
        else:
            _write_value(page, row, number, column.kind, value, style)


def _write_value(page: Any, row: int, column: int, kind: Kind, value: Value, style: Any) -> None:
    if value is None:
        page.write_blank(row, column, None, style)
    elif isinstance(value, str):
        _write_text(page, row, column, value, style)
    else:
        page.write_number(row, column, _as_number(kind, value), style)


def _as_number(kind: Kind, value: int | float | Decimal) -> float:
    return float(value) / KG_PER_TONNE if kind == "tonnes" else float(value)


def _write_text(page: Any, row: int, column: int, value: str, style: Any) -> None:
    page.write_string(row, column, cell_text(value), style)
