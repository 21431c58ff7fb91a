"""After an event: certificate, feedback, retention, erasure that keeps the numbers."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from keino.web.accounts.services.erasure import erase_person
from keino.web.base.models import Mail, Person
from keino.web.base.personal_data import registers
from keino.web.events.models import Seat
from keino.web.events.queries.lists import numbers_of
from keino.web.events.services.invitations import invite
from keino.web.events.services.messages import send_reminders
from keino.web.events.services.retention import retire
from keino.web.surveys.models import FormAnswer
from tests.factories.events import a_past_event, a_seat, an_event
from tests.factories.web import a_person, an_organisation
from tests.web.events.answering import answer, event_with_feedback, of_seat
from tests.web.events.clock import at

pytestmark = pytest.mark.django_db


# ---- certificate


def test_the_certificate_is_in_the_participants_language() -> None:
    event = a_past_event(title="Aamukahvit", place="")
    seat = a_seat(event, name="Åsa Öberg", language="sv", attendance="present")
    answer = Client().get(of_seat(seat, "certificate"), headers={"accept-language": "en"})
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Åsa Öberg" in text
    assert "Aamukahvit" in text
    assert PdfReader(io.BytesIO(answer.content)).trailer["/Root"]["/Lang"] == "sv"


@pytest.mark.parametrize("attendance", ["", "absent"])
def test_who_was_not_marked_as_present_gets_no_certificate(attendance: str) -> None:
    seat = a_seat(a_past_event(), attendance=attendance)
    assert Client().get(of_seat(seat, "certificate")).status_code == 404
    assert "certificate.pdf" not in Client().get(of_seat(seat)).content.decode()


# ---- feedback


def test_feedback_is_sent_once_and_a_draft_is_kept() -> None:
    event = event_with_feedback()
    seat = a_seat(event)
    client = Client()
    values = {"version": client.get(of_seat(seat, "feedback")).context["form"]["version"].initial, "q_better": "Draft"}
    client.post(of_seat(seat, "feedback"), values)
    assert FormAnswer.objects.get().answers == {"better": "Draft"}
    assert "Draft" in client.get(of_seat(seat, "feedback")).content.decode()
    assert answer(seat, "yes") == 302
    client.post(of_seat(seat, "feedback"), values | {"q_useful": "no", "send": "yes"})
    assert FormAnswer.objects.get().answers["useful"] is True


def test_feedback_is_for_those_who_may_have_been_there() -> None:
    event = event_with_feedback()
    for seat in (a_seat(event, attendance="absent"), a_seat(event, state="waiting"), a_seat(event, state="cancelled")):
        assert Client().get(of_seat(seat, "feedback")).status_code == 404


# ---- reminders


def test_a_reminder_comes_once_the_day_before_with_the_link() -> None:
    event = an_event(online_link="https://meet.example/1")
    a_seat(event)
    a_seat(event, state="waiting")
    with at(event.starts_at - dt.timedelta(days=2)):
        assert send_reminders() == 0
    with at(event.starts_at - dt.timedelta(days=1)):
        assert send_reminders() == 1
        assert send_reminders() == 0
    assert Mail.objects.filter(template="events/mail/reminder.txt").first().values["online_link"] == event.online_link  # type: ignore[union-attr]


# ---- what goes and what stays


def test_needs_go_after_a_week_and_names_when_promised() -> None:
    event = an_event(asks_needs=True, registration_days=30)
    seat = a_seat(event, needs="Gluten-free", attendance="present")
    with at(event.ends_at + dt.timedelta(days=7)):
        assert retire() == 0
    with at(event.ends_at + dt.timedelta(days=7, seconds=1)):
        assert retire() == 1
        assert Seat.objects.get().needs == ""
        assert Seat.objects.get().name == seat.name
    with at(event.ends_at + dt.timedelta(days=30, seconds=1)):
        assert retire() == 1
        assert retire() == 0
    gone = Seat.objects.get()
    assert (gone.name, gone.email, gone.consent_text, gone.person) == ("", "", "", None)
    assert numbers_of(event, timezone.now()) == {
        "booked": 1, "on_site": 0, "waiting": 0, "unconfirmed": 0, "cancelled": 0, "came": 1, "absent": 0,
    }  # fmt: skip
    assert Client().get(of_seat(seat)).status_code == 404


def test_who_was_invited_by_name_is_forgotten_when_promised_whether_they_answered_or_not() -> None:
    town, person = an_organisation("Town"), a_person("Aino Aalto")
    event = an_event(audience="invited", registration_days=30)
    later = an_event(audience="invited", registration_days=60)
    for each in (event, later):
        invite(each, people=[person], organisations=[town], by=None)
    with at(event.ends_at + dt.timedelta(days=30)):
        assert retire() == 0
    with at(event.ends_at + dt.timedelta(days=30, seconds=1)):
        assert retire() == 1
    assert list(event.invited.values_list("person", "organisation")) == [(None, town.pk)]
    assert later.invited.filter(person=person).exists()


def test_erasing_a_person_keeps_the_numbers_and_gives_the_seat_on() -> None:
    person = a_person("Aino Aalto")
    past, coming = a_past_event(), an_event(capacity=1)
    a_seat(past, person=person, attendance="present", needs="Vegan")
    a_seat(coming, person=person)
    waits = a_seat(coming, state="waiting")
    erase_person(person, by=person)
    now = timezone.now()
    assert numbers_of(past, now)["came"] == 1
    assert numbers_of(coming, now)["cancelled"] == 1
    assert Seat.objects.get(pk=waits.pk).state == "booked"
    assert not Seat.objects.filter(name="Aino Aalto").exists()
    assert not Seat.objects.exclude(needs="").exists()


def test_erasing_one_person_leaves_those_alone_whose_names_are_gone() -> None:
    event = a_past_event()
    erased = a_seat(event, name="", email="", erased_at=timezone.now())
    before = Seat.objects.get(pk=erased.pk).erased_at
    nameless: Person = a_person("Somebody")
    Person.objects.filter(pk=nameless.pk).update(email="")
    nameless.refresh_from_db()
    next(each for each in registers() if each.key == "events").erase(nameless)
    assert Seat.objects.get(pk=erased.pk).erased_at == before


def test_everyone_gets_what_is_held_of_them() -> None:
    person = a_person("Aino Aalto")
    seat = a_seat(an_event(title="Webinar"), person=person, needs="Vegan")
    register = next(each for each in registers() if each.key == "events")
    (told,) = register.export(person)["registrations"]
    assert (told["event"], told["needs"], told["agreed_to"]) == ("Webinar", "Vegan", seat.consent_text)
