"""The planned path beside the measured one, and of each measure: did it show?

Only the intensity part of a change (``plans.followup``) can be a measure's doing: prices, volume, mix, editions and
perimeter are taken out. It is compared with the plan, and with how uncertain it is itself. What can't be told is said
to be so. Method: docs/methods/follow-up.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from keino.domain.carbon.divisia import logarithmic_mean
from keino.domain.carbon.uncertainty import Z95

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keino.domain.carbon.factors import Coefficient

Answer = Literal["shown", "not_shown", "cannot_be_told"]

#: Why an answer is what it is; every code belongs to one answer only, save ``compared``, which the numbers decide.
REASONS = (
    "compared",  # plan and measurement were compared
    "works_by_volume",  # the measure means to buy less, which prices and needs change as well
    "no_measurement",  # no price level is known, or nothing was bought in one of the years
    "average_factor",  # both years use factors of a whole industry, which know of no single contract
    "within_uncertainty",  # the plan is smaller than the uncertainty of the measured effect
    "other_measures",  # other measures in the category may have done it, or undone it
)


@dataclass(frozen=True)
class PlannedReduction:
    """What a measure is planned to have taken off a category in a year: kgCO2e below the base year, at its volume."""

    measure: str
    category: str
    reduction_kgco2e: float
    acts_on: Literal["intensity", "volume"] = "intensity"


@dataclass(frozen=True)
class MeasuredChange:
    """What was measured of a category between the base year and the year: kgCO2e, minus is less.

    ``base_kgco2e`` is the comparable footprint of the base year. ``half_width_kgco2e`` is half of the 95 % interval
    around the intensity effect. ``is_own_factor``: the factors of both years are the buyer's own (a contract, a
    supplier), not averages of an industry.
    """

    category: str
    base_kgco2e: float
    intensity_kgco2e: float | None
    half_width_kgco2e: float | None
    is_own_factor: bool


@dataclass(frozen=True)
class PathPoint:
    """A category in the year at the volume and prices of the base year: planned, and measured with 95 % interval."""

    category: str
    base_kgco2e: float
    planned_kgco2e: float
    measured_kgco2e: float | None
    low_kgco2e: float | None
    high_kgco2e: float | None


@dataclass(frozen=True)
class MeasureAnswer:
    """Whether a measure showed, why that is the answer, and the numbers behind it (reductions, plus is less emitted).

    ``measured_reduction_kgco2e`` is that of the whole category, ``falls_short`` whether it is surely below the plan of
    this measure.
    """

    measure: str
    category: str
    answer: Answer
    reason: str
    planned_reduction_kgco2e: float
    measured_reduction_kgco2e: float | None
    half_width_kgco2e: float | None
    falls_short: bool


def did_it_show(plan: Sequence[PlannedReduction], measured: Iterable[MeasuredChange]) -> tuple[MeasureAnswer, ...]:
    """Answer for every measure of the plan, in its order.

    With the measured reduction M ± U of the category, the plan p of the measure and the plan P of all its measures:
    not shown when M + U < p (even if no other measure did anything, its plan is not there); shown when M − U > P − p
    (even if all others did all they should, something is left that needs it). Otherwise, and where U ≥ p, it can't be
    told. A measure alone in its category has P = p.
    """
    known = {change.category: change for change in measured}
    sums = _planned(plan)
    return tuple(_answer(item, known.get(item.category), sums.get(item.category, 0.0)) for item in plan)


def _answer(item: PlannedReduction, change: MeasuredChange | None, planned: float) -> MeasureAnswer:
    effect = change.intensity_kgco2e if change is not None else None
    width = change.half_width_kgco2e if change is not None else None
    reduction = None if effect is None else -effect
    answer, reason = _judged(item, change, planned)
    is_compared = reason == "compared" and reduction is not None and width is not None
    return MeasureAnswer(
        measure=item.measure,
        category=item.category,
        answer=answer,
        reason=reason,
        planned_reduction_kgco2e=item.reduction_kgco2e,
        measured_reduction_kgco2e=reduction,
        half_width_kgco2e=width,
        falls_short=is_compared and (reduction or 0.0) + (width or 0.0) < item.reduction_kgco2e,
    )


def _judged(item: PlannedReduction, change: MeasuredChange | None, planned: float) -> tuple[Answer, str]:
    if item.acts_on == "volume":
        return "cannot_be_told", "works_by_volume"
    if change is None or change.intensity_kgco2e is None or change.half_width_kgco2e is None:
        return "cannot_be_told", "no_measurement"
    if not change.is_own_factor:
        return "cannot_be_told", "average_factor"
    if item.reduction_kgco2e <= change.half_width_kgco2e:
        return "cannot_be_told", "within_uncertainty"
    return _compared(item.reduction_kgco2e, planned, -change.intensity_kgco2e, change.half_width_kgco2e)


def _compared(mine: float, planned: float, reduction: float, width: float) -> tuple[Answer, str]:
    others = planned - mine
    if reduction - width > others:
        return "shown", "compared"
    if reduction + width < mine:
        return "not_shown", "compared"
    return "cannot_be_told", "other_measures" if others > 0 and reduction - width > 0 else "within_uncertainty"


def measured_path(plan: Sequence[PlannedReduction], measured: Iterable[MeasuredChange]) -> tuple[PathPoint, ...]:
    """Return the planned and the measured path of every category with a measurement, in its order.

    planned = base − planned reductions of measures on intensity; measured = base + intensity effect.
    """
    planned = _planned(plan)
    return tuple(_point(change, planned.get(change.category, 0.0)) for change in measured)


def _planned(plan: Iterable[PlannedReduction]) -> dict[str, float]:
    """Planned reductions of intensity by category, kgCO2e."""
    sums: dict[str, float] = {}
    for item in plan:
        if item.acts_on == "intensity":
            sums[item.category] = sums.get(item.category, 0.0) + item.reduction_kgco2e
    return sums


def _point(change: MeasuredChange, reduction: float) -> PathPoint:
    now = None if change.intensity_kgco2e is None else change.base_kgco2e + change.intensity_kgco2e
    width = change.half_width_kgco2e
    low, high = (None, None) if now is None or width is None else (now - width, now + width)
    return PathPoint(change.category, change.base_kgco2e, change.base_kgco2e - reduction, now, low, high)


def unshared_errors(first: Coefficient, last: Coefficient) -> dict[str, float]:
    """Errors of the ratio of two years' factors on the ln scale, by label.

    What both years share, such as the error of the product, drops out; what is left is each year's own. The errors of
    the buyer's own factors are shared only where both years have them from one source. Of several products the errors
    are weighted by their part of the factor (first order).
    """
    before, after = _weighted_errors(first), _weighted_errors(last)
    return {label: after.get(label, 0.0) - before.get(label, 0.0) for label in (*before, *after)}


def _weighted_errors(made: Coefficient) -> dict[str, float]:
    errors: dict[str, float] = {}
    for part in made.parts:
        weight = part.share * part.kgco2e_per_unit / made.kgco2e_per_unit if made.kgco2e_per_unit else part.share
        mark_of_source = f":{part.source}" if made.link_origin == "own_factor" else ""
        for label, ln_sd in part.errors:
            name = label + mark_of_source
            errors[name] = errors.get(name, 0.0) + weight * ln_sd
    return errors


def half_width(parts: Iterable[tuple[float, float, Mapping[str, float]]]) -> float | None:
    """Half of the 95 % interval around the sum of intensity effects, in kgCO2e; first order.

    ``parts``: of each category the comparable footprints of both years, and its unshared errors. Errors of one label
    are the same error. None where a footprint is negative, since the effect is no logarithm then. The price index is
    taken to be right.
    """
    sums: dict[str, float] = {}
    for start, end, errors in parts:
        if min(start, end) < 0:
            return None
        weight = logarithmic_mean(start, end) if min(start, end) > 0 else 0.0
        for label, ln_sd in errors.items():
            sums[label] = sums.get(label, 0.0) + weight * ln_sd
    return Z95 * math.sqrt(math.fsum(value**2 for value in sums.values()))
