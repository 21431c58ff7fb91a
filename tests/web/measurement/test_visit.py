"""Walk 1 without an account: drop, see how it was read, looks right, result; then forget it, or keep it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Person
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Ledger, LedgerFile, Run, SavedMapping, Visit
from keino.web.measurement.queries.ledgers import reconciliation
from keino.web.measurement.services import visits
from keino.web.measurement.services.uploads import VisitFull, start_file
from keino.web.measurement.services.visits import keep_visit, live_visit, retire_visits
from keino.web.organisations.models import Organisation
from tests.factories.measurement import an_open_ledger, an_uploaded_file, ledger_text
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
TRY = "/footprint/"


@pytest.fixture
def client() -> Client:
    return Client(headers={"Accept-Language": "en"})


def drop(client: Client, content: bytes | str = "", name: str = "ostot 2023.csv") -> Ledger:
    content = content or ledger_text(40)
    sent = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    answer = client.post(TRY, {"ledger_files": sent})
    assert answer.status_code == 302, answer.text
    run_waiting_jobs()
    return Ledger.objects.latest("pk")


def page(ledger: Ledger, name: str = "ledger") -> str:
    return reverse(f"measurement:visit_{name}", kwargs={"ledger": ledger.public_id})


def looks_right(client: Client, ledger: Ledger) -> None:
    ledger.refresh_from_db()
    client.post(page(ledger, "ledger_confirm"), {"version": ledger.version})
    run_waiting_jobs()


def files_under(*folders: Any) -> list[str]:
    return [str(path) for folder in folders for path in Path(folder).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("path", "rows", "control_total", "currency"),
    [
        # Sums of the files' own amount columns, added up outside keino.
        ("fi/paimio_2020_2023_part.csv", 347, "732293.25", "EUR"),
        ("uk/gateshead_2022-08.csv", 8053, "30466722.83", "GBP"),
    ],
)
def test_walk_with_a_real_ledger(
    client: Client, shared_data: Path, path: str, rows: int, control_total: str, currency: str
) -> None:
    ledger = drop(client, (shared_data / "ledgers" / path).read_bytes(), path.rpartition("/")[2])
    (total,) = reconciliation(ledger).totals
    assert (total.rows, total.counted, total.currency) == (rows, Decimal(control_total), currency)
    seen = client.get(page(ledger)).text
    assert "Looks right" in seen
    assert seen.count("<tr>") > 20
    looks_right(client, ledger)
    run = Run.objects.get()
    assert run.state == RunState.DONE
    assert "See the footprint" in client.get(page(ledger)).text
    assert client.get(reverse("dashboards:visit_footprint")).status_code == 200


def test_visit_is_its_visitors_alone(client: Client) -> None:
    ledger = drop(client)
    stranger = Client()
    assert stranger.get(page(ledger)).headers["Location"] == TRY
    drop(stranger, ledger_text(9))
    for name in ("ledger", "ledger_add"):
        assert stranger.get(page(ledger, name)).status_code == 404
    file = ledger.files.get()
    for name in ("mapping", "file_piece", "rejected", "rejected_csv"):
        where = {"ledger": ledger.public_id, "file": file.public_id}
        assert stranger.get(reverse(f"measurement:visit_{name}", kwargs=where)).status_code == 404


def test_session_holds_the_visits_key_only(client: Client) -> None:
    drop(client)
    assert dict(client.session.items()) == {"visit": str(Visit.objects.get().public_id)}


def test_forget_now_leaves_nothing(client: Client, settings: Any) -> None:
    ledger = drop(client, ledger_text(40, wrong=2))
    looks_right(client, ledger)
    looks_right(client, drop(client, ledger_text(30), "toinen 2023.csv"))
    assert [run.supersedes_id is None for run in Run.objects.order_by("pk")] == [True, False]
    assert files_under(settings.MEDIA_ROOT, settings.STORE_FOLDER)
    assert "at once" in client.get(reverse("measurement:forget_visit")).text
    for _ in range(2):
        assert client.post(reverse("measurement:forget_visit")).headers["Location"] == TRY
    assert files_under(settings.MEDIA_ROOT, settings.STORE_FOLDER) == []
    for model in (Visit, Ledger, LedgerFile, Run, SavedMapping):
        assert not model.objects.exists()
    assert client.get(page(ledger)).headers["Location"] == TRY


def test_everything_is_forgotten_two_hours_after_the_last_page(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = drop(client)
    looks_right(client, ledger)
    begin = timezone.now()

    def at(hours: float) -> None:
        monkeypatch.setattr(visits.timezone, "now", lambda: begin + dt.timedelta(hours=hours))

    at(1.9)
    assert client.get(page(ledger)).status_code == 200  # moves the end
    at(3.8)
    assert retire_visits() == 0
    at(4.0)
    assert client.get(page(ledger)).headers["Location"] == TRY  # over, even before it is swept
    assert retire_visits() == 1
    assert not Visit.objects.exists()
    assert files_under(settings.MEDIA_ROOT, settings.STORE_FOLDER) == []


def test_log_out_forgets_the_visit(client: Client) -> None:
    client.force_login(a_person())
    drop(client)
    client.logout()
    assert not Visit.objects.exists()


def test_files_of_a_process_that_was_killed_are_swept(settings: Any) -> None:
    ledger = an_open_ledger(organisation=None, visit=visits.begin_visit())
    kept = an_uploaded_file(an_open_ledger())
    an_uploaded_file(ledger)
    Ledger.objects.filter(pk=ledger.pk).delete()  # as if killed between the database and the disk
    retire_visits()
    assert files_under(settings.MEDIA_ROOT) == [str(Path(settings.MEDIA_ROOT, kept.stored_as))]


def test_visits_may_send_less(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keino.web.measurement.services.uploads.VISIT_LIMIT_BYTES", 1000)
    ledger = an_open_ledger(organisation=None, visit=visits.begin_visit())
    start_file(ledger, name="a.csv", size=600, by=None)
    with pytest.raises(VisitFull):
        start_file(ledger, name="b.csv", size=600, by=None)


def test_uploads_without_an_account_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr("keino.web.measurement.visitors.VISITS_AN_HOUR", 2)
    for _ in range(2):
        drop(Client())
    refused = Client(headers={"Accept-Language": "en"}).post(
        TRY, {"ledger_files": SimpleUploadedFile("a.csv", b"1")}, follow=True
    )
    assert "Many ledgers have been sent" in refused.text
    assert Client().post(reverse("measurement:try_start")).status_code == 429
    assert Visit.objects.count() == 2
    cache.clear()


# ---- keeping it


def test_keep_asks_for_an_account_first(client: Client) -> None:
    drop(client)
    answer = client.get(reverse("measurement:keep_visit")).text
    assert "/account/signup/?next=%2Ffootprint%2Fkeep%2F" in answer
    assert "/account/login/?next=%2Ffootprint%2Fkeep%2F" in answer


def signed_up(client: Client, name: str = "") -> Person:
    """The visit survives the log-in: the session's key changes, what is in it stays."""
    person = a_person(name)
    client.force_login(person)
    return person


def test_new_organisation_keeps_ledger_and_result(client: Client) -> None:
    ledger = drop(client)
    looks_right(client, ledger)
    signed_up(client)
    keep = reverse("measurement:keep_visit")
    assert client.post(keep, {"where": "new", "name": "", "kind": ""}).status_code == 400
    answer = client.post(keep, {"where": "new", "name": "Esimerkin seurakunta", "kind": "parish"}, follow=True)
    assert answer.status_code == 200
    parish = Organisation.objects.get(slug="esimerkin-seurakunta")
    ledger.refresh_from_db()
    run = Run.objects.get()
    assert (ledger.organisation, ledger.visit, run.organisation, run.visit) == (parish, None, parish, None)
    assert not Visit.objects.exists()
    assert (parish.is_public, parish.is_compared) == (False, False)
    assert client.get(reverse("dashboards:footprint", kwargs={"slug": parish.slug})).status_code == 200
    assert retire_visits() == 0
    assert Ledger.objects.filter(pk=ledger.pk, state=LedgerState.CONFIRMED).exists()


def test_own_organisation_keeps_it_and_another_does_not(client: Client) -> None:
    drop(client)
    own, other = an_organisation(), an_organisation()
    client.force_login(someone_who_is("member", own))
    keep = reverse("measurement:keep_visit")
    assert client.post(keep, {"where": other.slug}).status_code == 400
    client.post(keep, {"where": own.slug})
    assert Ledger.objects.get().organisation == own


def test_nobody_keeps_a_visit_where_they_may_not_work() -> None:
    visit = visits.begin_visit()
    with pytest.raises(PermissionDenied):
        keep_visit(visit, organisation=an_organisation(), by=a_person())
    assert live_visit(str(visit.public_id)) == visit


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"business_id": "1234567-0"}, "is not a Finnish business ID"),
        ({"kind": "ministry"}, "Select a valid choice"),
        ({"municipality_code": "999"}, "Select a valid choice"),
    ],
)
def test_wrong_words_about_a_new_organisation_are_said(client: Client, fields: dict[str, str], said: str) -> None:
    drop(client)
    signed_up(client)
    given = {"where": "new", "name": "Uusi", "kind": "parish"} | fields
    answer = client.post(reverse("measurement:keep_visit"), given)
    assert answer.status_code == 400
    assert said in answer.text
    assert not Organisation.objects.exists()
    assert Visit.objects.exists()


def test_mapping_of_a_visit_goes_along(client: Client) -> None:
    ledger = drop(client)
    file = ledger.files.get()
    kept = SavedMapping.objects.create(visit=ledger.visit, header_key=file.header_key, content="[columns]\n")
    own = an_organisation()
    SavedMapping.objects.create(organisation=own, header_key="0" * 64, content="[columns]\n")
    assert ledger.visit is not None
    keep_visit(ledger.visit, organisation=own, by=someone_who_is("member", own))
    kept.refresh_from_db()
    assert kept.organisation == own


def test_keeping_twice_is_harmless(client: Client) -> None:
    ledger = drop(client)
    assert ledger.visit is not None
    own = an_organisation()
    member = someone_who_is("member", own)
    assert keep_visit(ledger.visit, organisation=own, by=member) == [ledger]
    assert keep_visit(ledger.visit, organisation=own, by=member) == []


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000", "../../etc"])
def test_wrong_keys_are_no_visit(key: str) -> None:
    assert live_visit(key) is None
