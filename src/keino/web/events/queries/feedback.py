"""What people said of an event, put together by the rules of studies (``domain.questionnaires.tally``): never of fewer
than five, and words without names.

It is told once the questions are closed: who looked before and after a sixth answer would know what it said.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils import timezone

from keino.domain.questionnaires.question import Kind
from keino.domain.questionnaires.tally import tally
from keino.web.events.choices import SeatState
from keino.web.organisations.peer_groups import FEWEST
from keino.web.surveys.answer_words import in_words
from keino.web.surveys.choices import AnswerState
from keino.web.surveys.form_personal_data import months_before
from keino.web.surveys.models import FormAnswer
from keino.web.surveys.study_results import Told, told_now

if TYPE_CHECKING:
    from keino.web.events.models import Event

#: How long after an event its questions may be answered.
OPEN_FOR = dt.timedelta(days=14)


class Telling(TextChoices):
    """Whether the answers may be told together."""

    OPEN = "open"
    FEW = "few"
    TOLD = "told"
    #: Their time is over: while they go one by one, a difference of two looks would tell what one of them said.
    GONE = "gone"


@dataclass(frozen=True)
class QuestionResult:
    """One question: what may be told of it; the words of a question that isn't counted."""

    told: Told
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """How many answered of how many who could; ``questions`` is empty while nothing may be told."""

    answered: int
    asked: int
    closes_at: dt.datetime
    telling: Telling
    questions: tuple[QuestionResult, ...] = ()


def feedback_subject(event: Event) -> str:
    """What the answers are about, in the words of ``surveys``."""
    return f"event:{event.public_id}"


def feedback_closes_at(event: Event) -> dt.datetime:
    """The last moment to answer."""
    return event.ends_at + OPEN_FOR


def results_of(event: Event) -> Results:
    """The answers to an event's questions, put together."""
    assert event.feedback is not None
    sent = FormAnswer.objects.filter(
        form_version=event.feedback, subject=feedback_subject(event), state=AnswerState.SENT
    )
    given: list[dict[str, Any]] = list(sent.values_list("answers", flat=True))
    asked = event.seats.filter(state=SeatState.BOOKED).exclude(attendance="absent").count()
    telling = _telling(event, len(given))
    questions = _questions(event, given) if telling == Telling.TOLD else ()
    return Results(len(given), asked, feedback_closes_at(event), telling, questions)


def _telling(event: Event, answered: int) -> Telling:
    assert event.feedback is not None
    if timezone.now() <= feedback_closes_at(event):
        return Telling.OPEN
    if timezone.localdate(event.starts_at) < months_before(timezone.localdate(), event.feedback.kept_months):
        return Telling.GONE
    return Telling.TOLD if answered >= FEWEST else Telling.FEW


def _questions(event: Event, given: list[dict[str, Any]]) -> tuple[QuestionResult, ...]:
    assert event.feedback is not None
    asked = event.feedback.asked
    tallies = tally(asked, given, FEWEST)
    found = []
    for question in asked:
        if question.kind == Kind.FILE:
            continue
        told = told_now(question, tallies[question.code])
        words: list[str] = []
        if told.answers is not None and not told.is_counted:
            # by their letters, so that the order of sending doesn't tell who wrote what
            words = sorted(in_words(question, each[question.code]) for each in given if question.code in each)
        found.append(QuestionResult(told, tuple(words)))
    return tuple(found)
