"""Who may do what with an event: what depends on who holds it. The rest stands in ``organisations.rules``.

A permission here is asked of a person and an event (``person.has_perm("events.manage_event", event)``), and only who
may make events at all (``events.manage``) has it.

    permission                      who
    events.manage_event             who holds it; coordinators
    events.see_needs                who holds it (diet and access needs: "seen by the organiser only" is what people
                                    agree to)

Who holds an event: people with a role of the centre at its organiser, its contact person, whom the organiser named, and
those who run what it is a session of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Q

from keino.web.events.runners import run_by
from keino.web.organisations.rules import EVENT_ROLES, coordinates, roles_today

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Event

Predicate = Any  # rules.Predicate; the library ships no types
_NONE = Q(pk__in=())


def held_by(person: Person) -> Q:
    """The events that a person holds, as a condition: for one event and for lists alike."""
    if not person.has_perm("events.manage"):
        return _NONE
    own = {role.organisation_id for role in roles_today(person) if role.kind in EVENT_ROLES}
    return Q(organiser__in=own) | Q(contact=person.pk) | run_by(person)


def managed_by(person: Person) -> Q:
    """The events that a person manages, as a condition."""
    return Q() if coordinates(person) else held_by(person)


def _fits(condition: Callable[[Person], Q]) -> Predicate:
    def fits(person: Person, event: Event | None = None) -> bool:
        return event is not None and type(event).objects.filter(condition(person), pk=event.pk).exists()

    return rules.predicate(fits, name=condition.__name__)


rules.add_perm("events.manage_event", _fits(managed_by))
rules.add_perm("events.see_needs", _fits(held_by))
