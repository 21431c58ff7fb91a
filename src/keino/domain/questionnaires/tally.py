"""What may be told of many answers, so that nothing leads back to fewer than ``fewest`` who answered.

- A question with fewer answers is not told at all.
- The choices of "yes or no" and "one of a list" share the answers out. A choice is told where it has enough, and where
  those that aren't told have enough together, or none: whoever adds and subtracts learns nothing of a few
  (``domain.maturity.disclosure``).
- Each choice of "any number of a list" parts the answers in two, and so does each obstacle of interviews: those who
  name it and those who don't. It is told where both have enough, or everybody names it.
- Of numbers the mean is told, unless one answer makes most of the sum: the others could be taken off it.
- A question that depends on another one is told only where the choices are that it depends on: how many answer it says
  how many chose these.
- Texts, dates and files are never told, only how many there are.

Method: docs/methods/studies.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from keino.domain.maturity.disclosure import groups_to_show
from keino.domain.questionnaires.answers import Answers, steering_values
from keino.domain.questionnaires.question import Kind, Question

#: One answer that makes a larger share of the sum than this would be told by it.
LARGEST_SHARE = Decimal("0.85")


@dataclass(frozen=True)
class Tally:
    """What may be told of one question: how many answered, choice → how many, the mean. None and absent: not told."""

    answers: int | None
    counts: Mapping[str, int] = field(default_factory=dict)
    mean: Decimal | None = None


def tally(questions: Sequence[Question], answers: Sequence[Answers], fewest: int) -> dict[str, Tally]:
    """What may be told of each question. ``answers`` are those that were sent, one of each respondent."""
    found: dict[str, Tally] = {}
    for question in questions:
        told = _told(question, answers, fewest)
        found[question.code] = told if _condition_is_told(question, told, found, len(answers), fewest) else Tally(None)
    return found


def _condition_is_told(
    question: Question, told: Tally, before: Mapping[str, Tally], respondents: int, fewest: int
) -> bool:
    """Whether the number of answers gives away no choice that may not be told of the question it depends on."""
    condition = question.shown_if
    if condition is None or told.answers is None:
        return True
    is_told = condition.question in before and set(condition.any_of) <= before[condition.question].counts.keys()
    # of several choices that may come together, the sum isn't known, so the whole decides
    return is_told and (len(condition.any_of) == 1 or may_tell(told.answers, respondents, fewest))


def _told(question: Question, answers: Sequence[Answers], fewest: int) -> Tally:
    given = [each[question.code] for each in answers if question.code in each]
    if len(given) < fewest:
        return Tally(None)
    if question.kind in {Kind.YES_NO, Kind.ONE_OF}:
        counts = Counter(value for answer in given for value in steering_values(answer))
        shown = groups_to_show(counts, fewest)
        return Tally(len(given), {value: counts[value] for value in question.values if value in shown})
    if question.kind == Kind.MANY_OF:
        counts = Counter(value for answer in given for value in steering_values(answer))
        told = {value: counts[value] for value in question.values if may_tell(counts[value], len(given), fewest)}
        return Tally(len(given), told)
    if question.kind in {Kind.NUMBER, Kind.MONEY}:
        return Tally(len(given), mean=_mean([Decimal(str(answer)) for answer in given]))
    return Tally(len(given))


def may_tell(named: int, of: int, fewest: int) -> bool:
    """Whether it may be told how many of ``of`` named something: they are enough, and so are the others, or none.

    >>> may_tell(6, 11, 5), may_tell(6, 6, 5), may_tell(6, 8, 5)
    (True, True, False)
    """
    return named >= fewest and (named == of or of - named >= fewest)


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    whole = sum((abs(value) for value in values), Decimal(0))
    if whole and max(abs(value) for value in values) > LARGEST_SHARE * whole:
        return None
    return sum(values, Decimal(0)) / len(values)


# ---- interviews


@dataclass(frozen=True)
class Spoken:
    """What the people of one organisation said in interviews, taken together: its group, the obstacles they named."""

    group: str
    obstacles: Collection[str]


@dataclass(frozen=True)
class Obstacles:
    """What may be told of interviews: how many organisations, how many of them named each obstacle, and by group.

    ``organisations`` is None where there are too few. What isn't in a mapping may not be told.
    """

    organisations: int | None
    counts: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    group_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def obstacles(spoken: Sequence[Spoken], codes: Sequence[str], fewest: int) -> Obstacles:
    """What may be told of interviews in so many organisations."""
    if len(spoken) < fewest:
        return Obstacles(None)
    sizes = Counter(each.group for each in spoken)
    named = groups_to_show(sizes, fewest)
    counts: dict[str, int] = {}
    group_counts: dict[str, dict[str, int]] = {group: {} for group in sorted(named)}
    for code in codes:
        by_group = Counter(each.group for each in spoken if code in each.obstacles)
        whole = sum(by_group.values())
        if not may_tell(whole, len(spoken), fewest):
            continue
        counts[code] = whole
        for group in _groups_to_tell(sizes, by_group, named, fewest):
            group_counts[group][code] = by_group[group]
    return Obstacles(len(spoken), counts, {group: sizes[group] for group in group_counts}, group_counts)


def _groups_to_tell(
    sizes: Mapping[str, int], named: Mapping[str, int], among: Collection[str], fewest: int
) -> frozenset[str]:
    """The groups of which it may be told how many named an obstacle.

    In each, those who named it and those who didn't are enough or none; and so they are in all other groups together,
    which anybody gets by subtracting from the whole.
    """
    told = {group for group in among if may_tell(named.get(group, 0), sizes[group], fewest)}
    while told:
        rest = [group for group in sizes if group not in told]
        with_it = sum(named.get(group, 0) for group in rest)
        without_it = sum(sizes[group] for group in rest) - with_it
        if not (0 < with_it < fewest or 0 < without_it < fewest):
            break
        told.remove(min(told, key=lambda group: (sizes[group], group)))
    return frozenset(told)
