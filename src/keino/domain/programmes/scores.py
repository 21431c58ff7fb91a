"""Scores of applications: what reviewers gave, their weighted mean, where they disagree, and the order it leads to.

    value of a criterion = mean (or median) of the reviewers' scores      scores 0 to 4, whole numbers
    total                = Σ weight × value / Σ weight                    over all scored criteria, or missing
    spread               = highest − lowest score of a criterion          from 2 on the reviewers disagree

A criterion with fewer scores than reviewers are wanted has no value, and an application with such a criterion has no
total: a missing score is never a zero. A pass/fail criterion weighs nothing; it is passed or failed when enough
reviewers say the same. Numbers are exact fractions, so equal totals are equal and share a place.

Method: docs/methods/selection.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from keino.errors import UsageError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: What a reviewer may give for a scored criterion.
SCORES = (0, 1, 2, 3, 4)
#: Reviewers that every application needs at least.
REVIEWERS = 2
#: From this difference between two reviewers' scores of one criterion on they disagree and talk it over.
DISAGREEMENT = 2


class ScoreInvalid(UsageError):
    """A score that is none."""

    code = "score_invalid"
    template = mark("{score} is no score, so nothing was counted. Give a whole number from 0 to 4.")


class WeightInvalid(UsageError):
    """A weight that can't weigh."""

    code = "weight_invalid"
    template = mark(
        "The criterion “{criterion}” has the weight {weight}, so no total can be counted. A weight is above zero."
    )


class Middle(StrEnum):
    """How several reviewers' scores of one criterion become its value."""

    MEAN = "mean"
    MEDIAN = "median"


@dataclass(frozen=True)
class ScoredCriterion:
    """A criterion that is scored 0 to 4 and weighs."""

    code: str
    weight: Fraction


@dataclass(frozen=True)
class CriterionScores:
    """The scores of one criterion: ``given`` of as many reviewers, ``value`` None while too few are there."""

    code: str
    given: tuple[int, ...]
    wanted: int
    value: Fraction | None
    spread: int | None

    @property
    def disagree(self) -> bool:
        """Whether two reviewers are so far apart that they should talk it over."""
        return self.spread is not None and self.spread >= DISAGREEMENT

    @property
    def missing(self) -> int:
        """How many scores are still missing."""
        return max(0, self.wanted - len(self.given))


@dataclass(frozen=True)
class PassFail:
    """A pass/fail criterion: ``passed`` None while too few have said, or while they don't say the same."""

    code: str
    said: tuple[bool, ...]
    wanted: int
    passed: bool | None

    @property
    def disagree(self) -> bool:
        """Whether some say yes and some no."""
        return len(set(self.said)) > 1

    @property
    def missing(self) -> int:
        """How many answers are still missing."""
        return max(0, self.wanted - len(self.said))


@dataclass(frozen=True)
class ApplicationScores:
    """All of one application. ``total`` is None while a score is missing; ``own_totals`` are the reviewers' own."""

    criteria: tuple[CriterionScores, ...]
    pass_fail: tuple[PassFail, ...]
    total: Fraction | None
    own_totals: tuple[Fraction, ...]

    @property
    def spread(self) -> Fraction | None:
        """How far apart the reviewers' own totals are; None with fewer than two of them."""
        return max(self.own_totals) - min(self.own_totals) if len(self.own_totals) >= REVIEWERS else None

    @property
    def disagree(self) -> bool:
        """Whether reviewers disagree on a criterion."""
        return any(each.disagree for each in self.criteria) or any(each.disagree for each in self.pass_fail)

    @property
    def eligible(self) -> bool | None:
        """Whether every pass/fail criterion is passed; False as soon as one is failed, None while one is open."""
        said = [each.passed for each in self.pass_fail]
        return False if False in said else None if None in said else True

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of criteria that lack scores or answers."""
        lacking = [each.code for each in self.pass_fail if each.missing]
        return (*lacking, *(each.code for each in self.criteria if each.missing))


@dataclass(frozen=True)
class Ranked:
    """An application's place: ``place`` 1 is the best, equal totals share one and the next is left out (1, 2, 2, 4).

    Without a total, or not eligible, an application has no place.
    """

    key: str
    place: int | None
    total: Fraction | None
    shared: bool


# ---- one application


def application_scores(
    criteria: Sequence[ScoredCriterion],
    pass_fail: Sequence[str],
    reviews: Sequence[Mapping[str, int | bool | None]],
    *,
    wanted: int = REVIEWERS,
    middle: Middle = Middle.MEAN,
) -> ApplicationScores:
    """Bring the reviews of one application together. A review gives scores and answers by code; None: not given.

    ``wanted`` reviewers are needed, never fewer than two.

    >>> weights = [ScoredCriterion("will", Fraction(3)), ScoredCriterion("pilot", Fraction(1))]
    >>> found = application_scores(weights, [], [{"will": 4, "pilot": 2}, {"will": 2, "pilot": 3}])
    >>> found.total, found.criteria[0].disagree, found.spread
    (Fraction(23, 8), True, Fraction(5, 4))
    """
    wanted = max(REVIEWERS, wanted)
    scored = tuple(_criterion(each, reviews, wanted, middle) for each in _weighing(criteria))
    said = tuple(_pass_fail(code, reviews, wanted) for code in pass_fail)
    values = [each.value for each in scored]
    total = _weighted(criteria, [value for value in values if value is not None]) if None not in values else None
    own = [[review.get(each.code) for each in criteria] for review in reviews]
    own_totals = [_weighted(criteria, [Fraction(checked(score)) for score in each]) for each in own if None not in each]
    return ApplicationScores(scored, said, total, tuple(each for each in own_totals if each is not None))


def checked(score: object) -> int:
    """The score, where it is one. Raises ScoreInvalid."""
    if not isinstance(score, int) or isinstance(score, bool) or score not in SCORES:
        raise ScoreInvalid(score=str(score))
    return score


def _weighing(criteria: Sequence[ScoredCriterion]) -> Sequence[ScoredCriterion]:
    for each in criteria:
        if each.weight <= 0:
            raise WeightInvalid(criterion=each.code, weight=str(each.weight))
    return criteria


def _criterion(
    criterion: ScoredCriterion, reviews: Iterable[Mapping[str, int | bool | None]], wanted: int, middle: Middle
) -> CriterionScores:
    given = tuple(checked(score) for review in reviews if (score := review.get(criterion.code)) is not None)
    value = None
    if len(given) >= wanted:
        value = Fraction(sum(given), len(given)) if middle == Middle.MEAN else Fraction(median(given))
    spread = max(given) - min(given) if len(given) >= REVIEWERS else None
    return CriterionScores(criterion.code, given, wanted, value, spread)


def _pass_fail(code: str, reviews: Iterable[Mapping[str, int | bool | None]], wanted: int) -> PassFail:
    said = tuple(bool(answer) for review in reviews if (answer := review.get(code)) is not None)
    passed = said[0] if len(said) >= wanted and len(set(said)) == 1 else None
    return PassFail(code, said, wanted, passed)


def _weighted(criteria: Sequence[ScoredCriterion], values: Sequence[Fraction]) -> Fraction | None:
    """Σ weight × value / Σ weight; None where nothing is scored."""
    if not criteria:
        return None
    whole = sum((each.weight for each in criteria), Fraction(0))
    parts = (each.weight * value for each, value in zip(criteria, values, strict=True))
    return sum(parts, Fraction(0)) / whole


# ---- all applications


def ranking(applications: Mapping[str, ApplicationScores]) -> list[Ranked]:
    """All applications, the best first; those without a place come last. Equal ones stand in the order of their keys.

    The order depends on nothing but scores and keys, so the same scores give the same list on every day.
    """
    placed = {key: each.total for key, each in applications.items() if each.total is not None and each.eligible}
    totals = list(placed.values())
    first = [
        Ranked(key, 1 + sum(other > total for other in totals), total, totals.count(total) > 1)
        for key, total in sorted(placed.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    rest = [Ranked(key, None, each.total, False) for key, each in sorted(applications.items()) if key not in placed]
    return [*first, *rest]
