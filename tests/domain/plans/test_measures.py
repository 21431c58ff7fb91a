from __future__ import annotations

from math import nan

import pytest

from keino.domain.plans.measures import (
    CodesTwice,
    CodesUnknown,
    CostUnknown,
    EffectBeyondCategory,
    EffectUnclear,
    MeasureInvalid,
    PrerequisitesCircular,
    check_measures,
    circular_prerequisites,
    require_costs,
)
from tests.domain.plans.plan_cases import exactly, measure

FOOTPRINTS = {"HEAT": 1000.0, "FOOD": 500.0}


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"share": exactly(1.2)}, MeasureInvalid, "share is 1.2, which must be at most 1"),
        ({"share": exactly(-0.1)}, MeasureInvalid, "share is -0.1, which must not be negative"),
        ({"share": None}, EffectUnclear, "one of the two"),
        ({"kgco2e_per_year": exactly(5.0)}, EffectUnclear, "one of the two"),
        (
            {"share": None, "kgco2e_per_year": exactly(1001.0)},
            EffectBeyondCategory,
            "1001 kgCO2e a year, but category HEAT",
        ),
        ({"category": "HAET"}, CodesUnknown, "names category HAET"),
        ({"prerequisites": ("z", "y")}, CodesUnknown, "names prerequisites z, y"),
        ({"investment_eur": -1.0}, MeasureInvalid, "investment_eur is -1.0"),
        ({"staff_days_start": -1.0}, MeasureInvalid, "staff_days_start is -1.0"),
        ({"running_eur_per_year": nan}, MeasureInvalid, "running_eur_per_year is nan"),
        ({"lifetime_years": 0}, MeasureInvalid, "lifetime_years is 0, which must be at least 1"),
    ],
)
def test_what_is_wrong_with_a_measure_is_said(wrong, error, words):
    with pytest.raises(error, match=words):
        check_measures([measure("a", **wrong)], FOOTPRINTS)


def test_measures_that_are_right_pass():
    check_measures([measure("a", running_eur_per_year=-5.0), measure("b", prerequisites=("a",))], FOOTPRINTS)


def test_a_code_given_twice_is_named():
    with pytest.raises(CodesTwice, match="more than once: a"):
        check_measures([measure("a"), measure("a"), measure("b")], FOOTPRINTS)


def test_circular_prerequisites_are_named_as_a_chain():
    ring = [measure("x", prerequisites=("a",)), *(measure(m, prerequisites=(n,)) for m, n in ("ab", "bc", "ca"))]
    with pytest.raises(PrerequisitesCircular, match="a → b → c → a"):
        check_measures(ring, FOOTPRINTS)


def test_a_measure_that_waits_for_itself():
    assert circular_prerequisites([measure("a", prerequisites=("a",))]) == ("a", "a")


def test_two_ways_to_the_same_prerequisite_are_no_ring():
    diamond = [
        measure("a", prerequisites=("b", "c")),
        measure("b", prerequisites=("d",)),
        measure("c", prerequisites=("d",)),
        measure("d"),
    ]
    assert circular_prerequisites(diamond) == ()


def test_a_chain_of_thousands_is_followed_without_recursion():
    chain = [measure(f"m{n}", prerequisites=(f"m{n + 1}",)) for n in range(5000)]
    assert circular_prerequisites([*chain, measure("m5000")]) == ()


def test_unknown_costs_are_named_together():
    with pytest.raises(CostUnknown, match="no known cost: a, c"):
        require_costs([measure("a", investment_eur=None), measure("b"), measure("c", running_eur_per_year=None)])
