"""Hand-over: everything or nothing, to people who belong here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from keino.web.base import owned
from keino.web.base.errors import Conflict
from keino.web.base.models import Mail, Person
from keino.web.base.owned import Owned, owners_known_by
from keino.web.measurement.models import Ledger
from keino.web.organisations.errors import (
    MayNotGive,
    NewOwnerMayNot,
    NobodyResponsible,
    NoNewOwner,
    NothingToHandOver,
    NotToOneself,
)
from keino.web.organisations.models import Organisation
from keino.web.organisations.services.hand_over import hand_over, hand_over_of
from tests.factories.organisations import days
from tests.factories.web import a_person, a_role, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledgers_have_owners(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Things with owners, as an app on the right registers them."""
    monkeypatch.setattr(owned, "_FINDERS", [])

    @owners_known_by
    def ledgers(person: Person, organisation: Organisation) -> Iterator[Owned]:
        for ledger in Ledger.objects.filter(owner=person, organisation=organisation).order_by("pk"):
            yield Owned(f"ledger:{ledger.public_id}", "Ledger", ledger.title, "/somewhere/", _giver(ledger))

    def _giver(ledger: Ledger) -> object:
        def give(new: Person) -> None:
            ledger.owner = new
            ledger.save(update_fields=["owner"])

        return give

    return


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town")


@pytest.fixture
def leaver(town: Organisation) -> Person:
    person = someone_who_is("responsible_person", town)
    a_role(person, "approver", town)
    for number in range(12):
        Ledger.objects.create(organisation=town, title=f"Ledger {number}", owner=person)
    return person


@pytest.fixture
def colleague(town: Organisation) -> Person:
    return someone_who_is("member", town)


def test_fourteen_things_need_an_owner(town: Organisation, leaver: Person) -> None:
    other = an_organisation()
    Ledger.objects.create(organisation=other, title="Elsewhere", owner=leaver)
    assert hand_over_of(leaver, town).count == 12 + 2


def test_hand_over_gives_everything_in_one_go(town: Organisation, leaver: Person, colleague: Person) -> None:
    left = hand_over_of(leaver, town)
    by = someone_who_is("administrator")
    hand_over(leaver, town, by=by, last_day=days(10), owners=dict.fromkeys(left.keys, colleague), seen=left.keys)
    assert set(Ledger.objects.values_list("owner", flat=True)) == {colleague.pk}
    ended = {role.kind: role.valid_to for role in leaver.roles.all()}
    assert ended == {"responsible_person": days(10), "approver": days(10)}
    begun = {role.kind: role.valid_from for role in colleague.roles.exclude(kind="member")}
    assert begun == {"responsible_person": days(11), "approver": days(11)}
    assert {mail.person for mail in Mail.objects.all()} == {leaver, colleague}
    told = Mail.objects.get(person=colleague)
    assert len(told.values["things"]) == 14
    acts = {(entry.additional_data or {}).get("act") for entry in LogEntry.objects.filter(actor=by)}
    assert acts >= {"role_given", "role_ended"}


def test_hand_over_changes_nothing_when_one_thing_has_no_owner(
    town: Organisation, leaver: Person, colleague: Person
) -> None:
    left = hand_over_of(leaver, town)
    owners: dict[str, Person | None] = dict.fromkeys(left.keys, colleague)
    owners[left.things[3].key] = None
    with pytest.raises(NoNewOwner):
        hand_over(leaver, town, by=leaver, last_day=days(0), owners=owners, seen=left.keys)
    assert set(Ledger.objects.values_list("owner", flat=True)) == {leaver.pk}
    assert leaver.roles.filter(valid_to=None).count() == 2


def test_hand_over_refuses_to_leave_nobody_responsible(town: Organisation, leaver: Person, colleague: Person) -> None:
    left = hand_over_of(leaver, town)
    owners: dict[str, Person | None] = {thing.key: colleague for thing in left.things}  # the roles go to nobody
    with pytest.raises(NobodyResponsible):
        hand_over(leaver, town, by=leaver, last_day=days(0), owners=owners, seen=left.keys)
    assert set(Ledger.objects.values_list("owner", flat=True)) == {leaver.pk}  # rolled back
    assert leaver.roles.filter(valid_to=None).count() == 2


def test_hand_over_refuses_strangers_as_owners(town: Organisation, leaver: Person) -> None:
    left = hand_over_of(leaver, town)
    for stranger in (a_person(), someone_who_is("member"), someone_who_is("member", town, valid_to=days(-1)), leaver):
        with pytest.raises(NewOwnerMayNot):
            hand_over(
                leaver, town, by=leaver, last_day=days(0), owners=dict.fromkeys(left.keys, stranger), seen=left.keys
            )


def test_hand_over_refuses_what_was_added_since(town: Organisation, leaver: Person, colleague: Person) -> None:
    left = hand_over_of(leaver, town)
    Ledger.objects.create(organisation=town, title="Newcomer", owner=leaver)
    with pytest.raises(Conflict):
        hand_over(leaver, town, by=leaver, last_day=days(0), owners=dict.fromkeys(left.keys, colleague), seen=left.keys)
    assert set(Ledger.objects.values_list("owner", flat=True)) == {leaver.pk}


def test_member_hands_over_things_but_no_roles(town: Organisation, leaver: Person, colleague: Person) -> None:
    Ledger.objects.create(organisation=town, title="Mine", owner=colleague)
    left = hand_over_of(colleague, town)
    with pytest.raises(MayNotGive):
        hand_over(
            colleague, town, by=colleague, last_day=days(0), owners=dict.fromkeys(left.keys, leaver), seen=left.keys
        )
    owners: dict[str, Person | None] = {left.things[0].key: leaver}
    hand_over(colleague, town, by=colleague, last_day=days(0), owners=owners, seen=left.keys)
    assert Ledger.objects.get(title="Mine").owner == leaver
    assert colleague.roles.get().valid_to == days(0)


def test_nobody_hands_a_role_to_themselves(town: Organisation, leaver: Person) -> None:
    by = someone_who_is("responsible_person", town)
    left = hand_over_of(leaver, town)
    with pytest.raises(NotToOneself):
        hand_over(leaver, town, by=by, last_day=days(0), owners=dict.fromkeys(left.keys, by), seen=left.keys)
    owners: dict[str, Person | None] = {thing.key: by for thing in left.things}
    hand_over(leaver, town, by=by, last_day=days(0), owners=owners, seen=left.keys)
    assert set(Ledger.objects.values_list("owner", flat=True)) == {by.pk}


def test_second_hand_over_finds_nothing(town: Organisation, leaver: Person, colleague: Person) -> None:
    leaver.roles.update(valid_to=days(-1))
    Ledger.objects.update(owner=colleague)
    with pytest.raises(NothingToHandOver):
        hand_over(leaver, town, by=colleague, last_day=days(0), owners={}, seen=())


def test_pages_choose_preview_and_do(town: Organisation, leaver: Person, colleague: Person, client: Client) -> None:
    client.force_login(leaver)
    url = reverse("organisations:hand_over", kwargs={"slug": town.slug, "public_id": leaver.public_id})
    assert client.get(url).status_code == 200
    chosen = {"last_day": days(5).isoformat(), "everything": str(colleague.public_id)}
    preview = client.post(url, chosen).content.decode()
    assert set(Ledger.objects.values_list("owner", flat=True)) == {leaver.pk}
    seen = re.findall(r'name="seen" value="([^"]+)"', preview)
    assert len(seen) == 14
    answer = client.post(url, {**chosen, "seen": seen, "confirm": "1"})
    assert answer.status_code == 302
    assert set(Ledger.objects.values_list("owner", flat=True)) == {colleague.pk}
    again = client.post(url, {**chosen, "seen": seen, "confirm": "1"})
    assert again.status_code in {200, 302}
    assert colleague.roles.filter(kind="responsible_person").count() == 1
    assert Mail.objects.filter(person=colleague).count() == 1


def test_page_shows_what_was_added_between_preview_and_confirmation(
    town: Organisation, leaver: Person, colleague: Person, client: Client
) -> None:
    client.force_login(leaver)
    url = reverse("organisations:hand_over", kwargs={"slug": town.slug, "public_id": leaver.public_id})
    seen = list(hand_over_of(leaver, town).keys)
    Ledger.objects.create(organisation=town, title="Newcomer 7788", owner=leaver)
    chosen = {"last_day": days(5).isoformat(), "everything": str(colleague.public_id)}
    answer = client.post(url, {**chosen, "seen": seen, "confirm": "1"})
    assert answer.status_code == 200
    assert "Newcomer 7788" in answer.content.decode()
    assert set(Ledger.objects.values_list("owner", flat=True)) == {leaver.pk}


def test_page_is_for_managers_and_the_leaver(town: Organisation, leaver: Person, client: Client) -> None:
    url = reverse("organisations:hand_over", kwargs={"slug": town.slug, "public_id": leaver.public_id})
    for person, status in (
        (someone_who_is("member", town), 403),
        (someone_who_is("approver", town), 403),
        (someone_who_is("responsible_person"), 403),
        (leaver, 200),
    ):
        client.force_login(person)
        assert client.get(url).status_code == status
    stranger = a_person()
    client.force_login(leaver)
    assert client.get(url.replace(str(leaver.public_id), str(stranger.public_id))).status_code == 404
