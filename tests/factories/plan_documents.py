"""Operating models and category plans for the site's tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion, ClimateTarget, OperatingModel, PlannedTender
from keino.web.plans.services.category_approval import approve_plan
from keino.web.plans.services.category_plans import begin_plan, change_plan, review_plan
from keino.web.plans.services.operating_models import approve_model, begin_model, change_model, send_model
from tests.factories.web import a_person

CATEGORY = "FOOD.CATERING"


def a_climate_target(organisation: Organisation, **fields: Any) -> ClimateTarget:
    fields = {
        "baseline_year": 2022,
        "target_year": 2030,
        "reduction_share": 0.6,
        "decided_by_text": "Example council",
        "decided_on": dt.date(2023, 3, 6),
    } | fields
    return ClimateTarget.objects.create(organisation=organisation, **fields)


def a_model_draft(organisation: Organisation, *, by: Person | None = None, **values: Any) -> OperatingModel:
    """A draft from the template, linked to a climate target of the organisation's own."""
    by = by or a_person()
    model = begin_model(organisation=organisation, language="en", by=by)
    target = organisation.climate_targets.first() or a_climate_target(organisation)
    change_model(model, values={"climate_target": target, **values}, by=by, seen=model.version)
    return model


def a_model_in_review(organisation: Organisation, *, by: Person | None = None, **values: Any) -> OperatingModel:
    by = by or a_person()
    model = a_model_draft(organisation, by=by, **values)
    send_model(model, by=by)
    return model


def an_approved_model(organisation: Organisation, *, by: Person | None = None, **values: Any) -> OperatingModel:
    model = a_model_in_review(organisation, **values)
    approve_model(model, by=by or a_person(), seen=model.version)
    return model


def a_goal(**fields: Any) -> dict[str, str]:
    whole = {
        "indicator": "Emissions of meals",
        "baseline": "735",
        "target": "500",
        "unit": "t CO2e a year",
        "deadline": (timezone.localdate() + dt.timedelta(days=700)).isoformat(),
    }
    return whole | fields


def a_plan_draft(
    organisation: Organisation, category: str = CATEGORY, *, by: Person | None = None, **values: Any
) -> CategoryPlan:
    """A plan that has just been begun, with what ``values`` say."""
    plan = begin_plan(organisation=organisation, category=category, language="en", by=by or a_person())
    if values:
        change_plan(plan, values=values, by=by or a_person(), seen=plan.version)
    return plan


def a_whole_plan(
    organisation: Organisation, category: str = CATEGORY, *, by: Person | None = None, **values: Any
) -> CategoryPlan:
    """A draft that lacks nothing."""
    by = by or a_person()
    plan = a_plan_draft(organisation, category, by=by)
    tenders = [{"title": "School meals 2027", "year": 2027, "quarter": 2}]
    values = {"owner": by, "goals": [a_goal()], "no_budget_effect": True, **values}
    change_plan(plan, values=values, tenders=tenders, by=by, seen=plan.version)
    return plan


def a_reviewed_plan(
    organisation: Organisation, category: str = CATEGORY, *, by: Person | None = None, **values: Any
) -> CategoryPlan:
    plan = a_whole_plan(organisation, category, by=by, **values)
    review_plan(plan, by=by or a_person())
    return plan


def an_approved_plan(
    organisation: Organisation, category: str = CATEGORY, *, by: Person | None = None, **values: Any
) -> CategoryPlan:
    plan = a_reviewed_plan(organisation, category, **values)
    approve_plan(plan, by=by or a_person(), seen=plan.version)
    return plan


def version_of(plan: CategoryPlan) -> CategoryPlanVersion:
    found: CategoryPlanVersion = plan.versions.get()
    return found


def a_tender(plan: CategoryPlan, **fields: Any) -> PlannedTender:
    return PlannedTender.objects.create(plan=plan, **({"title": "Tendering", "year": 2027, "quarter": 3} | fields))
