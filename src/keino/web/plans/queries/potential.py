"""How much of a finished run's footprint procurement can still take away."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from keino.web.measurement.models import Run
from keino.web.measurement.queries.runs import run_result
from keino.web.plans.queries.contracts import contracts_of
from keino.web.plans.queries.targets import last_target, newest_year, standing

if TYPE_CHECKING:
    from keino.domain.plans.influence import Contract
    from keino.domain.plans.potential import CategoryPotential, Potential, TargetLevel


def potential_of(run: Run, target_year: int | None = None) -> Potential:
    """Return the potential in the run's newest year.

    ``target_year`` decides which contracts come up in time; None: of the organisation's last target, else the year
    after the newest. The gap to that target is told where its baseline is known. The same run, target and contracts
    always give the same ranking. Raises KeinoError.
    """
    from keino.domain.plans.potential import TargetLevel

    year = newest_year(run)
    if year is None:
        return _potential(run.public_id, 0, TargetLevel(0), ())
    if run.organisation is None:
        return _potential(run.public_id, year, TargetLevel(target_year or year + 1), ())
    target = last_target(run.organisation)
    contracts = contracts_of(run.organisation)
    if target is None or (target_year is not None and target_year != target.target_year):
        return _potential(run.public_id, year, TargetLevel(target_year or year + 1), contracts)
    now = standing(target, run)
    baseline = now.baseline_kgco2e if now else None
    return _potential(run.public_id, year, TargetLevel(target.target_year, baseline, target.reduction_share), contracts)


def potential_of_category(run: Run, code: str, target_year: int | None = None) -> CategoryPotential | None:
    """The potential of one leaf category; None where nothing was bought in it."""
    return next((row for row in potential_of(run, target_year).rows if row.category == code), None)


@lru_cache(maxsize=64)
def _potential(run: UUID, year: int, level: TargetLevel, contracts: tuple[Contract, ...]) -> Potential:
    """Kept in the process: a finished run never changes."""
    from keino.domain.plans.candidates import Wishes
    from keino.engine.plan_result import footprints_of, potential_of

    result = run_result(Run.objects.only("public_id").get(public_id=run))
    return potential_of(footprints_of(result, year), level, Wishes((), contracts=contracts))
