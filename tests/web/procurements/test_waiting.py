"""What of procurements waits for whom on the homes; hand-over, the audit trail, one's own data."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from keino.web.base.audit import trail_of_organisation
from keino.web.base.models import Person
from keino.web.base.owned import owned_by
from keino.web.base.personal_data import registers
from keino.web.organisations.models import Organisation
from keino.web.organisations.needs import Need
from keino.web.procurements.models import Procurement
from keino.web.procurements.needs_hub import coming_dates, needs
from tests.factories.procurements import (
    a_procurement,
    a_record,
    a_risk,
    a_whole_procurement,
    criterion_data,
    decision_data,
    with_records,
)
from tests.factories.web import an_organisation, someone_who_is
from tests.web.procurements.test_procurement_pages import as_a, page, text_of

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def of(person: Person, town: Organisation) -> list[Need]:
    return list(needs(person, [town]))


@pytest.fixture
def town() -> Organisation:
    return an_organisation()


@pytest.fixture
def member(town: Organisation) -> Person:
    return someone_who_is("member", town)


def test_a_late_start_is_overdue_and_a_near_one_is_due_this_week(town: Organisation, member: Person) -> None:
    late = with_records(a_whole_procurement(town, owner=member, state="planned", procedure_starts_on=days(-1)))
    near = with_records(a_whole_procurement(town, owner=member, state="planned", procedure_starts_on=days(7)))
    with_records(a_whole_procurement(town, owner=member, state="planned", procedure_starts_on=days(8)))
    with_records(a_whole_procurement(town, owner=member, state="published", procedure_starts_on=days(-1)))
    found = of(member, town)
    assert [(need.kind, need.due) for need in found] == [
        ("overdue", late.procedure_starts_on),
        ("week", near.procedure_starts_on),
    ]
    assert found[0].url == page("procurement", late)


def test_what_the_next_state_lacks_waits_for_the_owner_alone(town: Organisation, member: Person) -> None:
    idea = a_procurement(town, title="Bridge", owner=member, state="idea")
    a_procurement(town, title="Somebody else's", owner=someone_who_is("member", town))
    a_procurement(town, title="Over", owner=member, state="cancelled")
    (need,) = of(member, town)
    assert (need.kind, need.url) == ("you", page("procurement", idea))
    assert "Bridge" in need.title
    a_record(idea, "need_statement")
    idea.category = "FOOD"
    idea.save()
    assert of(member, town) == []


def test_a_decision_waits_for_the_approver(town: Organisation, member: Person) -> None:
    procurement = a_whole_procurement(town, owner=member, state="evaluation")
    assert [need.kind for need in of(member, town)] == ["others"]
    assert [(need.kind, need.url) for need in of(someone_who_is("approver", town), town)] == [
        ("you", page("procurement", procurement))
    ]
    assert of(someone_who_is("approver"), town) == []


def test_needs_and_dates_take_one_query_each(town: Organisation, member: Person) -> None:
    for number in range(3):
        a_whole_procurement(town, owner=member, procedure_starts_on=days(number + 1))
    member.has_perm("procurements.work", town)  # roles are asked of the database once
    with CaptureQueriesContext(connection) as queries:
        assert len(of(member, town)) == 3
    assert len(queries) == 1
    with CaptureQueriesContext(connection) as queries:
        assert [each.date for each in coming_dates(member, town)] == [days(1), days(2), days(3)]
    assert len(queries) == 1


def test_a_home_shows_what_waits(town: Organisation) -> None:
    client = as_a("member", town)
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    a_procurement(town, title="Bridge", owner=person)
    assert "“Bridge” lacks for “planned”: category, statement of the need" in text_of(client.get(f"/o/{town.slug}/"))


def test_procurements_and_open_risks_are_handed_over(town: Organisation, member: Person) -> None:
    procurement = a_procurement(town, title="Bridge", owner=member)
    risk = a_risk(procurement, owner=member)
    a_risk(procurement, owner=member, state="accepted")
    a_procurement(town, title="Over", owner=member, state="closed")
    other = someone_who_is("member", town)
    things = [thing for thing in owned_by(member, town) if thing.key.startswith(("procurement:", "risk:"))]
    assert [thing.title for thing in things] == ["Bridge", "Bridge: Only one tender comes."]
    for thing in things:
        thing.give_to(other)
    procurement.refresh_from_db()
    risk.refresh_from_db()
    assert (procurement.owner, risk.owner) == (other, other)
    assert (procurement.version, risk.version) == (2, 2)


def test_deeds_stand_in_the_organisations_trail(town: Organisation) -> None:
    procurement = a_whole_procurement(town, state="evaluation")
    as_a("approver", town).post(page("decide", procurement), decision_data(procurement))
    as_a("member", town).post(page("criterion_new", a_procurement(town)), criterion_data())
    acts = {(entry.additional_data or {}).get("act") for entry in trail_of_organisation(town)}
    assert {"award_decided", "criterion_added"} <= acts
    shown = text_of(as_a("responsible_person", town).get(f"/o/{town.slug}/audit/"))
    assert "recorded an award decision" in shown


def test_ones_own_data_is_given_and_erased(town: Organisation, member: Person) -> None:
    procurement = a_procurement(town, title="Bridge", owner=member, created_by=member)
    a_record(procurement, "need_statement", recorded_by=member)
    a_risk(procurement, owner=member)
    register = next(each for each in registers() if each.key == "procurements")
    given = json.loads(json.dumps(register.export(member)))
    assert given["procurements"][0]["title"] == "Bridge"
    assert [len(given[name]) for name in ("records", "risks", "moves", "award_decisions")] == [1, 1, 0, 0]
    register.erase(member)
    kept = Procurement.objects.get()
    assert (kept.owner, kept.created_by, kept.title) == (None, None, "Bridge")
    assert kept.records.get().recorded_by is None
    assert kept.risks.get().owner is None
