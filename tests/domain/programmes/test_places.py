"""What the order of scores proposes, and the cap."""

from __future__ import annotations

import pytest

from keino.domain.programmes.places import Outcome, proposal, too_many
from keino.domain.programmes.scores import Ranked

S, R, NO = Outcome.SELECTED, Outcome.RESERVE, Outcome.REJECTED


def ranked(*places: int | None) -> list[Ranked]:
    keys = [chr(ord("a") + number) for number in range(len(places))]
    return [Ranked(key, place, None, places.count(place) > 1) for key, place in zip(keys, places, strict=True)]


def test_best_get_the_places_and_the_others_the_reserve() -> None:
    assert proposal(ranked(1, 2, 3, 4), places=2) == {"a": S, "b": S, "c": R, "d": R}


def test_equal_ones_across_the_last_place_are_for_people_to_choose() -> None:
    assert proposal(ranked(1, 2, 2, 4), places=2) == {"a": S, "b": None, "c": None, "d": R}


def test_equal_ones_that_all_fit_are_proposed() -> None:
    assert proposal(ranked(1, 2, 2, 4), places=3) == {"a": S, "b": S, "c": S, "d": R}
    assert proposal(ranked(1, 1, 1), places=2) == {"a": None, "b": None, "c": None}


def test_nothing_is_proposed_without_a_place_but_the_failed_are_rejected() -> None:
    assert proposal(ranked(1, None, None), places=6, ineligible=["c"]) == {"a": S, "b": None, "c": NO}


def test_more_places_than_applications_leave_places_empty() -> None:
    assert proposal(ranked(1, 2), places=6) == {"a": S, "b": S}


@pytest.mark.parametrize(("taken", "wanted", "over"), [(0, 6, 0), (0, 7, 1), (5, 1, 0), (6, 1, 1), (6, 0, 0)])
def test_seventh_of_six_is_one_too_many(taken: int, wanted: int, over: int) -> None:
    assert too_many(taken=taken, wanted=wanted, places=6) == over
