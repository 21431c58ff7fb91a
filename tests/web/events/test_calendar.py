"""Calendar entries: one identifier for life, a number that rises, messages that change and take back the entry."""

from __future__ import annotations

import datetime as dt
import email
from email.policy import default
from typing import Any

import pytest
from django.core import mail as box
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from keino.web.base.mail_sending import send_due
from keino.web.base.models import Mail
from keino.web.events.models import Seat
from keino.web.events.services.events import cancel_event, move_event
from keino.web.events.services.invitations import invite
from keino.web.events.services.seats import cancel_seat
from tests.factories.events import a_seat, an_event
from tests.factories.web import an_organisation, someone_who_is

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def entry_of(content: bytes) -> tuple[str, Any]:
    """Method and the only event of a calendar file."""
    book = Calendar.from_ical(content)
    (entry,) = book.walk("VEVENT")
    return str(book["method"]), entry


def sent_entries() -> list[tuple[str, str, Any]]:
    """(subject, method, entry) of every mail that carries one."""
    send_due()
    found = []
    for message in box.outbox:
        whole = email.message_from_bytes(message.message().as_bytes(), policy=default)
        for part in whole.iter_attachments():
            assert part.get_content_type() == "text/calendar"
            method, entry = entry_of(part.get_payload(decode=True))
            assert part.get_param("method") == method
            found.append((str(message.subject), method, entry))
    return found


def test_moving_keeps_the_identifier_and_raises_the_number() -> None:
    event = an_event(online_link="https://meet.example/1")
    invite(event, people=[someone_who_is("member")], seated=True, by=None)
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    moved = move_event(event, starts_at=event.starts_at + 2 * DAY, ends_at=event.ends_at + 2 * DAY, by=None)
    cancel_event(moved, because="Ill", by=None)
    mails = Mail.objects.filter(template__in=("events/mail/moved.txt", "events/mail/called_off.txt"))
    assert mails.count() == 3
    entries = [(method, entry) for _subject, method, entry in sent_entries()]
    assert {str(entry["uid"]) for _method, entry in entries} == {str(event.public_id)}
    method, last = entries[-1]
    assert (method, str(last["status"]), int(last["sequence"])) == ("CANCEL", "CANCELLED", 3)
    # what was overtaken before it was sent carries no entry that the last one would have to undo
    assert [method for method, _entry in entries] == ["CANCEL"]


def test_each_mail_carries_the_entry_as_it_stands() -> None:
    event = an_event(online_link="https://meet.example/1")
    invite(event, people=[someone_who_is("member")], seated=True, by=None)
    (first,) = sent_entries()
    box.outbox.clear()
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    (second,) = sent_entries()
    assert [(method, int(entry["sequence"])) for _s, method, entry in (first, second)] == [
        ("REQUEST", 0), ("REQUEST", 1),
    ]  # fmt: skip
    assert second[2].decoded("dtstart") == event.starts_at + DAY
    assert str(second[2]["location"]) == "https://meet.example/1"
    assert str(second[2]["attendee"]).startswith("mailto:")


def test_the_same_move_twice_tells_once_and_counts_once() -> None:
    event = an_event()
    for _ in range(3):
        a_seat(event)
    for _ in range(2):
        move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    event.refresh_from_db()
    assert event.sequence == 1
    assert Mail.objects.filter(template="events/mail/moved.txt").count() == 3


def test_everyone_concerned_is_told_and_nobody_twice() -> None:
    town = an_organisation("Town")
    responsible, member = someone_who_is("responsible_person", town), someone_who_is("member", town)
    event = an_event(audience="invited", capacity=1)
    invite(event, organisations=[town], people=[member, responsible], by=None)
    a_seat(event, person=responsible)
    a_seat(event, state="waiting", email="waits@example.org")
    a_seat(event, state="cancelled", email="gone@example.org")
    Mail.objects.all().delete()
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    told = sorted(mail.address for mail in Mail.objects.all())
    assert told == sorted([responsible.email, member.email, "waits@example.org"])


def test_who_waits_gets_no_entry_and_a_cancelled_seat_takes_it_back() -> None:
    event = an_event(capacity=1)
    sure, waits = a_seat(event), a_seat(event, state="waiting")
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    assert [str(entry["attendee"]) for _s, _m, entry in sent_entries()] == [f"mailto:{sure.email}"]
    box.outbox.clear()
    cancel_seat(sure, by=None)
    assert [(method, str(entry["attendee"])) for _s, method, entry in sent_entries()] == [
        ("CANCEL", f"mailto:{sure.email}"), ("REQUEST", f"mailto:{waits.email}"),
    ]  # fmt: skip


def test_a_draft_is_moved_and_cancelled_in_silence() -> None:
    event = an_event(state="draft")
    invite(event, people=[someone_who_is("member")], by=None)
    move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None)
    cancel_event(event, because="", by=None)
    assert not Mail.objects.exists()


def test_the_public_file_tells_no_link() -> None:
    event = an_event(online_link="https://meet.example/secret", title="Webinar, with; signs")
    answer = Client().get(reverse("events:event_ics", kwargs={"event_id": event.public_id}))
    method, entry = entry_of(answer.content)
    assert (method, str(entry["uid"]), str(entry["summary"])) == ("PUBLISH", str(event.public_id), event.title)
    assert entry.decoded("dtstart") == event.starts_at
    assert b"secret" not in answer.content


def test_the_calendar_of_all_events_says_what_was_cancelled() -> None:
    kept, gone = an_event(title="Kept"), an_event(title="Gone")
    an_event(title="Hidden", audience="invited")
    cancel_event(gone, because="Ill", by=None)
    book = Calendar.from_ical(Client().get(reverse("events:calendar")).content)
    assert {str(entry["summary"]): str(entry["status"]) for entry in book.walk("VEVENT")} == {
        kept.title: "CONFIRMED", gone.title: "CANCELLED",
    }  # fmt: skip


def test_an_event_moved_to_a_room_brings_everyone_there() -> None:
    event = an_event()
    seat = a_seat(event)
    move_event(event, starts_at=event.starts_at, ends_at=event.ends_at, mode="on_site", place="Hall", by=None)
    assert Seat.objects.get(pk=seat.pk).joins == "on_site"
    ((_subject, _method, entry),) = sent_entries()
    assert str(entry["location"]) == "Hall"


def test_the_own_calendar_address_holds_own_seats_and_no_others() -> None:
    person = someone_who_is("member")
    mine, others = an_event(title="Mine", online_link="https://meet.example/1"), an_event(title="Others")
    a_seat(mine, person=person)
    a_seat(others)
    a_seat(others, person=person, state="waiting")
    client = Client()
    client.force_login(person)
    page = client.post(reverse("plans:my_calendar"))
    book = Calendar.from_ical(Client().get(page.context["address"]).content)
    entries = {str(entry["uid"]): entry for entry in book.walk("VEVENT")}
    assert list(entries) == [mine.uid]
    assert str(entries[mine.uid]["location"]) == "https://meet.example/1"
