"""Entries for calendar programs (RFC 5545), in files, feeds and messages to one person (RFC 5546).

An entry's UID never changes; its SEQUENCE rises when it moves or is called off, so that calendar programs change the
entry they have instead of adding another. Times are written in UTC, which every program shows in its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    import icalendar

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"
ONE_DAY = dt.timedelta(days=1)
#: How often a calendar program should come again to a feed.
REFRESH = dt.timedelta(hours=6)


@dataclass(frozen=True)
class Attendee:
    """Whom a message is for. ``is_coming``: they said yes, or have a seat; else they are asked."""

    address: str
    name: str = ""
    is_coming: bool = True


@dataclass(frozen=True)
class CalendarEntry:
    """One entry: from one moment to another, or of whole days (dates; ``ends`` is the last one).

    ``organiser`` is said to an attendee only. Nobody is busy because of whole days.
    """

    uid: str
    title: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | dt.date
    sequence: int = 0
    text: str = ""
    place: str = ""
    url: str = ""
    is_off: bool = False
    organiser: str = ""
    attendee: Attendee | None = None


def calendar_file(
    entries: Iterable[CalendarEntry],
    *,
    stamp: dt.datetime,
    method: str = PUBLISH,
    name: str = "",
    is_feed: bool = False,
) -> bytes:
    """Write entries as one file; ``is_feed``: calendar programs fetch it again by themselves."""
    from icalendar import Calendar

    book = Calendar()
    book.add("prodid", "-//keino//keino//")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", method)
    if name:
        book.add("x-wr-calname", name)
    if is_feed:
        book.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for entry in entries:
        book.add_component(_written(entry, stamp, is_off=entry.is_off or method == CANCEL))
    return book.to_ical()


def _written(entry: CalendarEntry, stamp: dt.datetime, *, is_off: bool) -> icalendar.Event:
    from icalendar import Event, vCalAddress, vText

    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp)
    if isinstance(entry.starts, dt.datetime) and isinstance(entry.ends, dt.datetime):
        event.add("dtstart", entry.starts.astimezone(dt.UTC))
        event.add("dtend", entry.ends.astimezone(dt.UTC))
        event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    else:
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.ends + ONE_DAY)  # of a whole day it is the day after
        event.add("transp", "TRANSPARENT")
    event.add("summary", entry.title)
    for key, value in (("location", entry.place), ("description", entry.text), ("url", entry.url)):
        if value:
            event.add(key, value)
    if entry.attendee is not None:
        organiser = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
        organiser.params["cn"] = vText(entry.organiser)
        event["organizer"] = organiser
        who = vCalAddress(f"mailto:{entry.attendee.address}")
        if entry.attendee.name:
            who.params["cn"] = vText(entry.attendee.name)
        who.params["partstat"] = vText("ACCEPTED" if entry.attendee.is_coming else "NEEDS-ACTION")
        who.params["rsvp"] = vText("FALSE")
        event.add("attendee", who, encode=0)
    return event
