"""Files of withdrawn ledgers are deleted by who answers for them; results never change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Person
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Ledger, MendedRow, Run
from keino.web.measurement.services.deletion import BeingCounted, delete_files, deletion_of
from keino.web.measurement.services.ledgers import confirm_ledger, withdraw_ledger
from keino.web.measurement.services.mending import mend_rows
from keino.web.measurement.services.runs import ask_run
from keino.web.measurement.store import folder_of, hashes_of
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.tasks.runs import start
from keino.web.organisations.models import Organisation
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text
from tests.factories.web import an_organisation, someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
SECRET = "Salainen Toimittaja"


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town")


@pytest.fixture
def boss(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


@pytest.fixture
def ledger(town: Organisation, boss: Person) -> Ledger:
    """A withdrawn ledger with a mended row, of which a footprint was made."""
    ledger = an_open_ledger(town)
    file = an_uploaded_file(ledger, ledger_text(60, wrong=2).replace("Virhe", SECRET).replace("Firma 1", SECRET))
    ask_reading(ledger, by=boss)
    run_waiting_jobs()
    file.refresh_from_db()
    ledger.refresh_from_db()
    cells = ["90001", "1.3.2023", "4340", "Asiantuntijapalvelut", f"{SECRET} 1 Oy", "Korjattu", "1,00"]
    mend_rows(file, {62: cells}, seen={}, by=boss)
    confirm_ledger(ledger, by=boss)
    start(ask_run(owner=town, ledgers=[ledger], by=boss), by=boss)
    run_waiting_jobs()
    withdraw_ledger(ledger, by=boss)
    return ledger


def test_deletion_takes_every_trace_of_the_contents_and_no_result(
    ledger: Ledger, town: Organisation, boss: Person, settings: Any
) -> None:
    run = Run.objects.get(organisation=town)
    assert run.state == RunState.DONE
    before = (run.result, run.manifest, hashes_of(folder_of(run)))
    assert SECRET in json.dumps(list(LogEntry.objects.values_list("changes", flat=True)), ensure_ascii=False)
    delete_files(ledger, by=boss)
    delete_files(ledger, by=boss)  # a second press
    ledger.refresh_from_db()
    assert (ledger.state, ledger.files_deleted_by) == (LedgerState.WITHDRAWN, boss)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert list((Path(settings.STORE_FOLDER) / "ledgers").rglob("*.parquet")) == []
    assert not MendedRow.objects.exists()
    file = ledger.files.get(mends=None)
    assert (file.reading["rows"], file.reading["rejected"]) == (62, 2)
    left = [json.dumps([each.reading, each.preview, each.error]) for each in ledger.files.all()]
    left += [str(entry.changes) + entry.changes_text for entry in LogEntry.objects.all()]
    assert [text for text in left if SECRET in text or "Korjattu" in text] == []
    run = Run.objects.get(organisation=town)
    assert (run.result, run.manifest, hashes_of(folder_of(run))) == before
    newest = LogEntry.objects.get_for_object(ledger).first()
    assert newest is not None
    assert (newest.actor, newest.additional_data["act"]) == (boss, "ledger files deleted")


def test_only_withdrawn_ledgers_lose_their_files(town: Organisation, boss: Person) -> None:
    ledger = an_open_ledger(town)
    file = an_uploaded_file(ledger)
    with pytest.raises(NotAllowedNow):
        delete_files(ledger, by=boss)
    withdraw_ledger(ledger, by=boss)
    with pytest.raises(Conflict):
        delete_files(ledger, by=boss, seen=1)
    run = Run.objects.create(organisation=town, state=RunState.RUNNING, options={})
    run.ledgers.add(ledger)
    with pytest.raises(BeingCounted):
        delete_files(ledger, by=boss)
    file.refresh_from_db()
    assert file.stored_as


def test_preview_says_what_goes_and_what_stays(ledger: Ledger, town: Organisation, boss: Person) -> None:
    found = deletion_of(ledger)
    assert ([file.name for file in found.files], found.mended_rows, found.runs) == (["ostot.csv"], 1, 1)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(boss)
    where = {"slug": town.slug, "ledger": ledger.public_id}
    address, page = (
        reverse("measurement:ledger_delete_files", kwargs=where),
        reverse("measurement:ledger", kwargs=where),
    )
    assert address in client.get(page).text
    shown = client.get(address).text
    assert "ostot.csv" in shown
    assert "1 row that somebody mended" in shown
    assert "1 footprint that was made of it" in shown
    assert ledger.files.exclude(stored_as="").exists()  # looking deletes nothing
    ledger.refresh_from_db()
    client.post(address, {"version": ledger.version})
    text = client.get(page).text
    assert "were deleted on" in text
    assert address not in text
    assert SECRET not in text


@pytest.mark.parametrize("kind", ["member", "approver"])
def test_others_dont_delete(ledger: Ledger, town: Organisation, kind: str) -> None:
    client = Client()
    client.force_login(someone_who_is(kind, town))
    where = {"slug": town.slug, "ledger": ledger.public_id}
    assert client.post(reverse("measurement:ledger_delete_files", kwargs=where)).status_code == 403
    assert ledger.files.exclude(stored_as="").exists()
