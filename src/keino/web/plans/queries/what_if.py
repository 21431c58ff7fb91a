"""A computed plan under other numbers: worked out at once for its measures, nothing optimised, nothing saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keino.web.plans.plan_json import measures_of
from keino.web.plans.queries.reduction_plans import task_of_plan

if TYPE_CHECKING:
    from keino.domain.plans.evaluation import YearOutcome
    from keino.domain.plans.measures import Measure
    from keino.domain.plans.task import Limits, Task
    from keino.web.plans.models import ReductionPlan


@dataclass(frozen=True)
class AsPlanned:
    """What a plan was computed with, as the form begins."""

    target_year: int | None
    target_share: float | None
    probability: float | None
    has_budget: bool

    @classmethod
    def of(cls, plan: ReductionPlan) -> AsPlanned:
        """From the plan's wishes."""
        targets = plan.wishes.get("targets", ())
        last = max(targets, key=lambda each: each["year"], default=None)
        return cls(
            last["year"] if last else None,
            last.get("reduction_share") if last else None,
            plan.wishes.get("plan", {}).get("probability"),
            bool(plan.wishes.get("budgets")),
        )

    def form_values(self) -> dict[str, float | None]:
        """The form's numbers where nothing is changed."""
        return {
            "effect": 1.0,
            "cost": 1.0,
            "budget": 1.0,
            "target": self.target_share,
            "probability": self.probability,
        }


@dataclass(frozen=True)
class Seen:
    """What the plan's own measures do under other numbers: kgCO2e, €, what breaks, and how sure the targets are.

    ``probability`` is of meeting all targets when effects vary over their ranges; None without a target.
    """

    years: tuple[YearOutcome, ...]
    baseline_kgco2e: float
    cost_eur: float
    cost_before_eur: float
    reduction_kgco2e: float
    reduction_before_kgco2e: float
    broken: tuple[tuple[str, int | None], ...]
    targets_met: bool
    probability: float | None
    is_sure_enough: bool | None


def look(plan: ReductionPlan, given: Mapping[str, float | None]) -> Seen:
    """Work out a computed plan under other numbers (shares of what it counts with; None = as planned)."""
    from keino.domain.plans.evaluation import Start, evaluate
    from keino.engine.plan_result import met_probability

    kept = plan.result or {}
    task = _changed(task_of_plan(plan), given)
    starts = tuple(Start(each["start_year"], each["measure"]) for each in kept["chosen"])
    outcome = evaluate(replace(task, robustness=None), starts)
    probability = met_probability(task, starts) if task.targets else None
    wanted = given.get("probability")
    return Seen(
        years=outcome.years,
        baseline_kgco2e=task.baseline_kgco2e,
        cost_eur=outcome.cost_eur,
        cost_before_eur=kept["cost_eur"],
        reduction_kgco2e=outcome.reduction_kgco2e,
        reduction_before_kgco2e=kept["reduction_kgco2e"],
        broken=outcome.broken,
        targets_met=outcome.targets_met,
        probability=probability,
        is_sure_enough=None if probability is None or wanted is None else probability >= wanted,
    )


def changed_wishes(plan: ReductionPlan, given: Mapping[str, float | None]) -> dict[str, Any]:
    """The top keys of a plan's wishes that ask for the same numbers from the optimiser."""
    wishes = plan.wishes
    general = dict(wishes.get("plan", {}))
    general.pop("probability", None)
    if given.get("probability") is not None:
        general["probability"] = given["probability"]
    targets = [dict(each) for each in wishes.get("targets", ())]
    if targets and given.get("target") is not None:
        last = max(targets, key=lambda each: each["year"])
        last.pop("reduction_kgco2e", None)
        last["reduction_share"] = given["target"]
    factor = _or_one(given.get("budget"))
    budgets = {
        name: {year: value * factor for year, value in limit.items()} if isinstance(limit, Mapping) else limit * factor
        for name, limit in wishes.get("budgets", {}).items()
    }
    return {"plan": general, "targets": targets, "budgets": budgets, "measures": _measures(plan, given)}


def _measures(plan: ReductionPlan, given: Mapping[str, float | None]) -> dict[str, Any]:
    """What is said of each measure, with costs and effects changed where that is asked."""
    from keino.domain.plans.measure_effects import measure_effects
    from keino.facts.read import read

    wishes = plan.wishes
    said = {code: dict(each) for code, each in wishes.get("measures", {}).items()}
    effect, cost = _or_one(given.get("effect")), _or_one(given.get("cost"))
    if effect == cost == 1:
        return said
    published = {each.code: each for each in measure_effects(read("measures").rows)}
    own = wishes.get("own_measures", {})
    for measure in measures_of(plan.result or {}):
        words = said.setdefault(measure.code, {})
        words |= {
            "investment_eur": _dearer(measure.investment, cost),
            "running_eur_per_year": _dearer(measure.running, cost),
            "lifetime_years": measure.lifetime_years,
        }
        if effect == 1:
            continue
        given_effect = words.get("effect") or own.get(measure.code, {}).get("effect")
        if given_effect is None and measure.code in published:
            part = words.pop("part", None)
            share = published[measure.code].technical_share({} if part is None else {measure.code: _estimate(part)})
            given_effect = None if share is None else [share.low, share.mid, share.high]
        if given_effect is not None:
            numbers = given_effect if isinstance(given_effect, list) else [given_effect]
            words["effect"] = [min(1.0, number * effect) for number in numbers]
    return said


def _estimate(value: Any) -> Any:
    from keino.domain.plans.estimates import Estimate

    return Estimate(*value) if isinstance(value, list) else Estimate.exactly(value)


def _or_one(value: float | None) -> float:
    return 1.0 if value is None else value


def _dearer(value: float, factor: float) -> float:
    """A cost times a factor; what a measure saves stays."""
    return value * factor if value > 0 else value


def _changed(task: Task, given: Mapping[str, float | None]) -> Task:
    from keino.domain.plans.task import Target

    targets = task.targets
    if targets and given.get("target") is not None:
        last = max(targets, key=lambda each: each.year)
        targets = tuple(
            Target(each.year, reduction_share=given["target"]) if each is last else each for each in targets
        )
    effect, cost = _or_one(given.get("effect")), _or_one(given.get("cost"))
    return replace(
        task,
        measures=tuple(_other(measure, effect, cost) for measure in task.measures),
        limits=_limits(task.limits, _or_one(given.get("budget"))),
        targets=targets,
    )


def _other(measure: Measure, effect: float, cost: float) -> Measure:
    from keino.domain.plans.estimates import Estimate

    share = measure.share
    if share is not None:
        share = Estimate(*(min(1.0, value * effect) for value in (share.low, share.mid, share.high)))
    kgco2e = measure.kgco2e_per_year.scaled(effect) if measure.kgco2e_per_year else None
    return replace(
        measure,
        share=share,
        kgco2e_per_year=kgco2e,
        investment_eur=_dearer(measure.investment, cost),
        running_eur_per_year=_dearer(measure.running, cost),
    )


def _limits(limits: Limits, factor: float) -> Limits:
    def times(by_year: Mapping[int, float]) -> dict[int, float]:
        return {year: value * factor for year, value in by_year.items()}

    return replace(
        limits,
        investment_eur=times(limits.investment_eur),
        running_eur=times(limits.running_eur),
        staff_days=times(limits.staff_days),
        total_eur=None if limits.total_eur is None else limits.total_eur * factor,
    )
