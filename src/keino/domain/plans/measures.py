"""A reduction measure as the optimiser sees it, and what makes a set of measures usable."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from keino.domain.plans.estimates import Estimate
from keino.errors import KeinoError, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class MeasureInvalid(KeinoError):
    """A number of one measure can't be right."""

    code = "measure_invalid"
    exit_code = 2
    template = mark("Measure {measure}: {field} is {value}, which {why}. Correct it; no plan was made.")


class EffectUnclear(KeinoError):
    """A measure says its effect both ways, or neither."""

    code = "effect_unclear"
    exit_code = 2
    template = mark(
        "Measure {measure} must give its effect either as a share of its category's footprint or in kgCO2e a year, "
        "one of the two."
    )


class EffectBeyondCategory(KeinoError):
    """A measure is said to remove more than its category emits."""

    code = "effect_beyond_category"
    exit_code = 2
    template = mark(
        "Measure {measure} would remove up to {high_kgco2e:.0f} kgCO2e a year, but category {category} emits "
        "{footprint_kgco2e:.0f}. Correct the effect or the category; no plan was made."
    )


class CodesUnknown(KeinoError):
    """Codes that are used but stand nowhere."""

    code = "codes_unknown"
    exit_code = 2
    template = mark(
        "Measure {measure} names {field} {codes}, which is not among those given. Add it or correct the code."
    )


class CodesTwice(KeinoError):
    """Two measures have the same code."""

    code = "codes_twice"
    exit_code = 2
    template = mark("These measures are given more than once: {codes}. Each code may stand for one measure only.")


class PrerequisitesCircular(KeinoError):
    """Measures that wait for each other in a ring."""

    code = "prerequisites_circular"
    exit_code = 2
    template = mark("These measures wait for each other, so none could ever start: {chain}. Remove one of the links.")


class CostUnknown(KeinoError):
    """Measures without a cost, in a calculation that needs one."""

    code = "cost_unknown"
    exit_code = 2
    template = mark(
        "These measures have no known cost: {codes}. A plan would treat them as free. Give their investment and "
        "running cost (0 where there is none), or leave them out."
    )


@dataclass(frozen=True)
class Measure:
    """One measure.

    ``share`` of its category's yearly footprint (0–1) or ``kgco2e_per_year``: what it removes while in force.
    ``investment_eur`` falls in the start year; ``running_eur_per_year`` in every year in force, start year included,
    and is negative where the measure saves money; None = not known. ``staff_days_start`` are needed in the start year,
    ``staff_days_per_year`` in each later year in force. It is in force from its start for ``lifetime_years``.
    ``start_years``: years in which it may start, such as when its contract is up; None = any. ``prerequisites`` must
    start no later than it. Of an exclusive group at most one measure is ever started.
    """

    code: str
    category: str
    lifetime_years: int
    share: Estimate | None = None
    kgco2e_per_year: Estimate | None = None
    investment_eur: float | None = None
    running_eur_per_year: float | None = None
    staff_days_start: float = 0.0
    staff_days_per_year: float = 0.0
    start_years: tuple[int, ...] | None = None
    prerequisites: tuple[str, ...] = ()
    exclusive_groups: tuple[str, ...] = ()

    def share_of(self, footprint_kgco2e: float) -> Estimate:
        """The effect as a share of the category's yearly footprint, whichever way it was given."""
        if self.share is not None:
            return self.share
        assert self.kgco2e_per_year is not None
        return self.kgco2e_per_year.scaled(1 / footprint_kgco2e)

    @property
    def investment(self) -> float:
        """Investment in €, for calculations that have asked ``require_costs`` before."""
        assert self.investment_eur is not None
        return self.investment_eur

    @property
    def running(self) -> float:
        """Running cost in € a year, for calculations that have asked ``require_costs`` before."""
        assert self.running_eur_per_year is not None
        return self.running_eur_per_year

    @property
    def has_cost(self) -> bool:
        """Whether both costs are known."""
        return self.investment_eur is not None and self.running_eur_per_year is not None


def check_measures(measures: Sequence[Measure], footprints_kgco2e: Mapping[str, float]) -> None:
    """Raise the first thing that is wrong with the measures, given the footprint (kgCO2e a year) of each category."""
    codes = [measure.code for measure in measures]
    if len(set(codes)) < len(codes):
        raise CodesTwice(codes=tuple(sorted({code for code in codes if codes.count(code) > 1})))
    for measure in measures:
        _check_numbers(measure)
        _check_effect(measure, footprints_kgco2e)
        unknown = tuple(code for code in measure.prerequisites if code not in set(codes))
        if unknown:
            raise CodesUnknown(measure=measure.code, field="prerequisites", codes=unknown)
    ring = circular_prerequisites(measures)
    if ring:
        raise PrerequisitesCircular(chain=" → ".join(ring))


def require_costs(measures: Iterable[Measure]) -> None:
    """Raise ``CostUnknown`` naming every measure without a cost."""
    unknown = tuple(measure.code for measure in measures if not measure.has_cost)
    if unknown:
        raise CostUnknown(codes=unknown)


def circular_prerequisites(measures: Iterable[Measure]) -> tuple[str, ...]:
    """The first ring of prerequisites, its first code repeated at the end; empty when there is none.

    >>> circular_prerequisites([Measure("a", "X", 1, prerequisites=("b",)), Measure("b", "X", 1, prerequisites=("a",))])
    ('a', 'b', 'a')
    """
    needs = {measure.code: measure.prerequisites for measure in measures}
    done: set[str] = set()
    for first, its_needs in needs.items():
        trail: dict[str, Iterator[str]] = {} if first in done else {first: iter(its_needs)}
        while trail:
            here = next(reversed(trail))
            after = next(trail[here], None)
            if after is None:
                done.add(here)
                del trail[here]
            elif after in trail:
                path = list(trail)
                return (*path[path.index(after) :], after)
            elif after in needs and after not in done:
                trail[after] = iter(needs[after])
    return ()


def _check_numbers(measure: Measure) -> None:
    at_least_zero = mark("must not be negative")
    number = mark("must be a number")
    for field in ("investment_eur", "staff_days_start", "staff_days_per_year", "running_eur_per_year"):
        value = getattr(measure, field)
        if value is not None and not isfinite(value):
            raise MeasureInvalid(measure=measure.code, field=field, value=value, why=number)
        if value is not None and value < 0 and field != "running_eur_per_year":
            raise MeasureInvalid(measure=measure.code, field=field, value=value, why=at_least_zero)
    if measure.lifetime_years < 1:
        why = mark("must be at least 1")
        raise MeasureInvalid(measure=measure.code, field="lifetime_years", value=measure.lifetime_years, why=why)


def _check_effect(measure: Measure, footprints_kgco2e: Mapping[str, float]) -> None:
    if (measure.share is None) == (measure.kgco2e_per_year is None):
        raise EffectUnclear(measure=measure.code)
    effect = measure.share or measure.kgco2e_per_year
    assert effect is not None
    field = "share" if measure.share else "kgco2e_per_year"
    if effect.low < 0:
        raise MeasureInvalid(measure=measure.code, field=field, value=effect.low, why=mark("must not be negative"))
    if measure.share and effect.high > 1:
        raise MeasureInvalid(measure=measure.code, field=field, value=effect.high, why=mark("must be at most 1"))
    _check_category(measure, effect, footprints_kgco2e)


def _check_category(measure: Measure, effect: Estimate, footprints_kgco2e: Mapping[str, float]) -> None:
    if measure.category not in footprints_kgco2e:
        raise CodesUnknown(measure=measure.code, field="category", codes=(measure.category,))
    footprint = footprints_kgco2e[measure.category]
    if measure.kgco2e_per_year and (footprint <= 0 or effect.high > footprint):
        raise EffectBeyondCategory(
            measure=measure.code, category=measure.category, high_kgco2e=effect.high, footprint_kgco2e=footprint
        )
