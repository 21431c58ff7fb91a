from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.evaluation import evaluate
from keino.domain.plans.formulation import formulate
from keino.domain.plans.measures import CostUnknown, Measure
from keino.domain.plans.optimiser import NoPlanInTime, optimise
from keino.domain.plans.rounds import Rounds
from keino.domain.plans.solver import Search
from keino.domain.plans.task import (
    LimitNegative,
    Limits,
    NothingAsked,
    NumberInvalid,
    Robustness,
    Target,
    TargetBeforeBaseline,
    TargetInvalid,
    Task,
    YearOutsidePlan,
    YearsInvalid,
)
from tests.domain.plans.plan_cases import YEARS, every_plan, exactly, figures, measure, meets, task, within

EXACT = Search(gap=0.0)


def drawn_tasks():
    """Two to five measures over three years, with everything that a task may have."""
    effect = st.tuples(*[st.integers(0, 90)] * 3).map(lambda parts: Estimate(*[part / 100 for part in sorted(parts)]))
    years = st.one_of(st.none(), st.sets(st.sampled_from(YEARS)).map(lambda some: tuple(sorted(some))))

    @st.composite
    def tasks(draw):
        made = [
            Measure(
                code=f"m{n}",
                category=draw(st.sampled_from(["HEAT", "FOOD"])),
                lifetime_years=draw(st.integers(1, 4)),
                share=draw(effect),
                investment_eur=float(draw(st.integers(0, 100))),
                running_eur_per_year=float(draw(st.integers(-30, 30))),
                staff_days_start=float(draw(st.integers(0, 10))),
                staff_days_per_year=float(draw(st.integers(0, 5))),
                start_years=draw(years),
                prerequisites=tuple(draw(st.sets(st.sampled_from([f"m{k}" for k in range(n)])))) if n else (),
                exclusive_groups=tuple(draw(st.sets(st.sampled_from("ab"), max_size=1))),
            )
            for n in range(draw(st.integers(2, 5)))
        ]
        some = lambda low, high: st.dictionaries(st.sampled_from(YEARS), st.integers(low, high).map(float))  # noqa: E731
        targets = draw(st.dictionaries(st.sampled_from(YEARS), st.integers(1, 70), min_size=1))
        return task(
            *made,
            targets=tuple(Target(year, reduction_share=part / 100) for year, part in targets.items()),
            limits=Limits(
                draw(some(0, 200)), draw(some(0, 60)), draw(some(0, 20)), draw(st.one_of(st.none(), st.just(150.0)))
            ),
            discount_rate=draw(st.sampled_from([0.0, 0.05])),
        )

    return tasks()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(drawn_tasks())
def test_least_cost_equals_a_search_through_all_plans(asked):
    found = [figures(asked, begun) for begun in every_plan(asked)]
    costs = [one["cost"] for one in found if within(asked, one) and meets(asked, one)]
    plan = optimise(asked, "least_cost", EXACT)
    if costs:
        assert plan.target_met
        assert plan.optimal
        assert plan.conflict is None
        assert plan.cost_eur == pytest.approx(min(costs), abs=2e-3)
        assert meets(asked, figures(asked, {start.measure: start.year for start in plan.chosen}))
    else:
        assert not plan.target_met
        assert plan.conflict is not None
        assert plan.conflict.missed
        asked_kg = asked.target_kgco2e()
        shortfalls = [
            sum(max(0.0, 1 - one["reduction"][year] / kg) for year, kg in asked_kg.items())
            for one in found
            if within(asked, one)
        ]
        told = sum(1 - missed.reachable_kgco2e / missed.target_kgco2e for missed in plan.conflict.missed)
        assert told == pytest.approx(min(shortfalls), abs=2e-3)
        assert plan.conflict.beyond_limits == (not any(meets(asked, one) for one in found))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(drawn_tasks())
def test_most_reduction_equals_a_search_through_all_plans(asked):
    asked = Task(asked.measures, asked.footprints_kgco2e, 2025, YEARS, (), asked.limits, asked.discount_rate)
    found = [figures(asked, begun) for begun in every_plan(asked)]
    best = max(sum(one["reduction"].values()) for one in found if within(asked, one))
    plan = optimise(asked, "most_reduction", EXACT)
    assert plan.reduction_kgco2e == pytest.approx(best, abs=0.01)
    assert within(asked, figures(asked, {start.measure: start.year for start in plan.chosen}))


def test_two_measures_of_a_category_act_on_what_the_other_leaves():
    """20 % and 50 % of 1000 kg: 1000 × (1 − 0.8 × 0.5) = 600, not 700."""
    asked = task(measure("a", share=0.2), measure("b", share=0.5), targets=(Target(2026, reduction_kgco2e=601.0),))
    plan = optimise(asked)
    assert not plan.target_met
    assert plan.conflict.beyond_limits
    assert plan.conflict.missed[0].reachable_kgco2e == pytest.approx(600.0, abs=1e-3)
    assert optimise(task(*asked.measures, targets=(Target(2026, reduction_kgco2e=600.0),))).target_met


def test_a_measure_that_removes_everything():
    asked = task(measure("a", share=1.0), measure("b", share=0.5), targets=(Target(2026, reduction_kgco2e=1000.0),))
    plan = optimise(asked)
    assert [start.measure for start in plan.chosen] == ["a"]
    assert plan.target_met


def test_payments_are_discounted_to_the_first_year():
    """100 € in 2027 and 10 € in 2027 and 2028 at 5 %: 100/1.05 + 10/1.05 + 10/1.1025 = 113.8322."""
    asked = task(
        measure("a", running_eur_per_year=10.0, start_years=(2027,)),
        targets=(Target(2028, reduction_kgco2e=1.0),),
        discount_rate=0.05,
    )
    assert optimise(asked).cost_eur == pytest.approx(113.8322, abs=1e-4)


def test_residual_value_of_what_outlives_the_plan():
    """Ten years of which three fall in the plan: 100 € − 7/10 × 100 €."""
    asked = task(measure("a", start_years=(2026,)), targets=(Target(2028, reduction_kgco2e=1.0),), residual_value=True)
    assert optimise(asked).cost_eur == pytest.approx(30.0)


def test_conflict_names_the_limits_and_what_they_must_give():
    """60 € and 4 days where 100 € and 10 days are needed."""
    asked = task(
        measure("a", share=0.3, staff_days_start=10.0, start_years=(2026,)),
        targets=(Target(2027, reduction_kgco2e=300.0),),
        limits=Limits(investment_eur={2026: 60.0}, staff_days={2026: 4.0, 2027: 50.0}),
    )
    plan = optimise(asked)
    assert [(given.name, given.year) for given in plan.conflict.limits] == [
        ("investment_eur", 2026),
        ("staff_days", 2026),
    ]
    assert [given.more for given in plan.conflict.limits] == pytest.approx([40.0, 6.0], abs=1e-3)
    assert [(m.year, m.target_kgco2e, m.reachable_kgco2e) for m in plan.conflict.missed] == [(2027, 300.0, 0.0)]
    assert plan.chosen == ()


def test_without_any_cost_doing_nothing_is_still_named_by_the_total_budget():
    asked = task(measure("a"), targets=(Target(2026, reduction_kgco2e=200.0),), limits=Limits(total_eur=30.0))
    conflict = optimise(asked).conflict
    assert [(given.name, given.year, round(given.more, 3)) for given in conflict.limits] == [("total_eur", None, 70.0)]


def many(seed: int, count: int = 60) -> Task:
    dice = np.random.default_rng(seed)
    shares = dice.uniform(0.02, 0.3, count)
    made = [
        measure(
            f"m{n}",
            category=f"C{n % 6}",
            share=float(shares[n]),
            investment_eur=float(dice.uniform(10, 200)),
            running_eur_per_year=float(dice.uniform(-5, 10)),
            exclusive_groups=(f"g{n % 20}",) if n % 2 else (),
            prerequisites=(f"m{n - 7}",) if n % 9 == 8 else (),
        )
        for n in range(count)
    ]
    years = tuple(range(2026, 2031))
    return Task(
        tuple(made),
        {f"C{n}": 1000.0 * (n + 1) for n in range(6)},
        2025,
        years,
        tuple(Target(year, reduction_share=0.08 * n) for n, year in enumerate(years, start=1)),
        Limits(investment_eur=dict.fromkeys(years, 900.0)),
        0.03,
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("cheapest", [True, False])
def test_another_solver_finds_the_same_value(seed, cheapest):
    """The program as it stands at the end, in SciPy's own milp: its value is the bound, to within both gaps."""
    optimize = pytest.importorskip("scipy.optimize")
    sparse = pytest.importorskip("scipy.sparse")
    asked = many(seed)
    made = formulate(asked, cheapest=cheapest)
    added = []
    rounds = Rounds(made, Search(gap=5e-4), cheapest=cheapest)
    keep = rounds._session.add
    rounds._session.add = lambda rows: (added.extend(rows), keep(rows))
    best = rounds.run()
    rows = made.program.rows + added
    matrix = sparse.lil_matrix((len(rows), len(made.program.cost)))
    for n, row in enumerate(rows):
        for column, factor in row.terms.items():
            matrix[n, column] = factor
    solved = optimize.milp(
        made.program.cost,
        integrality=np.array(made.program.whole, dtype=int),
        bounds=optimize.Bounds(made.program.low, made.program.high),
        constraints=optimize.LinearConstraint(matrix.tocsr(), [r.low for r in rows], [r.high for r in rows]),
        options={"mip_rel_gap": 5e-4},
    )
    assert best.gap <= 5e-4
    assert solved.fun * made.unit == pytest.approx(best.value, rel=1.2e-3)


@pytest.mark.slow
def test_the_same_task_gives_the_same_plan_whatever_order_python_keeps_sets_in():
    told = (
        "from tests.domain.plans.test_optimiser import many; from keino.domain.plans.optimiser import optimise; "
        "p = optimise(many(3)); print(p.optimal, p.solver, p.value.hex(), p.bound.hex(), p.chosen)"
    )
    ran = [
        subprocess.run(
            [sys.executable, "-c", told],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert ran[0] == ran[1]
    assert ran[0].startswith("True HiGHS ")


def test_progress_is_told_and_may_stop_the_search():
    told = []
    plan = optimise(many(1), search=Search(gap=1e-9, watch=lambda progress: told.append(progress) or len(told) < 3))
    assert told
    assert len(told) < 12
    assert plan.target_met
    values = [progress.value for progress in told if progress.value is not None]
    assert all(value >= plan.cost_eur - 1e-6 for value in values)
    assert all(progress.bound <= plan.cost_eur + 1e-6 for progress in told)


def test_no_time_is_said():
    with pytest.raises(NoPlanInTime):
        optimise(many(1), search=Search(time_limit_s=0.0))


def uncertain(shared: float = 0.5, probability: float = 0.9, **other) -> Task:
    dice = np.random.default_rng(11)
    made = []
    for n in range(14):
        mid = float(dice.uniform(0.05, 0.35))
        effect = Estimate(mid * float(dice.uniform(0.1, 0.9)), mid, mid * float(dice.uniform(1.0, 1.4)))
        cost = float(dice.uniform(20, 200))
        made.append(measure(f"m{n}", category=f"C{n % 4}", investment_eur=cost, running_eur_per_year=0.0, share=effect))
    targets = (Target(2026, reduction_share=0.12), Target(2028, reduction_share=0.3))
    robust = Robustness(probability, np.random.default_rng(5).standard_normal, shared)
    given = {"targets": targets, "robustness": robust, **other}
    return Task(tuple(made), {f"C{n}": 1000.0 for n in range(4)}, 2025, YEARS, **given)


@pytest.mark.slow
@pytest.mark.parametrize(("shared", "probability"), [(0.0, 0.8), (0.5, 0.9), (1.0, 0.95)])
def test_robust_plan_keeps_its_promise_in_a_simulation_of_its_own(shared, probability):
    """Drawn anew with NumPy's triangular quantiles by inversion from other random numbers: the promise holds."""
    asked = uncertain(shared, probability)
    plan = optimise(asked)
    assert plan.target_met
    assert plan.met_probability >= probability
    measures = {each.code: each for each in asked.measures}
    dice = np.random.default_rng(987)
    draws = 40_000
    common = {f"C{n}": dice.standard_normal(draws) for n in range(4)}
    left = {(code, year): np.ones(draws) for code in common for year in YEARS}
    normal = np.sort(dice.standard_normal(400_001))
    for start in plan.chosen:
        each = measures[start.measure]
        mixed = np.sqrt(shared) * common[each.category] + np.sqrt(1 - shared) * dice.standard_normal(draws)
        rank = np.searchsorted(normal, mixed) / len(normal)  # the distribution function, by counting
        low, mid, high = each.share.low, each.share.mid, each.share.high
        turn = (mid - low) / (high - low)
        share = np.where(
            rank < turn,
            low + np.sqrt(rank * (high - low) * (mid - low)),
            high - np.sqrt((1 - rank) * (high - low) * (high - mid)),
        )
        for year in YEARS:
            if start.year <= year:
                left[each.category, year] *= 1 - share
    reduced = {year: sum(1000 * (1 - left[code, year]) for code in common) for year in YEARS}
    met = (reduced[2026] >= 0.12 * 4000) & (reduced[2028] >= 0.3 * 4000)
    assert met.mean() >= probability


@pytest.mark.slow
def test_more_certainty_costs_more_and_less_than_the_worst_case():
    cheap, dear = optimise(uncertain(probability=0.6)), optimise(uncertain(probability=0.97))
    asked = uncertain()
    pessimist = tuple(
        Measure(m.code, m.category, m.lifetime_years, exactly(m.share.low), None, m.investment_eur, 0.0)
        for m in asked.measures
    )
    worst = optimise(Task(pessimist, asked.footprints_kgco2e, 2025, YEARS, asked.targets))
    assert cheap.cost_eur <= dear.cost_eur
    assert not worst.target_met or dear.cost_eur <= worst.cost_eur


@pytest.mark.slow
def test_robust_target_out_of_reach_is_explained():
    plan = optimise(uncertain(targets=(Target(2028, reduction_share=0.95),)))
    assert not plan.target_met
    assert plan.conflict.beyond_limits
    assert plan.met_probability == 0.0
    assert plan.chosen


def test_robust_mode_without_variation_is_the_plain_plan():
    asked = task(
        measure("a", share=0.3),
        measure("b", share=0.1, investment_eur=10.0),
        targets=(Target(2026, reduction_kgco2e=100.0),),
        robustness=Robustness(0.9, np.random.default_rng(1).standard_normal),
    )
    plan = optimise(asked)
    assert [start.measure for start in plan.chosen] == ["b"]
    assert plan.met_probability == 1.0


@pytest.mark.parametrize(
    ("other", "error", "words"),
    [
        ({"targets": (Target(2025, reduction_share=0.1),)}, TargetBeforeBaseline, "2025"),
        ({"targets": (Target(2030, reduction_share=0.1),)}, YearOutsidePlan, "2030"),
        ({"targets": (Target(2026),)}, TargetInvalid, "2026"),
        ({"targets": (Target(2026, 1.0, 0.1),)}, TargetInvalid, "1500"),
        ({"targets": (Target(2026, reduction_share=1.5),)}, TargetInvalid, "2026"),
        ({"targets": ()}, NothingAsked, "cheapest"),
        ({"limits": Limits(investment_eur={2026: -1.0})}, LimitNegative, "investment_eur of 2026 is -1.0"),
        ({"limits": Limits(staff_days={2035: 1.0})}, YearOutsidePlan, "2035"),
        ({"limits": Limits(total_eur=-1.0)}, LimitNegative, "total_eur"),
        ({"years": (2026, 2028)}, YearsInvalid, "2026, 2028"),
        ({"years": (2025, 2026, 2027)}, YearsInvalid, "2025"),
        ({"discount_rate": 3.0}, NumberInvalid, "discount_rate is 3.0"),
        ({"robustness": Robustness(1.0, np.random.default_rng(1).standard_normal)}, NumberInvalid, "probability"),
    ],
)
def test_what_is_wrong_with_a_task_is_said(other, error, words):
    given = {"targets": (Target(2026, reduction_share=0.1),), **other}
    with pytest.raises(error, match=words):
        optimise(task(measure("a"), **given))


def test_measures_without_cost_are_named():
    measures = [measure("a"), measure("b", investment_eur=None), measure("c", running_eur_per_year=None)]
    with pytest.raises(CostUnknown, match="b, c"):
        optimise(task(*measures, targets=(Target(2026, reduction_share=0.1),)))


def test_evaluation_says_what_a_plan_breaks():
    asked = task(
        measure("a"),
        targets=(Target(2026, reduction_kgco2e=201.0),),
        limits=Limits(investment_eur={2026: 99.0}, total_eur=50.0),
    )
    plan = optimise(task(measure("a"), targets=(Target(2026, reduction_kgco2e=200.0),)))
    outcome = evaluate(asked, plan.chosen)
    assert outcome.broken == (("investment_eur", 2026), ("target_kgco2e", 2026), ("total_eur", None))
    assert not outcome.targets_met
