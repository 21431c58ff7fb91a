"""Which measures a plan may choose from; numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keino.domain.plans.attribution import measure_reductions
from keino.domain.plans.candidates import Known, Own, OwnMeasureTwice, UnknownMeasure, Wishes, candidates
from keino.domain.plans.estimates import Estimate
from keino.domain.plans.evaluation import Start, evaluate
from keino.domain.plans.influence import Contract, GivenReach, tender_calendar
from keino.domain.plans.measure_effects import MeasureEffect
from keino.domain.plans.measures import CodesUnknown, EffectBeyondCategory, PrerequisitesCircular, check_measures
from tests.domain.plans.plan_cases import exactly, measure, task

YEARS = tuple(range(2026, 2036))
BOUGHT = {"FOOD.MEAT": 600.0, "FOOD.PLANT": 400.0, "HEAT.OIL": 1000.0}
COST = {"investment_eur": 100.0, "running_eur_per_year": 5.0, "lifetime_years": 10}


def known(code: str, category: str, effect: float | None = 0.5, **more) -> Known:
    bank = {name: more.pop(name) for name in ("eur_per_tonne", "lifetime_years") if name in more}
    return Known(MeasureEffect(code, category, None if effect is None else exactly(effect), **more), **bank)


def found(bank=(), own=(), **wishes):
    return candidates(bank, BOUGHT, Wishes(YEARS, tuple(own), **wishes))


def test_a_measure_without_cost_or_lifetime_is_asked_for_and_never_free():
    result = found([known("oil", "HEAT.OIL")], [Own("oil", investment_eur=0.0)])
    assert result.candidates == ()
    assert [(each.code, each.missing) for each in result.asked] == [("oil", ("running_eur_per_year", "lifetime_years"))]


def test_a_measure_without_an_effect_is_not_assessed():
    part = known("part", "HEAT.OIL", effect_of="part")
    result = found([known("none", "HEAT.OIL", None), part], [Own(code, **COST) for code in ("none", "part")])
    assert [(e.code, e.reason) for e in result.not_assessed] == [("none", "no_cited_effect"), ("part", "part_unknown")]
    assert (result.candidates, result.asked) == ((), ())


def test_the_buyers_numbers_go_before_the_published_ones():
    bank = [known("oil", "HEAT.OIL", effect_of="part", part=exactly(0.1), eur_per_tonne=50.0, lifetime_years=5)]
    published = found(bank).candidates[0]
    assert published.measure.share.mid == pytest.approx(0.05)
    assert (published.cost_basis, published.measure.investment_eur) == ("published", 0.0)
    assert published.measure.running_eur_per_year == pytest.approx(2.5)  # 50 € × 0.05 t
    given = found(bank, [Own("oil", part=exactly(0.4), **COST)]).candidates[0]
    assert (given.measure.share, given.measure.lifetime_years, given.cost_basis) == (exactly(0.2), 10, "given")
    told = found(bank, [Own("oil", effect=Estimate(0.1, 0.2, 0.3), **COST)]).candidates[0]
    assert (told.measure.share, told.effect_basis) == (Estimate(0.1, 0.2, 0.3), "given")


def test_half_a_price_does_not_make_the_other_half_free():
    bank = [known("oil", "HEAT.OIL", eur_per_tonne=50.0, lifetime_years=5)]
    assert found(bank, [Own("oil", investment_eur=10.0)]).asked[0].missing == ("running_eur_per_year",)


def test_a_measure_of_a_main_category_sums_its_leaves():
    """FOOD is 1000: half of all, and a tenth of meat (600), which is 6 % of FOOD. Together 500 + 500 × 0.06 = 530."""
    result = found([known("menu", "FOOD"), known("beef", "FOOD.MEAT", 0.1)], [Own(c, **COST) for c in ("menu", "beef")])
    assert result.footprints_kgco2e == {"FOOD": 1000.0, "HEAT.OIL": 1000.0}
    shares = {each.measure.code: each.measure.share.mid for each in result.candidates}
    assert shares == {"menu": pytest.approx(0.5), "beef": pytest.approx(0.06)}
    measures = [each.measure for each in result.candidates]
    check_measures(measures, result.footprints_kgco2e)
    asked = task(*measures, footprints_kgco2e=result.footprints_kgco2e, years=YEARS)
    assert evaluate(asked, [Start(2026, "menu"), Start(2026, "beef")]).years[0].reduction_kgco2e == pytest.approx(530)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["FOOD.A", "FOOD.B"]), st.integers(0, 100), st.booleans()), max_size=4),
    st.integers(0, 100),
    st.tuples(st.integers(1, 100), st.integers(1, 100)),
)
def test_summed_leaves_never_promise_more(leaves, menu, sizes) -> None:
    """Against the leaves one by one: what any set of measures leaves of each, and all of them together."""
    bought = dict(zip(("FOOD.A", "FOOD.B"), map(float, sizes), strict=True))
    own = [Own("menu", "FOOD", effect=exactly(menu / 100), **COST)]
    own += [
        Own(f"m{n}", at, effect=exactly(share / 100), exclusive_group="one" if one else "", **COST)
        for n, (at, share, one) in enumerate(leaves)
    ]
    result = candidates([], bought, Wishes(YEARS, tuple(own)))
    moved = {each.measure.code: each.measure for each in result.candidates}
    for size in range(len(own) + 1):
        for chosen in combinations(own, size):
            groups = [group for each in chosen for group in moved[each.code].exclusive_groups]
            if len(groups) > len(set(groups)):
                continue
            promised = sum(bought.values()) * (1 - prod(1 - moved[each.code].share.mid for each in chosen))
            done = sum(
                kgco2e * (1 - prod(1 - each.effect.mid for each in chosen if each.category in ("FOOD", leaf)))
                for leaf, kgco2e in bought.items()
            )
            assert promised <= done + 1e-9


def test_leaves_stay_apart_without_a_measure_of_the_whole():
    assert found([known("beef", "FOOD.MEAT")], [Own("beef", **COST)]).footprints_kgco2e == BOUGHT


def test_the_same_word_excludes_only_in_one_category():
    bank = [
        known(code, at, exclusive_group="menu") for code, at in (("m", "FOOD"), ("b", "FOOD.MEAT"), ("r", "FOOD.PLANT"))
    ]
    groups = {
        e.measure.code: set(e.measure.exclusive_groups) for e in found(bank, [Own(c, **COST) for c in "mbr"]).candidates
    }
    assert groups["m"] & groups["b"]
    assert groups["m"] & groups["r"]
    assert not groups["b"] & groups["r"]


def test_contracts_decide_when_and_how_much():
    """Of 10 € one contract of 6 € ends in 2027, one of 4 € in 2034: 0.6 × 8 years beats 1 × 1 year."""
    contracts = (
        Contract("HEAT", Decimal(6), ends=date(2027, 12, 31)),
        Contract("HEAT.OIL", Decimal(4), ends=date(2034, 6, 30)),
    )
    assert tender_calendar(contracts, YEARS) == (2028, 0.6)
    result = found([known("oil", "HEAT.OIL")], [Own("oil", **COST)], contracts=contracts).candidates[0]
    assert result.measure.share.mid == pytest.approx(0.3)
    assert result.measure.start_years == tuple(range(2028, 2036))
    assert result.influence_basis == "contracts"


def test_a_category_bound_by_contracts_gives_nothing():
    late = (Contract("HEAT.OIL", Decimal(1), ends=date(2050, 1, 1)), Contract("HEAT.OIL", Decimal(1)))
    result = found([known("oil", "HEAT.OIL")], [Own("oil", **COST)], contracts=late)
    assert [each.reason for each in result.not_assessed] == ["bound_by_contracts"]


def test_what_the_buyer_says_of_its_influence_goes_first():
    said = {"HEAT": GivenReach(influence=exactly(0.5))}
    assert found([known("oil", "HEAT.OIL")], [Own("oil", **COST)], reach=said).candidates[0].measure.share.mid == 0.25


def test_prerequisites_that_cannot_start_are_waited_for():
    own = [
        Own("a", "HEAT.OIL", effect=exactly(0.1), prerequisites=("b",), **COST),
        Own("b", "HEAT.OIL", effect=exactly(0.1), prerequisites=("c",), **COST),
        Own("c", "HEAT.OIL", effect=exactly(0.1)),
    ]
    asked = {each.code: each for each in found(own=own).asked}
    assert asked["c"].missing
    assert (asked["b"].waits_for, asked["a"].waits_for) == (("c",), ("b",))


@pytest.mark.parametrize(
    ("own", "wishes", "error", "words"),
    [
        ([Own("nowhere")], {}, UnknownMeasure, "nowhere"),
        ([], {"leave_out": ("nowhere",)}, UnknownMeasure, "leave_out"),
        ([Own("oil", "HEAT.OIL", **COST)], {}, OwnMeasureTwice, "oil"),
        ([Own("oil", prerequisites=("nowhere",))], {}, CodesUnknown, "nowhere"),
        (
            [Own("oil", prerequisites=("o",)), Own("o", "HEAT", prerequisites=("oil",))],
            {},
            PrerequisitesCircular,
            "oil → o",
        ),
        ([Own("o", "HEAT", effect_kgco2e_per_year=exactly(1001.0), **COST)], {}, EffectBeyondCategory, "1001"),
    ],
)
def test_what_is_wrong_is_said(own, wishes, error, words):
    with pytest.raises(error, match=words):
        found([known("oil", "HEAT.OIL")], own, **wishes)


def test_parts_of_measures_add_up_to_the_plan():
    """1000 kg: 0.2 and 0.5 together 600, shared out as ln 0.8 to ln 0.5."""
    asked = task(measure("a", share=0.2), measure("b", share=0.5), measure("c", "FOOD", 0.1, lifetime_years=1))
    starts = [Start(2026, "a"), Start(2027, "b"), Start(2027, "c")]
    parts = measure_reductions(asked, starts)
    for year in evaluate(asked, starts).years:
        assert sum(p.reduction_kgco2e for p in parts if p.year == year.year) == pytest.approx(year.reduction_kgco2e)
    assert [p.reduction_kgco2e for p in parts if p.measure == "a"] == pytest.approx([200.0, 146.2, 146.2], abs=0.1)
