"""A date of plans as an entry of a calendar program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.base.calendar_entries import CalendarEntry

if TYPE_CHECKING:
    from keino.web.plans.queries.action_dates import Dated


def entry_of(date: Dated, *, site: str) -> CalendarEntry:
    """The entry, of a whole day; ``site`` (``https://host``) begins the page's address and ends the identifier."""
    host = site.partition("://")[2] or site
    return CalendarEntry(
        uid=f"{date.key}@{host}",
        title=f"{date.title} ({date.organisation})",
        starts=date.day,
        ends=date.day,
        text=date.text,
        url=f"{site}{date.url}" if date.url else "",
    )
