"""Assignments around the nights of clock changes, through the pages: in time to the second, late with a kind word."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from keino.web.base.models import Person
from keino.web.cohorts.models import Assignment, Work
from keino.web.organisations.models import Role
from tests.factories.cohorts import a_participation, a_work, a_worker, assignment_data
from tests.factories.programmes import an_edition
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, clock_at, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)
#: When something is due, and how the reader is told of it. Finland's clocks change at 1.00 UTC.
DUE = [
    pytest.param("2026-10-25T14:00", "25 October 2026, 16:00", id="winter time since the night"),
    pytest.param("2027-03-28T13:00", "28 March 2027, 16:00", id="summer time since the night"),
    pytest.param("2026-10-25T00:30", "25 October 2026, 03:30", id="the first 3.30 of two"),
    pytest.param("2027-03-28T01:00", "28 March 2027, 04:00", id="4.00, which follows 2.59"),
]


@pytest.mark.parametrize(("moment", "shown"), DUE)
def test_b5_an_answer_is_late_by_a_second_and_the_draft_is_kept(moment: str, shown: str) -> None:
    due = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    with clock_at(due - dt.timedelta(days=1)):  # a programme that goes on then
        ours = a_participation()
    us = a_worker(ours)
    Role.objects.update(valid_from=dt.date(2020, 1, 1))
    in_time, late = (a_work(ours, draft="Half of it.", title=title) for title in ("First", "Second"))
    Assignment.objects.update(due_at=due)
    with clock_at(due):  # the last moment is in time
        opened = text_of(as_(us).get(page("work", ours, work=in_time.public_id)))
        assert f"Due {shown}, at the latest" in opened
        assert "The time is over" not in opened
        told = hand_in(us, in_time)
        assert "Your mentor reads it next" in told
        assert "That is late" not in told
    with clock_at(due + SECOND):
        opened = text_of(as_(us).get(page("work", ours, work=late.public_id)))
        assert "The time is over, and that stays so; you can still hand in" in opened
        assert "Half of it." in opened
        told = hand_in(us, late)
        assert f"Handed in, after {shown}. That is late, but your mentor has it all the same." in told
    rows = Work.objects.order_by("pk")
    assert [(row.state, row.was_late, row.versions.get().text) for row in rows.select_related("assignment")] == [
        ("submitted", False, "All of it."),
        ("submitted", True, "All of it."),
    ]


def hand_in(us: Person, work: Work) -> str:
    """Press the button; what the page says then."""
    sent = {"draft": "All of it.", "seen": work.version, "hand_in": "1"}
    return text_of(as_(us).post(page("work", work.participation, work=work.public_id), sent, follow=True))


@pytest.mark.parametrize(
    ("now", "day", "said"), [("2026-09-01", "2026-10-25", "twice"), ("2027-02-01", "2027-03-28", "exist")]
)
def test_b5_no_assignment_is_due_in_an_hour_that_is_there_twice_or_never(now: str, day: str, said: str) -> None:
    with clock_at(dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)):
        edition = an_edition(state="running")
    a_participation(edition=edition)
    coordinator = someone_who_is("coordinator", edition.organisation)
    Role.objects.update(valid_from=dt.date(2020, 1, 1))
    address = reverse("cohorts:assignment_new", args=[edition.slug])
    with clock_at(dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)):
        desk = as_(coordinator)
        answer = desk.post(address, assignment_data(due_on=day, due_time="03:30"))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert "List them with spend." in answer.content.decode()  # what was written is still there
        assert not Assignment.objects.exists()
        assert desk.post(address, assignment_data(due_on=day, due_time="04:00")).status_code == 302
