"""The demo's actions: written through the services, once however often the demo is filled."""

from __future__ import annotations

import pytest
from django.utils import timezone

from keino.web.operations.demo import actions
from keino.web.plans.models import Action, ActionChange, ActionReview
from keino.web.plans.queries.improvement import improvement
from tests.factories.web import a_person, a_role, an_organisation

pytestmark = pytest.mark.django_db


def test_demo_fills_both_towns_once() -> None:
    places = {slug: an_organisation(slug, slug=slug) for slug in ("ostoniemi", "inkopsvik")}
    for place in places.values():
        for kind in ("responsible_person", "approver"):
            a_role(a_person(), kind, place)
    actions.fill(places)
    counts = [model.objects.count() for model in (Action, ActionChange, ActionReview)]
    actions.fill(places)
    assert [model.objects.count() for model in (Action, ActionChange, ActionReview)] == counts
    today = timezone.localdate()
    town = Action.objects.filter(organisation=places["ostoniemi"])
    assert (town.count(), Action.objects.filter(organisation=places["inkopsvik"]).count()) == (10, 3)
    assert town.overdue(today).count() == 2
    assert town.without_decision().exists()
    assert {change.what for change in improvement(places["ostoniemi"], today.year, today).changes} >= {
        "deadline",
        "target",
    }
