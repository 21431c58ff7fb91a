"""Category plans to read: what is written in them, what they lack, which categories have none."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet

from keino.domain.plans.category_gate import Goal, PlanFacts, lacks
from keino.web.plans.measure_names import measure_name
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion, PlanComment, PlannedTender

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation

#: Columns that a version keeps as they are.
KEPT = (
    "language", "scope", "market_view", "goals", "criteria", "risks", "indicators", "budget_link", "no_budget_effect",
)  # fmt: skip


def plans_of(organisation: Organisation) -> QuerySet[CategoryPlan]:
    """An organisation's plans with their owners and versions, in order of the category's code."""
    versions = CategoryPlanVersion.objects.select_related("approved_by", "owner", "reviewed_by").defer("content")
    tenders = PlannedTender.objects.select_related("procurement")
    found = CategoryPlan.objects.filter(organisation=organisation).select_related(
        "owner", "organisation", "reviewed_by", "created_by"
    )
    return found.prefetch_related(Prefetch("versions", versions), Prefetch("tenders", tenders)).order_by("category")


def comments_of(plan: CategoryPlan) -> QuerySet[PlanComment]:
    """What people said of the plan, the newest first."""
    return PlanComment.objects.filter(plan=plan).select_related("author").order_by("-written_at", "-pk")


def content_of(plan: CategoryPlan) -> dict[str, Any]:
    """What is written in a plan, as JSON values: what a version keeps."""
    content = {name: getattr(plan, name) for name in KEPT}
    measures = [row | {"name": measure_name(row["code"]) if row["code"] else row["text"]} for row in plan.measures]
    return content | {"measures": measures, "tenders": [_tender(tender) for tender in plan.tenders.all()]}


def _tender(tender: PlannedTender) -> dict[str, Any]:
    return {
        "title": tender.title,
        "year": tender.year,
        "quarter": tender.quarter,
        "day": tender.day.isoformat() if tender.day else "",
        "procurement": str(tender.procurement.public_id) if tender.procurement else "",
        "procurement_title": str(tender.procurement) if tender.procurement else "",
    }


def plan_lacks(plan: CategoryPlan, today: dt.date) -> tuple[str, ...]:
    """What keeps a plan from being approved, as codes of ``category_gate.LACKS``."""
    facts = PlanFacts(
        has_owner=plan.owner_id is not None,
        goals=tuple(_goal(row) for row in plan.goals),
        tenderings=plan.tenders.count(),
        budget_link=plan.budget_link,
        has_no_budget_effect=plan.no_budget_effect,
    )
    return lacks(facts, today=today)


def _goal(row: dict[str, str]) -> Goal:
    return Goal(
        indicator=row["indicator"],
        baseline=Decimal(row["baseline"]) if row["baseline"] else None,
        target=Decimal(row["target"]) if row["target"] else None,
        unit=row["unit"],
        deadline=dt.date.fromisoformat(row["deadline"]) if row["deadline"] else None,
    )


def published_version(organisation: Organisation, category: str) -> CategoryPlanVersion | None:
    """The newest version of a category's plan that the organisation shows to everyone."""
    shown = CategoryPlanVersion.objects.filter(plan__organisation=organisation, plan__category=category)
    found = shown.exclude(published_at=None).select_related("plan__organisation", "owner")
    return found.order_by("-number").first()


def public_categories(organisation: Organisation) -> list[str]:
    """Categories whose plan the organisation shows to everyone; none where it isn't public."""
    shown = CategoryPlan.objects.filter(organisation=organisation, organisation__is_public=True)
    found = shown.filter(versions__published_at__isnull=False)
    return list(found.order_by("category").values_list("category", flat=True).distinct())
