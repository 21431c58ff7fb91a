"""The workbook: sums tie, nothing in it can run, any text survives."""

import zipfile
from dataclasses import replace

import fastexcel
import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from keino.report.language import LANGUAGES
from keino.report.safe_cells import LONGEST_TEXT
from keino.report.workbook import write_workbook
from tests.factories.results import empty_result, footprint_result, negative_spend, single_category, without_factors

HOSTILE = [
    "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-2+3", "\tTAB", "\rCR", "a\x00b\x07c", "\ufffe\uffff\ud800", "🌲 metsä 🏗️",
    "https://example.org/?a=1", "<b>&amp;</b>", "_x0041_", "mailto:a@b.c", "internal:Sheet1!A1", "{=1+1}",
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "report.xlsx"
    write_workbook(footprint_result(), path, "en")
    return path


def test_sheets_are_named_in_the_language(tmp_path):
    write_workbook(footprint_result(), tmp_path / "a.xlsx", "fi")
    assert fastexcel.read_excel(tmp_path / "a.xlsx").sheet_names == [
        "Yhteenveto", "Täsmäytys", "Kategoriat", "Vuodet", "Yksiköt", "Toimittajat", "Painopisteet",
        "Kertoimet", "Lähteet",
    ]  # fmt: skip


@pytest.mark.parametrize("shape", [single_category, without_factors, negative_spend, empty_result])
@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_of_every_shape_opens(tmp_path, shape, language):
    write_workbook(shape(), tmp_path / "a.xlsx", language)
    assert len(openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames) == 9


def _sums(path):
    """(sheet with stored values, cell of the formula, its range) of every formula in the workbook."""
    stored = openpyxl.load_workbook(path, data_only=True)
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    span = cell.value.removeprefix("=SUM(").removesuffix(")")
                    yield stored[sheet.title], cell, range_boundaries(span)


def test_sums_are_formulas_whose_stored_values_tie_with_the_rows_above(book):
    checked = 0
    for sheet, cell, (column, first, _, last) in _sums(book):
        above = sum(sheet.cell(row, column).value or 0 for row in range(first, last + 1))
        assert sheet[cell.coordinate].value == pytest.approx(above, abs=0.005), (sheet.title, cell.coordinate)
        checked += 1
    assert checked >= 30


def test_sums_span_exactly_the_rows_between_heading_and_total(book):
    for sheet, cell, (column, first, same, last) in _sums(book):
        assert (column, same, last) == (cell.column, cell.column, cell.row - 1)
        assert isinstance(sheet.cell(first - 1, column).value, str)
        assert not any(isinstance(sheet.cell(row, column).value, str) for row in range(first, last + 1))


def test_spend_of_the_categories_is_the_spend_of_the_town(book):
    sheet = openpyxl.load_workbook(book, data_only=True)["Categories"]
    totals = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Total"]
    assert [row[2] for row in totals] == [37438602.33, 37438602.33]
    assert totals[1][3] == pytest.approx(10110.45523945)  # the plan, multiplied and added up apart


def test_headings_are_frozen_and_numbers_have_formats(book):
    sheet = openpyxl.load_workbook(book)["Categories"]
    assert sheet.freeze_panes == "B3"
    assert sheet["C3"].number_format == "#,##0.00"


def test_exact_numbers_are_kept(book):
    sheet = openpyxl.load_workbook(book)["Categories"]
    spend = {row[0]: row[2] for row in sheet.iter_rows(values_only=True)}
    assert spend["Building repair"] == 9085300.60


def _with_suppliers(names):
    result = footprint_result()
    suppliers = tuple(
        replace(part, keys={"supplier_name": name, "supplier_business_id": ""})
        for name, part in zip(names, result.by_supplier, strict=False)
    )
    return replace(result, by_supplier=suppliers, organisation="=1+1")


def test_hostile_names_stay_text(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(_with_suppliers(HOSTILE), path, "en")
    sheet = openpyxl.load_workbook(path)["Suppliers"]
    cells = [cell for (cell,) in sheet.iter_rows(min_row=3, max_row=2 + len(HOSTILE), max_col=1)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells] == [None] * len(cells)
    assert cells[0].value == "=cmd|' /C calc'!A0"
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or "vba" in name.lower()]
        text = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    assert b"hyperlink" not in text
    formulas = [part.split(b"</f>")[0] for part in text.split(b"<f>")[1:]]
    assert formulas
    assert all(formula.startswith(b"SUM(") for formula in formulas)


def test_hostile_names_read_back_through_another_reader(tmp_path):
    path = tmp_path / "a.xlsx"
    write_workbook(_with_suppliers(HOSTILE), path, "en")
    read = fastexcel.read_excel(path).load_sheet("Suppliers", header_row=1).to_arrow().column(0).to_pylist()
    assert read[0] == "=cmd|' /C calc'!A0"
    assert read[8] == "🌲 metsä 🏗️"
    assert read[6] == "a\ufffdb\ufffdc"
    assert read[7] == "\ufffd\ufffd\ufffd"


@pytest.mark.parametrize("letter", ["x", "🌲"])
def test_long_text_is_cut_to_what_a_cell_may_hold(tmp_path, letter):
    path = tmp_path / "a.xlsx"
    write_workbook(_with_suppliers([letter * 40_000]), path, "en")
    name = openpyxl.load_workbook(path)["Suppliers"]["A3"].value
    assert name.endswith(f"{letter}…")
    assert len(name.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_workbook_is_the_same_twice(book, tmp_path):
    write_workbook(footprint_result(), tmp_path / "b.xlsx", "en")
    assert (tmp_path / "b.xlsx").read_bytes() == book.read_bytes()
