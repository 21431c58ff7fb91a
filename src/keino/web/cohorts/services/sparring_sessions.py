"""Sparring sessions: agreed on, moved, called off, written down. Both sides are told by mail with a calendar file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.domain.programmes.booking import slot_at
from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import day as day_text
from keino.web.cohorts.choices.sparring import SessionState
from keino.web.cohorts.errors.sparring import (
    MentorIsTaken,
    NotHeldYet,
    NothingWritten,
    NotTheirMentor,
    SessionFarAway,
    SessionOfOther,
    SessionTimeWrong,
    SlotIsGone,
)
from keino.web.cohorts.models import DigitalCase, Participation, SparringSession
from keino.web.cohorts.queries.sparring import agenda_of, mentors_of
from keino.web.cohorts.queries.sparring_slots import has_discussion, sparring_slots
from keino.web.cohorts.services.sparring_mails import tell_of_session
from keino.web.programmes.choices import Act
from keino.web.programmes.services.phases import require_phase

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.organisations.models import Organisation

LONGEST = dt.timedelta(hours=10)
#: Nobody agrees a session further away; a slip in the year is caught.
FARTHEST = dt.timedelta(days=3 * 366)


@dataclass(frozen=True)
class SessionFields:
    """When, where and with whom."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    mentor: Person | None
    mode: str
    place: str = ""
    #: It was chosen from the mentor's hours in the edition, and must still be offered there.
    is_from_hours: bool = False


def book_session(
    *, organisation: Organisation, key: UUID, fields: SessionFields, by: Person,
    participation: Participation | None = None, case: DigitalCase | None = None,
) -> SparringSession:  # fmt: skip
    """Agree on a session. ``key`` is the form's: sent twice, it makes one session.

    One that is over already is written into the log without mail, whatever the calendar says: it was held. Raises
    SparringError, and NotInCalendar for a session to come while its edition has no sparring.
    """
    found = SparringSession.objects.filter(public_id=key, organisation=organisation).first()
    if found is not None:
        return found
    for thing in (participation, case):
        if thing is not None and thing.organisation_id != organisation.pk:
            raise SessionOfOther
    _check_times(fields)
    _check_calendar(participation, fields)
    with transaction.atomic(), acting(by, act="sparring_agreed"):
        _check_mentor(organisation, fields)
        if fields.is_from_hours:
            _check_offer(participation, fields)
        session, is_new = SparringSession.objects.get_or_create(
            public_id=key,
            defaults={
                "organisation": organisation,
                "participation": participation,
                "digital_case": case,
                "created_by": by,
                **_columns(fields),
            },
        )
        if is_new and not session.is_over(timezone.now()):
            tell_of_session(session, "agreed", by=by)
        return session


def move_session(session: SparringSession, *, fields: SessionFields, seen: int, by: Person) -> SparringSession:
    """Change time, place or mentor of a session to come.

    Raises SparringError, NotInCalendar, Conflict, NotAllowedNow.
    """
    _check_times(fields)
    with transaction.atomic(), acting(by, act="sparring_moved"):
        kept = _waiting(session, seen)
        was = kept.mentor
        if kept.starts_at != fields.starts_at:
            _check_calendar(kept.participation, fields)
        _check_mentor(kept.organisation, fields, keeps=kept)
        if not changed(kept, _columns(fields)):
            return kept
        kept.sequence += 1
        kept.save()
        if not kept.is_over(timezone.now()):
            tell_of_session(kept, "moved", by=by, also=was)
        return kept


def cancel_session(session: SparringSession, *, why: str, seen: int, by: Person) -> None:
    """Call a session off. Pressing twice calls it off once. Raises Conflict, NotAllowedNow."""
    with transaction.atomic(), acting(by, act="sparring_cancelled"):
        found = SparringSession.objects.select_for_update().get(pk=session.pk)
        if found.state == SessionState.CANCELLED:
            return
        kept = _waiting(session, seen)
        changed(kept, {"state": SessionState.CANCELLED, "cancelled_because": why.strip()[:500]})
        kept.sequence += 1
        kept.save()
        if not kept.is_over(timezone.now()):
            tell_of_session(kept, "cancelled", by=by)


def write_agenda(session: SparringSession, *, agenda: str, seen: int, by: Person) -> None:
    """Write what a session is about; emptied, it is prepared from the open actions again."""
    with transaction.atomic(), acting(by, act="sparring_agenda_written"):
        changed(_waiting(session, seen), {"agenda": agenda.strip()})


def write_down(session: SparringSession, *, notes: str, advice: str, seen: int, by: Person) -> SparringSession:
    """Write down what was talked about and advised; the first time the session becomes held and its agenda is kept.

    Raises NotHeldYet, NothingWritten, Conflict, NotAllowedNow.
    """
    if not (notes.strip() or advice.strip()):
        raise NothingWritten
    with transaction.atomic(), acting(by, act="sparring_written_down"):
        kept = as_seen(session, seen)
        if kept.state == SessionState.CANCELLED:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        if kept.starts_at > timezone.now():
            raise NotHeldYet(day=day_text(kept.starts_at))
        agenda = agenda_of(kept, timezone.localdate())
        values = {"notes": notes.strip(), "advice": advice.strip(), "agenda": agenda, "state": SessionState.HELD}
        changed(kept, values)
        return kept


def _waiting(session: SparringSession, seen: int) -> SparringSession:
    """The session, locked, as long as it waits to be held."""
    kept = as_seen(session, seen)
    if kept.state != SessionState.AGREED:
        raise NotAllowedNow(state=str(kept.get_state_display()))
    return kept


def _columns(fields: SessionFields) -> dict[str, object]:
    return {
        "starts_at": fields.starts_at,
        "ends_at": fields.ends_at,
        "mentor": fields.mentor,
        "mode": fields.mode,
        "place": fields.place.strip(),
    }


def _check_times(fields: SessionFields) -> None:
    if not dt.timedelta(0) < fields.ends_at - fields.starts_at <= LONGEST:
        raise SessionTimeWrong
    if abs(fields.starts_at - timezone.now()) > FARTHEST:
        raise SessionFarAway(day=day_text(fields.starts_at))


def _check_calendar(participation: Participation | None, fields: SessionFields) -> None:
    if participation is not None and fields.ends_at > timezone.now():
        require_phase(participation.edition, Act.SPAR, on=fields.starts_at)


def _check_mentor(organisation: Organisation, fields: SessionFields, *, keeps: SparringSession | None = None) -> None:
    """One of the organisation's mentors, who has no other session then; their row is locked, so two can't take them."""
    mentor = fields.mentor
    if mentor is None:
        return
    if (
        not (keeps and keeps.mentor_id == mentor.pk)
        and not mentors_of(organisation, timezone.localdate()).filter(pk=mentor.pk).exists()
    ):
        raise NotTheirMentor(person=str(mentor), organisation=organisation.shown_name)
    Person.objects.select_for_update().get(pk=mentor.pk)
    others = SparringSession.objects.filter(
        mentor=mentor, state=SessionState.AGREED, starts_at__lt=fields.ends_at, ends_at__gt=fields.starts_at
    )
    if keeps is not None:
        others = others.exclude(pk=keeps.pk)
    if others.exists() or has_discussion(mentor, fields.starts_at, fields.ends_at):
        raise MentorIsTaken(person=str(mentor))


def _check_offer(participation: Participation | None, fields: SessionFields) -> None:
    """The time is still offered: the mentor's row is locked, so what is read here holds until it is booked."""
    if participation is None or fields.mentor is None:
        raise SlotIsGone
    slots = sparring_slots(participation.edition, fields.mentor, now=timezone.now())
    slot = slot_at(slots, fields.starts_at)
    if slot is None or slot.ends_at != fields.ends_at:
        raise SlotIsGone
