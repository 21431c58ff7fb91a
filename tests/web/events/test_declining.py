"""Declining an invitation: with the link in the mail or logged in, without registering."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail as box
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail, Person
from keino.web.events.links import invitation_token
from keino.web.events.models import Declined, Event, Seat
from keino.web.events.needs import coming_dates
from keino.web.events.services.events import cancel_event, move_event
from keino.web.events.services.invitations import invite, tell_invited
from keino.web.events.services.retention import retire
from keino.web.organisations.models import Organisation
from tests.factories.events import a_past_event, a_seat, an_event
from tests.factories.web import an_organisation, someone_who_is
from tests.web.events.desk import desk_of, of_event

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town")


@pytest.fixture
def guest(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


@pytest.fixture
def event(town: Organisation, guest: Person) -> Event:
    made = an_event(audience="invited", title="Kick-off")
    invite(made, organisations=[town], by=None)
    return made


def link_of(event: Event, person: Person) -> str:
    return f"/events/invitation/{invitation_token(event.public_id, person.public_id)}/"


def logged_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_an_invitation_is_declined_by_its_link_without_logging_in(event: Event, guest: Person) -> None:
    send_due()
    found = re.search(r"http://[^/]+(/events/invitation/\S+)", str(box.outbox[-1].body))
    assert found is not None
    client = Client()
    assert f'action="{found.group(1)}"' in client.get(found.group(1)).content.decode()
    assert not Declined.objects.exists(), "programs that look into mail open links, too"
    for _ in range(2):
        assert client.post(found.group(1)).status_code == 302
    assert [each.person for each in Declined.objects.all()] == [guest]
    page = client.get(found.group(1))
    assert page.context["has_declined"]
    assert f'action="{found.group(1)}"' not in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    # the entry goes out of their calendar
    box.outbox.clear()
    send_due()
    [message] = box.outbox
    assert message.to == [guest.email]
    book = Calendar.from_ical(message.attachments[0][1])
    assert (str(book["method"]), str(book.walk("VEVENT")[0]["uid"])) == ("CANCEL", event.uid)


def test_somebody_logged_in_declines_on_the_events_page(event: Event, guest: Person) -> None:
    client = logged_in(guest)
    assert of_event(event, "decline") in client.get(of_event(event, "event")).content.decode()
    assert client.get(of_event(event, "decline")).status_code == 405
    assert client.post(of_event(event, "decline")).status_code == 302
    page = client.get(of_event(event, "event"))
    assert page.context["has_declined"]
    assert of_event(event, "decline") not in page.content.decode()


def test_hosts_see_who_cannot_come(event: Event, guest: Person) -> None:
    logged_in(guest).post(of_event(event, "decline"))
    desk = desk_of(event)
    assert desk.get(of_event(event, "participants")).context["declined"] == 1
    page = desk.get(of_event(event, "invite"))
    assert [each.person for each in page.context["declined"]] == [guest]
    assert str(guest) in page.content.decode()


def test_who_declined_hears_nothing_more(event: Event, town: Organisation, guest: Person) -> None:
    Mail.objects.all().delete()
    logged_in(guest).post(of_event(event, "decline"))
    assert [each.template for each in Mail.objects.all()] == ["events/mail/declined.txt"]
    Mail.objects.all().delete()
    assert list(coming_dates(guest, town)) == []
    assert tell_invited(event) == 0
    invite(event, people=[guest], seated=True, by=None)
    assert not Seat.objects.exists()
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    cancel_event(event, because="Ill", by=None)
    assert not Mail.objects.exists()


def test_an_invitation_that_was_declined_before_its_mail_went_carries_no_entry(event: Event, guest: Person) -> None:
    logged_in(guest).post(of_event(event, "decline"))
    send_due()
    assert [[media for _name, _file, media in each.attachments] for each in box.outbox] == [
        [], ["text/calendar; method=CANCEL"],
    ]  # fmt: skip


def test_registering_takes_it_back(event: Event, guest: Person) -> None:
    client = logged_in(guest)
    client.post(of_event(event, "decline"))
    form = client.post(of_event(event, "begin")).headers["Location"]
    client.post(form, {"name": "Aino", "email": guest.email, "consent": "on"})
    assert Seat.objects.get().state == "booked"
    assert not Declined.objects.exists()


def test_who_has_a_seat_is_led_to_it_and_gives_it_back_there(event: Event, guest: Person) -> None:
    seat = a_seat(event, person=guest)
    answer = Client().get(link_of(event, guest))
    assert answer.headers["Location"].startswith("/events/registration/")
    logged_in(guest).post(of_event(event, "decline"))
    seat.refresh_from_db()
    assert seat.state == "cancelled"
    assert not Declined.objects.exists()


def test_others_cannot_decline(event: Event, guest: Person) -> None:
    stranger = someone_who_is("member")
    assert logged_in(stranger).post(of_event(event, "decline")).status_code == 404
    assert Client().post(of_event(event, "decline")).status_code == 302  # to the log-in
    assert Client().post(link_of(event, stranger)).status_code == 404
    assert Client().get("/events/invitation/abc/").status_code == 404
    public = an_event(title="For everyone")
    logged_in(stranger).post(of_event(public, "decline"))
    assert not Declined.objects.exists()


def test_nothing_is_declined_when_it_is_over(town: Organisation, guest: Person) -> None:
    past = a_past_event(audience="invited")
    invite(past, organisations=[town], by=None)
    page = Client().post(link_of(past, guest), follow=True)
    assert page.context["is_over"]
    assert [each.level_tag for each in page.context["messages"]] == ["error"]
    assert not Declined.objects.exists()


def test_who_declined_is_forgotten_with_the_names_of_those_who_came(guest: Person) -> None:
    old, new = a_past_event(days=40, registration_days=30), a_past_event(days=20, registration_days=30)
    for each in (old, new):
        Declined.objects.create(event=each, person=guest, declined_at=timezone.now())
    retire()
    assert [each.event for each in Declined.objects.all()] == [new]
