"""Large files are put together in the background, and what is wrong with them is said on their page."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from django.urls import reverse

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Job
from keino.web.measurement.choices import FileState, LedgerState
from keino.web.measurement.models import Ledger, LedgerFile
from keino.web.measurement.services import joining, uploads
from keino.web.measurement.services.ledgers import NotAllRead, confirm_ledger
from keino.web.measurement.services.upload_errors import NotAllReceived
from keino.web.measurement.services.uploads import finish_file, receive_piece, start_file
from keino.web.measurement.tasks.ledgers import ask_reading
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text
from tests.factories.web import an_organisation, someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
CONTENT = ledger_text(200).encode()


@pytest.fixture(autouse=True)
def everything_is_large(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.UPLOAD_PIECE_BYTES = 4000
    monkeypatch.setattr(uploads, "JOINED_AT_ONCE_BYTES", 5000)


def sent(ledger: Ledger, name: str = "a.csv", content: bytes = CONTENT) -> LedgerFile:
    file = start_file(ledger, name=name, size=len(content), by=None)
    while file.received_bytes < len(content):
        piece = content[file.received_bytes : file.received_bytes + 4000]
        receive_piece(file, offset=file.received_bytes, stream=io.BytesIO(piece), by=None)
    return file


def read(ledger: Ledger) -> Ledger:
    ask_reading(ledger, by=None)
    run_waiting_jobs()
    ledger.refresh_from_db()
    return ledger


def test_request_that_ends_a_large_file_opens_none_of_its_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    file = sent(an_open_ledger())
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_open", lambda *_: pytest.fail("the request reads what was sent"))
        patch.setattr(FileSystemStorage, "_save", lambda *_: pytest.fail("the request writes it again"))
        done = finish_file(file, sha256=hashlib.sha256(CONTENT).hexdigest(), by=None)
        assert finish_file(file, by=None).state == FileState.CHECKING  # once more changes nothing
    assert (done.state, len(done.pieces)) == (FileState.CHECKING, -(-len(CONTENT) // 4000))


def test_large_file_is_joined_and_read_in_the_background(settings: Any) -> None:
    ledger = an_open_ledger()
    finish_file(file := sent(ledger), sha256=hashlib.sha256(CONTENT).hexdigest().upper(), by=None)
    assert read(ledger).state == LedgerState.READ
    file.refresh_from_db()
    assert (file.state, file.sha256, file.reading["rows"]) == ("read", hashlib.sha256(CONTENT).hexdigest(), 200)
    with default_storage.open(file.stored_as) as stored:
        assert stored.read() == CONTENT
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1


def test_large_file_that_changed_on_its_way_is_refused_and_the_others_are_read(client: Client, settings: Any) -> None:
    organisation = an_organisation()
    ledger = an_open_ledger(organisation)
    an_uploaded_file(ledger, ledger_text(3), "small.csv")
    finish_file(file := sent(ledger), sha256="0" * 64, by=None)
    assert read(ledger).state == LedgerState.READ
    file.refresh_from_db()
    assert (file.state, file.error["code"], file.stored_as) == ("refused", "checksum_differs", "")
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) == 1
    client.force_login(someone_who_is("member", organisation))
    address = reverse("measurement:ledger", kwargs={"slug": organisation.slug, "ledger": ledger.public_id})
    assert "a.csv changed on its way" in client.get(address, headers={"Accept-Language": "en"}).text


def test_same_large_file_twice_is_kept_once() -> None:
    ledger = an_open_ledger()
    finish_file(sent(ledger, "a.csv"), by=None)
    finish_file(second := sent(ledger, "b.csv"), by=None)
    read(ledger)
    second.refresh_from_db()
    assert (second.state, second.error["code"]) == ("refused", "already_in_ledger")


def test_ledger_with_a_file_to_check_isnt_confirmed() -> None:
    ledger = an_open_ledger()
    an_uploaded_file(ledger, ledger_text(3), "small.csv")
    read(ledger)
    finish_file(sent(ledger), by=None)
    with pytest.raises(NotAllRead):
        confirm_ledger(ledger, by=None)


def test_large_file_is_not_finished_before_all_of_it_has_come() -> None:
    file = start_file(an_open_ledger(), name="a.csv", size=len(CONTENT), by=None)
    receive_piece(file, offset=0, stream=io.BytesIO(CONTENT[:4000]), by=None)
    with pytest.raises(NotAllReceived):
        finish_file(file, by=None)


def test_worker_killed_while_joining_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = an_open_ledger()
    finish_file(file := sent(ledger), by=None)

    class Killed(BaseException):
        pass

    def killed(*_: Any) -> None:
        raise Killed

    ask_reading(ledger, by=None)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "_same_in_ledger", killed)  # the joined file is stored, the row says nothing of it
        with pytest.raises(Killed):
            run_waiting_jobs()
    Job.objects.update(state="waiting", claim=None)
    run_waiting_jobs()
    file.refresh_from_db()
    assert (file.state, file.reading["rows"]) == ("read", 200)


def test_page_says_that_a_file_is_being_checked(client: Client) -> None:
    organisation = an_organisation()
    ledger = an_open_ledger(organisation, state=LedgerState.READ)
    finish_file(sent(ledger), by=None)
    client.force_login(someone_who_is("member", organisation))
    address = reverse("measurement:ledger", kwargs={"slug": organisation.slug, "ledger": ledger.public_id})
    page = client.get(address, headers={"Accept-Language": "en"}).text
    assert "All of this file has come" in page
    assert "Read the ledger" in page
