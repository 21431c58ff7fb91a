"""Late by one second is late, kindly, and nothing written is lost, in nights of clock changes too (B2, B3)."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.urls import reverse

from keino.web.organisations.models import Role
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Discussion, EditionDate, InterestDraft
from tests.factories.accounts import with_second_factor
from tests.factories.applications import TEXTS, some_hours
from tests.factories.programmes import an_edition
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import text_of
from tests.web.events.clock import at
from tests.web.programmes.applying import a_whole_draft, client_of, first_slot, page, tell_interest

pytestmark = pytest.mark.django_db

SECOND, DAY = dt.timedelta(seconds=1), dt.timedelta(days=1)
#: The moment of a deadline, and how the reader is told of it. Finland's clocks change at 1.00 UTC.
DEADLINES = [
    pytest.param("2026-10-25T14:00", "25 October 2026, 16:00", id="winter time since the night"),
    pytest.param("2027-03-28T13:00", "28 March 2027, 16:00", id="summer time since the night"),
    pytest.param("2026-10-25T00:30", "25 October 2026, 03:30", id="the first 3.30 of two"),
    pytest.param("2026-10-25T01:30", "25 October 2026, 03:30", id="the second 3.30 of two"),
    pytest.param("2027-03-28T01:00", "28 March 2027, 04:00", id="4.00, which follows 2.59"),
]


@pytest.fixture
def town(town: SimpleNamespace) -> SimpleNamespace:
    """The town, whose people had their roles before all these days."""
    Role.objects.update(valid_from=dt.date(2020, 1, 1))
    return town


def closing(town: SimpleNamespace, kind: str, moment: str) -> dt.datetime:
    """Let the edition's call have been open for a month, and a deadline of it be at a moment; returns it.

    Discussions are in the three weeks after it.
    """
    deadline = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    for each, when in (("call_opens", deadline - 30 * DAY), (kind, deadline)):
        EditionDate.objects.filter(edition=town.edition, kind=each).update(starts_at=when, ends_at=when)
    talks = EditionDate.objects.filter(edition=town.edition, kind="discussions")
    talks.update(starts_at=deadline, ends_at=deadline + 21 * DAY)
    return deadline


def interest_page(town: SimpleNamespace) -> str:
    return reverse("programmes:interest_new", args=[town.organisation.slug, town.edition.slug])


@pytest.mark.parametrize(("moment", "shown"), DEADLINES)
def test_b2_interest_is_late_by_a_second_and_kept_as_a_draft(town: SimpleNamespace, moment: str, shown: str) -> None:
    deadline, written = closing(town, "form_deadline", moment), {"interest": "Written with care."}
    with at(deadline + SECOND):
        text = text_of(client_of(town.member).post(interest_page(town), written, follow=True))
        assert f"was {shown}, so the interest wasn't registered" in text
        assert "What you wrote is kept as a draft" in text
        assert "Written with care." in text
        assert not Application.objects.exists()
        assert InterestDraft.objects.get().interest == "Written with care."
    with at(deadline):  # the deadline's own moment is in time
        page_before = text_of(client_of(town.member).get(interest_page(town)))
        assert f"until {shown} (Finnish time)" in page_before
        assert client_of(town.member).post(interest_page(town), written).status_code == 302
    assert Application.objects.get().state == S.INTEREST
    assert not InterestDraft.objects.exists()


@pytest.mark.parametrize(("moment", "shown"), DEADLINES)
def test_b2_a_booking_is_late_by_a_second_and_the_interest_is_kept(
    town: SimpleNamespace, moment: str, shown: str
) -> None:
    application = tell_interest(town)
    deadline = closing(town, "booking_deadline", moment)
    some_hours(town.edition, town.expert, day=deadline.date() + 7 * DAY)
    with at(deadline):
        town.client = client_of(town.member)
        slot = first_slot(town, application)
    with at(deadline + SECOND):
        answer = client_of(town.member).post(page("application_book", application), {"slot": slot})
        assert answer.status_code == 422
        text = text_of(answer)
        assert f"were booked until {shown}, so nothing was booked" in text
        assert "Your interest and what you wrote are kept" in text
    application.refresh_from_db()
    assert (application.state, application.interest) == (S.INTEREST, "Circular school yards.")
    assert not Discussion.objects.exists()
    with at(deadline):
        client_of(town.member).post(page("application_book", application), {"slot": slot})
    assert Discussion.objects.get().starts_at.isoformat() == slot


@pytest.mark.parametrize(("moment", "shown"), DEADLINES)
def test_b3_an_application_is_late_by_a_second_and_the_draft_is_kept_and_shown(
    town: SimpleNamespace, moment: str, shown: str
) -> None:
    application = a_whole_draft(town)
    deadline = closing(town, "application_deadline", moment)
    send = page("application_send", application)
    with at(deadline + SECOND):
        client = client_of(town.member)
        text = text_of(client.post(send, {"seen": application.version}, follow=True))
        assert f"was {shown} and it is {shown}:01 now" in text
        assert "Everything you wrote is kept as a draft" in text
        application.refresh_from_db()
        assert (application.state, application.pilot) == (S.DISCUSSION_HELD, TEXTS["pilot"])
        # whoever opens it sees the draft, that it is too late, and where to ask; it can still be written on
        opened = client.get(page("application", application))
        assert TEXTS["pilot"] in text_of(opened)
        assert "What you wrote is kept here as a draft" in text_of(opened)
        assert reverse("programmes:ask", args=[town.edition.slug]) in opened.content.decode()
        later = {"pilot": "Later.", "seen": application.version}
        assert client.post(page("application_edit", application, part="pilot"), later).status_code == 302
    application.refresh_from_db()
    assert application.pilot == "Later."
    with at(deadline):
        client_of(town.member).post(send, {"seen": application.version})
    application.refresh_from_db()
    assert (application.state, application.submitted_at) == (S.SUBMITTED, deadline)


def test_b3_an_hour_that_comes_again_doesnt_bring_the_deadline_back(town: SimpleNamespace) -> None:
    """Clocks show 3.15 a second time after a deadline at 3.30: it is three quarters of an hour late."""
    application = a_whole_draft(town)
    deadline = closing(town, "application_deadline", "2026-10-25T00:30")
    with at(deadline + dt.timedelta(minutes=45)):
        client = client_of(town.member)
        answer = client.post(page("application_send", application), {"seen": application.version}, follow=True)
        assert "03:30 and it is 25 October 2026, 03:15:00 now" in text_of(answer)
        assert client.post(interest_page(town), {"interest": "-"}).status_code == 422
    application.refresh_from_db()
    assert application.state == S.DISCUSSION_HELD


@pytest.mark.parametrize("kind", ["form_deadline", "booking_deadline", "application_deadline"])
@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-10-25", "twice"), ("2027-03-28", "forward")],
)
def test_b1_a_deadline_in_an_hour_that_is_there_twice_or_never_is_not_given(kind: str, day: str, said: str) -> None:
    draft = an_edition(state="draft", parts=False)
    client = client_of(with_second_factor(someone_who_is("coordinator", draft.organisation)))
    address = reverse("programmes:desk_date_new", args=[draft.slug, kind])
    answer = client.post(address, {"day": day, "at": "03:30", "seen": draft.version})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="03:30"' in answer.content.decode()  # what was written is still there
    assert not draft.dates.exists()
    for time in ("02:59", "04:00"):
        draft.refresh_from_db()
        draft.dates.all().delete()
        assert client.post(address, {"day": day, "at": time, "seen": draft.version}).status_code == 302
