"""Whoever booked in time moves the discussion or books anew until the discussions end, and nobody else does (B2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.urls import reverse

from keino.web.base.mail_text import written
from keino.web.organisations.models import Role
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Discussion, EditionDate
from keino.web.programmes.services.applications import discussions
from tests.factories.applications import an_application, some_hours
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import text_of
from tests.web.events.clock import at
from tests.web.programmes.applying import client_of, first_slot, mails, page, tell_interest

pytestmark = pytest.mark.django_db

SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)
#: As in the circular academy of 2023: booked until the end of May, talked from the first to the ninth of June.
DEADLINE = dt.datetime(2027, 5, 31, 13, tzinfo=dt.UTC)
ENDS = dt.datetime(2027, 6, 9, 20, 59, 59, tzinfo=dt.UTC)
DATES = {
    "call_opens": (DEADLINE - 30 * DAY, DEADLINE - 30 * DAY),
    "form_deadline": (DEADLINE, DEADLINE),
    "booking_deadline": (DEADLINE, DEADLINE),
    "discussions": (dt.datetime(2027, 5, 31, 21, tzinfo=dt.UTC), ENDS),
    "application_deadline": (ENDS + 5 * DAY, ENDS + 5 * DAY),
}


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with at(DEADLINE - DAY):
        yield


@pytest.fixture
def town(town: SimpleNamespace) -> SimpleNamespace:
    """The town, its interest told, and an expert with hours in the days of discussions."""
    Role.objects.update(valid_from=dt.date(2020, 1, 1))
    for kind, (starts, ends) in DATES.items():
        EditionDate.objects.filter(edition=town.edition, kind=kind).update(starts_at=starts, ends_at=ends)
    for day in (7, 8, 9):
        some_hours(town.edition, town.expert, day=dt.date(2027, 6, day))
    town.client = client_of(town.member)
    town.application = tell_interest(town)
    return town


def booked(town: SimpleNamespace) -> dt.datetime:
    """When the discussion is that the town books before the deadline."""
    slot = first_slot(town, town.application)
    town.client.post(page("application_book", town.application), {"slot": slot})
    booked: Discussion = town.application.discussions.get(cancelled_at=None)
    return booked.starts_at


def cancelled_at_the_desk(town: SimpleNamespace, why: str = "Ill.") -> str:
    """What the desk is told when an expert cancels the discussion."""
    key = town.application.discussions.get(cancelled_at=None).public_id
    path = reverse("programmes:desk_discussion_cancel", args=[town.edition.slug, key])
    return text_of(client_of(town.expert).post(path, {"why": why}, follow=True))


def the_mail() -> str:
    """What the applicant reads of the cancelled discussion."""
    (mail,) = mails("discussion_cancelled")
    mail.language = "en"
    return written(mail).text


def book(town: SimpleNamespace, when: dt.datetime, application: Application | None = None) -> int:
    """The status of the answer to booking a time."""
    client = town.client if application is None else client_of(someone_who_is("member", application.organisation))
    path = page("application_book", application or town.application)
    return int(client.post(path, {"slot": when.isoformat()}).status_code)


def test_b2_a_discussion_that_the_centre_cancelled_is_booked_anew_after_the_deadline(town: SimpleNamespace) -> None:
    first = booked(town)
    with at(DEADLINE + SECOND):
        assert "the applicant was asked to book another time" in cancelled_at_the_desk(town)
        assert "you can book another time by 9.6.2027" in the_mail()  # as dates are written in Finnish
        assert page("application_book", town.application) in the_mail()
        opened = text_of(town.client.get(page("application_book", town.application)))
        assert "Book by 9 June 2027" in opened
        assert "12 times are free now" in opened
        assert book(town, first + HOUR) == 302
    again = town.application.discussions.get(cancelled_at=None)
    assert again.starts_at == first + HOUR
    town.application.refresh_from_db()
    assert town.application.state == S.DISCUSSION_BOOKED


def test_b2_a_booked_discussion_is_moved_after_the_deadline_and_again(town: SimpleNamespace) -> None:
    first = booked(town)
    with at(DEADLINE + SECOND):
        page_text = text_of(town.client.get(page("application_book", town.application)))
        assert "you can book another time by 9 June 2027" in page_text
        assert book(town, first + HOUR) == 302
    with at(DEADLINE + 2 * DAY):
        assert book(town, first + 2 * HOUR) == 302
    assert town.application.discussions.get(cancelled_at=None).starts_at == first + 2 * HOUR


def test_b2_who_never_booked_in_time_is_refused_though_others_still_move_theirs(town: SimpleNamespace) -> None:
    first, late = booked(town), an_application(town.edition, state=S.INTEREST)
    with at(DEADLINE + SECOND):
        assert book(town, first + HOUR, late) == 422
        assert book(town, first + HOUR) == 302
    assert not late.discussions.exists()


def test_b2_nothing_is_booked_anew_once_the_discussions_are_over_and_nobody_is_asked_to(town: SimpleNamespace) -> None:
    first = booked(town)
    with at(ENDS + SECOND):
        assert "Booking is over" in cancelled_at_the_desk(town)
        text = the_mail()
        assert "Booking is over" in text
        assert town.edition.contact_email in text
        assert "another time" not in text
        assert book(town, first + 30 * DAY) == 422
    assert not Discussion.objects.filter(cancelled_at=None).exists()


def test_b2_who_presses_in_time_is_in_time_however_long_others_are_waited_for(
    town: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot, wait = first_slot(town, town.application), at(DEADLINE + SECOND)
    monkeypatch.setattr(discussions, "_lock_experts", lambda _application: wait.__enter__())
    with at(DEADLINE):
        assert book(town, dt.datetime.fromisoformat(slot)) == 302
        wait.__exit__(None, None, None)
    assert Discussion.objects.get().booked_at == DEADLINE
