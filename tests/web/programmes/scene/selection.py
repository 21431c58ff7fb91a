"""What selections add to the scene: an edition whose applications are under review, with one of everything.

The coordinator and the expert of the cast are named as reviewers and deciders in it, and in no other edition.
"""

from __future__ import annotations

from types import SimpleNamespace

from tests.factories.programmes import an_edition, named_in
from tests.factories.selection import a_decision, a_question, a_review, an_applicant, an_interview
from tests.factories.web import an_organisation


def add(scene: SimpleNamespace) -> None:
    """Add the edition, two applications under review, one in the reserve, and one whose place waits."""
    edition = an_edition(scene.centre, name_fi="Valinta-akatemia", slug="selecting-academy", state="closed")
    coordinator, expert = scene.people["coordinator"], scene.people["expert"]
    for person in (coordinator, expert):
        named_in(edition, "reviewer", person)
        named_in(edition, "decider", person)
    scene.selecting = edition
    scene.applicant = an_applicant(edition, "Applicant town")
    scene.reserve = an_applicant(edition, "Reserve town", state="reserve")
    scene.place = an_applicant(edition, organisation=scene.organisation, state="selected")
    scene.own_review = a_review(scene.applicant, coordinator)
    scene.sent_review = a_review(scene.applicant, expert, 3)
    scene.interview = an_interview(scene.applicant, coordinator, held=False)
    scene.question = a_question(edition)
    made = ((scene.place, "selected"), (scene.reserve, "reserve"))
    scene.made_decision = a_decision(edition, *made, state="made", made_by=coordinator)
    scene.proposal = a_decision(edition, (scene.applicant, "reserve"))
    scene.other_place = an_applicant(edition, organisation=an_organisation("Third town"))
