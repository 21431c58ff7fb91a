"""What keeps a category plan from being approved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from keino.domain.plans.category_gate import LACKS, Goal, PlanFacts, lacks

TODAY = dt.date(2026, 11, 22)
GOAL = Goal("Emissions of school rides", Decimal(440), Decimal(180), "t CO2e a year", dt.date(2028, 12, 31))
WHOLE = PlanFacts(
    has_owner=True, goals=(GOAL,), tenderings=1, budget_link="Budget 2027, p. 41", has_no_budget_effect=False
)
#: How a whole plan comes to lack each thing.
WITHOUT = {
    "owner": {"has_owner": False},
    "goal": {"goals": ()},
    "tendering": {"tenderings": 0},
    "budget": {"budget_link": " "},
}


def test_b11_a_whole_plan_lacks_nothing() -> None:
    assert lacks(WHOLE, today=TODAY) == ()


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_b11_every_lack_is_named_and_nothing_else(count: int) -> None:
    for missing in combinations(WITHOUT, count):
        plan = replace(WHOLE, **{name: value for code in missing for name, value in WITHOUT[code].items()})
        assert set(lacks(plan, today=TODAY)) == set(missing)


def test_b11_no_budget_effect_counts_as_an_answer() -> None:
    assert lacks(replace(WHOLE, budget_link="", has_no_budget_effect=True), today=TODAY) == ()


@pytest.mark.parametrize(
    "part", [{"indicator": " "}, {"baseline": None}, {"target": None}, {"unit": ""}, {"deadline": None}]
)
def test_b11_a_goal_without_one_of_its_parts_does_not_count(part: dict[str, object]) -> None:
    assert lacks(replace(WHOLE, goals=(replace(GOAL, **part),)), today=TODAY) == ("goal",)


def test_b11_a_zero_is_a_value() -> None:
    assert lacks(replace(WHOLE, goals=(replace(GOAL, baseline=Decimal(0)),)), today=TODAY) == ()
    assert lacks(replace(WHOLE, goals=(replace(GOAL, target=Decimal(0)),)), today=TODAY) == ()


def test_b11_a_deadline_that_has_passed_does_not_count() -> None:
    assert lacks(replace(WHOLE, goals=(replace(GOAL, deadline=TODAY),)), today=TODAY) == ()
    passed = replace(GOAL, deadline=TODAY - dt.timedelta(days=1))
    assert lacks(replace(WHOLE, goals=(passed,)), today=TODAY) == ("goal",)
    assert lacks(replace(WHOLE, goals=(passed, GOAL)), today=TODAY) == ()


def test_the_lacks_are_told_in_the_order_of_writing() -> None:
    assert lacks(PlanFacts(False, (), 0, "", False), today=TODAY) == tuple(LACKS)
