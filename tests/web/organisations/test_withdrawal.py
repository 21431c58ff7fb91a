"""Roles that are taken back before they begin."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.audit import trail_of
from keino.web.base.models import Mail
from keino.web.organisations.errors import HasBegun, MayNotGive, NobodyResponsible, NotInThePast
from keino.web.organisations.models import Role
from keino.web.organisations.personal_data import erase_roles, export_roles
from keino.web.organisations.queries.people import current_roles, past_roles
from keino.web.organisations.services.hand_over import hand_over, hand_over_of
from keino.web.organisations.services.roles import (
    change_role,
    end_role,
    give_role,
    name_deputy,
    withdraw_role,
)
from tests.factories.organisations import days
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_role_to_come_is_withdrawn_and_never_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    town = an_organisation("Town")
    by, person = someone_who_is("responsible_person", town), a_person()
    role = give_role(person, "member", town, by=by, valid_from=days(5))
    withdraw_role(role, by=by)
    withdraw_role(role, by=by)  # a second press
    later = timezone.now() + dt.timedelta(days=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert not person.has_perm("measurement.work", town)
    assert role not in current_roles(town, days(-6))
    assert role in past_roles(town, days(-6))
    assert [entry.additional_data["act"] for entry in trail_of(role)] == ["role_withdrawn", "role_given"]
    assert Mail.objects.filter(template="organisations/mail/role_withdrawn.txt", person=person).count() == 1


def test_withdrawn_role_is_given_again_and_not_changed() -> None:
    town = an_organisation()
    by, person = someone_who_is("responsible_person", town), a_person()
    role = withdraw_role(give_role(person, "member", town, by=by, valid_from=days(5)), by=by)
    with pytest.raises(NotInThePast):
        change_role(role, by=by, valid_to=None)
    with pytest.raises(NotInThePast):
        end_role(role, by=by, last_day=days(9))
    with pytest.raises(NotInThePast):
        name_deputy(role, a_person(), by=by, valid_from=days(5), valid_to=days(6))
    assert give_role(person, "member", town, by=by, valid_from=days(5)).pk != role.pk


def test_role_in_force_is_ended_not_withdrawn() -> None:
    town = an_organisation()
    by, member = someone_who_is("responsible_person", town), someone_who_is("member", town)
    with pytest.raises(HasBegun):
        withdraw_role(member.roles.get(), by=by)


def test_members_withdraw_their_own_role_and_no_other() -> None:
    town = an_organisation()
    by, person = someone_who_is("responsible_person", town), a_person()
    role = give_role(person, "approver", town, by=by, valid_from=days(5))
    with pytest.raises(MayNotGive):
        withdraw_role(role, by=someone_who_is("member", town))
    assert withdraw_role(role, by=person).withdrawn_at is not None


def test_next_responsible_person_is_not_withdrawn_while_the_last_one_leaves() -> None:
    town = an_organisation("Town")
    by = someone_who_is("responsible_person", town, valid_to=days(10))
    role = a_role(a_person(), "responsible_person", town, valid_from=days(11))
    with pytest.raises(NobodyResponsible):
        withdraw_role(role, by=by)


def test_deputy_who_would_begin_after_the_end_never_begins() -> None:
    town = an_organisation()
    by, approver, deputy = (someone_who_is(kind, town) for kind in ("responsible_person", "approver", "member"))
    role = approver.roles.get()
    later = name_deputy(role, deputy, by=approver, valid_from=days(20), valid_to=days(30))
    end_role(role, by=by, last_day=days(3))
    later.refresh_from_db()
    assert later.withdrawn_at is not None
    assert not Role.objects.on(days(20)).filter(person=deputy, kind="approver").exists()


def test_role_to_come_doesnt_block_a_hand_over_and_begins_with_its_next_holder() -> None:
    town = an_organisation()
    boss, leaver, next_one = (someone_who_is(kind, town) for kind in ("responsible_person", "member", "member"))
    to_come = a_role(leaver, "approver", town, valid_from=days(20), valid_to=days(90))
    left = hand_over_of(leaver, town)
    owners = {f"role:{to_come.public_id}": next_one}
    hand_over(leaver, town, by=boss, last_day=days(2), owners=owners, seen=left.keys)
    to_come.refresh_from_db()
    assert to_come.withdrawn_at is not None
    begun = next_one.roles.get(kind="approver")
    assert (begun.valid_from, begun.valid_to) == (days(20), days(90))
    assert hand_over_of(leaver, town).count == 1  # the member's role, until its last day


def test_erased_person_keeps_no_role_to_come() -> None:
    person, town = a_person(), an_organisation()
    a_role(person, "member", town, valid_from=days(5))
    erase_roles(person)
    assert not Role.objects.on(days(5)).filter(person=person).exists()
    assert export_roles(person)[0]["withdrawn_at"]


def test_role_page_withdraws_once_and_twice(client: Client) -> None:
    town = an_organisation()
    by, person = someone_who_is("responsible_person", town), a_person("Later Person")
    role = give_role(person, "member", town, by=by, valid_from=days(5))
    client.force_login(by)
    address = reverse("organisations:role", kwargs={"slug": town.slug, "public_id": role.public_id})
    english = {"Accept-Language": "en"}
    assert "Withdraw the role" in client.get(address, headers=english).text
    assert client.post(address, {"form": "withdraw"}).status_code == 302
    assert client.post(address, {"form": "withdraw"}).status_code == 302
    people = reverse("organisations:people", kwargs={"slug": town.slug})
    assert "Later Person" not in client.get(people, headers=english).text.split("<table>")[1]
    history = reverse("organisations:people_history", kwargs={"slug": town.slug})
    assert "withdrawn before its first day" in client.get(history, headers=english).text
