"""Interviews: the guide, when and by whom, what was said, and that they were held."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.templatetags.keino import moment as moment_text
from keino.web.programmes.choices import Act
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.choices.selection import UNDER_REVIEW, InterviewState
from keino.web.programmes.errors.selection import (
    HasTie,
    InterviewEndsEarly,
    InterviewInTheFuture,
    InterviewOver,
    NotReviewed,
    QuestionUsed,
)
from keino.web.programmes.models import (
    Application,
    Edition,
    GuideQuestion,
    Interview,
    Interviewer,
    InterviewNote,
)
from keino.web.programmes.queries.ties import has_tie, ties_of
from keino.web.programmes.services.applications.moves import move_application
from keino.web.programmes.services.interview_mails import (
    CANCELLED,
    MOVED,
    NOT_YOURS,
    PLANNED,
    tell_applicant,
    tell_holders,
    tell_of_interview,
)
from keino.web.programmes.services.phases import require_phase
from keino.web.programmes.services.strangers import require_no_reviewer

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.events.models import Event


@dataclass(frozen=True)
class When:
    """When and where an interview is: at a time of its own, or at an event's."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str = ""
    event: Event | None = None


# ---- the guide


def add_question(edition: Edition, *, text: str, hint: str, by: Person, key: uuid.UUID) -> GuideQuestion:
    """Add a question at the end of the guide. ``key`` comes with the form: pressing twice adds one."""
    with transaction.atomic(), acting(by, act="guide_changed"):
        Edition.objects.select_for_update().get(pk=edition.pk)
        found = GuideQuestion.objects.filter(public_id=key, edition=edition).first()
        if found is not None:
            return found
        last = edition.guide.aggregate(last=Max("position"))["last"] or 0
        return GuideQuestion.objects.create(edition=edition, public_id=key, text=text, hint=hint, position=last + 1)


def change_question(question: GuideQuestion, *, text: str, hint: str, position: int, by: Person, seen: int) -> None:
    """Change a question as it was seen in version ``seen``."""
    with transaction.atomic(), acting(by, act="guide_changed"):
        row = GuideQuestion.objects.select_for_update().get(pk=question.pk)
        if row.version != seen:
            raise Conflict
        row.text, row.hint, row.position, row.version = text, hint, position, row.version + 1
        row.save()


def remove_question(question: GuideQuestion, *, by: Person) -> None:
    """Take a question out of the guide, where nobody has answered it."""
    with transaction.atomic(), acting(by, act="guide_changed"):
        if InterviewNote.objects.filter(question=question).exclude(text="").exists():
            raise QuestionUsed
        InterviewNote.objects.filter(question=question).delete()
        GuideQuestion.objects.filter(pk=question.pk).delete()


# ---- when and by whom


def plan_interview(
    application: Application, when: When, *, interviewers: Collection[Person], by: Person, key: uuid.UUID
) -> Interview:
    """Plan an interview and mail those concerned.

    Raises NotInCalendar, NotReviewed, HasTie, KnowsTheApplicant, InterviewEndsEarly.
    """
    _check(when)
    with transaction.atomic(), acting(by, act="interview_planned"):
        row = _open(application)
        found = Interview.objects.filter(made_with=key, application=row).first()
        if found is not None:
            return found
        require_phase(row.edition, Act.INTERVIEW, on=when.starts_at)
        _check_people(row, interviewers)
        interview = Interview.objects.create(
            application=row,
            event=when.event,
            starts_at=when.starts_at,
            ends_at=when.ends_at,
            place=when.place,
            planned_by=by,
            made_with=key,
        )
        _name(interview, interviewers)
        tell_of_interview(interview, PLANNED)
        return interview


def change_interview(
    interview: Interview, when: When, *, interviewers: Collection[Person], by: Person, seen: int
) -> None:
    """Change time, place or interviewers.

    Those concerned are told: of another time or place everybody, of other people those who hold it now or no longer.
    """
    _check(when)
    with transaction.atomic(), acting(by, act="interview_changed"):
        row = _planned(interview, by=by, seen=seen)
        _check_people(row.application, interviewers)
        new = {"starts_at": when.starts_at, "ends_at": when.ends_at, "place": when.place}
        is_moved = any(getattr(row, name) != value for name, value in new.items())
        if row.starts_at != when.starts_at:
            require_phase(row.application.edition, Act.INTERVIEW, on=when.starts_at)
        known_at = row.starts_at
        row.starts_at, row.ends_at, row.place, row.event = when.starts_at, when.ends_at, when.place, when.event
        row.version += 1
        row.save()
        before = {each.person for each in row.interviewers.select_related("person")}
        row.interviewers.exclude(person__in=interviewers).delete()
        _name(row, interviewers)
        now = set(interviewers)
        tell_holders(before - now, row, NOT_YOURS, at=known_at)
        tell_holders(now - before, row, PLANNED)
        if is_moved:
            tell_applicant(row, MOVED)
            tell_holders(now & before, row, MOVED)


def cancel_interview(interview: Interview, *, by: Person) -> None:
    """Cancel a planned interview; the applicant is told. Twice is once."""
    with transaction.atomic(), acting(by, act="interview_cancelled"):
        row = _locked(interview)
        if row.state == InterviewState.CANCELLED:
            return
        if row.state == InterviewState.HELD:
            raise InterviewOver(state=row.get_state_display())
        row.state, row.version = InterviewState.CANCELLED, row.version + 1
        row.save()
        tell_of_interview(row, CANCELLED)


# ---- what was said


def write_notes(interview: Interview, said: Mapping[int, str], *, notes: str, by: Person, seen: int) -> Interview:
    """Keep what was said to each question (by its key) and other notes, before, during and after the interview."""
    with transaction.atomic(), acting(by, act="interview_noted"):
        row = _locked(interview)
        if has_tie(by, row.application):
            raise HasTie(person=str(by))
        if row.state == InterviewState.CANCELLED:
            raise InterviewOver(state=row.get_state_display())
        if row.version != seen:
            raise Conflict
        there = {each.question_id: each for each in row.said.all()}
        changed = row.notes != notes
        for question in row.application.edition.guide.all():
            text = said.get(question.pk, "")
            note = there.get(question.pk) or InterviewNote(interview=row, question=question)
            if note.text != text:
                note.text = text
                note.save()
                changed = True
        if changed:
            row.notes, row.version = notes, row.version + 1
            row.save()
        return row


def hold_interview(interview: Interview, *, by: Person) -> None:
    """Say that the interview was held: the application moves on. Raises InterviewInTheFuture. Twice is once."""
    with transaction.atomic(), acting(by, act="interview_held"):
        row = _locked(interview)
        if has_tie(by, row.application):
            raise HasTie(person=str(by))
        if row.state == InterviewState.HELD:
            return
        if row.state == InterviewState.CANCELLED:
            raise InterviewOver(state=row.get_state_display())
        if row.starts_at > timezone.now():
            with override(by.language):
                raise InterviewInTheFuture(moment=moment_text(row.starts_at))
        row.state, row.held_at, row.held_by = InterviewState.HELD, timezone.now(), by
        row.version += 1
        row.save()
        if row.application.state == ApplicationState.SUBMITTED:
            move_application(row.application, ApplicationState.INTERVIEWED, by=by)


# ---- shared


def _check(when: When) -> None:
    if when.ends_at <= when.starts_at:
        raise InterviewEndsEarly


def _open(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("edition", "organisation")
    row = rows.get(pk=application.pk)
    if row.state not in UNDER_REVIEW:
        raise NotReviewed(state=row.get_state_display())
    return row


def _locked(interview: Interview) -> Interview:
    rows = Interview.objects.select_for_update(of=("self",))
    return rows.select_related("application__organisation", "application__edition").get(pk=interview.pk)


def _planned(interview: Interview, *, by: Person, seen: int) -> Interview:
    row = _locked(interview)
    if has_tie(by, row.application):
        raise HasTie(person=str(by))
    if row.state != InterviewState.PLANNED:
        raise InterviewOver(state=row.get_state_display())
    if row.version != seen:
        raise Conflict
    return row


def _check_people(application: Application, people: Collection[Person]) -> None:
    tied = {person for person, _application in ties_of(people, [application])}
    for person in people:
        if person.pk in tied:
            raise HasTie(person=str(person))
    require_no_reviewer(people, application)


def _name(interview: Interview, people: Iterable[Person]) -> None:
    for person in people:
        Interviewer.objects.get_or_create(interview=interview, person=person)
