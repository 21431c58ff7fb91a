"""Dates as an iCalendar file (RFC 5545), which calendar programs fetch by themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keino.web.plans.queries.action_dates import Dated

ONE_DAY = dt.timedelta(days=1)
#: How often a calendar program should come again.
REFRESH = dt.timedelta(hours=6)


def as_icalendar(dates: Iterable[Dated], *, name: str, site: str, stamp: dt.datetime) -> bytes:
    """Write whole-day events. ``site`` (``https://host``) begins their pages' addresses and ends their identifiers."""
    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//keino//actions//")
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name)
    book.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    host = site.partition("://")[2] or site
    for date in dates:
        event = Event()
        event.add("uid", f"{date.key}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", date.day)
        event.add("dtend", date.day + ONE_DAY)  # of a whole day it is the day after
        event.add("summary", f"{date.title} ({date.organisation})")
        if date.text:
            event.add("description", date.text)
        if date.url:
            event.add("url", f"{site}{date.url}")
        event.add("transp", "TRANSPARENT")  # nobody is busy because of a deadline
        book.add_component(event)
    return book.to_ical()
