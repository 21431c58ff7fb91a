"""The report as an OpenDocument spreadsheet: the same sheets as the workbook, sums as formulas with their value kept.

Text is written as text: a cell that looks like a formula stays what it was.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from keino.report.language import translator
from keino.report.safe_cells import cell_text
from keino.report.sheets import Sheet, sheets, summary
from keino.report.tables import ADDITIVE, Column, Row, Table, Value, View
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from pathlib import Path

    from keino.engine.results import FootprintResult
    from keino.report.tables import Kind

#: Decimals shown; the cell keeps every digit.
DECIMALS: dict[Kind, int] = {"year": 0, "count": 0, "money": 2, "cents": 2, "tonnes": 3, "factor": 4, "ratio": 2}


def write_opendocument(result: FootprintResult, path: Path, language: str) -> None:
    """Write the spreadsheet of ``result`` to ``path``."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import TableColumnProperties

    view = View(result, translator(language))
    book = OpenDocumentSpreadsheet()
    styles = _styles(book, language)
    styles["wide"] = _style(book, "wide", "table-column", TableColumnProperties(columnwidth="9cm"))
    styles["narrow"] = _style(book, "narrow", "table-column", TableColumnProperties(columnwidth="3.2cm"))
    _add_summary(book, styles, view)
    for sheet in sheets(view):
        _add_sheet(book, styles, sheet)
    book.save(str(path))


def _style(book: Any, name: str, family: str, properties: Any, data_style: Any = None) -> Any:
    from odf.style import Style

    more = {"datastylename": data_style} if data_style is not None else {}
    style = Style(name=name, family=family, **more)
    style.addElement(properties)
    book.automaticstyles.addElement(style)
    return style


def _styles(book: Any, language: str) -> dict[str, Any]:
    from odf.style import TextProperties

    plain, bold, note = (
        TextProperties(),
        TextProperties(fontweight="bold"),
        TextProperties(fontstyle="italic", color="#55606b"),
    )
    styles = {
        "sentence": _style(book, "sentence", "table-cell", plain),
        "title": _style(book, "title", "table-cell", TextProperties(fontweight="bold", fontsize="14pt")),
        "head": _style(book, "head", "table-cell", bold),
        "note": _style(book, "note", "table-cell", note),
    }
    for kind, decimals in DECIMALS.items():
        number = _number_style(book, f"number-{kind}", decimals, language, grouping=kind != "year")
        styles[kind] = _style(book, kind, "table-cell", TextProperties(), number)
        styles[f"total {kind}"] = _style(book, f"total-{kind}", "table-cell", TextProperties(fontweight="bold"), number)
    share = _percent_style(book, language)
    styles["share"] = _style(book, "share", "table-cell", TextProperties(), share)
    styles["total share"] = _style(book, "total-share", "table-cell", TextProperties(fontweight="bold"), share)
    styles["text"], styles["total text"] = styles["sentence"], styles["head"]
    return styles


def _number_style(book: Any, name: str, decimals: int, language: str, *, grouping: bool) -> Any:
    from odf.number import Number, NumberStyle

    style = NumberStyle(name=name, language=language)
    style.addElement(Number(decimalplaces=decimals, minintegerdigits=1, grouping=grouping))
    book.automaticstyles.addElement(style)
    return style


def _percent_style(book: Any, language: str) -> Any:
    from odf.number import Number, PercentageStyle, Text

    style = PercentageStyle(name="number-share", language=language)
    style.addElement(Number(decimalplaces=1, minintegerdigits=1))
    style.addElement(Text(text="%"))
    book.automaticstyles.addElement(style)
    return style


def _add_summary(book: Any, styles: dict[str, Any], view: View) -> None:
    from odf.table import Table as Page
    from odf.table import TableColumn

    page = Page(name=view.speech.text("Summary"))
    page.addElement(TableColumn(stylename=styles["wide"]))
    for line, style in summary(view):
        _add_row(page, [_text_cell(line, styles[style])])
    book.spreadsheet.addElement(page)


def _add_sheet(book: Any, styles: dict[str, Any], sheet: Sheet) -> None:
    from odf.table import Table as Page
    from odf.table import TableColumn

    tables = [table for table in sheet.tables if table.rows]
    page = Page(name=sheet.name)
    page.addElement(TableColumn(stylename=styles["wide"]))
    page.addElement(
        TableColumn(stylename=styles["narrow"], numbercolumnsrepeated=max(1, *(len(t.columns) for t in tables), 1))
    )
    top = 1  # rows of a sheet are counted from one
    for table in tables:
        top = _add_table(page, styles, table, top)
        _add_row(page, [])
        top += 1
    book.spreadsheet.addElement(page)


def _add_table(page: Any, styles: dict[str, Any], table: Table, top: int) -> int:
    """Add a table whose title stands in row ``top``; returns the row after it."""
    _add_row(page, [_text_cell(table.title, styles["title"])])
    _add_row(page, [_text_cell(column.label, styles["head"]) for column in table.columns])
    for row in table.rows:
        _add_row(page, [_cell(c.kind, v, styles[c.kind]) for c, v in zip(table.columns, row.values, strict=True)])
    first, last = top + 2, top + 1 + len(table.rows)
    below = last + 1
    if table.total:
        _add_row(page, list(_total_cells(table.columns, table.total, styles, (first, last))))
        below += 1
    if table.note:
        _add_row(page, [_text_cell(table.note, styles["note"])])
        below += 1
    return below


def _total_cells(columns: tuple[Column, ...], total: Row, styles: dict[str, Any], span: tuple[int, int]) -> list[Any]:
    cells = []
    for number, (column, value) in enumerate(zip(columns, total.values, strict=True)):
        sums = column.adds_up and column.kind in ADDITIVE and value is not None and not isinstance(value, str)
        name = _column_name(number)
        formula = f"of:=SUM([.{name}{span[0]}:.{name}{span[1]}])" if sums else ""
        cells.append(_cell(column.kind, value, styles[f"total {column.kind}"], formula))
    return cells


def _column_name(number: int) -> str:
    """The letter of a column.

    >>> _column_name(0), _column_name(25), _column_name(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _add_row(page: Any, cells: list[Any]) -> None:
    from odf.table import TableCell, TableRow

    row = TableRow()
    for cell in cells or [TableCell()]:
        row.addElement(cell)
    page.addElement(row)


def _cell(kind: Kind, value: Value, style: Any, formula: str = "") -> Any:
    from odf.table import TableCell

    if value is None:
        return TableCell(stylename=style)
    if isinstance(value, str):
        return _text_cell(value, style)
    number = Decimal(repr(float(value) / KG_PER_TONNE)) if kind == "tonnes" else value
    more = {"formula": formula} if formula else {}
    return TableCell(valuetype="percentage" if kind == "share" else "float", value=str(number), stylename=style, **more)


def _text_cell(value: str, style: Any) -> Any:
    from odf.table import TableCell
    from odf.text import P

    cell = TableCell(valuetype="string", stylename=style)
    cell.addElement(P(text=cell_text(value)))
    return cell
