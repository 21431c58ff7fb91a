"""The management's commitment: by log-in or by a mailed link that works once and for a time (B3)."""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, CommitmentRequest
from tests.factories.applications import an_application
from tests.factories.web import an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, mails, page

pytestmark = pytest.mark.django_db
MANAGER = {"name": "Mirja Johtaja", "email": "mirja@town.example", "language": "fi"}
SECRET_TEXT = "Our secret pilot."


@pytest.fixture
def town() -> SimpleNamespace:
    organisation = an_organisation("Esimerkkilä")
    application = an_application(None, organisation, state=S.DISCUSSION_HELD, pilot=SECRET_TEXT, goes_on=True)
    member = someone_who_is("member", organisation)
    Application.objects.update(contact=member)
    return SimpleNamespace(organisation=organisation, application=application, member=member, client=client_of(member))


def ask(town: SimpleNamespace, **changed: str) -> str:
    """Ask the manager; returns the path of the mailed link."""
    answer = town.client.post(page("commitment", town.application), MANAGER | changed)
    assert answer.status_code == 302
    return re.sub(r"^https?://[^/]+", "", str(mails("commitment_asked")[-1].values["_secret_link"]))


def test_b3_a_manager_confirms_by_a_mailed_link_without_an_account(town: SimpleNamespace) -> None:
    path = ask(town)
    manager = Client()
    manager.cookies["keino_language"] = "en"
    text = manager.get(path).content.decode()
    assert SECRET_TEXT in text
    assert CommitmentRequest.objects.get().confirmed_at is None  # looking changes nothing
    answer = manager.post(path, {"name": "Mirja Johtaja", "title": "Director"})
    assert "on record" in answer.content.decode()
    confirmed = CommitmentRequest.objects.get()
    assert (confirmed.confirmed_name, confirmed.confirmed_title) == ("Mirja Johtaja", "Director")
    assert [mail.person for mail in mails("commitment_answered")] == [town.member]
    # it works once
    again = manager.post(path, {"name": "Somebody else"})
    assert again.status_code == 410
    assert CommitmentRequest.objects.get().confirmed_name == "Mirja Johtaja"


def test_b3_an_approver_confirms_by_their_own_log_in_and_nobody_else_can(town: SimpleNamespace) -> None:
    path = page("commit", town.application)
    assert town.client.post(path, {"title": ""}).status_code == 403
    neighbour = someone_who_is("approver", an_organisation())
    assert client_of(neighbour).post(path, {"title": ""}).status_code == 403
    approver = someone_who_is("approver", town.organisation)
    for _press in range(2):
        assert client_of(approver).post(path, {"title": "Director"}).status_code == 302
    confirmed = CommitmentRequest.objects.get()
    assert (confirmed.confirmed_by, confirmed.confirmed_name) == (approver, approver.name)


def test_a_wrong_link_is_not_known(town: SimpleNamespace) -> None:
    path = ask(town)
    for wrong in (path[:-3] + "xx/", "/commitment/x/", "/commitment/%3Cscript%3E/"):
        answer = Client().get(wrong)
        assert answer.status_code == 404
        assert SECRET_TEXT not in answer.content.decode()


@pytest.mark.parametrize("seconds", [0, 1])
def test_an_expired_link_shows_nothing_and_confirms_nothing(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    path = ask(town)
    expires_at = CommitmentRequest.objects.get().expires_at
    assert expires_at is not None
    monkeypatch.setattr(timezone, "now", lambda: expires_at + dt.timedelta(seconds=seconds))
    answer = Client().post(path, {"name": "Mirja Johtaja"})
    assert answer.status_code == 410
    assert SECRET_TEXT not in answer.content.decode()
    assert CommitmentRequest.objects.get().confirmed_at is None


def test_a_new_link_makes_the_one_before_worthless(town: SimpleNamespace) -> None:
    old = ask(town)
    asked = CommitmentRequest.objects.get()
    town.client.post(page("commitment_again", town.application, asked=asked.public_id))
    new = re.sub(r"^https?://[^/]+", "", str(mails("commitment_asked")[-1].values["_secret_link"]))
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200


def test_a_request_that_was_taken_back_opens_nothing(town: SimpleNamespace) -> None:
    path = ask(town)
    asked = CommitmentRequest.objects.get()
    for _press in range(2):
        town.client.post(page("commitment_withdraw", town.application, asked=asked.public_id))
    assert Client().post(path, {"name": "Mirja Johtaja"}).status_code == 410
    assert CommitmentRequest.objects.get().confirmed_at is None


def test_a_manager_says_no_and_the_applicants_are_told_why(town: SimpleNamespace) -> None:
    path = ask(town)
    assert Client().post(path, {"decline": "yes", "why": "No money."}).status_code == 200
    declined = CommitmentRequest.objects.get()
    assert (declined.confirmed_at, declined.declined_why) == (None, "No money.")
    assert mails("commitment_answered")[0].values["why"] == "No money."
    assert Client().post(path, {"name": "Mirja Johtaja"}).status_code == 410


def test_the_same_manager_is_asked_once_and_mailed_five_times_a_day_at_most(town: SimpleNamespace) -> None:
    ask(town)
    assert town.client.post(page("commitment", town.application), MANAGER).status_code == 422
    asked = CommitmentRequest.objects.get()
    for _press in range(6):
        town.client.post(page("commitment_again", town.application, asked=asked.public_id))
    assert len(mails("commitment_asked")) == 5


def test_a_link_without_a_name_confirms_nothing(town: SimpleNamespace) -> None:
    assert Client().post(ask(town), {"name": "  "}).status_code == 422
    assert CommitmentRequest.objects.get().confirmed_at is None


def test_an_open_link_of_a_withdrawn_application_opens_nothing(town: SimpleNamespace) -> None:
    path = ask(town)
    town.application.refresh_from_db()
    town.client.post(page("application_withdraw", town.application), {"seen": town.application.version})
    assert Client().get(path).status_code == 410


def test_the_link_is_kept_as_a_hash_only(town: SimpleNamespace) -> None:
    token = ask(town).rstrip("/").rpartition("/")[2]
    asked = CommitmentRequest.objects.get()
    assert token not in str([getattr(asked, field.name) for field in CommitmentRequest._meta.fields])
