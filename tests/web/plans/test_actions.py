"""Actions on their pages: adding, changing, moving, reviewing; what is refused and what history keeps."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.owned import owned_by
from keino.web.organisations.models import Organisation
from keino.web.plans.models import Action, ActionChange, ActionReview
from keino.web.plans.services.actions import Move, move_action
from tests.factories.accounts import with_second_factor
from tests.factories.actions import a_review, an_action, written
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def as_a(kind: str, organisation: Organisation) -> Client:
    client = Client()
    client.force_login(someone_who_is(kind, organisation))
    client.cookies["keino_language"] = "en"
    return client


def at(name: str, organisation: Organisation, **more: Any) -> str:
    return reverse(f"plans:{name}", kwargs={"slug": organisation.slug, **more})


def text_of(answer: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(plain.replace("\u202f", " ").replace("\xa0", " ").split())


def edited(action: Action, **fields: Any) -> dict[str, Any]:
    """What the form sends when nothing but ``fields`` was changed."""
    plain = {"title": action.title, "deadline": action.deadline.isoformat(), "version": action.version}
    return plain | {"owner": str(action.owner.public_id) if action.owner else ""} | fields


# ---- adding


def test_an_action_is_added_once_however_often_the_form_is_sent() -> None:
    town = an_organisation()
    client, sent = as_a("member", town), written(title="Sähköautot kotihoitoon", investment_eur="12500.50")
    answers = {client.post(at("action_new", town), sent).headers["Location"] for _ in range(2)}
    action = Action.objects.get()
    assert answers == {at("action", town, action=action.public_id)}
    assert (action.title, action.investment_eur, action.state) == (
        "Sähköautot kotihoitoon", Decimal("12500.50"), "planned",
    )  # fmt: skip
    assert action.created_by is not None
    assert "Sähköautot kotihoitoon" in text_of(client.get(at("actions", town)))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"deadline": -1}, "has passed already"),
        ({"deadline": "31.12.2999"}, "Enter a valid date"),
        ({"deadline": "2999-12-31"}, "before the year 2101"),
        ({"title": ""}, "This field is required"),
        ({"title": "x" * 201}, "at most 200"),
        ({"investment_eur": "-1"}, "greater than or equal to 0"),
        ({"investment_eur": "=1+1"}, "Enter a number"),
        ({"has_no_budget_effect": "on", "investment_eur": "5"}, "Only one of them can be right"),
        ({"has_no_budget_effect": "on", "decision": "Council § 1", "decided_on": "2026-01-01"}, "Only one of them"),
        ({"decision": "Council § 1"}, "needs both its name and its day"),
        ({"decided_on": "2026-01-01"}, "needs both its name and its day"),
        ({"decision": "Council", "decided_on": 1}, "has not come yet"),
        ({"budget_year": "2027"}, "both the step and the year"),
        ({"budget_step": "frame"}, "both the step and the year"),
        ({"budget_step": "frame", "budget_year": "1999"}, "greater than or equal to 2015"),
        ({"indicator_target": "5"}, "but not of what"),
        ({"indicator": "Vans", "indicator_baseline": "5", "indicator_target": "5.0"}, "nothing would have to change"),
        ({"indicator": "Vans", "indicator_latest_on": 1}, "can’t be measured|can't be measured"),
        ({"owner": str(uuid.UUID(int=7))}, "Select a valid choice"),
        ({"category": "NONE.SUCH"}, "Select a valid choice"),
        ({"evidence_link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"reduction_t": "-3"}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_right_is_refused_with_what_to_do(fields: dict[str, Any], said: str) -> None:
    """A whole number stands for the day so many days from today."""
    town = an_organisation()
    days = {name: (TODAY() + value * DAY).isoformat() for name, value in fields.items() if isinstance(value, int)}
    answer = as_a("member", town).post(at("action_new", town), written(**(fields | days)))
    assert answer.status_code == 400
    assert re.search(said, text_of(answer).replace("&#x27;", "'")), text_of(answer)[:1500]
    assert not Action.objects.exists()
    assert fields.get("title", "Electric vans")[:40] in answer.content.decode()  # what was written is still there


def test_somebody_without_a_role_here_cannot_become_owner() -> None:
    town, stranger = an_organisation(), someone_who_is("member")
    answer = as_a("member", town).post(at("action_new", town), written(owner=str(stranger.public_id)))
    assert answer.status_code == 400
    assert not Action.objects.exists()


def test_markup_in_an_action_is_shown_as_text() -> None:
    town = an_organisation()
    action = an_action(town, title="<b>bold</b>", description="<script>alert(1)</script>")
    for name, more in (("actions", {}), ("actions_board", {}), ("action", {"action": action.public_id})):
        body = as_a("member", town).get(at(name, town, **more)).content.decode()
        assert "<b>bold</b>" not in body
        assert "<script>alert(1)" not in body
        assert "&lt;b&gt;bold" in body


# ---- changing


def test_a_changed_deadline_needs_its_reason_and_stays_in_the_history() -> None:
    town = an_organisation()
    action = an_action(town, deadline=TODAY() + 30 * DAY)
    client, later = as_a("member", town), (TODAY() + 90 * DAY).isoformat()
    address = at("action_edit", town, action=action.public_id)
    refused = client.post(address, edited(action, deadline=later))
    assert refused.status_code == 400
    assert "Write why" in text_of(refused)
    assert client.post(address, edited(action, deadline=later, why="The vans come late.")).status_code == 302
    change = ActionChange.objects.get()
    assert (change.what, change.was, change.now, change.why) == (
        "deadline", (TODAY() + 30 * DAY).isoformat(), later, "The vans come late.",
    )  # fmt: skip
    assert change.changed_by is not None
    assert "The vans come late." in text_of(client.get(at("action", town, action=action.public_id)))


def test_a_first_target_needs_no_reason_and_a_changed_one_does() -> None:
    town = an_organisation()
    action = an_action(town)
    client, address = as_a("member", town), at("action_edit", town, action=action.public_id)
    first = {"indicator": "Vans", "indicator_unit": "pcs", "indicator_target": "10"}
    assert client.post(address, edited(action, **first)).status_code == 302
    action.refresh_from_db()
    fewer = first | {"indicator_target": "6"}
    assert client.post(address, edited(action, **fewer)).status_code == 400
    assert client.post(address, edited(action, **fewer, why="No money for more.")).status_code == 302
    rows = ActionChange.objects.order_by("pk").values_list("what", "was", "now", "now_unit", "why")
    assert list(rows) == [("target", "", "10", "pcs", ""), ("target", "10", "6", "pcs", "No money for more.")]


def test_who_comes_second_keeps_their_text_and_overwrites_only_knowingly() -> None:
    town = an_organisation()
    action = an_action(town, title="Before")
    first, second = as_a("member", town), as_a("responsible_person", town)
    address = at("action_edit", town, action=action.public_id)
    stale = edited(action, title="Second's own words")
    assert first.post(address, edited(action, title="First's words")).status_code == 302
    refused = second.post(address, stale)
    assert refused.status_code == 400
    assert "Somebody else changed this" in text_of(refused)
    assert "Second&#x27;s own words" in refused.content.decode()
    action.refresh_from_db()
    assert action.title == "First's words"
    assert f'name="version" value="{action.version}"' in refused.content.decode()


def test_a_done_actions_deadline_stays() -> None:
    town = an_organisation()
    action = an_action(town, state="done", done_on=TODAY(), evidence="Seen.")
    sent = edited(action, deadline=(TODAY() + 60 * DAY).isoformat(), why="Why not", evidence="Seen.")
    assert as_a("member", town).post(at("action_edit", town, action=action.public_id), sent).status_code == 400
    assert not ActionChange.objects.exists()


# ---- moving


def test_the_board_moves_by_buttons_and_asks_where_something_must_be_said() -> None:
    town = an_organisation()
    action = an_action(town, title="Heat pumps")
    client, address = as_a("member", town), at("action_move", town, action=action.public_id)
    board = client.get(at("actions_board", town))
    assert 'name="to" value="started"' in board.content.decode()
    back = client.post(address, {"to": "started", "version": 1, "from": "board"})
    assert back.headers["Location"] == at("actions_board", town)
    assert client.post(address, {"to": "started", "version": 1}).status_code == 302  # pressed twice
    assert ActionChange.objects.count() == 1
    assert "What shows that it is done" in text_of(client.get(f"{address}?to=done"))
    refused = client.post(address, {"to": "done", "version": 2, "on": TODAY().isoformat()})
    assert refused.status_code == 400
    assert "Say what shows that the action is done" in text_of(refused)
    assert client.post(address, {"to": "done", "evidence": "Bill 7.", "on": TODAY().isoformat()}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.done_on, action.evidence) == ("done", TODAY(), "Bill 7.")


def test_giving_up_needs_a_reason_and_a_day_that_has_been() -> None:
    town = an_organisation()
    action = an_action(town)
    client, address = as_a("member", town), at("action_move", town, action=action.public_id)
    assert client.post(address, {"to": "cancelled"}).status_code == 400
    tomorrow = (TODAY() + DAY).isoformat()
    assert client.post(address, {"to": "cancelled", "why": "No need.", "on": tomorrow}).status_code == 400
    assert client.post(address, {"to": "cancelled", "why": "No need."}).status_code == 302
    action.refresh_from_db()
    assert (action.state, action.cancelled_on) == ("cancelled", TODAY())
    assert client.post(address, {"to": "done", "evidence": "x"}).status_code == 400  # no such move
    assert client.post(address, {"to": "nonsense"}).status_code == 400


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_finish_an_action_at_once_one_does() -> None:
    town = an_organisation()
    action, person = an_action(town), someone_who_is("member", town)
    barrier, faults = Barrier(2), []

    def finish(evidence: str) -> None:
        barrier.wait()
        try:
            move_action(action, move=Move("done", evidence=evidence), seen=1, by=person)
        except Exception as fault:  # noqa: BLE001  # told by the assertion below
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=finish, args=(words,)) for words in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ActionChange.objects.count() == 1
    assert faults == []


# ---- reviews, filters, hand-over


def test_a_review_is_noted_once_and_not_before_it_was_held() -> None:
    town = an_organisation()
    action = an_action(town)
    client, address = as_a("member", town), at("action_review_new", town, action=action.public_id)
    sent = {"key": str(uuid.uuid4()), "kind": "mid_year", "held_on": TODAY().isoformat(), "seen": "Half the vans."}
    late = sent | {"held_on": (TODAY() + DAY).isoformat()}
    assert client.post(address, late).status_code == 400
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    review = ActionReview.objects.get()
    assert (review.action, review.seen) == (action, "Half the vans.")
    assert "Half the vans." in text_of(client.get(at("action", town, action=action.public_id)))


def test_filters_choose_and_unknown_wishes_are_left_aside() -> None:
    town, owner = an_organisation(), a_person("Outi Omistaja")
    late = an_action(town, title="Late one", deadline=TODAY() - DAY, owner=owner, category_code="HEAT.OIL")
    an_action(town, title="Paid one", has_no_budget_effect=True, category_code="FOOD.MEAT")
    an_action(town, title="Finished one", state="done", done_on=TODAY(), evidence="x", deadline=TODAY() - DAY)
    an_action(town, title="Given up", state="cancelled", cancelled_on=TODAY())
    client, address = as_a("member", town), at("actions", town)

    def shown(query: str) -> set[str]:
        found = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', client.get(f"{address}?{query}").content.decode())
        return set(found)

    assert shown("only=overdue") == {"Late one"}
    assert shown("only=undecided") == {"Late one", "Finished one"}
    assert shown("state=open") == {"Late one", "Paid one"}
    assert shown(f"owner={owner.public_id}") == {"Late one"}
    assert shown("owner=none") == {"Paid one", "Finished one", "Given up"}
    assert shown("category=HEAT") == {"Late one"}
    assert shown("words=FINISHED") == {"Finished one"}
    assert len(shown("state=rubbish&order=rubbish&page=rubbish")) == 4
    assert late.is_overdue(TODAY())


def test_actions_of_another_organisation_are_not_found() -> None:
    town, other = an_organisation(), an_organisation()
    action = an_action(other)
    client = as_a("member", town)
    for name in ("action", "action_edit", "action_move", "action_review_new"):
        assert client.get(at(name, town, action=action.public_id)).status_code == 404


def test_open_actions_stand_on_the_list_of_a_hand_over() -> None:
    town, person, heir = an_organisation(), a_person(), a_person()
    action = an_action(town, title="Mine", owner=person)
    an_action(town, title="Done", owner=person, state="done", done_on=TODAY(), evidence="x")
    (thing,) = [each for each in owned_by(person, town) if each.key.startswith("action:")]
    assert thing.title == "Mine"
    thing.give_to(heir)
    action.refresh_from_db()
    assert (action.owner, action.version) == (heir, 2)


def test_erasing_a_person_leaves_the_actions_without_their_name() -> None:
    from keino.web.base.personal_data import registers

    town, person = an_organisation(), a_person()
    action = an_action(town, owner=person, created_by=person)
    a_review(town, action=action, written_by=person)
    register = next(each for each in registers() if each.key == "actions")
    assert register.export(person)["owned"][0]["title"] == action.title
    register.erase(person)
    action.refresh_from_db()
    assert (action.owner, action.created_by, ActionReview.objects.get().written_by) == (None, None, None)


def test_who_keeps_the_people_hands_over_actions_without_reading_their_names() -> None:
    town, person = an_organisation(), someone_who_is("member")
    leader = someone_who_is("responsible_person", town)
    an_action(town, title="Private plan", owner=leader)
    keeper = someone_who_is("coordinator", an_organisation(kind="competence_centre"))
    with_second_factor(keeper)
    address = reverse("organisations:hand_over", kwargs={"slug": town.slug, "public_id": leader.public_id})
    seen = {}
    for each in (keeper, leader, person):
        client = Client()
        client.force_login(each)
        client.cookies["keino_language"] = "en"
        seen[each] = client.get(address)
    assert "Action: number 1" in text_of(seen[keeper])
    assert "Private plan" not in text_of(seen[keeper])
    assert "Action: Private plan" in text_of(seen[leader])
    assert seen[person].status_code == 403
