"""B6: a pilot goes from its need to its follow-up; it isn't published before the dialogue's outcome or a reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.cohorts.models import Deliverable, Participation, Submission
from keino.web.procurements.models import ExitRecord, Procurement
from tests.factories.cohorts import a_deliverable, a_mentor, a_participation, a_worker
from tests.factories.procurements import (
    a_procurement,
    a_whole_procurement,
    decision_data,
    evaluation_data,
    record_data,
)
from tests.factories.web import someone_who_is
from tests.web.cohorts.browsing import as_, text_of
from tests.web.cohorts.walking import page

pytestmark = pytest.mark.django_db


def of(procurement: Procurement, name: str, **more: str) -> str:
    arguments = {"slug": procurement.organisation.slug, "procurement": procurement.public_id, **more}
    return reverse(f"procurements:{name}", kwargs=arguments)


def move(client: Client, procurement: Procurement, to: str) -> str:
    """Press the button on the procurement's page; returns the state afterwards."""
    procurement.refresh_from_db()
    client.post(of(procurement, "procurement_move"), {"to": to, "seen": procurement.version, "reason": ""})
    procurement.refresh_from_db()
    return str(procurement.state)


def write(client: Client, procurement: Procurement, kind: str, **fields: str) -> None:
    answer = client.post(of(procurement, "record_new", kind=kind), record_data(**fields))
    assert answer.status_code == 302, kind


def test_b6_a_pilot_is_begun_in_the_space_and_walks_from_the_need_to_the_follow_up() -> None:
    ours = a_participation()
    worker, approver = a_worker(ours), someone_who_is("approver", ours.organisation)
    us, guide = as_(worker), as_(a_mentor(ours))
    deliverable = a_deliverable(ours, "pilot_procurement")
    choose = page("deliverable_choose", ours, deliverable=deliverable.public_id)
    for _press in range(2):
        us.post(choose, {"title": "Kierrätyskivet koulun pihaan"})
    pilot = Procurement.objects.get()
    deliverable.refresh_from_db()
    assert deliverable.procurement == pilot
    assert pilot.state == "idea"
    Procurement.objects.filter(pk=pilot.pk).update(
        owner=worker, category="FOOD", purchase_kind="works", estimated_value_eur=Decimal(90000), procedure="open",
        procedure_starts_on=timezone.localdate() + dt.timedelta(days=30),
    )  # fmt: skip
    write(us, pilot, "need_statement")
    assert move(us, pilot, "planned") == "planned"
    write(us, pilot, "procurement_plan")
    assert move(us, pilot, "dialogue") == "dialogue"
    space = page("space", ours)
    assert "when the market dialogue has been reported" in text_of(us.get(space))
    assert move(us, pilot, "tender_prep") == "dialogue"  # refused: the dialogue has no outcome yet
    url = page("deliverable", ours, deliverable=deliverable.public_id)
    assert "when the market dialogue has been reported" in text_of(guide.get(url))
    write(us, pilot, "dialogue_report", text="Three firms can deliver reused paving.")
    assert move(us, pilot, "tender_prep") == "tender_prep"
    assert move(us, pilot, "published") == "published"
    assert "when the market dialogue has been reported" not in text_of(guide.get(url))
    assert move(us, pilot, "evaluation") == "evaluation"
    decider = as_(approver)
    pilot.refresh_from_db()
    assert decider.post(of(pilot, "decide"), decision_data(pilot)).status_code == 302
    assert move(us, pilot, "contract") == "contract"
    write(us, pilot, "contract_log")
    assert us.post(of(pilot, "evaluate"), evaluation_data()).status_code == 302
    assert move(us, pilot, "closed") == "closed"
    assert guide.get(space).content.count(b'class="is-done"') == 6  # all six phases are behind it


def test_b6_publication_waits_for_a_written_reason_where_there_was_no_dialogue() -> None:
    ours = a_participation()
    us, pilot = as_(a_worker(ours)), a_pilot(ours, state="tender_prep")
    assert move(us, pilot, "published") == "tender_prep"  # it came here without any dialogue: refused
    refused = us.get(of(pilot, "procurement"))
    assert "report of the market dialogue" in text_of(refused)
    answer = us.post(of(pilot, "record_new", kind="dialogue_report"), record_data(is_skip="on", text=""))
    assert answer.status_code == 422  # a reason must be written
    assert move(us, pilot, "published") == "tender_prep"
    write(us, pilot, "dialogue_report", is_skip="on", text="The market was asked in spring for the same yard.")
    assert move(us, pilot, "published") == "published"
    space = text_of(us.get(page("space", ours)))
    assert "The market was asked in spring for the same yard." in space


def a_pilot(participation: Participation, **fields: str) -> Procurement:
    pilot = a_whole_procurement(participation.organisation, **fields)
    deliverable = a_deliverable(participation, "pilot_procurement")
    Deliverable.objects.filter(pk=deliverable.pk).update(procurement=pilot)
    return pilot


def test_b6_a_pilot_handed_in_is_kept_as_it_stood_while_the_procurement_goes_on() -> None:
    ours = a_participation()
    us, guide = as_(a_worker(ours)), as_(a_mentor(ours))
    pilot = a_pilot(ours, state="dialogue")
    deliverable = Deliverable.objects.get()
    hand_in = page("deliverable_hand_in", ours, deliverable=deliverable.public_id)
    us.post(hand_in, {"seen": deliverable.version, "words": ""})
    write(us, pilot, "dialogue_report", text="Five firms answered.")
    shown = text_of(guide.get(page("submission", ours, deliverable=deliverable.public_id, number=1)))
    assert shown.index("What has changed since") < shown.index("Five firms answered.")
    assert ExitRecord.objects.count() == 1


def test_b6_what_is_wrong_with_a_new_pilot_stands_at_its_field() -> None:
    ours = a_participation()
    us, deliverable = as_(a_worker(ours)), a_deliverable(ours, "pilot_procurement")
    choose = page("deliverable_choose", ours, deliverable=deliverable.public_id)
    answer = us.post(choose, {"title": " "})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_title_error"' in shown
    assert 'aria-describedby="id_title_error"' in shown
    assert 'id="id_document_error"' not in shown  # the other form of the page is left alone
    long = "x" * 201
    answer = us.post(choose, {"title": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()  # nothing is cut off silently
    assert not Procurement.objects.exists()


def test_b6_a_new_pilot_that_cant_be_chosen_any_more_leaves_no_procurement_behind() -> None:
    ours = a_participation()
    us, deliverable = as_(a_worker(ours)), a_deliverable(ours, "pilot_procurement")
    Submission.objects.create(deliverable=deliverable, number=1)
    choose = page("deliverable_choose", ours, deliverable=deliverable.public_id)
    assert us.post(choose, {"title": "Kierrätyskivet"}).status_code == 422
    assert not Procurement.objects.exists()


def test_b6_another_organisations_procurement_is_never_a_pilot_of_ours() -> None:
    ours = a_participation()
    us, theirs = as_(a_worker(ours)), a_procurement()
    deliverable = a_deliverable(ours, "pilot_procurement")
    choose = page("deliverable_choose", ours, deliverable=deliverable.public_id)
    assert us.post(choose, {"document": str(theirs.public_id)}).status_code == 422
    deliverable.refresh_from_db()
    assert deliverable.procurement is None
