"""The calendar entry that mails about events carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.base.calendar_entries import CANCEL, Attendee, calendar_file
from keino.web.base.mail_files import MailFile, carries
from keino.web.events.calendar_entry import entry_of
from keino.web.events.choices import SeatState
from keino.web.events.models import Event, Seat
from keino.web.events.queries.seats import has_declined, is_invited
from keino.web.events.services.mails import METHODS

if TYPE_CHECKING:
    from keino.web.base.models import Mail


def register() -> None:
    """Say which mails carry an entry."""
    for template in METHODS:
        carries(template, calendar_entry)


def calendar_entry(mail: Mail) -> Iterator[MailFile]:
    """The entry as the event stands when the mail goes out: what was overtaken by a later change carries none."""
    event = Event.objects.select_related("organiser").filter(public_id=mail.values["event"]).first()
    if event is None:
        return
    method = METHODS[mail.template]
    seat = Seat.objects.filter(public_id=mail.values["seat"]).first() if mail.values["seat"] else None
    if method != CANCEL and (event.is_cancelled or not _gets_entry(event, seat, mail)):
        return
    if mail.values.get("had_entry") is False:
        return
    name = mail.person.name if mail.person else seat.name if seat else ""
    attendee = Attendee(mail.address, name or mail.address, is_coming=seat is not None and seat.is_booked)
    content = calendar_file([entry_of(event, attendee)], stamp=timezone.now(), method=method)
    yield MailFile("keino.ics", content, f"text/calendar; method={method}")


def _gets_entry(event: Event, seat: Seat | None, mail: Mail) -> bool:
    """Who waits for a seat has no entry in the calendar yet; who declined, or isn't invited any more, has none."""
    if seat is not None:
        return seat.state == SeatState.BOOKED
    return mail.person is None or (is_invited(event, mail.person) and not has_declined(event, mail.person))
