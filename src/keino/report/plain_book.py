"""A small workbook of plain pages: headings, rows, and nothing that can run.

Dates are dates and amounts are numbers, so that people can sort and reckon with them; everything else is text.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from keino.report.safe_cells import CREATED, TEXT_STAYS_TEXT, cell_text, sheet_name

if TYPE_CHECKING:
    from collections.abc import Mapping

Cell = str | int | float | Decimal | dt.date | None
_NARROWEST = 14
WIDEST = 45


@dataclass(frozen=True)
class PlainPage:
    """One sheet: its name, the headings, the rows.

    ``title`` stands above the headings. ``width`` is that of every column in characters (0: as the headings need),
    ``widths`` that of single ones. ``decimals`` is the number format of what isn't whole.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    title: str = ""
    width: int = 0
    widths: tuple[tuple[int, int], ...] = ()  # column, characters
    decimals: str = "0.00"


def plain_book(pages: Iterable[PlainPage], *, title: str = "") -> bytes:
    """The workbook of these pages; the same pages give the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **TEXT_STAYS_TEXT}) as book:
        book.set_properties({"title": cell_text(title), "created": CREATED})
        for page in pages:
            _write_page(book, page)
    return stream.getvalue()


def _write_page(book: Any, page: PlainPage) -> None:
    sheet, styles = book.add_worksheet(sheet_name(page.name)), _styles(book, page.decimals)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    top = 0
    if page.title:
        sheet.write_string(0, 0, cell_text(page.title), styles["title"])
        top = 1
    widths = dict(page.widths)
    for column, words in enumerate(page.head):
        needed = page.width or min(WIDEST, max(_NARROWEST, len(words) + 2))
        sheet.set_column(column, column, widths.get(column, needed))
        sheet.write_string(top, column, cell_text(words), styles["head"])
    for number, row in enumerate(page.rows, top + 1):
        for column, cell in enumerate(row):
            _write_cell(sheet, (number, column), cell, styles)
    sheet.freeze_panes(top + 1, 0)


def _styles(book: Any, decimals: str) -> Mapping[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "num_format": "@"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        "whole": book.add_format({"num_format": "0", "valign": "top"}),
        "number": book.add_format({"num_format": decimals, "valign": "top"}),
    }


def _write_cell(sheet: Any, place: tuple[int, int], cell: Cell, styles: Mapping[str, Any]) -> None:
    """An empty cell is left out: it has nothing to say, and reading takes it for empty."""
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell_text(cell), styles["text"])
    elif isinstance(cell, dt.date):
        sheet.write_datetime(*place, dt.datetime.combine(cell, dt.time()), styles["day"])
    else:
        sheet.write_number(*place, float(cell), styles["whole" if isinstance(cell, int) else "number"])
