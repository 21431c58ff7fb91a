"""Feedback on an event: told once the questions are closed, and nothing that leads back to fewer than five."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from keino.domain.questionnaires.question import Choice, Kind, Question
from keino.web.events.models import Event
from keino.web.events.queries.feedback import results_of
from keino.web.surveys.choices import AnswerState
from keino.web.surveys.models import FormAnswer, FormVersion
from tests.factories.events import a_feedback_form, a_past_event, a_seat
from tests.web.events.answering import answer, event_with_feedback, of_seat
from tests.web.events.clock import at
from tests.web.events.desk import desk_of, of_event

pytestmark = pytest.mark.django_db
FORTNIGHT = dt.timedelta(days=14)
SECOND = dt.timedelta(seconds=1)
TOPICS = (Choice("food", {"en": "Food"}), Choice("it", {"en": "IT"}))
QUESTIONS = [
    Question("useful", Kind.YES_NO, {"en": "Useful?"}),
    Question(
        "topics",
        Kind.MANY_OF,
        {"en": "What next?"},
        choices=(Choice("food", {"en": "Food"}), Choice("it", {"en": "IT"})),
    ),
    Question("hours", Kind.NUMBER, {"en": "How long?"}),
    Question("better", Kind.LONG_TEXT, {"en": "What could be better?"}),
]


def answered(*answers: dict[str, Any]) -> Event:
    """An event of the day before yesterday whose questions were answered so."""
    event = a_past_event()
    event.feedback = FormVersion.objects.create(
        form=a_feedback_form(event.organiser).form, number=2, languages=["en"], kept_months=12,
        questions=[each.as_json() for each in QUESTIONS], published_at=event.starts_at,
    )  # fmt: skip
    event.save()
    for given in answers:
        FormAnswer.objects.create(
            form_version=event.feedback, subject=f"event:{event.public_id}", answers=given, state=AnswerState.SENT,
            sent_on=event.ends_at.date(),
        )  # fmt: skip
    return event


def told(event: Event) -> dict[str, Any]:
    """Code of a question → what the desk's page tells of it once the questions are closed."""
    with at(event.ends_at + FORTNIGHT + SECOND):
        results = desk_of(event).get(of_event(event, "desk_feedback")).context["results"]
    return {each.told.question.code: each for each in results.questions}


def counts(result: Any) -> dict[str, int | None]:
    return {line.code: line.count for line in result.told.lines}


def test_nothing_is_told_while_answers_come_and_all_together_after_two_weeks() -> None:
    event = event_with_feedback()
    seats = [a_seat(event, name=f"Participant {number}") for number in range(6)]
    client = desk_of(event)
    for number, seat in enumerate(seats):
        assert answer(seat, "yes", f"More coffee {number}") == 302
    for moment in (event.ends_at + dt.timedelta(days=3), event.ends_at + FORTNIGHT):
        with at(moment):
            page = client.get(of_event(event, "desk_feedback"))
            assert "More coffee" not in page.content.decode()
            assert (page.context["results"].answered, page.context["results"].questions) == (6, ())
    with at(event.ends_at + FORTNIGHT + SECOND):
        page = client.get(of_event(event, "desk_feedback")).content.decode()
    assert all(f"More coffee {number}" in page for number in range(6))
    assert "Participant" not in page


def test_late_by_a_second_is_late_for_an_answer() -> None:
    seat = a_seat(event_with_feedback())
    with at(seat.event.ends_at + FORTNIGHT):
        assert Client().get(of_seat(seat, "feedback")).status_code == 200
        assert of_seat(seat, "feedback") in Client().get(of_seat(seat)).content.decode()
    with at(seat.event.ends_at + FORTNIGHT + SECOND):
        assert Client().get(of_seat(seat, "feedback")).status_code == 404
        assert of_seat(seat, "feedback") not in Client().get(of_seat(seat)).content.decode()


def test_four_answers_tell_nothing_ever() -> None:
    event = answered(*[{"useful": True, "better": "Coffee"}] * 4)
    assert told(event) == {}


def test_a_choice_of_one_among_five_is_not_told() -> None:
    event = answered(*[{"useful": True}] * 4, {"useful": False})
    assert counts(told(event)["useful"]) == {"yes": None, "no": None}


def test_a_choice_is_not_told_where_subtracting_it_tells_of_a_few() -> None:
    answers = [{"useful": number < 9, "topics": ["food"] if number < 6 else ["it"]} for number in range(10)]
    asked = told(answered(*answers))
    assert counts(asked["useful"]) == {"yes": None, "no": None}
    assert counts(asked["topics"]) == {"food": None, "it": None}


def test_what_enough_people_say_is_told() -> None:
    answers = [{"useful": number < 7, "topics": ["food"] if number < 6 else [], "hours": "2"} for number in range(12)]
    asked = told(answered(*answers))
    independently = Counter("yes" if each["useful"] else "no" for each in answers)
    assert counts(asked["useful"]) == dict(independently) == {"yes": 7, "no": 5}
    assert counts(asked["topics"]) == {"food": 6, "it": None}
    assert asked["hours"].told.lines[0].mean == 2


def test_words_of_fewer_than_five_are_hidden_however_many_answered_the_rest() -> None:
    few = answered(*[{"useful": True, "better": f"Coffee {number}"} for number in range(4)], *[{"useful": True}] * 8)
    assert (told(few)["better"].told.answers, told(few)["better"].words) == (None, ())
    assert "Coffee" not in desk_of(few).get(of_event(few, "desk_feedback")).content.decode()
    enough = answered(*[{"useful": True, "better": f"Tea {4 - number}"} for number in range(5)])
    assert told(enough)["better"].words == ("Tea 0", "Tea 1", "Tea 2", "Tea 3", "Tea 4")


def test_nothing_is_told_while_the_answers_are_deleted_one_by_one() -> None:
    event = answered(*[{"useful": True}] * 8)
    with at(event.ends_at + dt.timedelta(days=300)):
        assert results_of(event).questions
    with at(event.ends_at + dt.timedelta(days=370)):
        assert not results_of(event).questions
        assert desk_of(event).get(of_event(event, "desk_feedback")).status_code == 200
