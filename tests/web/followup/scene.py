"""What ``followup`` adds to the scene: an answer, a draft with confidential words, and a report that everyone sees."""

from __future__ import annotations

from types import SimpleNamespace

from keino.web.followup.queries.answers import usual_question
from keino.web.followup.services.answers import answer, ask
from tests.factories.followup import a_draft, a_published_report, an_approved_report
from tests.factories.runs import a_calculated_run
from tests.factories.web import an_organisation

SUMMARY = "Confidential summary 7341"


def add(scene: SimpleNamespace) -> None:
    """Add one of everything to the organisation of the scene."""
    question = usual_question(scene.calculated_run)
    assert question is not None
    scene.answer = ask(run=scene.calculated_run, question=question)
    answer(scene.answer)
    by = scene.people["own_responsible_person"]
    scene.report = a_draft(scene.organisation, 2023, by=by, summary=SUMMARY)
    scene.approved_report = an_approved_report(scene.organisation, 2022)
    scene.public_town = an_organisation("Public town of the scene", is_public=True)
    a_calculated_run(scene.public_town)
    scene.public_report = a_published_report(scene.public_town, 2023)
    scene.secrets.append(SUMMARY)
