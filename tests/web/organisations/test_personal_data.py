"""What is held of people: given, erased, deleted in time."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from keino.web.accounts.second_factor import needs_second_factor
from keino.web.accounts.services import erasure_preview
from keino.web.organisations.models import Invitation
from keino.web.organisations.personal_data import (
    erase_invitations,
    erase_roles,
    export_invitations,
    export_roles,
    in_the_way,
    retire_invitations,
)
from tests.factories.organisations import an_invitation, days
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


def test_export_holds_roles_and_invitations() -> None:
    town = an_organisation("Town")
    person = someone_who_is("member", town, valid_from=days(-10))
    an_invitation(town, by=person, email=person.email)
    (role,) = export_roles(person)
    assert (role["organisation"], role["role"], role["from"], role["to"]) == (
        "Town", "member", days(-10).isoformat(), None,
    )  # fmt: skip
    assert [one["email"] for one in export_invitations(person)] == [person.email]


def test_erasure_ends_roles_and_keeps_their_dates() -> None:
    person = someone_who_is("member", valid_from=days(-10))
    erase_roles(person)
    role = person.roles.get()
    assert (role.valid_from, role.valid_to) == (days(-10), days(-1))


def test_erasure_takes_invitations_to_the_person() -> None:
    town = an_organisation()
    person = someone_who_is("member", town)
    an_invitation(town, by=person, email=person.email)
    kept = an_invitation(town, by=person)
    erase_invitations(person)
    assert list(Invitation.objects.values_list("pk", "invited_by")) == [(kept.pk, None)]


def test_only_responsible_person_must_hand_over_before_erasure() -> None:
    town = an_organisation("Town")
    person = someone_who_is("responsible_person", town)
    assert [thing.title for thing in in_the_way(person)] == ["Town"]
    assert "Town" in [thing.title for thing in erasure_preview(person).in_the_way]
    someone_who_is("responsible_person", town)
    assert in_the_way(person) == []


def test_old_invitations_are_deleted() -> None:
    town, now = an_organisation(), timezone.now()
    by = someone_who_is("responsible_person", town)
    day = dt.timedelta(days=1)
    an_invitation(town, by=by, expires_at=now - 91 * day)
    an_invitation(town, by=by, accepted_at=now - 366 * day)
    an_invitation(town, by=by, withdrawn_at=now - 366 * day)
    kept = {
        an_invitation(town, by=by, expires_at=now - 89 * day).pk,
        an_invitation(town, by=by, accepted_at=now - 364 * day).pk,
        an_invitation(town, by=by).pk,
    }
    assert retire_invitations() == 3
    assert set(Invitation.objects.values_list("pk", flat=True)) == kept


@pytest.mark.parametrize(
    ("kind", "needed"),
    [("expert", True), ("mentor", True), ("change_agent", True), ("coordinator", True), ("administrator", True),
     ("responsible_person", False), ("member", False), ("ministry_officer", False), ("supplier_user", False)],
)  # fmt: skip
def test_second_factor_is_needed_by_the_centres_people(kind: str, needed: bool) -> None:
    assert needs_second_factor(someone_who_is(kind)) is needed
    assert not needs_second_factor(someone_who_is(kind, valid_to=days(-1)))
    assert not needs_second_factor(a_person())
