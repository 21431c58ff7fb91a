"""A form's way: made, its draft written question by question, a version published, the next one begun as a copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.domain.questionnaires.question import Flaw, Found, Question, flaws, questions_from_json
from keino.errors import Problem, Problems, mark
from keino.web.base.audit import acting
from keino.web.base.errors import Conflict, NotAllowedNow
from keino.web.base.translated import LANGUAGES
from keino.web.surveys.choices import Anonymity
from keino.web.surveys.form_errors import AnonymityWeakened, QuestionGone, VersionNotReady
from keino.web.surveys.models import Answered, Form, FormAnswer, FormVersion
from keino.web.surveys.secrecy import respondent_key
from keino.web.surveys.texts import in_reader_language

if TYPE_CHECKING:
    from keino.web.base.models import Person
    from keino.web.organisations.models import Organisation

Texts = Mapping[str, str]
LONGEST_CODE = 40


def begin_form(
    *,
    organisation: Organisation,
    purpose: str,
    title: Texts,
    anonymity: str = Anonymity.NAMED,
    languages: Sequence[str] = LANGUAGES,
    by: Person | None,
) -> FormVersion:
    """Make a form with an empty draft of its first version; returns the draft.

    The same form made twice by one person while its draft is still empty (a double press) is made once.
    """
    with transaction.atomic(), acting(by, act="form_added"):
        type(organisation).objects.select_for_update().get(pk=organisation.pk)
        same = Form.objects.filter(
            organisation=organisation, purpose=purpose, title=_clean(title), created_by=by, versions__questions=[]
        ).first()
        if same is not None:
            return same.versions.get(published_at=None)
        form = Form.objects.create(
            organisation=organisation, purpose=purpose, title=_clean(title), anonymity=anonymity, created_by=by
        )
        return FormVersion.objects.create(form=form, number=1, languages=_ordered(languages), created_by=by)


def change_form(*, form: Form, title: Texts, anonymity: str, is_retired: bool, seen: int, by: Person | None) -> Form:
    """Change what a form is called, who can tell who answered, and whether it is offered. Raises AnonymityWeakened.

    Made anonymous, answers that are there already lose their names in the same moment.
    """
    with transaction.atomic(), acting(by, act="form_changed"):
        found = Form.objects.select_for_update().get(pk=form.pk)
        if (found.title, found.anonymity, found.is_retired) == (_clean(title), anonymity, is_retired):
            return found
        if found.version != seen:
            raise Conflict
        if found.is_anonymous and anonymity != Anonymity.ANONYMOUS and _is_answered(found):
            raise AnonymityWeakened
        if not found.is_anonymous and anonymity == Anonymity.ANONYMOUS:
            _forget_who_answered(found)
        found.title, found.anonymity, found.is_retired = _clean(title), anonymity, is_retired
        found.version += 1
        found.save()
    return found


def _is_answered(form: Form) -> bool:
    """Whether anybody has begun to answer, or has answered: a draft was begun on the same promise."""
    of_form = {"form_version__form": form}
    return FormAnswer.objects.filter(**of_form).exists() or Answered.objects.filter(**of_form).exists()


def _forget_who_answered(form: Form) -> None:
    for answer in (
        FormAnswer.objects.select_for_update(of=("self",)).filter(form_version__form=form).select_related("begun_by")
    ):
        # who sent an answer is known until now, so that they don't answer again
        who = answer.sent_by or answer.begun_by
        key = respondent_key(form.public_id, answer.subject, f"person:{who.public_id}") if who else answer.key
        if answer.is_sent and key:
            Answered.objects.get_or_create(form_version=answer.form_version, subject=answer.subject, key=key)
            key = None
        answer.key = key
        answer.about_organisation = answer.begun_by = answer.changed_by = answer.sent_by = None
        answer.changed_at = answer.sent_at = None
        answer.version += 1
        answer.save()
        answer.attachments.update(sent_by=None, sent_at=None)


def begin_version(*, form: Form, by: Person | None) -> FormVersion:
    """The form's draft: the one there is, or a copy of its newest version."""
    with transaction.atomic(), acting(by, act="form_version_begun"):
        locked = Form.objects.select_for_update().get(pk=form.pk)
        newest = locked.versions.order_by("-number").first()
        if newest is None:
            return FormVersion.objects.create(form=locked, number=1, languages=list(LANGUAGES), created_by=by)
        if not newest.is_published:
            return newest
        return FormVersion.objects.create(
            form=locked,
            number=newest.number + 1,
            languages=newest.languages,
            intro=newest.intro,
            questions=newest.questions,
            data_purpose=newest.data_purpose,
            legal_basis=newest.legal_basis,
            kept_months=newest.kept_months,
            created_by=by,
        )


def describe_version(
    *,
    version: FormVersion,
    languages: Sequence[str],
    intro: Texts,
    data_purpose: Texts,
    legal_basis: str,
    kept_months: int,
    seen: int,
    by: Person | None,
) -> FormVersion:
    """Write a draft's introduction and its entry in the register of personal data."""
    given = {
        "languages": _ordered(languages),
        "intro": _clean(intro),
        "data_purpose": _clean(data_purpose),
        "legal_basis": legal_basis,
        "kept_months": kept_months,
    }

    def write(draft: FormVersion) -> None:
        for name, value in given.items():
            setattr(draft, name, value)

    return _change(version, write, seen=seen, by=by)


def put_question(
    *, version: FormVersion, question: Question, replaces: str = "", seen: int, by: Person | None
) -> FormVersion:
    """Add a question at the end of a draft, or put it in the place of the one with the code ``replaces``.

    Questions that depended on the old code depend on the new one. Raises QuestionGone where that isn't there any more.
    """

    def write(draft: FormVersion) -> None:
        questions = list(questions_from_json(draft.questions))
        if not replaces:
            draft.questions = [*draft.questions, question.as_json()]
            return
        places = [place for place, each in enumerate(questions) if each.code == replaces]
        if not places:
            raise QuestionGone
        questions[places[0]] = question
        questions = [_following(each, replaces, question.code) for each in questions]
        draft.questions = [each.as_json() for each in questions]

    return _change(version, write, seen=seen, by=by)


def _following(question: Question, old: str, new: str) -> Question:
    if question.shown_if is None or question.shown_if.question != old:
        return question
    return replace(question, shown_if=replace(question.shown_if, question=new))


def remove_question(*, version: FormVersion, code: str, seen: int, by: Person | None) -> FormVersion:
    """Take a question out of a draft. Doing it twice changes nothing."""

    def write(draft: FormVersion) -> None:
        draft.questions = [each for each in draft.questions if each["code"] != code]

    return _change(version, write, seen=seen, by=by)


def move_question(*, version: FormVersion, code: str, up: bool, seen: int, by: Person | None) -> FormVersion:
    """Move a question one place up or down in a draft."""

    def write(draft: FormVersion) -> None:
        questions = list(draft.questions)
        places = [place for place, each in enumerate(questions) if each["code"] == code]
        if not places:
            raise QuestionGone
        place = places[0]
        other = place - 1 if up else place + 1
        if 0 <= other < len(questions):
            questions[place], questions[other] = questions[other], questions[place]
        draft.questions = questions

    return _change(version, write, seen=seen, by=by)


def publish_version(*, version: FormVersion, seen: int | None = None, by: Person | None) -> FormVersion:
    """Publish a draft for good. Doing it twice changes nothing. Raises VersionNotReady with all that is missing."""
    with transaction.atomic(), acting(by, act="form_version_published"):
        found = _locked(version)
        if found.is_published:
            return found
        if seen is not None and found.version != seen:
            raise Conflict
        problems = not_ready(found)
        if problems:
            raise VersionNotReady(problems=problems)
        found.published_at, found.published_by, found.version = timezone.now(), by, found.version + 1
        found.save()
    return found


def delete_draft(*, version: FormVersion, by: Person | None) -> None:
    """Give a draft up. The only draft of a form that was never published takes the form with it."""
    with transaction.atomic(), acting(by, act="form_draft_deleted"):
        form = Form.objects.select_for_update().get(pk=version.form_id)
        found = form.versions.filter(pk=version.pk).first()
        if found is None:
            return
        if found.is_published:
            raise found.REFUSAL
        found.delete()
        if not form.versions.exists():
            form.delete()


def _change(version: FormVersion, write: Callable[[FormVersion], None], *, seen: int, by: Person | None) -> FormVersion:
    """Change a draft; what changes nothing (a double press) is no change, whoever came before."""
    with transaction.atomic(), acting(by, act="form_version_changed"):
        found = _locked(version)
        if found.is_published:
            raise found.REFUSAL
        if found.version != seen:
            raise Conflict
        write(found)
        found.version += 1
        found.save()
    return FormVersion.objects.select_related("form__organisation").get(pk=found.pk)


def _locked(version: FormVersion) -> FormVersion:
    rows = FormVersion.objects.select_for_update(of=("self",)).select_related("form")
    found = rows.filter(pk=version.pk).first()
    if found is None:
        raise NotAllowedNow(state=mark("deleted"))
    return found


def _clean(texts: Texts) -> dict[str, str]:
    """Texts without blanks around them, of known languages, empty ones left out."""
    return {language: texts[language].strip() for language in LANGUAGES if texts.get(language, "").strip()}


def _ordered(languages: Sequence[str]) -> list[str]:
    return [language for language in LANGUAGES if language in languages]


# ---- what is missing before publishing

_FLAWS = {
    Flaw.NO_QUESTIONS: mark("There is no question yet."),
    Flaw.CODE_TWICE: mark("“{question}”: another question has the same code."),
    Flaw.TEXT_MISSING: mark("“{question}” has no text {language}."),
    Flaw.HINT_MISSING: mark("“{question}”: the hint or the heading is missing {language}."),
    Flaw.TOO_FEW_CHOICES: mark("“{question}” needs at least two choices."),
    Flaw.CHOICE_TWICE: mark("“{question}” has the same choice twice."),
    Flaw.CHOICE_TEXT_MISSING: mark("“{question}”: a choice has no text {language}."),
    Flaw.UNIT_MISSING: mark("“{question}” has no unit {language}."),
    Flaw.LIMITS_CROSSED: mark("“{question}”: the smallest number is larger than the largest."),
    Flaw.DEPENDS_ON_NOTHING: mark("“{question}” depends on a question or a choice that doesn't come before it."),
}
_IN = {"fi": Problem(mark("in Finnish")), "sv": Problem(mark("in Swedish")), "en": Problem(mark("in English"))}
_NO_LANGUAGE = mark("Choose at least one language.")
_PURPOSE_MISSING = mark("It isn't said {language} what the answers are used for.")
_INTRO_MISSING = mark("The introduction is missing {language}.")
_TITLE_MISSING = mark("The title is missing {language}.")


def not_ready(version: FormVersion) -> Problems:
    """Everything that keeps a draft from being published."""
    questions = questions_from_json(version.questions)
    found = [] if version.languages else [Problem(_NO_LANGUAGE)]
    for language in version.languages:
        if not version.form.title.get(language):
            found.append(Problem(_TITLE_MISSING, language=_IN[language]))
        if not version.data_purpose.get(language):
            found.append(Problem(_PURPOSE_MISSING, language=_IN[language]))
        if any(version.intro.values()) and not version.intro.get(language):
            found.append(Problem(_INTRO_MISSING, language=_IN[language]))
    names = {question.code: in_reader_language(question.text).text or question.code for question in questions}
    found += [_problem(each, names) for each in flaws(questions, version.languages)]
    return Problems(found)


def _problem(found: Found, names: Mapping[str, str]) -> Problem:
    language = _IN.get(found.language, "")
    return Problem(_FLAWS[found.flaw], question=names.get(found.question, ""), language=language)


def new_code(text: str, taken: Sequence[str]) -> str:
    """A code for a question or a choice, made of its text; the same text gives the same code.

    >>> new_code("Do you have a pilot?", ["do_you_have_a_pilot"])
    'do_you_have_a_pilot_2'
    """
    from django.utils.text import slugify

    start = re.sub(r"[-_]+", "_", slugify(text))[: LONGEST_CODE - 4].strip("_") or "question"
    number, code = 1, start
    while code in taken:
        number += 1
        code = f"{start}_{number}"
    return code
