"""How much of a footprint procurement can still take away by a target year, category by category.

potential = footprint × technical share × influence × timing, each low, middle and high. A category for which no source
gives a technical share is "not assessed", never 0. Method: docs/methods/potential.md.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from keino.domain.plans.estimates import Estimate, share, total
from keino.domain.plans.influence import Contract, GivenReach, Reach, reach
from keino.domain.plans.measure_effects import MeasureEffect, combined_share, covers, without_alternatives
from keino.errors import UsageError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: What is said of a category without a potential.
NOT_ASSESSED_LABEL = mark("footprint only, potential not assessed")

#: Why a category has no potential.
NOT_ASSESSED = {
    "no_footprint": mark("no footprint above zero is known"),
    "no_measure": mark("no measure of this category is in the table"),
    "no_cited_effect": mark("no source gives the effect of its measures as a share"),
    "part_unknown": mark(
        "the effect is known for a part of the category, and the size of that part is not; give it to assess"
    ),
}

#: What a result rests on, besides its sources.
ASSUMPTIONS = {
    "footprint_stays": mark("Without measures the footprint of the target year would be today's."),
    "bounds_together": mark("Low is where everything turns out low at once, high where everything turns out high."),
    "reach_assumed": mark("{category}: no contracts are known, so all of it counts as open and in time."),
    "reach_given": mark("{category}: influence or timing is the buyer's own estimate."),
    "contracts_stand_for_all": mark("{category}: the known contracts stand for the whole category."),
    "contract_end_unknown": mark("{category}: contracts without an end date count as closed."),
    "part_given": mark("{measure} in {category}: the size of the part is the buyer's own estimate."),
    "range_not_published": mark("{measure} in {category}: the source gives one number and no range."),
    "effect_claimed": mark("{measure} in {category}: the effect is told by those concerned, not checked by others."),
    "main_category": mark(
        "{measure} in {category}: the effect is known for the main category and is applied to each part of it."
    ),
    "alternative_left": mark("{measure} in {category}: not counted, another measure that excludes it is."),
    "limited_availability": mark("{measure} in {category}: the source says that the market offers little of it."),
}


class RepeatedCategory(UsageError):
    """A category stands in more than one row, which would count its measures twice."""

    code = "repeated_category"
    template = "The category {category} stands in more than one row. Sum its rows first, so that nothing counts twice."


class BadTarget(UsageError):
    """A target that can't be reckoned with."""

    code = "bad_target"
    template = (
        "A reduction of {reduction_share} from {baseline_kgco2e} kgCO2e is no target, so the gap can't be told. Give a "
        "baseline of zero or more, and a share from 0 to 1 (0.4 for 40 %)."
    )


@dataclass(frozen=True)
class CategoryFootprint:
    """Yearly footprint of a category in kgCO2e; None = no factor."""

    category: str
    footprint_kgco2e: Estimate | None


@dataclass(frozen=True)
class TargetLevel:
    """How little the buyer means to emit: by ``year``, ``reduction_share`` (0–1) less than ``baseline_kgco2e``.

    Without baseline or share the year still decides about timing, and no gap is told. Raises BadTarget.
    """

    year: int
    baseline_kgco2e: float | None = None
    reduction_share: float | None = None

    def __post_init__(self) -> None:
        baseline, reduction = self.baseline_kgco2e, self.reduction_share
        baseline_is_good = baseline is None or (math.isfinite(baseline) and baseline >= 0)
        if not baseline_is_good or not (reduction is None or 0 <= reduction <= 1):
            raise BadTarget(reduction_share=reduction, baseline_kgco2e=baseline)


@dataclass(frozen=True)
class Assumption:
    """One thing a result rests on: a code of ASSUMPTIONS, and the category and measure it speaks of."""

    code: str
    category: str = ""
    measure: str = ""


@dataclass(frozen=True)
class CategoryPotential:
    """Potential of one category, in kgCO2e a year; all of it None but the footprint where ``not_assessed`` says why.

    ``measures`` were counted, ``alternatives`` left aside because a counted one excludes them; ``sources`` are keys of
    publications.
    """

    rank: int
    category: str
    footprint_kgco2e: Estimate | None
    technical_share: Estimate | None = None
    reach: Reach | None = None
    potential_kgco2e: Estimate | None = None
    measures: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    not_assessed: str = ""
    assumptions: tuple[Assumption, ...] = ()


@dataclass(frozen=True)
class CurvePoint:
    """Potential of a category and all ranked before it: kgCO2e a year, and the middle as a share of the footprint."""

    rank: int
    category: str
    cumulative_kgco2e: Estimate
    share_of_footprint: float


@dataclass(frozen=True)
class TargetGap:
    """What is missing from a target, in kgCO2e a year.

    ``allowed``: what the target leaves; ``needed``: footprint − allowed (negative = reached already);
    ``gap`` = needed − potential (negative = more than enough; low = with the high potential).
    """

    allowed_kgco2e: float
    needed_kgco2e: float
    gap_kgco2e: Estimate


@dataclass(frozen=True)
class Potential:
    """Ranked categories, the curve over those assessed, totals in kgCO2e a year, gap to the target, assumptions."""

    rows: tuple[CategoryPotential, ...]
    curve: tuple[CurvePoint, ...]
    footprint_kgco2e: Estimate
    assessed_footprint_kgco2e: Estimate
    potential_kgco2e: Estimate
    gap: TargetGap | None
    assumptions: tuple[Assumption, ...] = field(default=())


def potential(
    footprints: Sequence[CategoryFootprint],
    measures: Sequence[MeasureEffect],
    target: TargetLevel,
    *,
    contracts: Sequence[Contract] = (),
    given: Mapping[str, GivenReach] | None = None,
    parts: Mapping[str, Estimate] | None = None,
) -> Potential:
    """Return the potential of every category, largest first (middle value; ties in order of the code).

    Categories that are not assessed come last, largest footprint first. ``contracts`` and ``given`` decide influence
    and timing (see ``influence.reach``); ``parts`` are the buyer's own shares of the part that a measure works on, by
    code of the measure. Raises RepeatedCategory, BadShare and NegativeContract.
    """
    _no_repeats(footprints)
    found = [
        _assessed(row, measures, parts or {}, reach(row.category, contracts, given or {}, target_year=target.year))
        for row in footprints
    ]
    rows = tuple(_ranked(found))
    footprint = total(row.footprint_kgco2e for row in rows if row.footprint_kgco2e)
    whole = total(row.potential_kgco2e for row in rows if row.potential_kgco2e)
    assessed = total(row.footprint_kgco2e for row in rows if row.potential_kgco2e and row.footprint_kgco2e)
    general = (Assumption("footprint_stays"), Assumption("bounds_together"))
    assumptions = (*general, *(assumption for row in rows for assumption in row.assumptions))
    gap = gap_to_target(target, footprint.mid, whole)
    return Potential(rows, _curve(rows, footprint.mid), footprint, assessed, whole, gap, assumptions)


def gap_to_target(target: TargetLevel, footprint_kgco2e: float, potential_kgco2e: Estimate) -> TargetGap | None:
    """Return what is missing from the target when all of the potential is used; None without baseline or share.

    ``footprint_kgco2e``: the whole footprint, of categories that are not assessed too.

    >>> gap_to_target(TargetLevel(2030, 1000.0, 0.5), 900.0, Estimate(100.0, 250.0, 500.0)).gap_kgco2e
    Estimate(low=-100.0, mid=150.0, high=300.0)
    """
    if target.baseline_kgco2e is None or target.reduction_share is None:
        return None
    allowed = target.baseline_kgco2e * (1 - target.reduction_share)
    needed = footprint_kgco2e - allowed
    low, mid, high = (needed - kg for kg in (potential_kgco2e.high, potential_kgco2e.mid, potential_kgco2e.low))
    return TargetGap(allowed, needed, Estimate(low, mid, high))


def _no_repeats(footprints: Sequence[CategoryFootprint]) -> None:
    for category, count in Counter(row.category for row in footprints).items():
        if count > 1:
            raise RepeatedCategory(category=category)


def _assessed(
    row: CategoryFootprint, measures: Sequence[MeasureEffect], parts: Mapping[str, Estimate], found: Reach
) -> CategoryPotential:
    """Return the potential of one category, still without its rank (0)."""
    mine = [measure for measure in measures if covers(measure.category, row.category)]
    known = [(measure, effect) for measure in mine if (effect := measure.technical_share(parts)) is not None]
    reason = _reason(row, mine, known)
    if reason or row.footprint_kgco2e is None:
        return CategoryPotential(0, row.category, row.footprint_kgco2e, not_assessed=reason)
    counted, left = without_alternatives(known)
    technical = share(combined_share([effect for _, effect in counted]), row.category)
    kg = row.footprint_kgco2e.times(technical).times(found.influence).times(found.timing)
    return CategoryPotential(
        rank=0,
        category=row.category,
        footprint_kgco2e=row.footprint_kgco2e,
        technical_share=technical,
        reach=found,
        potential_kgco2e=kg,
        measures=tuple(measure.code for measure, _ in counted),
        alternatives=tuple(measure.code for measure in left),
        sources=tuple(dict.fromkeys(source for measure, _ in counted for source in measure.sources)),
        assumptions=(
            *_of_reach(row.category, found),
            *(note for measure, _ in counted for note in _of_measure(row.category, measure, parts)),
            *(Assumption("alternative_left", row.category, measure.code) for measure in left),
        ),
    )


def _reason(
    row: CategoryFootprint, mine: Sequence[MeasureEffect], known: Sequence[tuple[MeasureEffect, Estimate]]
) -> str:
    """Why the category can't be assessed; "" when it can."""
    if row.footprint_kgco2e is None or row.footprint_kgco2e.mid <= 0 or row.footprint_kgco2e.low < 0:
        return "no_footprint"
    if known:
        return ""
    if any(measure.effect is not None for measure in mine):
        return "part_unknown"
    return "no_cited_effect" if mine else "no_measure"


def _of_reach(category: str, found: Reach) -> list[Assumption]:
    bases = {found.influence_basis, found.timing_basis}
    codes = {"assumed": "reach_assumed", "given": "reach_given", "contracts": "contracts_stand_for_all"}
    notes = [Assumption(code, category) for basis, code in codes.items() if basis in bases]
    if "contracts" in bases and found.contracts_without_end:
        notes.append(Assumption("contract_end_unknown", category))
    return notes


def _of_measure(category: str, measure: MeasureEffect, parts: Mapping[str, Estimate]) -> list[Assumption]:
    told = {
        "part_given": measure.effect_of == "part" and measure.code in parts,
        "range_not_published": not measure.has_range,
        "effect_claimed": measure.evidence == "claimed",
        "main_category": measure.category != category,
        "limited_availability": measure.is_limited,
    }
    return [Assumption(code, category, measure.code) for code, holds in told.items() if holds]


def _ranked(found: Iterable[CategoryPotential]) -> Iterable[CategoryPotential]:
    def largest_first(row: CategoryPotential) -> tuple[bool, float, str]:
        size = row.potential_kgco2e or row.footprint_kgco2e
        return row.potential_kgco2e is None, -(size.mid if size else 0.0), row.category

    for rank, row in enumerate(sorted(found, key=largest_first), start=1):
        yield replace(row, rank=rank)


def _curve(rows: Sequence[CategoryPotential], footprint_kgco2e: float) -> tuple[CurvePoint, ...]:
    points: list[CurvePoint] = []
    summed: list[Estimate] = []
    for row in rows:
        if row.potential_kgco2e is not None:
            summed.append(row.potential_kgco2e)
            upto = total(summed)
            part = upto.mid / footprint_kgco2e if footprint_kgco2e > 0 else 0.0
            points.append(CurvePoint(row.rank, row.category, upto, part))
    return tuple(points)
