"""Rejected rows are mended in place or in a spreadsheet program; what is counted ties to the cent, and never twice."""

from __future__ import annotations

import csv
import io
import time
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keino.engine.rejected import rejected_page
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.jobs import run_waiting_jobs
from keino.web.measurement.choices import FileState, LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, MendedRow
from keino.web.measurement.queries.ledgers import Total, reconciliation
from keino.web.measurement.services import mending
from keino.web.measurement.services.ledgers import confirm_ledger
from keino.web.measurement.services.mending import make_mended_file, mend_from_csv, mend_rows
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.organisations.models import Organisation
from tests.factories.measurement import HEADER, an_open_ledger, an_uploaded_file, ledger_text
from tests.factories.web import someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]

#: n + 0.50 for n from 1 to 40.
GOOD = Decimal("840.00")


def a_read_file(city: Organisation, text: str = "", name: str = "ostot 2023.csv") -> LedgerFile:
    return read(an_uploaded_file(an_open_ledger(city), text or ledger_text(40, wrong=3), name))


def read(file: LedgerFile) -> LedgerFile:
    ask_reading(file.ledger, by=None)
    run_waiting_jobs()
    return LedgerFile.objects.select_related("ledger", "ledger__organisation").get(pk=file.pk)


def url(name: str, file: LedgerFile) -> str:
    assert file.ledger.organisation is not None
    where = {"slug": file.ledger.organisation.slug, "ledger": file.ledger.public_id, "file": file.public_id}
    return reverse(f"measurement:{name}", kwargs=where)


def total_of(file: LedgerFile) -> Total:
    (total,) = reconciliation(Ledger.objects.get(pk=file.ledger_id)).totals
    return total


def cells(number: int, amount: str, date: str = "1.3.2023") -> list[str]:
    """The number-th wrong row of ``ledger_text``, with another amount."""
    return [str(90_000 + number), date, "4340", "Asiantuntijapalvelut", f"Virhe {number} Oy", "Rikki", amount]


def form(rows: dict[int, list[str]], version: int = 0) -> dict[str, Any]:
    fields = {f"cell-{row}-{place}": cell for row, given in rows.items() for place, cell in enumerate(given)}
    return fields | {f"version-{row}": version for row in rows}


def test_rejected_rows_stand_under_the_ledgers_own_header(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    page = member.get(url("rejected", file)).text
    for text in (*HEADER.split(";"), "Virhe 1 Oy", "Virhe 3 Oy", "#ARVO!", "The amount is not a number"):
        assert text in page
    assert "Firma 1 Oy" not in page


def test_mended_rows_are_counted_once_and_the_rest_stays_rejected(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    assert (total_of(file).rejected, total_of(file).counted) == (3, GOOD)
    member.post(url("rejected", file), form({42: cells(1, "100,10"), 43: cells(2, "200,20"), 44: cells(3, "#ARVO!")}))
    assert MendedRow.objects.count() == 2  # the third was left as it was
    member.post(url("rejected_read", file))
    run_waiting_jobs()
    total = total_of(file)
    assert (total.rows, total.accepted + total.repaired, total.mended, total.rejected) == (43, 40, 2, 1)
    assert (total.amount_mended, total.counted, total.amount) == (
        Decimal("300.30"),
        GOOD + Decimal("300.30"),
        total.counted,
    )
    page = member.get(url("rejected", file)).text
    assert page.count("Mended and counted") == 2
    ledger = Ledger.objects.get(pk=file.ledger_id)
    assert ledger.state == LedgerState.READ
    assert "Mended by you" in member.get(url("rejected", file).split("file/")[0]).text


def test_a_row_that_is_still_wrong_is_shown_again(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    member.post(url("rejected", file), form({42: cells(1, "100,10"), 43: cells(2, "20O,20")}))
    member.post(url("rejected_read", file))
    run_waiting_jobs()
    total = total_of(file)
    assert (total.rows, total.mended, total.rejected, total.amount_mended) == (43, 1, 2, Decimal("100.10"))
    assert "Mended, still rejected: The amount is not a number" in member.get(url("rejected", file)).text
    member.post(url("rejected", file), form({43: cells(2, "200,20")}, version=1))
    assert "Mended, not read again yet" in member.get(url("rejected", file)).text
    member.post(url("rejected_read", file))
    run_waiting_jobs()
    assert total_of(file).amount_mended == Decimal("300.30")
    assert sorted(file.mended_files.values_list("state", flat=True)) == [FileState.READ, FileState.REPLACED]


def test_amounts_of_rejected_rows_move_with_them(member: Client, city: Organisation) -> None:
    """A row whose amount could be read but not its date: its money leaves the rejected and joins the counted."""
    bad = "\n".join(f"{90_000 + n};32.13.2023;4340;Palvelut;Virhe {n} Oy;Rikki;{n}00,00" for n in (1, 2)) + "\n"
    file = a_read_file(city, ledger_text(40) + bad)
    assert (total_of(file).rejected, total_of(file).amount_rejected) == (2, Decimal("300.00"))
    row = [str(90_001), "3.12.2023", "4340", "Palvelut", "Virhe 1 Oy", "Rikki", "100,00"]
    member.post(url("rejected", file), form({42: row}))
    member.post(url("rejected_read", file))
    run_waiting_jobs()
    total = total_of(file)
    assert (total.mended, total.rejected) == (1, 1)
    assert (total.amount_mended, total.amount_rejected, total.amount) == (
        Decimal("100.00"),
        Decimal("200.00"),
        GOOD + Decimal("300.00"),
    )


def test_two_people_mending_one_row(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    member.post(url("rejected", file), form({42: cells(1, "100,10")}))
    second = member.post(url("rejected", file), form({42: cells(1, "999,99"), 43: cells(2, "5,00")}))  # opened before
    assert second.status_code == 409
    assert "Somebody else changed this" in second.text
    assert "999,99" in second.text  # what was typed is still in the form
    assert MendedRow.objects.get().cells[-1] == "100,10"  # and nothing of it was saved


def test_sending_the_same_page_twice_is_harmless(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    for _ in range(2):
        assert member.post(url("rejected", file), form({42: cells(1, "100,10")})).status_code == 302
    for _ in range(2):
        member.post(url("rejected_read", file))
    run_waiting_jobs()
    assert (MendedRow.objects.count(), file.mended_files.count(), total_of(file).mended) == (1, 1, 1)


def test_rows_that_were_not_rejected_are_refused(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    answer = member.post(url("rejected", file), form({2: cells(1, "1000000,00")}))
    assert answer.status_code == 409
    assert not MendedRow.objects.exists()
    with pytest.raises(mending.NotRejected):
        mend_rows(file, {999: ["x"]}, seen={}, by=None)


@pytest.mark.parametrize("state", [LedgerState.APPROVED, LedgerState.WITHDRAWN, LedgerState.READING])
def test_a_closed_ledger_is_not_mended(city: Organisation, state: str) -> None:
    file = a_read_file(city)
    Ledger.objects.update(state=state)
    with pytest.raises(NotAllowedNow):
        mend_rows(file, {42: cells(1, "1,00")}, seen={}, by=None)
    with pytest.raises(NotAllowedNow):
        make_mended_file(file, by=None)


def test_nothing_mended_is_said(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    assert "No row has been mended yet" in member.post(url("rejected_read", file), follow=True).text


def test_readers_see_rejected_rows_and_may_not_mend(city: Organisation) -> None:
    file = a_read_file(city)
    member = Client()
    member.force_login(someone_who_is("approver", city))
    assert '<input type="text"' not in member.get(url("rejected", file)).text
    assert member.post(url("rejected", file), form({42: cells(1, "1,00")})).status_code == 403
    assert member.post(url("rejected_read", file)).status_code == 403


def test_confirmed_ledger_that_is_mended_must_be_looked_at_again(member: Client, city: Organisation) -> None:
    file = a_read_file(city)
    confirm_ledger(file.ledger, by=None)
    member.post(url("rejected", file), form({42: cells(1, "100,10")}))
    member.post(url("rejected_read", file))
    run_waiting_jobs()
    assert Ledger.objects.get().state == LedgerState.READ


# ---- in a spreadsheet program


def downloaded(member: Client, file: LedgerFile) -> list[list[str]]:
    answer = member.get(url("rejected_csv", file))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def saved(rows: list[list[str]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8"), (",", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1252")]
)
def test_mended_csv_comes_back(member: Client, city: Organisation, delimiter: str, encoding: str) -> None:
    file = a_read_file(city)
    rows = downloaded(member, file)
    assert rows[0] == ["keino_row", "keino_reason", *HEADER.split(";")]
    assert [row[0] for row in rows[1:]] == ["42", "43", "44"]
    rows[1][-1], rows[2][-1] = "100,10", "200,20"
    del rows[3]
    sent = SimpleUploadedFile("korjattu.csv", saved(rows, delimiter, encoding))
    answer = member.post(url("rejected_upload", file), {"file": sent}, follow=True)
    assert "2 rows were saved" in answer.text
    member.post(url("rejected_read", file))
    run_waiting_jobs()
    assert total_of(file).amount_mended == Decimal("300.30")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        ledger_text(3).encode(),
        b"keino_row;keino_reason;Muu;Otsikko\n42;x;1;2\n",
        b"keino_row;keino_reason;" + HEADER.encode() + b"\nx;;1;2\n",
        b"keino_row;keino_reason;" + HEADER.encode() + b"\n2;;20001;1.1.2023;4340;a;b;c;1,00\n",
        b'keino_row;"keino_reason;\0' * 1000,
    ],
)
def test_a_file_that_is_something_else_changes_nothing(member: Client, city: Organisation, content: bytes) -> None:
    file = a_read_file(city)
    answer = member.post(url("rejected_upload", file), {"file": SimpleUploadedFile("x.csv", content)}, follow=True)
    assert answer.status_code == 200
    assert "hds-notification" in answer.text
    assert not MendedRow.objects.exists()


def test_formulas_leave_harmless_and_come_back_as_they_were(member: Client, city: Organisation) -> None:
    file = a_read_file(city, ledger_text(40, wrong=1).replace("Rikki", "=1+2"))
    rows = downloaded(member, file)
    assert rows[1][-2] == "'=1+2"
    rows[1][-1] = "7,00"
    assert mend_from_csv(file, name="x.csv", content=saved(rows), by=None) == 1
    assert MendedRow.objects.get().cells[-2:] == ["=1+2", "7,00"]


# ---- after another reading


def test_a_row_that_another_reading_accepts_is_not_counted_twice(city: Organisation) -> None:
    """Mended as long as its currency was foreign; then a mapping leaves the currency out, and the row is accepted."""
    lines = ledger_text(40, header=HEADER + ";Valuutta").splitlines()
    text = "\n".join(
        [lines[0], *(f"{line};EUR" for line in lines[1:]), "90001;1.3.2023;4340;P;Virhe 1 Oy;x;10,00;SEK", ""]
    )
    file = a_read_file(city, text)
    assert total_of(file).rejected == 1
    mend_rows(file, {42: ["90001", "1.3.2023", "4340", "P", "Virhe 1 Oy", "x", "0,90", "EUR"]}, seen={}, by=None)
    make_mended_file(file, by=None)
    read(file)
    assert total_of(file).counted == GOOD + Decimal("0.90")
    LedgerFile.objects.filter(pk=file.pk).update(mapping_content='[columns]\ncurrency = ""\n')
    read(file)
    total = total_of(file)
    assert (total.rejected, total.mended, total.counted) == (0, 0, GOOD + Decimal("10.00"))


def test_reading_again_keeps_what_was_mended(city: Organisation) -> None:
    file = a_read_file(city)
    mend_rows(file, {42: cells(1, "100,10")}, seen={}, by=None)
    made = make_mended_file(file, by=None)
    read(file)
    before = total_of(file)
    read(file)
    assert total_of(file) == before
    assert file.mended_files.get().pk == made.pk


def test_mended_rows_in_a_workbook_count(city: Organisation) -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as workbook:
        sheet = workbook.add_worksheet("Ostot")
        sheet.write_row(2, 1, HEADER.split(";"))  # with rows above and an empty column at the left
        for n in range(1, 31):
            sheet.write_row(
                2 + n, 1, [20_000 + n, f"2023-03-{n:02}", 4340, "Palvelut", f"Firma {n} Oy", "Työ", n + 0.5]
            )
        sheet.write_row(33, 1, [90_001, "2023-03-01", 4340, "Palvelut", "Virhe 1 Oy", "Rikki", "puuttuu"])
    ledger = an_open_ledger(city)
    file = read(an_uploaded_file(ledger, book.getvalue(), "ostot.xlsx"))
    (found,) = rejected_page(mending.rejected_folder(file))
    mend_rows(file, {found.row: [*found.cells[:-1], "1234,56"]}, seen={}, by=None)
    make_mended_file(file, by=None)
    read(file)
    total = total_of(file)
    assert (total.rows, total.mended, total.rejected, total.amount_mended) == (31, 1, 0, Decimal("1234.56"))


def test_conflict_is_all_or_nothing(city: Organisation) -> None:
    file = a_read_file(city)
    mend_rows(file, {43: cells(2, "1,00")}, seen={}, by=None)
    with pytest.raises(Conflict):
        mend_rows(file, {42: cells(1, "2,00"), 43: cells(2, "3,00")}, seen={42: 0, 43: 0}, by=None)
    assert {row.row: row.cells[-1] for row in MendedRow.objects.all()} == {43: "1,00"}


def test_ten_thousand_rejected_rows_page_fast(member: Client, city: Organisation) -> None:
    file = a_read_file(city, ledger_text(10_000, wrong=10_000))
    first = member.get(url("rejected", file))
    assert "Virhe 1 Oy" in first.text
    began = time.process_time()
    last = member.get(url("rejected", file) + "?page=500")
    taken = time.process_time() - began
    assert "Virhe 10000 Oy" in last.text
    assert taken < 1.0  # of the processor; a tenth of that where nothing else runs
