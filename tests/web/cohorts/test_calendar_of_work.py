"""The calendar holds in the cohort space: handing in and sparring when it allows them, nothing written is lost."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from keino.web.cohorts.models import Assignment, Participation, SparringSession, WorkVersion
from keino.web.cohorts.services.reminders import remind
from keino.web.programmes.models import Edition, EditionPhase, ExpertHours
from keino.web.surveys.models import FormAnswer
from tests.factories.cohorts import a_mentor, a_participation, a_work, a_worker, assignment_data
from tests.factories.forms import a_question
from tests.factories.forms import a_version as a_form_version
from tests.factories.programmes import a_date, an_edition
from tests.factories.sparring import a_session
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, at, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CONTACT = "academy@centre.example"
NOTHING_LOST = "Nothing was changed or lost."


def put(edition: Edition, kind: str, days: float) -> None:
    """Date something so many days from now."""
    moment = timezone.now() + days * DAY
    edition.dates.filter(kind=kind).update(starts_at=moment, ends_at=moment)


@pytest.fixture
def edition() -> Edition:
    """A programme that begins in a week and ends in three months, with people taken in already."""
    made = an_edition(state="running", contact_email=CONTACT)
    put(made, "kick_off", 7)
    put(made, "closing", 90)
    return made


@pytest.fixture
def ours(edition: Edition) -> Participation:
    return a_participation(edition=edition)


# ---- handing in


def test_what_is_handed_in_too_early_is_kept_as_a_draft(ours: Participation) -> None:
    work = a_work(ours, due=20)
    us, url = as_(a_worker(ours)), page("work", ours, work=work.public_id)
    before = text_of(us.get(url))
    assert "doesn't allow this now: hand in assignments and deliverables." in before
    assert f"hosts can change the dates: {CONTACT}." in before
    assert 'name="hand_in"' not in us.get(url).content.decode()
    refused = text_of(us.post(url, {"seen": 1, "draft": "Where we stand.", "hand_in": "1"}, follow=True))
    assert NOTHING_LOST in refused
    assert "What you wrote is kept as a draft." in refused
    work.refresh_from_db()
    assert (work.draft, work.state, WorkVersion.objects.count()) == ("Where we stand.", "assigned", 0)

    put(ours.edition, "kick_off", -1 / 24)
    assert 'name="hand_in"' in us.get(url).content.decode()
    us.post(url, {"seen": work.version, "draft": "Where we stand.", "hand_in": "1"})
    assert WorkVersion.objects.get().text == "Where we stand."


def test_reminders_end_when_the_calendar_takes_nothing_any_more(ours: Participation) -> None:
    work = a_work(ours, due=20, created_by=someone_who_is("coordinator", ours.edition.organisation))
    due = work.assignment.due_at
    assert remind(due - DAY) == 1  # before the kick-off one is told, too, of what is due after it
    assert remind(due + 7 * DAY) == 1
    put(ours.edition, "closing", 40)
    assert remind(due + 14 * DAY) == 1
    assert remind(due + 21 * DAY) == 0
    assert remind(due + 28 * DAY) == 0


def test_answers_to_a_form_are_kept_too(ours: Participation) -> None:
    questions = a_form_version(ours.edition.organisation, (a_question("stand", "text", required=True),))
    work = a_work(ours, due=20, form_version=questions)
    us, url = as_(a_worker(ours)), page("work", ours, work=work.public_id)
    assert 'name="hand_in"' not in us.get(url).content.decode()
    answer = FormAnswer.objects.get()
    sent = {"version": answer.version, "q_stand": "At the beginning.", "hand_in": "1"}
    assert "What you wrote is kept as a draft." in text_of(us.post(url, sent, follow=True))
    answer.refresh_from_db()
    assert answer.answers == {"stand": "At the beginning."}
    assert (answer.state, WorkVersion.objects.count()) == ("draft", 0)


def test_a_pre_assignment_is_handed_in_before_the_kick_off(ours: Participation) -> None:
    EditionPhase.objects.create(
        edition=ours.edition, position=99, code="pre", allows=["hand_in"],
        opens_with="pre_assignment", closes_with="kick_off",
    )  # fmt: skip
    work = a_work(ours, due=3)
    us, url = as_(a_worker(ours)), page("work", ours, work=work.public_id)
    assert 'name="hand_in"' not in us.get(url).content.decode()
    a_date(ours.edition, "pre_assignment", days=-1)
    us.post(url, {"seen": 1, "draft": "Before we begin.", "hand_in": "1"})
    assert WorkVersion.objects.get().text == "Before we begin."


def test_nothing_is_due_at_a_time_at_which_it_cant_be_handed_in(edition: Edition) -> None:
    a_participation(edition=edition)
    desk = as_(someone_who_is("coordinator", edition.organisation))
    url = reverse("cohorts:assignment_new", args=[edition.slug])
    assert "In the calendar: hand in assignments and deliverables from" in text_of(desk.get(url))
    for days in (3, 100):  # before the kick-off, after the closing
        due_on = timezone.localdate() + days * DAY
        refused = desk.post(url, assignment_data(due_on=due_on.isoformat()))
        assert refused.status_code == 422
        assert "hand in assignments and deliverables." in text_of(refused)
        assert NOTHING_LOST in text_of(refused)
    assert not Assignment.objects.exists()
    assert desk.post(url, assignment_data()).status_code == 302
    made = Assignment.objects.get()
    edit = reverse("cohorts:assignment_edit", args=[edition.slug, made.public_id])
    late = assignment_data(seen=made.version, due_on=(timezone.localdate() + 100 * DAY).isoformat())
    assert desk.post(edit, late).status_code == 422


# ---- sparring


def session_data(who: Any, days: int, **fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + days * DAY
    return {
        "key": str(uuid.uuid4()), "day": day.isoformat(), "begins": "9:00", "ends": "10.30", "mentor": who.pk,
        "mode": "online", "place": "https://meet.example.org/1",
    } | fields  # fmt: skip


def test_sparring_is_agreed_for_the_time_of_the_programme_and_the_year_after(ours: Participation) -> None:
    mentor = a_mentor(ours)
    client, url = as_(mentor), at("edition_sparring_new", ours.organisation, edition=ours.edition.slug)
    assert "In the calendar: hold sparring sessions from" in text_of(client.get(url))
    refused = client.post(url, session_data(mentor, 3))
    assert refused.status_code == 422
    assert "hold sparring sessions." in text_of(refused)
    assert NOTHING_LOST in text_of(refused)
    assert "https://meet.example.org/1" in refused.content.decode()
    assert client.post(url, session_data(mentor, 9)).status_code == 302
    assert client.post(url, session_data(mentor, 200)).status_code == 302  # follow-up, after the closing
    made = SparringSession.objects.earliest("starts_at")
    move = at("sparring_move", ours.organisation, session=made.public_id)
    assert client.post(move, session_data(mentor, 3, seen=made.version)).status_code == 422


def test_a_session_that_was_held_is_written_into_the_log_whatever_the_calendar_says(ours: Participation) -> None:
    mentor = a_mentor(ours)
    client, url = as_(mentor), at("edition_sparring_new", ours.organisation, edition=ours.edition.slug)
    assert client.post(url, session_data(mentor, -3)).status_code == 302
    held = SparringSession.objects.get()
    write = at("sparring_write", ours.organisation, session=held.public_id)
    notes = {"seen": held.version, "notes": "We met early.", "advice": "Go on."}
    assert client.post(write, notes).status_code == 302
    held.refresh_from_db()
    assert held.state == "held"


def test_no_session_is_offered_while_the_calendar_has_no_time_for_it(ours: Participation) -> None:
    mentor = a_mentor(ours)
    ours.edition.dates.filter(kind="closing").delete()
    client, log = as_(mentor), at("edition_sparring", ours.organisation, edition=ours.edition.slug)
    new = at("edition_sparring_new", ours.organisation, edition=ours.edition.slug)
    a_session(ours.organisation, participation=ours)
    for path in (log, new):
        shown = client.get(path)
        assert "no time left for this: hold sparring sessions. Its dates aren't in the calendar yet." in text_of(shown)
    assert f'href="{new}"' not in client.get(log).content.decode()
    assert "Agree the session" not in text_of(client.get(new))
    assert client.get(at("sparring_new", ours.organisation)).status_code == 200  # outside of editions it always can


def test_only_hours_while_there_is_sparring_are_offered(ours: Participation) -> None:
    mentor = a_mentor(ours)
    for days in (3, 9):
        day = timezone.localdate() + days * DAY
        ExpertHours.objects.create(edition=ours.edition, expert=mentor, day=day, begins=dt.time(9), ends=dt.time(11))
    url = at("edition_sparring_new", ours.organisation, edition=ours.edition.slug)
    offered = re.findall(r'name="slot" value="([^"]+)"', as_(ours.responsible).get(url).content.decode())
    assert {dt.datetime.fromisoformat(each).date() for each in offered} == {timezone.localdate() + 9 * DAY}
