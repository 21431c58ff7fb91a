"""The calendar entries that the mails about changed dates carry: one file for each session of the recipient's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.base.calendar_entries import CANCEL, REQUEST, Attendee, calendar_file
from keino.web.base.mail_files import MailFile, carries
from keino.web.events.calendar_entry import entry_of
from keino.web.events.choices import SeatState
from keino.web.events.models import Event
from keino.web.events.queries.seats import has_declined, is_invited, live_seat_of
from keino.web.programmes.services import date_mails, state_mails

if TYPE_CHECKING:
    from keino.web.base.models import Mail


def register() -> None:
    """Say which mails carry entries."""
    for template in (date_mails.TEMPLATE, state_mails.TEMPLATE):
        carries(template, entries)


def entries(mail: Mail) -> Iterator[MailFile]:
    """The entries as the sessions stand when the mail goes out, for those who have a seat or are invited by name."""
    found = Event.objects.select_related("organiser").filter(public_id__in=mail.values["events"])
    for number, event in enumerate(found.order_by("starts_at", "pk"), start=1):
        seat = live_seat_of(event, person=mail.person, email=mail.address)
        person = mail.person
        is_asked = person is not None and is_invited(event, person) and not has_declined(event, person)
        if seat is None and not is_asked:
            continue
        if seat is not None and seat.state != SeatState.BOOKED:
            continue  # who waits for a seat has no entry in the calendar yet
        name = mail.person.name if mail.person else seat.name if seat else ""
        attendee = Attendee(mail.address, name or mail.address, is_coming=seat is not None)
        method = CANCEL if event.is_cancelled else REQUEST
        content = calendar_file([entry_of(event, attendee)], stamp=timezone.now(), method=method)
        yield MailFile(f"keino-{number}.ics", content, f"text/calendar; method={method}")
