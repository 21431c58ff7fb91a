"""A finished footprint, measures and the buyer's wishes → how much can be taken away, and what to start when.

The footprint may come from files (``engine.plan``) or be one that was kept: both go this way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from keino.domain.plans.abatement import Curve, abatement_curve
from keino.domain.plans.attribution import MeasureReduction, measure_reductions
from keino.domain.plans.candidates import Candidates, Known, Wishes, candidates
from keino.domain.plans.estimates import BadEstimate, Estimate
from keino.domain.plans.evaluation import TOLERANCE, Start
from keino.domain.plans.measure_effects import MeasureEffect, measure_effects
from keino.domain.plans.optimiser import Objective, Plan, optimise
from keino.domain.plans.potential import CategoryFootprint, Potential, TargetLevel, potential
from keino.domain.plans.robustness import simulate
from keino.domain.plans.scenarios import NoBudget, ShadowPrice, budget_shadow_price
from keino.domain.plans.solver import Progress as Found
from keino.domain.plans.solver import Search, Watcher
from keino.domain.plans.task import Robustness, TargetBeforeBaseline, Task, check_task
from keino.engine.contract_file import ContractReading
from keino.engine.plan_file import PlanFile
from keino.engine.results import FootprintResult
from keino.engine.run import Progress, no_progress
from keino.errors import UsageError
from keino.facts.read import all_sources, read

#: Seed of the random numbers of a robust plan: equal inputs give equal plans.
SEED = 20260101
#: Simulated worlds behind a quick look; the standard error of its probability is below one per cent.
LOOK_DRAWS = 5_000


class NoBaseline(UsageError):
    """A baseline year whose footprint is nothing."""

    code = "no_baseline"
    template = (
        "The purchases of {year} have no footprint above zero, so there is nothing to reduce. Check the year and the "
        "files with `keino footprint`."
    )


class TargetYearMissing(UsageError):
    """Contracts without the year for which they matter."""

    code = "target_year_missing"
    template = (
        "Contracts say how much can still be changed by some year, but no year was given. Add --target, such as "
        "--target 2035 or --target 2035=-50%."
    )


@dataclass(frozen=True)
class PlanRequest:
    """What is asked of a footprint. ``wanted`` None: the potential alone.

    ``baseline_year`` None: its newest year. ``target``: year and reduction share (None: the year alone) for a look
    without a plan. ``time_limit_s``: of each search; there is one for the plan and, with budgets, two for the price of
    a budget. ``watch`` is told of the search and may end it.
    """

    wanted: PlanFile | None = None
    contracts: ContractReading | None = None
    baseline_year: int | None = None
    target: tuple[int, float | None] | None = None
    time_limit_s: float = 60.0
    watch: Watcher | None = None


@dataclass(frozen=True)
class Planned:
    """A plan with what it was made from. ``parts``: what each chosen measure takes away, year by year.

    ``shadow_price`` is None without budgets in euros.
    """

    wanted: PlanFile
    offered: Candidates
    task: Task
    plan: Plan
    parts: tuple[MeasureReduction, ...]
    curve: Curve
    shadow_price: ShadowPrice | None


@dataclass(frozen=True)
class PlanResult:
    """Everything a report shows. ``footprints``: kgCO2e of the baseline year by leaf category; None = no factor.

    ``measures``: rows of the fact table by code; ``sources``: publications by key.
    """

    result: FootprintResult
    baseline_year: int
    footprints: Mapping[str, Estimate | None] = field(hash=False)
    potential: Potential
    contracts: ContractReading | None
    planned: Planned | None
    measures: Mapping[str, Mapping[str, str]] = field(hash=False)
    measures_edition: str
    sources: Mapping[str, Mapping[str, str]] = field(hash=False)

    @property
    def baseline_kgco2e(self) -> float:
        """The whole footprint of the baseline year."""
        return float(sum(each.mid for each in self.footprints.values() if each is not None))


def plan_result(result: FootprintResult, asked: PlanRequest, progress: Progress = no_progress) -> PlanResult:
    """Work out the potential of a footprint and, where a plan is wanted, the best one. Raises KeinoError."""
    wanted, contracts = asked.wanted, asked.contracts
    baseline_year = asked.baseline_year or result.years[-1]
    footprints = footprints_of(result, baseline_year)
    baseline = sum(each.mid for each in footprints.values() if each is not None)
    if baseline <= 0:
        raise NoBaseline(year=baseline_year)
    wishes = wishes_of(wanted, contracts)
    table = read("measures")
    found = potential_of(footprints, _level(asked, baseline, baseline_year, wishes), wishes)
    rows = {row["code"]: row for row in table.rows}
    planned = None
    if wanted is not None:
        planned = _planned(wanted, offered_of(footprints, wishes), baseline_year, asked, progress)
    return PlanResult(
        result=result,
        baseline_year=baseline_year,
        footprints=footprints,
        potential=found,
        contracts=contracts,
        planned=planned,
        measures=rows,
        measures_edition=table.edition,
        sources={key: row for key, row in all_sources().items() if key in _sources_of(table.rows)},
    )


def potential_of(footprints: Mapping[str, Estimate | None], level: TargetLevel, wishes: Wishes) -> Potential:
    """The potential of each category by the measures of the bank, contracts and what the buyer says itself."""
    return potential(
        [CategoryFootprint(code, value) for code, value in footprints.items()],
        measure_effects(read("measures").rows),
        level,
        contracts=wishes.contracts,
        given=wishes.reach,
        parts={own.code: own.part for own in wishes.measures if own.part is not None},
    )


def offered_of(footprints: Mapping[str, Estimate | None], wishes: Wishes) -> Candidates:
    """What a plan can choose from, of the bank of measures and the buyer's own, and what is missing of the others."""
    rows = {row["code"]: row for row in read("measures").rows}
    bank = [_known(effect, rows[effect.code]) for effect in measure_effects(rows.values())]
    middle = {code: value.mid for code, value in footprints.items() if value is not None}
    return candidates(bank, middle, wishes)


def footprints_of(result: FootprintResult, year: int) -> dict[str, Estimate | None]:
    """Footprint of the year by leaf category, largest first."""
    found: dict[str, Estimate | None] = {}
    for part in result.by_category_year:
        if part.keys["year"] == year:
            found[str(part.keys["category"])] = _estimate(part.low_kgco2e, part.footprint_kgco2e, part.high_kgco2e)
    return dict(sorted(found.items(), key=lambda item: -(item[1].mid if item[1] else 0.0)))


def _estimate(low: float | None, mid: float | None, high: float | None) -> Estimate | None:
    if mid is None:
        return None
    try:
        return Estimate(mid if low is None else low, mid, mid if high is None else high)
    except BadEstimate:  # credit notes larger than purchases turn the interval round
        return Estimate.exactly(mid)


def wishes_of(wanted: PlanFile | None, contracts: ContractReading | None) -> Wishes:
    """What the plan file says, with the contracts of both files."""
    read_ones = contracts.contracts if contracts else ()
    if wanted is None:
        return Wishes((), contracts=read_ones)
    return Wishes(
        years=wanted.years,
        measures=wanted.measures,
        leave_out=wanted.leave_out,
        contracts=(*wanted.contracts, *read_ones),
        reach=wanted.reach,
    )


def _level(asked: PlanRequest, baseline: float, baseline_year: int, wishes: Wishes) -> TargetLevel:
    """The last target as a level of emissions; a year alone where no reduction is given."""
    wanted = asked.wanted
    if wanted is not None:
        last = max(wanted.targets, key=lambda target: target.year, default=None)
        if last is None:
            return TargetLevel(wanted.years[-1])
        share = last.kgco2e(baseline) / baseline
        return TargetLevel(last.year, baseline, share) if 0 <= share <= 1 else TargetLevel(last.year)
    if asked.target is not None:
        year, share_asked = asked.target
        if year <= baseline_year:
            raise TargetBeforeBaseline(year=year, baseline=baseline_year)
        return TargetLevel(year, None if share_asked is None else baseline, share_asked)
    if wishes.contracts:
        raise TargetYearMissing
    return TargetLevel(baseline_year + 1)  # without contracts every year gives the same


def _known(effect: MeasureEffect, row: Mapping[str, str]) -> Known:
    """A measure of the bank, with its cost per tonne (middle of the range) and lifetime where a source gives them."""
    per_tonne = None
    if row["cost_unit"] == "eur_per_tco2e" and row["cost_low"] and row["cost_high"]:
        per_tonne = (float(row["cost_low"]) + float(row["cost_high"])) / 2
    return Known(effect, per_tonne, int(float(row["lifetime_years"])) if row["lifetime_years"] else None)


def _sources_of(rows: Sequence[Mapping[str, str]]) -> set[str]:
    return {row[name] for row in rows for name in ("source", "part_source", "cost_source", "not_worked_source")} - {""}


def task_of(wanted: PlanFile, offered: Candidates, baseline_year: int) -> Task:
    """What the optimiser is given; checked. Raises what ``check_task`` raises."""
    task = Task(
        measures=tuple(each.measure for each in offered.candidates),
        footprints_kgco2e=offered.footprints_kgco2e,
        baseline_year=baseline_year,
        years=wanted.years,
        targets=wanted.targets,
        limits=wanted.limits,
        discount_rate=wanted.discount_rate,
        residual_value=wanted.residual_value,
        robustness=_robustness(wanted),
    )
    check_task(task)
    return task


def _planned(
    wanted: PlanFile, offered: Candidates, baseline_year: int, asked: PlanRequest, progress: Progress
) -> Planned:
    task = task_of(wanted, offered, baseline_year)
    whole = max(2, int(asked.time_limit_s))

    def watch(found: Found) -> bool | None:
        progress("plan", min(int(found.seconds), int(asked.time_limit_s)), whole)
        return asked.watch(found) if asked.watch else None

    search = Search(time_limit_s=asked.time_limit_s, watch=watch)
    progress("plan", 0, whole)
    objective: Objective = "most_reduction" if wanted.objective == "most_reduction" else "least_cost"
    plan = optimise(task, objective, search)
    return Planned(
        wanted=wanted,
        offered=offered,
        task=task,
        plan=plan,
        parts=measure_reductions(task, plan.chosen),
        curve=abatement_curve(task.measures, offered.footprints_kgco2e, discount_rate=wanted.discount_rate),
        shadow_price=_shadow_price(task, search),
    )


def _robustness(wanted: PlanFile) -> Robustness | None:
    if wanted.probability is None:
        return None
    made = Robustness(wanted.probability, np.random.default_rng(SEED).standard_normal)
    return made if wanted.shared_error is None else replace(made, shared_error=wanted.shared_error)


def met_probability(task: Task, starts: Sequence[Start]) -> float:
    """How often a plan meets all its targets together when effects vary over their ranges; the draws repeat exactly."""
    given = Robustness(0.5, np.random.default_rng(SEED).standard_normal, draws=LOOK_DRAWS)
    if task.robustness is not None:
        given = replace(given, shared_error=task.robustness.shared_error)
    drawn = simulate(task, starts, given)
    asked = task.target_kgco2e()
    room = task.baseline_kgco2e * TOLERANCE
    on = [place for place, year in enumerate(task.years) if asked.get(year, 0.0) > 0]
    met = (drawn[:, on] >= np.array([asked[task.years[place]] for place in on]) - room).all(axis=1)
    return float(met.mean())


def _shadow_price(task: Task, search: Search) -> ShadowPrice | None:
    """What another euro of budget would bring, targets apart; None without a budget in euros above nothing."""
    try:
        return budget_shadow_price(replace(task, targets=(), robustness=None), search)
    except NoBudget:
        return None
