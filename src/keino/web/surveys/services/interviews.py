"""Interviews are written by their interviewer until the year closes; the list of obstacles is kept by the centre."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.errors import Conflict
from keino.web.base.templatetags.keino import day
from keino.web.surveys.form_errors import ObstacleThere, ObstacleUnknown, StudyIsClosed
from keino.web.surveys.models import Interview, ObstacleCode, StudyRound
from keino.web.surveys.services.forms import new_code
from keino.web.surveys.texts import in_reader_language

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def record_interview(
    *,
    round_: StudyRound,
    about: Organisation,
    held_on: dt.date,
    position: str,
    notes: str,
    obstacles: Collection[str],
    by: Person,
) -> Interview:
    """Write an interview down. The same one sent twice is kept once. Raises StudyIsClosed, ObstacleUnknown."""
    with transaction.atomic():
        asked = _open(round_)
        same = Interview.objects.filter(
            round=asked, about_organisation=about, held_on=held_on, position=position, notes=notes, interviewer=by
        ).first()
        if same is not None:
            return same
        made = Interview.objects.create(
            round=asked, about_organisation=about, held_on=held_on, position=position, notes=notes, interviewer=by
        )
        made.obstacles.set(_codes(asked, obstacles))
    return made


def change_interview(
    *,
    interview: Interview,
    about: Organisation,
    held_on: dt.date,
    position: str,
    notes: str,
    obstacles: Collection[str],
    seen: int,
) -> Interview:
    """Mend an interview while its year is open. ``seen`` is the version that the person saw."""
    with transaction.atomic():
        asked = _open(interview.round)
        found = Interview.objects.select_for_update().get(pk=interview.pk)
        if found.version != seen:
            raise Conflict
        found.about_organisation, found.held_on, found.position, found.notes = about, held_on, position, notes
        found.version += 1
        found.save()
        found.obstacles.set(_codes(asked, obstacles))
    return found


def delete_interview(*, interview: Interview) -> None:
    """Delete an interview while its year is open. Doing it twice changes nothing."""
    with transaction.atomic():
        _open(interview.round)
        Interview.objects.filter(pk=interview.pk).delete()


def _open(round_: StudyRound) -> StudyRound:
    """The year, held while somebody writes, so that it can't be counted half way."""
    found = StudyRound.objects.select_for_update(of=("self",)).select_related("study").get(pk=round_.pk)
    if not found.is_collecting:
        raise StudyIsClosed(study=str(found.study), opens_on=day(found.opens_on), closes_on=day(found.closes_on))
    return found


def _codes(round_: StudyRound, codes: Collection[str]) -> list[ObstacleCode]:
    found = list(ObstacleCode.objects.filter(organisation=round_.study.organisation_id, code__in=codes))
    if len(found) < len(set(codes)):
        raise ObstacleUnknown
    return found


# ---- the list of obstacles


def add_obstacle(*, organisation: Organisation, text: Mapping[str, str], by: Person | None) -> ObstacleCode:
    """Put an obstacle on the list. Raises ObstacleThere where one has the same words."""
    with transaction.atomic(), acting(by, act="obstacle_added"):
        type(organisation).objects.select_for_update().get(pk=organisation.pk)
        there = list(ObstacleCode.objects.filter(organisation=organisation))
        _require_new(text, there)
        code = new_code(in_reader_language(text, "en").text, [each.code for each in there])
        return ObstacleCode.objects.create(organisation=organisation, code=code, text=dict(text))


def change_obstacle(
    *, obstacle: ObstacleCode, text: Mapping[str, str], is_retired: bool, seen: int, by: Person | None
) -> ObstacleCode:
    """Put an obstacle in other words, or offer it no more. What was counted keeps the words of its time."""
    with transaction.atomic(), acting(by, act="obstacle_changed"):
        found = ObstacleCode.objects.select_for_update().get(pk=obstacle.pk)
        if (found.text, found.is_retired) == (dict(text), is_retired):
            return found
        if found.version != seen:
            raise Conflict
        _require_new(text, list(ObstacleCode.objects.filter(organisation=found.organisation_id).exclude(pk=found.pk)))
        found.text, found.is_retired, found.version = dict(text), is_retired, found.version + 1
        found.save()
    return found


def _require_new(text: Mapping[str, str], others: Collection[ObstacleCode]) -> None:
    for other in others:
        for language, words in text.items():
            if other.text.get(language, "").casefold() == words.casefold():
                raise ObstacleThere(text=words)
