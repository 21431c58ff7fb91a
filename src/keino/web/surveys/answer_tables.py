"""Answers as a table for XLSX and CSV: questions and choices in the reader's language, numbers as numbers.

Whoever asks for an application or an assignment writes its own file with ``answers_file``, for those who may read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keino.domain.questionnaires.question import Kind, Question
from keino.report.plain_sheet import PlainSheet, written
from keino.web.surveys.answer_words import in_words
from keino.web.surveys.texts import in_reader_language

if TYPE_CHECKING:
    from keino.report.plain_book import Cell
    from keino.web.surveys.models import FormAnswer, FormVersion

FORMATS = ("xlsx", "csv")


def answers_file(version: FormVersion, answers: Iterable[FormAnswer], kind: str) -> bytes:
    """The answers in one of FORMATS. Texts stay texts: no program takes one for a formula."""
    head = [] if version.form.is_anonymous else [_("Organisation"), _("Sent on")]
    head += [_heading(question) for question in version.asked]
    return written(PlainSheet(_("Answers"), head, list(_rows(version, answers))), kind)


def _heading(question: Question) -> str:
    text = in_reader_language(question.text).text
    unit = "€" if question.kind == Kind.MONEY else in_reader_language(question.unit).text
    return f"{text} ({unit})" if unit else text


def _rows(version: FormVersion, answers: Iterable[FormAnswer]) -> Iterator[list[Cell]]:
    for answer in answers:
        names = {str(each.public_id): each.name for each in answer.attachments.all()}
        row: list[Cell] = []
        if not version.form.is_anonymous:
            about = answer.about_organisation
            row += [about.shown_name if about else "", answer.sent_on]
        yield row + [_cell(question, answer.answers.get(question.code), names) for question in version.asked]


def _cell(question: Question, value: Any, files: dict[str, str]) -> Cell:
    if value is None:
        return None
    if question.kind == Kind.NUMBER:
        return Decimal(value)
    if question.kind == Kind.MONEY:
        return int(value)
    if question.kind == Kind.DATE:
        return dt.date.fromisoformat(value)
    return files.get(value, "") if question.kind == Kind.FILE else in_words(question, value)
