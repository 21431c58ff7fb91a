"""The ex-ante assessment: four steps, an approver, the gate before the tender, results afterwards."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from keino.web.procurements.models import AssessedEffect, EffectResult, ImpactAssessment, Procurement
from keino.web.procurements.needs import needs
from keino.web.procurements.queries.assessments import indicators_of
from tests.factories.contracts import an_assessment
from tests.factories.procurements import a_whole_procurement, evaluation_data, with_records
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_contracts import HOSTILE, client_of, url

pytestmark = pytest.mark.django_db


def move(client: Any, procurement: Procurement) -> str:
    """Try to begin the tender's preparation; returns the state afterwards."""
    procurement.refresh_from_db()
    data = {"to": "tender_prep", "seen": procurement.version, "reason": ""}
    client.post(url("procurement_move", procurement.organisation, procurement=procurement.public_id), data)
    procurement.refresh_from_db()
    return procurement.state


def effect_data(**changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "perspective": "social",
        "goal": "Fewer days of absence",
        "shows_after_years": "4",
        "indicator": "days of absence per pupil",
        "unit": "days",
        "baseline": "9",
        "target": "7",
        **changes,
    }


def test_c8_an_outcome_based_purchase_cannot_skip_the_assessment() -> None:
    town = an_organisation()
    member, approver = someone_who_is("member", town), someone_who_is("approver", town)
    procurement = with_records(a_whole_procurement(town, state="dialogue", is_outcome_based=True))
    client, place = client_of(member), {"procurement": procurement.public_id}
    assert move(client, procurement) == "dialogue"
    answer = client.post(url("assessment_skip", town, **place), {"reason": "There is no time."})
    assert answer.status_code == 422
    assert "outcomes are bought" in answer.content.decode()
    assert move(client, procurement) == "dialogue"

    need = {"level": "procurement", "need": "Pupils and cleaners.", "seen": 1}
    assert client.post(url("assessment_need", town, **place), need).status_code == 302
    client.post(url("assessment_ready", town, **place))
    assert ImpactAssessment.objects.get().state == "draft"  # goals, indicators and use are missing
    assert client.post(url("effect_new", town, **place), effect_data(indicator="")).status_code == 302
    effect = AssessedEffect.objects.get()
    assert client.post(url("assessment_use", town, **place), {"use": "Criterion 3.", "seen": 2}).status_code == 302
    page = client.post(url("assessment_ready", town, **place), follow=True).content.decode()
    assert "an indicator and its target" in page
    change = effect_data(seen=1)
    assert client.post(url("effect_edit", town, **place, effect=effect.public_id), change).status_code == 302
    client.post(url("assessment_ready", town, **place))
    assert move(client, procurement) == "dialogue"  # ready isn't approved

    assert client.post(url("assessment_decide", town, **place), {}).status_code == 403  # a member doesn't decide
    assert [need.title for need in needs(approver, [town]) if "assessment" in need.title]
    seen = ImpactAssessment.objects.get().version
    decided = client_of(approver).post(url("assessment_decide", town, **place), {"seen": seen, "approve": "1"})
    assert decided.status_code == 302
    assert ImpactAssessment.objects.get().state == "finished"
    assert move(client, procurement) == "tender_prep"


def test_an_assessment_that_was_left_out_does_not_open_the_gate_once_a_rule_demands_it() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = with_records(a_whole_procurement(town, state="dialogue"))
    client, place = client_of(member), {"procurement": procurement.public_id}
    assert client.post(url("assessment_skip", town, **place), {"reason": " "}).status_code == 422
    assert client.post(url("assessment_skip", town, **place), {"reason": "A small call-off."}).status_code == 302
    Procurement.objects.filter(pk=procurement.pk).update(affects=["citizens"])
    assert move(client, procurement) == "dialogue"
    Procurement.objects.filter(pk=procurement.pk).update(affects=[])
    assert move(client, procurement) == "tender_prep"


def test_an_assessment_that_was_begun_of_free_will_is_finished_or_left_out() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = with_records(a_whole_procurement(town, state="dialogue"))
    an_assessment(procurement, state="draft")
    client, begun = client_of(member), "Assessment of the effects: begun, not approved yet"
    page = url("procurement", town, procurement=procurement.public_id)
    assert begun in client.get(page).content.decode()  # the page says beforehand why it can't move on
    assert move(client, procurement) == "dialogue"
    client.post(url("assessment_skip", town, procurement=procurement.public_id), {"reason": "A small call-off."})
    assert begun not in client.get(page).content.decode()
    assert move(client, procurement) == "tender_prep"


def test_an_approver_sends_an_assessment_back_with_a_reason() -> None:
    approver = someone_who_is("approver", town := an_organisation())
    assessment = an_assessment(a_whole_procurement(town))
    place = url("assessment_decide", town, procurement=assessment.procurement.public_id)
    client = client_of(approver)
    assert client.post(place, {"seen": 1, "send_back": "1"}).status_code == 422
    assert client.post(place, {"seen": 1, "send_back": "1", "reason": HOSTILE}).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.state, assessment.sent_back_because) == ("draft", HOSTILE)
    page = client.get(url("assessment", town, procurement=assessment.procurement.public_id)).content.decode()
    assert HOSTILE not in page


def test_two_approvers_at_once_decide_once() -> None:
    town = an_organisation()
    assessment = an_assessment(a_whole_procurement(town))
    place = url("assessment_decide", town, procurement=assessment.procurement.public_id)
    first, second = (client_of(someone_who_is("approver", town)) for _number in range(2))
    first.post(place, {"seen": 1, "approve": "1"})
    second.post(place, {"seen": 1, "send_back": "1", "reason": "No."})
    assessment.refresh_from_db()
    assert (assessment.state, assessment.version) == ("finished", 2)


def test_what_was_assessed_before_the_tender_stays_as_it_was() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = a_whole_procurement(town, state="published")
    assessment = an_assessment(procurement, state="finished")
    client = client_of(member)
    answer = client.post(url("assessment_reopen", town, procurement=procurement.public_id), follow=True)
    assert "stays as it is" in answer.content.decode()
    assessment.refresh_from_db()
    assert assessment.state == "finished"


def test_indicators_of_the_assessment_come_up_again_on_the_procurement_and_take_results() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = a_whole_procurement(town, state="contract")
    assessment = an_assessment(procurement, state="finished")
    client, place = client_of(member), {"procurement": procurement.public_id}
    assert "days of absence per pupil" in client.get(url("procurement", town, **place)).content.decode()
    effect = assessment.effects.get()
    data = {"measured_on": timezone.localdate().isoformat(), "value": "8 days"}
    for value in ("9 days", "8 days"):
        answer = client.post(url("effect_result", town, **place, effect=effect.public_id), data | {"value": value})
        assert answer.status_code == 302
    assert EffectResult.objects.get().value == "8 days"  # the newer result of the same day
    assert [each.indicator for each in indicators_of(procurement)] == ["days of absence per pupil"]
    assert "8 days" in client.get(url("procurement", town, **place)).content.decode()


@pytest.mark.parametrize("years", ["-1", "101", "soon", ""])
def test_an_effect_needs_a_number_of_years(years: str) -> None:
    member = someone_who_is("member", town := an_organisation())
    place = url("effect_new", town, procurement=a_whole_procurement(town).public_id)
    assert client_of(member).post(place, effect_data(shows_after_years=years)).status_code == 422
    assert not AssessedEffect.objects.exists()


def test_the_evaluation_asks_what_became_of_every_indicator_that_was_promised() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = a_whole_procurement(town, state="contract")
    assessment = an_assessment(procurement, state="finished")
    promised = assessment.effects.get()
    other = AssessedEffect.objects.create(
        assessment=assessment, perspective="social", goal=HOSTILE, shows_after_years=1, indicator=HOSTILE, target="3"
    )
    foreign = an_assessment(a_whole_procurement(town, state="contract"), state="finished").effects.get()
    client, page = client_of(member), url("evaluate", town, procurement=procurement.public_id)
    asked = client.get(page).content.decode()
    assert f"Result of “{promised.indicator}”, with its unit" in asked
    assert f"to {promised.target}" in asked
    assert HOSTILE not in asked
    key = str(uuid4())
    sent = evaluation_data(
        **{"key": key, f"effect_{promised.pk}": "8 days", f"effect_{other.pk}": "", f"effect_{foreign.pk}": "9"}
    )
    for _press in range(2):
        assert client.post(page, sent).status_code == 302
    result = EffectResult.objects.get()  # of what was left empty and of another procurement there is none
    assert (result.effect, result.value, result.recorded_by) == (promised, "8 days", member)
    assert result.measured_on == procurement.records.get(kind="evaluation").dated_on
    assert "Last result" in client.get(page).content.decode()


def test_an_evaluation_without_an_approved_assessment_asks_for_no_promise() -> None:
    member = someone_who_is("member", town := an_organisation())
    procurement = a_whole_procurement(town, state="contract")
    an_assessment(procurement, state="draft")
    page = client_of(member).get(url("evaluate", town, procurement=procurement.public_id)).content.decode()
    assert 'name="effect_' not in page
