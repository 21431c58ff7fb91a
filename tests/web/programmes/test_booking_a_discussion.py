"""Booking a discussion through the pages: what is offered, taken meanwhile, moved, cancelled, refused (B2)."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Discussion, Edition
from tests.factories.applications import (
    a_discussion,
    a_discussion_rule,
    an_application,
    an_expert,
    some_hours,
)
from tests.factories.programmes import an_edition
from tests.factories.web import someone_who_is
from tests.web.programmes.applying import client_of, first_slot, mails, page, tell_interest

pytestmark = pytest.mark.django_db


def test_b2_a_slot_that_somebody_took_meanwhile_is_refused_kindly_and_the_rest_is_offered(
    town: SimpleNamespace,
) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    other = an_application(town.edition, state=S.INTEREST)
    neighbour = client_of(someone_who_is("member", other.organisation))
    assert neighbour.post(page("application_book", other), {"slot": slot}).status_code == 302
    answer = town.client.post(page("application_book", application), {"slot": slot})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "is no longer free" in text
    assert f'value="{slot}"' not in text
    assert "2 times are free now" in text
    assert Discussion.objects.filter(cancelled_at=None).count() == 1


def test_b2_moving_a_discussion_keeps_the_old_one_when_the_new_time_is_gone(town: SimpleNamespace) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    town.client.post(page("application_book", application), {"slot": slot})
    gone = (dt.datetime.fromisoformat(slot) + dt.timedelta(hours=1)).isoformat()
    other = an_application(town.edition, state=S.INTEREST)
    neighbour = client_of(someone_who_is("member", other.organisation))
    neighbour.post(page("application_book", other), {"slot": gone})
    answer = town.client.post(page("application_book", application), {"slot": gone})
    assert "is still yours" in answer.content.decode()
    assert application.discussions.get(cancelled_at=None).starts_at == dt.datetime.fromisoformat(slot)
    later = (dt.datetime.fromisoformat(slot) + dt.timedelta(hours=2)).isoformat()
    town.client.post(page("application_book", application), {"slot": later})
    moved = application.discussions.get(cancelled_at=None)
    assert moved.starts_at == dt.datetime.fromisoformat(later)
    # newer in people's calendars than the first one and its end
    assert moved.sequence > max(application.discussions.exclude(cancelled_at=None).values_list("sequence", flat=True))
    assert application.discussions.count() == 2


def test_cancelling_frees_the_time_and_leaves_the_interest(town: SimpleNamespace) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    town.client.post(page("application_book", application), {"slot": slot})
    for _press in range(2):
        town.client.post(page("discussion_cancel", application))
    application.refresh_from_db()
    assert application.state == S.INTEREST
    assert first_slot(town, application) == slot
    assert [mail.person for mail in mails("discussion_off")] == [town.expert]


def test_pressing_twice_tells_and_books_once(town: SimpleNamespace) -> None:
    application = tell_interest(town)
    tell_interest(town)
    slot = first_slot(town, application)
    for _press in range(2):
        town.client.post(page("application_book", application), {"slot": slot})
    assert Application.objects.count() == 1
    assert Discussion.objects.count() == 1
    assert len(mails("interest_received")) == len(mails("discussion_booked")) == 1


@pytest.mark.parametrize("slot", ["", "=1+1", "<script>", "2027-06-01", "2027-06-01T09:00:00", "9" * 500])
def test_what_is_no_time_is_refused(town: SimpleNamespace, slot: str) -> None:
    application = tell_interest(town)
    answer = town.client.post(page("application_book", application), {"slot": slot})
    assert answer.status_code == 422
    assert Discussion.objects.count() == 0


def test_two_experts_are_needed_where_the_edition_says_so(town: SimpleNamespace) -> None:
    a_discussion_rule(town.edition, experts_needed=2)
    application = tell_interest(town)
    answer = town.client.get(page("application_book", application))
    assert "No time is free now" in answer.content.decode()
    second = an_expert(town.edition)
    some_hours(town.edition, second, begins="10:00", ends="11:00")
    town.client.post(page("application_book", application), {"slot": first_slot(town, application)})
    booked = application.discussions.get()
    assert {each.person for each in booked.experts.all()} == {town.expert, second}


def test_a_held_discussion_is_neither_moved_nor_cancelled(town: SimpleNamespace) -> None:
    application = an_application(town.edition, town.organisation, state=S.DISCUSSION_HELD)
    held = application.discussions.get()
    town.client.post(page("discussion_cancel", application))
    held.refresh_from_db()
    assert held.cancelled_at is None
    assert town.client.get(page("application_book", application)).status_code == 302


def test_a_discussion_stands_in_peoples_calendars_with_a_rising_sequence(town: SimpleNamespace) -> None:
    from icalendar import Calendar

    application = tell_interest(town)
    a_discussion_rule(town.edition, place="Room 3")
    town.client.post(page("application_book", application), {"slot": first_slot(town, application)})
    answer = town.client.get(page("discussion_calendar", application))
    entry = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    booked = application.discussions.get()
    assert entry.decoded("dtstart") == booked.starts_at
    assert (str(entry["location"]), entry["sequence"]) == ("Room 3", 0)
    assert str(application.public_id) in str(entry["uid"])


def test_a_discussion_that_was_booked_isnt_booked_over_another_of_the_same_expert(town: SimpleNamespace) -> None:
    application, other = tell_interest(town), an_application(an_edition(), state=S.INTEREST)
    slot = first_slot(town, application)
    a_discussion(other, expert=town.expert, starts_at=dt.datetime.fromisoformat(slot))
    answer = town.client.post(page("application_book", application), {"slot": slot})
    assert answer.status_code == 422
    assert application.discussions.count() == 0


@pytest.mark.parametrize("state", ["cancelled", "running", "draft"])
def test_nothing_is_booked_in_an_edition_that_doesnt_take_bookings(town: SimpleNamespace, state: str) -> None:
    application = tell_interest(town)
    slot = first_slot(town, application)
    Edition.objects.update(state=state)
    answer = town.client.post(page("application_book", application), {"slot": slot})
    assert answer.status_code == 422
    assert Discussion.objects.count() == 0
