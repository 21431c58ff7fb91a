"""Which questions of two versions ask the same, and what differs in the others."""

from __future__ import annotations

from dataclasses import replace

from keino.domain.questionnaires.comparison import Difference, differences
from keino.domain.questionnaires.question import Choice, Condition, Kind, Question

PILOT = Question("pilot", Kind.YES_NO, {"fi": "Onko pilottia?", "en": "Is there a pilot?"})
LEVEL = Question(
    "level", Kind.ONE_OF, {"en": "Level"}, choices=(Choice("a", {"en": "Low"}), Choice("b", {"en": "High"}))
)
TONNES = Question("tonnes", Kind.NUMBER, {"en": "How much?"}, unit={"en": "t"})
WHICH = Question("which", Kind.TEXT, {"en": "Which?"}, shown_if=Condition("pilot", ("yes",)))
ALL = (PILOT, LEVEL, TONNES, WHICH)


def of(code: str, *after: Question) -> tuple[Difference, ...]:
    others = [question for question in ALL if question.code not in {each.code for each in after}]
    return differences(ALL, [*after, *others])[code]


def test_equal_versions_can_be_compared_in_every_question() -> None:
    assert set(differences(ALL, ALL).values()) == {()}


def test_what_makes_another_question_is_named() -> None:
    assert of("pilot", replace(PILOT, text={"fi": "Onko teillä pilottia?", "en": "Is there a pilot?"})) == (
        Difference.TEXT,
    )
    assert of("pilot", replace(PILOT, hint={"en": "Running now."})) == (Difference.HINT,)
    assert of("level", replace(LEVEL, kind=Kind.MANY_OF)) == (Difference.KIND,)
    assert of("level", replace(LEVEL, choices=(*LEVEL.choices, Choice("c", {"en": "Top"})))) == (Difference.CHOICES,)
    assert of("level", replace(LEVEL, choices=(Choice("a", {"en": "None"}), LEVEL.choices[1]))) == (Difference.CHOICES,)
    assert of("tonnes", replace(TONNES, unit={"en": "kg"})) == (Difference.UNIT,)
    assert of("which", replace(WHICH, shown_if=None)) == (Difference.CONDITION,)


def test_a_question_asked_of_other_people_is_another_one() -> None:
    changed = replace(PILOT, text={"en": "Was there ever a pilot?"})
    assert of("which", changed) == (Difference.CONDITION,)


def test_a_question_of_one_version_alone_is_told_so() -> None:
    assert differences(ALL, [PILOT])["level"] == (Difference.NOT_ASKED_AFTER,)
    assert differences([PILOT], ALL)["level"] == (Difference.NOT_ASKED_BEFORE,)


def test_blanks_order_of_choices_a_new_language_and_being_required_change_nothing() -> None:
    assert of("pilot", replace(PILOT, text={**PILOT.text, "fi": " Onko  pilottia? ", "sv": "Pilot?"})) == ()
    assert of("level", replace(LEVEL, choices=LEVEL.choices[::-1], required=True)) == ()
