from __future__ import annotations

import pytest

from keino.domain.plans.abatement import abatement_curve, annuity
from tests.domain.plans.plan_cases import exactly, measure

FOOTPRINTS = {"HEAT": 100_000.0, "FOOD": 50_000.0}


def test_annuity_pays_back_what_was_borrowed():
    """The present value of the payments is the loan."""
    paid = sum(annuity(0.04, 12) / 1.04**year for year in range(1, 13))
    assert paid == pytest.approx(1.0)
    assert annuity(0.0, 8) == 0.125


def test_curve_by_hand():
    """Heat 100 t, food 50 t a year, no interest, ten years.

    a: 20 t for 100/10 + 30 = 40 € a year, 2 €/t. b: 50 t of heat for 250 €, 5 €/t, of which 40 are left after a.
    c: saves 100 € on 10 t, −10 €/t.
    """
    found = abatement_curve(
        [
            measure("a", share=0.2, running_eur_per_year=30.0),
            measure("b", share=0.5, running_eur_per_year=240.0),
            measure("c", "FOOD", 0.2, investment_eur=0.0, running_eur_per_year=-100.0),
        ],
        FOOTPRINTS,
    )
    assert [step.measure for step in found.steps] == ["c", "a", "b"]
    assert [step.cost_eur_per_tonne for step in found.steps] == pytest.approx([-10.0, 2.0, 5.0])
    assert [step.tonnes_alone for step in found.steps] == pytest.approx([10.0, 20.0, 50.0])
    assert [step.tonnes_added for step in found.steps] == pytest.approx([10.0, 20.0, 40.0])
    assert [step.cumulative_tonnes for step in found.steps] == pytest.approx([10.0, 30.0, 70.0])


def test_what_is_not_on_the_curve_is_told_apart():
    found = abatement_curve(
        [
            measure("unknown", investment_eur=None),
            measure("idle", share=0.0),
            measure("dear", share=0.1, exclusive_groups=("one",)),
            measure("cheap", share=0.2, exclusive_groups=("one",)),
        ],
        FOOTPRINTS,
    )
    assert [step.measure for step in found.steps] == ["cheap"]
    assert found.cost_unknown == ("unknown",)
    assert found.no_effect == ("idle",)
    assert found.excluded == (("dear", "cheap"),)


def test_an_effect_in_kilograms_is_the_same_as_its_share():
    by_kg = measure("a", share=None, kgco2e_per_year=exactly(20_000.0))
    one, other = (abatement_curve([each], FOOTPRINTS).steps[0] for each in (by_kg, measure("a", share=0.2)))
    assert one.tonnes_added == pytest.approx(other.tonnes_added)
