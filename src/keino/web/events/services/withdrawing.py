"""Withdrawing an invitation: whoever it was for is told once, and the seats that it gave go to the waiting list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.events.choices import EventState
from keino.web.events.errors import EventCancelled, WithdrawnTooLate
from keino.web.events.queries.invitations import lose_by
from keino.web.events.services.line import locked, settle
from keino.web.events.services.mails import forget_told, has_entry, tell
from keino.web.events.services.seats import end_seat

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Invited


def withdraw_invitation(invited: Invited, *, by: Person | None) -> int:
    """Take an invitation back; returns how many people are told. Twice is harmless.

    Whom another invitation holds for, and who registered themselves to an event for everyone, keeps the seat and
    hears nothing (``lose_by``). A draft tells nobody. Who has the event in their calendar gets the entry that takes it
    out, with a higher number. Raises EventCancelled and WithdrawnTooLate.
    """
    now = timezone.now()
    with transaction.atomic(), acting(by, act="event_invitation_withdrawn"):
        event = locked(invited.event)
        row = event.invited.get(pk=invited.pk)
        if row.withdrawn_at is not None:
            return 0
        if event.is_cancelled:
            raise EventCancelled(title=event.title)
        if event.is_over(now):
            raise WithdrawnTooLate(title=event.title)
        losing = lose_by(row)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        had_entry = {each.key: has_entry(event, each) for each in losing}
        if any(had_entry.values()):
            event.sequence += 1
            event.save(update_fields=["sequence"])
        for each in losing:
            forget_told("invited", event, each, once="first")
            if each.seat is not None:
                end_seat(each.seat, now, was_withdrawn=True)
            if event.state == EventState.ANNOUNCED:
                once = f"{row.pk}:{now.isoformat()}"
                tell("invitation_withdrawn", event, each, once=once, had_entry=had_entry[each.key])
        settle(event, now)
    return len(losing) if event.state == EventState.ANNOUNCED else 0
