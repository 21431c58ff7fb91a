"""What each measure of a plan takes away, year by year, so that the parts add up to the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from keino.domain.plans.evaluation import Start, reductions
from keino.domain.plans.overlap import LEFT
from keino.domain.plans.task import Task


@dataclass(frozen=True)
class MeasureReduction:
    """What a measure takes away in a year, in kgCO2e."""

    measure: str
    category: str
    year: int
    reduction_kgco2e: float


def measure_reductions(task: Task, starts: Sequence[Start]) -> tuple[MeasureReduction, ...]:
    """Share each category's reduction of a year out to the measures in force, by −ln(1 − share).

    Measures of a category act on what the others leave, so none of them takes away what it would alone. By logarithms
    the order in which they come does not matter.
    """
    measures = {measure.code: measure for measure in task.measures}
    found = []
    for year in task.years:
        on = [measures[s.measure] for s in starts if year in task.years_in_force(measures[s.measure], s.year)]
        whole = reductions(task, on)
        depth = {measure.code: -log1p(-min(task.planning_share(measure), 1 - LEFT)) for measure in on}
        for measure in on:
            all_of_it = sum(depth[other.code] for other in on if other.category == measure.category)
            part = depth[measure.code] / all_of_it if all_of_it else 0.0
            found.append(MeasureReduction(measure.code, measure.category, year, whole[measure.category] * part))
    return tuple(sorted(found, key=lambda each: (each.measure, each.year)))
