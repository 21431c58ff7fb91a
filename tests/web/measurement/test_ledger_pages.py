"""The pages of ledgers under an organisation: upload, reading, looks right, approval, withdrawal."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.measurement.choices import LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, Run
from keino.web.measurement.services.ledgers import confirm_ledger
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.organisations.models import Organisation
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text
from tests.factories.web import a_role, an_organisation, someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]


def url(name: str, place: Organisation | Ledger, **more: Any) -> str:
    if isinstance(place, Ledger):
        assert place.organisation is not None
        return reverse(
            f"measurement:{name}", kwargs={"slug": place.organisation.slug, "ledger": place.public_id, **more}
        )
    return reverse(f"measurement:{name}", kwargs={"slug": place.slug, **more})


def a_read_ledger(city: Organisation, content: bytes | str = "", name: str = "ostot.csv") -> Ledger:
    ledger = an_open_ledger(city)
    an_uploaded_file(ledger, content, name)
    ask_reading(ledger, by=None)
    run_waiting_jobs()
    ledger.refresh_from_db()
    return ledger


def test_plain_form_takes_several_files_and_has_them_read(member: Client, city: Organisation) -> None:
    files = [
        SimpleUploadedFile("2023.csv", ledger_text(4).encode()),
        SimpleUploadedFile("2024.csv", ledger_text(5).replace("2023", "2024").encode()),
    ]
    response = member.post(url("upload", city), {"ledger_files": files, "title": "", "ledger_year": ""})
    ledger = Ledger.objects.get()
    assert response.headers["Location"] == url("ledger", ledger)
    assert (ledger.title, ledger.state, ledger.files.count()) == ("2023", LedgerState.READING, 2)
    waiting = member.get(response.headers["Location"])
    assert "hx-get" in waiting.text
    run_waiting_jobs()
    page = member.get(response.headers["Location"])
    assert "Looks right" in page.text
    assert "Firma 1 Oy" in page.text
    # 4 lines of n + 0.50 and 5 of them: 10 + 2 + 15 + 2.5
    assert "€29.50" in page.text


def test_upload_without_a_file_says_so(member: Client, city: Organisation) -> None:
    assert member.post(url("upload", city), {"title": "x"}).status_code == 400
    assert not Ledger.objects.exists()


def test_a_form_beyond_the_limit_is_refused_unread(member: Client, city: Organisation, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    response = member.post(url("upload", city), {"ledger_files": SimpleUploadedFile("big.csv", b"x" * 2_000_000)})
    assert response.status_code == 413
    assert not Ledger.objects.exists()


def test_forms_need_their_token(city: Organisation) -> None:
    member = Client(enforce_csrf_checks=True)
    member.force_login(someone_who_is("member", city))
    sent = {"ledger_files": SimpleUploadedFile("a.csv", b"1")}
    assert member.post(url("upload", city), sent).status_code == 403
    assert (
        member.post(reverse("measurement:try"), {"ledger_files": SimpleUploadedFile("a.csv", b"1")}).status_code == 403
    )
    assert not Ledger.objects.exists()


def test_pieces_by_script(member: Client, city: Organisation, settings: Any) -> None:
    settings.UPLOAD_PIECE_BYTES = 100
    content = ledger_text(9).encode()
    begun = member.post(url("upload_start", city), {"first_file": "ostot 2023.csv"}).json()
    file = member.post(begun["files"], {"name": "ostot 2023.csv", "size": len(content)}).json()
    for at in range(0, len(content), 100):
        answer = member.post(
            f"{file['piece']}?offset={at}", content[at : at + 100], content_type="application/octet-stream"
        )
        assert answer.json()["received_bytes"] == min(at + 100, len(content))
    assert member.get(file["piece"]).json()["received_bytes"] == len(content)
    assert member.post(file["finish"], {"sha256": ""}).json()["state"] == "received"
    page = member.post(begun["read"])
    ledger = Ledger.objects.get()
    assert (page.headers["Location"], ledger.title) == (url("ledger", ledger), "ostot 2023")
    run_waiting_jobs()
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.READ


@pytest.mark.parametrize("offset", ["50", "", "-1", "x", "9" * 30, "²"])
def test_wrong_offset_is_answered_with_the_right_one(member: Client, city: Organisation, offset: str) -> None:
    begun = member.post(url("upload_start", city), {"first_file": "a.csv"}).json()
    file = member.post(begun["files"], {"name": "a.csv", "size": 100}).json()
    member.post(f"{file['piece']}?offset=0", b"x" * 10, content_type="application/octet-stream")
    answer = member.post(f"{file['piece']}?offset={offset}", b"x", content_type="application/octet-stream")
    assert (answer.status_code, answer.json()["code"], answer.json()["received_bytes"]) == (409, "wrong_offset", 10)


@pytest.mark.parametrize("size", ["", "x", "-1", "9" * 40, "99999999999999"])
def test_wrong_sizes_are_refused(member: Client, city: Organisation, size: str) -> None:
    begun = member.post(url("upload_start", city), {"first_file": "a.csv"}).json()
    assert member.post(begun["files"], {"name": "a.csv", "size": size}).status_code == 400
    assert not LedgerFile.objects.exists()


def test_open_ledger_goes_on_where_it_stopped(member: Client, city: Organisation) -> None:
    begun = member.post(url("upload_start", city), {"first_file": "a.csv"}).json()
    member.post(begun["files"], {"name": "a.csv", "size": 100})
    ledger = Ledger.objects.get()
    assert member.get(url("ledger", ledger)).headers["Location"] == begun["add"]
    assert "a.csv" in member.get(begun["add"]).text


def test_looks_right_asks_for_a_run_once(member: Client, city: Organisation) -> None:
    ledger = a_read_ledger(city, ledger_text(30))
    for _ in range(2):
        member.post(url("ledger_confirm", ledger), {"version": ledger.version})
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.CONFIRMED
    assert Run.objects.count() == 1
    assert Job.objects.filter(kind="measurement.footprint").count() == 1


def test_looks_right_of_what_somebody_else_changed_is_refused(member: Client, city: Organisation) -> None:
    ledger = a_read_ledger(city)
    response = member.post(url("ledger_confirm", ledger), {"version": ledger.version - 1}, follow=True)
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.READ
    assert "Somebody else changed this" in response.text


def test_approval_ties_to_the_books_or_says_why_not(member: Client, city: Organisation) -> None:
    ledger = a_read_ledger(city, ledger_text(4))  # 1.5 + 2.5 + 3.5 + 4.5 = 12.00
    confirm_ledger(ledger, by=None)
    approver = someone_who_is("approver", city)
    assert member.post(url("ledger_approve", ledger), {"books_total": "12.00"}).status_code == 403
    member.force_login(approver)
    given = {"books_total": "13.50", "version": ledger.version}
    differs = member.post(url("ledger_approve", ledger), given)
    assert differs.status_code == 400
    assert "differ by 1.50 EUR" in differs.text
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.CONFIRMED
    member.post(url("ledger_approve", ledger), given | {"note": "An invoice is missing"})
    ledger.refresh_from_db()
    assert (ledger.state, ledger.books_total, ledger.approved_by) == (LedgerState.APPROVED, Decimal("13.50"), approver)
    assert "An invoice is missing" in member.get(url("ledger", ledger)).text


def test_approval_of_equal_totals_needs_no_reason(member: Client, city: Organisation) -> None:
    ledger = a_read_ledger(city, ledger_text(4))
    confirm_ledger(ledger, by=None)
    member.force_login(someone_who_is("approver", city))
    member.post(url("ledger_approve", ledger), {"books_total": "12", "version": ledger.version})
    ledger.refresh_from_db()
    assert (ledger.state, ledger.approval_note) == (LedgerState.APPROVED, "")


def test_withdrawing_asks_first_and_is_final(member: Client, city: Organisation) -> None:
    ledger = a_read_ledger(city)
    assert "Withdraw" in member.get(url("ledger_withdraw", ledger)).text
    for _ in range(2):
        member.post(url("ledger_withdraw", ledger), {"version": ledger.version})
    ledger.refresh_from_db()
    assert ledger.state == LedgerState.WITHDRAWN
    page = member.post(url("ledger_read", ledger), follow=True)
    assert "withdrawn" in page.text
    assert not Job.objects.filter(state="waiting").exists()


def test_year_of_rows_without_a_date_is_read_again(member: Client, city: Organisation) -> None:
    text = "Tilinumero;Tilin nimi;Toimittaja;Netto\n" + "\n".join(
        f"4340;Palvelut;Firma {n} Oy;{n},50" for n in range(40)
    )
    ledger = a_read_ledger(city, text)
    assert ledger.state == LedgerState.FAILED
    member.post(url("ledger_details", ledger), {"title": "Purchases", "ledger_year": "2022", "version": ledger.version})
    run_waiting_jobs()
    ledger.refresh_from_db()
    assert (ledger.state, ledger.title) == (LedgerState.READ, "Purchases")
    assert ledger.files.get().reading["first_date"] == "2022"


def test_the_same_file_in_another_ledger_is_said(member: Client, city: Organisation) -> None:
    a_read_ledger(city)
    again = a_read_ledger(city)
    a_read_ledger(an_organisation())  # of somebody else: never said
    page = member.get(url("ledger", again))
    assert page.text.count("count twice") == 1


def test_what_is_written_in_a_ledger_is_shown_as_text(member: Client, city: Organisation) -> None:
    text = ledger_text(3).replace("Firma 1 Oy", "<script>alert(1)</script>").replace("Työ 2", "=HYPERLINK(1)")
    ledger = a_read_ledger(city, text, '"><img src=x>.csv')
    page = member.get(url("ledger", ledger)).text
    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img" not in page


def test_list_takes_the_same_number_of_queries_for_one_and_three_rows(member: Client, city: Organisation) -> None:
    counts = []
    for rows in (1, 2):
        for number in range(rows):
            an_open_ledger(city, title=f"Ledger {number}", uploaded_by=someone_who_is("member", city))
        member.get(url("ledgers", city))
        with CaptureQueriesContext(connection) as seen:
            assert member.get(url("ledgers", city)).text.count("Ledger 0") == rows
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_reading_page_takes_the_same_number_of_queries_for_one_and_three_files(
    member: Client, city: Organisation
) -> None:
    counts = []
    for files in (1, 3):
        ledger = an_open_ledger(city)
        for number in range(files):
            an_uploaded_file(ledger, ledger_text(3 + files + number), f"{number}.csv")
        ask_reading(ledger, by=None)
        run_waiting_jobs()
        member.get(url("ledger", ledger))
        with CaptureQueriesContext(connection) as seen:
            member.get(url("ledger", ledger))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_readers_see_and_may_not_change(city: Organisation) -> None:
    ledger = a_read_ledger(city)
    member = Client(headers={"Accept-Language": "en"})
    member.force_login(someone_who_is("approver", city))
    page = member.get(url("ledger", ledger))
    assert "Looks right" not in page.text
    assert member.post(url("ledger_confirm", ledger), {"version": ledger.version}).status_code == 403
    assert member.get(url("upload", city)).status_code == 403


def test_other_organisations_ledger_is_not_there(member: Client, city: Organisation) -> None:
    other = a_read_ledger(an_organisation("Toinen"))
    file = other.files.get()
    own = a_read_ledger(city)
    for name, more in (
        ("ledger", {}),
        ("ledger_add", {}),
        ("mapping", {"file": file.public_id}),
        ("file_piece", {"file": file.public_id}),
    ):
        here = reverse(f"measurement:{name}", kwargs={"slug": city.slug, "ledger": other.public_id, **more})
        assert member.get(here).status_code == 404
        assert member.get(url(name, other, **more)).status_code == 403
    mixed = {"slug": city.slug, "ledger": own.public_id, "file": file.public_id}
    assert member.get(reverse("measurement:file_piece", kwargs=mixed)).status_code == 404


def test_owner_of_a_ledger_is_on_the_list_of_a_hand_over(city: Organisation) -> None:
    from keino.web.base.owned import owned_by

    leaving, staying = someone_who_is("member", city), someone_who_is("member", city)
    a_role(leaving, "member", an_organisation())
    ledger = an_open_ledger(city, owner=leaving)
    (thing,) = owned_by(leaving, city)
    assert (thing.title, thing.url) == (ledger.title, url("ledger", ledger))
    thing.give_to(staying)
    ledger.refresh_from_db()
    assert ledger.owner == staying
