"""Small tables come back as they were written, in three formats; what is no such table is refused with what it is."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from keino.engine.sheet_rows import MOST_ROWS, TableUnreadable, sheet_rows
from keino.report.plain_sheet import FORMATS, PlainSheet, written

HEAD = ("Nimi", "Arvo €", "Päättyy", "Versio")
ROWS = (
    ("Siivous & ikkunat", Decimal("12000.50"), dt.date(2027, 12, 31), 3),
    ("=1+1", Decimal(0), None, 1),
    ("-2+3+cmd|' /C calc'!A0", Decimal(1000000), dt.date(2030, 1, 1), 12),
    ('kahden\nrivin nimi; "lainaus"', Decimal("0.01"), None, 1),
)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_table_comes_back_as_it_was_written(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"contracts.{kind}"
    path.write_bytes(written(PlainSheet("Sopimukset", HEAD, ROWS, "Ohje", (("a", "b"), ("c", "d"))), kind))
    head, *rows = sheet_rows(path)
    assert head.cells == HEAD
    found = [[*row.cells, *[""] * (4 - len(row.cells))] for row in rows]
    assert [cells[0].split() for cells in found] == [row[0].split() for row in ROWS]  # white space may be folded
    assert [Decimal(cells[1]) for cells in found] == [row[1] for row in ROWS]
    assert [cells[2] for cells in found] == ["2027-12-31", "", "2030-01-01", ""]
    assert [int(cells[3]) for cells in found] == [3, 1, 12, 1]


def test_formulas_in_texts_are_harmless_in_every_format() -> None:
    sheet = PlainSheet("Sopimukset", HEAD, ROWS)
    assert b"\n=1+1" not in written(sheet, "csv")
    assert b"'=1+1" in written(sheet, "csv")
    cell = openpyxl.load_workbook(io.BytesIO(written(sheet, "xlsx"))).active["A3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")  # a text, not a formula
    with zipfile.ZipFile(io.BytesIO(written(sheet, "ods"))) as archive:
        assert b"table:formula" not in archive.read("content.xml")


def test_a_csv_of_finnish_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sopimukset.csv"
    path.write_bytes("Nimi;Arvo\r\nYlläpito – Åbo;12 000,50 €\r\n".encode("cp1252"))
    assert [row.cells for row in sheet_rows(path)] == [("Nimi", "Arvo"), ("Ylläpito – Åbo", "12 000,50 €")]


def test_rows_keep_their_numbers_past_blank_ones(tmp_path: Path) -> None:
    path = tmp_path / "sopimukset.csv"
    path.write_text("Nimi;Arvo\n\nA;1\n;\nB;2\n", encoding="utf-8")
    assert [(row.number, row.cells) for row in sheet_rows(path)][1:] == [(3, ("A", "1")), (5, ("B", "2"))]


def _xlsx(**more: bytes) -> bytes:
    content = written(PlainSheet("s", HEAD, ROWS), "xlsx")
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.xlsx", b"", "0 bytes"),
        ("blank.csv", b"  \r\n \r\n", "no text"),
        ("paper.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n", "picture"),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("cut.xlsx", written(PlainSheet("s", HEAD, ROWS), "xlsx")[:800], "broken"),
        ("macro.xlsm", _xlsx(xl__vbaProject_dot_bin=b"\xd0\xcf"), "macros"),
        ("bomb.xlsx", _xlsx(xl__worksheets__sheet9_dot_xml=b" " * (70 * 1024**2)), "unpacks to far more"),
        ("long.csv", b"a;b\n" + b"1;2\n" * (MOST_ROWS + 2), "more than 10"),
        ("large.csv", b"a;b\n" + b"1" * (10 * 1024**2), "larger than 10 MB"),
    ],
)
def test_a_wrong_file_is_refused_with_what_it_is(name: str, content: bytes, word: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableUnreadable, match=word):
        sheet_rows(path)
