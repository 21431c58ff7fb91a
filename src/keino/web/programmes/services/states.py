"""An edition's way: published, opened, closed, begun, completed or cancelled; by people, or by its calendar."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from keino.domain.programmes.calendar import dates_needed, lacks
from keino.errors import Problem, Problems, mark
from keino.web.base.audit import acting
from keino.web.base.choices import Language
from keino.web.base.models import Person
from keino.web.events.services.events import cancel_event
from keino.web.programmes.choices import MOVES, EditionState
from keino.web.programmes.errors.editions import MoveRefused, NotReady, TooEarlyOrLate
from keino.web.programmes.models import Edition, EditionMove
from keino.web.programmes.queries.calendar import dates_of, moment_of, phases_of
from keino.web.programmes.services.discussion_phases import NEEDED as NEEDED_WITH_DISCUSSIONS
from keino.web.programmes.services.discussion_phases import OF_DISCUSSIONS
from keino.web.programmes.services.sessions import hold_sessions
from keino.web.programmes.services.state_mails import tell_cancelled
from keino.web.programmes.services.versions import locked

_logger = logging.getLogger("keino.timetable")

S = EditionState
#: Dates that a call can't do without.
NEEDED = ("form_deadline", "selection_published", "kick_off")


def missing_to_publish(edition: Edition) -> Problems:
    """Everything that lacks before everyone may see the edition."""
    found = [*lacks(dates_of(edition), needed=_needed(edition))]
    language = Language(edition.original_language).label
    for column, said in (
        ("summary", mark("The text “In short” is missing in the language of the original ({language}).")),
        ("how_to_apply", mark("The text “How to apply” is missing in the language of the original ({language}).")),
    ):
        if not getattr(edition, f"{column}_{edition.original_language}"):
            found.append(Problem(said, language=str(language)))
    if not edition.contact_email:
        found.append(Problem(mark("It isn’t said whom people ask.")))
    if not edition.criteria.exists():
        found.append(Problem(mark("There are no criteria for choosing participants.")))
    return Problems(found)


def _needed(edition: Edition) -> list[str]:
    """Dates of the call, and those without which something that the phases allow could never be done."""
    if edition.needs_discussion:
        return list(dict.fromkeys([*NEEDED, *NEEDED_WITH_DISCUSSIONS, *dates_needed(phases_of(edition))]))
    others = [phase for phase in phases_of(edition) if not phase.allows <= OF_DISCUSSIONS]
    return list(dict.fromkeys([*NEEDED, *dates_needed(others)]))


@transaction.atomic
def move_edition(
    edition: Edition, *, to: str, by: Person | None, now: dt.datetime | None = None, why: str = ""
) -> Edition:
    """Move an edition to another state. Asked for the state it is in, it does nothing: a second press is harmless."""
    now = now or timezone.now()
    row = locked(edition)
    if row.state == to:
        return row
    if to not in MOVES[row.state]:
        raise MoveRefused(state=str(row.get_state_display()), wanted=str(EditionState(to).label))
    if row.state == S.DRAFT:
        _require_ready(row)
    if to == S.OPEN:
        _require_time(row, now)
    with acting(by, act="edition_moved"):
        EditionMove.objects.create(edition=row, from_state=row.state, to_state=to, moved_at=now, moved_by=by)
        row.state = to
        row.version += 1
        if to in {S.PUBLISHED, S.OPEN} and row.published_at is None:
            row.published_at = now
        row.save(update_fields=["state", "version", "published_at"])
        if to in {S.PUBLISHED, S.OPEN}:
            hold_sessions(row, by=by)
        if to == S.CANCELLED:
            _call_off(row, by=by, now=now, why=why)
    return row


def _require_ready(edition: Edition) -> None:
    problems = missing_to_publish(edition)
    if problems:
        raise NotReady(lacks=problems)


def _require_time(edition: Edition, now: dt.datetime) -> None:
    deadline = _opened_until(edition)
    if deadline is not None and deadline < now:
        from keino.web.base.templatetags.keino import moment

        raise TooEarlyOrLate(deadline=moment(deadline))


def _opened_until(edition: Edition) -> dt.datetime | None:
    """Until when the call is opened, by people and by the clock: nobody can tell an interest after it."""
    return moment_of(edition, "form_deadline")


def _call_off(edition: Edition, *, by: Person | None, now: dt.datetime, why: str) -> None:
    """Take back the calendar entries of the sessions to come; tell everyone concerned once."""
    coming = edition.dates.filter(event__isnull=False, starts_at__gt=now).select_related("event")
    events = [cancel_event(date.event, because=why, by=by, tells=False) for date in coming if date.event is not None]
    tell_cancelled(edition, events, by=by, why=why)


# ---- the clock


def follow_clock(now: dt.datetime | None = None) -> int:
    """Open, close and begin what the calendar says; returns how many editions moved. Safe to do at any time.

    What people decide the clock leaves alone: it never publishes, reopens or completes.
    """
    now = now or timezone.now()
    moved = 0
    waiting = Edition.objects.filter(state__in=(S.PUBLISHED, S.OPEN, S.CLOSED)).prefetch_related("dates")
    for edition in waiting:
        try:
            moved += _follow(edition, now)
        except Exception:  # an edition that can't be moved must not stop the others
            _logger.exception("the clock could not move the edition %s", edition.slug)
    return moved


def _follow(edition: Edition, now: dt.datetime) -> bool:
    """Move one edition if its calendar says so; whether it did."""
    wanted = due_state(edition, now)
    if wanted is not None:
        move_edition(edition, to=wanted, by=None, now=now)
    return wanted is not None


def due_state(edition: Edition, now: dt.datetime) -> str | None:
    """The state that the calendar wants now; None where it stays. A deadline's own moment is still open."""
    opens = moment_of(edition, "call_opens")
    opened_until = _opened_until(edition)
    closes = max(filter(None, (opened_until, moment_of(edition, "booking_deadline"))), default=None)
    kick_off = min((date.starts_at for date in edition.dates.all() if date.kind == "kick_off"), default=None)
    if edition.state == S.PUBLISHED and opens is not None and opens <= now:
        return S.OPEN if opened_until is None or now <= opened_until else None
    if edition.state == S.OPEN and closes is not None and closes < now:
        return S.CLOSED
    if edition.state == S.CLOSED and kick_off is not None and kick_off <= now:
        return S.RUNNING
    return None
