"""The calendar holds: interviews, scores, the decision, places and hours are refused outside of it, kindly, and the
pages say so beforehand.
"""

from __future__ import annotations

import datetime as dt
import uuid
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.programmes.models import Application, Edition, ExpertHours, Interview, Review, SelectionDecision
from keino.web.programmes.queries.discussions import slots_of
from tests.factories.applications import an_expert, some_hours
from tests.factories.programmes import an_edition
from tests.factories.selection import (
    Selecting,
    a_decision,
    a_review,
    a_selecting,
    an_applicant,
    an_interview,
    logged_in,
    responsible,
    review_data,
    scored,
)
from tests.web.programmes.applying import page

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
CONTACT = "academy@centre.example"
ASK = f"The programme's hosts can change the dates: {CONTACT}."
NOTHING_LOST = "Nothing was changed or lost."


@pytest.fixture
def selecting() -> Selecting:
    return a_selecting(contact_email=CONTACT)


def client_of(person: Any, language: str = "en") -> Client:
    client = logged_in(person)
    client.cookies["keino_language"] = language
    return client


def put(edition: Edition, kind: str, days: float) -> dt.datetime:
    """Date something so many days from now; its moment."""
    moment = timezone.now().replace(microsecond=0) + days * DAY
    edition.dates.filter(kind=kind).update(starts_at=moment, ends_at=moment)
    return moment


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


def shown(moment: dt.datetime) -> str:
    """A day as the English pages write it."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y}"


# ---- interviews


def interview_data(day: dt.date, *people: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "event": "", "day": day.isoformat(), "begins": "9:30", "ends": "10:30",
        "place": "Room 12", "interviewers": [each.pk for each in people],
    }  # fmt: skip


def test_an_interview_is_planned_for_a_day_on_which_the_calendar_has_interviews(selecting: Selecting) -> None:
    application = an_applicant(selecting.edition, state="submitted")
    closes = put(selecting.edition, "selection_published", 10)
    path = f"{selecting.path}applications/{application.public_id}/interview/"
    client, today = client_of(selecting.coordinator), timezone.localdate()
    assert f"In the calendar: interview applicants from {shown(timezone.now() - 7 * DAY)}" in text_of(client.get(path))
    refused = client.post(path, interview_data(today + 11 * DAY, selecting.decider))
    said = text_of(refused)
    assert refused.status_code == 422
    assert f"doesn't allow this on {shown(timezone.now() + 11 * DAY)}: interview applicants." in said
    assert f"to {shown(closes)}" in said
    assert ASK in said
    assert NOTHING_LOST in said
    assert 'value="Room 12"' in said
    assert not Interview.objects.exists()
    assert client.post(path, interview_data(today + 9 * DAY, selecting.decider)).status_code == 302
    edit = f"{selecting.path}interviews/{Interview.objects.get().public_id}/edit/"
    assert client.post(edit, interview_data(today + 12 * DAY, selecting.decider) | {"seen": "1"}).status_code == 422
    assert timezone.localdate(Interview.objects.get().starts_at) == today + 9 * DAY


def test_no_interview_is_offered_when_the_time_for_them_is_over(selecting: Selecting) -> None:
    application = an_applicant(selecting.edition, "Salo", state="submitted")
    client, path = client_of(selecting.coordinator), f"{selecting.path}applications/{application.public_id}/interview/"
    assert path in text_of(client.get(f"{selecting.path}interviews/"))
    put(selecting.edition, "selection_published", -1)
    said = text_of(client.get(f"{selecting.path}interviews/"))
    assert "has no time left for this: interview applicants." in said
    assert path not in said
    assert 'type="submit">Save' not in text_of(client.get(path))


# ---- scores


def test_late_scores_are_kept_as_a_draft_and_sent_when_the_date_is_moved(selecting: Selecting) -> None:
    reviewer = selecting.reviewers[0]
    review = a_review(an_applicant(selecting.edition), reviewer)
    put(selecting.edition, "selection_published", -1 / 24 / 60)
    path, client = f"{selecting.path}reviews/{review.public_id}/", client_of(reviewer)
    before = text_of(client.get(path))
    assert "doesn't allow this now: give scores." in before
    assert "Send your scores" not in before
    assert "Save and go on later" in before
    late = client.post(path, review_data(review, 3, remark="A brave pilot.", send="1"))
    assert late.status_code == 422
    said = text_of(late)
    assert "doesn't allow this now: give scores." in said
    assert NOTHING_LOST in said
    assert "A brave pilot." in said
    kept = Review.objects.get()
    assert (kept.is_sent, kept.remark, kept.scores.exclude(points=None).count()) == (False, "A brave pilot.", 2)
    assert Review.objects.filter(state="sent").count() == 0
    assert "doesn't allow this now" in text_of(client.get(f"{selecting.path}reviews/"))

    put(selecting.edition, "selection_published", 2)
    assert "Send your scores" in text_of(client.get(path))
    assert client.post(path, review_data(kept, 3, remark="A brave pilot.", send="1")).status_code == 302
    assert Review.objects.get().is_sent


# ---- the decision


def ready(selecting: Selecting) -> tuple[Application, SelectionDecision]:
    """A proposal with one interviewed and scored applicant to be selected."""
    application = an_applicant(selecting.edition)
    scored(selecting, application, 4, 3)
    return application, a_decision(selecting.edition, (application, "selected"))


def test_a_late_decision_is_refused_and_mails_nobody_until_the_date_is_moved(selecting: Selecting) -> None:
    application, decision = ready(selecting)
    put(selecting.edition, "selection_published", -1)
    client, check = client_of(selecting.decider), f"{selecting.path}decision/check/"
    assert "doesn't allow this now: choose participants." in text_of(client.get(f"{selecting.path}decision/"))
    said = text_of(client.get(check))
    assert "doesn't allow this now: choose participants." in said
    assert "Make the decision and send the mails" not in said
    data = {"decision": str(decision.public_id), "seen": "1"}
    answer = client.post(f"{selecting.path}decision/make/", data, follow=True)
    assert NOTHING_LOST in text_of(answer)
    application.refresh_from_db()
    assert application.state == "interviewed"
    assert not Mail.objects.filter(template="programmes/mail/decision.txt").exists()

    put(selecting.edition, "selection_published", 2)
    assert "Make the decision and send the mails" in text_of(client.get(check))
    client.post(f"{selecting.path}decision/make/", data)
    application.refresh_from_db()
    assert application.state == "selected"


def test_a_proposal_is_begun_and_written_at_any_time(selecting: Selecting) -> None:
    scored(selecting, an_applicant(selecting.edition), 4, 3)
    put(selecting.edition, "selection_published", -1)
    client = client_of(selecting.decider)
    assert client.post(f"{selecting.path}decision/begin/").status_code == 302
    decision = SelectionDecision.objects.get()
    data = {"seen": "1", "message": "Welcome.", "confirm_by": ""}
    assert client.post(f"{selecting.path}decision/", data).status_code == 302
    decision.refresh_from_db()
    assert decision.message == "Welcome."


def test_a_calendar_without_the_date_allows_nothing_and_says_so(selecting: Selecting) -> None:
    ready(selecting)
    selecting.edition.dates.filter(kind="selection_published").delete()
    said = text_of(client_of(selecting.decider).get(f"{selecting.path}decision/check/"))
    assert "doesn't allow this now: choose participants. Its dates aren't in the calendar yet." in said


def test_somebody_moves_up_while_places_are_confirmed_and_not_later(selecting: Selecting) -> None:
    application = an_applicant(selecting.edition, state="reserve")
    a_decision(selecting.edition, (application, "reserve"), state="made")
    put(selecting.edition, "selection_published", -1)
    path, client = f"{selecting.path}applications/{application.public_id}/move-up/", client_of(selecting.decider)
    given = {"reason": "", "confirm_by": ""}
    kick_off = put(selecting.edition, "kick_off", -1)
    home = text_of(client.get(selecting.path))
    assert path not in home
    assert "doesn't allow this now: choose participants." in home
    assert "Give the place and send the mail" not in text_of(client.get(path))
    refused = client.post(path, given)
    assert refused.status_code == 422
    assert shown(kick_off) in text_of(refused)
    put(selecting.edition, "kick_off", 20)
    assert path in text_of(client.get(selecting.path))
    assert client.post(path, given).status_code == 302
    application.refresh_from_db()
    assert application.state == "selected"


# ---- places


def test_a_place_is_confirmed_until_the_kick_off(selecting: Selecting) -> None:
    application = an_applicant(selecting.edition, state="selected")
    a_decision(selecting.edition, (application, "selected"), state="made")
    closes = put(selecting.edition, "kick_off", -1 / 24 / 60)
    path = page("place", application)
    client = client_of(responsible(application))
    said = text_of(client.get(path))
    assert "doesn't allow this now: confirm one's place." in said
    assert shown(closes) in said
    assert ASK in said
    assert "Confirm the place" not in said
    assert NOTHING_LOST in text_of(client.post(path, follow=True))
    application.refresh_from_db()
    assert application.state == "selected"
    put(selecting.edition, "kick_off", 1)
    assert "Confirm the place" in text_of(client.get(path))
    client.post(path)
    application.refresh_from_db()
    assert application.state == "confirmed"


@pytest.mark.parametrize(("language", "moment"), [("fi", "2.6.2030 klo 16.05"), ("sv", "2.6.2030 kl. 16.05")])
def test_when_it_was_is_said_in_the_language_and_the_time_of_the_reader(
    selecting: Selecting, language: str, moment: str
) -> None:
    application = an_applicant(selecting.edition, state="selected")
    opens = dt.datetime(2030, 6, 2, 13, 5, tzinfo=dt.UTC)
    selecting.edition.dates.filter(kind="call_opens").update(starts_at=opens, ends_at=opens)
    selecting.edition.dates.filter(kind="kick_off").update(starts_at=opens + DAY, ends_at=opens + DAY)
    path = page("place", application)
    assert moment in text_of(client_of(responsible(application), language).get(path))


# ---- experts' hours


def hours(edition: Edition, expert: Any, day: dt.date) -> Any:
    data = {"expert": expert.pk, "day": day.isoformat(), "begins": "09:00", "ends": "12:00", "weeks": 1}
    return client_of(expert).post(reverse("programmes:desk_hours", args=[edition.slug]), data)


def test_hours_are_given_on_days_of_discussions_and_of_sparring() -> None:
    edition = an_edition(contact_email=CONTACT)
    expert, today = an_expert(edition), timezone.localdate()
    refused = hours(edition, expert, today + 40 * DAY)  # between the discussions and the kick-off
    assert refused.status_code == 422
    assert "hold discussions." in text_of(refused)
    assert ASK in text_of(refused)
    assert not ExpertHours.objects.exists()
    assert hours(edition, expert, today + 20 * DAY).status_code == 302
    assert hours(edition, expert, today + 90 * DAY).status_code == 302  # a mentor's, for sparring


def test_only_times_in_the_days_of_discussions_are_offered() -> None:
    edition = an_edition()
    some_hours(edition)
    assert len(slots_of(edition, now=timezone.now())) == 3
    first = edition.dates.get(kind="discussions")
    edition.dates.filter(pk=first.pk).update(starts_at=timezone.now() + 10 * DAY, ends_at=timezone.now() + 20 * DAY)
    assert slots_of(edition, now=timezone.now()) == []
    edition.dates.filter(pk=first.pk).delete()
    assert slots_of(edition, now=timezone.now()) == []


# ---- what is past stays


def test_what_was_planned_in_time_is_held_and_noted_later(selecting: Selecting) -> None:
    application = an_applicant(selecting.edition, state="submitted")
    planned = an_interview(application, selecting.decider, held=False)
    past = timezone.now() - DAY
    Interview.objects.filter(pk=planned.pk).update(starts_at=past, ends_at=past + dt.timedelta(hours=1))
    put(selecting.edition, "selection_published", -2)
    path = f"{selecting.path}interviews/{planned.public_id}/"
    assert client_of(selecting.decider).post(path, {"seen": "1", "notes": "They know.", "held": "1"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.state, planned.notes) == ("held", "They know.")
