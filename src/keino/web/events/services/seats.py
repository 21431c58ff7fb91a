"""A seat's way: held while somebody fills in the form, confirmed, booked or waiting, cancelled.

Every act first takes hold of the event (``line.locked``), so that two people never get the last seat, and settles the
waiting list in the same transaction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.models import Mail
from keino.web.base.templatetags.keino import moment as moment_text
from keino.web.events.choices import Attendance, Audience, Joins, Mode, SeatState
from keino.web.events.errors import (
    AttendanceTooEarly,
    EventCancelled,
    NotInvited,
    RegistrationClosed,
    SeatGone,
    TooManyHeld,
    TooManyLinks,
)
from keino.web.events.models import Event, Seat
from keino.web.events.queries.seats import counted, free_seats, is_invited, live_seat_of, place_in_line
from keino.web.events.services.line import locked, settle
from keino.web.events.services.mails import recipient_of, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

#: How long a seat is kept for somebody who fills in the form, and for somebody who was sent a link.
HELD_FOR = dt.timedelta(minutes=10)
CONFIRM_WITHIN = dt.timedelta(hours=24)
#: Forms that may be open at once in one event without anybody logged in; more are no people.
MOST_HELD = 200
#: Links that one address is sent in an hour, of one event and of all, so that nobody's mailbox is filled through forms.
MOST_LINKS = 3
MOST_LINKS_IN_ALL = 12
LINKS = ("events/mail/confirm.txt", "events/mail/already.txt")


@dataclass(frozen=True)
class Filled:
    """What a person wrote in the form. ``consent_text`` is the text they agreed to."""

    name: str
    email: str
    language: str
    consent_text: str
    works_at: str = ""
    joins: str = ""
    needs: str = ""
    organisation: Organisation | None = None


def hold_seat(event: Event, *, by: Person | None, again: UUID | None = None) -> Seat:
    """Hold a seat while somebody fills in the form; where none is free, the seat will be one of the waiting list.

    ``again`` is the seat that this browser holds already: it is held on, not doubled. Who is registered gets theirs.
    Raises RegistrationClosed and NotInvited.
    """
    now = timezone.now()
    with transaction.atomic():
        held = locked(event)
        _check_open(held, now)
        check_may_register(held, by)
        settle(held, now)
        there = live_seat_of(held, person=by) if by is not None else None
        if there is not None:
            return there
        seat = held.seats.filter(public_id=again, state=SeatState.HELD).first() if again else None
        if seat is None:
            if by is None and held.seats.filter(state=SeatState.HELD, person=None).count() >= MOST_HELD:
                raise TooManyHeld
            seat = Seat(event=held, joins=_usual_way(held), person=None)
        seat.has_place = seat.has_place or free_seats(held, now) != 0
        seat.held_until = now + HELD_FOR
        seat.save()
    return seat


def let_go(event: Event, seat_id: UUID) -> None:
    """Give a held seat back: somebody left the form by its own link. Twice is harmless."""
    with transaction.atomic():
        held = locked(event)
        held.seats.filter(public_id=seat_id, state=SeatState.HELD).delete()
        settle(held, timezone.now())


def register(event: Event, *, seat_id: UUID, filled: Filled, by: Person | None) -> Seat:
    """Register with the seat that was held. Who is logged in is registered at once; others get a link by mail.

    After the ten minutes the form still counts: with a free seat if there is one, else on the waiting list. The same
    form sent twice registers once. An address that is registered already is told so by mail, not on the page, which
    would tell strangers who comes. Raises TooManyLinks, with everything as before, where no more mail goes to it now.
    """
    now = timezone.now()
    with transaction.atomic():
        held = locked(event)
        _check_open(held, now)
        check_may_register(held, by)
        settle(held, now)
        seat = held.seats.filter(public_id=seat_id).first() or Seat(event=held, public_id=seat_id)
        if seat.state != SeatState.HELD:
            return seat
        known = live_seat_of(held, person=by, email=filled.email)
        if by is None:
            _require_mail_to_go(held, recipient_of(known).address if known else filled.email, filled.email, now)
        if known is not None and known.state != SeatState.UNCONFIRMED:
            return _known_already(held, known, seat, by)
        if known is not None:  # an earlier try that nobody confirmed: this one takes its place
            seat.has_place = seat.has_place or known.has_place
            known.delete()
        _fill(seat, filled, by, now)
        seat.has_place = _needs_no_count(held, seat) or seat.has_place or free_seats(held, now) != 0
        if by is not None:
            return _sure(held, seat, now)
        seat.state, seat.held_until = SeatState.UNCONFIRMED, min(now + CONFIRM_WITHIN, held.starts_at)
        seat.queued_at = None if seat.has_place else now
        seat.save()
        settle(held, now)  # a seat in the room may have become free by choosing to take part online
        _send_link(held, seat)
    return seat


def confirm_seat(seat: Seat) -> Seat:
    """Confirm a registration by the link in the mail. Twice is harmless. Raises SeatGone when it lapsed."""
    now = timezone.now()
    with transaction.atomic():
        event = locked(seat.event)
        settle(event, now)
        mine = event.seats.select_related("person").get(pk=seat.pk)
        if mine.state in {SeatState.BOOKED, SeatState.WAITING}:
            return mine
        if event.is_cancelled:
            raise EventCancelled(title=event.title)
        if mine.state != SeatState.UNCONFIRMED:
            raise SeatGone(title=event.title)
        mine.has_place = mine.has_place or _needs_no_count(event, mine) or free_seats(event, now) != 0
        return _sure(event, mine, now)


def cancel_seat(seat: Seat, *, by: Person | None, by_organiser: bool = False) -> Seat:
    """End a registration: by the person themselves (log-in or link) or by the organiser. The line moves up at once."""
    now = timezone.now()
    with transaction.atomic():
        event = locked(seat.event)
        mine = event.seats.select_related("person").get(pk=seat.pk)
        if mine.state == SeatState.CANCELLED:
            return mine
        if not mine.is_live or event.is_over(now):
            raise SeatGone(title=event.title)
        was_sure = mine.state in {SeatState.BOOKED, SeatState.WAITING}
        end_seat(mine, now)
        if was_sure:
            tell("seat_cancelled", event, recipient_of(mine), once=str(mine.public_id), by_organiser=by_organiser)
        settle(event, now)
    return mine


def end_seat(seat: Seat, now: dt.datetime, *, was_withdrawn: bool = False) -> None:
    """Cancel a registration. The caller holds the event, tells the person, and settles the waiting list."""
    seat.state, seat.cancelled_at, seat.has_place, seat.needs = SeatState.CANCELLED, now, False, ""
    seat.was_withdrawn = was_withdrawn
    seat.save()


def change_needs(seat: Seat, *, needs: str) -> Seat:
    """Write anew what the person needs; as long as the registration lives and the event isn't over."""
    with transaction.atomic():
        event = locked(seat.event)
        mine = event.seats.get(pk=seat.pk)
        if not mine.is_live or event.is_over(timezone.now()):
            raise SeatGone(title=event.title)
        mine.needs = needs
        mine.save(update_fields=["needs"])
    return mine


def mark_attendance(event: Event, *, marks: Mapping[UUID, str], by: Person) -> int:
    """Note who came and who didn't; only of those with a seat, and not before the event has begun. Returns how many."""
    now = timezone.now()
    if not set(marks.values()) <= set(Attendance.values):
        raise ValueError("an attendance is one of the choices")
    with transaction.atomic():
        held = locked(event)
        if held.is_cancelled:
            raise EventCancelled(title=held.title)
        if now < held.starts_at:
            raise AttendanceTooEarly(title=held.title)
        changed = []
        for seat in held.seats.booked().filter(public_id__in=list(marks)):
            if seat.attendance != marks[seat.public_id]:
                seat.attendance = marks[seat.public_id]
                changed.append(seat)
        Seat.objects.bulk_update(changed, ["attendance"])
    return len(changed)


def check_may_register(event: Event, by: Person | None) -> None:
    """Refuse who wasn't invited to an event that is for those invited."""
    if event.audience == Audience.INVITED and (by is None or not is_invited(event, by)):
        raise NotInvited(title=event.title)


def _check_open(event: Event, now: dt.datetime) -> None:
    if event.is_cancelled:
        raise EventCancelled(title=event.title)
    if not event.takes_registrations(now):
        raise RegistrationClosed(title=event.title, until=moment_text(event.closes_at))


def _usual_way(event: Event) -> str:
    return Joins.ONLINE if event.mode == Mode.ONLINE else Joins.ON_SITE


def _needs_no_count(event: Event, seat: Seat) -> bool:
    return seat.joins != counted(event)


def _fill(seat: Seat, filled: Filled, by: Person | None, now: dt.datetime) -> None:
    seat.person = by
    seat.name, seat.email = filled.name, (by.email if by else filled.email).lower()
    seat.works_at, seat.organisation = filled.works_at, filled.organisation
    seat.language = by.language if by else filled.language
    may_choose = seat.event.mode == Mode.HYBRID and filled.joins in Joins.values
    seat.joins = filled.joins if may_choose else _usual_way(seat.event)
    seat.needs = filled.needs if seat.event.asks_needs else ""
    seat.consent_text, seat.consented_at = filled.consent_text, now


def _sure(event: Event, seat: Seat, now: dt.datetime) -> Seat:
    """Book the seat that is there for the person, or put them on the waiting list; tell them which."""
    seat.held_until = None
    if seat.has_place or _needs_no_count(event, seat):
        seat.state, seat.booked_at, seat.queued_at = SeatState.BOOKED, now, None
    else:
        seat.state, seat.queued_at = SeatState.WAITING, seat.queued_at or now
    seat.save()
    if seat.person_id is not None:  # they can come after all
        event.declined.filter(person=seat.person_id).delete()
    settle(event, now)
    seat.refresh_from_db()
    recipient = recipient_of(seat)
    if seat.state == SeatState.BOOKED and seat.moved_up_at is None:
        tell("booked", event, recipient, once=str(seat.public_id))
    elif seat.state == SeatState.WAITING:
        tell("waiting", event, recipient, once=str(seat.public_id), number=place_in_line(seat))
    return seat


def _known_already(event: Event, known: Seat, seat: Seat, by: Person | None) -> Seat:
    """Nobody is registered twice: the held seat goes; a stranger to the page learns it by mail only."""
    if seat.pk:
        seat.delete()
        settle(event, timezone.now())
    if by is not None:
        return known
    tell("already", event, recipient_of(known), once=str(uuid4()))
    return Seat(event=event, state=SeatState.UNCONFIRMED, email=known.email)


def _send_link(event: Event, seat: Seat) -> None:
    with override(seat.language):
        until = moment_text(seat.held_until)
    tell("confirm", event, recipient_of(seat), once=str(seat.public_id), until=until)


def _require_mail_to_go(event: Event, address: str, as_written: str, now: dt.datetime) -> None:
    """The same answer whether the address is registered or not: it goes by the mails alone."""
    since = now - dt.timedelta(hours=1)
    sent = Mail.objects.filter(address__iexact=address, template__in=LINKS, created_at__gte=since)
    of_event = Count("pk", filter=Q(values__event=str(event.public_id)))
    counts = sent.aggregate(here=of_event, in_all=Count("pk"))
    if counts["here"] >= MOST_LINKS or counts["in_all"] >= MOST_LINKS_IN_ALL:
        raise TooManyLinks(address=as_written)
