"""Assignments: defined for an edition or one organisation, changed while there is time, withdrawn."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.templatetags.keino import moment
from keino.web.cohorts.errors.taking_part import DueHasPassed, DueStays
from keino.web.cohorts.models import Assignment, Participation, Work
from keino.web.cohorts.services.mails import leaders_of, page_link, tell
from keino.web.programmes.choices import Act
from keino.web.programmes.services.phases import require_phase

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.programmes.models import Edition
    from keino.web.surveys.models import FormVersion


@dataclass(frozen=True)
class AssignmentValues:
    """What coordinators and mentors write of an assignment."""

    kind: str
    title: str
    instructions: str
    due_at: dt.datetime
    form_version: FormVersion | None = None


@transaction.atomic
def add_assignment(
    edition: Edition,
    values: AssignmentValues,
    *,
    by: Person,
    key: uuid.UUID,
    only_for: Participation | None = None,
    now: dt.datetime | None = None,
) -> Assignment:
    """Give an assignment to everybody in the edition, or to one organisation, and tell them. Sent twice, it is there
    once.

    Raises DueHasPassed, and NotInCalendar where nothing could be handed in at the due time.
    """
    there = Assignment.objects.filter(edition=edition, made_with=key).first()
    if there is not None:
        return there
    _require_due(edition, values.due_at, now or timezone.now())
    with acting(by, act="assignment_added"):
        made = Assignment.objects.create(
            edition=edition,
            only_for=only_for,
            kind=values.kind,
            title=values.title,
            instructions=values.instructions,
            due_at=values.due_at,
            form_version=values.form_version,
            created_by=by,
            made_with=key,
        )
        for participation in _concerned(made):
            work = Work.objects.create(assignment=made, participation=participation)
            _tell("assignment_given", work, by=by)
    return made


@transaction.atomic
def change_assignment(
    assignment: Assignment, values: AssignmentValues, *, by: Person, seen: int, now: dt.datetime | None = None
) -> Assignment:
    """Change an assignment as it was seen in version ``seen``; a new time is told once to those who still write.

    Raises DueStays where the old time has passed: what is late stays late, whoever moves dates. Raises NotInCalendar
    where nothing could be handed in at the new time.
    """
    fields = ("kind", "title", "instructions", "due_at", "form_version")
    row = locked(assignment)
    changed = [name for name in fields if getattr(row, name) != getattr(values, name)]
    if not changed:
        return row
    row = as_seen(assignment, seen)
    moment_now = now or timezone.now()
    if "due_at" in changed:
        if row.has_passed(moment_now):
            raise DueStays(moment=moment(row.due_at))
        _require_due(row.edition, values.due_at, moment_now)
    for name in changed:
        setattr(row, name, getattr(values, name))
    row.version += 1
    with acting(by, act="assignment_changed"):
        row.save()
    if "due_at" in changed:
        for work in _unfinished(row):
            _tell("due_moved", work, by=by)
    return row


@transaction.atomic
def withdraw_assignment(assignment: Assignment, *, by: Person) -> None:
    """Take an assignment back: nobody is reminded of it any more, and what was written stays to be read."""
    row = locked(assignment)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.version = timezone.now(), row.version + 1
        with acting(by, act="assignment_withdrawn"):
            row.save()


def _concerned(assignment: Assignment) -> list[Participation]:
    if assignment.only_for is not None:
        return [assignment.only_for]
    found = Participation.objects.filter(edition=assignment.edition).active()
    return list(found.select_related("organisation", "edition", "responsible", "mentor").order_by("pk"))


def _unfinished(assignment: Assignment) -> list[Work]:
    """Works that nothing was handed in for, of organisations that still take part."""
    found = Work.objects.filter(
        assignment=assignment, first_submitted_at=None, participation__in=Participation.objects.active()
    )
    people = ("participation__organisation", "participation__edition", "participation__responsible", "assignment")
    return list(found.select_related(*people).order_by("pk"))


def _tell(template: str, work: Work, *, by: Person) -> None:
    participation, assignment = work.participation, work.assignment
    tell(
        template,
        leaders_of(participation),
        participation,
        url=page_link("work", participation, work=work.public_id),
        once=f"{template} {work.public_id} {assignment.due_at.isoformat()}",
        by=by,
        due=assignment.due_at,
        title=assignment.title,
    )


def _require_due(edition: Edition, due_at: dt.datetime, now: dt.datetime) -> None:
    if due_at <= now:
        raise DueHasPassed(moment=moment(due_at))
    require_phase(edition, Act.HAND_IN, on=due_at)
