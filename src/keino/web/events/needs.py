"""What of ``events`` needs a person, and its coming dates, for the homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.events.choices import LIVE, EventState, SeatState
from keino.web.events.models import Declined, Event, Invited, Seat
from keino.web.organisations.needs import ComingDate, Need

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: For so long after an event its contact person is reminded to mark who came.
MARK_WITHIN = dt.timedelta(days=14)
#: Coming events that a home shows.
COMING = 10


def needs(person: Person, organisations: Sequence[Organisation]) -> Iterator[Need]:
    """The person's own events that are over and in which nobody's attendance was marked; by one query."""
    if not person.has_perm("events.manage"):
        return
    now = timezone.now()
    seats = Seat.objects.filter(event=OuterRef("pk"), state=SeatState.BOOKED)
    found = Event.objects.filter(contact=person, state=EventState.ANNOUNCED).past(now)
    unmarked = found.filter(Exists(seats), ~Exists(seats.exclude(attendance="")), ends_at__gt=now - MARK_WITHIN)
    for event in unmarked.only("public_id", "title", "ends_at"):
        url = reverse("events:attendance", kwargs={"event_id": event.public_id})
        due = timezone.localdate(event.ends_at + MARK_WITHIN)
        yield Need("you", _("Mark who came to “{title}”").format(title=event.title), url, due)


def coming_dates(person: Person, organisation: Organisation) -> Iterator[ComingDate]:
    """Events in which the person has a seat or waits for one; invitations to them or the organisation, not declined."""
    own = Exists(Seat.objects.filter(event=OuterRef("pk"), person=person, state__in=LIVE))
    invited = Exists(
        Invited.objects.standing().filter(Q(person=person) | Q(organisation=organisation), event=OuterRef("pk"))
    )
    declined = Exists(Declined.objects.filter(event=OuterRef("pk"), person=person))
    found = Event.objects.filter(own | (invited & ~declined), state=EventState.ANNOUNCED).coming(timezone.now())
    for event in found.only("public_id", "title", "starts_at", "ends_at")[:COMING]:
        url = reverse("events:event", kwargs={"event_id": event.public_id})
        yield ComingDate(timezone.localdate(event.starts_at), event.title, url)
