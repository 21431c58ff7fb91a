"""Invitations: a mailed link, kept as a hash, that gives a role once to whoever opens it with that address."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from keino.web.accounts.services import add_person, confirm_address
from keino.web.base.audit import acting
from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.organisations.choices import RoleKind
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
    NotInThePast,
    NotToOneself,
)
from keino.web.organisations.models import Invitation, Organisation, Role
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.organisations.rules import may_give
from keino.web.organisations.services.mails import INVITATION_DAYS, in_language, link
from keino.web.organisations.services.roles import check_fits, check_may_give, lock, new_role

#: Mails with a link that one organisation may send to one address on one day.
MAILS_A_DAY = 5


def digest(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    email: str,
    kind: str,
    organisation: Organisation,
    *,
    by: Person,
    language: str,
    about: Organisation | None = None,
    regions: list[str] | None = None,
    role_until: dt.date | None = None,
) -> Invitation:
    """Invite an address to a role; the mail with the link goes out with this transaction."""
    lock(organisation)
    email = email.strip().lower()
    check_may_give(by, kind, organisation)
    if email == by.email.lower():
        raise NotToOneself
    check_fits(kind, organisation, about=about, regions=regions or [])
    if role_until is not None and role_until < timezone.localdate():
        raise NotInThePast
    _check_not_held(email, kind, organisation, about)
    if organisation.invitations.filter(
        email=email, kind=kind, about=about, accepted_at=None, withdrawn_at=None
    ).exists():
        raise InvitedAlready(email=email)
    _check_not_too_often(organisation, email)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        organisation=organisation,
        email=email,
        kind=kind,
        about=about,
        regions=sorted(set(regions or [])),
        role_until=role_until,
        language=language,
        token_hash=digest(token),
        invited_by=by,
        expires_at=timezone.now() + dt.timedelta(days=INVITATION_DAYS),
    )
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="invited"):
        invitation.save()
    _mail(invitation, token, by=by)
    return invitation


def _check_not_held(email: str, kind: str, organisation: Organisation, about: Organisation | None) -> None:
    held = Role.objects.on(timezone.localdate()).filter(
        person__email=email, kind=kind, organisation=organisation, about=about
    )
    if held.exists():
        raise HoldsItAlready(person=email, role=RoleKind(kind).label)


def _mail(invitation: Invitation, token: str, *, by: Person) -> None:
    values = in_language(
        invitation.language, invitation.organisation, invitation.kind, timezone.localdate(invitation.expires_at)
    )
    send_later(
        "organisations/mail/invitation.txt",
        address=invitation.email,
        language=invitation.language,
        by=str(by),
        _secret_link=link("invitation", token=token),
        **values,
    )


def _check_not_too_often(organisation: Organisation, email: str) -> None:
    """Refuse a sixth mail to one address on one day: whoever it is would take it for spam."""
    today = organisation.invitations.filter(email=email, mailed_on=timezone.localdate())
    if (today.aggregate(sent=Sum("mailed_that_day"))["sent"] or 0) >= MAILS_A_DAY:
        raise MailedTooOften(email=email, limit=MAILS_A_DAY)


@transaction.atomic
def mail_again(invitation: Invitation, *, by: Person) -> Invitation:
    """Send a new link, valid for another 14 days; the link before stops working."""
    _lock_open(invitation)
    check_may_give(by, invitation.kind, invitation.organisation)
    _check_not_too_often(invitation.organisation, invitation.email)
    today = timezone.localdate()
    token = secrets.token_urlsafe(32)
    invitation.token_hash = digest(token)
    invitation.invited_by = by
    invitation.expires_at = timezone.now() + dt.timedelta(days=INVITATION_DAYS)
    invitation.mailed_times += 1
    invitation.mailed_that_day = invitation.mailed_that_day + 1 if invitation.mailed_on == today else 1
    invitation.mailed_on = today
    with acting(by, on_behalf_of=on_behalf_of(by, invitation.organisation), act="invited_again"):
        invitation.save()
    _mail(invitation, token, by=by)
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person) -> Invitation:
    """Take an invitation back; doing it twice is harmless."""
    check_may_give(by, invitation.kind, invitation.organisation)
    lock(invitation.organisation)
    invitation.refresh_from_db()
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = timezone.now()
        with acting(by, on_behalf_of=on_behalf_of(by, invitation.organisation), act="invitation_withdrawn"):
            invitation.save(update_fields=["withdrawn_at"])
    return invitation


def _lock_open(invitation: Invitation) -> None:
    lock(invitation.organisation)
    invitation.refresh_from_db()
    _check_open(invitation)


def _check_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.withdrawn_at is not None:
        raise InvitationWithdrawn(organisation=invitation.organisation.shown_name)


def open_invitation(token: str) -> Invitation:
    """The invitation of a link. Raises an InvitationError that says why it doesn't lead on."""
    found = Invitation.objects.filter(token_hash=digest(token)).select_related("organisation", "invited_by", "about")
    invitation = found.first()
    if invitation is None:
        raise InvitationUnknown
    _check_open(invitation)
    if invitation.is_expired:
        raise InvitationExpired(organisation=invitation.organisation.shown_name)
    return invitation


@transaction.atomic
def accept(token: str, *, by: Person) -> Role:
    """Accept as somebody who is logged in with the invited address."""
    invitation = open_invitation(token)
    if by.email.lower() != invitation.email:
        raise InvitationToAnother
    return _accept(invitation, by)


@transaction.atomic
def accept_as_new(token: str, *, name: str, language: str) -> Person:
    """Accept with an address that has no account yet: the account is made, and its address counts as confirmed."""
    invitation = open_invitation(token)
    if Person.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationToAnother
    person = add_person(email=invitation.email, name=name.strip(), language=language, confirmed=True)
    _accept(invitation, person)
    return person


def _accept(invitation: Invitation, person: Person) -> Role:
    """Give the role, unless somebody else pressed the button first or the inviter has lost the right to give it."""
    lock(invitation.organisation)
    inviter = invitation.invited_by
    if inviter is None or not inviter.is_active or not may_give(inviter, invitation.kind, invitation.organisation):
        raise InvitationNotAllowedNow(organisation=invitation.organisation.shown_name)
    invitation.refresh_from_db()
    _check_open(invitation)
    confirm_address(person)
    with acting(person, act="invitation_accepted"):
        invitation.accepted_at, invitation.accepted_by = timezone.now(), person
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        role = new_role(
            person,
            invitation.kind,
            invitation.organisation,
            by=inviter,
            valid_from=timezone.localdate(),
            valid_to=invitation.role_until,
            about=invitation.about,
            regions=list(invitation.regions),
        )
    send_later(
        "organisations/mail/invitation_accepted.txt",
        to=inviter,
        person=str(person),
        url=link("people", slug=invitation.organisation.slug),
        **in_language(inviter.language, invitation.organisation, invitation.kind),
    )
    return role
