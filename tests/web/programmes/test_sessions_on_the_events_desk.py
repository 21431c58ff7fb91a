"""Sessions of a programme on the desk of events: their time stays in the calendar where dates are checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from keino.web.base.models import Mail
from keino.web.events.errors import KeptInCalendar
from keino.web.events.models import Event
from keino.web.events.services.events import cancel_event, move_event
from keino.web.programmes.models import Edition, EditionDate
from keino.web.programmes.services.sessions import hold_sessions, invite_to_sessions
from tests.factories.accounts import with_second_factor
from tests.factories.programmes import an_edition
from tests.factories.web import a_person, someone_who_is
from tests.web.events.desk import first_values, of_event

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def kick_off() -> SimpleNamespace:
    """The kick-off of an open edition as an event with a participant, and a coordinator's browser."""
    edition = an_edition()
    hold_sessions(edition, by=None)
    date = edition.dates.select_related("event").get(kind="kick_off")
    invite_to_sessions(edition, [a_person("Osallistuja")], by=None)
    Mail.objects.all().delete()
    client = Client()
    client.force_login(with_second_factor(someone_who_is("coordinator", edition.organisation)))
    return SimpleNamespace(edition=edition, date=date, event=date.event, client=client)


def as_it_stands(of: SimpleNamespace) -> tuple[Any, ...]:
    event, date = Event.objects.get(pk=of.event.pk), EditionDate.objects.get(pk=of.date.pk)
    version = Edition.objects.get(pk=of.edition.pk).version
    return event.starts_at, event.place, event.state, event.sequence, date.starts_at, date.sequence, version


def test_b1_a_session_is_not_moved_past_the_closing_as_an_event(kick_off: SimpleNamespace) -> None:
    before = as_it_stands(kick_off)
    closing = kick_off.edition.dates.get(kind="closing")
    late = timezone.localtime(closing.ends_at + DAY)
    data = {
        "day": late.date().isoformat(), "since": "10:00", "until": "12:00", "mode": "online",
        "version": kick_off.event.version, "really": "yes",
    }  # fmt: skip
    kick_off.client.post(of_event(kick_off.event, "move"), data)
    assert as_it_stands(kick_off) == before
    assert not Mail.objects.exists()


def test_a_session_is_not_cancelled_as_an_event_and_the_page_says_where(kick_off: SimpleNamespace) -> None:
    before = as_it_stands(kick_off)
    calendar = f"/desk/programmes/{kick_off.edition.slug}/dates/"
    page = kick_off.client.get(of_event(kick_off.event, "cancel")).content.decode()
    assert calendar in page
    assert 'name="because"' not in page
    answer = kick_off.client.post(of_event(kick_off.event, "cancel"), {"because": "Ill"})
    assert (answer.status_code, as_it_stands(kick_off)) == (400, before)
    [said] = answer.context["form"].non_field_errors()
    assert kick_off.edition.shown_name in said
    assert said in answer.content.decode()
    page = kick_off.client.get(of_event(kick_off.event, "desk_event")).content.decode()
    assert calendar in page
    assert of_event(kick_off.event, "cancel") not in page


@pytest.mark.parametrize(
    "change",
    [
        lambda event: move_event(event, starts_at=event.starts_at + DAY, ends_at=event.ends_at + DAY, by=None),
        lambda event: move_event(event, starts_at=event.starts_at, ends_at=event.ends_at, place="Hall", by=None),
        lambda event: cancel_event(event, because="Ill", by=None),
    ],
    ids=["moved", "elsewhere", "cancelled"],
)
def test_nothing_but_the_calendar_moves_or_cancels_a_session(
    kick_off: SimpleNamespace, change: Callable[[Event], Event]
) -> None:
    before = as_it_stands(kick_off)
    with pytest.raises(KeptInCalendar):
        change(kick_off.event)
    assert as_it_stands(kick_off) == before


def test_the_link_of_a_session_is_changed_as_an_event_and_its_entry_rises_everywhere(kick_off: SimpleNamespace) -> None:
    address = of_event(kick_off.event, "move")
    data = first_values(kick_off.client, address) | {"online_link": "https://meet.example/kick-off", "why": "New room"}
    preview = kick_off.client.post(address, data).content.decode()
    assert "https://meet.example/kick-off" in preview
    assert "Osallistuja" in preview
    assert kick_off.client.post(address, data | {"really": "yes"}).status_code == 302
    event = Event.objects.get(pk=kick_off.event.pk)
    assert (event.online_link, event.starts_at) == ("https://meet.example/kick-off", kick_off.event.starts_at)
    assert Mail.objects.filter(template="events/mail/moved.txt").count() == 1
    feed = Calendar.from_ical(Client().get(f"/programmes/{kick_off.edition.slug}/calendar.ics").content)
    [entry] = [each for each in feed.walk("VEVENT") if str(each["uid"]) == event.uid]
    assert int(entry["sequence"]) == event.sequence == kick_off.event.sequence + 1


def test_the_link_of_a_session_that_moved_meanwhile_is_not_written_over_it(kick_off: SimpleNamespace) -> None:
    address = of_event(kick_off.event, "move")
    data = first_values(kick_off.client, address) | {"online_link": "https://meet.example/old", "really": "yes"}
    starts_at = kick_off.event.starts_at + DAY
    move_event(kick_off.event, starts_at=starts_at, ends_at=kick_off.event.ends_at + DAY, by=None, tells=False)
    assert kick_off.client.post(address, data).status_code == 400
    event = Event.objects.get(pk=kick_off.event.pk)
    assert (event.online_link, event.starts_at) == ("", starts_at)


def test_who_may_not_open_the_calendar_is_told_of_it_without_a_link(kick_off: SimpleNamespace) -> None:
    client = Client()
    client.force_login(with_second_factor(someone_who_is("expert", kick_off.edition.organisation)))
    page = client.get(of_event(kick_off.event, "desk_event"))
    assert page.context["calendar"].name == kick_off.edition.shown_name
    assert f"/desk/programmes/{kick_off.edition.slug}/" not in page.content.decode()
