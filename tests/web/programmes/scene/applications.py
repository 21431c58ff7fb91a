"""What applications add to the scene: the organisation's own, and another town's that the desk reads."""

from __future__ import annotations

from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, ApplicationQuestions
from keino.web.programmes.queries.application_questions import subject_of
from keino.web.programmes.services.applications.commitments import digest
from keino.web.surveys.models import Attachment, FormVersion
from tests.factories.applications import a_commitment, a_late_interest, a_team_member, an_application, some_hours
from tests.factories.forms import a_question, a_version, an_answer
from tests.factories.programmes import an_edition

INTEREST = "Confidential interest 7371"
MOTIVATION = "Confidential motivation 7372"
ANSWER = "Confidential answer 7373"
LATE = "Confidential late interest 7374"
QUESTIONS = (a_question("why", "long_text"), a_question("enclosure", "file"))
TOKEN = "token-of-the-scene"


def _answered(version: FormVersion, application: Application, text: str) -> Attachment:
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    answer = an_answer(
        version,
        {"why": text},
        about=application.organisation,
        send=False,
        files={"enclosure": file},
        subject=subject_of(application),
    )
    return answer.attachments.get()


def add(scene: SimpleNamespace) -> None:
    """Add the applications; the desk's pages are of another edition, for its people read everything in it."""
    scene.applied_edition = an_edition(scene.centre, name_fi="Haettu akatemia", slug="applied-academy")
    scene.application = an_application(
        scene.applied_edition,
        scene.organisation,
        state=S.DISCUSSION_BOOKED,
        interest=INTEREST,
        motivation=MOTIVATION,
        contact=scene.people["own_member"],
    )
    scene.team_member = a_team_member(scene.application)
    scene.asked = a_commitment(scene.application, token_hash=digest(TOKEN))
    scene.other_application = an_application(scene.edition, scene.other_organisation, state=S.DISCUSSION_BOOKED)
    scene.other_discussion = scene.other_application.discussions.get()
    scene.hours = some_hours(scene.edition)
    some_hours(scene.applied_edition)
    version = a_version(scene.centre, QUESTIONS, purpose="application")
    for edition in (scene.applied_edition, scene.edition):
        edition.application_questions = ApplicationQuestions.objects.create(edition=edition, form_version=version)
    scene.application_file = _answered(version, scene.application, ANSWER)
    scene.other_application_file = _answered(version, scene.other_application, "Open.")
    scene.late_edition = an_edition(scene.centre, name_fi="Suljettu akatemia", slug="late-academy", state="closed")
    a_late_interest(scene.late_edition, scene.organisation, interest=LATE, written_by=scene.people["own_member"])
    scene.secrets += [ANSWER, INTEREST, LATE, MOTIVATION]
