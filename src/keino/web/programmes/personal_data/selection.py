"""What selections hold of people: what they scored, noted, declared and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.programmes.models import (
    DeclaredTie,
    Interview,
    Interviewer,
    Review,
    Selection,
    SelectionDecision,
)

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    reviews = Review.objects.filter(reviewer=person).select_related("application__edition").prefetch_related("scores")
    ties = DeclaredTie.objects.filter(person=person).select_related("application__edition").order_by("pk")
    held = Interviewer.objects.filter(person=person).select_related("interview__application__edition").order_by("pk")
    decisions = SelectionDecision.objects.filter(made_by=person).select_related("edition").order_by("pk")
    return {
        "reviews": [
            {
                "programme": each.application.edition.shown_name,
                "state": each.state,
                "remark": each.remark,
                "reasons": [score.reason for score in each.scores.all() if score.reason],
            }
            for each in reviews.order_by("pk")
        ],
        "ties": [{"programme": each.application.edition.shown_name, "reason": each.reason} for each in ties],
        "interviews": [
            {
                "programme": each.interview.application.edition.shown_name,
                "at": each.interview.starts_at.isoformat(),
            }
            for each in held
        ],
        "decisions": [{"programme": each.edition.shown_name, "number": each.number} for each in decisions],
    }


def _erase(person: Person) -> None:
    """Scores, notes and decisions stay without their writer; what ties a person to an applicant goes."""
    Review.objects.filter(reviewer=person).update(reviewer=None)
    Review.objects.filter(assigned_by=person).update(assigned_by=None)
    DeclaredTie.objects.filter(person=person).delete()
    Interviewer.objects.filter(person=person).update(person=None)
    Interview.objects.filter(held_by=person).update(held_by=None)
    Interview.objects.filter(planned_by=person).update(planned_by=None)
    Selection.objects.filter(published_by=person).update(published_by=None)
    SelectionDecision.objects.filter(begun_by=person).update(begun_by=None)
    SelectionDecision.objects.filter(made_by=person).update(made_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="selection",
            title=_("Selection of participants"),
            purpose=_(
                "To choose participants of a programme fairly: scores with reasons, notes of interviews, conflicts of "
                "interest, decisions and the reasons told to applicants."
            ),
            legal_ground=_("The centre's task in the public interest."),
            kept_for=_("As long as the programme is kept on the site; a declared tie until the person is erased."),
            columns=(
                "programmes.DecidedApplication.reason",
                "programmes.DeclaredTie.person",
                "programmes.DeclaredTie.reason",
                "programmes.Interview.held_by",
                "programmes.Interview.notes",
                "programmes.Interview.place",
                "programmes.Interview.planned_by",
                "programmes.InterviewNote.text",
                "programmes.Interviewer.person",
                "programmes.Review.assigned_by",
                "programmes.Review.remark",
                "programmes.Review.reviewer",
                "programmes.Score.reason",
                "programmes.Selection.published_by",
                "programmes.SelectionDecision.begun_by",
                "programmes.SelectionDecision.made_by",
                "programmes.SelectionDecision.message",
            ),
            export=_export,
            erase=_erase,
            stays=_("Scores, notes and decisions, without who wrote them."),
        )
    )
