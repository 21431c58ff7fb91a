"""Answers in words, in the reader's language: on pages, in exports, in what others wrote meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keino.domain.questionnaires.answers import LONGEST_LONG_TEXT, LONGEST_TEXT, Wrong, asked
from keino.domain.questionnaires.question import NO, YES, Kind, Question
from keino.web.base.templatetags.keino import day, exact
from keino.web.surveys.texts import Said, in_reader_language

if TYPE_CHECKING:
    from keino.web.surveys.models import Attachment, FormAnswer


@dataclass(frozen=True)
class Row:
    """A question with its answer in words, for a page that only shows."""

    question: Question
    text: Said
    answer: str
    heading: Said
    attachment: Attachment | None = None

    @property
    def is_long(self) -> bool:
        """Whether the answer has lines of its own."""
        return self.question.kind == Kind.LONG_TEXT


def answer_rows(answer: FormAnswer) -> Iterator[Row]:
    """Every question that was asked with what was answered; "–" where nothing was."""
    attached = {each.question_code: each for each in answer.attachments.all()}
    for question in asked(answer.form_version.asked, answer.answers):
        value = answer.answers.get(question.code)
        attachment = attached.get(question.code)
        text = (attachment.name if attachment else "–") if question.kind == Kind.FILE else in_words(question, value)
        yield Row(question, in_reader_language(question.text), text, in_reader_language(question.heading), attachment)


def in_words(question: Question, value: Any) -> str:
    """An answer as people read it, "–" for none. A choice is said in words, also where it comes as its code."""
    if value is None or value == []:
        return "–"
    if question.kind in {Kind.YES_NO, Kind.ONE_OF, Kind.MANY_OF}:
        words = _choices_in_words(question)
        codes = value if isinstance(value, list) else [{True: YES, False: NO}.get(value, value)]
        return ", ".join(words.get(code, str(code)) for code in codes)
    return _OTHER_WORDS.get(question.kind, lambda _question, text: str(text))(question, value)


_OTHER_WORDS: dict[Kind, Callable[[Question, Any], str]] = {
    Kind.NUMBER: lambda question, value: f"{exact(Decimal(value))} {in_reader_language(question.unit)}".strip(),
    Kind.MONEY: lambda _question, value: f"{exact(value)} €",
    Kind.DATE: lambda _question, value: day(dt.date.fromisoformat(value)),
}


def _choices_in_words(question: Question) -> Mapping[str, str]:
    if question.kind == Kind.YES_NO:
        return {YES: _("Yes"), NO: _("No")}
    return {choice.code: in_reader_language(choice.text).text for choice in question.choices}


def wrong_in_words(question: Question, why: Wrong) -> str:
    """Why something is no answer, and what would be one."""
    if why == Wrong.TOO_LONG and question.kind in {Kind.TEXT, Kind.LONG_TEXT}:
        longest = LONGEST_TEXT if question.kind == Kind.TEXT else LONGEST_LONG_TEXT
        said = _("Write at most {number} characters.").format(number=exact(longest))
    elif why == Wrong.TOO_SMALL:
        said = _("Write at least {number}.").format(number=exact(question.least))
    elif why == Wrong.TOO_LARGE and question.most is not None:
        said = _("Write at most {number}.").format(number=exact(question.most))
    elif question.kind == Kind.MONEY:
        said = _("Write whole euros, such as 12 000.")
    elif question.kind == Kind.NUMBER:
        said = _("Write a number, such as 12 000 or 0,5, with at most six decimals.")
    else:
        said = _("Choose from the list.")
    return said
