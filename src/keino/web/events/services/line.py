"""The waiting list: whoever is first gets the next free seat, in the transaction that freed it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from keino.web.events.choices import EventState, SeatState
from keino.web.events.models import Event, Seat
from keino.web.events.queries.seats import counted, free_seats
from keino.web.events.services.mails import recipient_of, tell


def locked(event: Event) -> Event:
    """The event, held until the end of the transaction: every act on its seats waits for the one before.

    Must be called inside a transaction. With the organiser, whom every mail names.
    """
    return Event.objects.select_for_update(of=("self",)).select_related("organiser", "contact").get(pk=event.pk)


def settle(event: Event, now: datetime) -> int:
    """Let held seats lapse whose time is up, then move the waiting list up; returns how many got a seat.

    The caller holds the event (``locked``). Doing it again changes nothing.
    """
    _lapse(event, now)
    if event.state != EventState.ANNOUNCED or now >= event.starts_at:
        return 0
    free = free_seats(event, now)
    first = event.seats.in_line().select_related("person")
    # Those who don't need a counted seat, such as people online of a hybrid event, never wait.
    ready = list(first.exclude(joins=counted(event)))
    in_line = first.filter(joins=counted(event))
    ready += list(in_line if free is None else in_line[:free])
    for seat in ready:
        seat.state, seat.booked_at, seat.moved_up_at = SeatState.BOOKED, now, now
        seat.save(update_fields=["state", "booked_at", "moved_up_at"])
        tell("moved_up", event, recipient_of(seat), once=str(seat.public_id))
    return len(ready)


def _lapse(event: Event, now: datetime) -> None:
    """Forms that nobody sent leave nothing; registrations that nobody confirmed lapse without the name."""
    late = event.seats.filter(held_until__lte=now)
    late.filter(state=SeatState.HELD).delete()
    late.filter(state=SeatState.UNCONFIRMED).update(
        state=SeatState.LAPSED, name="", email="", works_at="", needs="", person=None, organisation=None, erased_at=now
    )


def settle_due() -> int:
    """Settle every event in which a held seat's time is up; returns how many people got a seat."""
    now = timezone.now()
    waiting = (SeatState.HELD, SeatState.UNCONFIRMED)
    due = Seat.objects.filter(state__in=waiting, held_until__lte=now).values("event")
    moved = 0
    for event in Event.objects.filter(pk__in=due).order_by("pk"):
        with transaction.atomic():
            moved += settle(locked(event), now)
    return moved
