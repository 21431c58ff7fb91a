"""Invitations: one link, one address, fourteen days."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail, Person
from keino.web.organisations.errors import (
    HoldsItAlready,
    InvitationExpired,
    InvitationNotAllowedNow,
    InvitationToAnother,
    InvitationUnknown,
    InvitationUsed,
    InvitationWithdrawn,
    InvitedAlready,
    MailedTooOften,
    MayNotGive,
    NotToOneself,
)
from keino.web.organisations.models import Invitation, Organisation
from keino.web.organisations.services.hand_over import hand_over, hand_over_of
from keino.web.organisations.services.invitations import accept, digest, invite, mail_again, open_invitation, withdraw
from keino.web.organisations.services.roles import end_role
from tests.factories.accounts import an_account
from tests.factories.organisations import an_invitation, days
from tests.factories.web import a_person, an_organisation, someone_who_is

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Organisation:
    return an_organisation("Town")


@pytest.fixture
def boss(town: Organisation) -> Person:
    return someone_who_is("responsible_person", town)


def token_of(mail: Mail | None) -> str:
    assert mail is not None
    found = re.search(r"/invitation/([^/]+)/$", mail.values["_secret_link"])
    assert found
    return found[1]


def sent() -> list[Mail]:
    return list(Mail.objects.filter(template="organisations/mail/invitation.txt").order_by("pk"))


def test_invite_mails_a_link_and_keeps_its_hash_only(town: Organisation, boss: Person) -> None:
    invitation = invite(" New@Example.org", "member", town, by=boss, language="sv")
    (mail,) = sent()
    token = token_of(mail)
    assert (mail.address, mail.language, mail.person) == ("new@example.org", "sv", None)
    assert invitation.token_hash == digest(token)
    assert token not in str(Invitation.objects.values().get())
    assert invitation.expires_at - timezone.now() > dt.timedelta(days=13, hours=23)


def test_invite_refuses_a_second_one_and_roles_beyond_ones_own(town: Organisation, boss: Person) -> None:
    invite("new@example.org", "member", town, by=boss, language="fi")
    with pytest.raises(InvitedAlready):
        invite("NEW@example.org", "member", town, by=boss, language="fi")
    with pytest.raises(MayNotGive):
        invite("new@example.org", "ministry_officer", town, by=boss, language="fi")
    with pytest.raises(MayNotGive):
        invite("new@example.org", "member", town, by=someone_who_is("member", town), language="fi")
    with pytest.raises(NotToOneself):
        invite(boss.email.upper(), "approver", town, by=boss, language="fi")
    with pytest.raises(HoldsItAlready):
        invite(someone_who_is("member", town).email, "member", town, by=boss, language="fi")
    assert len(sent()) == 1


def test_accept_gives_the_role_from_today_once(town: Organisation, boss: Person) -> None:
    person = an_account("new@example.org")
    an_invitation(town, by=boss, email="new@example.org", token="secret", role_until=days(30))
    role = accept("secret", by=person)
    assert (role.kind, role.valid_from, role.valid_to, role.given_by) == ("member", days(0), days(30), boss)
    with pytest.raises(InvitationUsed):
        accept("secret", by=person)
    assert person.roles.count() == 1
    assert Mail.objects.filter(person=boss, template="organisations/mail/invitation_accepted.txt").count() == 1


def test_accept_needs_the_invited_address(town: Organisation, boss: Person) -> None:
    an_invitation(town, by=boss, email="new@example.org", token="secret")
    stranger = a_person()
    with pytest.raises(InvitationToAnother):
        accept("secret", by=stranger)
    assert stranger.roles.count() == 0


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, InvitationExpired),
        ({"withdrawn_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, InvitationWithdrawn),
        ({"accepted_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, InvitationUsed),
    ],
)
def test_closed_invitation_says_why(
    fields: dict[str, Any], error: type[Exception], town: Organisation, boss: Person, client: Client
) -> None:
    an_invitation(town, by=boss, token="secret", **fields)
    with pytest.raises(error):
        open_invitation("secret")
    for method in (client.get, client.post):
        answer = method(reverse("organisations:invitation", args=["secret"]), {"name": "X"})
        assert answer.status_code == 410
    assert not Person.objects.filter(email__startswith="invited").exists()


@pytest.mark.parametrize("token", ["nope", "%00", "..%2F..%2Fetc", "a" * 5000, "<script>alert(1)</script>"])
def test_wrong_token_is_answered_kindly(token: str, client: Client) -> None:
    with pytest.raises(InvitationUnknown):
        open_invitation(token)
    answer = client.get(reverse("organisations:invitation", args=["x"]).replace("/x/", f"/{token}/"))
    assert answer.status_code == 404
    assert "<script>alert(1)" not in answer.content.decode()


def test_new_link_makes_the_old_one_worthless(town: Organisation, boss: Person) -> None:
    invitation = invite("new@example.org", "member", town, by=boss, language="fi")
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    mail_again(invitation, by=boss)
    old, new = (token_of(mail) for mail in sent())
    with pytest.raises(InvitationUnknown):
        open_invitation(old)
    assert open_invitation(new).mailed_times == 2


def test_withdrawn_invitation_stays_withdrawn(town: Organisation, boss: Person) -> None:
    invitation = invite("new@example.org", "member", town, by=boss, language="fi")
    withdraw(invitation, by=boss)
    withdraw(invitation, by=boss)
    with pytest.raises(InvitationWithdrawn):
        mail_again(invitation, by=boss)
    assert invite("new@example.org", "member", town, by=boss, language="fi").is_open


def test_invitation_lapses_with_the_inviters_right(town: Organisation, boss: Person) -> None:
    someone_who_is("responsible_person", town)
    person = an_account("new@example.org")
    an_invitation(town, by=boss, email="new@example.org", kind="responsible_person", token="secret")
    end_role(boss.roles.get(), by=boss)
    boss.roles.update(valid_from=days(-30), valid_to=days(-1))
    with pytest.raises(InvitationNotAllowedNow):
        accept("secret", by=person)
    assert person.roles.count() == 0


def test_opening_the_link_changes_nothing(town: Organisation, boss: Person, client: Client) -> None:
    an_invitation(town, by=boss, token="secret")
    people = Person.objects.count()
    answer = client.get(reverse("organisations:invitation", args=["secret"]))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert Person.objects.count() == people
    assert Invitation.objects.get().accepted_at is None


def test_new_person_accepts_and_is_logged_in(town: Organisation, boss: Person, client: Client) -> None:
    an_invitation(town, by=boss, email="new@example.org", token="secret")
    url = reverse("organisations:invitation", args=["secret"])
    nameless = client.post(url, {"name": "  "})
    assert nameless.status_code == 400
    assert not Person.objects.filter(email="new@example.org").exists()
    answer = client.post(url, {"name": "Nea <b>Uusi</b>"})
    person = Person.objects.get(email="new@example.org")
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("organisations:people", kwargs={"slug": town.slug})
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Nea &lt;b&gt;Uusi&lt;/b&gt;" in page
    assert "<b>Uusi" not in page
    assert person.roles.get().kind == "member"
    assert client.post(url, {"name": "Again"}).status_code == 410


def test_existing_person_logs_in_first(town: Organisation, boss: Person, client: Client) -> None:
    person = an_account("old@example.org")
    an_invitation(town, by=boss, email="old@example.org", token="secret")
    url = reverse("organisations:invitation", args=["secret"])
    answer = client.post(url, {"name": "Somebody Else"})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))
    assert person.roles.count() == 0
    client.force_login(person)
    assert client.post(url).status_code == 302
    assert person.roles.get().organisation == town


def test_link_doesnt_work_for_somebody_else_who_is_logged_in(town: Organisation, boss: Person, client: Client) -> None:
    an_invitation(town, by=boss, email="new@example.org", token="secret")
    stranger = an_account()
    client.force_login(stranger)
    url = reverse("organisations:invitation", args=["secret"])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 403
    assert stranger.roles.count() == 0


def test_pages_send_again_and_withdraw_only_ones_own(town: Organisation, boss: Person, client: Client) -> None:
    other = an_organisation("Other")
    foreign = an_invitation(other, by=someone_who_is("responsible_person", other))
    client.force_login(boss)
    for name in ("invitation_again", "invitation_withdraw"):
        url = reverse(f"organisations:{name}", kwargs={"slug": town.slug, "public_id": foreign.public_id})
        assert client.post(url).status_code == 404
        assert client.get(url).status_code == 405
    foreign.refresh_from_db()
    assert foreign.is_open


def test_invite_page_pressed_twice_sends_one_mail(town: Organisation, boss: Person, client: Client) -> None:
    client.force_login(boss)
    url = reverse("organisations:invite", kwargs={"slug": town.slug})
    sent_form = {"email": "new@example.org", "kind": "member", "language": "en"}
    assert client.post(url, sent_form).status_code == 302
    again = client.post(url, sent_form)
    assert again.status_code == 200
    assert 'value="new@example.org"' in again.content.decode()
    assert len(sent()) == 1


def test_open_invitations_are_handed_over_with_the_rest(town: Organisation, boss: Person) -> None:
    invitation = invite("new@example.org", "member", town, by=boss, language="fi")
    heir = someone_who_is("responsible_person", town)
    left = hand_over_of(boss, town)
    assert [thing.title for thing in left.things] == ["new@example.org"]
    owners: dict[str, Person | None] = {left.things[0].key: heir}
    hand_over(boss, town, by=boss, last_day=days(0), owners=owners, seen=left.keys)
    invitation.refresh_from_db()
    assert invitation.invited_by == heir


def test_one_address_is_mailed_five_times_a_day(town: Organisation, boss: Person) -> None:
    invitation = invite("new@example.org", "member", town, by=boss, language="en")
    for _ in range(4):
        mail_again(invitation, by=boss)
    with pytest.raises(MailedTooOften):
        mail_again(invitation, by=boss)
    withdraw(invitation, by=boss)
    with pytest.raises(MailedTooOften):  # a new invitation is no way around
        invite("new@example.org", "member", town, by=boss, language="en")
    invite("other@example.org", "member", town, by=boss, language="en")
    assert len(sent()) == 6


def test_next_day_the_address_is_mailed_again(
    town: Organisation, boss: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = invite("new@example.org", "member", town, by=boss, language="en")
    for _ in range(4):
        mail_again(invitation, by=boss)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert mail_again(invitation, by=boss).mailed_that_day == 1
    assert len(sent()) == 6
