"""An event as an entry of a calendar program: published to everyone, or sent to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.base.calendar_entries import Attendee, CalendarEntry
from keino.web.events.choices import EventState, Mode
from keino.web.events.links import event_url

if TYPE_CHECKING:
    from keino.web.events.models import Event


def entry_of(event: Event, attendee: Attendee | None = None) -> CalendarEntry:
    """The entry; the link to take part online is only in what goes to an attendee with a seat."""
    link = event.online_link if event.mode != Mode.ON_SITE and attendee and attendee.is_coming else ""
    return CalendarEntry(
        uid=event.uid,
        sequence=event.sequence,
        title=event.title,
        starts=event.starts_at,
        ends=event.ends_at,
        text="\n\n".join(part for part in (event.summary, link) if part),
        place=event.place if event.place and event.mode != Mode.ONLINE else link,
        url=event_url(event),
        is_off=event.state == EventState.CANCELLED,
        organiser=event.organiser.shown_name,
        attendee=attendee,
    )
