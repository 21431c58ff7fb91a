"""One organisation's work on an assignment: draft, files, handing in, the mentor's words."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from keino.web.base.audit import acting
from keino.web.base.edited import as_seen, locked
from keino.web.base.errors import NotAllowedNow
from keino.web.base.file_names import shown_name
from keino.web.cohorts.choices.assignments import WRITTEN_ON, Verdict, WorkState
from keino.web.cohorts.errors.taking_part import FileTooLarge, NothingToHandIn, TooManyFiles
from keino.web.cohorts.models import Work, WorkFile, WorkVersion
from keino.web.cohorts.services.active import require_active
from keino.web.cohorts.services.mails import leaders_of, mentors_of, page_link, tell
from keino.web.cohorts.services.verdicts import say, was_said
from keino.web.organisations.queries.people import on_behalf_of
from keino.web.programmes.choices import Act
from keino.web.programmes.services.phases import require_phase
from keino.web.surveys.services.form_answers import begin_answer, save_answer, send_answer

if TYPE_CHECKING:
    from django.core.files.base import File

    from keino.web.base.models import Person
    from keino.web.surveys.models import FormAnswer

FOLDER = "cohorts/work"
LARGEST_FILE_MB = 20
MOST_FILES = 10


@transaction.atomic
def save_draft(work: Work, text: str, *, by: Person, seen: int) -> Work:
    """Keep what was written so far. Raises Conflict, NotAllowedNow, ParticipationIsOver."""
    row = _written_on(work, seen=seen, text=text)
    if row.draft == text and row.begun_at is not None:
        return row
    with acting(by, on_behalf_of=on_behalf_of(by, row.participation.organisation), act="work_written"):
        return _keep(row, text)


@transaction.atomic
def hand_in(
    work: Work,
    text: str,
    *,
    by: Person,
    seen: int,
    answer: FormAnswer | None = None,
    now: dt.datetime | None = None,
) -> WorkVersion:
    """Hand the answer to the mentor: the next version, which is kept as it is. Pressed twice, there is one.

    ``answer``: of the assignment's form, sent in the same transaction. After the due moment it is still taken, and
    called late; outside of the programme's own calendar it isn't (NotInCalendar).
    """
    locked(work.participation)
    state, newest = locked(work).state, work.versions.first()
    if state == WorkState.SUBMITTED and newest is not None and newest.text == text:
        return newest
    row = _written_on(work, seen=seen, text=text)
    require_phase(row.participation.edition, Act.HAND_IN, on=now)
    files = list(row.files.filter(is_in_draft=True))
    if not (text.strip() or files or answer):
        raise NothingToHandIn
    moment = now or timezone.now()
    with acting(by, on_behalf_of=on_behalf_of(by, row.participation.organisation), act="work_handed_in"):
        made = WorkVersion.objects.create(
            work=row,
            number=(newest.number if newest else 0) + 1,
            text=text,
            form_answer=send_answer(answer, by=by) if answer else None,
            submitted_by=by,
            submitted_at=moment,
        )
        made.files.set(files)
        row.state, row.submitted_at = WorkState.SUBMITTED, moment
        row.first_submitted_at = row.first_submitted_at or moment
        _keep(row, text)
    participation = row.participation
    tell(
        "handed_in",
        mentors_of(participation),
        participation,
        url=page_link("work", participation, work=row.public_id),
        once=f"handed_in {row.public_id} {made.number}",
        by=by,
        title=row.assignment.title,
        number=made.number,
    )
    return made


@transaction.atomic
def answer_of(work: Work, *, by: Person) -> FormAnswer:
    """The answer to the assignment's form that the organisation's people write on now, all on one.

    Each version has an answer of its own; after a return the next one begins with what was answered before.
    """
    version = work.assignment.form_version
    assert version is not None
    newest = work.versions.select_related("form_answer").first()
    number = 1 if newest is None else newest.number + 1
    organisation = work.participation.organisation
    answer = begin_answer(version, about=organisation, by=by, subject=f"work:{work.public_id}:{number}")
    before = newest.form_answer if newest else None
    if before is not None and not answer.answers and answer.form_version_id == before.form_version_id:
        files = set(before.attachments.values_list("question_code", flat=True))
        given = {code: value for code, value in before.answers.items() if code not in files}
        answer = save_answer(answer, given=given, seen=answer.version, by=by)
    return answer


@transaction.atomic
def judge_work(work: Work, *, number: int, verdict: str, feedback: str, by: Person) -> WorkVersion:
    """Accept the newest version, or return it with what should be done differently. Pressed twice, it is said once."""
    row = locked(work)
    newest = row.versions.select_for_update().order_by("-number").first()
    if newest is not None and was_said(newest, number=number, verdict=verdict, feedback=feedback):
        return newest
    newest = say(row, newest, number=number, verdict=verdict, feedback=feedback, by=by, act=f"work_{verdict}")
    participation = row.participation
    tell(
        "judged",
        leaders_of(participation),
        participation,
        url=page_link("work", participation, work=row.public_id),
        once=f"judged {row.public_id} {number}",
        by=by,
        title=row.assignment.title,
        is_accepted=verdict == Verdict.ACCEPTED,
    )
    return newest


@transaction.atomic
def add_file(work: Work, upload: File[bytes], *, by: Person) -> WorkFile:
    """Put a file to the draft. Raises FileTooLarge, TooManyFiles."""
    row = _written_on(work)
    name = shown_name(str(upload.name or ""), otherwise="file")
    if upload.size > LARGEST_FILE_MB * 1_000_000:
        raise FileTooLarge(name=name, limit=LARGEST_FILE_MB)
    if row.files.filter(is_in_draft=True).count() >= MOST_FILES:
        raise TooManyFiles(limit=MOST_FILES)
    stored = default_storage.save(f"{FOLDER}/{uuid.uuid4()}", upload)
    with acting(by, on_behalf_of=on_behalf_of(by, row.participation.organisation), act="work_file_added"):
        made = WorkFile.objects.create(work=row, name=name, size_bytes=upload.size, stored_as=stored, added_by=by)
        _keep(row, row.draft)
    return made


@transaction.atomic
def take_out_file(file: WorkFile, *, by: Person) -> None:
    """Take a file out of the draft; where a version has it, it stays with that version. Twice is harmless."""
    row = _written_on(file.work)
    found = WorkFile.objects.select_for_update().filter(pk=file.pk, is_in_draft=True).first()
    if found is None:
        return
    with acting(by, on_behalf_of=on_behalf_of(by, row.participation.organisation), act="work_file_taken_out"):
        if found.versions.exists():
            found.is_in_draft = False
            found.save()
        else:
            found.delete()
            transaction.on_commit(lambda: default_storage.delete(found.stored_as))
        _keep(row, row.draft)


def _written_on(work: Work, *, seen: int | None = None, text: str | None = None) -> Work:
    """The work, locked, where its organisation may write on it now. The same text as is there needs no ``seen``."""
    require_active(work.participation)
    row = locked(work)
    if row.state not in WRITTEN_ON or row.assignment.withdrawn_at is not None:
        raise NotAllowedNow(state=str(row.get_state_display()))
    if seen is not None and row.draft != text:
        row = as_seen(work, seen)
    return row


def _keep(row: Work, text: str) -> Work:
    row.draft, row.begun_at, row.version = text, row.begun_at or timezone.now(), row.version + 1
    row.save()
    return row
