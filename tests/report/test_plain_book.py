"""Small workbooks: texts stay texts, days are days, amounts are numbers, names of sheets fit."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl

from keino.report.plain_book import PlainPage, plain_book
from keino.report.safe_cells import LONGEST_TEXT

ROW = ("=HYPERLINK(1)", "https://kunta.example", "0012", dt.date(2027, 12, 31), 2027, Decimal("1234.50"), 0.5, None)


def test_what_people_wrote_is_text_and_the_rest_can_be_reckoned_with() -> None:
    page = PlainPage("Rivit", [f"c{number}" for number in range(8)], [ROW], decimals="#,##0.00")
    *cells, empty = openpyxl.load_workbook(io.BytesIO(plain_book([page]))).active[2]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "d", "n", "n", "n"]
    assert [cell.value for cell in cells] == [*ROW[:3], dt.datetime(2027, 12, 31), 2027, 1234.5, 0.5]  # noqa: DTZ001  # as read
    assert empty.value is None
    assert not any(cell.hyperlink for cell in cells)
    assert [cell.number_format for cell in cells[4:]] == ["0", "#,##0.00", "#,##0.00"]


def test_whatever_was_pasted_makes_a_workbook_that_opens() -> None:
    name = "Kuka: [mitä] / milloin? * 'kaikki' \\ ja vielä paljon muuta"
    page = PlainPage(name, ["a\x00"], [["\x07b\ud800"], ["x" * 40_000]], title="Otsikko\x01")
    sheet = openpyxl.load_workbook(io.BytesIO(plain_book([page]))).active
    assert sheet.title == "Kuka   mitä    milloin     kaik"
    title, head, text, long = (sheet.cell(row, 1).value for row in range(1, 5))
    assert (title, head, text) == ("Otsikko\ufffd", "a\ufffd", "\ufffdb\ufffd")
    assert len(long) == LONGEST_TEXT


def test_the_same_pages_give_the_same_bytes() -> None:
    assert plain_book([PlainPage("s", ["a"], [ROW])], title="t") == plain_book(
        [PlainPage("s", ["a"], [ROW])], title="t"
    )
