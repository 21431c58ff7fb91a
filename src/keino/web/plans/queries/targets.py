"""An organisation's own targets, and how its footprint stands to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from keino.web.measurement.queries.runs import run_result
from keino.web.plans.models import ClimateTarget

if TYPE_CHECKING:
    from keino.web.measurement.models import Run
    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class Standing:
    """Where the footprint of a run stands to a target, in kgCO2e a year.

    ``baseline_kgco2e`` None: the baseline year is not in the run, and nobody gave its footprint; then nothing follows.
    ``to_go_kgco2e``: footprint − allowed; at or below zero the target is reached.
    """

    target: ClimateTarget
    year: int
    footprint_kgco2e: float
    baseline_kgco2e: float | None

    @property
    def allowed_kgco2e(self) -> float | None:
        """What the target leaves of the baseline."""
        return None if self.baseline_kgco2e is None else self.baseline_kgco2e * (1 - self.target.reduction_share)

    @property
    def to_go_kgco2e(self) -> float | None:
        """What has to go still."""
        return None if self.allowed_kgco2e is None else self.footprint_kgco2e - self.allowed_kgco2e

    @property
    def change_share(self) -> float | None:
        """The footprint's change since the baseline year."""
        return self.footprint_kgco2e / self.baseline_kgco2e - 1 if self.baseline_kgco2e else None


def targets_of(organisation: Organisation) -> QuerySet[ClimateTarget]:
    """Its targets, the earliest year first."""
    return ClimateTarget.objects.filter(organisation=organisation).order_by("target_year", "pk")


def last_target(organisation: Organisation) -> ClimateTarget | None:
    """The target of the latest year: where the organisation means to arrive."""
    return targets_of(organisation).last()


def footprint_of_year(run: Run, year: int) -> float | None:
    """Footprint of a year in kgCO2e; None where the run doesn't have it."""
    for part in run_result(run).by_year:
        if part.keys["year"] == year:
            return part.footprint_kgco2e
    return None


def newest_year(run: Run) -> int | None:
    """The newest year of the run's purchases; None where no purchase has a year."""
    return max(run_result(run).years, default=None)


def standing(target: ClimateTarget, run: Run) -> Standing | None:
    """How the newest footprint stands to a target; None without a footprint."""
    year = newest_year(run)
    footprint = None if year is None else footprint_of_year(run, year)
    if year is None or footprint is None:
        return None
    baseline = target.baseline_kgco2e or footprint_of_year(run, target.baseline_year)
    return Standing(target, year, footprint, baseline)
