"""Scores by hand, changes by hand, and questions that can't be asked."""

from __future__ import annotations

import pytest

from keino.domain.maturity.changes import changes
from keino.domain.maturity.instrument import BrokenInstrument, instrument_from_rows
from keino.domain.maturity.scores import AnswerInvalid, AreaScore, Overall, area_score, nearest_level, overall


def test_area_score_is_the_mean_without_dont_know() -> None:
    assert area_score([1, 5, None, 3, 4]) == AreaScore(4, 3.25)


def test_area_that_nobody_knows_has_no_score() -> None:
    assert area_score([None, None]) is None


@pytest.mark.parametrize("answer", [0, 6, -1, True])
def test_answers_outside_the_levels_are_refused(answer: int) -> None:
    with pytest.raises(AnswerInvalid):
        area_score([3, answer])


def test_overall_is_mean_and_sum_of_the_areas() -> None:
    assert overall({"a": 2.0, "b": 3.5, "c": 5.0}) == Overall(3.5, 10.5, 3, 3)


def test_sum_needs_every_area() -> None:
    assert overall({"a": 2.0, "b": None}) == Overall(2.0, None, 1, 2)
    assert overall({"a": None}) is None


@pytest.mark.parametrize(("mean", "level"), [(1.0, 1), (1.49, 1), (1.5, 2), (4.5, 5), (5.0, 5)])
def test_level_is_the_nearest(mean: float, level: int) -> None:
    assert nearest_level(mean) == level


def test_change_is_of_areas_that_both_rounds_show() -> None:
    found = changes({"a": 2.0, "b": None, "c": 4.0}, {"a": 3.0, "b": 5.0, "c": 3.5})
    assert {area: each.difference for area, each in found.areas.items()} == {"a": 1.0, "b": None, "c": -0.5}
    assert (found.overall.before, found.overall.after, found.overall.difference) == (3.0, 3.25, 0.25)


def test_rounds_without_a_common_area_have_no_overall_change() -> None:
    assert changes({"a": 2.0}, {"a": None}).overall.difference is None


def texts(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{language}": text for language in ("fi", "sv", "en")}


AREA = {"area": "a", "position": "1", "basis": "own", "source": "keino"} | {
    key: text for name in ("name", "question", "advice") for key, text in texts(name, name).items()
}


def level(number: int) -> dict[str, str]:
    return {"area": "a", "level": str(number), **texts("anchor", f"anchor {number}")}


def test_anchor_of_a_level_is_its_own() -> None:
    asked = instrument_from_rows("2026-1", [AREA], [level(number) for number in (5, 3, 1, 2, 4)])
    assert asked.codes == ("a",)
    assert [asked.areas[0].anchor(number)["sv"] for number in (1, 5)] == ["anchor 1", "anchor 5"]


def test_an_area_without_a_level_cannot_be_asked() -> None:
    with pytest.raises(BrokenInstrument, match="area a"):
        instrument_from_rows("2026-1", [AREA], [level(number) for number in (1, 2, 3, 4)])
