"""What lines would cause in another category, by the factors of the run they are stored with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from keino.domain.carbon.factors import Coefficient, coefficients
from keino.engine.coefficient_file import read_coefficients
from keino.engine.factor_sets import choose_factors
from keino.engine.results import Slice
from keino.engine.slices import ZERO, Slicer, Sum
from keino.engine.stored import Filter, slices_of


def moved(folder: Path, where: Filter, *, category: str, factors: str, currency: str) -> Slice:
    """Return the lines that ``where`` means as if they all belonged to ``category`` ("" = they are left out).

    ``factors`` are those the run was asked with, at their edition. Without category there is no footprint.
    """
    parts = slices_of(folder, ("year",), where)
    if not category:
        return Slicer(()).total(_sums(parts, category, {}))
    made = _coefficients(folder, category, [int(part.keys["year"]) for part in parts], factors, currency)
    values = {each.year: each.kgco2e_per_unit for each in made}
    return Slicer(made).total(_sums(parts, category, values))


def _coefficients(
    folder: Path, category: str, years: Iterable[int], factors: str, currency: str
) -> tuple[Coefficient, ...]:
    """Those of the run where it has them, else made from the same edition."""
    wanted = set(years)
    kept = tuple(made for made in read_coefficients(folder) if made.category == category and made.year in wanted)
    missing = wanted - {made.year for made in kept}
    if not missing:
        return kept
    basis = choose_factors(factors, currency).basis
    return (*kept, *coefficients({category}, missing, basis, currency=currency))


def _sums(parts: Iterable[Slice], category: str, values: dict[int, float]) -> Iterable[Sum]:
    for part in parts:
        factor = values.get(int(part.keys["year"]))
        known = None if factor is None else float(part.spend) * factor
        rest = part.spend if factor is None else ZERO
        yield Sum(category, int(part.keys["year"]), "rule", "", (), part.lines, part.spend, known, rest)
