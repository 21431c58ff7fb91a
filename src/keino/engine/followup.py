"""Two years of ledgers, price indices and factors → why the footprint changed, and whether planned measures showed.

Everything is worked out from stored runs (``engine.stored``): the site has them, the command line makes them for the
moment. So both give the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from keino.domain.carbon.factors import Coefficient
from keino.domain.carbon.price_years import PriceIndex, price_ratio
from keino.domain.plans.followup import Effects, FollowedCategory, FollowUp, follow_up
from keino.domain.plans.measured_path import (
    MeasureAnswer,
    MeasuredChange,
    PathPoint,
    PlannedReduction,
    did_it_show,
    half_width,
    measured_path,
    unshared_errors,
)
from keino.engine.coefficient_file import read_coefficients
from keino.engine.factor_sets import indices_of
from keino.engine.followup_plan import read_plan
from keino.engine.results import FootprintResult, Slice
from keino.engine.run import Progress, RunOptions, no_progress, run_footprint
from keino.engine.stored import Filter, slices_of
from keino.errors import UsageError


class YearWithoutPurchases(UsageError):
    """A year to compare has no purchase line."""

    code = "year_without_purchases"
    template = (
        "The ledgers have no purchases of {year}, so there is nothing to compare; they have {years}. Give the ledgers "
        "of both years, or choose other years."
    )


class SameYear(UsageError):
    """The years to compare are not one before the other."""

    code = "years_in_wrong_order"
    template = "A change leads from an earlier year to a later one, not from {year_from} to {year_to}."


class UnknownPerimeter(UsageError):
    """A unit or category said to have moved is nowhere in the ledgers."""

    code = "unknown_perimeter"
    template = (
        "Nothing was bought in either year by, or of, {names}, so the change of organisation would be left out of the "
        "answer. Write units as the ledger does and categories by their codes."
    )


@dataclass(frozen=True)
class FollowUpQuestion:
    """Which years to compare. ``moved_units`` and ``moved_categories`` (leaves or main categories) are not in both."""

    year_from: int
    year_to: int
    moved_units: tuple[str, ...] = ()
    moved_categories: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, int]:
        """The earlier and the later one."""
        return self.year_from, self.year_to


@dataclass(frozen=True)
class FollowUpOptions(FollowUpQuestion):
    """The question to ledgers in files. ``run`` says how they are read and which factors serve both years.

    ``factors_from``: the factors by which the first year was reported, where they were others.
    """

    run: RunOptions = field(default_factory=RunOptions)
    factors_from: str = ""
    plan: Path | None = None


@dataclass(frozen=True)
class StoredRun:
    """A calculation with its lines: what came out, and the folder of its store."""

    result: FootprintResult
    folder: Path


@dataclass(frozen=True)
class FollowUpResult:
    """Everything a report shows of a follow-up. ``half_width`` is that of the whole intensity effect, kgCO2e."""

    year_from: int
    year_to: int
    result: FootprintResult
    reported_edition: str  # of the factors by which the first year was reported
    price_ratio: float | None  # prices of the second year over those of the first
    price_index: str
    effects: FollowUp
    half_width: float | None
    half_widths: dict[str, float | None] = field(hash=False)  # the same by category
    own_factors: frozenset[str]  # categories whose factors are the buyer's own in both years
    path: tuple[PathPoint, ...]
    measures: tuple[MeasureAnswer, ...]
    spend_without_factor: tuple[Decimal, Decimal]  # outside of all this, in the first and the second year

    @property
    def real_spend_to(self) -> float | None:
        """Spend of the second year in prices of the first; None without a price index."""
        return None if self.price_ratio is None else float(self.effects.total.spend_to) / self.price_ratio


def run_followup(paths: Sequence[Path], options: FollowUpOptions, progress: Progress = no_progress) -> FollowUpResult:
    """Read the ledgers of both years and return why their footprints differ. Raises KeinoError."""
    _require_order(options)
    plan = read_plan(options.plan, options.year_to) if options.plan is not None else ()
    with TemporaryDirectory(prefix="keino-followup-") as name:

        def stored(folder: str, **changes: Any) -> StoredRun:
            out = Path(name) / folder
            run = replace(options.run, out=out, is_stored=True, **changes)
            return StoredRun(run_footprint(paths, run, progress), out)

        both = stored("both", year=None)
        _require_years(both.result, options)
        earlier = None
        if options.factors_from:
            earlier = stored("reported", year=options.year_from, factors=options.factors_from)
        return follow_stored(options, both, reported=earlier, plan=plan)


def follow_stored(
    question: FollowUpQuestion,
    run: StoredRun,
    *,
    reported: StoredRun | None = None,
    plan: Sequence[PlannedReduction] = (),
) -> FollowUpResult:
    """Return why the footprints of two years of a stored run differ, and whether what was planned shows.

    ``reported`` is the run by which the first year was reported, where it was another: what the two give differently
    for that year is the part *edition*. Raises SameYear, YearWithoutPurchases, UnknownPerimeter.
    """
    require_answerable(question, run.result)
    slices = _slices(run.folder, question.years)
    _require_known(slices, question)
    material = _Material(
        question=question,
        result=run.result,
        reported_edition=(reported or run).result.factor_edition,
        slices=slices,
        reported=_slices(reported.folder, (question.year_from,)) if reported else None,
        coefficients={(each.category, each.year): each for each in read_coefficients(run.folder)},
    )
    return _result(material, plan)


def require_answerable(question: FollowUpQuestion, result: FootprintResult) -> None:
    """Raise SameYear or YearWithoutPurchases where a run can't answer for these years."""
    _require_order(question)
    _require_years(result, question)


def _require_order(question: FollowUpQuestion) -> None:
    if question.year_from >= question.year_to:
        raise SameYear(year_from=question.year_from, year_to=question.year_to)


def _require_years(result: FootprintResult, question: FollowUpQuestion) -> None:
    for year in question.years:
        if year not in result.years:
            raise YearWithoutPurchases(year=year, years=result.years)


@dataclass(frozen=True)
class _Material:
    question: FollowUpQuestion
    result: FootprintResult
    reported_edition: str
    slices: tuple[Slice, ...]  # by unit, category and year
    reported: tuple[Slice, ...] | None  # the first year as it was reported
    coefficients: dict[tuple[str, int], Coefficient]


def _slices(folder: Path, years: tuple[int, ...]) -> tuple[Slice, ...]:
    found = slices_of(folder, ("unit", "category", "year"), Filter(years=years))
    return tuple(sorted(found, key=lambda part: tuple(map(str, part.keys.values()))))


def _require_known(slices: Sequence[Slice], question: FollowUpQuestion) -> None:
    units = {str(part.keys["unit_name"]) for part in slices}
    leaves = {str(part.keys["category"]) for part in slices}
    categories = leaves | {leaf.split(".", 1)[0] for leaf in leaves}
    unknown = [name for name in question.moved_units if name not in units]
    unknown += [name for name in question.moved_categories if name not in categories]
    if unknown:
        raise UnknownPerimeter(names=tuple(unknown))


def _result(material: _Material, plan: Sequence[PlannedReduction]) -> FollowUpResult:
    first, last = material.question.years
    indices = indices_of(material.result.currency)
    ratio = price_ratio(indices, first, last)
    effects = follow_up(*(_rows(material, year, indices) for year in material.question.years))
    own = _own_factors(material)
    errors = {part.category: _errors(material, part) for part in effects.by_category}
    planned = tuple(dict.fromkeys(item.category for item in plan))
    changes = [_measured(category, material, effects, own) for category in planned]
    return FollowUpResult(
        year_from=first,
        year_to=last,
        result=material.result,
        reported_edition=material.reported_edition,
        price_ratio=ratio[0] if ratio else None,
        price_index=ratio[1] if ratio else "",
        effects=effects,
        half_width=half_width(each for each in errors.values() if each),
        half_widths={category: half_width([each]) if each else None for category, each in errors.items()},
        own_factors=own,
        path=measured_path(plan, changes),
        measures=did_it_show(plan, changes),
        spend_without_factor=(_without_factor(material, first), _without_factor(material, last)),
    )


def _without_factor(material: _Material, year: int) -> Decimal:
    return sum((part.spend_without_factor for part in material.slices if part.keys["year"] == year), Decimal(0))


def _rows(material: _Material, year: int, indices: Sequence[PriceIndex]) -> list[FollowedCategory]:
    """The purchases of a year that have a footprint, by category and whether they moved."""
    base = material.question.years[0]
    known = [part for part in material.slices if part.keys["year"] == year and part.footprint_kgco2e is not None]
    spend: dict[tuple[str, bool], Decimal] = {}
    for part in known:
        key = _place(material.question, part)
        spend[key] = spend.get(key, Decimal(0)) + part.spend - part.spend_without_factor
    comparable = _footprints(material.question, known)
    reported = None
    if year == base and material.reported is not None:
        reported = _footprints(material.question, material.reported)
    level = price_ratio(indices, base, year)
    return [
        FollowedCategory(
            category=key[0],
            spend=spend.get(key, Decimal(0)),
            footprint_kgco2e=comparable.get(key, 0.0) if reported is None else reported.get(key, 0.0),
            restated_kgco2e=comparable.get(key, 0.0),
            price_level=level[0] if level else None,
            factor_price_level=_factor_level(material.coefficients.get((key[0], year)), base, level, indices),
            is_moved=key[1],
        )
        for key in sorted({*comparable, *(reported or {})})
    ]


def _footprints(question: FollowUpQuestion, slices: Sequence[Slice]) -> dict[tuple[str, bool], float]:
    sums: dict[tuple[str, bool], list[float]] = {}
    for part in slices:
        if part.footprint_kgco2e is not None:
            sums.setdefault(_place(question, part), []).append(part.footprint_kgco2e)
    return {key: math.fsum(values) for key, values in sums.items()}


def _place(question: FollowUpQuestion, part: Slice) -> tuple[str, bool]:
    category = str(part.keys["category"])
    is_moved = str(part.keys["unit_name"]) in question.moved_units
    return category, is_moved or not {category, category.split(".", 1)[0]}.isdisjoint(question.moved_categories)


def _factor_level(
    made: Coefficient | None, base: int, level: tuple[float, str] | None, indices: Sequence[PriceIndex]
) -> float | None:
    """The prices that a factor was made for, with those of the base year as 1.

    Most are of the year's own prices. One without a year is the same number of kilograms per euro whatever a euro
    buys, and so is one of another year that no index could move.
    """
    if made is None or "factor_without_year" in made.caveats:
        return 1.0
    if "price_not_moved" in made.caveats and made.factor_years:
        level = price_ratio(indices, base, made.factor_years[0])
    return level[0] if level else None


def _errors(material: _Material, part: Effects) -> tuple[float, float, dict[str, float]] | None:
    """Comparable footprints of both years and the errors they don't share; None where one year has no factor."""
    first, last = (material.coefficients.get((part.category, year)) for year in material.question.years)
    if first is None or last is None or part.intensity_kgco2e is None:
        return None
    return part.comparable_from_kgco2e, part.comparable_to_kgco2e, unshared_errors(first, last)


def _own_factors(material: _Material) -> frozenset[str]:
    own = {key for key, made in material.coefficients.items() if made.link_origin == "own_factor"}
    return frozenset(
        category for category, _ in own if all((category, year) in own for year in material.question.years)
    )


def _measured(category: str, material: _Material, effects: FollowUp, own: frozenset[str]) -> MeasuredChange:
    """What was measured of a category; of a main category the sum of its leaves."""
    parts = [part for part in effects.by_category if category in (part.category, part.category.split(".", 1)[0])]
    intensities = [part.intensity_kgco2e for part in parts if part.intensity_kgco2e is not None]
    errors = [found for part in parts if (found := _errors(material, part)) is not None]
    is_known = bool(parts) and len(errors) == len(parts)
    return MeasuredChange(
        category=category,
        base_kgco2e=math.fsum(part.comparable_from_kgco2e for part in parts),
        intensity_kgco2e=math.fsum(intensities) if is_known else None,
        half_width_kgco2e=half_width(errors) if is_known else None,
        is_own_factor=all(part.category in own for part in parts),
    )
