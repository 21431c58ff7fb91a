"""Reads of seats: how many are free, who has one, who is told of a change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from keino.web.base.models import Person
from keino.web.events.choices import Joins, Mode, SeatState
from keino.web.events.models import Declined, Event, Seat
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Role

if TYPE_CHECKING:
    from uuid import UUID


def counted(event: Event) -> str:
    """Whose seats the capacity counts: those in the room, or online where there is no room."""
    return Joins.ONLINE if event.mode == Mode.ONLINE else Joins.ON_SITE


def taken_seats(event: Event, now: dt.datetime) -> int:
    """How many of the seats that are counted nobody else can have now."""
    return event.seats.taken(now).filter(joins=counted(event)).count()


def taken_if(event: Event, mode: str, now: dt.datetime) -> int:
    """How many would be taken if people took part another way: everyone comes along, but nobody moves into a room."""
    taken = event.seats.taken(now)
    return taken.filter(joins=Joins.ON_SITE).count() if mode == Mode.HYBRID else taken.count()


def free_seats(event: Event, now: dt.datetime) -> int | None:
    """How many are free; None = no limit. Never below zero: a smaller room takes nobody's seat."""
    if event.capacity is None:
        return None
    return max(0, event.capacity - taken_seats(event, now))


def place_in_line(seat: Seat) -> int:
    """Which place a seat has in the waiting list, from 1."""
    before = Q(queued_at__lt=seat.queued_at) | Q(queued_at=seat.queued_at, pk__lt=seat.pk)
    return seat.event.seats.in_line().filter(before, joins=seat.joins).count() + 1


def seat_of(public_id: UUID | None) -> Seat | None:
    """A seat with its event and person."""
    found = Seat.objects.filter(public_id=public_id) if public_id else Seat.objects.none()
    return found.select_related("event__organiser", "event__contact", "person").first()


def live_seat_of(event: Event, *, person: Person | None = None, email: str = "") -> Seat | None:
    """The registration of a person or an address that isn't over."""
    who = Q(person=person) if person is not None else Q(pk=None)
    address = person.email if person is not None else email
    if address:
        who |= Q(email__iexact=address)
    return event.seats.live().filter(who).order_by("pk").first()


def of_person(person: Person) -> Q:
    """Seats of a person: of their account, or of their address before they had one."""
    return Q(person=person) | (Q(person=None, email__iexact=person.email) if person.email else Q(pk=None))


def seats_of_person(person: Person) -> QuerySet[Seat]:
    """A person's registrations, the newest event first."""
    found = Seat.objects.filter(of_person(person), erased_at=None).exclude(state=SeatState.HELD)
    return found.select_related("event__organiser").order_by("-event__starts_at", "-pk")


def booked_events(person: Person, since: dt.datetime, until: dt.datetime) -> list[Event]:
    """Events in which a person has a seat, for their own calendar; cancelled ones, too, which it then takes out."""
    sure = Seat.objects.filter(of_person(person), event=OuterRef("pk"), state=SeatState.BOOKED)
    found = Event.objects.filter(Exists(sure), ends_at__gte=since, starts_at__lte=until)
    return list(found.select_related("organiser").order_by("starts_at", "pk"))


def is_invited(event: Event, person: Person) -> bool:
    """Whether the person, or an organisation in which they hold a role today, was invited."""
    held = Role.objects.on(timezone.localdate()).filter(person=person).values("organisation")
    return event.invited.standing().filter(Q(person=person) | Q(organisation__in=held)).exists()


def has_declined(event: Event, person: Person) -> bool:
    """Whether somebody said that they can't come: to the invitation, or by cancelling the seat they had."""
    if live_seat_of(event, person=person) is not None:
        return False
    return event.declined.filter(person=person).exists() or event.seats.given_up().filter(person=person).exists()


@dataclass(frozen=True)
class Recipient:
    """Somebody who is told of an event: by their seat, or by an invitation they haven't answered."""

    person: Person | None
    address: str
    language: str
    name: str
    seat: Seat | None

    @property
    def key(self) -> str:
        """What tells one recipient from another in the key of a mail."""
        return str(self.person.public_id if self.person else self.seat.public_id if self.seat else self.address)


def told_of(event: Event) -> list[Recipient]:
    """Everyone who is told when the event moves or is cancelled, each once, by name.

    Those with a seat or in the waiting list; people invited who haven't said no; of invited organisations the
    responsible persons, who told the others.
    """
    found: dict[str, Recipient] = {}
    for seat in event.seats.live().select_related("person").order_by("name", "pk"):
        person = seat.person
        address = (person.email if person else seat.email).lower()
        if address:
            found[address] = Recipient(person, address, person.language if person else seat.language, str(seat), seat)
    declined = set(event.seats.given_up().exclude(person=None).values_list("person", flat=True))
    for person in invited_people(event):
        if person.pk not in declined:
            found.setdefault(person.email.lower(), Recipient(person, person.email, person.language, str(person), None))
    return list(found.values())


def invited_people(event: Event) -> Iterator[Person]:
    """People invited by name, and the responsible persons of invited organisations; but those who declined."""
    today = timezone.localdate()
    responsible = Role.objects.on(today).filter(
        kind=RoleKind.RESPONSIBLE_PERSON,
        organisation__in=event.invited.standing().exclude(organisation=None).values("organisation"),
    )
    named = event.invited.standing().exclude(person=None)
    chosen = Q(pk__in=named.values("person")) | Q(pk__in=responsible.values("person"))
    declined = Declined.objects.filter(event=event).values("person")
    found = Person.objects.filter(chosen, is_active=True, erased_at=None).exclude(pk__in=declined)
    yield from found.distinct().order_by("name", "email", "pk")
