"""Sessions of an edition as events: so that people are invited, get entries for their calendars, and can be counted.

An event has the same key as its date, so the calendar of the edition and the invitation are one entry.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import override

from keino.web.base.models import Person
from keino.web.events.choices import Audience, EventState, Mode
from keino.web.events.models import Event, Invited
from keino.web.events.services.events import make_event
from keino.web.events.services.invitations import invite
from keino.web.events.services.withdrawing import withdraw_invitation
from keino.web.programmes.choices import SESSIONS
from keino.web.programmes.models import Edition, EditionDate
from keino.web.programmes.models.texts import short_text


def has_event(date: EditionDate) -> bool:
    """Whether a date is a meeting with hours: only such are in people's calendars as meetings."""
    return date.kind in SESSIONS and not date.is_whole_day


def hold_session(date: EditionDate, *, by: Person | None) -> Event:
    """Make the event of a session; a second time the same one comes back.

    It is announced once people know where to go; until then it is a draft that nobody is invited to.
    """
    if date.event is not None:
        return date.event
    edition = date.edition
    mode = date.mode or Mode.ONLINE
    is_told_where = mode == Mode.ONLINE or bool(date.place)
    with override(edition.language):
        title = f"{short_text(edition, 'name', edition.language)}: {date.shown_name}"[:200]
    date.event = make_event(
        organiser=edition.organisation,
        title=title,
        starts_at=date.starts_at,
        ends_at=date.ends_at,
        by=by,
        state=EventState.ANNOUNCED if is_told_where else EventState.DRAFT,
        public_id=date.public_id,
        mode=mode,
        place=date.place,
        language=edition.language,
        audience=Audience.PUBLIC if date.is_open_to_all else Audience.INVITED,
    )
    date.save(update_fields=["event"])
    if date.sequence:  # calendars may have the date with this number already
        date.event.sequence = date.sequence
        date.event.save(update_fields=["sequence"])
    return date.event


def hold_sessions(edition: Edition, *, by: Person | None) -> None:
    """Make the events of all sessions that have none yet."""
    for date in edition.dates.select_related("edition", "event"):
        if date.event is None and has_event(date):
            hold_session(date, by=by)


def invite_to_sessions(edition: Edition, people: Iterable[Person], *, by: Person | None) -> int:
    """Seat people in the sessions to come that aren't open to everyone; returns how many mails were queued.

    For those who take part: the team of a participant once its place is confirmed, its mentor, the hosts.
    """
    named = list(people)
    coming = edition.dates.filter(event__cancelled_at=None, event__isnull=False, starts_at__gt=timezone.now())
    dates = coming.select_related("event")
    return sum(invite(date.event, by=by, people=named, seated=True) for date in dates if date.event is not None)


def uninvite_from_sessions(edition: Edition, people: Iterable[Person], *, by: Person | None) -> int:
    """Take invitations and seats in the sessions to come back from people who have left; returns how many were told.

    Who is named in the edition (hosts, mentors, deciders) is still expected there.
    """
    left = {person.pk for person in people} - set(edition.people.values_list("person", flat=True))
    coming = edition.dates.filter(event__starts_at__gt=timezone.now(), event__cancelled_at=None).values("event")
    invited = Invited.objects.standing().filter(event__in=coming, person__in=left).select_related("event")
    return sum(withdraw_invitation(each, by=by) for each in invited.order_by("event", "pk"))
