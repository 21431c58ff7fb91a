"""Mails about interviews: who gets them, and the entry that each puts into a calendar, changes or takes out of it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core import mail as outbox
from django.urls import reverse
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.programmes.models import Application, Interview
from keino.web.programmes.ownership.selection import _interviews as held_by
from keino.web.programmes.services.interviews import cancel_interview
from tests.factories.programmes import named_in
from tests.factories.selection import Selecting, a_selecting, an_applicant, chosen_by, logged_in, responsible

pytestmark = pytest.mark.django_db


@pytest.fixture
def selecting() -> Selecting:
    made = a_selecting()
    chosen_by(made, dt.date(2030, 6, 1))
    return made


@pytest.fixture
def application(selecting: Selecting) -> Application:
    return an_applicant(selecting.edition, "Salo", state="submitted")


@pytest.fixture
def expert(selecting: Selecting) -> Person:
    return named_in(selecting.edition, "expert")


def data(*people: Person, **fields: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "event": "", "day": "2030-05-14", "begins": "9.30", "ends": "10:30",
        "place": "Teams", "interviewers": [each.pk for each in people], **fields,
    }  # fmt: skip


def planned(selecting: Selecting, application: Application, *people: Person) -> Interview:
    address = reverse("programmes:interview_new", args=[selecting.edition.slug, application.public_id])
    assert logged_in(selecting.coordinator).post(address, data(*people)).status_code == 302
    return Interview.objects.get()


def changed(selecting: Selecting, interview: Interview, *people: Person, **fields: Any) -> None:
    interview.refresh_from_db()
    address = reverse("programmes:interview_edit", args=[selecting.edition.slug, interview.public_id])
    answer = logged_in(selecting.coordinator).post(address, data(*people, seen=interview.version, **fields))
    assert answer.status_code == 302


def sent() -> dict[str, tuple[str, Any]]:
    """What went out since last time: (method, entry) by address, ("", None) where a mail carries nothing."""
    outbox.outbox.clear()
    send_due()
    found: dict[str, tuple[str, Any]] = {}
    for message in outbox.outbox:
        [address] = message.to
        assert address not in found, "two mails to one person"
        found[address] = ("", None)
        for name, content, media_type in message.attachments:
            book: Any = Calendar.from_ical(content)
            assert (name, media_type) == ("keino.ics", f"text/calendar; method={book['method']}")
            [entry] = book.walk("VEVENT")
            assert entry["attendee"] == f"mailto:{address}"
            found[address] = (str(book["method"]), entry)
    return found


def test_applicant_and_interviewers_get_an_entry_that_follows_the_interview(
    selecting: Selecting, application: Application, expert: Person
) -> None:
    applicant = responsible(application)
    interview = planned(selecting, application, expert)
    first = sent()
    assert {address: method for address, (method, _) in first.items()} == {
        applicant.email: "REQUEST",
        expert.email: "REQUEST",
    }
    entry = first[applicant.email][1]
    assert entry["dtstart"].dt.isoformat() == "2030-05-14T06:30:00+00:00"
    assert str(entry["location"]) == "Teams"
    assert str(application.public_id) in entry["url"]
    assert "Salo" in first[expert.email][1]["summary"]
    assert str(interview.public_id) in first[expert.email][1]["url"]

    changed(selecting, interview, expert, begins="13:00", ends="14:00")
    second = sent()
    cancel_interview(interview, by=selecting.coordinator)
    third = sent()
    for address in (applicant.email, expert.email):
        entries = [each[address][1] for each in (first, second, third)]
        assert len({str(each["uid"]) for each in entries}) == 1
        assert entries[0]["sequence"] < entries[1]["sequence"] < entries[2]["sequence"]
        assert [each[address][0] for each in (first, second, third)] == ["REQUEST", "REQUEST", "CANCEL"]
        assert entries[1]["dtstart"].dt.isoformat() == "2030-05-14T10:00:00+00:00"
        assert str(entries[2]["status"]) == "CANCELLED"


def test_who_is_taken_off_loses_the_entry_and_who_comes_gets_it(
    selecting: Selecting, application: Application, expert: Person
) -> None:
    interview = planned(selecting, application, expert)
    before = sent()
    other = named_in(selecting.edition, "expert")
    changed(selecting, interview, other)
    told = sent()
    assert {address: method for address, (method, _) in told.items()} == {
        expert.email: "CANCEL",
        other.email: "REQUEST",
    }, "the applicant isn't told: time and place are the same"
    assert str(told[expert.email][1]["uid"]) == str(before[expert.email][1]["uid"])
    assert told[expert.email][1]["sequence"] > before[expert.email][1]["sequence"]
    [message] = [each for each in outbox.outbox if each.to == [expert.email]]
    assert "et enää pidä haastattelua" in message.subject
    assert "14" in message.subject


def test_who_is_taken_off_while_it_moves_reads_the_time_they_know(
    selecting: Selecting, application: Application, expert: Person
) -> None:
    interview = planned(selecting, application, expert)
    sent()
    changed(selecting, interview, selecting.decider, day="2030-05-20")
    told = sent()
    assert {address: method for address, (method, _) in told.items()} == {
        expert.email: "CANCEL",
        selecting.decider.email: "REQUEST",
        responsible(application).email: "REQUEST",
    }
    said = {each.to[0]: each.subject for each in outbox.outbox}
    assert "14" in said[expert.email]
    assert "20" in said[selecting.decider.email]


def test_a_mail_that_was_overtaken_carries_no_entry(
    selecting: Selecting, application: Application, expert: Person
) -> None:
    planned(selecting, application, expert)
    cancel_interview(Interview.objects.get(), by=selecting.coordinator)
    outbox.outbox.clear()
    send_due()
    methods = [media_type for each in outbox.outbox for _name, _content, media_type in each.attachments]
    assert methods == ["text/calendar; method=CANCEL"] * 2
    assert len(outbox.outbox) == 4


def test_an_interview_that_is_handed_on_changes_calendars(
    selecting: Selecting, application: Application, expert: Person
) -> None:
    planned(selecting, application, expert)
    before = sent()
    centre: Organisation = selecting.edition.organisation
    [held] = held_by(expert, centre)
    held.give_to(selecting.decider)
    told = sent()
    assert {address: method for address, (method, _) in told.items()} == {
        expert.email: "CANCEL",
        selecting.decider.email: "REQUEST",
    }
    assert told[expert.email][1]["sequence"] > before[expert.email][1]["sequence"]
