"""What an application or an assignment stands on outlives its form's own time, and goes after the programme."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.queries.application_questions import subject_of
from keino.web.surveys import answers_in_use
from keino.web.surveys.form_personal_data import months_before, retire_answers
from keino.web.surveys.models import FormAnswer
from tests.factories.applications import an_application
from tests.factories.cohorts import a_participation, a_work
from tests.factories.forms import a_question, a_version, an_answer
from tests.factories.programmes import an_edition
from tests.factories.web import an_organisation

pytestmark = pytest.mark.django_db
FIVE_YEARS = 60
LASTING = "stay at least until its programme is over"


def answered(edition: Edition, subject: str, *, send: bool) -> None:
    """Answer a form of the edition's centre, five years ago: longer than it keeps answers."""
    version = a_version(edition.organisation, [a_question("size")], purpose="application")
    an_answer(version, {"size": "Large"}, about=an_organisation(), subject=subject, send=send)
    over = months_before(timezone.localdate(), FIVE_YEARS)
    FormAnswer.objects.filter(subject=subject).update(begun_on=over, sent_on=over if send else None)


@pytest.mark.parametrize(("state", "send"), [(S.DISCUSSION_HELD, False), (S.SUBMITTED, True), (S.REJECTED, True)])
@pytest.mark.parametrize("over", ["completed", "cancelled"])
def test_an_answer_of_an_application_stays_until_its_programme_is_over(state: str, send: bool, over: str) -> None:
    application = an_application(state=state)
    answered(application.edition, subject_of(application), send=send)
    assert retire_answers() == 0
    Edition.objects.update(state=over)
    assert retire_answers() == 1
    assert not FormAnswer.objects.exists()


def test_an_answer_of_a_withdrawn_application_goes_by_its_forms_time() -> None:
    application = an_application(state=S.WITHDRAWN)
    answered(application.edition, subject_of(application), send=False)
    assert retire_answers() == 1


def test_an_answer_about_an_application_that_is_not_there_goes_by_its_forms_time() -> None:
    application = an_application()
    answered(application.edition, subject_of(application), send=True)
    Application.objects.all().delete()
    assert retire_answers() == 1


@pytest.mark.parametrize("send", [False, True])
@pytest.mark.parametrize("left", ["dropped", "over"])
def test_an_answer_of_an_assignment_stays_while_the_organisation_takes_part(send: bool, left: str) -> None:
    participation = a_participation()
    answered(participation.edition, f"work:{a_work(participation).public_id}:1", send=send)
    assert retire_answers() == 0
    if left == "over":
        Edition.objects.update(state="completed")
    else:
        type(participation).objects.update(state=left, ended_at=timezone.now())
    assert retire_answers() == 1


def test_subjects_are_asked_for_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(answers_in_use, "_ASKED", [lambda subjects: asked.append(len(subjects)) or subjects[-1:]])  # type: ignore[func-returns-value]
    assert answers_in_use.still_needed({f"x:{n:04}" for n in range(501)}) == {"x:0499", "x:0500"}
    assert asked == [500, 1]


@pytest.mark.parametrize(("purpose", "is_said"), [("application", True), ("assignment", True), ("other", False)])
def test_people_are_told_that_answers_of_a_programme_may_stay_longer(purpose: str, is_said: bool) -> None:
    version = a_version(an_edition().organisation, [a_question("size")], purpose=purpose)
    client = Client()
    client.cookies["keino_language"] = "en"
    page = client.get(f"/forms/{version.form.public_id}/")
    assert (LASTING in page.content.decode()) is is_said
