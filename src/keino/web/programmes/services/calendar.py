"""Changing the calendar of an edition: all dates at once or none, and everyone concerned is told once.

A save takes the dates as they should be. What differs is worked out here, so the same save again changes nothing and
tells nobody; several dates changed in one save make one mail to each person, with an entry for their calendar for each
session that they have one of.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.models import Person
from keino.web.events.models import Event
from keino.web.events.services.events import cancel_event, move_event
from keino.web.programmes.errors.editions import CalendarDoesNotHold
from keino.web.programmes.models import Edition
from keino.web.programmes.services.date_changes import Change, Wanted, changes_of, lacks_after
from keino.web.programmes.services.date_mails import tell_of_changes
from keino.web.programmes.services.sessions import has_event, hold_session
from keino.web.programmes.services.versions import as_seen, locked, raise_version, require_going_on


@transaction.atomic
def change_dates(edition: Edition, *, wanted: Sequence[Wanted], by: Person, seen: int, why: str = "") -> list[Change]:
    """Save dates as they should be, all or none. Raises CalendarDoesNotHold with everything that doesn't fit."""
    row = locked(edition)
    require_going_on(row)
    changes = changes_of(row, wanted)
    if not changes:  # a second press of the button
        return []
    row = as_seen(edition, seen)
    problems = lacks_after(row, changes)
    if problems:
        raise CalendarDoesNotHold(lacks=problems)
    with acting(by, act="edition_dates_changed"):
        moved = [event for change in changes if (event := _save(row, change, by=by)) is not None]
        raise_version(row)
        told = [change for change in changes if change.is_told]
        if row.is_public and told:
            tell_of_changes(row, told, moved, by=by, why=why)
    return changes


def _save(edition: Edition, change: Change, *, by: Person) -> Event | None:
    """Write one date and what hangs on it; returns the event whose calendar entries must be sent anew."""
    before, after = change.before, change.after
    if after is None:
        assert before is not None
        event = before.event
        before.delete()
        return _called_off(event, by=by)
    if change.is_told and before is not None and edition.is_public:  # nobody has a draft's dates in their calendar
        after.sequence += 1
    after.save()
    event = after.event
    if event is None:
        if edition.is_public and has_event(after):
            hold_session(after, by=by)
        return None
    if not has_event(after):  # no longer a meeting with hours
        after.event = None
        after.save(update_fields=["event"])
        return _called_off(event, by=by)
    if not change.is_told:
        return None
    return move_event(
        event,
        by=by,
        starts_at=after.starts_at,
        ends_at=after.ends_at,
        mode=after.mode or None,
        place=after.place,
        tells=False,
    )


def _called_off(event: Event | None, *, by: Person) -> Event | None:
    """Take the entries of an event back; one that is over stays as it was."""
    if event is None or event.is_over(timezone.now()):
        return None
    return cancel_event(event, because="", by=by, tells=False)
