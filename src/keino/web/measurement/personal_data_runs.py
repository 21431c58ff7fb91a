"""What calculations hold of people: who asked for them, who made rules, and private persons among suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keino.web.base.personal_data import Register, registered
from keino.web.measurement.models import CategoryRule, Run

if TYPE_CHECKING:
    from keino.web.base.models import Person


def _export(person: Person) -> Any:
    rules = CategoryRule.objects.filter(Q(made_by=person) | Q(ended_by=person)).select_related("organisation")
    return {
        "calculations": [
            {
                "organisation": str(run.organisation),
                "asked_at": run.created_at.isoformat(),
                "reason": run.reason,
                "state": run.state,
            }
            for run in Run.objects.filter(asked_by=person)
            .defer("result", "manifest")
            .select_related("organisation")
            .order_by("pk")
        ],
        "rules": [
            {
                "organisation": str(rule.organisation),
                "made_at": rule.made_at.isoformat() if rule.made_by_id == person.pk else None,
                "ended_at": rule.ended_at.isoformat() if rule.ended_at and rule.ended_by_id == person.pk else None,
                "note": rule.note,
            }
            for rule in rules.order_by("pk")
        ],
    }


def _erase(person: Person) -> None:
    """Results and rules stay, as the organisation's; who asked for them doesn't."""
    Run.objects.filter(asked_by=person).update(asked_by=None)
    CategoryRule.objects.filter(made_by=person).update(made_by=None)
    CategoryRule.objects.filter(ended_by=person).update(ended_by=None)


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="calculations",
            title=_("Calculations, their lines, and rules for categories"),
            purpose=_(
                "To show what a footprint was calculated from and who asked for it, and to keep corrections of "
                "categories. Stored lines and rules may name private persons as suppliers (sole traders, foster "
                "families); keino shows them to the buyer's own people and its mentors only and never publishes them."
            ),
            legal_ground=_(
                "Task carried out in the public interest (GDPR, article 6(1)(e)); bookkeeping of the buyer."
            ),
            kept_for=_(
                "As long as the organisation keeps its results, since a published number must stay checkable; those of "
                "a visit without an account until the visit ends."
            ),
            columns=(
                "measurement.Run.asked_by",
                "measurement.Run.reason",
                "measurement.CategoryRule.made_by",
                "measurement.CategoryRule.ended_by",
                "measurement.CategoryRule.conditions",
                "measurement.CategoryRule.note",
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisation's results and rules, without who asked for or made them."),
        )
    )
