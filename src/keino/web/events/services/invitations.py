"""Inviting people and organisations to an event, seating them at once (sessions of a programme), declining."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.models import Person
from keino.web.events.choices import EventState, Joins, Mode, SeatState
from keino.web.events.errors import (
    EventCancelled,
    InvitationEnded,
    InvitationOver,
    InvitationUnknown,
    InvitationWithdrawn,
    NotEnoughSeats,
    NotInvited,
)
from keino.web.events.models import Declined, Event, Invited, Seat
from keino.web.events.queries.invitations import was_withdrawn_from
from keino.web.events.queries.seats import Recipient, counted, free_seats, invited_people, is_invited, live_seat_of
from keino.web.events.services.line import locked, settle
from keino.web.events.services.mails import recipient_of, tell
from keino.web.events.services.seats import cancel_seat

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.organisations.models import Organisation


def invite(
    event: Event,
    *,
    by: Person | None,
    people: Iterable[Person] = (),
    organisations: Iterable[Organisation] = (),
    seated: bool = False,
    tells: bool = True,
) -> int:
    """Invite people, and organisations whose people may then register; returns how many were told.

    Each person, and each responsible person of an organisation, gets one mail with an entry for the calendar, however
    often they are invited. ``seated`` gives the people named a seat at once, without a form: their taking part was
    agreed elsewhere. An event that isn't announced yet tells nobody until ``tell_invited``; ``tells=False`` neither.
    """
    named = list({person.pk: person for person in people if person.erased_at is None}.values())
    with transaction.atomic(), acting(by, act="event_invited"):
        held = locked(event)
        if held.is_cancelled:
            raise EventCancelled(title=held.title)
        rows = [_row(held, by, person=person) for person in named]
        rows += [_row(held, by, organisation=organisation) for organisation in organisations]
        _take_up_again(held, [row for row in rows if row.withdrawn_at is not None], by)
        if seated:
            _seat(held, named)
        return tell_invited(held) if tells and held.state == EventState.ANNOUNCED else 0


def _row(event: Event, by: Person | None, **whom: Person | Organisation) -> Invited:
    return Invited.objects.get_or_create(event=event, **whom, defaults={"invited_by": by})[0]


def _take_up_again(event: Event, withdrawn: list[Invited], by: Person | None) -> None:
    """Let invitations that were withdrawn hold again, with a higher number than the entry that took them back."""
    for row in withdrawn:
        row.withdrawn_at, row.invited_by, row.invited_at = None, by, timezone.now()
        row.save(update_fields=["withdrawn_at", "invited_by", "invited_at"])
    if withdrawn:
        event.sequence += 1
        event.save(update_fields=["sequence"])


def tell_invited(event: Event) -> int:
    """Mail everyone invited who wasn't told yet; returns how many. Nobody is invited to what is over."""
    if event.is_over(timezone.now()):
        return 0
    seats = {seat.person_id: seat for seat in event.seats.live().exclude(person=None).select_related("person")}
    told = 0
    for person in invited_people(event):
        seat = seats.get(person.pk)
        recipient = recipient_of(seat) if seat else Recipient(person, person.email, person.language, str(person), None)
        told += tell("invited", event, recipient, once="first", seated=seat is not None)
    return told


def require_invitation(named: tuple[UUID, UUID] | None) -> tuple[Event, Person]:
    """The event and the person whom a link names (``read_invitation_token``).

    Raises InvitationUnknown where it names nothing, InvitationWithdrawn where the invitation was taken back,
    InvitationEnded where the person isn't invited any more.
    """
    if named is None:
        raise InvitationUnknown
    found = Event.objects.exclude(state=EventState.DRAFT).select_related("organiser", "series", "contact")
    event = found.filter(public_id=named[0]).first()
    if event is None:
        raise InvitationUnknown
    person = Person.objects.filter(public_id=named[1], is_active=True, erased_at=None).first()
    if person is None:
        raise InvitationEnded
    if not is_invited(event, person):
        raise InvitationWithdrawn if was_withdrawn_from(event, person) else InvitationEnded
    return event, person


def decline(event: Event, *, person: Person) -> None:
    """Say that an invited person can't come: the hosts see it, and nothing more about the event reaches the person.

    Who has a seat by now gives it back. Twice is once; registering takes it back. Raises NotInvited, EventCancelled
    and InvitationOver.
    """
    with transaction.atomic():
        held = locked(event)
        if held.is_cancelled:
            raise EventCancelled(title=held.title)
        if held.is_over(timezone.now()):
            raise InvitationOver(title=held.title)
        if not is_invited(held, person):
            raise NotInvited(title=held.title)
        seat = live_seat_of(held, person=person)
        if seat is not None:
            cancel_seat(seat, by=person)
            return
        declined, is_new = Declined.objects.get_or_create(event=held, person=person)
        if is_new:
            recipient = Recipient(person, person.email, person.language, str(person), None)
            tell("declined", held, recipient, once=declined.declined_at.isoformat())


def _seat(event: Event, people: list[Person]) -> None:
    """Book a seat for each person who has none and hasn't declined; all of them or nobody."""
    now = timezone.now()
    settle(event, now)
    joins = Joins.ONLINE if event.mode == Mode.ONLINE else Joins.ON_SITE
    declined = set(event.declined.values_list("person", flat=True))
    without = []
    for person in people:
        if person.pk in declined:
            continue
        seat = live_seat_of(event, person=person)
        if seat is None:
            without.append(person)
        elif seat.person_id is None:  # they registered by address before they had an account
            Seat.objects.filter(pk=seat.pk).update(person=person)
    free = free_seats(event, now)
    if free is not None and joins == counted(event) and len(without) > free:
        raise NotEnoughSeats(wanted=len(without), free=free)
    for person in without:
        Seat.objects.create(
            event=event,
            person=person,
            name=person.name,
            email=person.email,
            language=person.language,
            joins=joins,
            state=SeatState.BOOKED,
            booked_at=now,
        )
