"""Reads of invitations: who loses by the withdrawal of one, whether one was withdrawn from somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from keino.web.events.choices import Audience
from keino.web.events.queries.seats import Recipient, told_of
from keino.web.organisations.models import Role

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Event, Invited, Seat


def lose_by(invited: Invited) -> list[Recipient]:
    """Who is concerned when this invitation is withdrawn, each with the seat that they lose, if any.

    Of those who would be told that the event moves: the person, or people who hold or held a role in the organisation.
    But not whom another invitation holds for today, nor who registered themselves to an event for everyone.
    """
    event = invited.event
    others = event.invited.standing().exclude(pk=invited.pk)
    of_others = Role.objects.on(timezone.localdate()).filter(organisation__in=others.values("organisation"))
    still = {*others.values_list("person", flat=True), *of_others.values_list("person", flat=True)}
    by_it = {invited.person_id}
    if invited.organisation_id is not None:
        by_it = set(Role.objects.filter(organisation=invited.organisation_id).values_list("person", flat=True))
    return [
        each
        for each in told_of(event)
        if each.person is not None
        and each.person.pk in by_it - still
        and not (each.seat is not None and _registered_themselves(event, each.seat))
    ]


def _registered_themselves(event: Event, seat: Seat) -> bool:
    """Whether a seat needs no invitation: anyone could have it, and the person asked for it."""
    return event.audience == Audience.PUBLIC and seat.consented_at is not None


def was_withdrawn_from(event: Event, person: Person) -> bool:
    """Whether an invitation of the person, or of an organisation in which they hold or held a role, was withdrawn."""
    theirs = Role.objects.filter(person=person).values("organisation")
    return event.invited.exclude(withdrawn_at=None).filter(Q(person=person) | Q(organisation__in=theirs)).exists()
