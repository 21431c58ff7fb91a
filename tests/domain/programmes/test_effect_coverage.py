"""How often the interval of a programme's effect holds the truth, in made-up programmes.

The interval is worked out here once more, for many programmes at a time and with SciPy's quantiles; that it is the one
that is told is shown on some of them. Claimed are at least 94 of 100 with normal changes, also where classes differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from keino.domain.programmes.effect import FEWEST_OF_CLASS, Measured, Reason, Verdict, effect

Drawn = npt.NDArray[np.float64]
#: The simulation's own standard error is 0.0008: a true coverage of 0.93 would lie thirteen of these below.
TRIALS, LEAST = 100_000, 0.94


@dataclass(frozen=True)
class Class:
    """Organisations of one kind and size: how many, how much their changes differ, what all of them and ours gain."""

    participants: int
    comparable: int
    spreads: tuple[float, float]
    common: float = 0.0
    gained: float = 0.4


PROGRAMMES = {
    "one class": [Class(6, 12, (0.5, 0.5))],
    "the fewest that are told": [Class(5, 5, (0.5, 0.5))],
    "participants differ more": [Class(6, 8, (0.9, 0.3))],
    "comparable differ more": [Class(6, 8, (0.3, 0.9))],
    "three classes": [
        Class(3, 5, (0.5, 0.5)),
        Class(2, 4, (0.5, 0.5), common=0.5),
        Class(1, 5, (0.5, 0.5), common=-0.3),
    ],
    "the heavy class differs most and has fewest": [
        Class(1, 20, (0.2, 0.2)),
        Class(5, 4, (1.0, 1.0), common=0.5),
    ],
    "only its comparable differ so much": [Class(1, 20, (0.2, 0.2)), Class(5, 4, (0.2, 1.0), common=0.5)],
    "they differ ten times as much": [Class(1, 20, (0.2, 0.2)), Class(5, 4, (0.2, 2.0), common=0.5)],
    "a single participant differs most": [Class(1, 20, (2.0, 0.2)), Class(5, 20, (0.2, 0.2), common=0.5)],
    "effects differ between classes": [
        Class(3, 5, (0.5, 0.5), gained=1.0),
        Class(2, 4, (0.3, 0.6), common=0.5, gained=-0.2),
        Class(1, 5, (0.5, 0.5), common=-0.3),
    ],
    "one class gains, the other nothing": [
        Class(3, 6, (0.5, 0.2), gained=1.0),
        Class(3, 6, (0.3, 1.0), common=0.5, gained=0.0),
    ],
}


def drawn(classes: list[Class], trials: int, seed: int = 20260115) -> list[tuple[Drawn, Drawn]]:
    """Changes of participants and of the comparable of each class; a row is a programme."""
    draw = np.random.default_rng(seed)
    return [
        (
            each.common + each.gained + each.spreads[0] * draw.standard_normal((trials, each.participants)),
            each.common + each.spreads[1] * draw.standard_normal((trials, each.comparable)),
        )
        for each in classes
    ]


def intervals(groups: list[tuple[Drawn, Drawn]]) -> tuple[Drawn, Drawn]:
    """Both ends for every programme."""
    size = sum(ours.shape[1] for ours, _theirs in groups)
    apart = np.concatenate([ours - theirs.mean(axis=1, keepdims=True) for ours, theirs in groups], axis=1)
    errors = [(apart.var(axis=1, ddof=1) / size, size - 1)]
    for ours, theirs in groups:
        weight, count = ours.shape[1] / size, theirs.shape[1]
        errors.append((weight**2 * theirs.var(axis=1, ddof=1) / count, count - 1))
    squared = sum(error for error, _freedom in errors)
    freedom = squared**2 / sum(error**2 / degrees for error, degrees in errors)
    half = stats.t.ppf(0.975, freedom) * np.sqrt(squared)
    middle = apart.mean(axis=1)
    return middle - half, middle + half


def those(changes: Drawn, stratum: int, first: int) -> list[Measured]:
    return [Measured(first + place, f"class {stratum}", 0.0, float(change)) for place, change in enumerate(changes)]


@pytest.mark.slow
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_intervals_hold_the_true_difference_in_at_least_94_of_100(programme: str) -> None:
    classes = PROGRAMMES[programme]
    true = sum(each.participants * each.gained for each in classes) / sum(each.participants for each in classes)
    low, high = intervals(drawn(classes, TRIALS))
    assert ((low <= true) & (true <= high)).mean() >= LEAST


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_the_interval_of_the_simulation_is_the_one_that_is_told(programme: str) -> None:
    groups = drawn(PROGRAMMES[programme], 3)
    low, high = intervals(groups)
    for trial in range(3):
        ours = [one for number, pair in enumerate(groups) for one in those(pair[0][trial], number, 100 * number)]
        theirs = [one for number, pair in enumerate(groups) for one in those(pair[1][trial], number, 100 * number + 50)]
        found = effect(ours, theirs, worth_telling=9.0).difference
        assert found is not None
        assert (found.low, found.high) == pytest.approx((low[trial], high[trial]), rel=1e-9)


@pytest.mark.slow
def test_three_comparable_of_a_class_would_not_be_enough() -> None:
    """Why a class counts from four on: with three the interval holds the truth in 92 of 100 at worst."""
    classes = [Class(1, 20, (0.2, 0.2)), Class(5, FEWEST_OF_CLASS - 1, (0.2, 2.0))]
    groups = drawn(classes, TRIALS)
    low, high = intervals(groups)
    assert ((low <= 0.4) & (high >= 0.4)).mean() < 0.93
    ours = [one for number, pair in enumerate(groups) for one in those(pair[0][0], number, 100 * number)]
    theirs = [one for number, pair in enumerate(groups) for one in those(pair[1][0], number, 100 * number + 50)]
    assert effect(ours, theirs, worth_telling=9.0).reasons == (Reason.FEW_COMPARABLE,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("others_are_skewed", "least", "most"),
    [
        (True, 0.04, 0.06),  # all changes are exponential: the promised 5 of 100
        (False, 0.08, 0.13),  # only those of the participants: the limit that the method page states
    ],
)
def test_how_often_a_programme_that_does_nothing_is_said_to_do_something_where_changes_are_skewed(
    others_are_skewed: bool, least: float, most: float
) -> None:
    draw = np.random.default_rng(7)
    ours = draw.exponential(0.5, (TRIALS, 6)) - 0.5
    theirs = draw.exponential(0.5, (TRIALS, 12)) - 0.5 if others_are_skewed else draw.normal(0.0, 0.2, (TRIALS, 12))
    low, high = intervals([(ours, theirs)])
    assert least <= ((low > 0) | (high < 0)).mean() <= most
    found = effect(those(ours[0], 0, 1), those(theirs[0], 0, 50), worth_telling=9.0)
    assert (found.verdict is Verdict.NOT_SEEN) == (low[0] <= 0 <= high[0])
