"""The team of an application: people by name and address, their roles, one of them responsible.

Every change raises the application's version: whoever sends it sends the team that stood on the page.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.models import Person
from keino.web.organisations.queries.people import on_behalf_of, people_of
from keino.web.programmes.errors.applications import MemberThere, TeamIsFull, UnknownTeamRole
from keino.web.programmes.models import Application, ApplicationMember
from keino.web.programmes.services.applications.moves import locked


@transaction.atomic
def add_member(application: Application, *, by: Person, key: uuid.UUID, **fields: Any) -> ApplicationMember:
    """Add somebody. ``key`` is the form's: sent twice, one is added.

    Raises MemberThere, TeamIsFull, UnknownTeamRole.
    """
    row = _open(application)
    there = row.members.filter(made_with=key).first()
    if there is not None:
        return there
    if row.members.count() >= row.edition.team_max:
        raise TeamIsFull(edition=row.edition.shown_name, most=row.edition.team_max)
    member = ApplicationMember(application=row, made_with=key)
    _write(row, member, fields)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="team_member_added"):
        _one_responsible(row, member)
        member.save()
        _raise_version(row)
    return member


@transaction.atomic
def change_member(member: ApplicationMember, *, by: Person, seen: int, **fields: Any) -> ApplicationMember:
    """Change somebody as they were seen in version ``seen``. Raises Conflict."""
    row = _open(member.application)
    there = ApplicationMember.objects.select_for_update().get(pk=member.pk)
    if all(getattr(there, name) == value for name, value in fields.items()):
        return there
    if there.version != seen:
        raise Conflict
    _write(row, there, fields)
    there.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="team_member_changed"):
        _one_responsible(row, there)
        there.save()
        _raise_version(row)
    return there


@transaction.atomic
def remove_member(member: ApplicationMember, *, by: Person) -> None:
    """Take somebody out; doing it twice is harmless."""
    row = _open(member.application)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="team_member_removed"):
        for there in ApplicationMember.objects.filter(pk=member.pk):
            there.delete()
            _raise_version(row)


def _open(application: Application) -> Application:
    row = locked(application)
    if not row.is_writable:
        raise NotAllowedNow(state=row.get_state_display())
    return row


def _raise_version(row: Application) -> None:
    row.version += 1
    row.save(update_fields=["version"])


def _write(row: Application, member: ApplicationMember, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(member, name, value)
    member.email = member.email.strip().lower()
    if row.members.filter(email=member.email).exclude(pk=member.pk).exists():
        raise MemberThere(email=member.email)
    if member.role and not row.edition.team_roles.filter(code=member.role).exists():
        raise UnknownTeamRole(role=member.role)
    # somebody of the organisation with an account is told by it; others stand by their name alone
    theirs = people_of(row.organisation, timezone.localdate()).filter(email__iexact=member.email)
    member.person = theirs.first()


def _one_responsible(row: Application, member: ApplicationMember) -> None:
    """Whoever is named last answers for the team."""
    if member.is_responsible:
        for other in row.members.filter(is_responsible=True).exclude(pk=member.pk):
            other.is_responsible, other.version = False, other.version + 1
            other.save(update_fields=["is_responsible", "version"])


@transaction.atomic
def give_application(application: Application, to: Person) -> None:
    """Give an application another contact person, as one of a hand-over."""
    row = locked(application)
    row.contact, row.version = to, row.version + 1
    row.save(update_fields=["contact", "version"])
