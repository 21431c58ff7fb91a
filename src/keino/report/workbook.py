"""The report as a workbook: the same tables with exact numbers, formatted, with sums that tie.

Nothing in it can run: text is always written as text, never as a formula or an address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from keino.report import codes, coverage_tables, footprint_tables
from keino.report.language import translator
from keino.report.sentences import three_sentences
from keino.report.tables import ADDITIVE, Column, Row, Table, View
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from pathlib import Path

    from keino.engine.results import FootprintResult
    from keino.report.tables import Kind, Value

LONGEST_TEXT = 32_767  # characters a cell may hold
LONGEST_SHEET_NAME = 31
WIDEST = 60

#: No clock in a workbook: the same result gives the same bytes.
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)

FORMATS: dict[Kind, str] = {
    "text": "@", "year": "0", "count": "#,##0", "money": "#,##0.00", "cents": "#,##0.00", "tonnes": "#,##0.000",
    "share": "0.0%", "factor": "0.0000", "ratio": "0.00",
}  # fmt: skip
WIDTHS: dict[Kind, int] = {"text": 28, "year": 8, "count": 11, "money": 17, "cents": 17, "share": 11}

# XML 1.0 allows no other control characters, no half of a surrogate pair, no U+FFFE and U+FFFF
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name and its tables, one below the other."""

    name: str
    tables: tuple[Table, ...]


def write_workbook(result: FootprintResult, path: Path, language: str) -> None:
    """Write the workbook of ``result`` to ``path``."""
    import xlsxwriter

    view = View(result, translator(language))
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        title = _safe(f"{view.speech.text('Carbon footprint of procurement')} {result.organisation}".strip())
        book.set_properties({"title": title, "created": CREATED, "comments": f"keino {result.code_version}"})
        styles = _styles(book)
        _write_summary(book, styles, view)
        for sheet in _sheets(view):
            _write_sheet(book, styles, sheet)


def _sheets(view: View) -> tuple[Sheet, ...]:
    text, whole = view.speech.text, footprint_tables
    return (
        Sheet(text("Reconciliation"), (
            coverage_tables.reconciliation(view), coverage_tables.by_basis(view), coverage_tables.excluded(view),
            coverage_tables.rejections(view), coverage_tables.total_rows(view), coverage_tables.repairs(view),
            coverage_tables.how_read(view),
        )),
        Sheet(text("Categories"), (whole.main_categories(view), whole.categories(view))),
        Sheet(text("Years"), (whole.years(view), whole.category_years(view), whole.changes(view, whole=True),
                              whole.changes(view, whole=False))),
        Sheet(text("Units of the buyer"), (whole.units(view),)),
        Sheet(text("Suppliers"), (whole.suppliers(view, shown=None),)),
        Sheet(text("Hotspots"), (whole.hotspots(view),)),
        Sheet(text("Factors"), (whole.factors(view),)),
        Sheet(text("Sources"), (whole.sources(view),)),
    )  # fmt: skip


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


def _write_summary(book: Any, styles: dict[str, Any], view: View) -> None:
    """The three sentences, what to keep in mind and the choices that were made."""
    text = view.speech.text
    sheet = book.add_worksheet(_sheet_name(text("Summary")))
    sheet.set_column(0, 0, 110)
    lines = [
        (view.result.organisation or "keino", "note"),
        (text("Carbon footprint of procurement"), "title"),
        *((sentence, "sentence") for sentence in three_sentences(view.result, view.speech.language)),
        (text("Keep in mind"), "title"),
        *((codes.words(view.speech, codes.CAVEATS, code), "sentence") for code in view.result.caveats),
        (text("Choices that keino made"), "title"),
        *_choices(view, by_evidence=False),
        (text("What the files themselves showed"), "title"),
        *_choices(view, by_evidence=True),
        (text("Editions"), "title"),
        (_editions(view), "sentence"),
    ]
    for number, (line, style) in enumerate(lines):
        _write_text(sheet, number, 0, line, styles[style])


def _choices(view: View, *, by_evidence: bool) -> list[tuple[str, str]]:
    sentences = coverage_tables.choice_sentences(view, by_evidence=by_evidence)
    return [(f"{sentence} ({file})", "sentence") for file, sentence in sentences]


def _editions(view: View) -> str:
    result = view.result
    first = view.speech.text(
        "Calculated with keino {version}, factor set {set}, edition {edition}.",
        version=result.code_version, set=result.factor_set, edition=result.factor_edition,
    )  # fmt: skip
    return " ".join([first, *(f"{name} {edition}" for name, edition in sorted(result.editions.items()))])


def _write_sheet(book: Any, styles: dict[str, Any], sheet: Sheet) -> None:
    tables = [table for table in sheet.tables if table.rows]
    page = book.add_worksheet(_sheet_name(sheet.name))
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
    page.write_string(row, column, _safe(value), style)


def _safe(value: str) -> str:
    """Text that a workbook may hold: no characters that XML forbids, not longer than a cell."""
    clean = _NOT_XML.sub("\ufffd", value)
    # a character outside the basic plane counts twice in a workbook
    if len(clean.encode("utf-16-le")) // 2 <= LONGEST_TEXT:
        return clean
    return clean.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_SHEET_NAME]
