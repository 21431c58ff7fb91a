"""Mail before a deadline to applicants who haven't booked or sent yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from keino.web.base.templatetags.keino import moment
from keino.web.programmes.choices import EditionState
from keino.web.programmes.choices.applications import WRITABLE
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.queries.application_dates import application_deadline, booking_deadline
from keino.web.programmes.queries.applications import people_to_tell
from keino.web.programmes.services.applications.mails import remind

#: Days before a deadline on which applicants are reminded.
DAYS_BEFORE = (7, 1)


def remind_of_deadlines(now: dt.datetime) -> int:
    """Ask for the mails of this day; each stage goes once to each person, however often this runs."""
    asked = 0
    for edition in Edition.objects.filter(state__in=(EditionState.OPEN, EditionState.CLOSED)):
        for what, states, deadline in (
            ("book", {S.INTEREST} if edition.needs_discussion else set(), booking_deadline(edition)),
            ("send", WRITABLE, application_deadline(edition)),
        ):
            stage = stage_of(deadline, now)
            if deadline is not None and stage:
                asked += _remind(edition, what, states, deadline, stage)
    return asked


def stage_of(deadline: dt.datetime | None, now: dt.datetime) -> str:
    """Which reminder a deadline is at, by days of Finland's calendar; empty where there is none.

    >>> at = lambda day: dt.datetime(2027, 5, day, 9, tzinfo=dt.UTC)
    >>> [stage_of(at(31), at(day)) for day in (23, 24, 29, 30, 31)]
    ['', '7', '7', '1', '1']
    """
    if deadline is None or now > deadline:
        return ""
    left = (timezone.localdate(deadline) - timezone.localdate(now)).days
    near = [days for days in DAYS_BEFORE if left <= days]
    return str(min(near)) if near else ""


def _remind(edition: Edition, what: str, states: Collection[str], deadline: dt.datetime, stage: str) -> int:
    asked = 0
    waiting = Application.objects.filter(edition=edition, state__in=states).exclude(goes_on=False)
    for application in waiting.select_related("edition", "organisation"):
        for person in people_to_tell(application):
            once = f"deadline:{application.public_id.hex}:{what}:{deadline:%Y%m%d}:{stage}"
            remind(application, person, what=what, once=once, deadline=lambda: moment(deadline))
            asked += 1
    return asked
