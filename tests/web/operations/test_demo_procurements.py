"""The demo's procurements: made by the services, the same after a second filling."""

from __future__ import annotations

import pytest

from keino.web.operations.demo.procurement_cases import CASES
from keino.web.operations.demo.procurements import fill
from keino.web.procurements.models import AwardDecision, Lesson, Procurement
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_procurement_pages import as_a, page

pytestmark = pytest.mark.django_db


def test_every_case_comes_as_far_as_it_says_and_filling_twice_changes_nothing() -> None:
    places = {slug: an_organisation(slug=slug) for slug in CASES}
    for organisation in places.values():
        for kind in ("responsible_person", "member", "approver"):
            someone_who_is(kind, organisation)
    for _ in range(2):
        fill(places)
    for slug, cases in CASES.items():
        made = dict(Procurement.objects.filter(organisation=places[slug]).values_list("title", "state"))
        assert made == {case.title: case.state for case in cases}
    decided = [case for cases in CASES.values() for case in cases if case.award]
    assert AwardDecision.objects.count() == len(decided)
    assert Lesson.objects.count() == len([case for case in decided if case.learnt])
    client = as_a("member", places["ostoniemi"])
    for procurement in Procurement.objects.filter(organisation=places["ostoniemi"]):
        assert client.get(page("procurement", procurement)).status_code == 200


def test_a_town_without_an_approver_is_left_alone() -> None:
    places = {slug: an_organisation(slug=slug) for slug in CASES}
    someone_who_is("member", places["ostoniemi"])
    fill(places)
    assert not Procurement.objects.exists()
