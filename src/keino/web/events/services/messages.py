"""Mail to an event's people: what the organiser writes, and the reminder of the day before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from keino.web.events.choices import EventState, Joins, Mode, SeatState
from keino.web.events.models import Event
from keino.web.events.services.mails import recipient_of, tell

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.base.models import Person
    from keino.web.events.models import Seat


def addressed(event: Event, to: str) -> QuerySet[Seat]:
    """Whom a message would reach: those with a seat, those who wait, or both (``all``)."""
    states = {"booked": [SeatState.BOOKED], "waiting": [SeatState.WAITING]}
    found = event.seats.filter(state__in=states.get(to, [SeatState.BOOKED, SeatState.WAITING]), erased_at=None)
    return found.select_related("person").order_by("name", "pk")


def send_message(event: Event, *, subject: str, text: str, to: str, key: UUID, by: Person) -> int:
    """Write to an event's people; the same message (``key``) goes once. Returns how many mails were queued."""
    with transaction.atomic():
        return sum(
            tell("message", event, recipient_of(seat), once=f"{key}:{seat.public_id}", subject=subject, text=text)
            for seat in addressed(event, to)
        )


def send_reminders() -> int:
    """Remind those with a seat in an event of tomorrow; each once for each time that it was moved to."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    sent = 0
    found = Event.objects.filter(state=EventState.ANNOUNCED, starts_at__date=tomorrow)
    for event in found.select_related("organiser", "contact"):
        for seat in event.seats.booked().filter(erased_at=None).select_related("person"):
            link = event.online_link if event.mode != Mode.ON_SITE and seat.joins == Joins.ONLINE else ""
            sent += tell(
                "reminder", event, recipient_of(seat), once=f"{seat.public_id}:{event.sequence}", online_link=link
            )
    return sent
