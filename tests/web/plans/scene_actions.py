"""What actions add to the scene."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from keino.web.base.models import Job
from keino.web.plans.models import ActionChange, CategoryPlan, ReductionPlan
from keino.web.plans.services.improvement_files import stored_name
from tests.factories.actions import a_calendar_token, a_review, an_action

SECRET = "Confidential action 7321"

#: A computed plan as far as actions read it (docs/how-to/plan.md).
RESULT: dict[str, Any] = {
    "version": 1,
    "chosen": [
        {
            "measure": "oil_to_pellets", "name_fi": "Pelletti", "name_sv": "Pellets", "name_en": "Pellets",
            "category": "HEAT.OIL", "start_year": 2027, "investment_eur": 120000.0, "running_eur_per_year": -4000.5,
            "reduction_kgco2e": 90000.0,
        }
    ],
    "path": [
        {"measure": "oil_to_pellets", "category": "HEAT.OIL", "year": 2027, "reduction_kgco2e": 20000.0},
        {"measure": "oil_to_pellets", "category": "HEAT.OIL", "year": 2030, "reduction_kgco2e": 35000.0},
    ],
}  # fmt: skip


def a_chosen_plan(run: Any, **fields: Any) -> ReductionPlan:
    fields = {"title": "Plan A", "state": "done", "result": RESULT, "is_chosen": True} | fields
    return ReductionPlan.objects.create(organisation=run.organisation, run=run, **fields)


def add(scene: SimpleNamespace) -> None:
    """An action with everything, reviews, a chosen plan, a category plan, a PDF, a calendar's secret."""
    today = timezone.localdate()
    member = scene.people["own_member"]
    scene.action = an_action(
        scene.organisation, title=SECRET, description=f"{SECRET} more", owner=member, created_by=member,
        deadline=today + dt.timedelta(days=2), budget_year=today.year + 1, budget_step="proposal",
        investment_eur=Decimal(1000), indicator="Vans", indicator_unit="pcs", indicator_baseline=Decimal(0),
        indicator_target=Decimal(4), evidence=f"{SECRET} seen", category_code="HEAT.OIL",
    )  # fmt: skip
    ActionChange.objects.create(
        action=scene.action, what="target", was="3", now="4", was_unit="pcs", now_unit="pcs",
        why=f"{SECRET} why", changed_by=member,
    )  # fmt: skip
    a_review(
        scene.organisation, action=scene.action, seen=f"{SECRET} review", lessons=f"{SECRET} lesson", written_by=member
    )
    chosen = ReductionPlan.objects.filter(organisation=scene.organisation, is_chosen=True).first()
    scene.reduction_plan_of_actions = chosen or a_chosen_plan(scene.run)
    scene.plan_for_actions = CategoryPlan.objects.filter(organisation=scene.organisation).first() or (
        CategoryPlan.objects.create(organisation=scene.organisation, category="HEAT.OIL", language="en")
    )
    scene.improvement_job = Job.objects.create(
        kind="plans.improvement_pdf", state="done",
        subject=f"improvement:{scene.organisation.public_id}:{today.year}:en",
        arguments={"organisation": str(scene.organisation.public_id), "year": today.year, "language": "en"},
    )  # fmt: skip
    default_storage.save(stored_name(str(scene.improvement_job.public_id)), ContentFile(b"%PDF-1.7"))
    scene.calendar_token = a_calendar_token(scene.people["roleless"])
    scene.secrets.append(SECRET)
