"""Workbooks and Parquet: rows keep the spreadsheet's numbers; harmful ones are refused before they are opened."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from keino.engine.ingest import problems
from keino.errors import KeinoError
from tests.engine.ingest.ledgers import Read, read, total

HEADER = ("Tositenumero", "Tositepäivämäärä", "Tilinumero", "Toimittajan nimi", "Netto")
Cells = Sequence[Any]


def lines(number: int, first: int = 1) -> list[Cells]:
    """Good lines; line n costs n + 0.5."""
    return [
        (20_000 + n, dt.date(2023, n % 12 + 1, n % 28 + 1), 4300 + n % 50, f"Firma {n % 9} Oy", n + 0.5)
        for n in range(first, first + number)
    ]


def xlsx(path: Path, sheets: dict[str, Iterable[Cells]], top: int = 0, left: int = 0) -> Path:
    """Write a workbook; its tables begin ``top`` rows and ``left`` columns from the corner."""
    with xlsxwriter.Workbook(path, {"default_date_format": "d.m.yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(top + number, left, row)
    return path


def refusal(path: Path, **options: object) -> KeinoError:
    with pytest.raises(KeinoError) as caught:
        read(path, **options)
    assert path.name in str(caught.value)
    return caught.value


def assert_good(found: Read, number: int = 60) -> None:
    assert (found.reading.accepted, found.reading.amount_accepted) == (number, total(range(1, number + 1)))


def ods(path: Path, rows: Sequence[Cells]) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book, table = OpenDocumentSpreadsheet(), Table(name="Ostot")
    for row in rows:
        line = TableRow()
        for value in row:
            kind = "float" if isinstance(value, int | float) else "date" if isinstance(value, dt.date) else "string"
            told = {"float": "value", "date": "datevalue"}.get(kind)
            cell = TableCell(valuetype=kind, **({told: str(value)} if told else {}))
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    return path


def xls(path: Path, rows: Sequence[Cells]) -> Path:
    import xlwt

    book = xlwt.Workbook()
    sheet, dated = book.add_sheet("Ostot"), xlwt.easyxf(num_format_str="D.M.YYYY")
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet.write(number, place, value, *([dated] if isinstance(value, dt.date) else []))
    book.save(str(path))
    return path


def parquet(path: Path, rows: Sequence[Cells], names: Sequence[str] = HEADER) -> Path:
    pq.write_table(pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))), path)
    return path


@pytest.mark.parametrize(
    ("name", "write", "kind"),
    [
        ("l.xlsx", lambda path, rows: xlsx(path, {"Ostot": rows}), "xlsx"),
        ("l.xlsm", lambda path, rows: xlsx(path, {"Ostot": rows}), "xlsx"),
        ("l.ods", ods, "ods"),
        ("l.xls", xls, "xls"),
        ("named.csv", xls, "xls"),
        ("l.parquet", lambda path, rows: parquet(path, rows[1:]), "parquet"),
    ],
)
def test_every_container_gives_the_same_lines(tmp_path: Path, name: str, write: Callable, kind: str) -> None:
    """The ending does not matter: the content says what a file is."""
    found = read(write(tmp_path / name, [HEADER, *lines(60)]))
    assert found.reading.container == kind
    assert_good(found)
    third = found.rows[2]
    assert (third.number, third.date, third.amount, third.account) == (4, "2023-04-04", Decimal("3.5"), "4303")


def test_rows_keep_the_numbers_of_the_spreadsheet(tmp_path: Path) -> None:
    """Blank rows above, blank columns at the left, blank rows between."""
    rows = [("Ostolaskut 2023",), (), HEADER, *lines(30), (), *lines(30, 31), ("Tulostettu",)]
    found = read(xlsx(tmp_path / "l.xlsx", {"A": rows}, top=4, left=3))
    assert_good(found)
    assert found.reading.header_row == 7
    assert [row.number for row in found.rows if row.amount in {Decimal("1.5"), Decimal("31.5")}] == [8, 39]
    assert (found.reading.blank_rows, found.reading.rejected) == (2, 0)


def test_numbers_and_dates_stored_as_text_are_read_too(tmp_path: Path) -> None:
    rows = [list(row) for row in lines(60)]
    rows[3][1], rows[4][1], rows[5][4], rows[6][4] = "5.5.2023", "2023-06-06", "6,50", "(7.50)"
    found = read(xlsx(tmp_path / "l.xlsx", {"A": [HEADER, *rows]}))
    assert found.reading.amount_total == total(range(1, 61)) - 15
    assert [found.rows[row].date for row in (3, 4)] == ["2023-05-05", "2023-06-06"]
    assert found.notes()[8] == "repaired parentheses"


def test_error_cells_and_formulas_without_a_value_are_rejected(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, *[[*row[:1], str(row[1]), *row[2:]] for row in lines(60)]]):
            sheet.write_row(number, 0, row)
        sheet.write_formula(5, 4, "=1/0", None, "#DIV/0!")
        sheet.write_formula(6, 4, "=E1", None, "")
        sheet.write_formula(7, 4, "=3*7.5", None, 7.5)
        sheet.write_formula(8, 4, "=#REF!", None, "#REF!")
    found = read(path)
    assert found.notes() == {6: "rejected no_amount", 7: "rejected no_amount", 9: "rejected no_amount"}
    assert found.rows[6].amount == Decimal("7.5")


def test_largest_visible_sheet_is_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows, is_hidden in (("Ohje", [("Lue tämä",)], False), ("Ostot", [HEADER, *lines(60)], False),
                                      ("Vanha", [HEADER, *lines(90)], True)):  # fmt: skip
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, [str(cell) if isinstance(cell, dt.date) else cell for cell in row])
            if is_hidden:
                sheet.hide()
    found = read(path)
    assert_good(found)
    assert (found.reading.sheet, found.choice("sheet").alternatives) == ("Ostot", ("Ohje",))
    assert_good(read(path, sheet="Vanha"), 90)
    unknown = refusal(path, sheet="Ostto")
    assert (type(unknown), unknown.values["sheets"]) == (problems.NoSuchSheet, "Ohje, Ostot, Vanha")


def test_empty_workbook_is_named(tmp_path: Path) -> None:
    assert type(refusal(xlsx(tmp_path / "l.xlsx", {"A": []}))) is problems.EmptySheet
    assert type(refusal(xlsx(tmp_path / "m.xlsx", {"A": [HEADER]}))) is problems.NoRows


def test_merged_header_cells_do_not_hide_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 4, "Kaupungin ostolaskut")
        for number, row in enumerate([HEADER, *lines(60)], 1):
            sheet.write_row(number, 0, [str(cell) if isinstance(cell, dt.date) else cell for cell in row])
    assert_good(read(path))


WRITERS = {
    "xlsx": lambda path: xlsx(path, {"A": [HEADER, *lines(60)]}),
    "ods": lambda path: ods(path, [HEADER, *lines(60)]),
    "parquet": lambda path: parquet(path, lines(60)),
    "xls": lambda path: xls(path, [HEADER, *lines(60)]),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_file_cut_short_is_named_and_nothing_is_counted(tmp_path: Path, write: Callable, share: float) -> None:
    path = write(tmp_path / "l.bin")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    problem = outcome(path)
    # An .xls keeps its directory in front and may still hold all its lines.
    whole = path.read_bytes().startswith(b"\xd0\xcf") and problem is None
    assert whole or type(problem) in {problems.BrokenWorkbook, problems.BrokenParquet, problems.IsOldOffice}


def outcome(path: Path) -> KeinoError | None:
    """The error that reading ends with; None when all sixty good lines were read."""
    try:
        found = read(path)
    except KeinoError as error:
        return error
    assert_good(found)
    return None


def repacked(path: Path, changes: dict[str, Callable[[bytes], bytes]]) -> Path:
    """The workbook with the content of some parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, changes.get(name, bytes)(content))
    return path


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def after_declaration(extra: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"?>", b"?>" + extra, 1)


@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("extra", [LAUGHS, b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
                                   b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'])  # fmt: skip
def test_xml_with_entities_is_refused(tmp_path: Path, part: str, extra: bytes) -> None:
    path = repacked(xlsx(tmp_path / "l.xlsx", {"A": [HEADER, *lines(9)]}), {part: after_declaration(extra)})
    assert type(refusal(path)) is problems.HarmfulWorkbook


def test_ods_with_entities_is_refused(tmp_path: Path) -> None:
    path = repacked(ods(tmp_path / "l.ods", [HEADER, *lines(9)]), {"content.xml": after_declaration(LAUGHS)})
    assert type(refusal(path)) is problems.HarmfulWorkbook


def test_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = repacked(
        xlsx(tmp_path / "l.xlsx", {"A": [HEADER, *lines(9)]}), {STRINGS: lambda xml: xml + b" " * 200_000_000}
    )
    assert type(refusal(path)) is problems.UnpacksTooLarge


def test_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = repacked(
        xlsx(tmp_path / "l.xlsx", {"A": [HEADER, *lines(9)]}), {STRINGS: lambda xml: xml + b" " * 90_000_000}
    )
    content = path.read_bytes()
    with zipfile.ZipFile(path) as book:
        size = book.getinfo(STRINGS).file_size
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (5_000).to_bytes(4, "little")))
    assert type(refusal(path)) in {problems.BrokenWorkbook, problems.UnpacksTooLarge}


def test_cells_far_outside_the_table_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    far = {"A": [HEADER, *lines(9)]}
    path = repacked(
        xlsx(tmp_path / "l.xlsx", far),
        {
            SHEET: lambda xml: xml.replace(
                b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            )
        },
    )
    error = refusal(path)
    assert (type(error), error.values["rows"], error.values["columns"]) == (problems.SheetTooLarge, 1_048_576, 16_384)


def test_ods_that_repeats_a_cell_a_billion_times_is_refused(tmp_path: Path) -> None:
    repeat = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="1024" '
    )
    repeat += b'office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>'
    path = repacked(
        ods(tmp_path / "l.ods", [HEADER, *lines(9)]),
        {"content.xml": lambda xml: xml.replace(b"</table:table>", repeat + b"</table:table>")},
    )
    assert type(refusal(path)) is problems.SheetTooLarge


def test_ods_with_the_usual_empty_rest_is_read(tmp_path: Path) -> None:
    """Spreadsheet programs end a sheet with one empty row that is repeated down to the last."""
    rest = b'<table:table-row table:number-rows-repeated="1048515">'
    rest += b'<table:table-cell table:number-columns-repeated="16384"/>'
    path = repacked(
        ods(tmp_path / "l.ods", [HEADER, *lines(60)]),
        {"content.xml": lambda xml: xml.replace(b"</table:table>", rest + b"</table:table-row></table:table>")},
    )
    assert_good(read(path))


def test_locked_workbook_is_named(tmp_path: Path) -> None:
    """A workbook with a password is an OLE file whose directory names the part EncryptedPackage."""
    path = tmp_path / "l.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    )
    assert type(refusal(path)) is problems.LockedWorkbook


def test_zip_of_something_else_is_named(tmp_path: Path) -> None:
    for name, inside, expected in (
        ("a.zip", "ostot.csv", problems.NoWorkbookInside),
        ("b.xlsb", "xl/workbook.bin", problems.IsBinaryWorkbook),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(inside, "1;2\n")
        assert type(refusal(tmp_path / name)) is expected


def test_parquet_in_a_folder_named_like_a_partition_gets_no_extra_column(tmp_path: Path) -> None:
    folder = tmp_path / "amount=5" / "year=2019"
    folder.mkdir(parents=True)
    found = read(parquet(folder / "a[1]*.parquet", lines(60)))
    assert_good(found)
    assert set(found.reading.mapping.values()) == set(HEADER)


def test_parquet_with_a_column_of_row_numbers_and_nested_ones(tmp_path: Path) -> None:
    rows = [(*row, n, {"raw": [n]}, b"\xff") for n, row in enumerate(lines(60))]
    found = read(parquet(tmp_path / "l.parquet", rows, (*HEADER, "file_row_number", "raw", "bytes")))
    assert_good(found)
    assert [row.number for row in found.rows] == list(range(2, 62))


def test_parquet_without_rows_is_named(tmp_path: Path) -> None:
    pq.write_table(pa.table({name: pa.array([], pa.string()) for name in HEADER}), tmp_path / "l.parquet")
    assert type(refusal(tmp_path / "l.parquet")) is problems.NoRows
