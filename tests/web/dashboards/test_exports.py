"""Files of a result, read again by other programs: the same totals, nothing that runs, only for who may."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from typing import Any

import openpyxl
import polars as pl
import pypdf
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.dashboards.models import Export
from keino.web.dashboards.services.exports import ask_export, forget_exports, make_export
from keino.web.measurement.queries.runs import run_result
from tests.factories.dashboards import LEDGER, a_run_with_lines
from tests.factories.web import a_finished_run, a_person, an_organisation, someone_who_is


def content(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def total() -> Decimal:
    """The sum of the ledger's amounts, added up here."""
    lines = csv.DictReader(io.StringIO(LEDGER), delimiter=";")
    return sum((Decimal(line["Summa"].replace(",", ".")) for line in lines), Decimal(0))


def big_file(client: Client, wanted: str) -> bytes:
    """Ask for a file, let the worker make it, fetch it."""
    asked = client.post(f"/o/parish/export/{wanted}/ask/")
    assert asked.status_code == 302
    run_waiting_jobs()
    page = client.get(asked.headers["Location"])
    assert f"{asked.headers['Location']}file/" in page.content.decode()
    return content(client.get(f"{asked.headers['Location']}file/"))


def test_expected_total_is_that_of_the_ledger() -> None:
    assert total() == Decimal("4051.50")


def test_workbook_holds_the_total_and_no_formula_of_the_ledger(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    answer = reader.get("/o/parish/export/xlsx/")
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="keino-example-parish-{timezone.now():%Y-%m-%d}.xlsx"'
    )
    book = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True)
    rows = list(book["Categories"].iter_rows(values_only=True))
    assert Decimal(str(next(row for row in rows if row[0] == "Total")[2])) == total()
    suppliers = [row[0] for row in book["Suppliers"].iter_rows(values_only=True)]
    assert '=HYPERLINK("http://example.org")' in suppliers
    typed = openpyxl.load_workbook(io.BytesIO(answer.content))["Suppliers"]
    cells = [cell for row in typed.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]


def test_opendocument_holds_the_same_numbers(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    made = reader.get("/o/parish/export/ods/").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    rows = book.get_sheet_by_name("Categories").to_python()
    assert Decimal(str(next(row for row in rows if row[0] == "Total")[2])) == total()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        inside = archive.read("content.xml").decode()
    assert "=HYPERLINK" in inside
    assert 'table:formula="=HYPERLINK' not in inside
    assert "of:=SUM(" in inside


def test_csv_files_hold_the_same_numbers_and_harmless_text(town: Any, reader: Client) -> None:
    run = a_run_with_lines(town)
    with zipfile.ZipFile(io.BytesIO(reader.get("/o/parish/export/csv/").content)) as archive:
        categories = archive.read("categories.csv").decode("utf-8-sig").splitlines()
        suppliers = archive.read("suppliers.csv").decode("utf-8-sig")
    assert categories[-1].split(";")[:3] == ["Total", "7", str(total())]
    tonnes = [float(line.split(";")[3] or 0) for line in categories[1:-1]]
    assert sum(tonnes) * 1000 == pytest.approx(run_result(run).total.footprint_kgco2e)
    assert "'=HYPERLINK" in suppliers
    assert "\n=HYPERLINK" not in suppliers


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fi", "Hankintojen hiilijalanjälki"),
        ("sv", "Upphandlingarnas koldioxidavtryck"),
        ("en", "Carbon footprint of procurement"),
    ],
)
def test_pdf_is_accessible_in_three_languages(town: Any, reader: Client, language: str, title: str) -> None:
    a_finished_run(town)
    reader.cookies["keino_language"] = language
    book = pypdf.PdfReader(io.BytesIO(big_file(reader, "pdf")))
    root: Any = book.trailer["/Root"]
    assert book.metadata is not None
    assert str(book.metadata.title).startswith(title)
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    alternatives = figures(root["/StructTreeRoot"])
    assert len(alternatives) == 6
    assert all(len(text) > 40 for text in alternatives)


def figures(node: Any) -> list[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [text for child in node for text in figures(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node.get("/Alt", ""))] if node.get("/S") == "/Figure" else []
    return own + (figures(node["/K"]) if "/K" in node else [])


def test_parquet_holds_every_line_exactly(town: Any, reader: Client) -> None:
    run = a_run_with_lines(town)
    table = pl.read_parquet(io.BytesIO(big_file(reader, "lines.parquet")))
    assert table.height == 7
    assert table["amount_net"].sum() == total()
    assert table["footprint_kgco2e"].sum() == pytest.approx(run_result(run).total.footprint_kgco2e)
    assert '=HYPERLINK("http://example.org")' in table["supplier_name"].to_list()


def test_lines_as_csv_run_nowhere(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    table = pl.read_csv(big_file(reader, "lines.csv"), separator=";", infer_schema_length=0)
    assert '\'=HYPERLINK("http://example.org")' in table["supplier_name"].to_list()
    assert sum(Decimal(value) for value in table["amount_net"].to_list()) == total()


def test_who_has_the_file_already_is_told_so(town: Any, reader: Client) -> None:
    a_finished_run(town)
    first = reader.get("/o/parish/export/csv/")
    again = reader.get("/o/parish/export/csv/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    a_finished_run(town)
    assert reader.get("/o/parish/export/csv/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_asking_twice_makes_one_file(town: Any, reader: Client) -> None:
    a_run_with_lines(town)
    first, second = (reader.post("/o/parish/export/lines.csv/ask/").headers["Location"] for _ in range(2))
    assert first == second
    assert (Export.objects.count(), Job.objects.filter(kind="dashboards.export").count()) == (1, 1)
    run_waiting_jobs()
    assert reader.post("/o/parish/export/lines.csv/ask/").headers["Location"] == first
    assert Job.objects.filter(kind="dashboards.export").count() == 1


def test_file_made_twice_is_kept_once(town: Any) -> None:
    export = ask_export(run=a_finished_run(town), wanted="csv", language="fi", by=a_person())
    twin = Export.objects.get(pk=export.pk)
    make_export(export)
    make_export(twin)
    assert len(default_storage.listdir("exports")[1]) == 1
    export.refresh_from_db()
    assert default_storage.size(export.stored_as) == export.size_bytes > 0


def test_failure_is_seen_and_may_be_tried_again(town: Any, reader: Client, monkeypatch: Any) -> None:
    a_run_with_lines(town)
    with monkeypatch.context() as broken:
        broken.setattr("keino.web.dashboards.services.exports.write_export", lambda *_, **__: 1 / 0)
        place = reader.post("/o/parish/export/pdf/ask/").headers["Location"]
        run_waiting_jobs()
    page = reader.get(place).content.decode()
    assert "The work stopped" in page
    assert "Try again" in page
    assert "could not be made" in reader.get("/home/").content.decode()
    monkeypatch.setattr(
        "keino.web.dashboards.services.exports.write_export", lambda _r, _w, path, _l, **_: path.write_text("x")
    )
    reader.post("/o/parish/export/pdf/ask/")
    run_waiting_jobs()
    assert "The file is ready" in reader.get(place).content.decode()


def test_files_go_when_their_time_is_over(town: Any, reader: Client) -> None:
    export = ask_export(run=a_finished_run(town), wanted="csv", language="fi", by=a_person())
    make_export(export)
    address = f"/o/parish/exports/{export.public_id}/file/"
    assert reader.get(address).status_code == 200
    Export.objects.update(expires_at=timezone.now())
    assert reader.get(address).status_code == 404
    assert forget_exports() == 1
    assert default_storage.listdir("exports")[1] == []


def test_files_are_refused_to_others(town: Any) -> None:
    run = a_run_with_lines(town)
    export = ask_export(run=run, wanted="lines.csv", language="fi", by=a_person())
    make_export(export)
    other = an_organisation("Other", slug="other")
    client = Client()
    client.force_login(someone_who_is("member", other))
    for address in ("export/xlsx/", f"exports/{export.public_id}/", f"exports/{export.public_id}/file/"):
        assert client.get(f"/o/parish/{address}").status_code == 403
        assert client.get(f"/o/other/{address}").status_code == 404


@pytest.mark.parametrize("wanted", ["exe", "..", "lines.parquet", "pdf"])
def test_only_small_formats_are_made_at_once(town: Any, reader: Client, wanted: str) -> None:
    a_run_with_lines(town)
    assert reader.get(f"/o/parish/export/{wanted}/").status_code == 404
