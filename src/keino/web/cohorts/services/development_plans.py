"""Writing the development plan; every version is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.edited import locked
from keino.web.base.errors import Conflict
from keino.web.cohorts.choices.deliverables import DeliverableKind
from keino.web.cohorts.models import DevelopmentPlan, DevelopmentPlanVersion, Participation
from keino.web.cohorts.queries.documents import development_content
from keino.web.organisations.queries.people import on_behalf_of

if TYPE_CHECKING:
    from keino.web.base.models import Person


@transaction.atomic
def write_development_plan(
    participation: Participation, values: Mapping[str, Any], *, by: Person, seen: int
) -> DevelopmentPlan:
    """Save the plan as a new version; the first one begins it. It is written on after the programme, too.

    Raises Conflict where somebody saved another version since ``seen``. The same text makes no new version.
    """
    locked(participation)
    plan, _is_new = DevelopmentPlan.objects.select_for_update().get_or_create(participation=participation)
    before = development_content(plan)
    if plan.version and {**before, **values} == before:
        return plan
    if plan.version != seen:
        raise Conflict
    for name, value in values.items():
        setattr(plan, name, value)
    plan.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, participation.organisation), act="development_plan_written"):
        plan.save()
        DevelopmentPlanVersion.objects.create(
            plan=plan, number=plan.version, content=development_content(plan), saved_by=by
        )
        participation.deliverables.filter(kind=DeliverableKind.DEVELOPMENT_PLAN, development_plan=None).update(
            development_plan=plan
        )
    return plan
