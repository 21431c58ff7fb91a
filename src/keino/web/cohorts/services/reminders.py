"""Reminders of works and deliverables: before their time, and every week after it, to those who hold the role today.

A due time that has passed stays what it was, so the reminders go on until something is handed in, or until the
programme's calendar takes nothing any more.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from keino.web.cohorts.models import Deliverable, Work
from keino.web.cohorts.queries.documents import name_of
from keino.web.cohorts.queries.due import unfinished_deliverables, unfinished_works
from keino.web.cohorts.services.mails import leaders_of, page_link, tell
from keino.web.programmes.choices import Act
from keino.web.programmes.queries.calendar import allows

if TYPE_CHECKING:
    from keino.web.cohorts.models import Participation

#: Days before the due day on which people are reminded; after a day without workers the reminder comes late.
BEFORE = (7, 1)
_CALENDAR = ("participation__edition__dates", "participation__edition__phases")
_PEOPLE = ("participation__organisation", "participation__edition", "participation__responsible")


def remind(now: dt.datetime) -> int:
    """Ask for every reminder that is due; returns how many mails were asked for."""
    works = unfinished_works().filter(first_submitted_at=None)
    works = works.select_related("assignment", *_PEOPLE).prefetch_related(*_CALENDAR)
    sent = sum(_remind(work, work.participation, work.assignment.title, work.assignment.due_at, now) for work in works)
    deliverables = unfinished_deliverables().filter(submissions=None)
    deliverables = deliverables.select_related("wanted", "category_plan", "procurement", *_PEOPLE)
    for each in deliverables.prefetch_related(*_CALENDAR):
        assert each.wanted is not None
        assert each.wanted.due_at is not None
        sent += _remind(each, each.participation, name_of(each), each.wanted.due_at, now)
    return sent


def _remind(
    thing: Work | Deliverable, participation: Participation, title: str, due_at: dt.datetime, now: dt.datetime
) -> int:
    if not allows(participation.edition, Act.HAND_IN, max(now, due_at)):
        return 0  # nobody is asked for what the programme doesn't take
    if now > due_at:
        weeks = (now - due_at).days // 7
        which, template = f"late-{weeks}", "overdue"
    else:
        left = (timezone.localtime(due_at).date() - timezone.localtime(now).date()).days
        near = [days for days in BEFORE if left <= days]
        if not near:
            return 0
        which, template = f"before-{min(near)}", "due"
    page = "work" if isinstance(thing, Work) else "deliverable"
    return tell(
        template,
        leaders_of(participation),
        participation,
        url=page_link(page, participation, **{page: thing.public_id}),
        once=f"{page} {thing.public_id} {due_at.isoformat()} {which}",
        due=due_at,
        title=title,
    )
