"""Why two years can't be compared in a question, and how the others changed, in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keino.domain.questionnaires.comparison import Difference
from keino.web.base.templatetags.keino import number, signed
from keino.web.surveys.choices import Kind
from keino.web.surveys.texts import in_reader_language

if TYPE_CHECKING:
    from keino.domain.questionnaires.question import Question
    from keino.web.surveys.queries.studies import Pair
    from keino.web.surveys.study_results import Line, Told


def why_not(pair: Pair, before: int, after: int) -> str:
    """What differs between the questions of two years, one sentence for each difference."""
    said = {
        Difference.NOT_ASKED_BEFORE: _("It was not asked in {year}.").format(year=before),
        Difference.NOT_ASKED_AFTER: _("It was not asked in {year}.").format(year=after),
    }
    return " ".join(said.get(each) or _both(pair, each, before, after) for each in pair.differs)


def _both(pair: Pair, difference: Difference, before: int, after: int) -> str:
    assert pair.before is not None
    assert pair.after is not None
    what, words = _WORDS[difference]
    return _("{what}: “{old}” in {before}, “{new}” in {after}.").format(
        what=what(),
        old=words(pair.before.question),
        new=words(pair.after.question),
        before=before,
        after=after,
    )


def _choices(question: Question) -> str:
    return ", ".join(in_reader_language(choice.text).text for choice in question.choices) or "–"


def _condition(question: Question) -> str:
    return _("only some were asked") if question.shown_if else _("everyone was asked")


_WORDS: dict[Difference, tuple[Callable[[], str], Callable[[Question], str]]] = {
    Difference.KIND: (lambda: _("The kind of answer"), lambda question: str(Kind(question.kind).label)),
    Difference.TEXT: (lambda: _("The question"), lambda question: in_reader_language(question.text).text),
    Difference.HINT: (lambda: _("The hint"), lambda question: in_reader_language(question.hint).text or "–"),
    Difference.CHOICES: (lambda: _("The choices"), _choices),
    Difference.UNIT: (lambda: _("The unit"), lambda question: in_reader_language(question.unit).text or "–"),
    Difference.CONDITION: (lambda: _("Who was asked"), _condition),
}


def change_rows(pair: Pair) -> list[list[str]]:
    """What may be told of both years, for a table: words, before, after, change."""
    assert pair.before is not None
    assert pair.after is not None
    old = {line.code: line for line in pair.before.lines}
    return [_row(old.get(line.code), line, pair.after) for line in pair.after.lines]


def _row(old: Line | None, new: Line, told: Told) -> list[str]:
    before, after = (_value(each) for each in (old, new))
    change = "–"
    if before is not None and after is not None:
        difference = after - before
        change = f"{signed(difference, 1)} {told.unit if new.code == 'mean' else _('percentage points')}".strip()
    return [new.words, *(_written(each, new, told) for each in (before, after)), change]


def _value(line: Line | None) -> Decimal | None:
    if line is None:
        return None
    return line.mean if line.code == "mean" else line.share


def _written(value: Decimal | None, line: Line, told: Told) -> str:
    if value is None:
        return _("not shown")
    return f"{number(value, 1)} {told.unit if line.code == 'mean' else '%'}".strip()
