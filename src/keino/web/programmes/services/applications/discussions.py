"""Booking, moving, cancelling and holding a discussion.

Whoever books holds the rows of all experts with hours in the edition until the booking is in: what was offered is
judged by the same function and in the same transaction as it is booked. An expert may serve several editions, so it is
the experts who are locked, in one order, and not the edition.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.domain.programmes.booking import Slot, slot_at
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import moment
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import (
    BookingTooLate,
    CallNotOpen,
    DiscussionWasHeld,
    NotHeldYet,
    SlotTaken,
)
from keino.web.programmes.models import Application, Discussion, DiscussionExpert
from keino.web.programmes.queries.application_dates import booking_end, can_book
from keino.web.programmes.queries.discussions import experts_with_hours, rule_of, slots_of, standing
from keino.web.programmes.services.applications.mails import (
    tell_experts_of_booking,
    tell_experts_of_cancelling,
    tell_of_booking,
    tell_of_cancelling,
)
from keino.web.programmes.services.applications.moves import locked, move_application


def book_discussion(application: Application, *, starts_at: dt.datetime, by: Person) -> Discussion:
    """Book the discussion that begins at a moment, or move the booked one there. Pressing twice books once.

    Raises SlotTaken where it isn't offered (any more): what was booked before then stays. Raises BookingTooLate after
    the deadline (``booking_end``), and DiscussionWasHeld. In time is who asked in time, however long others' bookings
    are waited for.
    """
    now = timezone.now()
    before = standing(application)
    if before is None or (before.held_at is None and before.starts_at != starts_at):
        # whoever is too late hears it at once, without waiting for those who are booking
        _offered(application, starts_at, before, now=now)
    return _book(application, starts_at=starts_at, by=by, now=now)


@transaction.atomic
def _book(application: Application, *, starts_at: dt.datetime, by: Person, now: dt.datetime) -> Discussion:
    _lock_experts(application)
    row = locked(application)
    before = standing(row)
    if before is not None and before.held_at is not None:
        raise DiscussionWasHeld
    if before is not None and before.starts_at == starts_at:
        return before
    if row.state not in {S.INTEREST, S.DISCUSSION_BOOKED}:
        raise NotAllowedNow(state=row.get_state_display())
    slot = _offered(row, starts_at, before, now=now)
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="discussion_booked"):
        if before is not None:
            _take_off(before, why=_("moved"))
        made = _made(row, slot, before, by=by, now=now)
    if row.state == S.INTEREST:
        move_application(row, S.DISCUSSION_BOOKED, by=by)
    tell_of_booking(made, is_moved=before is not None)
    tell_experts_of_booking(made, is_moved=before is not None)
    if before is not None:
        stay = {each.person_id for each in made.experts.all()}
        tell_experts_of_cancelling(before, but=stay, why="")
    return made


def _lock_experts(application: Application) -> None:
    """Hold the experts: two bookings that could meet wait for one another. Other writes to people need not wait."""
    list(experts_with_hours(application.edition).select_for_update(no_key=True).values_list("pk", flat=True))


def _offered(row: Application, starts_at: dt.datetime, before: Discussion | None, *, now: dt.datetime) -> Slot:
    if not can_book(row, now):
        end = booking_end(row)
        if end is not None and now > end:
            raise BookingTooLate(edition=row.edition.shown_name, deadline=moment(end))
        raise CallNotOpen(edition=row.edition.shown_name)
    slot = slot_at(slots_of(row.edition, now=now, moving=before, applicant=row), starts_at)
    if slot is None:
        kept = (
            _("Your discussion on {when} is still yours.").format(when=moment(before.starts_at))
            if before is not None
            else _("Nothing was booked, and your interest is kept.")
        )
        raise SlotTaken(when=moment(starts_at), kept=kept)
    return slot


def _made(row: Application, slot: Slot, before: Discussion | None, *, by: Person, now: dt.datetime) -> Discussion:
    rule = rule_of(row.edition)
    made = Discussion.objects.create(
        application=row,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        before_minutes=rule.before_minutes,
        after_minutes=rule.after_minutes,
        place=rule.place,
        sequence=before.sequence + 1 if before else _next_sequence(row),
        booked_by=by,
        booked_at=now,
    )
    for expert in slot.experts:
        DiscussionExpert.objects.create(discussion=made, person_id=expert, starts_at=slot.starts_at)
    return made


def _next_sequence(row: Application) -> int:
    """After a cancelled discussion the next one must be newer than its cancelling in people's calendars."""
    last = row.discussions.order_by("-sequence").first()
    return last.sequence + 1 if last else 0


def _take_off(discussion: Discussion, *, why: str) -> None:
    discussion.cancelled_at, discussion.cancelled_why = timezone.now(), why
    discussion.sequence, discussion.version = discussion.sequence + 1, discussion.version + 1
    discussion.save(update_fields=["cancelled_at", "cancelled_why", "sequence", "version"])
    discussion.experts.update(is_off=True)


@transaction.atomic
def cancel_discussion(application: Application, *, by: Person, why: str = "") -> Application:
    """Cancel the booked discussion: the application is an interest again. Doing it twice is harmless."""
    row = locked(application)
    booked = standing(row)
    if booked is None:
        return row
    if booked.held_at is not None:
        raise DiscussionWasHeld
    take_off_booking(row, by=by, why=why)
    if row.state == S.DISCUSSION_BOOKED:
        row = move_application(row, S.INTEREST, by=by, why=why)
    tell_of_cancelling(booked, by=by, why=why)
    return row


def take_off_booking(application: Application, *, by: Person, why: str) -> None:
    """Free the time of a booked discussion that won't be held, and tell its experts."""
    booked = standing(application)
    if booked is None or booked.held_at is not None:
        return
    with acting(by, on_behalf_of=on_behalf_of(by, application.organisation), act="discussion_cancelled"):
        _take_off(booked, why=why)
    tell_experts_of_cancelling(booked, but={by.pk}, why=why)


@transaction.atomic
def hold_discussion(discussion: Discussion, *, by: Person, seen: int, notes: str, agreed: str) -> Discussion:
    """Mark a discussion as held, with its notes. Held already: its notes are changed. Raises NotHeldYet, Conflict."""
    application = locked(discussion.application)
    row = _row_as_seen(discussion, seen)
    if row.cancelled_at is not None:
        raise NotAllowedNow(state=_("cancelled"))
    if timezone.now() < row.starts_at:
        raise NotHeldYet(when=moment(row.starts_at))
    row.notes, row.agreed, row.version = notes, agreed, row.version + 1
    if row.held_at is None:
        row.held_at, row.held_by = timezone.now(), by
    with acting(by, act="discussion_held"):
        row.save()
    if application.state == S.DISCUSSION_BOOKED:
        move_application(application, S.DISCUSSION_HELD, by=by)
    return row


@transaction.atomic
def note_discussion(discussion: Discussion, *, by: Person, seen: int, notes: str, agreed: str) -> Discussion:
    """Write notes before or after a discussion without marking it as held."""
    row = _row_as_seen(discussion, seen)
    if (row.notes, row.agreed) == (notes, agreed):
        return row
    row.notes, row.agreed, row.version = notes, agreed, row.version + 1
    with acting(by, act="discussion_noted"):
        row.save(update_fields=["notes", "agreed", "version"])
    return row


def _row_as_seen(discussion: Discussion, seen: int) -> Discussion:
    row = Discussion.objects.select_for_update(of=("self",)).get(pk=discussion.pk)
    if row.version != seen:
        raise Conflict
    return row
