"""Pages of operating models and category plans that list rows."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from keino.web.plans.models import CategoryPlan, CategoryPlanVersion, OperatingModel, OperatingRole
from keino.web.plans.services.category_plans import comment
from tests.factories.plan_documents import a_plan_draft
from tests.factories.web import someone_who_is
from tests.web.lists import Listed
from tests.web.plans.scene_documents import APPROVED, DRAFT

CATEGORIES = ("", "MOVE.ROAD", "ICT.HARDWARE", "BUILD.REPAIR")


def _model(scene: Any, _person: Any, number: int) -> None:
    approver = someone_who_is("approver", scene.organisation)
    OperatingModel.objects.create(
        organisation=scene.organisation,
        number=10 + number,
        state="superseded",
        language="en",
        approved_by=approver,
        approved_at=timezone.now(),
    )


def _deed(scene: Any, _person: Any, number: int) -> None:
    """Something that is done to the open version."""
    model = OperatingModel.objects.get(organisation=scene.organisation, number=2)
    model.purpose = f"Purpose {number}"
    model.save()


def _role(scene: Any, _person: Any, number: int) -> None:
    """A role of the version that is read; put past the guard, for the approved one takes none."""
    holder = someone_who_is("member", scene.organisation)
    role = OperatingRole(
        model=OperatingModel.objects.get(organisation=scene.organisation, number=1),
        kind="expert",
        post=f"Post {number}",
        holder=holder,
    )
    OperatingRole.objects.bulk_create([role])


def _plan(scene: Any, _person: Any, number: int) -> None:
    a_plan_draft(scene.organisation, CATEGORIES[number], by=someone_who_is("member", scene.organisation))


def _comment(scene: Any, _person: Any, number: int) -> None:
    plan = CategoryPlan.objects.get(organisation=scene.organisation, category=DRAFT)
    comment(plan, text=f"Comment {number}", key=uuid.uuid4(), by=someone_who_is("member", scene.organisation))


def _version(scene: Any, _person: Any, number: int) -> None:
    plan = CategoryPlan.objects.get(organisation=scene.organisation, category=APPROVED)
    first = plan.versions.get(number=1)
    CategoryPlanVersion.objects.create(
        plan=plan,
        number=1 + number,
        content=first.content,
        approved_by=someone_who_is("approver", scene.organisation),
    )


LISTS = [
    Listed("plans:operating_model", _role),
    Listed("plans:operating_model_versions", _model),
    Listed("plans:operating_model_version", _deed),
    Listed("plans:category_plans", _plan),
    Listed("plans:category_plan", _comment),
    Listed("plans:category_plan_history", _version),
]
