"""Giving, changing and ending roles, and naming deputies."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from keino.errors import Problem, mark
from keino.web.base.audit import acting
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.codes import checked_region
from keino.web.organisations.dates import ONE_DAY, overlap
from keino.web.organisations.errors import (
    EndsBeforeItBegins,
    HasBegun,
    HoldsItAlready,
    MayNotGive,
    NobodyResponsible,
    NotInThePast,
    NotToOneself,
    RoleDoesNotFit,
    RoleNeeds,
)
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.queries.people import first_day_without_responsible, on_behalf_of
from keino.web.organisations.rules import GIVING, forget_roles, is_held_in, may_give, may_name_deputy, may_send_away
from keino.web.organisations.services.mails import tell_centre, tell_of_role, tell_responsible

NEEDS_BUYER = frozenset({RoleKind.MENTOR})
NEEDS_REGIONS = frozenset({RoleKind.CHANGE_AGENT})


def lock(organisation: Organisation) -> None:
    """Let one change of an organisation's people happen after another, so that rules see what is true."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def check_may_give(by: Person, kind: str, organisation: Organisation) -> None:
    """Refuse whoever may not give or end this role here."""
    if not may_give(by, kind, organisation):
        giving = GIVING[kind]
        givers = tuple(str(role.label) for role in RoleKind if role in giving.own | giving.anywhere)
        raise MayNotGive(role=RoleKind(kind).label, givers=givers)


def check_fits(kind: str, organisation: Organisation, *, about: Organisation | None, regions: list[str]) -> None:
    """Refuse a role in the wrong kind of organisation, or without what it needs."""
    if not is_held_in(kind, organisation):
        raise RoleDoesNotFit(role=RoleKind(kind).label, kind=organisation.get_kind_display())
    if kind in NEEDS_BUYER and about is None:
        raise RoleNeeds(role=RoleKind(kind).label, what=Problem(mark("a buyer")))
    if kind in NEEDS_REGIONS and not regions:
        raise RoleNeeds(role=RoleKind(kind).label, what=Problem(mark("at least one region")))
    for region in regions:
        checked_region(region, "", timezone.localdate())


def _check_dates(first: dt.date, last: dt.date | None) -> None:
    if last is not None and last < first:
        raise EndsBeforeItBegins
    if last is not None and last < timezone.localdate():
        raise NotInThePast


def _check_free(role: Role) -> None:
    """Refuse a second row of the same role on the same days; a deputy's row is no second one."""
    same = (
        Role.objects.standing()
        .filter(person=role.person, organisation=role.organisation, kind=role.kind, about=role.about)
        .exclude(pk=role.pk)
    )
    for other in same:
        if overlap((role.valid_from, role.valid_to), (other.valid_from, other.valid_to)):
            raise HoldsItAlready(person=role.person, role=role.get_kind_display())


@transaction.atomic
def give_role(
    person: Person,
    kind: str,
    organisation: Organisation,
    *,
    by: Person,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    about: Organisation | None = None,
    regions: list[str] | None = None,
    given_for: str = "",
    tell: bool = True,
) -> Role:
    """Give a role from a day on (today, unless named). ``given_for`` marks one that a service will end by itself."""
    lock(organisation)
    check_may_give(by, kind, organisation)
    if person.pk == by.pk:
        raise NotToOneself
    first = valid_from or timezone.localdate()
    if first < timezone.localdate():
        raise NotInThePast
    role = new_role(
        person,
        kind,
        organisation,
        by=by,
        valid_from=first,
        valid_to=valid_to,
        about=about,
        regions=regions or [],
        given_for=given_for,
    )
    if tell:
        tell_of_role("organisations/mail/role_given.txt", role, by=by, day=first)
        tell_responsible("given", role, by=by)
    return role


def new_role(
    person: Person,
    kind: str,
    organisation: Organisation,
    *,
    by: Person | None,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    about: Organisation | None = None,
    regions: list[str],
    deputy_of: Role | None = None,
    given_for: str = "",
) -> Role:
    """Add a role after all checks but who may; inside a transaction of the caller."""
    check_fits(kind, organisation, about=about, regions=regions)
    _check_dates(valid_from, valid_to)
    role = Role(
        person=person,
        kind=kind,
        organisation=organisation,
        about=about,
        regions=sorted(set(regions)),
        deputy_of=deputy_of,
        valid_from=valid_from,
        valid_to=valid_to,
        given_by=by,
        given_for=given_for,
    )
    _check_free(role)
    with acting(by, on_behalf_of=on_behalf_of(by, organisation) if by else None, act="role_given"):
        role.save()
    forget_roles(person)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Person, last_day: dt.date | None = None, tell: bool = True) -> Role:
    """Let a role end after ``last_day`` (today unless named, and at the earliest).

    The holder may lay a role down, the buyer may send its helpers away; anybody else needs the right to give it.
    Deputies of the role end with it. What was asked before is left as it is, so that a second press of the button does
    nothing.
    """
    lock(role.organisation)
    role.refresh_from_db()
    last = last_day or timezone.localdate()
    is_later = role.valid_to is not None and last > role.valid_to
    if role.person_id != by.pk and (is_later or not may_send_away(by, role)):
        check_may_give(by, role.kind, role.organisation)
    if role.valid_to == last:
        return role
    if role.person_id == by.pk and is_later:
        raise NotToOneself
    _check_change(role, last)
    set_last_day(role, last, by=by, tell=tell)
    if tell and not may_give(by, role.kind, role.organisation) and may_send_away(by, role):
        tell_centre(role, by=by, last=last)
    return role


def _check_change(role: Role, last: dt.date) -> None:
    if last < timezone.localdate() or not _is_open(role):
        raise NotInThePast
    if last < role.valid_from:
        raise EndsBeforeItBegins
    check_somebody_stays_responsible(role.organisation, {role.pk: (role.valid_from, last)}, role.kind)


def _is_open(role: Role) -> bool:
    """Whether the role is in force today or to come."""
    return role.withdrawn_at is None and (role.valid_to is None or role.valid_to >= timezone.localdate())


def check_somebody_stays_responsible(
    organisation: Organisation, changed: dict[int, tuple[dt.date, dt.date | None]], kind: str
) -> None:
    """Refuse what would leave an organisation without a responsible person, or would do so earlier than now."""
    if kind != RoleKind.RESPONSIBLE_PERSON:
        return
    today = timezone.localdate()
    before = first_day_without_responsible(organisation, today)
    after = first_day_without_responsible(organisation, today, changed=changed)
    if after is not None and (before is None or after < before):
        raise NobodyResponsible(day=day_text(after), organisation=organisation.shown_name)


def set_last_day(role: Role, last: dt.date, *, by: Person | None, tell: bool = True) -> Role:
    """Write a role's last day and those of its deputies; inside a transaction of the caller, after all checks."""
    with acting(by, on_behalf_of=on_behalf_of(by, role.organisation) if by else None, act="role_ended"):
        for deputy in role.deputies.standing():
            if deputy.valid_from > last:
                _withdraw(deputy)
            elif deputy.valid_to is None or deputy.valid_to > last:
                deputy.valid_to = last
                deputy.save(update_fields=["valid_to"])
                forget_roles(deputy.person)
        role.valid_to = last
        role.save(update_fields=["valid_to"])
    forget_roles(role.person)
    if tell:
        tell_of_role("organisations/mail/role_ended.txt", role, by=by, day=last)
        tell_responsible("ended", role, by=by)
    return role


@transaction.atomic
def withdraw_role(role: Role, *, by: Person, tell: bool = True) -> Role:
    """Take back a role that hasn't begun, and its deputies; doing it twice is harmless.

    It never was in force, so nothing that anybody did hangs on it; the row stays and says that it was withdrawn.
    """
    lock(role.organisation)
    role.refresh_from_db()
    if role.person_id != by.pk:
        check_may_give(by, role.kind, role.organisation)
    if role.withdrawn_at is not None:
        return role
    if role.valid_from <= timezone.localdate():
        raise HasBegun(day=day_text(role.valid_from))
    never = (role.valid_from, role.valid_from - ONE_DAY)
    check_somebody_stays_responsible(role.organisation, {role.pk: never}, role.kind)
    set_withdrawn(role, by=by)
    if tell:
        tell_of_role("organisations/mail/role_withdrawn.txt", role, by=by, day=role.valid_from)
        tell_responsible("withdrawn", role, by=by)
    return role


def set_withdrawn(role: Role, *, by: Person | None) -> None:
    """Write that a role and its deputies will not begin; inside a transaction of the caller, after all checks."""
    with acting(by, on_behalf_of=on_behalf_of(by, role.organisation) if by else None, act="role_withdrawn"):
        for each in (*role.deputies.standing(), role):
            _withdraw(each)


def _withdraw(role: Role) -> None:
    role.withdrawn_at = timezone.now()
    role.save(update_fields=["withdrawn_at"])
    forget_roles(role.person)


@transaction.atomic
def change_role(role: Role, *, by: Person, valid_to: dt.date | None, regions: list[str] | None = None) -> Role:
    """Change a role's last day (None = open end) and a change agent's regions."""
    lock(role.organisation)
    role.refresh_from_db()
    check_may_give(by, role.kind, role.organisation)
    if role.person_id == by.pk:
        raise NotToOneself
    if not _is_open(role):
        raise NotInThePast
    _check_dates(role.valid_from, valid_to)
    if valid_to is not None:
        check_somebody_stays_responsible(role.organisation, {role.pk: (role.valid_from, valid_to)}, role.kind)
    if role.kind in NEEDS_REGIONS and regions is not None:
        check_fits(role.kind, role.organisation, about=role.about, regions=regions)
        role.regions = sorted(set(regions))
    role.valid_to = valid_to
    _check_free(role)
    with acting(by, on_behalf_of=on_behalf_of(by, role.organisation), act="role_changed"):
        role.save(update_fields=["valid_to", "regions"])
    forget_roles(role.person)
    tell_of_role("organisations/mail/role_changed.txt", role, by=by, day=valid_to)
    tell_responsible("changed", role, by=by)
    return role


@transaction.atomic
def name_deputy(role: Role, person: Person, *, by: Person, valid_from: dt.date, valid_to: dt.date) -> Role:
    """Let somebody stand in for the holder of a role from one day to another; they act on the holder's behalf."""
    lock(role.organisation)
    role.refresh_from_db()
    if not may_name_deputy(by, role):
        check_may_give(by, role.kind, role.organisation)
        raise NotToOneself
    if person.pk in {by.pk, role.person_id}:
        raise NotToOneself
    if not _is_open(role) or valid_from < timezone.localdate():
        raise NotInThePast
    last = min(valid_to, role.valid_to) if role.valid_to else valid_to
    deputy = new_role(
        person,
        role.kind,
        role.organisation,
        by=by,
        valid_from=max(valid_from, role.valid_from),
        valid_to=last,
        about=role.about,
        regions=list(role.regions),
        deputy_of=role,
    )
    tell_of_role("organisations/mail/deputy_named.txt", deputy, by=by, day=last, holder=str(role.person))
    tell_of_role("organisations/mail/deputy_for_you.txt", role, by=by, day=last, deputy=str(person))
    tell_responsible("deputy", deputy, by=by)
    return deputy
