"""Closing an edition: alumni and the follow-up of the next calendar year are made at once, or nothing is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail, Person
from keino.web.base.owned import owned_by
from keino.web.cohorts.models import Deliverable, EditionClosing, FollowUpTask, LeftUndone, Participation
from keino.web.cohorts.needs import coming_dates, needs
from keino.web.cohorts.services.closing import ClosingWords, close_edition
from keino.web.cohorts.services.follow_up import remind
from keino.web.programmes.models import Edition
from tests.factories.cohorts import a_mentor, a_participation
from tests.factories.programmes import a_date, an_edition
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, at, clock_at, text_of

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")


def begun(edition: Edition, day: dt.date) -> None:
    """Let the edition's kick-off be on a day, and its calendar have no other dates."""
    edition.dates.all().delete()
    moment = dt.datetime.combine(day, dt.time(10), tzinfo=HELSINKI)
    a_date(edition, "kick_off", starts_at=moment, ends_at=moment + dt.timedelta(hours=6))


def a_running_edition(count: int = 3) -> tuple[Edition, list[Participation], Person]:
    """An edition with so many active participants, each with its mentor, and a coordinator."""
    edition = an_edition(state="running")
    there = [a_participation(edition=edition) for _number in range(count)]
    for each in there:
        a_mentor(each, valid_from=dt.date(2020, 1, 1))
    coordinator = someone_who_is("coordinator", edition.organisation, valid_from=dt.date(2020, 1, 1))
    return edition, there, coordinator


def close_url(edition: Edition) -> str:
    return reverse("cohorts:desk_close", args=[edition.slug])


def states(there: list[Participation]) -> set[str]:
    return set(Participation.objects.filter(pk__in=[each.pk for each in there]).values_list("state", flat=True))


def test_b8_closing_makes_alumni_and_the_tasks_of_the_next_calendar_year() -> None:
    with clock_at(dt.datetime(2026, 12, 15, 12, tzinfo=HELSINKI)):
        edition, there, coordinator = a_running_edition()
        begun(edition, dt.date(2026, 9, 8))
        left = a_participation(edition=edition, state="dropped")
        client = as_(coordinator)
        preview = text_of(client.get(close_url(edition)))
        assert "3 participants become alumni" in preview
        assert "becomes a task of 2027" in preview
        for _press in range(2):
            assert client.post(close_url(edition), {"year": "2027"}).status_code == 302
        edition.refresh_from_db()
        assert edition.state == "completed"
        assert states(there) == {"alumni"}
        left.refresh_from_db()
        assert left.state == "dropped"
        tasks = FollowUpTask.objects.filter(edition=edition)
        assert {task.due_on.year for task in tasks} == {2027}
        joint = tasks.get(kind="alumni_meeting")
        assert (joint.participation, joint.owner, joint.state) == (None, coordinator, "open")
        single = tasks.filter(kind="follow_up_meeting")
        assert {task.participation: task.owner for task in single} == {each: each.mentor for each in there}
        told = Mail.objects.filter(template="cohorts/mail/edition_closed.txt")
        assert {mail.person for mail in told} == {each.responsible for each in there}
        owners = Mail.objects.filter(template="cohorts/mail/follow_up_yours.txt")
        assert sorted(mail.person.pk for mail in owners if mail.person) == sorted(each.mentor.pk for each in there)
        page = text_of(client.get(close_url(edition)))
        assert "It is followed up in 2027" in page
        own = text_of(as_(there[0].responsible).get(at("alumni_own", there[0].organisation, edition=edition.slug)))
        assert "Follow-up meeting" in own
        assert "Alumni meeting" in own


@pytest.mark.parametrize(
    ("kick_off", "closed", "year"),
    [
        # the circular academy of 2023 and its follow-up "during 2024"; the low-carbon one of spring 2022
        (dt.date(2023, 9, 12), dt.date(2024, 2, 1), 2024),
        (dt.date(2022, 3, 16), dt.date(2022, 5, 31), 2023),
        # a closing that was left for long
        (dt.date(2023, 9, 12), dt.date(2024, 11, 1), 2025),
    ],
)
def test_b8_the_year_is_the_one_after_the_edition_began(kick_off: dt.date, closed: dt.date, year: int) -> None:
    with clock_at(dt.datetime.combine(closed, dt.time(15), tzinfo=HELSINKI)):
        edition, _there, coordinator = a_running_edition(1)
        begun(edition, kick_off)
        assert as_(coordinator).post(close_url(edition), {"year": str(year)}).status_code == 302
        assert {task.due_on.year for task in FollowUpTask.objects.all()} == {year}
        assert all(task.due_on > closed for task in FollowUpTask.objects.all())


def test_b8_days_of_the_calendar_come_before_the_usual_ones() -> None:
    with clock_at(dt.datetime(2024, 2, 1, 17, tzinfo=HELSINKI)):
        edition, _there, coordinator = a_running_edition(1)
        begun(edition, dt.date(2023, 9, 12))
        moment = dt.datetime(2024, 9, 17, 9, tzinfo=HELSINKI)
        a_date(edition, "alumni_meeting", starts_at=moment, ends_at=moment + dt.timedelta(hours=2))
        as_(coordinator).post(close_url(edition), {"year": "2024"})
        assert FollowUpTask.objects.get(kind="alumni_meeting").due_on == dt.date(2024, 9, 17)


def test_b8_it_is_refused_while_deliverables_are_unfinished_and_unexplained() -> None:
    edition, there, coordinator = a_running_edition(2)
    done = Deliverable.objects.create(participation=there[0], kind="action_plan", state="approved")
    open_one = Deliverable.objects.create(participation=there[0], kind="operating_model", state="submitted")
    other = Deliverable.objects.create(participation=there[1], kind="pilot_procurement")
    client = as_(coordinator)
    page = text_of(client.get(close_url(edition)))
    assert "2 deliverables are unfinished" in page
    year = {"year": str(timezone.localdate().year + 1)}
    first, second = f"why-{open_one.public_id}", f"why-{other.public_id}"
    for why in ({}, {first: "Goes to the council in March."}, {first: "x", second: "   "}):
        answer = client.post(close_url(edition), year | why)
        assert answer.status_code == 422
        assert "unfinished and unexplained" in text_of(answer)
        assert states(there) == {"active"}
        assert not FollowUpTask.objects.exists()
    why = {first: "Goes to the council in March.", second: "The pilot was put off."}
    assert client.post(close_url(edition), year | why).status_code == 302
    assert set(LeftUndone.objects.values_list("participation", "why")) == {
        (there[0].pk, "Goes to the council in March."),
        (there[1].pk, "The pilot was put off."),
    }
    assert "The pilot was put off." in text_of(client.get(close_url(edition)))
    done.refresh_from_db()
    assert done.state == "approved"


@pytest.mark.parametrize("broken", ["move_edition", "tell_of_closing", "_make_tasks", "move_participation"])
def test_b8_a_closing_that_breaks_half_way_changes_nothing(broken: str) -> None:
    edition, there, coordinator = a_running_edition(2)
    words = ClosingWords(year=timezone.localdate().year + 1, why_unfinished={})
    with patch(f"keino.web.cohorts.services.closing.{broken}", side_effect=RuntimeError), pytest.raises(RuntimeError):
        close_edition(edition, words=words, by=coordinator)
    edition.refresh_from_db()
    assert edition.state == "running"
    assert states(there) == {"active"}
    assert not FollowUpTask.objects.exists()
    assert not EditionClosing.objects.exists()
    assert not Mail.objects.exists()
    close_edition(edition, words=words, by=coordinator)
    assert states(there) == {"alumni"}


def test_b8_an_edition_that_is_only_completed_is_still_closed_and_the_page_says_so() -> None:
    edition, there, coordinator = a_running_edition(2)
    Edition.objects.filter(pk=edition.pk).update(state="completed")  # by hand: nobody is an alumnus of it yet
    client = as_(coordinator)
    assert "2 participants become alumni" in text_of(client.get(close_url(edition)))
    assert states(there) == {"active"}
    year = {"year": str(timezone.localdate().year + 1)}
    for _press in range(2):
        assert client.post(close_url(edition), year).status_code == 302
    assert states(there) == {"alumni"}
    assert FollowUpTask.objects.filter(edition=edition).count() == 3
    edition.refresh_from_db()
    assert edition.state == "completed"


def test_an_edition_that_does_not_run_or_has_nobody_cannot_be_closed() -> None:
    coordinator_of: Any = None
    for state in ("open", "cancelled", "running"):
        edition = an_edition(state=state)
        coordinator_of = someone_who_is("coordinator", edition.organisation)
        answer = as_(coordinator_of).post(close_url(edition), {"year": str(timezone.localdate().year + 1)})
        assert answer.status_code == 422
        edition.refresh_from_db()
        assert edition.state == state


def test_a_year_that_is_over_is_refused() -> None:
    edition, _there, coordinator = a_running_edition(1)
    assert as_(coordinator).post(close_url(edition), {"year": "2020"}).status_code == 422
    assert not EditionClosing.objects.exists()


def test_only_coordinators_close() -> None:
    edition, there, _coordinator = a_running_edition(1)
    for person in (there[0].mentor, there[0].responsible):
        assert as_(person).post(close_url(edition), {"year": "2027"}).status_code == 403
    assert as_(None).get(close_url(edition)).status_code == 302


# ---- the tasks


def a_task(**fields: Any) -> tuple[FollowUpTask, Person]:
    there = a_participation(state="alumni")
    mentor = a_mentor(there, valid_from=dt.date(2020, 1, 1))
    fields = {"due_on": dt.date(2027, 5, 31), "owner": mentor} | fields
    task = FollowUpTask.objects.create(
        edition=there.edition, participation=there, kind="follow_up_meeting", **fields
    )  # fmt: skip
    return task, mentor


def test_b8_owners_are_reminded_before_the_day_and_every_week_after_it() -> None:
    task, mentor = a_task()
    sent = {}
    for left in range(90, -20, -1):
        before = Mail.objects.count()
        remind(task.due_on - dt.timedelta(days=left))
        remind(task.due_on - dt.timedelta(days=left))  # the worker was restarted
        if Mail.objects.count() > before:
            sent[left] = Mail.objects.count() - before
    assert sent == {60: 1, 7: 1, -1: 1, -8: 1, -15: 1}
    assert {mail.person for mail in Mail.objects.all()} == {mentor}


def test_a_meeting_is_held_once_with_what_came_out_of_it() -> None:
    task, mentor = a_task(due_on=timezone.localdate())
    client = as_(mentor)
    url = reverse("cohorts:follow_up_held", args=[task.public_id])
    today = timezone.localdate()
    wrong = [
        ({"done_on": (today + dt.timedelta(days=1)).isoformat(), "outcome": "x"}, "before it was held"),
        ({"done_on": today.isoformat(), "outcome": ""}, "This field is required"),
    ]
    for sent, said in wrong:
        answer = client.post(url, sent | {"seen": task.version})
        assert answer.status_code == 422
        assert said in text_of(answer)
    sent = {"done_on": today.isoformat(), "outcome": "The model works.", "seen": task.version}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent | {"outcome": "Again."}).status_code == 422
    task.refresh_from_db()
    assert (task.state, task.done_on, task.outcome) == ("done", today, "The model works.")


def test_a_task_changes_hands_by_its_page_and_when_somebody_leaves() -> None:
    task, mentor = a_task(due_on=timezone.localdate() + dt.timedelta(days=30))
    other = someone_who_is("expert", task.edition.organisation)
    url = reverse("cohorts:follow_up_change", args=[task.public_id])
    assert as_(other).get(url).status_code == 403  # not theirs
    sent = {"due_on": task.due_on.isoformat(), "owner": other.pk, "seen": task.version}
    assert as_(mentor).post(url, sent).status_code == 302
    thing = next(each for each in owned_by(other, task.edition.organisation) if each.key.startswith("follow-up:"))
    thing.give_to(mentor)
    task.refresh_from_db()
    assert task.owner == mentor
    assert not owned_by(other, task.edition.organisation)


def test_homes_show_tasks_and_coming_meetings() -> None:
    task, mentor = a_task(due_on=timezone.localdate() + dt.timedelta(days=3))
    assert task.participation is not None
    town = task.participation.organisation
    (need,) = needs(mentor, [])
    assert (need.kind, need.due) == ("week", task.due_on)
    assert need.title.endswith(f": {task.edition.shown_name}")  # a name keeps its capitals
    dates = list(coming_dates(task.participation.responsible, town))
    assert [each.date for each in dates] == [task.due_on]
