"""The calendar of an edition as entries of a calendar program.

A date keeps its UID when it moves, and its SEQUENCE rises; a session has the same UID as the invitation to it, so who
has both has one entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from keino.domain.programmes.calendar import SHAPES, Shape
from keino.web.base.calendar_entries import CalendarEntry
from keino.web.programmes.dates_in_words import when_of
from keino.web.programmes.on_record import OPENINGS

if TYPE_CHECKING:
    from keino.web.programmes.models import Edition, EditionDate


def entry_of(edition: Edition, date: EditionDate, *, url: str) -> CalendarEntry:
    """The entry of one date: of its hours where it is a session with hours, else of whole days."""
    starts, ends = date.starts_at, date.ends_at
    has_hours = not date.is_whole_day and ends > starts and SHAPES[date.kind] == Shape.SESSION
    first = starts if date.kind in OPENINGS or SHAPES[date.kind] != Shape.MOMENT else ends
    return CalendarEntry(
        uid=str(date.public_id),
        # withdrawing an invitation and a new link raise the number of the event alone
        sequence=max(date.sequence, date.event.sequence if date.event else 0),
        title=f"{date.shown_name} – {edition.shown_name}",
        starts=starts if has_hours else timezone.localdate(first),
        ends=ends if has_hours else timezone.localdate(ends),
        text=when_of(date),
        place=date.place,
        url=url,
    )
