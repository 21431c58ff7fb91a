"""What a plan is asked to do: measures, years, limits and targets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.measures import Measure, check_measures, require_costs
from keino.domain.plans.solver import Floats
from keino.errors import KeinoError, mark

#: Draws standard normal numbers of the given shape, such as ``numpy.random.default_rng(seed).standard_normal``.
Draw: TypeAlias = Callable[[tuple[int, int]], Floats]

#: Kinds of yearly limits, as they are named in results.
INVESTMENT, RUNNING, STAFF = "investment_eur", "running_eur", "staff_days"
#: Other names in an explanation of what conflicts.
TOTAL, TARGET = "total_eur", "target_kgco2e"


class LimitNegative(KeinoError):
    """A budget or staff limit below zero."""

    code = "limit_negative"
    exit_code = 2
    template = mark(
        "The limit {name} of {year} is {value}. A limit can't be negative; give 0 when there is nothing to use."
    )


class YearsInvalid(KeinoError):
    """Plan years that leave gaps or do not follow the baseline."""

    code = "years_invalid"
    exit_code = 2
    template = mark(
        "The plan's years ({years}) must follow each other without gaps and come after the baseline {baseline}."
    )


class TargetBeforeBaseline(KeinoError):
    """A target in or before the year it is measured from."""

    code = "target_before_baseline"
    exit_code = 2
    template = mark(
        "The target of {year} does not come after the baseline year {baseline} from which it is "
        "measured. Move the target."
    )


class YearOutsidePlan(KeinoError):
    """A target or limit of a year that the plan does not cover."""

    code = "year_outside_plan"
    exit_code = 2
    template = mark("{name} is given for {year}, but the plan covers {first} to {last}. Correct the year or the plan.")


class TargetInvalid(KeinoError):
    """A target that says its size twice, not at all, or beyond the baseline."""

    code = "target_invalid"
    exit_code = 2
    template = mark(
        "The target of {year} must be given once, as kgCO2e from 0 to the baseline's {baseline_kgco2e:.0f} or as a "
        "share from 0 to 1."
    )


class NumberInvalid(KeinoError):
    """A setting outside its range."""

    code = "plan_number_invalid"
    exit_code = 2
    template = mark("{name} is {value}; it must be {range}.")


class NothingAsked(KeinoError):
    """Least cost without a target: doing nothing would answer it."""

    code = "nothing_asked"
    exit_code = 2
    template = mark(
        "The cheapest plan was asked for, but no target was given. Give one, or ask for the largest reduction."
    )


@dataclass(frozen=True)
class Target:
    """Reduction to be reached in one year against the baseline: in kgCO2e a year or as a share of the baseline."""

    year: int
    reduction_kgco2e: float | None = None
    reduction_share: float | None = None

    def kgco2e(self, baseline_kgco2e: float) -> float:
        """The reduction in kgCO2e."""
        if self.reduction_kgco2e is not None:
            return self.reduction_kgco2e
        assert self.reduction_share is not None
        return self.reduction_share * baseline_kgco2e


@dataclass(frozen=True)
class Limits:
    """What may be used, by year; a year that is not named is not limited.

    ``running_eur`` limits the sum of running costs, savings taken off. ``total_eur`` limits the discounted cost of the
    whole plan.
    """

    investment_eur: Mapping[int, float] = field(default_factory=dict)
    running_eur: Mapping[int, float] = field(default_factory=dict)
    staff_days: Mapping[int, float] = field(default_factory=dict)
    total_eur: float | None = None

    def yearly(self) -> tuple[tuple[str, Mapping[int, float]], ...]:
        """Every yearly limit by its name."""
        return (INVESTMENT, self.investment_eur), (RUNNING, self.running_eur), (STAFF, self.staff_days)


@dataclass(frozen=True)
class Robustness:
    """Meet all targets with ``probability``, when effects vary over their ranges.

    ``shared_error`` is the share (0–1) of a measure's variation that is the same for all measures of its category.
    ``draw`` gives the random numbers, so that the seed is the caller's; ``draws`` is their number per simulation.
    """

    probability: float
    draw: Draw
    shared_error: float = 0.5
    draws: int = 20_000


@dataclass(frozen=True)
class Task:
    """All that a plan depends on.

    ``footprints_kgco2e``: yearly footprint of every category in the baseline year, those without measures too; the
    baseline is their sum. Costs are discounted to the first plan year. ``residual_value``: take the part of an
    investment that outlives the plan off its cost, evenly over the lifetime.
    """

    measures: tuple[Measure, ...]
    footprints_kgco2e: Mapping[str, float]
    baseline_year: int
    years: tuple[int, ...]
    targets: tuple[Target, ...] = ()
    limits: Limits = field(default_factory=Limits)
    discount_rate: float = 0.0
    residual_value: bool = False
    robustness: Robustness | None = None

    @property
    def baseline_kgco2e(self) -> float:
        """The whole footprint of the baseline year."""
        return float(sum(self.footprints_kgco2e.values()))

    def target_kgco2e(self) -> dict[int, float]:
        """Reduction asked for, by year; the largest where a year has several targets."""
        asked: dict[int, float] = {}
        for target in self.targets:
            asked[target.year] = max(asked.get(target.year, 0.0), target.kgco2e(self.baseline_kgco2e))
        return asked

    def share(self, measure: Measure) -> Estimate:
        """A measure's effect as a share of its category's footprint."""
        return measure.share_of(self.footprints_kgco2e[measure.category])

    def planning_share(self, measure: Measure) -> float:
        """The one share a plan counts with: the most likely, or the mean when the plan must hold with a probability."""
        effect = self.share(measure)
        return effect.mid if self.robustness is None else effect.mean

    def start_years(self, measure: Measure) -> tuple[int, ...]:
        """Plan years in which the measure may start, in order."""
        return tuple(year for year in self.years if measure.start_years is None or year in measure.start_years)

    def years_in_force(self, measure: Measure, start: int) -> tuple[int, ...]:
        """Plan years in which a measure started in ``start`` has its effect."""
        return tuple(year for year in self.years if start <= year < start + measure.lifetime_years)

    def discount(self, year: int) -> float:
        """What a euro of ``year`` is worth in the first plan year."""
        return float((1 + self.discount_rate) ** (self.years[0] - year))

    def cost_eur(self, measure: Measure, start: int) -> float:
        """Discounted cost of starting a measure in ``start``: investment, and running cost within the plan's years."""
        running = sum(self.discount(year) for year in self.years_in_force(measure, start)) * measure.running
        left = max(0, start + measure.lifetime_years - 1 - self.years[-1]) / measure.lifetime_years
        residual = measure.investment * left * self.discount(self.years[-1] + 1) if self.residual_value else 0.0
        return measure.investment * self.discount(start) + running - residual


def check_task(task: Task) -> None:
    """Raise the first thing that is wrong with a task."""
    check_measures(task.measures, task.footprints_kgco2e)
    require_costs(task.measures)
    _check_years(task)
    _check_limits(task)
    for target in task.targets:
        _check_target(task, target)
    _check_setting("discount_rate", task.discount_rate, -0.5, 1.0)
    if task.robustness is not None:
        _check_setting("probability", task.robustness.probability, 0.5, 0.999)
        _check_setting("shared_error", task.robustness.shared_error, 0.0, 1.0)
        _check_setting("draws", task.robustness.draws, 1000, 1_000_000)


def _check_years(task: Task) -> None:
    years = task.years
    if not years or years != tuple(range(years[0], years[0] + len(years))) or years[0] <= task.baseline_year:
        raise YearsInvalid(years=years, baseline=task.baseline_year)


def _check_limits(task: Task) -> None:
    for name, limits in task.limits.yearly():
        for year, value in limits.items():
            if not value >= 0:
                raise LimitNegative(name=name, year=year, value=value)
            if year not in task.years:
                raise YearOutsidePlan(name=name, year=year, first=task.years[0], last=task.years[-1])
    if task.limits.total_eur is not None and not task.limits.total_eur >= 0:
        years = f"{task.years[0]}–{task.years[-1]}"
        raise LimitNegative(name=TOTAL, year=years, value=task.limits.total_eur)


def _check_target(task: Task, target: Target) -> None:
    if target.year <= task.baseline_year:
        raise TargetBeforeBaseline(year=target.year, baseline=task.baseline_year)
    if target.year not in task.years:
        raise YearOutsidePlan(name=TARGET, year=target.year, first=task.years[0], last=task.years[-1])
    baseline = task.baseline_kgco2e
    once = (target.reduction_kgco2e is None) != (target.reduction_share is None)
    if not once or not 0 <= target.kgco2e(baseline) <= baseline:
        raise TargetInvalid(year=target.year, baseline_kgco2e=baseline)


def _check_setting(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise NumberInvalid(name=name, value=value, range=f"{low:g}–{high:g}")
