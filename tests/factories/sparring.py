"""Sparring sessions, cases, small groups and lessons for the site's tests."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from keino.web.cohorts.models import (
    AgreedAction,
    CohortLesson,
    DigitalCase,
    GroupNote,
    GroupNoteVersion,
    KnowHow,
    LessonTemplate,
    Participation,
    PeerGroup,
    PeerGroupMember,
    SparringSession,
)
from keino.web.organisations.models import Organisation
from keino.web.plans.models import Action
from tests.factories.actions import an_action

_number = itertools.count(1)


def a_session(organisation: Organisation, *, days: int = 7, **fields: Any) -> SparringSession:
    """An agreed session of an hour, so many days from now."""
    starts_at = fields.pop("starts_at", timezone.now() + dt.timedelta(days=days))
    fields = {"ends_at": starts_at + dt.timedelta(hours=1)} | fields
    return SparringSession.objects.create(organisation=organisation, starts_at=starts_at, **fields)


def a_case(organisation: Organisation, **fields: Any) -> DigitalCase:
    """An open case of digital sparring."""
    fields = {
        "process": f"Ordering meals {next(_number)}",
        "current_tools": "A table and mail",
        "target": "Orders in one place",
    } | fields
    return DigitalCase.objects.create(organisation=organisation, **fields)


def agreed(session: SparringSession | None = None, case: DigitalCase | None = None, **fields: Any) -> Action:
    """An action that was agreed there."""
    thing = session or case
    assert thing is not None
    action = an_action(thing.organisation, **fields)
    AgreedAction.objects.create(action=action, session=session, case=case)
    return action


def a_group(*participations: Participation, **fields: Any) -> PeerGroup:
    """A small group of these participants."""
    fields = {"edition": participations[0].edition, "name": f"Group {next(_number)}"} | fields
    group = PeerGroup.objects.create(**fields)
    for each in participations:
        PeerGroupMember.objects.create(group=group, participation=each)
    return group


def a_note(group: PeerGroup, **fields: Any) -> GroupNote:
    """A shared note in its first version."""
    fields = {"title": f"Note {next(_number)}", "text": "What we learned."} | fields
    note = GroupNote.objects.create(group=group, **fields)
    GroupNoteVersion.objects.create(note=note, number=1, title=note.title, text=note.text)
    return note


def know_how(participation: Participation, **fields: Any) -> KnowHow:
    """Something that an organisation can help with; nobody else sees it."""
    fields = {"kind": "offers", "topic": "dialogue", "text": "Two market dialogues held."} | fields
    return KnowHow.objects.create(participation=participation, **fields)


def a_lesson(participation: Participation, **fields: Any) -> CohortLesson:
    """A lesson that is a draft."""
    fields = {
        "title": f"Lesson {next(_number)}",
        "what_happened": "The dialogue came late.",
        "advice": "Begin it half a year before the tender.",
    } | fields
    if fields.get("state") == "offered":
        fields.setdefault("offered_at", timezone.now())
    return CohortLesson.objects.create(participation=participation, **fields)


def a_template(lesson: CohortLesson, **fields: Any) -> LessonTemplate:
    """What the centre made of a lesson: a list of two actions."""
    fields = {
        "kind": "action_list", "title": lesson.title, "text": lesson.advice, "actions": "Plan it\nHold it",
    } | fields  # fmt: skip
    CohortLesson.objects.filter(pk=lesson.pk).update(state="promoted")
    return LessonTemplate.objects.create(lesson=lesson, **fields)
