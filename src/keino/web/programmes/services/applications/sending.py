"""Sending an application before the deadline, and taking it back to be mended while there is time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import moment, moment_to_the_second
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import ApplicationTooLate, CallNotOpen, DiscussionNeeded, NotComplete
from keino.web.programmes.models import Application
from keino.web.programmes.queries.application_dates import application_deadline, takes_applications
from keino.web.programmes.queries.application_questions import answer_of
from keino.web.programmes.queries.applications import lacks_of
from keino.web.programmes.services.applications.mails import tell_of_sending
from keino.web.programmes.services.applications.moves import as_seen, locked, move_application
from keino.web.surveys.services.form_answers import reopen_answer, send_answer


@transaction.atomic
def send_application(application: Application, *, by: Person, seen: int) -> Application:
    """Send an application as it was seen in version ``seen``. Pressing twice sends once.

    The deadline's own second is in time; one second later is late, and everything stays as a draft. Raises
    ApplicationTooLate, CallNotOpen, DiscussionNeeded, NotComplete (naming all that lacks), Conflict.
    """
    now = timezone.now()
    if locked(application).state == S.SUBMITTED:
        return locked(application)
    row = as_seen(application, seen)
    if not row.is_writable:
        raise NotAllowedNow(state=row.get_state_display())
    _require_time(row, now)
    if row.edition.needs_discussion and row.state != S.DISCUSSION_HELD:
        raise DiscussionNeeded
    if lacks := lacks_of(row):
        raise NotComplete(missing=tuple(lack.words for lack in lacks))
    answer = answer_of(row)
    if answer is not None:
        send_answer(answer, by=by)
    row.submitted_at, row.submitted_by = now, by
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="application_sent"):
        row.save(update_fields=["submitted_at", "submitted_by"])
    row = move_application(row, S.SUBMITTED, by=by)
    tell_of_sending(row)
    return row


@transaction.atomic
def take_back_application(application: Application, *, by: Person, seen: int) -> Application:
    """Make a sent application a draft again, before the deadline. Doing it twice is harmless."""
    if locked(application).is_writable:
        return locked(application)
    row = as_seen(application, seen)
    if row.state != S.SUBMITTED:
        raise NotAllowedNow(state=row.get_state_display())
    _require_time(row, timezone.now())
    answer = answer_of(row)
    if answer is not None:
        reopen_answer(answer)
    held = row.discussions.filter(cancelled_at=None).exclude(held_at=None).exists()
    return move_application(row, S.DISCUSSION_HELD if held else S.INTEREST, by=by)


def _require_time(row: Application, now: dt.datetime) -> None:
    if takes_applications(row.edition, now):
        return
    deadline = application_deadline(row.edition)
    if deadline is not None and now > deadline:
        sent_at = moment_to_the_second(now)
        raise ApplicationTooLate(edition=row.edition.shown_name, deadline=moment(deadline), now=sent_at)
    raise CallNotOpen(edition=row.edition.shown_name)
