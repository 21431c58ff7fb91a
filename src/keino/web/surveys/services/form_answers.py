"""An answer's way: begun, saved as often as people like, sent once. Several people of an organisation write on one.

Apps that embed a form ask these three; who may do it is theirs to check:

    answer = begin_answer(version, about=organisation, by=person, subject=f"application:{application.public_id}")
    save_answer(answer, given=form.given(), files=form.files_sent(), removed=form.removed(), seen=form.seen, by=person)
    send_answer(answer, by=person)

None of it goes into the audit trail, which would tell who answered an anonymous form: a named answer says itself who
changed and sent it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from keino.domain.questionnaires.answers import WrongAnswerError, checked_all, missing, to_send
from keino.domain.questionnaires.question import Kind
from keino.web.base.errors import Conflict
from keino.web.surveys.choices import AnswerState
from keino.web.surveys.form_errors import (
    AnsweredAlready,
    AnswerIsSent,
    AnswersLeftOut,
    NotAnAnswer,
    VersionIsDraft,
)
from keino.web.surveys.models import Answered, FormAnswer, FormVersion
from keino.web.surveys.secrecy import respondent_key
from keino.web.surveys.services.attachments import Stored, drop_files, forget_stored, keep_files, store_files
from keino.web.surveys.texts import in_reader_language

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation


def begin_answer(
    version: FormVersion,
    *,
    about: Organisation | None = None,
    by: Person | None = None,
    respondent: str = "",
    subject: str = "",
) -> FormAnswer:
    """The answer that this respondent has begun, or a new one.

    Of a form with names the respondent is the organisation ``about``, whose people share one answer, else the person
    ``by``. Of an anonymous form it is always one person. ``respondent`` stands for somebody without an account (the
    public id of a seat at an event). ``subject`` tells several uses of one form apart.

    Raises VersionIsDraft; AnsweredAlready where an anonymous form was sent.
    """
    if not version.is_published:
        raise VersionIsDraft
    is_anonymous = version.form.is_anonymous
    shared = None if is_anonymous else about
    who = f"organisation:{shared.public_id}" if shared else f"person:{by.public_id}" if by else f"other:{respondent}"
    key = respondent_key(version.form.public_id, subject, who)
    if is_anonymous and Answered.objects.filter(form_version=version, subject=subject, key=key).exists():
        raise AnsweredAlready
    named = {} if is_anonymous else {"about_organisation": about, "begun_by": by}
    try:
        with transaction.atomic():
            return FormAnswer.objects.get_or_create(form_version=version, subject=subject, key=key, defaults=named)[0]
    except IntegrityError:  # two people began at the same moment
        return FormAnswer.objects.get(form_version=version, subject=subject, key=key)


def save_answer(
    answer: FormAnswer,
    *,
    given: Mapping[str, Any],
    files: Mapping[str, UploadedFile] | None = None,
    removed: Collection[str] = (),
    seen: int,
    by: Person | None,
) -> FormAnswer:
    """Keep what was written, whole or not. ``seen`` is the version of the answer that its writer saw.

    ``files`` are new files by question, ``removed`` questions whose file goes; other files stay. The same again
    changes nothing. Raises Conflict where somebody else saved in between, AnswerIsSent, NotAnAnswer, and what
    ``services.attachments`` says of files.
    """
    questions = answer.form_version.asked
    takes_files = {question.code for question in questions if question.kind == Kind.FILE}
    try:
        written = checked_all(questions, {code: value for code, value in given.items() if code not in takes_files})
    except WrongAnswerError as error:
        raise NotAnAnswer(question=str(in_reader_language(error.question.text))) from error
    stored = store_files(answer, {code: file for code, file in (files or {}).items() if code in takes_files})
    try:
        return _save(answer, written, stored, set(removed) & takes_files, takes_files, seen=seen, by=by)
    except BaseException:
        forget_stored(stored.values())
        raise


def _save(
    answer: FormAnswer,
    written: Mapping[str, Any],
    stored: Mapping[str, Stored],
    removed: set[str],
    takes_files: set[str],
    *,
    seen: int,
    by: Person | None,
) -> FormAnswer:
    with transaction.atomic():
        found = _locked(answer)
        if found.is_sent:
            raise AnswerIsSent
        attached = {each.question_code: each for each in found.attachments.all()}
        new = {
            code: file for code, file in stored.items() if code not in attached or attached[code].sha256 != file.sha256
        }
        gone = {code for code in removed if code in attached and code not in stored}
        # an answer of a question that changed its kind never comes back: versions don't change
        kept = {code: str(each.public_id) for code, each in attached.items() if code not in gone | new.keys()}
        before = {code: value for code, value in found.answers.items() if code not in takes_files}
        if before == dict(written) and not new and not gone:
            forget_stored(stored.values())
            return found
        if found.version != seen:
            raise Conflict
        person = None if found.form_version.form.is_anonymous else by
        drop_files(attached[code] for code in gone | (new.keys() & attached.keys()))
        kept |= keep_files(found, new, by=person)
        forget_stored(file for code, file in stored.items() if code not in new)
        found.answers, found.version = {**written, **kept}, found.version + 1
        found.changed_by = person
        found.changed_at = None if found.form_version.form.is_anonymous else timezone.now()
        found.save()
    return found


def send_answer(answer: FormAnswer, *, by: Person | None) -> FormAnswer:
    """Send what is saved; it counts and is never changed. Doing it twice changes nothing.

    Raises AnswersLeftOut, with how many, while a question that must be answered isn't. Answers to questions that
    aren't asked, given the others' answers, are deleted. Of an anonymous form the way back to its writer is cut.
    """
    with transaction.atomic():
        found = _locked(answer)
        if found.is_sent:
            return found
        left_out = missing(found.form_version.asked, found.answers)
        if left_out:
            raise AnswersLeftOut(count=len(left_out))
        found.answers = to_send(found.form_version.asked, found.answers)
        drop_files(found.attachments.exclude(question_code__in=found.answers))
        found.state, found.sent_on, found.version = AnswerState.SENT, timezone.localdate(), found.version + 1
        if found.form_version.form.is_anonymous:
            _cut_the_way_back(found)
        else:
            found.sent_by, found.sent_at = by, timezone.now()
        found.save()
    return found


def _cut_the_way_back(answer: FormAnswer) -> None:
    """Leave nothing that leads from the answer to who wrote it; that they answered is kept apart."""
    Answered.objects.get_or_create(form_version=answer.form_version, subject=answer.subject, key=answer.key)
    answer.key = None


def reopen_answer(answer: FormAnswer) -> FormAnswer:
    """Make a sent answer a draft again, where whoever asked allows it (before a deadline). Not of an anonymous form."""
    with transaction.atomic():
        found = _locked(answer)
        if not found.is_sent:
            return found
        if found.form_version.form.is_anonymous:
            raise AnswerIsSent
        found.state, found.sent_on, found.version = AnswerState.DRAFT, None, found.version + 1
        found.sent_by = found.sent_at = None
        found.save()
    return found


def delete_answer(answer: FormAnswer) -> None:
    """Delete an answer with its files. Doing it twice changes nothing."""
    with transaction.atomic():
        drop_files(answer.attachments.all())
        FormAnswer.objects.filter(pk=answer.pk).delete()


def _locked(answer: FormAnswer) -> FormAnswer:
    rows = FormAnswer.objects.select_for_update(of=("self",)).select_related("form_version__form")
    return rows.get(pk=answer.pk)
