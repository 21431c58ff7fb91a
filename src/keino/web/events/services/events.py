"""An event's way: made, changed, announced, moved, cancelled. Whoever is concerned is told once, by mail.

make_event(organiser=centre, title="…", starts_at=…, ends_at=…, by=person)     # a draft; state=ANNOUNCED: at once
move_event(event, starts_at=…, ends_at=…, by=person)                           # new calendar entries to all concerned
cancel_event(event, because="…", by=person)                                    # takes the entries back
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.events.choices import EventState, Joins, Mode
from keino.web.events.errors import (
    CapacityTooSmall,
    EventCancelled,
    EventEndsTooEarly,
    EventNeedsPlace,
    EventOver,
    KeptInCalendar,
    RegistrationEndsTooLate,
)
from keino.web.events.models import Event, Series
from keino.web.events.queries.seats import taken_if, taken_seats, told_of
from keino.web.events.services.invitations import tell_invited
from keino.web.events.services.line import locked, settle
from keino.web.events.services.mails import tell
from keino.web.events.sessions import calendar_of

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.surveys.models import FormVersion

#: A change of one of these makes calendar entries wrong: it goes through ``move_event``.
WHEN_AND_WHERE = ("starts_at", "ends_at", "mode", "place", "online_link")
#: Of these the calendar of a programme keeps all but the link, which is told to nobody without a seat.
KEPT_IN_CALENDAR = {"starts_at", "ends_at", "mode", "place"}


class Details(TypedDict, total=False):
    """What an event may have beside its title and times; the columns of ``Event`` say what each means."""

    series: Series | None
    summary: str
    description: str
    language: str
    theme: str
    mode: str
    place: str
    online_link: str
    capacity: int | None
    audience: str
    register_until: dt.datetime | None
    asks_needs: bool
    is_recorded: bool
    consent_text: str
    registration_days: int
    contact: Person | None
    feedback: FormVersion | None


class Seats(TypedDict, total=False):
    """How many seats there are from now on; None = no limit, left out = as many as before."""

    capacity: int | None


def make_event(
    *,
    organiser: Organisation,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Person | None,
    state: str = EventState.DRAFT,
    public_id: UUID | None = None,
    **details: Unpack[Details],
) -> Event:
    """Make an event. ``state=EventState.ANNOUNCED`` makes it known at once, to everyone or to those invited.

    With ``public_id`` (a form's own) the same form sent twice makes one event. Without ``contact`` people ask ``by``.
    """
    values: dict[str, Any] = {"contact": by, **details}
    with transaction.atomic(), acting(by, act="event_made"):
        if public_id is not None:
            there = Event.objects.filter(public_id=public_id, created_by=by).first()
            if there is not None:
                return there
            values["public_id"] = public_id
        event = Event(
            organiser=organiser, title=title, starts_at=starts_at, ends_at=ends_at, created_by=by, state=state, **values
        )
        _check(event)
        event.save()
    return event


def change_event(
    event: Event, *, version: int, by: Person, title: str | None = None, **details: Unpack[Details]
) -> Event:
    """Change what an event is, but not when and where (``move_event``). A raised number of seats moves the line up."""
    values: dict[str, Any] = {**details} | ({} if title is None else {"title": title})
    if moved := set(values) & set(WHEN_AND_WHERE):
        raise ValueError(f"{moved} are changed by move_event")
    with transaction.atomic(), acting(by, act="event_changed"):
        held = _for_change(event, version)
        for name, value in values.items():
            setattr(held, name, value)
        _check(held)
        now = timezone.now()
        if "capacity" in values:
            _require_seats(held.capacity, taken_seats(held, now))
        held.version += 1
        held.save()
        settle(held, now)
    return held


def announce(event: Event, *, by: Person) -> Event:
    """Make a draft known: in the public list, or to those invited. Twice is harmless."""
    with transaction.atomic(), acting(by, act="event_announced"):
        held = locked(event)
        if held.state == EventState.ANNOUNCED:
            return held
        if held.state != EventState.DRAFT:
            raise NotAllowedNow(state=held.get_state_display())
        if held.mode != Mode.ONLINE and not held.place:
            raise EventNeedsPlace
        held.state = EventState.ANNOUNCED
        held.version += 1
        held.save(update_fields=["state", "version"])
        tell_invited(held)
    return held


def move_event(
    event: Event,
    *,
    by: Person | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    mode: str | None = None,
    place: str | None = None,
    online_link: str | None = None,
    version: int | None = None,
    why: str = "",
    tells: bool = True,
    **seats: Unpack[Seats],
) -> Event:
    """Change when or where an event is: SEQUENCE rises, and everyone concerned is told once, with a new calendar entry.

    Asked for what holds already, it does nothing: the same form sent twice tells nobody twice. ``version`` is the one
    of the form, where a form was open. ``tells=False``: the calendar that keeps its time moves it, and tells people,
    entry and all (several sessions of a programme that move at once make one mail); nobody else moves a session.

    Who takes part another way keeps their seat: where they would be more than there are seats, ``capacity`` says how
    many there are from now on. It counts only then. Raises CapacityTooSmall.
    """
    wanted: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at}
    wanted |= {
        name: value
        for name, value in (("mode", mode), ("place", place), ("online_link", online_link))
        if value is not None
    }
    with transaction.atomic(), acting(by, act="event_moved"):
        held = locked(event)
        changed = {name for name, value in wanted.items() if getattr(held, name) != value}
        if not changed:
            return held
        if version is not None and held.version != version:
            raise Conflict
        now = timezone.now()
        _check_may_change(held, now, keeps_time=not tells or not changed & KEPT_IN_CALENDAR)
        held.capacity = seats_after(held, mode=wanted.get("mode", held.mode), **seats)
        was_until = held.register_until
        for name in changed:
            setattr(held, name, wanted[name])
        if was_until is not None and was_until > held.starts_at:
            held.register_until = None  # an earlier event closes its registration when it begins
        _check(held)
        held.sequence += 1
        held.version += 1
        held.save()
        if "mode" in changed and held.mode != Mode.HYBRID:
            joins = Joins.ONLINE if held.mode == Mode.ONLINE else Joins.ON_SITE
            held.seats.live().update(joins=joins)
        settle(held, now)
        if tells and held.state == EventState.ANNOUNCED:
            for recipient in told_of(held):
                tell("moved", held, recipient, once=str(held.sequence), why=why)
    return held


def seats_after(event: Event, *, mode: str, **seats: Unpack[Seats]) -> int | None:
    """How many seats there are once people take part this way. Raises CapacityTooSmall where somebody had none."""
    if mode == event.mode:
        return event.capacity
    capacity = seats.get("capacity", event.capacity)
    _require_seats(capacity, taken_if(event, mode, timezone.now()))
    return capacity


def cancel_event(event: Event, *, because: str, by: Person | None, tells: bool = True) -> Event:
    """Call an event off and tell everyone concerned once; their calendar entries are taken back. Twice is harmless.

    ``tells=False``: the calendar that keeps its time takes it out, and tells people, entry and all.
    """
    with transaction.atomic(), acting(by, act="event_cancelled"):
        held = locked(event)
        if held.is_cancelled:
            return held
        now = timezone.now()
        _check_may_change(held, now, keeps_time=not tells)
        concerned = told_of(held) if tells and held.state == EventState.ANNOUNCED else []
        held.state, held.cancelled_at, held.cancelled_because = EventState.CANCELLED, now, because
        held.sequence += 1
        held.version += 1
        held.save()
        for recipient in concerned:
            tell("called_off", held, recipient, once=str(held.sequence), why=because)
    return held


def copy_event(
    event: Event, *, starts_at: dt.datetime, ends_at: dt.datetime, by: Person, public_id: UUID | None = None
) -> Event:
    """Make a draft like an event, at another time: without its people, materials and online link."""
    kept = (
        "title", "series", "summary", "description", "language", "theme", "mode", "place", "capacity", "audience",
        "asks_needs", "is_recorded", "consent_text", "registration_days", "feedback",
    )  # fmt: skip
    values: Any = {name: getattr(event, name) for name in kept}
    return make_event(
        organiser=event.organiser, starts_at=starts_at, ends_at=ends_at, by=by, public_id=public_id, **values
    )


def make_series(*, organiser: Organisation, title: str, summary: str = "", by: Person | None) -> Series:
    """A series of an organiser, by its name: asked for twice there is one."""
    with transaction.atomic(), acting(by, act="event_series_made"):
        return Series.objects.get_or_create(
            organiser=organiser, title=title, defaults={"summary": summary, "created_by": by}
        )[0]


def _for_change(event: Event, version: int) -> Event:
    held = locked(event)
    if held.is_cancelled:
        raise EventCancelled(title=held.title)
    if held.version != version:
        raise Conflict
    return held


def _check_may_change(event: Event, now: dt.datetime, *, keeps_time: bool) -> None:
    """``keeps_time``: the calendar of the event asks, or its time and place stay."""
    if event.is_cancelled:
        raise EventCancelled(title=event.title)
    if event.is_over(now):
        raise EventOver(title=event.title)
    calendar = None if keeps_time else calendar_of(event)
    if calendar is not None:
        raise KeptInCalendar(title=event.title, name=calendar.name)


def _require_seats(capacity: int | None, taken: int) -> None:
    if capacity is not None and capacity < taken:
        raise CapacityTooSmall(taken=taken, capacity=capacity)


def _check(event: Event) -> None:
    if timezone.is_naive(event.starts_at) or timezone.is_naive(event.ends_at):
        raise ValueError("an event's times need their zone")
    if event.ends_at <= event.starts_at:
        raise EventEndsTooEarly
    if event.register_until is not None and event.register_until > event.starts_at:
        raise RegistrationEndsTooLate
