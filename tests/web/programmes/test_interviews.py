"""Interviews: the guide, planning, notes that stay on the desk, and that they were held."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from keino.web.base.models import Mail
from keino.web.programmes.models import Application, GuideQuestion, Interview
from keino.web.programmes.needs.selection import coming_dates, needs
from tests.factories.programmes import named_in
from tests.factories.selection import (
    Selecting,
    a_question,
    a_selecting,
    an_applicant,
    an_interview,
    chosen_by,
    logged_in,
    responsible,
)
from tests.factories.web import someone_who_is

pytestmark = pytest.mark.django_db


def plan_data(*people: Any, **fields: str) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "event": "", "day": "2030-05-14", "begins": "9.30", "ends": "10:30",
        "place": "Teams", "interviewers": [each.pk for each in people], **fields,
    }  # fmt: skip


def plan(selecting: Selecting, application: Application, data: dict[str, Any]) -> Any:
    path = f"{selecting.path}applications/{application.public_id}/interview/"
    return logged_in(selecting.coordinator).post(path, data)


def test_b4_an_interview_is_planned_told_and_held() -> None:
    selecting = a_selecting()
    chosen_by(selecting, dt.date(2030, 6, 1))
    application = an_applicant(selecting.edition, state="submitted")
    question = a_question(selecting.edition, hint="Who decides?")
    expert = named_in(selecting.edition, "expert")
    data = plan_data(expert)
    assert plan(selecting, application, data).status_code == 302
    assert plan(selecting, application, data).status_code == 302  # pressed twice
    interview = Interview.objects.get()
    assert timezone.localtime(interview.starts_at).isoformat() == "2030-05-14T09:30:00+03:00"
    told = Mail.objects.filter(template="programmes/mail/interview.txt")
    assert {each.person for each in told} == {expert, responsible(application)}
    (date,) = coming_dates(responsible(application), application.organisation)
    assert date.date == dt.date(2030, 5, 14)

    path = f"{selecting.path}interviews/{interview.public_id}/"
    client = logged_in(expert)
    notes = {"seen": "1", f"said_{question.pk}": "The <b>council</b> decides.", "notes": "", "held": "1"}
    assert client.post(path, notes).status_code == 422  # it begins in years; the notes are kept
    assert interview.said.get().text == "The <b>council</b> decides."
    Interview.objects.update(starts_at=timezone.now() - dt.timedelta(hours=1), ends_at=timezone.now())
    interview.refresh_from_db()
    assert client.post(path, notes | {"seen": interview.version}).status_code == 302
    application.refresh_from_db()
    interview.refresh_from_db()
    assert (application.state, interview.state) == ("interviewed", "held")
    page = client.get(path).content.decode()
    assert "<b>council</b>" not in page
    assert "&lt;b&gt;council" in page


def test_b4_applicants_never_see_notes() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    interview = an_interview(application, selecting.decider, notes="They quarrel among themselves")
    own = logged_in(responsible(application))
    assert own.get(f"{selecting.path}interviews/{interview.public_id}/").status_code == 403
    page = own.get(f"/o/{application.organisation.slug}/applications/{application.public_id}/").content.decode()
    assert "quarrel" not in page


def test_an_expert_opens_only_the_interviews_they_hold() -> None:
    selecting = a_selecting(applicants=2)
    expert = named_in(selecting.edition, "expert")
    held, other = (an_interview(each, *who) for each, who in zip(selecting.applications, ([expert], []), strict=True))
    client = logged_in(expert)
    assert client.get(f"{selecting.path}interviews/{held.public_id}/").status_code == 200
    assert client.get(f"{selecting.path}interviews/{other.public_id}/").status_code == 404
    assert client.get(f"{selecting.path}interviews/").context["rows"] == [held]


def test_homes_of_interviewers_lead_to_what_they_hold_and_to_what_isnt_marked_as_held() -> None:
    selecting = a_selecting(applicants=3)
    expert = named_in(selecting.edition, "expert")
    over, coming, tied = (
        an_interview(each, expert, held=False, **times)
        for each, times in zip(
            selecting.applications,
            ({"starts_at": timezone.now() - dt.timedelta(days=1), "ends_at": timezone.now()}, {}, {}),
            strict=True,
        )
    )
    tied.application.declared_ties.create(person=expert, reason="A cousin")
    found = list(needs(expert, []))
    assert [(each.kind, each.url) for each in found] == [
        ("overdue", f"{selecting.path}interviews/{over.public_id}/"),
        ("week", f"{selecting.path}interviews/{coming.public_id}/"),
    ]
    Interview.objects.update(state="held")
    assert list(needs(expert, [])) == []


def test_two_who_note_at_once_lose_nothing() -> None:
    selecting = a_selecting(applicants=1)
    interview = an_interview(selecting.applications[0], selecting.decider)
    path = f"{selecting.path}interviews/{interview.public_id}/"
    assert logged_in(selecting.decider).post(path, {"seen": "1", "notes": "First"}).status_code == 302
    answer = logged_in(selecting.coordinator).post(path, {"seen": "1", "notes": "Second"})
    assert answer.status_code == 422
    assert "Second" in answer.content.decode()
    interview.refresh_from_db()
    assert interview.notes == "First"


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "9:00"},  # before it begins
        {"day": ""},
        {"begins": "25:00"},
        {"day": "2027-03-28", "begins": "3:30", "ends": "4:30"},  # clocks go forward: there is no such time
        {"day": "2026-10-25", "begins": "3:30", "ends": "4:30"},  # clocks go back: it is there twice
        {"interviewers": []},
    ],
)
def test_impossible_times_are_refused(wrong: dict[str, Any]) -> None:
    selecting = a_selecting(applicants=1)
    data = plan_data(selecting.decider) | wrong
    assert plan(selecting, selecting.applications[0], data).status_code == 422
    assert not Interview.objects.exists()


def test_a_tied_interviewer_isnt_offered() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    tied = someone_who_is("expert", selecting.edition.organisation, about=application.organisation)
    named_in(selecting.edition, "expert", tied)
    assert plan(selecting, application, plan_data(tied)).status_code == 422
    assert not Interview.objects.exists()


def test_moving_and_cancelling_tells_the_applicant_once() -> None:
    selecting = a_selecting(applicants=1)
    chosen_by(selecting, dt.date(2030, 6, 1))
    application = selecting.applications[0]
    interview = an_interview(application, selecting.decider, held=False)
    client = logged_in(selecting.coordinator)
    path = f"{selecting.path}interviews/{interview.public_id}/"
    data = plan_data(selecting.decider, seen="1")
    assert client.post(f"{path}edit/", data).status_code == 302
    mails = Mail.objects.filter(template="programmes/mail/interview.txt", person=responsible(application))
    assert [each.values["what"] for each in mails] == ["moved"]
    assert client.get(f"{path}cancel/").status_code == 200
    assert client.post(f"{path}cancel/").status_code == 302
    assert client.post(f"{path}cancel/").status_code == 404  # it is gone from the list
    assert sorted(each.values["what"] for each in mails.all()) == ["cancelled", "moved"]


def test_the_guide_keeps_questions_that_were_answered() -> None:
    selecting = a_selecting(applicants=1)
    client, path = logged_in(selecting.coordinator), f"{selecting.path}guide/"
    data = {"key": str(uuid.uuid4()), "text": "What is done for the pilot?", "hint": ""}
    assert client.post(f"{path}new/", data).status_code == 302
    assert client.post(f"{path}new/", data).status_code == 302  # pressed twice
    question = GuideQuestion.objects.get()
    change = {"seen": "1", "text": "What is done?", "hint": "", "position": "1"}
    assert client.post(f"{path}{question.public_id}/", change).status_code == 302
    assert client.post(f"{path}{question.public_id}/", change | {"text": "Late"}).status_code == 422
    interview = an_interview(selecting.applications[0], selecting.decider)
    interview.said.create(question=question, text="A lot.")
    client.post(f"{path}{question.public_id}/remove/")
    assert GuideQuestion.objects.exists()
    interview.said.all().delete()
    client.post(f"{path}{question.public_id}/remove/")
    assert not GuideQuestion.objects.exists()
