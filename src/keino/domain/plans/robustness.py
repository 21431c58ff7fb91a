"""How sure a plan is to meet its targets when effects vary over their ranges.

The true share of a measure is triangular over (low, mid, high) at the quantile Φ(√ρ g + √(1 − ρ) e): g is one standard
normal number per category, e one per measure, ρ the part of the variation that a category shares. It is the same in
every year.
"""

from __future__ import annotations

from functools import cache
from math import erf, sqrt
from typing import TYPE_CHECKING

import numpy as np

from keino.domain.plans.solver import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keino.domain.plans.estimates import Estimate
    from keino.domain.plans.evaluation import Start
    from keino.domain.plans.measures import Measure
    from keino.domain.plans.solver import Floats, Program, Terms
    from keino.domain.plans.task import Robustness, Task

_DRAWS_AT_ONCE = 2000


def spread(effect: Estimate) -> float:
    """Standard deviation of the triangular distribution over a range."""
    low, mid, high = effect.low, effect.mid, effect.high
    return sqrt(max(low**2 + mid**2 + high**2 - low * mid - low * high - mid * high, 0.0) / 18)


class Spread:
    """The standard deviation of one year's reduction as a column, bounded from below by tangents.

    Overlap is left out of it, which makes it larger than it is. √(Σ_category ρ (Σ σ)² + (1 − ρ) Σ σ²) is convex in the
    measures in force, so a tangent is valid everywhere.
    """

    def __init__(
        self, program: Program, task: Task, in_force: Sequence[tuple[Measure, Terms]], size_per_kgco2e: float
    ) -> None:
        assert task.robustness is not None
        self._shared = task.robustness.shared_error
        self._terms = [terms for _, terms in in_force]
        sizes = (spread(task.share(each)) * max(task.footprints_kgco2e[each.category], 0.0) for each, _ in in_force)
        self._sigma: Floats = np.array([size * size_per_kgco2e for size in sizes])
        codes = {code: n for n, code in enumerate(dict.fromkeys(each.category for each, _ in in_force))}
        self._category = np.array([codes[each.category] for each, _ in in_force], dtype=int)
        self.column = program.column()
        program.rows.append(self._tangent(np.ones(len(in_force))))

    def cuts(self, values: Floats, tolerance: float) -> list[Row]:
        """The tangent at a solution whose column is too small by more than ``tolerance``."""
        on = np.array([sum(factor * values[column] for column, factor in terms.items()) for terms in self._terms])
        size, _ = self._at(on)
        return [self._tangent(on)] if values[self.column] < size - tolerance else []

    def _at(self, on: Floats) -> tuple[float, Floats]:
        """The standard deviation and its slopes."""
        parts = self._sigma * on
        sums = np.bincount(self._category, weights=parts) if len(parts) else np.zeros(0)
        size = float(np.sqrt(self._shared * (sums**2).sum() + (1 - self._shared) * (parts**2).sum()))
        if size == 0:
            return 0.0, np.zeros(len(parts))
        return size, self._sigma * (self._shared * sums[self._category] + (1 - self._shared) * parts) / size

    def _tangent(self, on: Floats) -> Row:
        terms: dict[int, float] = {self.column: 1.0}
        for slope, columns in zip(self._at(on)[1], self._terms, strict=True):
            for column, factor in columns.items():
                terms[column] = terms.get(column, 0.0) - float(slope) * factor
        return Row(terms, low=0.0)


def spreads(task: Task, starts: Sequence[Start]) -> Floats:
    """The standard deviation in kgCO2e that ``Spread`` gives a plan, for each plan year."""
    from keino.domain.plans.solver import Program

    measures = {measure.code: measure for measure in task.measures}
    found = []
    for year in task.years:
        on = [measures[s.measure] for s in starts if year in task.years_in_force(measures[s.measure], s.year)]
        one = Spread(Program(), task, [(measure, {}) for measure in on], 1.0)
        found.append(one._at(np.ones(len(on)))[0])  # noqa: SLF001 # the same formula, at a plan
    return np.array(found)


def simulate(task: Task, starts: Sequence[Start], given: Robustness) -> Floats:
    """Draw effects and return the plan's reduction in kgCO2e, shape [draws, years]."""
    measures = {measure.code: measure for measure in task.measures}
    chosen = [measures[start.measure] for start in starts]
    years = np.array(
        [[year in task.years_in_force(m, s.year) for year in task.years] for m, s in zip(chosen, starts, strict=True)]
    )
    codes = tuple(dict.fromkeys(measure.category for measure in chosen))
    found = np.zeros((given.draws, len(task.years)))
    for first in range(0, given.draws, _DRAWS_AT_ONCE):
        rows = slice(first, min(first + _DRAWS_AT_ONCE, given.draws))
        count = rows.stop - rows.start
        common, own = given.draw((count, len(codes))), given.draw((count, len(chosen)))
        for n, code in enumerate(codes):
            of = [k for k, measure in enumerate(chosen) if measure.category == code]
            mixed = sqrt(given.shared_error) * common[:, [n]] + sqrt(1 - given.shared_error) * own[:, of]
            share = np.column_stack([triangular(task.share(chosen[k]), phi(mixed[:, j])) for j, k in enumerate(of)])
            depth = -np.log1p(-np.minimum(share, 1 - 1e-12))
            found[rows] += max(task.footprints_kgco2e[code], 0.0) * -np.expm1(-(depth @ years[of]))
    return found


def triangular(effect: Estimate, quantile: Floats) -> Floats:
    """Values of the triangular distribution over a range, at quantiles.

    >>> from keino.domain.plans.estimates import Estimate
    >>> triangular(Estimate(0.0, 1.0, 2.0), np.array([0.0, 0.125, 0.5, 1.0])).tolist()
    [0.0, 0.5, 1.0, 2.0]
    """
    low, mid, high = effect.low, effect.mid, effect.high
    if high == low:
        return np.full(len(quantile), mid)
    rising = low + np.sqrt(quantile * (high - low) * (mid - low))
    falling = high - np.sqrt((1 - quantile) * (high - low) * (high - mid))
    return np.where(quantile < (mid - low) / (high - low), rising, falling)


def phi(z: Floats) -> Floats:
    """The standard normal distribution function, from a table; exact to 1e-7."""
    at, values = _table()
    return np.interp(z, at, values)


@cache
def _table() -> tuple[Floats, Floats]:
    at = np.linspace(-6, 6, 12_001)
    return at, np.array([(1 + erf(z / sqrt(2))) / 2 for z in at])
