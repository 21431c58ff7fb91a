"""How much of a finished run's footprint procurement can still take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keino.web.measurement.queries.runs import run_result

if TYPE_CHECKING:
    from keino.domain.plans.potential import CategoryPotential, Potential
    from keino.web.measurement.models import Run


def potential_of(run: Run, target_year: int | None = None) -> Potential:
    """Return the potential by ``target_year`` (None: of the organisation's last target, else the coming year).

    The same run, targets and contracts always give the same ranking. Raises KeinoError.
    """
    raise NotImplementedError(run_result, run, target_year)


def potential_of_category(run: Run, code: str, target_year: int | None = None) -> CategoryPotential | None:
    """The potential of one leaf category; None where nothing was bought in it."""
    return next((row for row in potential_of(run, target_year).rows if row.category == code), None)
