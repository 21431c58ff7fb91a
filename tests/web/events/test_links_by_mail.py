"""Links by mail: everyone who registers gets one, and nobody's mailbox is filled through the forms."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.events.models import Event, Seat
from keino.web.events.services.seats import MOST_LINKS, MOST_LINKS_IN_ALL
from tests.factories.events import an_event
from tests.web.events.clock import at
from tests.web.events.test_registration import begin, fill, link_in_mail, of_event, register_by_mail

pytestmark = pytest.mark.django_db
ADDRESS = "aino@example.org"


def ask(event: Event, **fields: str) -> Any:
    """Fill in the form of an event in a browser of its own."""
    client = Client()
    return fill(client, begin(client, event), **fields)


def mails() -> int:
    return Mail.objects.filter(address=ADDRESS).count()


def test_every_event_of_a_series_sends_its_link() -> None:
    for number in range(1, 6):
        event = an_event()
        assert ask(event).headers["Location"] == of_event(event, "registered")
        assert mails() == number
    assert Mail.objects.filter(template="events/mail/confirm.txt").count() == 5


def test_the_fourth_time_says_that_no_mail_goes_and_the_newest_link_still_holds() -> None:
    event = an_event()
    for _ in range(MOST_LINKS):
        ask(event)
    seat = Seat.objects.get(email=ADDRESS)
    answer = ask(event, name="Somebody Else")
    assert (answer.status_code, mails()) == (400, MOST_LINKS)
    [said] = answer.context["form"].errors["email"]
    assert ADDRESS in said
    assert "Somebody Else" in answer.content.decode()
    kept = Seat.objects.get(email=ADDRESS)
    assert (kept.pk, kept.name, kept.state) == (seat.pk, seat.name, "unconfirmed")
    Client().post(link_in_mail() + "confirm/")
    assert Seat.objects.get(email=ADDRESS).state == "booked"


def test_an_hour_later_a_link_goes_again() -> None:
    event, now = an_event(), timezone.now()
    with at(now):
        for _ in range(MOST_LINKS):
            ask(event)
        assert ask(event).status_code == 400
    with at(now + dt.timedelta(hours=1, seconds=1)):
        assert ask(event).status_code == 302
    assert mails() == MOST_LINKS + 1


def test_a_mailbox_is_not_filled_through_many_events_and_no_seat_is_kept_for_a_link_that_never_went() -> None:
    events = [an_event(capacity=1) for _ in range(MOST_LINKS_IN_ALL + 1)]
    answers = [ask(event).status_code for event in events]
    assert answers == [302] * MOST_LINKS_IN_ALL + [400]
    assert mails() == MOST_LINKS_IN_ALL
    assert not Seat.objects.filter(event=events[-1], email=ADDRESS).exists()


def test_an_address_that_is_registered_is_answered_like_another_one() -> None:
    known, stranger = an_event(), an_event()
    register_by_mail(known, ADDRESS)
    Mail.objects.update(created_at=timezone.now() - dt.timedelta(hours=2))
    answers = [[ask(event).status_code for _ in range(MOST_LINKS + 1)] for event in (known, stranger)]
    assert answers[0] == answers[1] == [302] * MOST_LINKS + [400]
    assert Mail.objects.filter(template="events/mail/already.txt").count() == MOST_LINKS
    assert Seat.objects.get(event=known, email=ADDRESS).state == "booked"
