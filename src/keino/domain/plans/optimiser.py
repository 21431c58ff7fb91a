"""The plan that reaches the targets at least cost, or reduces most within the limits.

Method: docs/methods/plan-optimiser.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from keino.domain.plans.conflicts import Conflict, explain, nearest_targets
from keino.domain.plans.evaluation import evaluate
from keino.domain.plans.formulation import formulate
from keino.domain.plans.robustness import simulate, spreads
from keino.domain.plans.rounds import Best, Rounds
from keino.domain.plans.solver import Search
from keino.domain.plans.task import NothingAsked, check_task
from keino.errors import KeinoError, mark

if TYPE_CHECKING:
    from keino.domain.plans.evaluation import Start, YearOutcome
    from keino.domain.plans.solver import Floats
    from keino.domain.plans.task import Robustness, Task

Objective: TypeAlias = Literal["least_cost", "most_reduction"]

SOLVER = "HiGHS"
#: How often a robust plan's margin is set anew from simulation, and how near to the last is near enough.
MARGIN_ROUNDS, MARGIN_NEAR = 6, 0.03
#: The simulated probability must exceed the promise by so many of its own standard errors.
SURE = 2.0


class NoPlanInTime(KeinoError):
    """The time limit struck before any plan was found."""

    code = "no_plan_in_time"
    exit_code = 3
    template = mark(
        "No plan was found within {seconds:.0f} seconds, and none was ruled out. Allow more time or fewer measures."
    )


@dataclass(frozen=True)
class Plan:
    """What to start when, and what comes of it.

    ``value`` and ``bound``: discounted € (least cost) or kgCO2e over the plan's years (most reduction); no plan is
    better than ``bound``. ``optimal``: proven, ``gap`` at most what was asked. ``met_probability``: simulated, of
    meeting all targets; None without a robust mode. ``seconds``: solver time of the search that found it, or of all of
    a robust mode. Where targets can't be met, ``conflict`` says why and the plan is the best for the nearest targets
    that can.
    """

    chosen: tuple[Start, ...]
    years: tuple[YearOutcome, ...]
    cost_eur: float
    reduction_kgco2e: float
    target_met: bool
    met_probability: float | None
    conflict: Conflict | None
    value: float
    bound: float
    gap: float
    optimal: bool
    solver: str
    seconds: float


def optimise(task: Task, objective: Objective = "least_cost", search: Search | None = None) -> Plan:
    """Find the best plan.

    ``least_cost``: least discounted cost that meets every target within the limits. ``most_reduction``: largest sum of
    yearly reductions within the limits, targets met too where given. Raises what ``check_task`` raises,
    ``NothingAsked`` for least cost without a target, and ``NoPlanInTime``.
    """
    check_task(task)
    search = search or Search()
    cheapest = objective == "least_cost"
    if cheapest and not task.targets:
        raise NothingAsked
    if task.robustness is not None and task.targets:
        return _robust(task, search, task.robustness, cheapest=cheapest)
    best = _solve(task, search, cheapest=cheapest)
    if best.infeasible:
        return _nearest(task, search, cheapest=cheapest)
    return _plan(task, best, search)


def _solve(task: Task, search: Search, *, cheapest: bool, margin: float = 0.0, may_fail: bool = False) -> Best:
    made = formulate(task, cheapest=cheapest, margin=margin)
    best = Rounds(made, search, cheapest=cheapest, margin=margin).run()
    if best.starts is None and not best.infeasible and not may_fail:
        raise NoPlanInTime(seconds=best.seconds)
    return best


def _nearest(task: Task, search: Search, *, cheapest: bool, margin: float = 0.0) -> Plan:
    """The best plan for the nearest targets that can be met, with the reason why the real ones can't."""
    conflict = explain(task, search, margin)
    lowered, shown = nearest_targets(task, search, margin)
    nearer = replace(task, targets=lowered)
    best = _solve(nearer, search, cheapest=cheapest, margin=margin)
    if best.infeasible:  # by a rounding error: the plan that showed the targets reachable
        outcome = evaluate(nearer, shown)
        value = outcome.cost_eur if cheapest else outcome.reduction_kgco2e
        best = Best(shown, outcome, value, value, infeasible=False, seconds=best.seconds)
    plan = _plan(task, best, search)
    if task.robustness is not None:
        _, probability = _simulated(task, plan.chosen, task.robustness)
        plan = replace(plan, met_probability=probability)
    return replace(plan, conflict=conflict, target_met=False)


def _robust(task: Task, search: Search, given: Robustness, *, cheapest: bool) -> Plan:
    """Set the margin by simulation: wide enough to keep the promise, no wider than needed."""
    needed = given.probability + SURE * sqrt(given.probability * (1 - given.probability) / given.draws)
    margin = NormalDist().inv_cdf(given.probability)
    kept: tuple[Best, float] | None = None
    seconds, tried = 0.0, 0
    while tried < MARGIN_ROUNDS or (kept is None and tried < 2 * MARGIN_ROUNDS):
        tried += 1
        left = replace(search, time_limit_s=max(0.0, search.time_limit_s - seconds))
        if kept is not None and left.time_limit_s == 0:
            break
        best = _solve(task, left, cheapest=cheapest, margin=max(margin, 1e-6), may_fail=kept is not None)
        seconds += best.seconds
        if best.starts is None:
            break
        wanted, probability = _simulated(task, best.starts, given)
        if probability >= needed and (kept is None or _better(best, kept[0], cheapest=cheapest)):
            kept = (best, probability)
        if probability >= needed and wanted >= margin * (1 - MARGIN_NEAR):
            break
        margin = wanted if tried < MARGIN_ROUNDS else max(wanted, margin) * 1.1
    if kept is None:
        return _nearest(task, search, cheapest=cheapest, margin=max(margin, 1e-6))
    plan = _plan(task, kept[0], search)
    return replace(plan, met_probability=kept[1], seconds=seconds)


def _simulated(task: Task, starts: tuple[Start, ...], given: Robustness) -> tuple[float, float]:
    """The margin (in ``spreads``) that this plan would need, and the probability with which it meets all targets."""
    drawn = simulate(task, starts, given)
    asked = task.target_kgco2e()
    on = [n for n, year in enumerate(task.years) if asked.get(year, 0.0) > 0]
    if not on:
        return 0.0, 1.0
    room = task.baseline_kgco2e * 1e-9
    met = (drawn[:, on] >= np.array([asked[task.years[n]] for n in on]) - room).all(axis=1)
    planned: Floats = np.array([year.reduction_kgco2e for year in evaluate(task, starts).years])
    wide = np.maximum(spreads(task, starts), 1e-12)
    worst = ((planned - drawn) / wide)[:, on].max(axis=1)
    level = min(1.0, given.probability + (SURE + 1) * sqrt(given.probability * (1 - given.probability) / given.draws))
    return float(max(np.quantile(worst, level, method="higher"), 0.0)), float(met.mean())


def _better(one: Best, other: Best, *, cheapest: bool) -> bool:
    assert one.value is not None
    assert other.value is not None
    return one.value < other.value if cheapest else one.value > other.value


def _plan(task: Task, best: Best, search: Search) -> Plan:
    assert best.starts is not None
    assert best.outcome is not None
    assert best.value is not None
    outcome = evaluate(task, best.starts)
    return Plan(
        chosen=best.starts,
        years=outcome.years,
        cost_eur=outcome.cost_eur,
        reduction_kgco2e=outcome.reduction_kgco2e,
        target_met=outcome.targets_met,
        met_probability=None,
        conflict=None,
        value=best.value,
        bound=best.bound,
        gap=best.gap,
        optimal=best.gap <= search.gap * (1 + 1e-9),
        solver=SOLVER,
        seconds=best.seconds,
    )
