"""Questions as JSON and back, and what keeps them from being asked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from keino.domain.questionnaires.answers import Wrong, WrongAnswerError, asked, checked, missing, to_send
from keino.domain.questionnaires.question import (
    Choice,
    Condition,
    Flaw,
    Kind,
    Question,
    flaws,
    question_from_json,
)

WHOLE = Question(
    "spend",
    Kind.NUMBER,
    {"fi": "Kuinka paljon?", "sv": "Hur mycket?"},
    hint={"fi": "Arvio riittää."},
    heading={"fi": "Rahat"},
    required=True,
    personal=True,
    unit={"fi": "t", "sv": "t"},
    least=Decimal(0),
    most=Decimal("99.5"),
    shown_if=Condition("pilot", ("yes",)),
)
PILOT = Question("pilot", Kind.YES_NO, {"fi": "Onko?", "sv": "Finns?"})
LEVEL = Question("level", Kind.ONE_OF, {"fi": "Taso", "sv": "Nivå"}, choices=(Choice("a", {"fi": "A", "sv": "A"}),))


def test_a_question_comes_back_from_json_as_it_was() -> None:
    assert question_from_json(WHOLE.as_json()) == WHOLE
    assert PILOT.as_json() == {"code": "pilot", "kind": "yes_no", "text": {"fi": "Onko?", "sv": "Finns?"}}


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([], [(Flaw.NO_QUESTIONS, "", "")]),
        ([PILOT, PILOT], [(Flaw.CODE_TWICE, "pilot", "")]),
        ([replace(PILOT, text={"fi": "Onko?"})], [(Flaw.TEXT_MISSING, "pilot", "sv")]),
        ([PILOT, replace(WHOLE, heading={})], [(Flaw.HINT_MISSING, "spend", "sv")]),
        ([LEVEL], [(Flaw.TOO_FEW_CHOICES, "level", "")]),
        ([replace(LEVEL, choices=LEVEL.choices * 2)], [(Flaw.CHOICE_TWICE, "level", "")]),
        (
            [replace(LEVEL, choices=(*LEVEL.choices, Choice("b", {"fi": "B"})))],
            [(Flaw.CHOICE_TEXT_MISSING, "level", "sv")],
        ),
        ([PILOT, replace(WHOLE, hint={}, heading={}, unit={"fi": "t"})], [(Flaw.UNIT_MISSING, "spend", "sv")]),
        ([PILOT, replace(WHOLE, hint={}, heading={}, least=Decimal(100))], [(Flaw.LIMITS_CROSSED, "spend", "")]),
        ([replace(WHOLE, hint={}, heading={}), PILOT], [(Flaw.DEPENDS_ON_NOTHING, "spend", "")]),
        (
            [PILOT, replace(WHOLE, hint={}, heading={}, shown_if=Condition("pilot", ("maybe",)))],
            [(Flaw.DEPENDS_ON_NOTHING, "spend", "")],
        ),
    ],
)
def test_what_keeps_questions_from_being_asked(questions: list[Question], found: list[tuple[Flaw, str, str]]) -> None:
    named = [(each.flaw, each.question, each.language) for each in flaws(questions, ["fi", "sv"])]
    if found[0][0] == Flaw.HINT_MISSING:  # hint and heading are both missing in Swedish
        assert set(named) == {(Flaw.HINT_MISSING, "spend", "sv")}
    else:
        assert named == found


def test_a_question_is_asked_only_where_the_one_it_depends_on_is_asked_and_answered_so() -> None:
    first = Question("a", Kind.YES_NO, {})
    second = Question("b", Kind.ONE_OF, {}, choices=(Choice("x", {}),), shown_if=Condition("a", ("yes",)))
    third = Question("c", Kind.TEXT, {}, required=True, shown_if=Condition("b", ("x",)))
    questions = [first, second, third]
    assert asked(questions, {"a": True, "b": "x"}) == (first, second, third)
    # what "b" was once answered doesn't count any more
    assert asked(questions, {"a": False, "b": "x"}) == (first,)
    assert missing(questions, {"a": True, "b": "x"}) == (third,)
    assert missing(questions, {"a": False, "b": "x"}) == ()
    assert to_send(questions, {"a": False, "b": "x", "c": "text"}) == {"a": False}


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        (Kind.TEXT, "  A\0 ", "A"),
        (Kind.TEXT, "   ", None),
        (Kind.YES_NO, "no", False),
        (Kind.NUMBER, "0012.500", "12.5"),
        (Kind.NUMBER, "-0.000001", "-0.000001"),
        (Kind.NUMBER, "1E+2", "100"),
        (Kind.NUMBER, 0, "0"),
        (Kind.MONEY, "100", 100),
        (Kind.MONEY, 0, 0),
        (Kind.DATE, "2027-03-28", "2027-03-28"),
    ],
)
def test_an_answer_is_kept_in_one_way(kind: Kind, value: object, kept: object) -> None:
    assert checked(Question("q", kind, {}), value) == kept


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        (Kind.TEXT, "x" * 301, Wrong.TOO_LONG),
        (Kind.LONG_TEXT, "x" * 10_001, Wrong.TOO_LONG),
        (Kind.NUMBER, "NaN", Wrong.NOT_OF_KIND),
        (Kind.NUMBER, "Infinity", Wrong.NOT_OF_KIND),
        (Kind.NUMBER, True, Wrong.NOT_OF_KIND),
        (Kind.NUMBER, "1" * 16, Wrong.TOO_LONG),
        (Kind.NUMBER, "0.1234567", Wrong.TOO_LONG),
        (Kind.NUMBER, "1E+999999999", Wrong.TOO_LONG),
        (Kind.MONEY, "1E+999999999", Wrong.TOO_LARGE),
        (Kind.MONEY, "0.5", Wrong.NOT_OF_KIND),
        (Kind.MONEY, "1e15", Wrong.TOO_LARGE),
        (Kind.DATE, "2027-02-30", Wrong.NOT_OF_KIND),
        (Kind.YES_NO, "perhaps", Wrong.NOT_OF_KIND),
        (Kind.FILE, "../x", Wrong.NOT_OF_KIND),
    ],
)
def test_what_is_no_answer_is_refused_with_its_reason(kind: Kind, value: object, why: Wrong) -> None:
    with pytest.raises(WrongAnswerError) as caught:
        checked(Question("q", kind, {}), value)
    assert caught.value.why == why


def test_limits_hold() -> None:
    question = Question("q", Kind.MONEY, {}, least=Decimal(10), most=Decimal(20))
    assert [checked(question, each) for each in (10, 20)] == [10, 20]
    for value, why in ((9, Wrong.TOO_SMALL), (21, Wrong.TOO_LARGE)):
        with pytest.raises(WrongAnswerError) as caught:
            checked(question, value)
        assert caught.value.why == why
