"""Pages of actions that list rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from keino.web.plans.models import ActionChange, CategoryPlan
from tests.factories.actions import a_calendar_token, a_review, an_action
from tests.factories.web import a_person, a_role, an_organisation
from tests.web.lists import Listed


def _action(scene: Any, _person: Any, number: int) -> None:
    an_action(
        scene.organisation,
        title=f"Listed {number}",
        owner=a_person(f"Owner {number}"),
        category_code="HEAT.OIL",
        deadline=timezone.localdate() + dt.timedelta(days=number % 3),
        budget_year=2030 + number,
        budget_step="approval",
        investment_eur=Decimal(number),
    )


def _history(scene: Any, _person: Any, number: int) -> None:
    ActionChange.objects.create(
        action=scene.action, what="deadline", was="2026-01-01", now="2026-02-01", why=f"Because {number}",
        changed_by=a_person(),
    )  # fmt: skip
    a_review(scene.organisation, action=scene.action, written_by=a_person(), lessons=f"Lesson {number}")


def _year(scene: Any, person: Any, number: int) -> None:
    _history(scene, person, number)
    today = timezone.localdate()
    an_action(scene.organisation, owner=a_person(), deadline=today - dt.timedelta(days=number))
    an_action(scene.organisation, owner=a_person(), state="done", done_on=today, evidence="Seen.")
    a_review(scene.organisation, written_by=a_person())


def _measure(scene: Any, _person: Any, number: int) -> None:
    plan = CategoryPlan.objects.get(pk=scene.plan_for_actions.pk)
    plan.measures = [*plan.measures, {"code": "", "text": f"Measure {number}", "note": ""}]
    plan.save()


def _chosen_measure(scene: Any, _person: Any, number: int) -> None:
    plan = scene.reduction_plan_of_actions
    row = plan.result["chosen"][0] | {"measure": f"measure_{number}"}
    plan.result = plan.result | {"chosen": [*plan.result["chosen"], row]}
    type(plan).objects.filter(pk=plan.pk).update(result=plan.result)


def _place(_scene: Any, person: Any, number: int) -> None:
    a_role(person, "member", an_organisation(f"Place {number}"))
    person.__dict__.pop("_roles_today", None)
    a_calendar_token(person)


LISTS = [
    Listed("plans:actions", _action),
    Listed("plans:actions_board", _action),
    Listed("plans:actions_month", _action),
    Listed("plans:action_budget", _action),
    Listed("plans:actions_undecided", _action),
    Listed("plans:action", _history),
    Listed("plans:improvement", _year),
    Listed("plans:actions_of_plan", _chosen_measure),
    Listed("plans:actions_of_category_plan", _measure),
    Listed("plans:my_calendar", _place),
]
