"""What a chosen plan means to take away, and what became of it: actions, and evidence of contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from keino.domain.plans.measured_path import PlannedReduction
from keino.web.plans.action_choices import ActionState
from keino.web.plans.models import Action, ClimateTarget, ReductionPlan
from keino.web.procurements.models import TermControl

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation


def chosen_plan(organisation: Organisation) -> ReductionPlan | None:
    """The plan to the target that the organisation follows; None before it chose one."""
    return ReductionPlan.objects.filter(organisation=organisation, is_chosen=True).first()


def plan_called(organisation: Organisation, public_id: str) -> ReductionPlan | None:
    """A plan by its public id, also one that is no longer chosen."""
    return ReductionPlan.objects.filter(organisation=organisation, public_id=public_id).first() if public_id else None


def target_for(organisation: Organisation, year: int) -> ClimateTarget | None:
    """The next target that a year is on the way to; after the last one, the last."""
    targets = list(ClimateTarget.objects.filter(organisation=organisation).order_by("target_year", "pk"))
    coming = (target for target in targets if target.target_year >= year)
    return next(coming, targets[-1] if targets else None)


def planned_reductions(plan: ReductionPlan | None, year_from: int, year_to: int) -> tuple[PlannedReduction, ...]:
    """What each measure of a plan should have taken off between two years: how much its reduction grew."""
    parts: dict[tuple[str, str], float] = {}
    for part in _path(plan):
        if part["year"] in {year_from, year_to}:
            key = part["measure"], part["category"]
            sign = 1 if part["year"] == year_to else -1
            parts[key] = parts.get(key, 0.0) + sign * part["reduction_kgco2e"]
    return tuple(
        PlannedReduction(measure, category, reduction)
        for (measure, category), reduction in sorted(parts.items())
        if reduction > 0
    )


def planned_in(plan: ReductionPlan | None, year: int) -> float | None:
    """What the whole plan takes away in a year; None where it has nothing to say of it."""
    found = [part["reduction_kgco2e"] for part in _path(plan) if part["year"] == year]
    return sum(found) if found else None


def planned_footprints(plan: ReductionPlan | None) -> dict[int, float]:
    """What the plan leaves of its baseline, year by year."""
    rows: Iterable[Mapping[str, Any]] = (plan.result or {}).get("years") or () if plan else ()
    return {row["year"]: row["footprint_kgco2e"] for row in rows if row.get("footprint_kgco2e") is not None}


def measure_name(plan: ReductionPlan | None, code: str, language: str) -> str:
    """What a measure is called; its code where the plan has no name for it."""
    names = ((plan.result or {}).get("names") or {}).get(code, {}) if plan else {}
    return str(names.get(f"name_{language}") or code)


def _path(plan: ReductionPlan | None) -> Iterable[Mapping[str, Any]]:
    return (plan.result or {}).get("path") or () if plan else ()


def actions_by_measure(organisation: Organisation, codes: Iterable[str]) -> dict[str, list[Action]]:
    """The actions that carry out measures, by the measures' codes."""
    found: dict[str, list[Action]] = {}
    actions = Action.objects.filter(organisation=organisation, measure_code__in=[code for code in codes if code])
    for action in actions.exclude(state=ActionState.CANCELLED).order_by("deadline", "pk"):
        found.setdefault(action.measure_code, []).append(action)
    return found


def actions_done(organisation: Organisation, years: tuple[int, int]) -> list[Action]:
    """What was done after the first year and up to the end of the second, newest first; at most twenty."""
    done = Action.objects.filter(
        organisation=organisation,
        state=ActionState.DONE,
        done_on__gt=dt.date(years[0], 12, 31),
        done_on__lte=dt.date(years[1], 12, 31),
    )
    return list(done.order_by("-done_on", "-pk")[:20])


@dataclass(frozen=True)
class Evidence:
    """Controls of contracts in a category that were due in a year, and how many have evidence on record."""

    category: str
    controls: int
    recorded: int


def contract_evidence(organisation: Organisation, year: int) -> list[Evidence]:
    """Evidence of contracts by category, for the controls of one year; most controls first."""
    rows = (
        TermControl.objects.filter(term__contract__organisation=organisation, due_on__year=year)
        .order_by()
        .values("term__contract__category")
        .annotate(controls=Count("pk"), recorded=Count("pk", filter=~Q(evidence="")))
    )
    found = [Evidence(row["term__contract__category"], row["controls"], row["recorded"]) for row in rows]
    return sorted(found, key=lambda each: (-each.controls, each.category))
