"""Hand-over: somebody leaves, and everything they own and hold here gets a new owner, in one transaction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.mail import send_later
from keino.web.base.models import Person
from keino.web.base.owned import Owned, owned_by
from keino.web.base.templatetags.keino import day as day_text
from keino.web.organisations.dates import ONE_DAY
from keino.web.organisations.errors import (
    NewOwnerMayNot,
    NobodyResponsible,
    NoNewOwner,
    NothingToHandOver,
    NotInThePast,
    NotToOneself,
)
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.queries.people import (
    first_day_without_responsible,
    on_behalf_of,
    people_of,
    roles_to_end,
)
from keino.web.organisations.rules import forget_roles
from keino.web.organisations.services.mails import in_language, link
from keino.web.organisations.services.roles import check_may_give, lock, new_role, set_last_day, set_withdrawn


@dataclass(frozen=True)
class HandOver:
    """What a leaving person leaves behind: things, and roles with their keys."""

    person: Person
    organisation: Organisation
    things: tuple[Owned, ...]
    roles: tuple[Role, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of everything that needs a decision: things first, then roles."""
        return (*(thing.key for thing in self.things), *(role_key(role) for role in self.roles))

    @property
    def count(self) -> int:
        """How many things need an owner."""
        return len(self.things) + len(self.roles)


def role_key(role: Role) -> str:
    """The key of a role in a hand-over."""
    return f"role:{role.public_id}"


def hand_over_of(person: Person, organisation: Organisation) -> HandOver:
    """What this person would leave behind here."""
    roles = tuple(roles_to_end(person, organisation, timezone.localdate()))
    return HandOver(person, organisation, tuple(owned_by(person, organisation)), roles)


def shown_to(reader: Person, left: HandOver) -> HandOver:
    """The same for a reader's eyes: of things that they may not see only the kind is left, with a number."""
    things = [
        thing if not thing.seen_with or reader.has_perm(thing.seen_with, left.organisation) else _unnamed(thing, number)
        for number, thing in enumerate(left.things, start=1)
    ]
    return replace(left, things=tuple(things))


def _unnamed(thing: Owned, number: int) -> Owned:
    return replace(thing, title=gettext("number {number}").format(number=number), url="")


def candidates(person: Person, organisation: Organisation) -> list[Person]:
    """Who could take something over: everyone else with a role here today."""
    return [other for other in people_of(organisation, timezone.localdate()) if other.pk != person.pk]


@transaction.atomic
def hand_over(
    person: Person,
    organisation: Organisation,
    *,
    by: Person,
    last_day: dt.date,
    owners: dict[str, Person | None],
    seen: tuple[str, ...],
) -> HandOver:
    """Give everything to its new owner and end the person's roles after ``last_day``; all of it or nothing.

    ``seen`` are the keys that the person saw when deciding: when something was added since, nothing is changed and
    Conflict is raised. Things change hands at once; roles the day after the last day.
    """
    lock(organisation)
    left = hand_over_of(person, organisation)
    if not left.count:
        raise NothingToHandOver(person=person)
    if set(left.keys) != set(seen):
        raise Conflict
    _check(left, by=by, last_day=last_day, owners=owners)
    gap = first_day_without_responsible(organisation, timezone.localdate())
    received: dict[Person, list[str]] = {}
    with acting(by, on_behalf_of=on_behalf_of(by, organisation), act="handed_over"):
        for thing in left.things:
            owner = owners[thing.key]
            assert owner is not None  # _check has seen to that
            thing.give_to(owner)
            received.setdefault(owner, []).append(thing.title)
        for role in left.roles:
            _pass_on(role, owners.get(role_key(role)), by=by, last_day=last_day, received=received)
    later_gap = first_day_without_responsible(organisation, timezone.localdate())
    if later_gap is not None and (gap is None or later_gap < gap):
        raise NobodyResponsible(day=day_text(later_gap), organisation=organisation.shown_name)
    _tell(left, received, by=by, last_day=last_day)
    return left


def _check(left: HandOver, *, by: Person, last_day: dt.date, owners: dict[str, Person | None]) -> None:
    if last_day < timezone.localdate():
        raise NotInThePast
    without = [thing for thing in left.things if owners.get(thing.key) is None]
    if without:
        raise NoNewOwner(count=len(without))
    chosen = {owner for owner in owners.values() if owner is not None}
    allowed = {person.pk for person in candidates(left.person, left.organisation)}
    for owner in chosen:
        if owner.pk not in allowed:
            raise NewOwnerMayNot(
                person=owner, organisation=left.organisation.shown_name, day=day_text(timezone.localdate())
            )
    for role in left.roles:
        if left.person.pk != by.pk or owners.get(role_key(role)) is not None:
            check_may_give(by, role.kind, left.organisation)


def _pass_on(
    role: Role, owner: Person | None, *, by: Person, last_day: dt.date, received: dict[Person, list[str]]
) -> None:
    """End a role and begin it anew with its next holder. One who holds it already simply goes on.

    A role that would begin after the last day is withdrawn, and begins with its next holder on the day it would have.
    """
    until = role.valid_to
    if role.valid_from > last_day:
        set_withdrawn(role, by=by)
    elif until is None or until > last_day:
        set_last_day(role, last_day, by=by, tell=False)
    if owner is None or (until is not None and until <= last_day):
        return
    received.setdefault(owner, []).append(str(role.get_kind_display()))
    start = max(last_day + ONE_DAY, role.valid_from)
    held = Role.objects.on(start).filter(
        person=owner, organisation=role.organisation, kind=role.kind, about=role.about, deputy_of=None
    )
    if held.filter(valid_to=None).exists():
        return
    if owner.pk == by.pk:
        raise NotToOneself
    for other in held:  # a role of their own that would have ended: it goes on instead
        other.valid_to = until
        other.save(update_fields=["valid_to"])
        forget_roles(owner)
        return
    new_role(
        owner,
        role.kind,
        role.organisation,
        by=by,
        valid_from=start,
        valid_to=until,
        about=role.about,
        regions=list(role.regions),
        given_for=role.given_for,
    )


def _tell(left: HandOver, received: dict[Person, list[str]], *, by: Person, last_day: dt.date) -> None:
    for owner, titles in received.items():
        send_later(
            "organisations/mail/handed_to_you.txt",
            to=owner,
            by=str(by),
            person=str(left.person),
            things=titles,
            url=link("people", slug=left.organisation.slug),
            **in_language(owner.language, left.organisation, day=last_day),
        )
    if left.person.pk != by.pk:
        send_later(
            "organisations/mail/handed_over.txt",
            to=left.person,
            by=str(by),
            count=left.count,
            **in_language(left.person.language, left.organisation, day=last_day),
        )
