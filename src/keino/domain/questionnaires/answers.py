"""Typed answers: what is one, which questions are asked given the others' answers, what is missing before sending.

An answer as it is kept (JSON): text → str, yes or no → bool, one of → code, many of → codes in the question's order,
number → decimal as str, money → whole euros as int, date → ISO day, file → the public id of an attachment. What has no
answer isn't in the mapping.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from uuid import UUID

from keino.domain.questionnaires.question import NO, YES, Kind, Question

Answer = str | bool | int | list[str]
Answers = Mapping[str, Any]

LONGEST_TEXT, LONGEST_LONG_TEXT = 300, 10_000
#: So far a number may have digits before and after the point: enough for euros of the state and grams of a town.
MOST_DIGITS, MOST_DECIMALS = 15, 6


class Wrong(StrEnum):
    """Why something is no answer to a question."""

    NOT_OF_KIND = "not_of_kind"
    TOO_LONG = "too_long"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_OFFERED = "not_offered"


class WrongAnswerError(ValueError):
    """Something that doesn't answer the question."""

    def __init__(self, question: Question, why: Wrong) -> None:
        super().__init__(f"{question.code}: {why}")
        self.question, self.why = question, why


def checked(question: Question, value: Any) -> Answer | None:
    """The answer as it is kept; None for no answer. Raises WrongAnswerError."""
    if value is None or value in ("", []):
        return None
    return _CHECKS[question.kind](question, value)


def checked_all(questions: Sequence[Question], given: Answers) -> dict[str, Answer]:
    """All answers as they are kept; codes that no question has are left out. Raises WrongAnswerError."""
    found = {question.code: checked(question, given.get(question.code)) for question in questions}
    return {code: answer for code, answer in found.items() if answer is not None}


def asked(questions: Sequence[Question], answers: Answers) -> tuple[Question, ...]:
    """The questions that are asked of somebody who answered so: whose condition is met by a question that is asked.

    >>> from keino.domain.questionnaires.question import Condition, Kind, Question
    >>> pilot = Question("pilot", Kind.YES_NO, {"en": "Is there a pilot?"})
    >>> what = Question("what", Kind.TEXT, {"en": "Which?"}, shown_if=Condition("pilot", ("yes",)))
    >>> [question.code for question in asked([pilot, what], {"pilot": False})]
    ['pilot']
    """
    shown: dict[str, Question] = {}
    for question in questions:
        condition = question.shown_if
        if condition is None or (
            condition.question in shown and set(condition.any_of) & steering_values(answers.get(condition.question))
        ):
            shown[question.code] = question
    return tuple(shown.values())


def steering_values(answer: Any) -> set[str]:
    """An answer as the values that a condition names."""
    if isinstance(answer, bool):
        return {YES if answer else NO}
    if isinstance(answer, list):
        return set(answer)
    return {answer} if isinstance(answer, str) else set()


def missing(questions: Sequence[Question], answers: Answers) -> tuple[Question, ...]:
    """Questions that must be answered before sending and aren't; those that aren't asked don't count."""
    return tuple(
        question for question in asked(questions, answers) if question.required and question.code not in answers
    )


def to_send(questions: Sequence[Question], answers: Answers) -> dict[str, Any]:
    """The answers that go out: of the questions that are asked. What a draft holds besides stays behind."""
    return {question.code: answers[question.code] for question in asked(questions, answers) if question.code in answers}


# ---- what is an answer to each kind


def _text(question: Question, value: Any) -> str | None:
    if not isinstance(value, str):
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND)
    text = value.replace("\0", "").strip()
    if len(text) > (LONGEST_TEXT if question.kind == Kind.TEXT else LONGEST_LONG_TEXT):
        raise WrongAnswerError(question, Wrong.TOO_LONG)
    return text or None


def _yes_no(question: Question, value: Any) -> bool:
    if value in (YES, NO):
        return bool(value == YES)
    if not isinstance(value, bool):
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND)
    return value


def _one_of(question: Question, value: Any) -> str:
    if not isinstance(value, str) or value not in question.values:
        raise WrongAnswerError(question, Wrong.NOT_OFFERED)
    return value


def _many_of(question: Question, value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or not set(map(str, value)) <= set(question.values):
        raise WrongAnswerError(question, Wrong.NOT_OFFERED)
    return [code for code in question.values if code in value]


def _number(question: Question, value: Any) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND) from error
    if isinstance(value, bool) or not number.is_finite():
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND)
    if abs(int(number.as_tuple().exponent)) > MOST_DIGITS:  # written out it would fill the memory
        raise WrongAnswerError(question, Wrong.TOO_LONG)
    _require_between(question, number)
    whole = f"{number:f}"
    if len(whole.partition(".")[0].lstrip("-")) > MOST_DIGITS or len(whole.partition(".")[2]) > MOST_DECIMALS:
        raise WrongAnswerError(question, Wrong.TOO_LONG)
    return (whole.rstrip("0").rstrip(".") if "." in whole else whole) or "0"


def _money(question: Question, value: Any) -> int:
    try:
        euros = Decimal(str(value))
    except InvalidOperation as error:
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND) from error
    if isinstance(value, bool) or not euros.is_finite():
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND)
    if euros.adjusted() >= MOST_DIGITS:
        raise WrongAnswerError(question, Wrong.TOO_LARGE)
    if euros != euros.to_integral_value():
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND)
    _require_between(question, euros)
    return int(euros)


def _require_between(question: Question, number: Decimal) -> None:
    if question.least is not None and number < question.least:
        raise WrongAnswerError(question, Wrong.TOO_SMALL)
    if question.most is not None and number > question.most:
        raise WrongAnswerError(question, Wrong.TOO_LARGE)


def _date(question: Question, value: Any) -> str:
    try:
        return (value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))).isoformat()
    except ValueError as error:
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND) from error


def _file(question: Question, value: Any) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise WrongAnswerError(question, Wrong.NOT_OF_KIND) from error


_CHECKS = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.YES_NO: _yes_no,
    Kind.ONE_OF: _one_of,
    Kind.MANY_OF: _many_of,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.FILE: _file,
}
