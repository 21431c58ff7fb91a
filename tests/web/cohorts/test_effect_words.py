"""What a programme's effect is said to be: no larger and no smaller than the numbers, with what they don't say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from django.utils.translation import override

from keino.domain.programmes.effect import Measured, effect
from keino.report.names import Names
from keino.web.cohorts.effect.numbers import Content, OutcomeNumbers, ProgrammeNumbers
from keino.web.cohorts.effect.outcome_words import OutcomeWords
from keino.web.cohorts.effect.words import ContentWords

#: Student's sleep data of 1908: the manual of R's t.test gives the difference as -1.58, from -3.3654832 to 0.2054832.
DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def those(changes: Sequence[float], first: int, stratum: str = "a") -> list[Measured]:
    return [Measured(first + n, stratum, 0.0, change) for n, change in enumerate(changes)]


def words_of(ours: Sequence[float], theirs: Sequence[float], worth: float, *, stratum: str = "a") -> OutcomeWords:
    found = effect(those(ours, 1), those(theirs, 101, stratum), worth_telling=worth)
    return OutcomeWords(OutcomeNumbers("maturity_end", "2022-03-16", "2022-11-27", found, worth), 10, "edition")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def test_a_difference_that_is_not_seen_is_said_to_fit_its_whole_interval() -> None:
    answer = words_of(DRUG_1, DRUG_2, 0.5).answer
    assert "−3.37 to +0.21 levels" in answer.replace("-", "−")
    assert "fits no effect" in answer
    assert "small" not in answer


@pytest.mark.parametrize(("worth", "is_small"), [(3.36, False), (3.37, True)])
def test_a_difference_is_called_small_only_where_both_ends_matter_little(worth: float, is_small: bool) -> None:
    answer = words_of(DRUG_1, DRUG_2, worth).answer
    assert ("it is small" in answer) is is_small
    assert "No difference can be seen" in answer


def test_a_change_without_comparison_says_nothing_about_the_programme_and_warns() -> None:
    words = words_of(DRUG_1, DRUG_2, 0.5, stratum="b")
    assert words.answer == "Can’t be told yet."
    assert len(words.sentences) == 1
    said = " ".join(words.caveats)
    assert "Without a comparison this change says nothing about the programme" in said
    assert "This is not what the programme caused" in said
    assert "regression to the mean" in said


def content_with(told: int, untold: int) -> Content:
    """A programme with so many differences that are told, and outcomes of which nothing can be told."""
    known = effect(those(DRUG_1, 1), those(DRUG_2, 101), worth_telling=0.5)
    unknown = effect(those(DRUG_1[:3], 1), those(DRUG_2, 101), worth_telling=0.5)
    outcomes = tuple(
        OutcomeNumbers("maturity_end", "2022-03-16", "2022-11-27", found, 0.5)
        for found in (*[known] * told, *[unknown] * untold)
    )
    names, nothing = Names("Ohjelma", "Program", "Programme"), ()
    programme = ProgrammeNumbers(
        "programme", names, "2022-03-16", "2022-05-31", nothing, 0, nothing, nothing, nothing, nothing, outcomes
    )
    return Content("2026-01-15", (programme,), 0, nothing, 0, is_example=False, code_version="1")


@pytest.mark.parametrize(("told", "expected"), [(3, "0.15"), (8, "0.4"), (20, "1"), (50, "2.5")])
def test_of_many_differences_one_in_twenty_is_expected_by_chance(told: int, expected: str) -> None:
    said = ContentWords(content_with(told, 5)).by_chance
    assert said.startswith(f"{told} differences are told here")
    assert f"about {expected} of them" in said


def test_where_no_difference_is_told_none_is_expected_by_chance() -> None:
    assert ContentWords(content_with(0, 4)).by_chance == ""
    assert "in 5 cases of 100" in ContentWords(content_with(1, 4)).by_chance
