"""Scores of the self-assessment: the mean of an area's answers, and the mean and sum of the areas.

    area score = Σ answers / number of answers        answers 1 to 5; "don't know" is left out
    overall    = Σ area scores / number of areas       and the sum of the area scores

Method: docs/methods/maturity.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, fsum
from typing import TYPE_CHECKING

from keino.errors import UsageError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: The levels of every area.
LEVELS = (1, 2, 3, 4, 5)


class AnswerInvalid(UsageError):
    """An answer that is no level."""

    code = "maturity_answer_invalid"
    template = mark(
        "{answer} is no level of the self-assessment, so nothing was counted. Answer 1 to 5 or “don't know”."
    )


@dataclass(frozen=True)
class AreaScore:
    """The mean of ``answers`` answers, between 1 and 5."""

    answers: int
    mean: float


@dataclass(frozen=True)
class Overall:
    """Mean and sum of the areas that have a score: ``areas`` of ``of``. The sum needs all of them (else None)."""

    mean: float
    sum: float | None
    areas: int
    of: int


def area_score(answers: Iterable[int | None]) -> AreaScore | None:
    """The score of an area; ``None`` among the answers is "don't know". None when nobody knew.

    >>> area_score([3, 4, None, 2])
    AreaScore(answers=3, mean=3.0)
    """
    known = [checked(answer) for answer in answers if answer is not None]
    return AreaScore(len(known), sum(known) / len(known)) if known else None


def checked(answer: int) -> int:
    """The answer, where it is a level. Raises AnswerInvalid."""
    if answer not in LEVELS or isinstance(answer, bool):
        raise AnswerInvalid(answer=answer)
    return answer


def overall(means: Mapping[str, float | None]) -> Overall | None:
    """The whole of some areas' means (None: has no score or may not be shown); None when no area has one."""
    known = [mean for mean in means.values() if mean is not None]
    if not known:
        return None
    total = fsum(known)
    return Overall(total / len(known), total if len(known) == len(means) else None, len(known), len(means))


def nearest_level(mean: float) -> int:
    """The level that a mean lies nearest to; from the middle on it is the upper one.

    >>> nearest_level(2.49), nearest_level(2.5)
    (2, 3)
    """
    return min(LEVELS[-1], max(LEVELS[0], floor(mean + 0.5)))
