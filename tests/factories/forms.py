"""Forms, their versions and answers to them."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from keino.domain.questionnaires.question import Choice, Condition, Kind, Question
from keino.web.base.models import Person
from keino.web.organisations.models import Organisation
from keino.web.surveys.models import FormAnswer, FormVersion, Interview, ObstacleCode, Study, StudyRound
from keino.web.surveys.services.form_answers import begin_answer, save_answer, send_answer
from keino.web.surveys.services.forms import begin_form, describe_version, publish_version, put_question
from keino.web.surveys.services.interviews import add_obstacle, record_interview
from keino.web.surveys.services.studies import begin_study, close_year, open_year, publish_year

_number = itertools.count(1)
LANGUAGES = ("fi", "sv", "en")


def in_all(text: str) -> dict[str, str]:
    """A text in every language, each telling which it is."""
    return {language: f"{text} ({language})" for language in LANGUAGES}


def a_question(code: str = "", kind: str = "text", **fields: Any) -> Question:
    """A question with a text in every language; one with a list has the choices a, b and c, one of numbers a unit."""
    code = code or f"question_{next(_number)}"
    if kind in {"one_of", "many_of"} and "choices" not in fields:
        fields["choices"] = tuple(Choice(each, in_all(f"Choice {each} of {code}")) for each in "abc")
    if kind == "number" and "unit" not in fields:
        fields["unit"] = {"fi": "t", "sv": "t", "en": "t"}
    return Question(code, Kind(kind), fields.pop("text", in_all(f"Text of {code}")), **fields)


#: One of every kind: a question that must be answered, another that depends on it.
EVERY_KIND = (
    a_question("name", "text", required=True, personal=True),
    a_question("story", "long_text"),
    a_question("pilot", "yes_no", required=True),
    a_question("which", "text", required=True, shown_if=Condition("pilot", ("yes",))),
    a_question("level", "one_of"),
    a_question("topics", "many_of"),
    a_question("tonnes", "number"),
    a_question("budget", "money"),
    a_question("starts", "date"),
    a_question("plan", "file"),
)


def a_draft(
    organisation: Organisation, questions: Sequence[Question] = EVERY_KIND, *, by: Person | None = None, **fields: Any
) -> FormVersion:
    """The draft of a new form that could be published."""
    given = {"purpose": "other", "title": in_all(f"Form {next(_number)}")} | fields
    draft = begin_form(organisation=organisation, by=by, **given)
    draft = describe_version(
        version=draft,
        languages=LANGUAGES,
        intro=in_all("Introduction"),
        data_purpose=in_all("To test"),
        legal_basis="public_task",
        kept_months=24,
        seen=draft.version,
        by=by,
    )
    for question in questions:
        draft = put_question(version=draft, question=question, seen=draft.version, by=by)
    return draft


def a_version(
    organisation: Organisation, questions: Sequence[Question] = EVERY_KIND, *, by: Person | None = None, **fields: Any
) -> FormVersion:
    """The published first version of a new form."""
    return publish_version(version=a_draft(organisation, questions, by=by, **fields), by=by)


def an_answer(
    version: FormVersion,
    given: Mapping[str, Any] | None = None,
    *,
    about: Organisation | None = None,
    by: Person | None = None,
    send: bool = True,
    files: Mapping[str, Any] | None = None,
    **fields: Any,
) -> FormAnswer:
    """An answer, sent unless said otherwise."""
    answer = begin_answer(version, about=about, by=by, **fields)
    answer = save_answer(answer, given=given or {}, files=files, seen=answer.version, by=by)
    return send_answer(answer, by=by) if send else answer


# ---- studies


def begun_study(version: FormVersion, *, by: Person | None = None) -> Study:
    """A study with this version's form and no year yet."""
    return begin_study(
        organisation=version.form.organisation,
        form=version.form,
        title=in_all(f"Study {next(_number)}"),
        question=in_all("What is it like?"),
        by=by,
    )


def a_year(study: Study, year: int, *, by: Person | None = None, days: int = 14) -> StudyRound:
    """An open year of a study."""
    today = timezone.localdate()
    return open_year(
        study=study, year=year, opens_on=today, closes_on=today + dt.timedelta(days=days), today=today, by=by
    )


def closed(round_: StudyRound) -> StudyRound:
    return close_year(round_=round_, today=timezone.localdate(), by=None)


def a_study(version: FormVersion, *, by: Person | None = None) -> tuple[StudyRound, StudyRound, StudyRound]:
    """A study with a published year, a closed one and an open one."""
    study = begun_study(version, by=by)
    published = publish_year(round_=closed(a_year(study, 2024)), by=by)
    return published, closed(a_year(study, 2025)), a_year(study, 2026)


def an_obstacle(centre: Organisation, text: str = "", *, by: Person | None = None) -> ObstacleCode:
    return add_obstacle(organisation=centre, text=in_all(text or f"Obstacle {next(_number)}"), by=by)


def an_interview(
    round_: StudyRound,
    *,
    about: Organisation,
    obstacles: Sequence[str] = (),
    by: Person,
    **fields: Any,
) -> Interview:
    given: dict[str, Any] = {"position": f"buyer {next(_number)}", "notes": "Notes", "held_on": timezone.localdate()}
    return record_interview(round_=round_, about=about, obstacles=obstacles, by=by, **(given | fields))
