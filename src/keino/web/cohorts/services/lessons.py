"""Lessons: written by participants, offered to the centre, promoted to templates, reused by other buyers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, changed, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.cohorts.choices.lessons import LessonState, TemplateKind
from keino.web.cohorts.errors.lessons import ActionsMissing, NotYourPilot, TooManyActions
from keino.web.cohorts.models import CohortLesson, LessonTemplate, Participation, TemplateReuse
from keino.web.cohorts.services.lesson_mails import tell_of_promotion
from keino.web.plans.services.actions import ActionValues, add_action

if TYPE_CHECKING:
    from uuid import UUID

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation
    from keino.web.procurements.models import Procurement

MOST_ACTIONS = 20
LONGEST_NOTE = 4000


@dataclass(frozen=True)
class LessonFields:
    """What people write of a lesson."""

    title: str
    what_happened: str
    advice: str
    may_name_us: bool = False
    procurement: Procurement | None = None


@dataclass(frozen=True)
class TemplateFields:
    """What the centre makes of a lesson."""

    kind: str
    title: str
    text: str
    actions: str = ""


def write_lesson(participation: Participation, *, key: UUID, fields: LessonFields, by: Person) -> CohortLesson:
    """Write a lesson. ``key`` is the form's: sent twice, it makes one. Raises NotYourPilot."""
    _check_pilot(participation, fields)
    with transaction.atomic(), acting(by, act="cohort_lesson_written"):
        return CohortLesson.objects.get_or_create(
            public_id=key, participation=participation, defaults={"created_by": by, **vars(fields)}
        )[0]


def change_lesson(lesson: CohortLesson, *, fields: LessonFields, seen: int, by: Person) -> None:
    """Change a lesson that the centre has not used. Raises Conflict, NotAllowedNow, NotYourPilot."""
    _check_pilot(lesson.participation, fields)
    with transaction.atomic(), acting(by, act="cohort_lesson_changed"):
        kept = as_seen(lesson, seen)
        if kept.state == LessonState.PROMOTED:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        changed(kept, vars(fields))


def stop_naming(lesson: CohortLesson, *, by: Person) -> None:
    """Name the organisation as the origin no more, also of a template. Pressing twice is harmless."""
    with transaction.atomic(), acting(by, act="cohort_lesson_not_named"):
        changed(locked(lesson), {"may_name_us": False})


def offer_lesson(lesson: CohortLesson, *, by: Person) -> None:
    """Offer a lesson to the centre. Pressing twice offers it once."""
    with transaction.atomic(), acting(by, act="cohort_lesson_offered"):
        kept = locked(lesson)
        if kept.state == LessonState.DRAFT:
            changed(kept, {"state": LessonState.OFFERED, "offered_at": timezone.now()})


def promote_lesson(lesson: CohortLesson, *, fields: TemplateFields, by: Person) -> LessonTemplate:
    """Make a template of an offered lesson; its origin stays with it, and its writers are told. Made once.

    Raises NotAllowedNow, ActionsMissing, TooManyActions.
    """
    _check_actions(fields)
    with transaction.atomic(), acting(by, act="cohort_lesson_promoted"):
        kept = locked(lesson)
        found = LessonTemplate.objects.filter(lesson=kept).first()
        if found is not None:  # pressed twice
            return found
        if kept.state != LessonState.OFFERED:
            raise NotAllowedNow(state=str(kept.get_state_display()))
        changed(kept, {"state": LessonState.PROMOTED})
        template = LessonTemplate.objects.create(lesson=kept, promoted_by=by, **vars(fields))
        tell_of_promotion(template, by=by)
        return template


def change_template(template: LessonTemplate, *, fields: TemplateFields, seen: int, by: Person) -> None:
    """Change a template; who started from it before keeps what they got. Raises LessonError, Conflict."""
    _check_actions(fields)
    with transaction.atomic(), acting(by, act="lesson_template_changed"):
        changed(as_seen(template, seen), vars(fields))


def start_from(
    template: LessonTemplate, *, organisation: Organisation, key: UUID, deadline: dt.date, owner: Person | None,
    by: Person,
) -> TemplateReuse:  # fmt: skip
    """Start from a template: its actions, or itself as a note, become planned actions. Counted once for each form.

    Raises ActionError (of plans), NotAllowedNow where the key is another organisation's.
    """
    with transaction.atomic(), acting(by, act="lesson_template_reused"):
        locked(template)
        reuse, is_new = TemplateReuse.objects.get_or_create(
            public_id=key, template=template, organisation=organisation, defaults={"started_by": by}
        )
        if is_new:
            for number, title in enumerate(template.action_titles):
                values = ActionValues(title=title, deadline=deadline, owner=owner, description=_note(template))
                action = add_action(organisation=organisation, key=uuid5(key, str(number)), values=values, by=by)
                reuse.actions.add(action)
        return reuse


def _note(template: LessonTemplate) -> str:
    """Where an action came from, with the template's text as far as it fits."""
    note = f"{_('From the template “{title}”.').format(title=template.title)}\n\n{template.text}"
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1]}…"


def _check_pilot(participation: Participation, fields: LessonFields) -> None:
    if fields.procurement is not None and fields.procurement.organisation_id != participation.organisation_id:
        raise NotYourPilot


def _check_actions(fields: TemplateFields) -> None:
    count = sum(bool(line.strip()) for line in fields.actions.splitlines())
    if fields.kind == TemplateKind.ACTION_LIST and not count:
        raise ActionsMissing
    if count > MOST_ACTIONS:
        raise TooManyActions(most=MOST_ACTIONS, count=count)
