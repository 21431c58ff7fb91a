"""Pages of selections that list rows."""

from __future__ import annotations

import uuid
from typing import Any

from keino.web.programmes.services.interviews import add_question
from tests.factories.programmes import named_in
from tests.factories.selection import a_decision, a_question, a_review, an_applicant, an_interview
from tests.web.lists import Listed


def _applicant(scene: Any, person: Any, number: int) -> Any:
    """One more application: scored by two, interviewed, in the proposal."""
    application = an_applicant(scene.selecting, f"Town {number}")
    a_review(application, named_in(scene.selecting), 3)
    a_review(application, person)
    an_interview(application, person)
    scene.proposal.lines.create(application=application, outcome="selected")
    return application


def _question(scene: Any, _person: Any, number: int) -> None:
    a_question(scene.selecting, text=f"Question {number}?")


def _step(scene: Any, _person: Any, number: int) -> None:
    by = named_in(scene.selecting)  # steps of one person in one minute are one
    add_question(scene.selecting, text=f"Question {number}?", hint="", by=by, key=uuid.uuid4())


def _review(scene: Any, _person: Any, number: int) -> None:
    a_review(scene.applicant, named_in(scene.selecting), number)


def _decision(scene: Any, _person: Any, number: int) -> None:
    application = an_applicant(scene.selecting, f"Decided town {number}", state="reserve")
    a_decision(scene.selecting, (application, "reserve"), state="made")


def _line(scene: Any, _person: Any, number: int) -> None:
    application = an_applicant(scene.selecting, f"Decided town {number}", state="selected")
    scene.made_decision.lines.create(application=application, outcome="selected")


LISTS = [
    Listed("programmes:selection", _decision),
    Listed("programmes:selection_steps", _step),
    Listed("programmes:reviewers", _applicant),
    Listed("programmes:selection_application", _review),
    Listed("programmes:guide", _question),
    Listed("programmes:interviews", _applicant),
    Listed("programmes:reviews", _applicant),
    Listed("programmes:review", why_fixed="one application and the edition's criteria"),
    Listed("programmes:selection_summary", _applicant),
    Listed("programmes:selection_summary_pdf", why_fixed="the page of the same name, as a file"),
    Listed("programmes:decision", _applicant),
    Listed("programmes:decision_check", _applicant),
    Listed("programmes:decision_made", _line),
    Listed("programmes:publication", _line),
]
