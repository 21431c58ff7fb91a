"""Whether a question of one version is still the same question in another one.

Two years of a study may be compared in a question only where it asked the same: the same code, kind and words, the
same choices and unit, of the same people (its condition, and the question it depends on). How it may be answered at
most, the order of choices, and whether an answer is demanded don't make another question of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from keino.domain.questionnaires.question import Question, Texts


class Difference(StrEnum):
    """Why answers to a question can't be compared."""

    NOT_ASKED_BEFORE = "not_asked_before"
    NOT_ASKED_AFTER = "not_asked_after"
    KIND = "kind"
    TEXT = "text"
    HINT = "hint"
    CHOICES = "choices"
    UNIT = "unit"
    CONDITION = "condition"


def differences(before: Sequence[Question], after: Sequence[Question]) -> Mapping[str, tuple[Difference, ...]]:
    """Each question of either version with what differs; an empty tuple where its answers may be compared."""
    old, new = ({question.code: question for question in each} for each in (before, after))
    codes = [*old, *(code for code in new if code not in old)]
    return {code: _difference(code, old, new) for code in codes}


def _difference(code: str, old: Mapping[str, Question], new: Mapping[str, Question]) -> tuple[Difference, ...]:
    if code not in old:
        return (Difference.NOT_ASKED_BEFORE,)
    if code not in new:
        return (Difference.NOT_ASKED_AFTER,)
    before, after = old[code], new[code]
    same = {
        Difference.KIND: before.kind == after.kind,
        Difference.TEXT: _same_words(before.text, after.text),
        Difference.HINT: _same_words(before.hint, after.hint),
        Difference.CHOICES: _same_choices(before, after),
        Difference.UNIT: _same_words(before.unit, after.unit),
        Difference.CONDITION: _same_condition(before, after, old, new),
    }
    return tuple(what for what, is_same in same.items() if not is_same)


def _same_words(before: Texts, after: Texts) -> bool:
    """In every language that both have; a language that was added or dropped changes no word."""
    if not any(before.values()) or not any(after.values()):
        return not any(before.values()) and not any(after.values())
    both = [language for language in before if before[language] and after.get(language)]
    return bool(both) and all(_plain(before[language]) == _plain(after[language]) for language in both)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _same_choices(before: Question, after: Question) -> bool:
    old, new = ({choice.code: choice.text for choice in each.choices} for each in (before, after))
    return old.keys() == new.keys() and all(_same_words(old[code], new[code]) for code in old)


def _same_condition(
    before: Question, after: Question, old: Mapping[str, Question], new: Mapping[str, Question]
) -> bool:
    one, other = before.shown_if, after.shown_if
    if one is None or other is None:
        return one is other
    if one.question != other.question or set(one.any_of) != set(other.any_of):
        return False
    # asked of the same people only if the deciding question is the same; it comes earlier, so this ends
    return not _difference(one.question, old, new)
