"""The edition's own questions: which form, what an applicant has answered, what still lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keino.domain.questionnaires.answers import missing
from keino.web.programmes.choices import OVER
from keino.web.programmes.choices.applications import ApplicationState
from keino.web.programmes.models import Application, ApplicationQuestions
from keino.web.surveys.answer_words import Row, answer_rows
from keino.web.surveys.answers_in_use import named_by
from keino.web.surveys.choices import FormPurpose
from keino.web.surveys.models import Attachment, FormAnswer, FormVersion

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from keino.web.programmes.models import Edition


def subject_of(application: Application) -> str:
    """What an answer is about, in the words of the forms."""
    return f"application:{application.public_id}"


def answers_in_use(subjects: Collection[str]) -> set[str]:
    """Of answers about applications, those of applications that stand and whose programme isn't over yet."""
    named = named_by(subjects, "application")
    found = Application.objects.filter(public_id__in=set(named.values())).exclude(state=ApplicationState.WITHDRAWN)
    in_use = set(found.exclude(edition__state__in=OVER).values_list("public_id", flat=True))
    return {subject for subject, key in named.items() if key in in_use}


def questions_of(edition: Edition) -> FormVersion | None:
    """The version that the edition asks; None = it has no questions of its own."""
    found = ApplicationQuestions.objects.filter(edition=edition).select_related("form_version__form")
    chosen = found.first()
    return chosen.form_version if chosen else None


def versions_on_offer() -> QuerySet[FormVersion]:
    """Published versions of named forms for applications, the newest first."""
    found = FormVersion.objects.filter(form__purpose=FormPurpose.APPLICATION, form__is_retired=False)
    named = found.exclude(published_at=None).exclude(form__anonymity="anonymous")
    return named.select_related("form").order_by("-published_at", "-pk")


def answer_of(application: Application) -> FormAnswer | None:
    """What was answered so far; None = nobody has begun."""
    return answers_of([application]).get(subject_of(application))


def answers_of(applications: Iterable[Application]) -> dict[str, FormAnswer]:
    """The answers of these applications by their subject, in one question."""
    subjects = [subject_of(each) for each in applications]
    found = FormAnswer.objects.filter(subject__in=subjects).select_related("form_version__form")
    return {each.subject: each for each in found.prefetch_related("attachments")}


def shown_answers(application: Application, *, is_anonymous: bool) -> tuple[list[Row], bool]:
    """What was answered, in the reader's language, and whether something is hidden.

    Anonymous: without the answers that the form marks as personal data, and without the names of files.
    """
    answer = answer_of(application)
    rows = list(answer_rows(answer)) if answer else []
    if not is_anonymous:
        return rows, False
    kept = [row for row in rows if not row.question.personal]
    named = [replace(row, answer=nameless(row.attachment)) if row.attachment else row for row in kept]
    return named, len(kept) < len(rows)


def nameless(attachment: Attachment) -> str:
    """What a file is called where nobody is to see who applies; its kind stays.

    Its own name may tell ("Plan of the town.pdf").
    """
    return _("attachment") + PurePath(attachment.name).suffix.lower()


def attached(application: Application) -> QuerySet[Attachment]:
    """The files that were sent as answers."""
    return Attachment.objects.filter(answer__subject=subject_of(application))


def is_personal(attachment: Attachment) -> bool:
    """Whether the form marks the question that a file answers as personal data."""
    asked = attachment.answer.form_version.asked
    return any(question.personal for question in asked if question.code == attachment.question_code)


def left_out(version: FormVersion, answer: FormAnswer | None) -> int:
    """How many questions that must be answered aren't."""
    return len(missing(version.asked, answer.answers if answer else {}))
