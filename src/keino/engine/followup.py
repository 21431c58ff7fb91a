"""Two years of ledgers, price indices and factors → why the footprint changed, and whether planned measures showed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

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
from keino.engine.factor_sets import indices_of, table_rows
from keino.engine.results import FootprintResult, Slice
from keino.engine.run import Progress, RunOptions, no_progress, run_footprint
from keino.engine.stored import Filter, slices_of
from keino.errors import Problem, Problems, UsageError

#: Columns of a plan file; ``acts_on`` (intensity or volume) may be left out.
PLAN_COLUMNS = ("measure", "category", "year", "reduction_kgco2e")


class YearWithoutPurchases(UsageError):
    """A year to compare has no purchase line."""

    code = "year_without_purchases"
    template = (
        "The files have no purchases of {year}, so there is nothing to compare; they have {years}. Give the ledgers of "
        "both years, or other years with --from and --to."
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


class BrokenPlan(UsageError):
    """Rows of a plan file that can't be used; ``problems`` are all of them."""

    code = "broken_plan"
    template = "The plan can't be used, so nothing was calculated. Mend what is named here and run again:{problems}"


@dataclass(frozen=True)
class FollowUpOptions:
    """What to compare. ``run`` says how ledgers are read and which factors serve both years.

    ``factors_from``: the factors by which the first year was reported, where they were others. ``moved_units`` and
    ``moved_categories`` (leaves or main categories) are not in the organisation in both years.
    """

    year_from: int
    year_to: int
    run: RunOptions = field(default_factory=RunOptions)
    factors_from: str = ""
    moved_units: tuple[str, ...] = ()
    moved_categories: tuple[str, ...] = ()
    plan: Path | None = None


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
    if options.year_from >= options.year_to:
        raise SameYear(year_from=options.year_from, year_to=options.year_to)
    plan = read_plan(options.plan, options.year_to) if options.plan is not None else ()
    with TemporaryDirectory(prefix="keino-followup-") as name:
        folder = Path(name) / "both"
        result = run_footprint(paths, replace(options.run, out=folder, is_stored=True, year=None), progress)
        for year in (options.year_from, options.year_to):
            if year not in result.years:
                raise YearWithoutPurchases(year=year, years=result.years)
        slices = _slices(folder, (options.year_from, options.year_to))
        _require_known(slices, options)
        reported, edition = None, result.factor_edition
        if options.factors_from:
            earlier = Path(name) / "reported"
            run = replace(
                options.run, out=earlier, is_stored=True, year=options.year_from, factors=options.factors_from
            )
            edition = run_footprint(paths, run, progress).factor_edition
            reported = _slices(earlier, (options.year_from,))
        made = {(each.category, each.year): each for each in read_coefficients(folder)}
    return _result(_Material(options, result, edition, slices, reported, made), plan)


@dataclass(frozen=True)
class _Material:
    options: FollowUpOptions
    result: FootprintResult
    reported_edition: str
    slices: tuple[Slice, ...]  # by unit, category and year
    reported: tuple[Slice, ...] | None  # the first year by the factors of its time
    coefficients: dict[tuple[str, int], Coefficient]

    @property
    def years(self) -> tuple[int, int]:
        return self.options.year_from, self.options.year_to


def _slices(folder: Path, years: tuple[int, ...]) -> tuple[Slice, ...]:
    found = slices_of(folder, ("unit", "category", "year"), Filter(years=years))
    return tuple(sorted(found, key=lambda part: tuple(map(str, part.keys.values()))))


def _require_known(slices: Sequence[Slice], options: FollowUpOptions) -> None:
    units = {str(part.keys["unit_name"]) for part in slices}
    leaves = {str(part.keys["category"]) for part in slices}
    categories = leaves | {leaf.split(".", 1)[0] for leaf in leaves}
    unknown = [name for name in options.moved_units if name not in units]
    unknown += [name for name in options.moved_categories if name not in categories]
    if unknown:
        raise UnknownPerimeter(names=tuple(unknown))


def _result(material: _Material, plan: tuple[PlannedReduction, ...]) -> FollowUpResult:
    first, last = material.years
    indices = indices_of(material.result.currency)
    ratio = price_ratio(indices, first, last)
    effects = follow_up(*(_rows(material, year, indices) for year in material.years))
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
    base = material.years[0]
    known = [part for part in material.slices if part.keys["year"] == year and part.footprint_kgco2e is not None]
    spend: dict[tuple[str, bool], Decimal] = {}
    for part in known:
        key = _place(material.options, part)
        spend[key] = spend.get(key, Decimal(0)) + part.spend - part.spend_without_factor
    comparable = _footprints(material.options, known)
    reported = None
    if year == base and material.reported is not None:
        reported = _footprints(material.options, material.reported)
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


def _footprints(options: FollowUpOptions, slices: Sequence[Slice]) -> dict[tuple[str, bool], float]:
    sums: dict[tuple[str, bool], list[float]] = {}
    for part in slices:
        if part.footprint_kgco2e is not None:
            sums.setdefault(_place(options, part), []).append(part.footprint_kgco2e)
    return {key: math.fsum(values) for key, values in sums.items()}


def _place(options: FollowUpOptions, part: Slice) -> tuple[str, bool]:
    category = str(part.keys["category"])
    is_moved = str(part.keys["unit_name"]) in options.moved_units
    return category, is_moved or not {category, category.split(".", 1)[0]}.isdisjoint(options.moved_categories)


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
    first, last = (material.coefficients.get((part.category, year)) for year in material.years)
    if first is None or last is None or part.intensity_kgco2e is None:
        return None
    return part.comparable_from_kgco2e, part.comparable_to_kgco2e, unshared_errors(first, last)


def _own_factors(material: _Material) -> frozenset[str]:
    own = {key for key, made in material.coefficients.items() if made.link_origin == "own_factor"}
    return frozenset(category for category, _ in own if all((category, year) in own for year in material.years))


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


def read_plan(path: Path, year: int) -> tuple[PlannedReduction, ...]:
    """Return the planned reductions of ``year`` from a CSV file with ``PLAN_COLUMNS``.

    Raises BrokenPlan, which lists what is wrong with which row, and UsageError when the file can't be read.
    """
    rows = table_rows(path)
    missing = [name for name in PLAN_COLUMNS if not rows or name not in rows[0]]
    if missing:
        raise BrokenPlan(problems=Problems([Problem("the columns {missing} are missing", missing=tuple(missing))]))
    problems: list[Problem] = []
    plan = [_planned(number, row, year, problems) for number, row in enumerate(rows, start=2)]
    if problems:
        raise BrokenPlan(problems=Problems(problems))
    return tuple(item for item in plan if item is not None)


def _planned(number: int, row: dict[str, str], year: int, problems: list[Problem]) -> PlannedReduction | None:
    found = [Problem("{column} is empty", column=name) for name in PLAN_COLUMNS if not row[name]]
    acts_on = row.get("acts_on") or "intensity"
    if acts_on not in ("intensity", "volume"):
        found.append(Problem("acts_on is {text}, it must be intensity or volume", text=acts_on))
    if row["year"] and not (row["year"].isascii() and row["year"].isdigit() and len(row["year"]) == 4):
        found.append(Problem("year is {text}, it must be four digits", text=row["year"]))
    reduction = _kilograms(row["reduction_kgco2e"], found)
    problems += [Problem("Row {row}: {problem}.", row=number, problem=each) for each in found]
    if found or int(row["year"]) != year or not reduction:
        return None
    return PlannedReduction(
        row["measure"], row["category"], reduction, "volume" if acts_on == "volume" else "intensity"
    )


def _kilograms(text: str, found: list[Problem]) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if text and not (math.isfinite(value) and value >= 0):
        found.append(
            Problem("{column} is {text}, it must be at least {least}", column="reduction_kgco2e", text=text, least="0")
        )
    return value
