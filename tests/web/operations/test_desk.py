"""The administrators' pages: what failed can be started again, and nobody else sees them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keino.web.base.choices import JobState, MailState
from keino.web.base.mail import send_later
from keino.web.base.models import Job, Mail
from keino.web.base.personal_data import registers
from keino.web.operations import services
from tests.factories.web import a_ledger, a_person, a_role, an_organisation

pytestmark = pytest.mark.django_db


def a_job(**fields: Any) -> Job:
    error = {"code": "work_failed", "template": "It stopped.", "values": {}}
    return Job.objects.create(**({"kind": "operations.retire", "state": JobState.FAILED, "error": error} | fields))


@pytest.fixture
def keeper(client: Client) -> Client:
    """An administrator, past the second factor."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    person = a_person()
    a_role(person, "administrator", an_organisation(kind="competence_centre"))
    TOTP.activate(person, generate_totp_secret())
    assert Authenticator.objects.filter(user=person).exists()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 2**33}]
    session.save()
    return client


@pytest.mark.parametrize("name", ["jobs", "mails", "timetable", "overview"])
def test_lists_ask_as_often_for_three_rows_as_for_one(keeper: Client, name: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert keeper.get(reverse(f"operations:{name}")).status_code == 200
        return len(queries)

    a_job(created_by=a_person())
    send_later("base/summary", to=a_person(), count=0)
    asked()
    one = asked()
    for _ in range(2):
        a_job(created_by=a_person())
        send_later("base/summary", to=a_person(), count=0)
    assert asked() == one


def test_failed_job_is_shown_and_started_again(keeper: Client) -> None:
    job = a_job()
    page = reverse("operations:desk_job", args=[job.public_id])
    assert "It stopped." in keeper.get(page).content.decode()
    assert keeper.post(reverse("operations:retry_job", args=[job.public_id])).url == page  # type: ignore[attr-defined]
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    keeper.post(reverse("operations:retry_job", args=[job.public_id]))  # a second press changes nothing
    assert Job.objects.count() == 1


def test_list_shows_the_chosen_state_only(keeper: Client) -> None:
    a_job(kind="test.failed")
    a_job(kind="test.done", state=JobState.DONE)
    text = keeper.get(reverse("operations:jobs"), {"state": "failed"}).content.decode()
    assert "test.failed" in text
    assert "test.done" not in text


def test_mail_is_sent_again_unless_its_secret_is_gone(keeper: Client) -> None:
    plain = send_later("base/summary", to=a_person(), count=0)
    secret = send_later("base/summary", to=a_person(), count=0)
    assert plain is not None
    assert secret is not None
    Mail.objects.update(state=MailState.FAILED)
    Mail.objects.filter(pk=secret.pk).update(values={"_wiped": True})
    for mail in (plain, secret):
        keeper.post(reverse("operations:resend_mail", args=[mail.public_id]))
        mail.refresh_from_db()
    assert (plain.state, secret.state) == (MailState.WAITING, MailState.FAILED)
    text = keeper.get(reverse("operations:desk_mail", args=[secret.public_id])).content.decode()
    assert reverse("operations:resend_mail", args=[secret.public_id]) not in text


@pytest.mark.parametrize("name", ["overview", "jobs", "mails", "timetable"])
def test_others_are_refused(client: Client, name: str) -> None:
    page = reverse(f"operations:{name}")
    assert client.get(page).status_code == 302
    client.force_login(a_person())
    assert client.get(page).status_code == 403


def test_other_methods_are_refused(keeper: Client) -> None:
    job = a_job()
    assert keeper.get(reverse("operations:retry_job", args=[job.public_id])).status_code == 405
    assert keeper.post(reverse("operations:jobs")).status_code == 405


# ---- the progress of a job


def test_job_is_seen_by_who_asked_and_who_may_see_its_subject(client: Client) -> None:
    town = an_organisation()
    ledger = a_ledger(town)
    asker, colleague, stranger = a_person(), a_person(), a_person()
    a_role(colleague, "approver", town)
    a_role(stranger, "responsible_person", an_organisation())
    job = a_job(subject=f"ledger:{ledger.public_id}", created_by=asker, kind="measurement.read_ledger")
    page = reverse("operations:job", args=[job.public_id])
    seen = {}
    for name, person in (("asker", asker), ("colleague", colleague), ("stranger", stranger)):
        client.force_login(person)
        seen[name] = client.get(page).status_code
    client.logout()
    seen["nobody"] = client.get(page).status_code
    assert seen == {"asker": 200, "colleague": 200, "stranger": 404, "nobody": 404}


@pytest.mark.parametrize(
    "subject", ["", "ledger:", "ledger:x", "ledger:1b30dc18-35ac-4b49-a3cf-6290d5289cbc", "person:1", "run:%00"]
)
def test_job_with_an_odd_subject_is_refused(client: Client, subject: str) -> None:
    job = a_job(subject=subject)
    client.force_login(a_person())
    assert client.get(reverse("operations:job", args=[job.public_id])).status_code == 404


def test_part_of_the_page_comes_alone_by_htmx(client: Client) -> None:
    person = a_person()
    client.force_login(person)
    job = a_job(created_by=person, state=JobState.RUNNING, error=None, done=1, whole=4)
    page = reverse("operations:job", args=[job.public_id])
    part = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert f"job-{job.public_id}" in part
    assert "25" in part
    assert "<html" in client.get(page).content.decode()


# ---- mail choices and tidying


def test_person_chooses_how_often_and_about_what(client: Client) -> None:
    from keino.web.base.mail import topics

    person = a_person()
    client.force_login(person)
    wanted = sorted(topics())[:1]
    assert client.get("/mail/").status_code == 200
    assert client.post("/mail/", {"digest": "weekly", "wanted": wanted}).status_code == 302
    person.refresh_from_db()
    assert person.digest == "weekly"
    assert set(person.mail_opt_outs.values_list("topic", flat=True)) == set(topics()) - set(wanted)
    assert client.post("/mail/", {"digest": "hourly"}).status_code == 422


def test_old_mail_and_jobs_go_and_waiting_ones_stay() -> None:
    import datetime as dt

    from django.utils import timezone

    old = timezone.now() - dt.timedelta(days=100)
    for state in MailState.values:
        Mail.objects.create(address="a@example.org", language="fi", template="x", state=state, created_at=old)
    for state in JobState.values:
        a_job(state=state, ended_at=old if state in {"done", "failed"} else None)
    a_job(state=JobState.DONE, ended_at=timezone.now())
    assert services.retire_mail() == 3
    assert services.retire_jobs() == 2
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting", "held"}
    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "running", "waiting"]


def test_what_is_held_of_a_person_is_given_and_erased() -> None:
    person = a_person()
    send_later("base/summary", to=person, count=0)
    job = a_job(created_by=person)
    (register,) = [each for each in registers() if each.key == "mail"]
    given = register.export(person)
    assert [mail["template"] for mail in given["mail"]] == ["base/summary"]
    register.erase(person)
    job.refresh_from_db()
    assert (Mail.objects.count(), job.created_by) == (0, None)
