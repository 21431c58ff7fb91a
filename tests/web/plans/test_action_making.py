"""Actions made of a plan's measures: a look first, then one button, harmless when pressed twice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from keino.web.plans.models import Action, CategoryPlan
from tests.factories.actions import an_action
from tests.factories.plan_documents import a_plan_draft
from tests.factories.web import a_finished_run, a_person, an_organisation
from tests.web.plans.scene_actions import a_chosen_plan
from tests.web.plans.test_actions import as_a, at, text_of

pytestmark = pytest.mark.django_db


def test_measures_of_the_chosen_plan_become_actions_once() -> None:
    town = an_organisation()
    plan = a_chosen_plan(a_finished_run(town))
    client, address = as_a("member", town), at("actions_of_plan", town)
    assert "1 measure becomes an action" in text_of(client.get(address))
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    action = Action.objects.get()
    assert (action.measure_code, action.category_code, action.deadline) == (
        "oil_to_pellets", "HEAT.OIL", dt.date(2027, 12, 31),
    )  # fmt: skip
    assert (action.investment_eur, action.running_eur_per_year) == (Decimal(120000), Decimal("-4000.50"))
    assert action.reduction_kgco2e == 35000.0  # of the plan's last year, not the sum over years
    assert (action.reduction_plan, action.owner, action.budget_step) == (plan, None, "")
    assert "Every measure has its action already." in text_of(client.get(address))


def test_a_measure_that_has_an_action_gets_no_second_one_unless_it_was_given_up() -> None:
    town = an_organisation()
    a_chosen_plan(a_finished_run(town))
    client, address = as_a("member", town), at("actions_of_plan", town)
    kept = an_action(town, measure_code="oil_to_pellets")
    client.post(address)
    assert Action.objects.count() == 1
    Action.objects.filter(pk=kept.pk).update(state="cancelled", cancelled_on=dt.date(2026, 1, 1))
    client.post(address)
    assert Action.objects.count() == 2


def test_without_a_chosen_plan_nothing_is_made_and_the_page_says_what_to_do() -> None:
    town = an_organisation()
    client, address = as_a("member", town), at("actions_of_plan", town)
    assert "Choose a computed plan first" in text_of(client.get(address))
    answer = client.post(address, follow=True)
    assert "no measures to make actions of" in text_of(answer)
    assert not Action.objects.exists()


def test_a_category_plans_measures_become_actions_of_its_owner() -> None:
    town, owner = an_organisation(), a_person()
    plan = CategoryPlan.objects.create(
        organisation=town, category="FOOD.MEAT", language="en", owner=owner,
        goals=[{"indicator": "Plant share", "deadline": "2028-06-30"}],
        measures=[{"code": "", "text": "Two plant days a week", "note": "Schools first."}, {"code": "", "text": " "}],
    )  # fmt: skip
    client, address = as_a("member", town), at("actions_of_category_plan", town, plan=plan.public_id)
    assert "Two plant days a week" in text_of(client.get(address))
    assert [client.post(address).status_code for _ in range(2)] == [302, 302]
    action = Action.objects.get()
    assert (action.title, action.owner, action.deadline, action.category_code, action.description) == (
        "Two plant days a week", owner, dt.date(2028, 6, 30), "FOOD.MEAT", "Schools first.",
    )  # fmt: skip
    assert action.category_plan == plan
    assert client.get(at("actions_of_category_plan", an_organisation(), plan=plan.public_id)).status_code == 403


def test_the_page_of_a_category_plan_leads_those_who_work_to_its_actions() -> None:
    town = an_organisation()
    plan = a_plan_draft(town, measures=[{"code": "", "text": "Two plant days a week", "note": ""}])
    making = at("actions_of_category_plan", town, plan=plan.public_id)
    reading = at("category_plan", town, category=plan.category)
    assert f'href="{making}"' in as_a("member", town).get(reading).content.decode()
    assert making not in as_a("approver", town).get(reading).content.decode()
