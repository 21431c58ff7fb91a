"""Plans side by side, and what one more euro would bring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keino.domain.plans.optimiser import optimise
from keino.domain.plans.task import NumberInvalid
from keino.errors import KeinoError, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keino.domain.plans.evaluation import YearOutcome
    from keino.domain.plans.optimiser import Plan
    from keino.domain.plans.solver import Search
    from keino.domain.plans.task import Limits, Task


class NoBudget(KeinoError):
    """The price of a budget was asked for where none is set."""

    code = "no_budget"
    exit_code = 2
    template = mark(
        "The plan has no budget in euros, so another euro changes nothing. Set an investment, running or total budget."
    )


@dataclass(frozen=True)
class Scenario:
    """One plan in a comparison. ``starts``: measure → start year; differences are from the first plan compared."""

    name: str
    starts: Mapping[str, int]
    years: tuple[YearOutcome, ...]
    cost_eur: float
    reduction_kgco2e: float
    cost_difference_eur: float
    reduction_difference_kgco2e: float
    target_met: bool


@dataclass(frozen=True)
class Comparison:
    """Scenarios in the order given. ``in_all``, ``in_some``: measures that every plan starts, or only some."""

    scenarios: tuple[Scenario, ...]
    in_all: tuple[str, ...]
    in_some: tuple[str, ...]


@dataclass(frozen=True)
class ShadowPrice:
    """What more budget would bring: kgCO2e over the plan's years per extra euro, from two plans.

    ``extra_eur``: by how much the budgets were raised, all years together. ``uncertain_kgco2e_per_eur``: how far off
    the price may be because the plans are proven only to within their gaps.
    """

    kgco2e_per_eur: float
    extra_eur: float
    extra_kgco2e: float
    uncertain_kgco2e_per_eur: float


def compare(plans: Mapping[str, Plan]) -> Comparison:
    """Put plans side by side; the first is what the others are compared with."""
    first = next(iter(plans.values()), None)
    scenarios = tuple(
        Scenario(
            name=name,
            starts={start.measure: start.year for start in plan.chosen},
            years=plan.years,
            cost_eur=plan.cost_eur,
            reduction_kgco2e=plan.reduction_kgco2e,
            cost_difference_eur=plan.cost_eur - first.cost_eur if first else 0.0,
            reduction_difference_kgco2e=plan.reduction_kgco2e - first.reduction_kgco2e if first else 0.0,
            target_met=plan.target_met,
        )
        for name, plan in plans.items()
    )
    chosen = [set(scenario.starts) for scenario in scenarios]
    everywhere = set.intersection(*chosen) if chosen else set()
    return Comparison(scenarios, tuple(sorted(everywhere)), tuple(sorted(set().union(*chosen) - everywhere)))


def budget_shadow_price(task: Task, search: Search | None = None, *, raise_share: float = 0.05) -> ShadowPrice:
    """The change of the largest reduction per extra euro.

    By solving again with every budget in euros raised by ``raise_share`` of itself, not from the duals of the relaxed
    program: measures are whole, and a dual would promise a part of one.
    """
    if not 0 < raise_share <= 1:
        raise NumberInvalid(name="raise_share", value=raise_share, range="0–1")
    raised, extra = _raised(task.limits, 1 + raise_share)
    if extra <= 0:
        raise NoBudget
    now = optimise(task, "most_reduction", search)
    then = optimise(replace(task, limits=raised), "most_reduction", search)
    gained = then.reduction_kgco2e - now.reduction_kgco2e
    unproven = now.gap * abs(now.reduction_kgco2e) + then.gap * abs(then.reduction_kgco2e)
    return ShadowPrice(gained / extra, extra, gained, unproven / extra)


def _raised(limits: Limits, factor: float) -> tuple[Limits, float]:
    investment = {year: value * factor for year, value in limits.investment_eur.items()}
    running = {year: value * factor for year, value in limits.running_eur.items()}
    total = limits.total_eur
    extra = (factor - 1) * (sum(limits.investment_eur.values()) + sum(limits.running_eur.values()) + (total or 0.0))
    raised = replace(
        limits, investment_eur=investment, running_eur=running, total_eur=None if total is None else total * factor
    )
    return raised, extra
