"""The demo's operating model and category plans: made once, however often the demo is filled."""

from __future__ import annotations

import pytest

from keino.web.operations.demo import documents
from keino.web.plans.models import CategoryPlan, CategoryPlanVersion, OperatingModel, OperatingRole, PlanComment
from tests.factories.web import a_finished_run, a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_filling_twice_changes_nothing() -> None:
    places = {slug: an_organisation(slug, slug=slug) for slug in ("ostoniemi", "inkopsvik")}
    for town in places.values():
        a_finished_run(town)
        for kind in ("responsible_person", "member", "approver"):
            someone_who_is(kind, town)
    a_person("Expert", email="asiantuntija@keino.example")
    documents.fill(places)
    tables = (OperatingModel, OperatingRole, CategoryPlan, CategoryPlanVersion, PlanComment)
    made = [list(table.objects.order_by("pk").values()) for table in tables]
    states = {(plan.organisation.slug, plan.category): plan.state for plan in CategoryPlan.objects.all()}
    assert states == {
        ("ostoniemi", "MOVE.ROAD"): "in_force",
        ("ostoniemi", "HEAT.DISTRICT"): "approved",
        ("ostoniemi", "FOOD.CATERING"): "reviewed",
        ("ostoniemi", "ELEC.POWER"): "draft",
        ("inkopsvik", "FOOD.CATERING"): "in_force",
    }
    assert [(model.number, model.state) for model in OperatingModel.objects.order_by("number")] == [
        (1, "approved"),
        (2, "draft"),
    ]
    documents.fill(places)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == made
