"""The demo's market dialogues and assessments: made by the services, the same after a second filling."""

from __future__ import annotations

import pytest

from keino.web.operations.demo import dialogues, procurements
from keino.web.operations.demo.procurement_cases import CASES
from keino.web.procurements.models import DialogueStep, ImpactAssessment, MarketDialogue, Procurement
from keino.web.procurements.queries.assessments import indicators_of
from keino.web.procurements.queries.dialogues import lacks_of
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_procurement_pages import as_a, page

pytestmark = pytest.mark.django_db


def test_filling_twice_makes_two_dialogues_an_approved_assessment_and_one_that_waits() -> None:
    places = {slug: an_organisation(slug=slug) for slug in CASES}
    for organisation in places.values():
        for kind in ("member", "approver"):
            someone_who_is(kind, organisation)
    procurements.fill(places)
    for _time in range(2):
        dialogues.fill(places)
    found = {title: Procurement.objects.get(title=title) for title in (dialogues.MEALS, dialogues.DAY_CARE)}
    states = dict(ImpactAssessment.objects.values_list("procurement__title", "state"))
    assert states == {dialogues.MEALS: "finished", dialogues.DAY_CARE: "ready"}
    assert MarketDialogue.objects.count() == len(found)
    assert DialogueStep.objects.count() == sum(map(len, dialogues.STEPS.values()))
    assert not lacks_of(found[dialogues.MEALS].market_dialogue)
    assert len(indicators_of(found[dialogues.MEALS])) == len(dialogues.EFFECTS[dialogues.MEALS])
    client = as_a("member", places["ostoniemi"])
    for procurement in found.values():
        for name in ("procurement", "dialogue", "assessment"):
            assert client.get(page(name, procurement)).status_code == 200


def test_a_town_without_procurements_is_left_alone() -> None:
    town = an_organisation(slug="ostoniemi")
    for kind in ("member", "approver"):
        someone_who_is(kind, town)
    dialogues.fill({"ostoniemi": town})
    assert not MarketDialogue.objects.exists()
