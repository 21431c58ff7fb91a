"""Scores worked out by hand: totals, disagreement, what is missing, and the order."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from keino.domain.programmes.scores import (
    ApplicationScores,
    Middle,
    Ranked,
    ScoredCriterion,
    ScoreInvalid,
    WeightInvalid,
    application_scores,
    ranking,
)

#: Weights 3, 2 and 1: a whole of 6.
CRITERIA = (
    ScoredCriterion("will", Fraction(3)),
    ScoredCriterion("pilot", Fraction(2)),
    ScoredCriterion("sharing", Fraction(1)),
)


def of(*reviews: dict[str, int | bool | None], **options: object) -> ApplicationScores:
    return application_scores(CRITERIA, ["type"], reviews, **options)  # type: ignore[arg-type]


def given(
    will: int | None, pilot: int | None, sharing: int | None, eligible: bool | None = True
) -> dict[str, int | bool | None]:
    return {"will": will, "pilot": pilot, "sharing": sharing, "type": eligible}


def test_total_is_the_weighted_mean_of_the_criteria_means() -> None:
    found = of(given(4, 3, 1), given(3, 2, 2))
    # will (4+3)/2 = 3.5, pilot 2.5, sharing 1.5; (3×3.5 + 2×2.5 + 1×1.5) / 6 = 17/6
    assert [each.value for each in found.criteria] == [Fraction(7, 2), Fraction(5, 2), Fraction(3, 2)]
    assert found.total == Fraction(17, 6)
    # the reviewers' own: (12 + 6 + 1) / 6 and (9 + 4 + 2) / 6
    assert found.own_totals == (Fraction(19, 6), Fraction(15, 6))
    assert found.spread == Fraction(4, 6)


def test_median_leaves_one_far_score_without_effect() -> None:
    reviews = (given(4, 3, 2), given(4, 3, 2), given(0, 3, 2))
    # will: mean 8/3, median 4; the others 3 and 2. (8 + 6 + 2) / 6 and (12 + 6 + 2) / 6
    assert of(*reviews).total == Fraction(16, 6)
    assert of(*reviews, middle=Middle.MEDIAN).total == Fraction(20, 6)


def test_median_of_two_is_their_mean() -> None:
    found = of(given(4, 3, 1), given(3, 2, 2), middle=Middle.MEDIAN)
    assert found.total == Fraction(17, 6)


def test_weights_that_are_no_whole_numbers_stay_exact() -> None:
    criteria = (ScoredCriterion("a", Fraction(1, 3)), ScoredCriterion("b", Fraction(2, 3)))
    found = application_scores(criteria, [], [{"a": 1, "b": 4}, {"a": 1, "b": 4}])
    assert found.total == 3  # (1/3 × 1 + 2/3 × 4) / 1


@pytest.mark.parametrize(
    ("first", "second", "spread", "disagree"), [(2, 2, 0, False), (2, 3, 1, False), (1, 3, 2, True), (4, 0, 4, True)]
)
def test_two_points_apart_is_a_disagreement(first: int, second: int, spread: int, disagree: bool) -> None:
    will = of(given(first, 2, 2), given(second, 2, 2)).criteria[0]
    assert (will.spread, will.disagree) == (spread, disagree)


def test_missing_score_is_missing_and_never_a_zero() -> None:
    found = of(given(4, 4, 4), given(4, None, 4))
    pilot = found.criteria[1]
    assert (pilot.given, pilot.value, pilot.spread, pilot.missing) == ((4,), None, None, 1)
    assert found.total is None
    assert found.missing == ("pilot",)
    assert found.own_totals == (Fraction(4),)  # who left one out has no total of their own
    assert found.spread is None


def test_one_reviewer_is_not_enough_whatever_is_asked_for() -> None:
    found = of(given(4, 4, 4), wanted=1)
    assert found.total is None
    assert found.missing == ("type", "will", "pilot", "sharing")


def test_three_are_wanted_and_two_have_scored() -> None:
    assert of(given(4, 4, 4), given(4, 4, 4), wanted=3).total is None
    assert of(given(4, 4, 4), given(4, 4, 4), given(4, 4, 4), wanted=3).total == 4


@pytest.mark.parametrize(
    ("first", "second", "passed", "disagree"),
    [(True, True, True, False), (False, False, False, False), (True, False, None, True), (True, None, None, False)],
)
def test_pass_or_fail_needs_reviewers_of_one_mind(
    first: bool, second: bool | None, passed: bool | None, disagree: bool
) -> None:
    found = of(given(2, 2, 2, first), given(2, 2, 2, second))
    assert (found.pass_fail[0].passed, found.pass_fail[0].disagree, found.eligible) == (passed, disagree, passed)
    assert found.total == 2  # it weighs nothing


def test_one_failed_criterion_is_enough_to_fail() -> None:
    reviews: list[dict[str, int | bool | None]] = [{"a": False, "b": None}, {"a": False, "b": True}]
    assert application_scores([], ["a", "b"], reviews).eligible is False


@pytest.mark.parametrize("score", [-1, 5, True, 2.5, "3"])
def test_what_is_no_score_is_refused(score: object) -> None:
    with pytest.raises(ScoreInvalid):
        of(given(score, 2, 2), given(2, 2, 2))  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", [Fraction(0), Fraction(-1)])
def test_weight_of_nothing_is_refused(weight: Fraction) -> None:
    with pytest.raises(WeightInvalid):
        application_scores([ScoredCriterion("a", weight)], [], [])


def alike(score: int, passes: bool = True) -> ApplicationScores:
    return of(given(score, score, score, passes), given(score, score, score, passes))


def test_equal_totals_share_a_place_and_the_next_one_is_left_out() -> None:
    # b and c are equal by different ways: 2,3,4 → (6+6+4)/6 = 16/6 and 3,2,3 → (9+4+3)/6 = 16/6
    b, c = of(given(2, 3, 4), given(2, 3, 4)), of(given(3, 2, 3), given(3, 2, 3))
    found = ranking({"d": alike(1), "c": c, "a": alike(4), "b": b})
    assert found == [
        Ranked("a", 1, Fraction(4), shared=False),
        Ranked("b", 2, Fraction(16, 6), shared=True),
        Ranked("c", 2, Fraction(16, 6), shared=True),
        Ranked("d", 4, Fraction(1), shared=False),
    ]


def test_without_a_total_or_failed_there_is_no_place() -> None:
    missing, failed, disputed = of(given(4, 4, 4)), alike(4, passes=False), of(given(4, 4, 4), given(4, 4, 4, False))
    found = ranking({"z": alike(0), "failed": failed, "missing": missing, "disputed": disputed})
    assert [(each.key, each.place) for each in found] == [
        ("z", 1),
        ("disputed", None),
        ("failed", None),
        ("missing", None),
    ]


def test_order_depends_on_nothing_but_scores_and_keys() -> None:
    scores = {"a": alike(2), "b": alike(3), "c": alike(2), "d": of(given(4, 4, 4))}
    orders = [ranking({key: scores[key] for key in order}) for order in permutations(scores)]
    assert all(order == orders[0] for order in orders)
