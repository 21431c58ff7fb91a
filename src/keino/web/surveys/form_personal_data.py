"""What answers to forms and interviews hold of people, and the job that deletes what is older than its form says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from keino.domain.questionnaires.question import Kind
from keino.web.base.personal_data import Register, registered
from keino.web.surveys.answers_in_use import still_needed
from keino.web.surveys.choices import StudyRoundState
from keino.web.surveys.models import (
    Answered,
    Attachment,
    Form,
    FormAnswer,
    FormVersion,
    Interview,
    Study,
    StudyRound,
)
from keino.web.surveys.secrecy import respondent_key
from keino.web.surveys.services.attachments import drop_files, sweep_attachments
from keino.web.surveys.services.form_answers import delete_answer

if TYPE_CHECKING:
    from keino.web.base.models import Person

_TELLING = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.FILE})


def answers_of(person: Person) -> QuerySet[FormAnswer]:
    """Named answers that somebody began, changed or sent."""
    mine = Q(begun_by=person) | Q(changed_by=person) | Q(sent_by=person)
    found = FormAnswer.objects.filter(mine).select_related("form_version__form", "about_organisation")
    return found.prefetch_related("attachments").order_by("pk")


def _drafts_of(person: Person) -> Iterator[FormAnswer]:
    """Unsent answers to anonymous forms: they are found by the person's key alone."""
    drafts = FormAnswer.objects.filter(form_version__form__anonymity="anonymous", key__isnull=False)
    places = drafts.values_list("form_version__form__public_id", "subject").distinct()
    keys = [respondent_key(form, subject, f"person:{person.public_id}") for form, subject in places]
    yield from drafts.filter(key__in=keys).select_related("form_version__form").order_by("pk")


def _export(person: Person) -> Any:
    interviews = Interview.objects.filter(interviewer=person).select_related("about_organisation", "round__study")
    return {
        "answers": [
            {
                "form": str(answer.form_version),
                "organisation": str(answer.about_organisation or ""),
                "answers": answer.answers,
                "files": [each.name for each in answer.attachments.all()],
                "sent": answer.is_sent,
            }
            for answer in [*answers_of(person), *_drafts_of(person)]
        ],
        "interviews": [
            {
                "study": str(each.round),
                "organisation": str(each.about_organisation),
                "position": each.position,
                "held_on": each.held_on.isoformat(),
                "notes": each.notes,
            }
            for each in interviews.order_by("pk")
        ],
        "forms_made": [str(each) for each in Form.objects.filter(created_by=person).order_by("pk")],
    }


def _erase(person: Person) -> None:
    """Drafts of the person alone go. What was sent stays to be counted, without names, free words and their files."""
    with transaction.atomic():
        for answer in _drafts_of(person):
            delete_answer(answer)
        for answer in answers_of(person):
            if answer.about_organisation_id is None and not answer.is_sent:
                delete_answer(answer)
            else:
                _take_out(answer, is_theirs=answer.about_organisation_id is None)
        _take_out_keys(person)
        for column in ("begun_by", "changed_by", "sent_by"):
            FormAnswer.objects.filter(**{column: person}).update(**{column: None})
        Attachment.objects.filter(sent_by=person).update(sent_by=None)
        FormVersion.objects.forget(person, "created_by", "published_by")
        Form.objects.filter(created_by=person).update(created_by=None)
        Study.objects.filter(owner=person).update(owner=None)
        Interview.objects.filter(interviewer=person).update(interviewer=None, notes="")


def _take_out(answer: FormAnswer, *, is_theirs: bool) -> None:
    """Delete what tells of the person: in an answer of their own all free words, in an organisation's what the form
    itself calls personal data.
    """
    telling = {
        question.code
        for question in answer.form_version.asked
        if question.personal or (is_theirs and question.kind in _TELLING)
    }
    drop_files(each for each in answer.attachments.all() if each.question_code in telling)
    answer.answers = {code: value for code, value in answer.answers.items() if code not in telling}
    answer.key = None if is_theirs else answer.key
    answer.version += 1
    answer.save(update_fields=["answers", "key", "version"])


def _take_out_keys(person: Person) -> None:
    places = Answered.objects.values_list("form_version__form__public_id", "subject").distinct()
    keys = [respondent_key(form, subject, f"person:{person.public_id}") for form, subject in places]
    Answered.objects.filter(key__in=keys).delete()


def retire_answers() -> int:
    """Delete answers, files and interviews that are older than their form says. What was counted of them stays.

    What a year of a study still has to count is kept until it is counted. An answer that another app still stands on
    (an application, an assignment) is kept until it needs it no more (``answers_in_use``).
    """
    today = timezone.localdate()
    waiting = [
        round_.subject for round_ in StudyRound.objects.filter(state=StudyRoundState.COLLECTING).only("public_id")
    ]
    gone = 0
    for version in FormVersion.objects.filter(answers__isnull=False).distinct():
        oldest = months_before(today, version.kept_months)
        over = Q(sent_on__lt=oldest) | Q(sent_on=None, begun_on__lt=oldest)
        old = version.answers.filter(over).exclude(subject__in=waiting)
        needed = still_needed(set(old.exclude(subject="").values_list("subject", flat=True)))
        for answer in old:
            if answer.subject not in needed:
                delete_answer(answer)
                gone += 1
        for round_ in version.study_rounds.filter(closed_on__lt=oldest):
            gone += round_.interviews.all().delete()[1].get("surveys.Interview", 0)
    return gone + sweep_attachments()


def months_before(day: dt.date, months: int) -> dt.date:
    """The day so many months before; of a longer month the last that the shorter one has.

    >>> months_before(dt.date(2027, 3, 31), 1)
    datetime.date(2027, 2, 28)
    """
    whole = day.year * 12 + day.month - 1 - months
    year, month = divmod(whole, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(day.day, last))


def register() -> None:
    """Enter the register."""
    registered(
        Register(
            key="forms",
            title=_("Answers to forms, and interviews"),
            purpose=_(
                "To ask organisations and people what a programme, an event or a study needs to know. Each form says "
                "for itself what its answers are used for; the register of forms lists them. Of answers with names it "
                "is kept who wrote and sent them. Answers to anonymous forms are kept without people, organisations "
                "and times; that somebody has answered is kept apart, under a code that leads to no answer. Notes of "
                "interviews with officials name no person and are read by the interviewer alone."
            ),
            legal_ground=_(
                "As each form says: mostly a task carried out in the public interest (GDPR, article 6(1)(e))."
            ),
            kept_for=_(
                "As each form says, at most ten years after sending; drafts as long from the day they were begun. "
                "Answers to an application or assignment at least until its programme is over. "
                "Notes of interviews as long as the answers of the same study. Then all of it is deleted by itself."
            ),
            columns=(
                "surveys.Form.created_by",
                "surveys.FormVersion.created_by",
                "surveys.FormVersion.published_by",
                "surveys.FormAnswer.key",
                "surveys.FormAnswer.answers",
                "surveys.FormAnswer.begun_by",
                "surveys.FormAnswer.changed_by",
                "surveys.FormAnswer.sent_by",
                "surveys.Answered.key",
                "surveys.Attachment.name",
                "surveys.Attachment.sent_by",
                "surveys.Study.owner",
                "surveys.Interview.position",
                "surveys.Interview.notes",
                "surveys.Interview.interviewer",
            ),
            export=_export,
            erase=_erase,
            stays=_("Sums and means that were counted, and answers of an organisation without the name of who wrote."),
            retire=retire_answers,
        )
    )
