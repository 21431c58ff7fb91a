"""Marginal abatement cost: what a tonne costs, measure by measure, cheapest first.

Method: docs/methods/plan-optimiser.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keino.domain.plans.measures import check_measures
from keino.units import KG_PER_TONNE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keino.domain.plans.measures import Measure


@dataclass(frozen=True)
class Step:
    """One measure on the curve.

    ``cost_eur_per_tonne`` is of the measure alone. ``tonnes_alone`` and ``tonnes_added`` a year: without the others,
    and after the cheaper ones of its category; ``cumulative_tonnes`` sums what is added.
    """

    measure: str
    cost_eur_per_tonne: float
    cost_eur_per_year: float
    tonnes_alone: float
    tonnes_added: float
    cumulative_tonnes: float


@dataclass(frozen=True)
class Curve:
    """The curve, and what is not on it.

    ``cost_unknown``: no cost is known. ``no_effect``: nothing to divide by. ``excluded``: a cheaper measure of
    the same exclusive group is on the curve: (measure, by which).
    """

    steps: tuple[Step, ...]
    cost_unknown: tuple[str, ...]
    no_effect: tuple[str, ...]
    excluded: tuple[tuple[str, str], ...]


def annuity(rate: float, years: int) -> float:
    """What has to be paid each year, at the year's end, for each euro borrowed for ``years`` at interest ``rate``.

    >>> round(annuity(0.05, 10), 6)
    0.129505
    """
    return float(rate / (1 - (1 + rate) ** -years)) if rate else 1 / years


def abatement_curve(
    measures: Sequence[Measure], footprints_kgco2e: Mapping[str, float], *, discount_rate: float = 0.0
) -> Curve:
    """Put measures in order of € per tonne, by their most likely effect.

    cost a year = investment × annuity(discount_rate, lifetime) + running cost; ties in order of the code.
    Prerequisites and start years play no part: the curve shows what there is, the optimiser what to do.
    """
    check_measures(measures, footprints_kgco2e)
    unknown = tuple(measure.code for measure in measures if not measure.has_cost)
    tonnes = {measure.code: _tonnes_alone(measure, footprints_kgco2e) for measure in measures}
    idle = tuple(measure.code for measure in measures if measure.has_cost and tonnes[measure.code] <= 0)
    yearly = {
        measure.code: measure.investment * annuity(discount_rate, measure.lifetime_years) + measure.running
        for measure in measures
        if measure.has_cost
    }
    usable = [measure for measure in measures if measure.has_cost and tonnes[measure.code] > 0]
    usable.sort(key=lambda measure: (yearly[measure.code] / tonnes[measure.code], measure.code))
    steps, excluded = _climb(usable, tonnes, yearly, footprints_kgco2e)
    return Curve(steps, unknown, idle, excluded)


def _climb(
    usable: Sequence[Measure],
    tonnes: Mapping[str, float],
    yearly: Mapping[str, float],
    footprints_kgco2e: Mapping[str, float],
) -> tuple[tuple[Step, ...], tuple[tuple[str, str], ...]]:
    """Steps in the order given, each on what those before it leave, and those that one before excludes."""
    taken: dict[str, str] = {}
    left: dict[str, float] = {}
    steps: list[Step] = []
    excluded: list[tuple[str, str]] = []
    for measure in usable:
        rival = next((taken[group] for group in measure.exclusive_groups if group in taken), None)
        if rival is not None:
            excluded.append((measure.code, rival))
            continue
        taken.update(dict.fromkeys(measure.exclusive_groups, measure.code))
        alone, rest = tonnes[measure.code], left.get(measure.category, 1.0)
        left[measure.category] = rest * (1 - _share(measure, footprints_kgco2e))
        before = steps[-1].cumulative_tonnes if steps else 0.0
        cost = yearly[measure.code]
        steps.append(Step(measure.code, cost / alone, cost, alone, alone * rest, before + alone * rest))
    return tuple(steps), tuple(excluded)


def _share(measure: Measure, footprints_kgco2e: Mapping[str, float]) -> float:
    return measure.share_of(footprints_kgco2e[measure.category]).mid


def _tonnes_alone(measure: Measure, footprints_kgco2e: Mapping[str, float]) -> float:
    footprint = max(footprints_kgco2e[measure.category], 0.0)
    return _share(measure, footprints_kgco2e) * footprint / KG_PER_TONNE if footprint else 0.0
