"""When an assessment is needed, and the terms of effects, as the guide of 2020 says."""

from __future__ import annotations

import pytest

from keino.domain.tenders.assessment import (
    AFFECTED,
    EffectWithoutYears,
    UnknownGround,
    assessment_needed,
    effect_term,
)


def test_nothing_calls_for_an_assessment_of_an_ordinary_purchase() -> None:
    assert assessment_needed() == ()


def test_an_act_or_significance_alone_calls_for_an_assessment() -> None:
    assert assessment_needed(law_requires=True) == ("law",)
    assert assessment_needed(is_significant=True) == ("significant",)


@pytest.mark.parametrize("party", AFFECTED)
def test_each_party_that_is_affected_calls_for_an_assessment(party: str) -> None:
    assert assessment_needed(affected=[party]) == ("affects",)


def test_c8_an_outcome_based_purchase_always_needs_an_assessment() -> None:
    assert assessment_needed(is_outcome_based=True) == ("outcome_based",)


def test_all_grounds_are_told_in_the_order_of_the_guide() -> None:
    found = assessment_needed(
        affected=("markets", "users"), is_outcome_based=True, law_requires=True, is_significant=True
    )
    assert found == ("significant", "law", "outcome_based", "affects")


def test_an_unknown_ground_is_refused_instead_of_passed_over() -> None:
    with pytest.raises(UnknownGround, match="weather"):
        assessment_needed(affected=["users", "weather"])


@pytest.mark.parametrize(
    ("years", "term"), [(0, "short"), (2, "short"), (3, "medium"), (6, "medium"), (7, "long"), (40, "long")]
)
def test_medium_term_is_three_to_six_years_and_long_term_is_more(years: int, term: str) -> None:
    assert effect_term(years) == term


def test_an_effect_before_the_purchase_has_no_term() -> None:
    with pytest.raises(EffectWithoutYears):
        effect_term(-1)
