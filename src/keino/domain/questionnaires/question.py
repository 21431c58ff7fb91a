"""A question with a typed answer, in several languages, and what keeps a list of questions from being asked.

Questions are kept as JSON in a version of a form; ``questions_from_json`` and ``as_json`` are each other's inverse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

Texts = Mapping[str, str]


class Kind(StrEnum):
    """What answers a question."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    FILE = "file"


#: Kinds with a list of choices, and those whose answer another question may depend on.
WITH_CHOICES = frozenset({Kind.ONE_OF, Kind.MANY_OF})
STEERING = frozenset({Kind.YES_NO, Kind.ONE_OF, Kind.MANY_OF})
YES, NO = "yes", "no"
FEWEST_CHOICES = 2


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from; ``code`` is what is kept."""

    code: str
    text: Texts


@dataclass(frozen=True)
class Condition:
    """The question is asked only where an earlier one is answered by any of these."""

    question: str
    any_of: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question. ``required`` to send: a draft may always be saved without an answer.

    ``heading`` begins a new part of the form above the question. ``personal`` says that its answers are personal data.
    ``least`` and ``most`` bound numbers and money.
    """

    code: str
    kind: Kind
    text: Texts
    hint: Texts = field(default_factory=dict)
    heading: Texts = field(default_factory=dict)
    required: bool = False
    personal: bool = False
    choices: tuple[Choice, ...] = ()
    unit: Texts = field(default_factory=dict)
    least: Decimal | None = None
    most: Decimal | None = None
    shown_if: Condition | None = None

    @property
    def values(self) -> tuple[str, ...]:
        """What another question may depend on: the codes of its choices, or yes and no."""
        return (YES, NO) if self.kind == Kind.YES_NO else tuple(choice.code for choice in self.choices)

    def as_json(self) -> dict[str, Any]:
        """The question as JSON; what it doesn't have isn't there."""
        whole: dict[str, Any] = {
            "code": self.code,
            "kind": str(self.kind),
            "text": dict(self.text),
            "hint": dict(self.hint),
            "heading": dict(self.heading),
            "required": self.required,
            "personal": self.personal,
            "choices": [{"code": each.code, "text": dict(each.text)} for each in self.choices],
            "unit": dict(self.unit),
            "least": None if self.least is None else str(self.least),
            "most": None if self.most is None else str(self.most),
            "shown_if": self.shown_if and {"question": self.shown_if.question, "any_of": list(self.shown_if.any_of)},
        }
        return {name: value for name, value in whole.items() if value not in (None, False, {}, [])}


def question_from_json(kept: Mapping[str, Any]) -> Question:
    """The question that ``Question.as_json`` wrote."""
    shown_if = kept.get("shown_if")
    return Question(
        code=kept["code"],
        kind=Kind(kept["kind"]),
        text=kept["text"],
        hint=kept.get("hint", {}),
        heading=kept.get("heading", {}),
        required=kept.get("required", False),
        personal=kept.get("personal", False),
        choices=tuple(Choice(each["code"], each["text"]) for each in kept.get("choices", ())),
        unit=kept.get("unit", {}),
        least=Decimal(kept["least"]) if "least" in kept else None,
        most=Decimal(kept["most"]) if "most" in kept else None,
        shown_if=Condition(shown_if["question"], tuple(shown_if["any_of"])) if shown_if else None,
    )


def questions_from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions of a version, in their order."""
    return tuple(question_from_json(each) for each in kept)


class Flaw(StrEnum):
    """What keeps questions from being asked."""

    NO_QUESTIONS = "no_questions"
    CODE_TWICE = "code_twice"
    TEXT_MISSING = "text_missing"
    HINT_MISSING = "hint_missing"
    TOO_FEW_CHOICES = "too_few_choices"
    CHOICE_TWICE = "choice_twice"
    CHOICE_TEXT_MISSING = "choice_text_missing"
    UNIT_MISSING = "unit_missing"
    LIMITS_CROSSED = "limits_crossed"
    DEPENDS_ON_NOTHING = "depends_on_nothing"


@dataclass(frozen=True)
class Found:
    """A flaw, of which question (its code), in which language where it is one of language."""

    flaw: Flaw
    question: str = ""
    language: str = ""


def flaws(questions: Sequence[Question], languages: Sequence[str]) -> list[Found]:
    """Everything that keeps these questions from being published in these languages."""
    found = [] if questions else [Found(Flaw.NO_QUESTIONS)]
    before: dict[str, Question] = {}
    for question in questions:
        if question.code in before:
            found.append(Found(Flaw.CODE_TWICE, question.code))
        found += _flaws_of(question, languages)
        if question.shown_if and not _can_be_met(question.shown_if, before):
            found.append(Found(Flaw.DEPENDS_ON_NOTHING, question.code))
        before[question.code] = question
    return found


def _flaws_of(question: Question, languages: Sequence[str]) -> Iterator[Found]:
    code = question.code
    yield from (Found(Flaw.TEXT_MISSING, code, language) for language in _missing_in(question.text, languages))
    # an optional text stands in every language or in none: nobody gets less help than others
    for texts in (question.hint, question.heading):
        if any(texts.values()):
            yield from (Found(Flaw.HINT_MISSING, code, language) for language in _missing_in(texts, languages))
    if question.kind in WITH_CHOICES:
        yield from _flaws_of_choices(question, languages)
    if question.kind == Kind.NUMBER:
        yield from (Found(Flaw.UNIT_MISSING, code, language) for language in _missing_in(question.unit, languages))
    if question.least is not None and question.most is not None and question.least > question.most:
        yield Found(Flaw.LIMITS_CROSSED, code)


def _flaws_of_choices(question: Question, languages: Sequence[str]) -> Iterator[Found]:
    codes = question.values
    if len(codes) < FEWEST_CHOICES:
        yield Found(Flaw.TOO_FEW_CHOICES, question.code)
    if len(set(codes)) < len(codes):
        yield Found(Flaw.CHOICE_TWICE, question.code)
    for language in languages:
        if not all(choice.text.get(language) for choice in question.choices):
            yield Found(Flaw.CHOICE_TEXT_MISSING, question.code, language)


def _missing_in(texts: Texts, languages: Sequence[str]) -> list[str]:
    return [language for language in languages if not texts.get(language)]


def _can_be_met(condition: Condition, before: Mapping[str, Question]) -> bool:
    """Only an earlier question decides, so that conditions never go in a circle."""
    other = before.get(condition.question)
    if other is None or other.kind not in STEERING:
        return False
    return bool(condition.any_of) and set(condition.any_of) <= set(other.values)
