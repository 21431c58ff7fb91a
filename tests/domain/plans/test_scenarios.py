from __future__ import annotations

import pytest

from keino.domain.plans.optimiser import optimise
from keino.domain.plans.scenarios import NoBudget, budget_shadow_price, compare
from keino.domain.plans.task import Limits, NumberInvalid, Target
from tests.domain.plans.plan_cases import measure, task


def test_plans_side_by_side():
    """b (10 €, 100 kg) is enough for 100 kg; 250 kg need a (100 €, 200 kg) too: 1000 × (1 − 0.8 × 0.9) = 280."""
    measures = (
        measure("a", share=0.2, start_years=(2026,)),
        measure("b", share=0.1, investment_eur=10.0, start_years=(2026,)),
    )
    low, high = (optimise(task(*measures, targets=(Target(2026, reduction_kgco2e=kg),))) for kg in (100.0, 250.0))
    found = compare({"low": low, "high": high})
    assert found.in_all == ("b",)
    assert found.in_some == ("a",)
    assert [scenario.cost_difference_eur for scenario in found.scenarios] == pytest.approx([0.0, 100.0])
    assert found.scenarios[1].reduction_difference_kgco2e == pytest.approx(3 * (280.0 - 100.0))
    assert dict(found.scenarios[0].starts) == {"b": 2026}


def test_nothing_to_compare():
    assert compare({}).scenarios == ()


def test_shadow_price_by_hand():
    """95 € buy nothing, nor do 5 % more (99.75 €); 10 % more buy 200 kg a year for three years."""
    asked = task(measure("a", start_years=(2026,)), limits=Limits(investment_eur={2026: 95.0}))
    assert budget_shadow_price(asked).kgco2e_per_eur == 0.0
    more = budget_shadow_price(asked, raise_share=0.1)
    assert more.extra_eur == pytest.approx(9.5)
    assert more.extra_kgco2e == pytest.approx(600.0)
    assert more.kgco2e_per_eur == pytest.approx(600 / 9.5)
    assert more.uncertain_kgco2e_per_eur == pytest.approx(0.0, abs=1e-3)


def test_shadow_price_needs_a_budget():
    with pytest.raises(NoBudget):
        budget_shadow_price(task(measure("a")))
    with pytest.raises(NumberInvalid, match="raise_share"):
        budget_shadow_price(task(measure("a")), raise_share=0.0)
