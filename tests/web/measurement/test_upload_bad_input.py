"""Every broken file through the upload: a clear word on its page, nothing lost, no fault of ours."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger
from tests.factories.measurement import ledger_text
from tests.factories.web import an_organisation, someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


def workbook(**changes: bytes) -> bytes:
    """A small workbook, some of its parts replaced."""
    import xlsxwriter

    plain = io.BytesIO()
    with xlsxwriter.Workbook(plain) as book:
        sheet = book.add_worksheet("Ostot")
        for number, line in enumerate(ledger_text(20).splitlines()):
            sheet.write_row(number, 0, line.split(";"))
    changed = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, changes.get(name, source.read(name)))
    return changed.getvalue()


def with_entity() -> bytes:
    text = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">&e;</workbook>'
    )
    return workbook(**{"xl/workbook.xml": text.encode()})


def bomb() -> bytes:
    return workbook(**{"xl/worksheets/sheet1.xml": b"0" * 100_000_000})


#: name of the file, its bytes, the code of the error
BROKEN: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("empty.csv", lambda: b"", "empty_file"),
    ("blank.csv", lambda: b" \n\n\n", "no_text"),
    ("header-only.csv", lambda: ledger_text(0).encode(), "no_rows"),
    ("bill.pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 50, "is_pdf"),
    ("photo.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "is_picture"),
    ("photo.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 500, "is_picture"),
    ("ledger.csv.gz", lambda: gzip.compress(ledger_text(20).encode()), "is_archive"),
    ("page.xls", lambda: b"<html><body><table><tr><td>Summa</td></tr></table></body></html>", "is_web_page"),
    ("page.xml", lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', ""),
    ("entity.xlsx", with_entity, ""),
    ("bomb.xlsx", bomb, "unpacks_too_large"),
    ("cut.xlsx", lambda: workbook()[:2000], ""),
    ("cut.parquet", lambda: b"PAR1" + b"\x15\x04" * 30, ""),
    ("binary.csv", lambda: bytes(range(256)) * 20, ""),
    ("wide.csv", lambda: b";".join(b"x" for _ in range(5000)) + b"\n" + b";" * 4999, "too_many_columns"),
    ("novel.txt", lambda: b"Once upon a time there was a ledger.\n" * 40, "no_columns"),
    ("people.csv", lambda: b"name;town\n" + b"Anna;Turku\nBo;Vasa\n" * 20, "no_amount_column"),
)


@pytest.fixture
def client() -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(someone_who_is("member", an_organisation(slug="city")))
    return client


def sent(client: Client, name: str, content: bytes) -> tuple[Ledger, str]:
    """Send a broken file together with a good one; the page that says how both were read."""
    files = [SimpleUploadedFile(name, content), SimpleUploadedFile("good.csv", ledger_text(20).encode())]
    answer = client.post(reverse("measurement:upload", kwargs={"slug": "city"}), {"ledger_files": files})
    assert answer.status_code == 302
    run_waiting_jobs()
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    return Ledger.objects.get(), page.text


@pytest.mark.parametrize(("name", "content", "code"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_broken_file_is_said_and_the_good_one_is_read(
    client: Client, name: str, content: Callable[[], bytes], code: str
) -> None:
    ledger, page = sent(client, name, content())
    good, broken = ledger.files.get(name="good.csv"), ledger.files.get(name=name)
    assert (ledger.state, good.state, broken.state) == (LedgerState.READ, "read", "failed")
    assert broken.error is not None
    assert broken.error["code"] not in {"work_failed", "error"}  # a fault of ours would say so
    if code:
        assert broken.error["code"] == code
    assert "This file could not be read" in page
    assert "root:" not in page
    assert broken.stored_as  # the bytes are kept


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16", "utf-16-be", "iso8859-15"])
def test_every_encoding_of_a_ledger_is_read(client: Client, encoding: str) -> None:
    text = ledger_text(30).replace("Firma", "Ääkkösyhtiö Österbotten")
    ledger, page = sent(client, "encoded.csv", text.encode(encoding))
    assert ledger.files.get(name="encoded.csv").state == "read"
    assert "Ääkkösyhtiö Österbotten 1 Oy" in page


def test_truncated_ledger_is_read_as_far_as_it_goes(client: Client) -> None:
    content = ledger_text(40).encode()[:-9]
    ledger, _ = sent(client, "cut.csv", content)
    file = ledger.files.get(name="cut.csv")
    assert file.reading is not None
    assert file.reading["rows"] == file.reading["accepted"] + file.reading["repaired"] + file.reading["rejected"] == 40


def test_workbook_that_is_no_workbook_names_what_it_is(client: Client) -> None:
    _, page = sent(client, "vienti.xls", b"<html><table><tr><td>Summa</td></tr></table></html>")
    assert "vienti.xls" in page
    assert "web page" in page


def test_formulas_in_cells_stay_text(client: Client) -> None:
    _, page = sent(client, "formula.csv", ledger_text(20).replace("Firma 1 Oy", '=cmd|" /C calc"!A0').encode())
    assert "=cmd|&quot; /C calc&quot;!A0" in page
