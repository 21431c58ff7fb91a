"""Targets, own measures and plans to the target for the site's tests."""

from __future__ import annotations

from typing import Any

from keino.web.base.jobs import execute
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.plans.models import ClimateTarget, OwnMeasure, ReductionPlan
from keino.web.plans.services.own_measures import add_own_measure
from keino.web.plans.services.reduction_plans import ask_plan, begin_plan, choose_plan
from keino.web.plans.services.targets import add_target
from keino.web.plans.tasks.reduction import start
from tests.factories.web import a_finished_run

#: District heat of the hand-made result: 1 498 000 € × 0.689 kg/€.
HEAT_KG = 1_498_000 * 0.689


def a_target(organisation: Organisation, **fields: Any) -> ClimateTarget:
    """Ten per cent less by 2030 than in 2023."""
    fields = {"baseline_year": 2023, "target_year": 2030, "reduction_share": 0.1} | fields
    return add_target(organisation=organisation, by=fields.pop("by", None), **fields)


def an_own_measure(organisation: Organisation, name: str = "Halve the heat", **fields: Any) -> OwnMeasure:
    """Halves district heat for 100 000 € at once and nothing a year."""
    known = {
        "name": name,
        "category": "HEAT.DISTRICT",
        "effect_low": 0.4,
        "effect_mid": 0.5,
        "effect_high": 0.6,
        "investment_eur": 100_000,
        "running_eur_per_year": 0,
        "lifetime_years": 30,
    }
    return add_own_measure(organisation=organisation, by=fields.pop("by", None), **(known | fields))


def some_wishes(share: float = 0.05, **budgets: Any) -> dict[str, Any]:
    """A target of 2030 from 2023, the years 2027 to 2030."""
    return {
        "plan": {
            "baseline_year": 2023,
            "first_year": 2027,
            "last_year": 2030,
            "objective": "least_cost",
            "leave_out": [],
        },
        "targets": [{"year": 2030, "reduction_share": share}],
        "budgets": budgets,
        "measures": {},
    }


def a_draft(
    organisation: Organisation,
    *,
    title: str = "A draft",
    wishes: dict[str, Any] | None = None,
    by: Person | None = None,
) -> ReductionPlan:
    """A draft from the current footprint; one is made where there is none."""
    if not organisation.runs.filter(state="done").exists():
        a_finished_run(organisation)
    return begin_plan(organisation=organisation, title=title, by=by, wishes=wishes or some_wishes())


def a_computed_plan(
    organisation: Organisation, *, title: str = "A plan", wishes: dict[str, Any] | None = None, chosen: bool = False
) -> ReductionPlan:
    """A plan that is computed at once; with one own measure where the organisation has none."""
    if not organisation.own_measures.exists():
        an_own_measure(organisation)
    plan = a_draft(organisation, title=title, wishes=wishes)
    execute(start(ask_plan(plan=plan, by=None), by=None).pk)
    plan.refresh_from_db()
    if chosen:
        choose_plan(plan=plan, by=None)
        plan.refresh_from_db()
    return plan
