"""What a chosen set of starts does, worked out exactly: money, staff and emissions year by year."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from keino.domain.plans.task import TARGET, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keino.domain.plans.measures import Measure
    from keino.domain.plans.task import Task

#: A limit counts as kept within this part of itself, and a target as met: solvers round.
TOLERANCE = 1e-6


@dataclass(frozen=True, order=True)
class Start:
    """A measure begins in a year."""

    year: int
    measure: str


@dataclass(frozen=True)
class YearOutcome:
    """One year of a plan: payments and staff days, reduction against the baseline, and the target if there is one."""

    year: int
    investment_eur: float
    running_eur: float
    staff_days: float
    reduction_kgco2e: float
    target_kgco2e: float | None


@dataclass(frozen=True)
class Outcome:
    """Discounted cost (€), reduction over all the plan's years (kgCO2e), its years, and what it breaks by name."""

    cost_eur: float
    reduction_kgco2e: float
    years: tuple[YearOutcome, ...]
    broken: tuple[tuple[str, int | None], ...]

    @property
    def targets_met(self) -> bool:
        """Whether every target is met."""
        return all(name != TARGET for name, _ in self.broken)


def evaluate(task: Task, starts: Iterable[Start]) -> Outcome:
    """Work out a plan exactly.

    Measures of one category act on what the others leave:
    reduction = footprint × (1 − Π (1 − share)), over those in force. With ``task.robustness`` shares are means.
    """
    measures = {measure.code: measure for measure in task.measures}
    chosen = [(measures[start.measure], start.year) for start in starts]
    asked = task.target_kgco2e()
    years = tuple(_year(task, chosen, year, asked.get(year)) for year in task.years)
    cost = sum(task.cost_eur(measure, start) for measure, start in chosen)
    reduction = sum(year.reduction_kgco2e for year in years)
    return Outcome(cost, reduction, years, tuple(_broken(task, years, cost)))


def reductions(task: Task, in_force: Iterable[Measure]) -> dict[str, float]:
    """Reduction in kgCO2e a year by category, of measures that are in force together."""
    left: dict[str, list[float]] = {}
    for measure in in_force:
        left.setdefault(measure.category, []).append(1 - task.planning_share(measure))
    return {code: max(task.footprints_kgco2e[code], 0.0) * (1 - prod(parts)) for code, parts in left.items()}


def _year(task: Task, chosen: list[tuple[Measure, int]], year: int, asked: float | None) -> YearOutcome:
    on = [(measure, start) for measure, start in chosen if start <= year < start + measure.lifetime_years]
    starting = [measure for measure, start in on if start == year]
    going_on = [measure for measure, start in on if start < year]
    return YearOutcome(
        year=year,
        investment_eur=sum(measure.investment for measure in starting),
        running_eur=sum(measure.running for measure, _ in on),
        staff_days=sum(measure.staff_days_start for measure in starting)
        + sum(measure.staff_days_per_year for measure in going_on),
        reduction_kgco2e=sum(reductions(task, (measure for measure, _ in on)).values()),
        target_kgco2e=asked,
    )


def _broken(task: Task, years: tuple[YearOutcome, ...], cost: float) -> Iterable[tuple[str, int | None]]:
    room = max(task.baseline_kgco2e, 1.0) * TOLERANCE
    for name, limits in task.limits.yearly():
        for year in years:
            if year.year in limits and getattr(year, name) > limits[year.year] + _slack(limits[year.year]):
                yield name, year.year
    for year in years:
        if year.target_kgco2e is not None and year.reduction_kgco2e < year.target_kgco2e - room:
            yield TARGET, year.year
    total = task.limits.total_eur
    if total is not None and cost > total + _slack(total):
        yield TOTAL, None


def _slack(limit: float) -> float:
    return max(limit, 1.0) * TOLERANCE
