"""What of registrations goes when its time is over, or when a person is erased; the numbers stay."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from keino.web.events.choices import SeatState
from keino.web.events.consent import NEEDS_DAYS
from keino.web.events.models import Declined, Event, Invited, Material, Seat, Series
from keino.web.events.queries.seats import of_person
from keino.web.events.services.line import locked, settle

if TYPE_CHECKING:
    from keino.web.base.models import Person


def retire() -> int:
    """Delete needs a week after their event, and names when the days that the event promised are over."""
    now = timezone.now()
    soon = Seat.objects.filter(event__ends_at__lt=now - dt.timedelta(days=NEEDS_DAYS)).exclude(needs="")
    gone = soon.update(needs="")
    kept = Seat.objects.filter(erased_at=None)
    for days in set(kept.values_list("event__registration_days", flat=True)):
        over = Event.objects.filter(registration_days=days, ends_at__lt=now - dt.timedelta(days=days))
        gone += forget(kept.filter(event__in=over))
    return gone + _forget_invited(now)


def _forget_invited(now: dt.datetime) -> int:
    """Who was invited by name, and who couldn't come, is forgotten when who came is. Organisations stay."""
    gone = 0
    for rows in (Invited.objects.exclude(person=None), Declined.objects.all()):
        for days in set(rows.values_list("event__registration_days", flat=True)):
            over = Event.objects.filter(registration_days=days, ends_at__lt=now - dt.timedelta(days=days))
            gone += rows.filter(event__in=over).delete()[0]
    return gone


def forget(seats: QuerySet[Seat]) -> int:
    """Take names, addresses and texts out of registrations; state, way and attendance stay for the numbers."""
    return seats.update(
        person=None, organisation=None, name="", email="", works_at="", needs="", consent_text="",
        erased_at=timezone.now(),
    )  # fmt: skip


def erase(person: Person) -> None:
    """Take a person out of events: seats to come go to the next in line, past ones stay as numbers."""
    now = timezone.now()
    own = Seat.objects.filter(of_person(person))
    ahead = own.filter(event__ends_at__gt=now)
    for event in Event.objects.filter(pk__in=ahead.values("event")).order_by("pk"):
        with transaction.atomic():
            held = locked(event)
            mine = held.seats.filter(of_person(person))
            mine.filter(state=SeatState.HELD).delete()
            mine.exclude(state=SeatState.LAPSED).update(state=SeatState.CANCELLED, cancelled_at=now, has_place=False)
            settle(held, now)
    forget(own)
    Invited.objects.filter(person=person).delete()
    Declined.objects.filter(person=person).delete()
    Invited.objects.filter(invited_by=person).update(invited_by=None)
    Event.objects.filter(contact=person).update(contact=None)
    Event.objects.filter(created_by=person).update(created_by=None)
    Series.objects.filter(created_by=person).update(created_by=None)
    Material.objects.filter(added_by=person).update(added_by=None)
