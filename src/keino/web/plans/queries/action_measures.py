"""The measures that an action may carry out, and those of a plan that wait to become actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keino.web.measurement.names import category_name, language
from keino.web.plans.action_choices import ActionState
from keino.web.plans.models import Action, OwnMeasure, ReductionPlan

if TYPE_CHECKING:
    from keino.web.organisations.models import Organisation
    from keino.web.plans.models import CategoryPlan

Choices = list[tuple[str, list[tuple[str, str]]]]


@cache
def _facts() -> Mapping[str, Mapping[str, str]]:
    from keino.facts.read import read

    return {row["code"]: row for row in read("measures").rows}


def measure_name(code: str, organisation: Organisation) -> str:
    """A measure's name in the reader's language; the code where nobody knows it any more."""
    row = _facts().get(code)
    if row:
        return row[f"name_{language()}"]
    own = OwnMeasure.objects.filter(organisation=organisation, code=code).first() if code else None
    return own.name if own else code


def measure_choices(organisation: Organisation) -> Choices:
    """All measures for a form: the organisation's own, then those of the facts by category."""
    own = [(each.code, each.name) for each in OwnMeasure.objects.filter(organisation=organisation, ended_at=None)]
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, row in _facts().items():
        groups.setdefault(category_name(row["category"]), []).append((code, row[f"name_{language()}"]))
    known = sorted(groups.items())
    return [(_("Your own measures"), own), *known] if own else known


# ---- measures of plans


@dataclass(frozen=True)
class Proposed:
    """A measure of a plan that could become an action. ``action``: the one that carries it out already."""

    title: str
    deadline: dt.date
    measure_code: str = ""
    category_code: str = ""
    investment_eur: float | None = None
    running_eur_per_year: float | None = None
    reduction_kgco2e: float | None = None
    note: str = ""
    action: Action | None = None


def chosen_plan_of(organisation: Organisation) -> ReductionPlan | None:
    """The plan to the target that the organisation follows."""
    return ReductionPlan.objects.filter(organisation=organisation, is_chosen=True).first()


def proposed_by(plan: ReductionPlan) -> list[Proposed]:
    """The measures of a computed plan, in the order in which they start; each is due by the end of its first year.

    What a measure takes away in a year is that of the plan's last year, beside the others.
    """
    result = plan.result or {}
    last: dict[str, tuple[int, float]] = {}
    for part in result.get("path", ()):
        last[part["measure"]] = max(last.get(part["measure"], (0, 0.0)), (part["year"], part["reduction_kgco2e"]))
    known = _actions_by(plan.organisation_id, "measure_code")
    return [
        Proposed(
            title=row.get(f"name_{language()}") or row["measure"],
            deadline=dt.date(row["start_year"], 12, 31),
            measure_code=row["measure"],
            category_code=row["category"],
            investment_eur=row["investment_eur"],
            running_eur_per_year=row["running_eur_per_year"],
            reduction_kgco2e=last.get(row["measure"], (0, None))[1],
            action=known.get(row["measure"]),
        )
        for row in result.get("chosen", ())
    ]


def proposed_by_category(plan: CategoryPlan, today: dt.date) -> list[Proposed]:
    """The measures of a category plan; each is due with its last goal, else by the end of the year."""
    days = sorted(goal["deadline"] for goal in plan.goals if goal.get("deadline"))
    due = dt.date.fromisoformat(days[-1]) if days else dt.date(today.year, 12, 31)
    codes, titles = _actions_by(plan.organisation_id, "measure_code"), _actions_by(plan.organisation_id, "title")
    found = []
    for row in plan.measures:
        code, text = row.get("code") or "", (row.get("text") or "").strip()[:200]
        title = text or measure_name(code, plan.organisation)
        if title:
            action = codes.get(code) if code else titles.get(title)
            note = (row.get("note") or "")[:4000]
            found.append(Proposed(title, max(due, today), code, plan.category, note=note, action=action))
    return found


def _actions_by(organisation: int, column: str) -> dict[str, Action]:
    """The organisation's actions that were not given up, by one of their columns."""
    kept = Action.objects.filter(organisation=organisation).exclude(state=ActionState.CANCELLED)
    return {getattr(action, column): action for action in kept.exclude(**{column: ""}).order_by("-pk")}
