"""Writing an application: saved as often as people like, by several people, none over another's text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from keino.web.base.audit import acting
from keino.web.base.errors import NotAllowedNow
from keino.web.base.models import Person
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.errors.applications import NotOfTheOrganisation, QuestionsAreAnswered
from keino.web.programmes.models import Application, ApplicationQuestions, Edition
from keino.web.programmes.queries.application_questions import questions_of, subject_of
from keino.web.programmes.services.applications.moves import as_seen, locked
from keino.web.surveys.models import FormAnswer, FormVersion
from keino.web.surveys.services.form_answers import begin_answer, save_answer

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

#: What is written in which part.
PARTS: dict[str, tuple[str, ...]] = {
    "pilot": ("pilot", "procurement"),
    "reasons": ("motivation", "groundwork", "sharing", "capacity"),
    "consents": ("agrees_to_data", "agrees_to_publication"),
}


@transaction.atomic
def write_application(application: Application, *, by: Person, seen: int, **fields: Any) -> Application:
    """Save one part as it was seen in version ``seen``. The same again changes nothing. Raises Conflict.

    A draft can be saved after the deadline, too: only sending has one.
    """
    row = locked(application)
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    if not changed:
        return row
    row = as_seen(application, seen)
    if not row.is_writable:
        raise NotAllowedNow(state=row.get_state_display())
    for name in changed:
        setattr(row, name, fields[name])
    if row.procurement is not None and row.procurement.organisation_id != row.organisation_id:
        raise NotOfTheOrganisation
    row.version += 1
    with acting(by, on_behalf_of=on_behalf_of(by, row.organisation), act="application_written"):
        row.save()
    return row


def begin_answering(application: Application, *, by: Person) -> FormAnswer | None:
    """The organisation's answer to the edition's own questions; None where it asks none."""
    version = questions_of(application.edition)
    if version is None:
        return None
    return begin_answer(version, about=application.organisation, by=by, subject=subject_of(application))


def answer_questions(
    application: Application,
    answer: FormAnswer,
    *,
    given: Mapping[str, Any],
    files: Mapping[str, UploadedFile],
    removed: Collection[str],
    seen: int,
    by: Person,
) -> FormAnswer:
    """Save answers, whole or not. Raises Conflict and what forms say; nothing is written once it was sent."""
    with transaction.atomic():
        row = locked(application)
        if not row.is_writable:
            raise NotAllowedNow(state=row.get_state_display())
        return save_answer(answer, given=given, files=files, removed=removed, seen=seen, by=by)


@transaction.atomic
def choose_questions(edition: Edition, version: FormVersion | None, *, by: Person) -> None:
    """Say which form the edition asks with the application; None = none. Not once somebody has sent theirs."""
    type(edition).objects.select_for_update().get(pk=edition.pk)
    if questions_of(edition) == version:
        return
    if edition.applications.exclude(submitted_at=None).exists():
        raise QuestionsAreAnswered
    with acting(by, act="application_questions_chosen"):
        for row in ApplicationQuestions.objects.filter(edition=edition):
            row.delete()
        if version is not None:
            ApplicationQuestions.objects.create(edition=edition, form_version=version)
