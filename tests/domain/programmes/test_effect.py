"""Whether a programme helped: numbers against SciPy, coverage by simulation, and what must not be told."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from math import sqrt

import numpy as np
import pytest
from scipy import stats

from keino.domain.programmes.effect import (
    FEWEST,
    Caveat,
    Effect,
    Interval,
    Measured,
    Reason,
    Verdict,
    beside,
    effect,
    gives_away,
)
from keino.domain.programmes.student import cumulative, two_sided

_KEYS = count(1)


def those(changes: list[float], *, stratum: str = "a", start: float = 2.0) -> list[Measured]:
    """Organisations of a class that began at about ``start`` and changed by these."""
    return [
        Measured(next(_KEYS), stratum, start + 0.1 * place, start + 0.1 * place + change)
        for place, change in enumerate(changes)
    ]


PARTICIPANTS = [0.9, 0.2, 0.7, 0.4, 1.1, 0.3]
OTHERS = [0.1, 0.4, -0.2, 0.0, 0.3, 0.2, -0.1, 0.5]


def of(one: Interval | None) -> tuple[float, float, float]:
    assert one is not None
    return one.mean, one.low, one.high


# ---- against SciPy


@pytest.mark.parametrize("freedom", [1.0, 2.0, 4.0, 5.37, 11.2, 40.0, 1000.0])
def test_quantiles_and_probabilities_are_those_of_scipy(freedom: float) -> None:
    for level in (0.5, 0.9, 0.95, 0.99):
        assert two_sided(level, freedom) == pytest.approx(stats.t.ppf((1 + level) / 2, freedom), rel=1e-9)
    for t in (-30.0, -2.5, -0.1, 0.0, 0.7, 3.0, 12.0):
        assert cumulative(t, freedom) == pytest.approx(stats.t.cdf(t, freedom), rel=1e-9)


def test_within_one_class_it_is_welchs_interval() -> None:
    found = effect(those(PARTICIPANTS), those(OTHERS), worth_telling=0.5)
    welch = stats.ttest_ind(PARTICIPANTS, OTHERS, equal_var=False)
    low, high = welch.confidence_interval(0.95)
    assert of(found.difference) == pytest.approx((np.mean(PARTICIPANTS) - np.mean(OTHERS), low, high), rel=1e-9)


def test_a_groups_own_change_has_students_interval() -> None:
    found = effect(those(PARTICIPANTS), those(OTHERS), worth_telling=0.5).participants
    assert found is not None
    low, high = stats.ttest_1samp(PARTICIPANTS, 0.0).confidence_interval(0.95)
    assert of(found.change) == pytest.approx((np.mean(PARTICIPANTS), low, high), rel=1e-9)
    assert found.count == 6


def test_published_example_of_welch() -> None:
    """Hours of sleep gained with two drugs (Student 1908), as R's manual of ``t.test`` prints Welch's interval."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = effect(those(first), those(second), worth_telling=1.0)
    assert of(found.difference) == pytest.approx((-1.58, -3.3654832, 0.2054832), abs=5e-8)


def test_comparable_are_weighted_as_participants_are_spread_over_classes() -> None:
    """Two classes, worked out by hand: 4 of 6 participants in a, 2 in b; the others are mostly in b."""
    ours = those([1.0, 0.6, 0.8, 0.4], stratum="a") + those([0.5, 0.1], stratum="b")
    theirs = those([0.2, 0.4, 0.0, 0.2], stratum="a") + those([-0.3, -0.1, 0.1, -0.5, 0.3], stratum="b")
    found = effect(ours, theirs, worth_telling=0.5)
    # 4/6 × 0.2 + 2/6 × (−0.1) = 0.1; participants: 3.4 / 6
    assert found.comparable is not None
    assert found.comparable.change.mean == pytest.approx(0.1)
    # apart from their class: 0.8 0.4 0.6 0.2 | 0.6 0.2, variance of these six: 0.0586667
    apart = np.var([0.8, 0.4, 0.6, 0.2, 0.6, 0.2], ddof=1) / 6
    # each class by itself: squares of a 0.08 with 3 degrees, of b 0.40 with 4; weights (4/6)²/4 and (2/6)²/5
    first, second = 0.08 / 3 * (4 / 6) ** 2 / 4, 0.40 / 4 * (2 / 6) ** 2 / 5
    squared = apart + first + second
    freedom = squared**2 / (apart**2 / 5 + first**2 / 3 + second**2 / 4)
    half = stats.t.ppf(0.975, freedom) * sqrt(squared)
    middle = 3.4 / 6 - 0.1
    assert of(found.difference) == pytest.approx((middle, middle - half, middle + half), rel=1e-9)
    alone = first + second
    half = stats.t.ppf(0.975, alone**2 / (first**2 / 3 + second**2 / 4)) * sqrt(alone)
    assert of(found.comparable.change) == pytest.approx((0.1, 0.1 - half, 0.1 + half), rel=1e-9)


def test_needed_numbers_take_each_class_as_often_as_participants_are_in_it() -> None:
    ours = those([1.0, 0.6, 0.8, 0.4], stratum="a") + those([0.5, 0.1], stratum="b")
    theirs = those([0.2, 0.4, 0.0, 0.2], stratum="a") + those([-0.3, -0.1, 0.1, -0.5, 0.3], stratum="b")
    spread = np.var([0.8, 0.4, 0.6, 0.2, 0.6, 0.2], ddof=1) + 4 / 6 * 0.08 / 3 + 2 / 6 * 0.40 / 4
    wanted = next(size for size in range(5, 500) if stats.t.ppf(0.975, 2 * size - 2) * sqrt(spread / size) <= 0.2)
    assert effect(ours, theirs, worth_telling=0.2).needed == wanted


def test_needed_numbers_give_the_wanted_half_width() -> None:
    found = effect(those(PARTICIPANTS), those(OTHERS), worth_telling=0.2)
    spread = np.var(PARTICIPANTS, ddof=1) + np.var(OTHERS, ddof=1)

    def half(size: int) -> float:
        return float(stats.t.ppf(0.975, 2 * size - 2) * sqrt(spread / size))

    assert found.needed is not None
    assert half(found.needed) <= 0.2 < half(found.needed - 1)
    assert effect(those(PARTICIPANTS), those(OTHERS), worth_telling=0.001).needed is None
    assert effect(those(PARTICIPANTS), those(OTHERS), worth_telling=9.0).needed == FEWEST


# ---- what isn't told


def nothing_told(found: Effect) -> bool:
    return (found.participants, found.comparable, found.difference, found.start, found.needed) == (None,) * 5


def test_four_participants_are_too_few() -> None:
    found = effect(those(PARTICIPANTS[:4]), those(OTHERS), worth_telling=0.5)
    assert found.reasons == (Reason.FEW_PARTICIPANTS,)
    assert found.verdict is Verdict.CANT_BE_TOLD
    assert nothing_told(found)
    assert found.caveats == ()  # nothing to warn of


def test_participants_are_told_by_themselves_where_there_is_nobody_to_compare_with() -> None:
    found = effect(those(PARTICIPANTS), those(OTHERS, stratum="b"), worth_telling=0.5)
    assert found.reasons == (Reason.FEW_COMPARABLE,)
    assert found.difference is None
    assert found.participants is not None
    assert found.participants.count == 6
    assert found.caveats == (Caveat.NO_COMPARISON, Caveat.SELF_SELECTED, Caveat.REGRESSION_TO_MEAN)


def test_a_class_with_three_comparable_has_no_spread_to_go_by() -> None:
    ours = those(PARTICIPANTS[:3], stratum="a") + those(PARTICIPANTS[3:], stratum="b")
    few = those(OTHERS[:6], stratum="a") + those([0.2, 0.5, 0.1], stratum="b")
    found = effect(ours, few, worth_telling=0.5)
    assert (found.reasons, found.difference, found.compared) == ((Reason.FEW_COMPARABLE,), None, 9)
    enough = few + those([0.4], stratum="b")
    assert effect(ours, enough, worth_telling=0.5).reasons == ()
    assert effect(those(PARTICIPANTS), those(OTHERS[:4]), worth_telling=0.5).reasons == (Reason.FEW_COMPARABLE,)


def test_few_participants_beside_others_who_all_changed_alike_lack_no_others() -> None:
    found = effect(those(PARTICIPANTS[:4]), those([0.0] * 6), worth_telling=0.5)
    assert found.reasons == (Reason.FEW_PARTICIPANTS, Reason.NO_SPREAD)
    assert found.compared == 6
    assert nothing_told(found)


def test_a_class_whose_comparable_all_changed_alike_is_left_out() -> None:
    ours, even = those([*PARTICIPANTS, 0.8], stratum="a"), those([0.0] * 6, stratum="b")
    found = effect(ours + those([0.7], stratum="b"), those(OTHERS, stratum="a") + even, worth_telling=0.5)
    assert (found.measured, found.compared, found.left_out) == (7, 8, 1)
    assert effect(ours, those([0.0] * 6, stratum="a"), worth_telling=0.5).reasons == (Reason.NO_SPREAD,)


def test_a_group_that_changed_alike_has_no_interval_and_is_not_told() -> None:
    found = effect(those([0.0] * 6), those(OTHERS), worth_telling=0.5)
    assert found.reasons == (Reason.NO_SPREAD,)
    assert nothing_told(found)
    found = effect(those(PARTICIPANTS), those([0.0] * 8), worth_telling=0.5)
    assert found.reasons == (Reason.NO_SPREAD,)
    assert found.participants is not None
    assert found.difference is None


def test_those_who_publish_their_values_hide_nobody() -> None:
    known = [replace(each, is_public=place < 3) for place, each in enumerate(those(PARTICIPANTS))]
    assert effect(known, those(OTHERS), worth_telling=0.5).reasons == (Reason.FEW_UNPUBLISHED,)
    everyone = [replace(each, is_public=True) for each in those(PARTICIPANTS)]
    assert effect(everyone, those(OTHERS), worth_telling=0.5).reasons == ()
    others = [replace(each, is_public=place < 5) for place, each in enumerate(those(OTHERS))]
    found = effect(those(PARTICIPANTS), others, worth_telling=0.5)
    assert found.reasons == (Reason.FEW_UNPUBLISHED,)
    assert found.participants is not None


def test_participants_without_anybody_comparable_are_left_out_and_it_is_said() -> None:
    found = effect(those([*PARTICIPANTS, 0.8]) + those([3.0], stratum="z"), those(OTHERS), worth_telling=0.5)
    assert (found.measured, found.left_out) == (7, 1)
    assert Caveat.LEFT_OUT in found.caveats


def test_nobody_is_worked_out_from_two_counts() -> None:
    ours, theirs = those([*PARTICIPANTS, 0.5, 0.6, 0.1, 0.8, 0.35]), those(OTHERS)
    first = effect(ours, theirs, worth_telling=0.5).members
    assert not gives_away(first, effect(ours, theirs, worth_telling=0.5).members)
    assert gives_away(first, effect(ours[1:], theirs, worth_telling=0.5).members)
    assert gives_away(first, effect(ours, theirs[1:], worth_telling=0.5).members)
    assert not gives_away(first, effect(ours[5:], theirs, worth_telling=0.5).members)
    corrected = [replace(each, after=each.after + 0.1) for each in ours[:5]]
    assert gives_away(first, effect(corrected[:4] + ours[4:], theirs, worth_telling=0.5).members)
    assert not gives_away(first, effect(corrected + ours[5:], theirs, worth_telling=0.5).members)


def test_nobody_is_worked_out_from_two_windows() -> None:
    ours, theirs = those([*PARTICIPANTS, 0.5, 0.6, 0.1, 0.8, 0.35]), those(OTHERS)
    end = effect(ours, theirs, worth_telling=0.5)
    without_one = beside(end, effect(ours[1:], theirs, worth_telling=0.5))
    assert without_one.reasons == (Reason.TOO_CLOSE,)
    assert nothing_told(without_one)
    assert beside(end, effect(ours[:6], theirs, worth_telling=0.5)).difference is not None  # five are left out
    assert beside(end, effect(ours, theirs[:-1], worth_telling=0.5)).reasons == (Reason.TOO_CLOSE,)
    assert beside(end, effect(ours[:3], theirs, worth_telling=0.5)).reasons == (Reason.FEW_PARTICIPANTS,)


# ---- what is said beside it


def test_every_difference_warns_of_selection_and_of_regression_to_the_mean() -> None:
    found = effect(those(PARTICIPANTS), those(OTHERS), worth_telling=0.5)
    assert found.caveats == (Caveat.SELF_SELECTED, Caveat.REGRESSION_TO_MEAN)
    assert found.verdict is Verdict.ROSE_MORE
    apart = effect(those(PARTICIPANTS, start=1.0), those(OTHERS, start=3.0), worth_telling=0.5)
    assert Caveat.STARTS_APART in apart.caveats
    assert apart.start is not None
    assert apart.start.high < 0


def test_the_verdict_follows_the_interval_only() -> None:
    assert effect(those(OTHERS), those(PARTICIPANTS), worth_telling=0.5).verdict is Verdict.ROSE_LESS
    assert effect(those(OTHERS[:6]), those(OTHERS), worth_telling=0.5).verdict is Verdict.NOT_SEEN
