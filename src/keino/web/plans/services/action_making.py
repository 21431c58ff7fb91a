"""Actions made of a plan's measures. What has an action already gets no second one, so doing it twice is harmless."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.plans.action_errors import NoChosenPlan
from keino.web.plans.models import Action, CategoryPlan, ReductionPlan
from keino.web.plans.queries.action_measures import Proposed, proposed_by, proposed_by_category

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

_CENT = Decimal("0.01")


def make_actions_of_chosen_plan(*, organisation: Organisation, by: Person) -> list[Action]:
    """Make an action of each measure of the chosen plan that has none. Raises NoChosenPlan.

    They have no owner yet: people give them one.
    """
    with transaction.atomic(), acting(by, act="actions_made"):
        plan = ReductionPlan.objects.select_for_update().filter(organisation=organisation, is_chosen=True).first()
        if plan is None:
            raise NoChosenPlan
        return _make(organisation, proposed_by(plan), by, plan=plan)


def make_actions_of_category_plan(*, plan: CategoryPlan, by: Person) -> list[Action]:
    """Make an action of each measure of a category plan that has none; its owner is the plan's."""
    with transaction.atomic(), acting(by, act="actions_made"):
        kept = CategoryPlan.objects.select_for_update().get(pk=plan.pk)
        rows = proposed_by_category(kept, timezone.localdate())
        return _make(kept.organisation, rows, by, category_plan=kept)


def _make(
    organisation: Organisation, rows: Sequence[Proposed], by: Person, *,
    plan: ReductionPlan | None = None, category_plan: CategoryPlan | None = None,
) -> list[Action]:  # fmt: skip
    made = []
    for row in rows:
        if row.action is not None:
            continue
        values = asdict(row) | {
            "investment_eur": _money(row.investment_eur),
            "running_eur_per_year": _money(row.running_eur_per_year),
            "description": row.note,
        }
        made.append(
            Action.objects.create(
                organisation=organisation,
                reduction_plan=plan,
                category_plan=category_plan,
                owner=category_plan.owner if category_plan else None,
                created_by=by,
                **{name: value for name, value in values.items() if name not in {"note", "action"}},
            )
        )
    return made


def _money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount)).quantize(_CENT)
