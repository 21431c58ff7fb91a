"""What targets, own measures and plans to the target tell the site when it starts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import Model

    from keino.web.base.models import Person
    from keino.web.base.owned import Owned


def register() -> None:
    """Make their trail, background work, owners and personal data known; called once when the app is ready."""
    from django.utils.translation import gettext_lazy as _

    from keino.web.base.audit import audited
    from keino.web.base.owned import owners_known_by
    from keino.web.base.personal_data import Register, registered
    from keino.web.plans.models import ClimateTarget, OwnMeasure, ReductionPlan
    from keino.web.plans.tasks import reduction  # noqa: F401  # registers its work

    audited(ClimateTarget, OwnMeasure)
    audited(ReductionPlan, leave_out=("wishes", "result", "progress"))
    owners_known_by(_owned)
    registered(
        Register(
            key="reduction_plans",
            title=_("Targets and plans to them"),
            purpose=_(
                "To plan how a buyer reaches its own climate target. Who set a target, wrote a measure, made a plan "
                "and chose it is kept so that the plan can be answered for."
            ),
            legal_ground=_("The buyer's task in the public interest; the site handles the plans on its behalf."),
            kept_for=_("As long as the organisation keeps its plans."),
            columns=(
                "plans.ClimateTarget.created_by",
                "plans.ClimateTarget.decided_by_text",
                "plans.OwnMeasure.made_by",
                "plans.ReductionPlan.owner",
                "plans.ReductionPlan.chosen_by",
            ),
            export=_export,
            erase=_erase,
            stays=_("The organisation's targets, measures and plans, without who made them."),
        )
    )


def _owned(person: Person, organisation: Model) -> Iterable[Owned]:
    from django.urls import reverse
    from django.utils.translation import gettext as _

    from keino.web.base.owned import Owned
    from keino.web.plans.models import ReductionPlan

    for plan in ReductionPlan.objects.filter(owner=person, organisation=organisation.pk).select_related("organisation"):
        yield Owned(
            key=f"reduction_plan:{plan.public_id}",
            kind=_("Plan to the target"),
            title=plan.title,
            url=reverse("plans:reduction_plan", args=[plan.organisation.slug, plan.public_id]),
            give_to=_giver(plan.pk),
            seen_with="plans.see",
        )


def _giver(key: int) -> Any:
    def give_to(person: Person) -> None:
        from django.db import transaction

        from keino.web.plans.models import ReductionPlan

        with transaction.atomic():
            plan = ReductionPlan.objects.select_for_update().get(pk=key)
            plan.owner = person
            plan.save(update_fields=["owner"])

    return give_to


def _export(person: Person) -> Any:
    from django.db.models import Q

    from keino.web.plans.models import ClimateTarget, OwnMeasure, ReductionPlan

    plans = ReductionPlan.objects.filter(Q(owner=person) | Q(chosen_by=person)).select_related("organisation")
    return {
        "targets_set": [
            {"organisation": str(each.organisation), "target": str(each), "set_at": each.created_at.isoformat()}
            for each in ClimateTarget.objects.filter(created_by=person).select_related("organisation").order_by("pk")
        ],
        "own_measures": [
            {"organisation": str(each.organisation), "name": each.name, "added_at": each.created_at.isoformat()}
            for each in OwnMeasure.objects.filter(made_by=person).select_related("organisation").order_by("pk")
        ],
        "plans": [
            {
                "organisation": str(each.organisation),
                "title": each.title,
                "made": each.owner_id == person.pk,
                "chosen_at": each.chosen_at.isoformat() if each.chosen_at and each.chosen_by_id == person.pk else None,
            }
            for each in plans.order_by("pk")
        ],
    }


def _erase(person: Person) -> None:
    """Targets, measures and plans stay, as the organisation's; who made them doesn't."""
    from keino.web.plans.models import ClimateTarget, OwnMeasure, ReductionPlan

    ClimateTarget.objects.filter(created_by=person).update(created_by=None)
    OwnMeasure.objects.filter(made_by=person).update(made_by=None)
    ReductionPlan.objects.filter(owner=person).update(owner=None)
    ReductionPlan.objects.filter(chosen_by=person).update(chosen_by=None)
