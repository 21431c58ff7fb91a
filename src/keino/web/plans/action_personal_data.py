"""What actions hold of people: who owns, changed and reviewed them, and what they wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.plans.models import Action, ActionChange, ActionReview

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    owned = Action.objects.filter(owner=person).select_related("organisation").order_by("pk")
    changed = ActionChange.objects.filter(changed_by=person).select_related("action").order_by("pk")
    written = ActionReview.objects.filter(written_by=person).select_related("organisation").order_by("pk")
    return {
        "owned": [
            {
                "title": action.title,
                "organisation": str(action.organisation),
                "deadline": action.deadline.isoformat(),
                "state": action.state,
            }
            for action in owned
        ],
        "added": [
            {"title": action.title, "added_at": action.created_at.isoformat()}
            for action in Action.objects.filter(created_by=person).order_by("pk")
        ],
        "changes": [
            {
                "action": change.action.title,
                "what": change.what,
                "was": change.was,
                "now": change.now,
                "why": change.why,
                "changed_at": change.changed_at.isoformat(),
            }
            for change in changed
        ],
        "reviews": [
            {
                "organisation": str(review.organisation),
                "held_on": review.held_on.isoformat(),
                "seen": review.seen,
                "lessons": review.lessons,
            }
            for review in written
        ],
    }


def _erase(person: Person) -> None:
    """The actions and what was written of them stay, as the organisation's; whose they were doesn't."""
    Action.objects.filter(owner=person).update(owner=None)
    Action.objects.filter(created_by=person).update(created_by=None)
    ActionChange.objects.filter(changed_by=person).update(changed_by=None)
    ActionReview.objects.filter(written_by=person).update(written_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="actions",
            title=_("Actions and reviews"),
            purpose=_(
                "To show who does what by when, to remind them, and to answer in the yearly report for changed "
                "deadlines and targets. Only the organisation's own people and its mentors see them."
            ),
            legal_ground=_("Task carried out in the public interest (GDPR, article 6(1)(e))."),
            kept_for=_("As long as the organisation keeps its plans and reports."),
            columns=(
                "plans.Action.owner",
                "plans.Action.created_by",
                "plans.Action.title",
                "plans.Action.description",
                "plans.Action.evidence",
                "plans.Action.evidence_link",
                "plans.ActionChange.changed_by",
                "plans.ActionChange.why",
                "plans.ActionReview.written_by",
                "plans.ActionReview.seen",
                "plans.ActionReview.lessons",
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisation's actions, changes and reviews, without who owned or wrote them."),
        )
    )
