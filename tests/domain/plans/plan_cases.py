"""Small plans, and a search through all of them that knows nothing of the optimiser."""

from __future__ import annotations

from itertools import product
from math import prod

from keino.domain.plans.estimates import Estimate
from keino.domain.plans.measures import Measure
from keino.domain.plans.task import Task

exactly = Estimate.exactly

YEARS = (2026, 2027, 2028)


def measure(code: str, category: str = "HEAT", share: float | Estimate | None = 0.2, **other) -> Measure:
    effect = exactly(share) if isinstance(share, float) else share
    given = {"lifetime_years": 10, "investment_eur": 100.0, "running_eur_per_year": 0.0, "share": effect}
    return Measure(code, category, **{**given, **other})


def task(*measures: Measure, **other) -> Task:
    given = {"footprints_kgco2e": {"HEAT": 1000.0, "FOOD": 500.0}, "baseline_year": 2025, "years": YEARS}
    return Task(measures, **{**given, **other})


def every_plan(asked: Task):
    """Every set of starts that obeys calendar, prerequisites and exclusive groups, as {code: year}."""
    choices = [[None, *[y for y in asked.years if m.start_years is None or y in m.start_years]] for m in asked.measures]
    for years in product(*choices):
        begun = {m.code: y for m, y in zip(asked.measures, years, strict=True) if y is not None}
        if _logical(asked, begun):
            yield begun


def _logical(asked: Task, begun: dict[str, int]) -> bool:
    used: list[str] = []
    for m in asked.measures:
        if m.code in begun:
            used += m.exclusive_groups
            if any(begun.get(needed, 9999) > begun[m.code] for needed in m.prerequisites):
                return False
    return len(used) == len(set(used))


def figures(asked: Task, begun: dict[str, int]) -> dict:
    """Cost, reductions and what is used by year, from the definitions."""
    rows = [(m, begun[m.code]) for m in asked.measures if m.code in begun]
    found = {"cost": 0.0, "reduction": {}, "investment_eur": {}, "running_eur": {}, "staff_days": {}}
    for n, year in enumerate(asked.years):
        on = [(m, s) for m, s in rows if s <= year <= s + m.lifetime_years - 1]
        found["investment_eur"][year] = sum(m.investment_eur for m, s in on if s == year)
        found["running_eur"][year] = sum(m.running_eur_per_year for m, s in on)
        found["staff_days"][year] = sum(m.staff_days_start if s == year else m.staff_days_per_year for m, s in on)
        found["reduction"][year] = sum(
            kg
            * (
                1
                - prod(
                    1 - (m.share.mid if m.share else m.kgco2e_per_year.mid / kg) for m, _ in on if m.category == code
                )
            )
            for code, kg in asked.footprints_kgco2e.items()
        )
        found["cost"] += (found["investment_eur"][year] + found["running_eur"][year]) / (1 + asked.discount_rate) ** n
    return found


def within(asked: Task, found: dict) -> bool:
    for name in ("investment_eur", "running_eur", "staff_days"):
        if any(found[name][year] > limit + 1e-6 for year, limit in getattr(asked.limits, name).items()):
            return False
    return asked.limits.total_eur is None or found["cost"] <= asked.limits.total_eur + 1e-6


def meets(asked: Task, found: dict) -> bool:
    baseline = sum(asked.footprints_kgco2e.values())
    return all(
        found["reduction"][t.year]
        >= (t.reduction_kgco2e if t.reduction_share is None else t.reduction_share * baseline) - 1e-6
        for t in asked.targets
    )
