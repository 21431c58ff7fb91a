"""An organisation's or a person's answer to a year of a study: kept and sent while the year is open, never after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from keino.web.base.templatetags.keino import day
from keino.web.surveys.form_errors import StudyIsClosed
from keino.web.surveys.models import FormAnswer, StudyRound
from keino.web.surveys.queries.studies import is_open
from keino.web.surveys.services.form_answers import begin_answer, save_answer, send_answer

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def begin_study_answer(*, round_: StudyRound, about: Organisation, today: dt.date, by: Person) -> FormAnswer:
    """The answer that was begun, or a new one. Raises StudyIsClosed, AnsweredAlready."""
    with transaction.atomic():
        asked = _open(round_, today)
        return begin_answer(asked.form_version, about=about, by=by, subject=asked.subject)


def save_study_answer(
    *,
    round_: StudyRound,
    answer: FormAnswer,
    given: Mapping[str, Any],
    files: Mapping[str, UploadedFile],
    removed: Collection[str],
    seen: int,
    today: dt.date,
    by: Person,
) -> FormAnswer:
    """Keep what was written. Raises StudyIsClosed and what ``save_answer`` raises."""
    with transaction.atomic():
        _open(round_, today)
        return save_answer(answer, given=given, files=files, removed=removed, seen=seen, by=by)


def send_study_answer(*, round_: StudyRound, answer: FormAnswer, today: dt.date, by: Person) -> FormAnswer:
    """Send what is saved. Raises StudyIsClosed, AnswersLeftOut."""
    with transaction.atomic():
        _open(round_, today)
        return send_answer(answer, by=by)


def _open(round_: StudyRound, today: dt.date) -> StudyRound:
    """The year, held while somebody writes, so that it can't be counted half way."""
    rows = StudyRound.objects.select_for_update(of=("self",)).select_related("study", "form_version__form")
    found = rows.get(pk=round_.pk)
    if not is_open(found, today):
        raise StudyIsClosed(study=str(found.study), opens_on=day(found.opens_on), closes_on=day(found.closes_on))
    return found
