"""Moving a procurement from state to state: along the table, with the records of the phases that end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from keino.web.procurements.choices import PATH, PROCUREMENT_MOVES, ProcurementState, RecordKind
from keino.web.procurements.errors import MoveNotAllowed, StepMissing
from keino.web.procurements.models import AwardDecision, ExitRecord, Procurement, StateMove
from keino.web.procurements.queries.steps import missing_for, next_state, phases_ending
from keino.web.procurements.services.moves import move_procurement
from tests.factories.procurements import (
    a_procurement,
    a_record,
    a_whole_procurement,
    decision_data,
    evaluation_data,
    record_data,
    someone_who_works,
)
from tests.factories.web import someone_who_is
from tests.web.organisations.test_at_once import at_once
from tests.web.procurements.test_procurement_pages import as_a, page, text_of

pytestmark = pytest.mark.django_db

S = ProcurementState


def move(procurement: Procurement, to: str, *, who: str = "member", **data: Any) -> Any:
    procurement.refresh_from_db()
    client = as_a(who, procurement.organisation)
    sent = {"to": to, "seen": procurement.version, "reason": "", **data}
    return client.post(page("procurement_move", procurement), sent, follow=True)


def state_of(procurement: Procurement) -> str:
    procurement.refresh_from_db()
    return procurement.state


# ---- the table


def test_every_state_is_in_the_table_and_every_move_leads_to_a_state() -> None:
    assert set(PROCUREMENT_MOVES) == set(S)
    assert {to for moves in PROCUREMENT_MOVES.values() for to in moves} <= set(S)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("wanted", S)
def test_only_moves_of_the_table_are_made(state: str, wanted: str) -> None:
    procurement = a_procurement(state=state)
    if wanted in {state, *PROCUREMENT_MOVES[state]}:
        return
    with pytest.raises(MoveNotAllowed):
        move_procurement(procurement, by=someone_who_works(procurement), to=wanted, seen=1, reason="Because.")
    assert state_of(procurement) == state


def test_the_next_state_is_always_an_allowed_move() -> None:
    for state in S:
        wanted = next_state(Procurement(state=state))
        assert (wanted is None) == (state in {S.CLOSED, S.CANCELLED})
        assert wanted is None or wanted in PROCUREMENT_MOVES[state]


def test_a_direct_award_has_no_notice() -> None:
    assert next_state(Procurement(state=S.TENDER_PREP, procedure="direct_award")) == S.EVALUATION
    assert next_state(Procurement(state=S.TENDER_PREP, procedure="open")) == S.PUBLISHED


@pytest.mark.parametrize(
    ("state", "wanted", "ending"),
    [
        (S.IDEA, S.PLANNED, ["need"]),
        (S.IDEA, S.TENDER_PREP, ["need", "planning", "dialogue"]),
        (S.PLANNED, S.DIALOGUE, ["planning"]),
        (S.PLANNED, S.TENDER_PREP, ["planning", "dialogue"]),
        (S.TENDER_PREP, S.PUBLISHED, []),
        (S.EVALUATION, S.AWARDED, ["tendering"]),
        (S.AWARDED, S.CONTRACT, []),
        (S.CONTRACT, S.CLOSED, ["contract", "follow_up"]),
        (S.DIALOGUE, S.PLANNED, []),
        (S.FAILED_COMPETITION, S.TENDER_PREP, []),
        (S.APPEALED, S.CONTRACT, ["tendering"]),
        (S.IDEA, S.CANCELLED, []),
    ],
)
def test_a_move_ends_the_phases_it_leaves_behind(state: str, wanted: str, ending: list[str]) -> None:
    assert [phase.value for phase in phases_ending(state, wanted)] == ending


# ---- refusals


def test_a_refusal_names_everything_that_is_missing() -> None:
    procurement = a_procurement(state=S.IDEA)
    shown = text_of(move(procurement, S.PLANNED))
    assert "can't move to “planned” yet" in shown
    assert "Still missing: owner, category, statement of the need." in shown
    assert state_of(procurement) == S.IDEA


def test_records_make_the_move_possible_and_it_stands_in_the_timeline() -> None:
    procurement = a_whole_procurement(state=S.IDEA)
    client = as_a("member", procurement.organisation)
    shown = text_of(client.get(page("procurement", procurement)))
    assert "Before “planned” this is missing: Statement of the need" in shown
    client.post(page("record_new", procurement, kind="need_statement"), record_data(text="Ten schools need lunches."))
    shown = text_of(client.get(page("procurement", procurement)))
    assert "Nothing is missing for “planned”. Move on: planned" in shown
    assert "The procurement is now: planned." in text_of(move(procurement, S.PLANNED))
    made = StateMove.objects.filter(procurement=procurement).last()
    assert made is not None
    assert (made.from_state, made.to_state) == (S.IDEA, S.PLANNED)
    assert made.moved_by is not None


def test_a_phase_is_skipped_with_a_reason_only() -> None:
    procurement = a_whole_procurement(state=S.PLANNED)
    a_record(procurement, "procurement_plan")
    assert "Still missing: report of the market dialogue." in text_of(move(procurement, S.TENDER_PREP))
    client = as_a("member", procurement.organisation)
    address = page("record_new", procurement, kind="dialogue_report")
    assert client.post(address, record_data(is_skip="on", text=" ")).status_code == 422
    assert client.post(address, record_data(is_skip="on", text="Bought so every year.")).status_code == 302
    shown = text_of(client.get(page("procurement", procurement)))
    assert "The phase was skipped. Why: Bought so every year." in shown
    assert "Market dialogue (skipped)" in shown
    move(procurement, S.TENDER_PREP)
    assert state_of(procurement) == S.TENDER_PREP


@pytest.mark.parametrize("kind", ["award_decision", "evaluation"])
def test_the_decision_and_the_evaluation_have_pages_of_their_own(kind: str) -> None:
    procurement = a_whole_procurement(state=S.EVALUATION)
    client = as_a("member", procurement.organisation)
    address = page("record_new", procurement, kind="need_statement").replace("need_statement", kind)
    assert client.post(address, record_data(is_skip="on")).status_code == 404
    assert not ExitRecord.objects.exists()


def test_before_the_tender_the_value_and_the_kind_must_be_known() -> None:
    procurement = a_whole_procurement(state=S.DIALOGUE, estimated_value_eur=None, purchase_kind="")
    a_record(procurement, "dialogue_report")
    said = text_of(move(procurement, S.TENDER_PREP))
    assert "Still missing: what is bought, estimated value (€ without VAT)." in said
    assert state_of(procurement) == S.DIALOGUE


def test_going_back_and_giving_up_ask_why() -> None:
    procurement = a_whole_procurement(state=S.DIALOGUE)
    for wanted in (S.PLANNED, S.CANCELLED):
        answer = move(procurement, wanted)
        assert answer.status_code == 422
        assert "for those who read this later" in text_of(answer)
    assert state_of(procurement) == S.DIALOGUE
    move(procurement, S.CANCELLED, reason="The council cut the money.")
    assert state_of(procurement) == S.CANCELLED
    shown = text_of(as_a("member", procurement.organisation).get(page("procurement", procurement)))
    assert "The council cut the money." in shown
    assert "The procurement was cancelled." in shown


def test_moving_twice_is_one_move() -> None:
    procurement = a_whole_procurement(state=S.AWARDED)
    client = as_a("member", procurement.organisation)
    for _ in range(2):
        answer = client.post(page("procurement_move", procurement), {"to": "contract", "seen": "1", "reason": ""})
        assert answer.status_code == 302
    assert StateMove.objects.filter(procurement=procurement, to_state="contract").count() == 1


def test_a_state_that_is_none_is_not_found() -> None:
    procurement = a_procurement()
    assert move(procurement, "eaten").status_code == 404


def test_somebody_else_moved_it_meanwhile() -> None:
    procurement = a_whole_procurement(state=S.AWARDED)
    member, other = someone_who_works(procurement), someone_who_works(procurement)
    move_procurement(procurement, by=member, to=S.APPEALED, seen=1, reason="The second one appeals.")
    shown = text_of(
        as_a("member", procurement.organisation).post(
            page("procurement_move", procurement), {"to": "contract", "seen": "1", "reason": ""}, follow=True
        )
    )
    assert other != member
    assert "Somebody else changed this" in shown
    assert state_of(procurement) == S.APPEALED


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_make_one() -> None:
    procurement = a_whole_procurement(state=S.AWARDED)
    people = [someone_who_works(procurement) for _ in range(2)]
    wanted = (S.CONTRACT, S.APPEALED)

    def go(place: int) -> Any:
        return lambda: move_procurement(
            procurement, by=people[place], to=wanted[place], seen=1, reason="Something happened."
        )

    told = at_once(go(0), go(1))
    assert sum(error is None for error in told) == 1
    assert StateMove.objects.filter(procurement=procurement, from_state=S.AWARDED).count() == 1


# ---- the award


def test_only_a_decision_of_an_approver_awards() -> None:
    procurement = a_whole_procurement(state=S.EVALUATION)
    someone_who_is("approver", procurement.organisation)
    shown = text_of(move(procurement, S.AWARDED))
    assert "by recording the award decision" in shown
    assert "Ask one of them: Approver" in shown
    assert state_of(procurement) == S.EVALUATION
    client = as_a("approver", procurement.organisation)
    assert "Record the award decision" in text_of(client.get(page("procurement", procurement)))
    data = decision_data(procurement, supplier="Keittiö Oy", text="Best menus.")
    for _ in range(2):  # pressed twice
        assert client.post(page("decide", procurement), data).status_code == 302
    assert state_of(procurement) == S.AWARDED
    decision = AwardDecision.objects.get()
    assert decision.record.kind == RecordKind.AWARD_DECISION
    assert str(decision.value_eur) == "139000.50"
    shown = text_of(client.get(page("procurement", procurement)))
    assert "Keittiö Oy" in shown
    assert "Best menus." in shown


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("business_id", "1234567-2", "is not a Finnish business ID"),
        ("value_eur", "-5", "greater than or equal to 0"),
        ("tenders_received", "0", "greater than or equal to 1"),
        ("supplier", "", "This field is required."),
        ("basis", "luck", "not one of the available choices"),
        ("dated_on", "2999-01-01", "is still to come"),
        ("text", "", "This field is required."),
    ],
)
def test_a_decision_that_cannot_be_is_refused(field: str, value: str, said: str) -> None:
    procurement = a_whole_procurement(state=S.EVALUATION)
    client = as_a("approver", procurement.organisation)
    answer = client.post(page("decide", procurement), decision_data(procurement, **{field: value}))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert state_of(procurement) == S.EVALUATION
    assert not ExitRecord.objects.exists()


def test_a_decision_before_the_tenders_are_compared_is_refused() -> None:
    procurement = a_whole_procurement(state=S.TENDER_PREP)
    answer = as_a("approver", procurement.organisation).post(page("decide", procurement), decision_data(procurement))
    assert answer.status_code == 422
    assert "can't go from “preparing the tender” to “awarded”" in text_of(answer)
    assert not AwardDecision.objects.exists()


def test_after_an_appeal_a_second_decision_follows_the_first() -> None:
    procurement = a_whole_procurement(state=S.EVALUATION)
    client = as_a("approver", procurement.organisation)
    client.post(page("decide", procurement), decision_data(procurement, supplier="First Oy"))
    move(procurement, S.APPEALED, reason="The second one appeals.")
    move(procurement, S.EVALUATION, reason="The court wants it compared anew.")
    procurement.refresh_from_db()
    client.post(page("decide", procurement), decision_data(procurement, supplier="Second Oy"))
    assert state_of(procurement) == S.AWARDED
    assert list(AwardDecision.objects.order_by("pk").values_list("supplier", flat=True)) == ["First Oy", "Second Oy"]


# ---- records


def test_a_record_tells_what_has_happened() -> None:
    procurement = a_whole_procurement()
    client = as_a("member", procurement.organisation)
    tomorrow = (timezone.localdate() + dt.timedelta(days=1)).isoformat()
    answer = client.post(
        page("record_new", procurement, kind="need_statement"), record_data(dated_on=tomorrow, text="Soon.")
    )
    assert answer.status_code == 422
    assert "is still to come" in text_of(answer)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "not a link", "ftp//x"])
def test_a_link_that_is_none_is_refused(link: str) -> None:
    procurement = a_whole_procurement()
    client = as_a("member", procurement.organisation)
    answer = client.post(page("record_new", procurement, kind="need_statement"), record_data(link=link))
    assert answer.status_code == 422
    assert not ExitRecord.objects.exists()


def test_a_record_is_kept_once_and_can_be_mended() -> None:
    procurement = a_whole_procurement()
    client = as_a("member", procurement.organisation)
    data = record_data(text="Ten schools.", reference="D/12/2025", link="https://example.org/need")
    for _ in range(2):
        client.post(page("record_new", procurement, kind="need_statement"), data)
    record = ExitRecord.objects.get()
    address = page("record_edit", procurement, record=record.public_id)
    assert client.post(address, {**data, "text": "Eleven schools.", "seen": 1}).status_code == 302
    late = client.post(address, {**data, "text": "Twelve schools.", "seen": 1})
    assert late.status_code == 422
    assert "Somebody else changed this" in text_of(late)
    record.refresh_from_db()
    assert record.text == "Eleven schools."


def test_a_decision_cannot_be_mended() -> None:
    procurement = a_whole_procurement(state=S.AWARDED)
    decision = a_record(procurement, "award_decision")
    client = as_a("member", procurement.organisation)
    assert client.get(page("record_edit", procurement, record=decision.public_id)).status_code == 404


# ---- to the end


def test_a_procurement_goes_from_the_idea_to_its_end() -> None:
    procurement = a_whole_procurement(state=S.IDEA)
    client = as_a("member", procurement.organisation)
    for kind in ("need_statement", "procurement_plan", "dialogue_report"):
        client.post(page("record_new", procurement, kind=kind), record_data())
    for wanted in (S.PLANNED, S.DIALOGUE, S.TENDER_PREP, S.PUBLISHED, S.EVALUATION):
        move(procurement, wanted)
        assert state_of(procurement) == wanted
    approver = as_a("approver", procurement.organisation)
    approver.post(page("decide", procurement), decision_data(procurement))
    move(procurement, S.CONTRACT)
    assert "Still missing: log of the contract period, evaluation." in text_of(move(procurement, S.CLOSED))
    client.post(page("record_new", procurement, kind="contract_log"), record_data())
    client.post(page("evaluate", procurement), evaluation_data())
    move(procurement, S.CLOSED)
    assert state_of(procurement) == S.CLOSED
    path = [made.to_state for made in StateMove.objects.filter(procurement=procurement)]
    assert path == list(PATH)


def test_what_is_missing_is_asked_of_the_service_too() -> None:
    procurement = a_whole_procurement(state=S.IDEA)
    with pytest.raises(StepMissing):
        move_procurement(procurement, by=someone_who_works(procurement), to=S.TENDER_PREP, seen=1)
    assert [each.code for each in missing_for(procurement, S.TENDER_PREP)] == [
        "need_statement",
        "procurement_plan",
        "dialogue_report",
    ]
