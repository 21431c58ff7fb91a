"""Spend, footprint and potential of each category in the newest year of a finished run."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from keino.errors import KeinoError
from keino.web.measurement.queries.runs import current_run, run_result
from keino.web.plans.queries.potential import potential_of

if TYPE_CHECKING:
    from keino.domain.plans.potential import CategoryPotential
    from keino.web.measurement.models import Run
    from keino.web.organisations.models import Organisation


@dataclass(frozen=True)
class CategoryNumbers:
    """Numbers of one category, with the run and the editions that they come from. None = not known.

    ``share`` is of the year's footprint. ``potential`` is low, middle and high in kgCO2e a year, None where it wasn't
    assessed; ``not_assessed`` is then the reason, a code of ``domain.plans.potential.NOT_ASSESSED``.
    """

    category: str
    run: str
    finished_at: str
    year: int
    currency: str
    editions: dict[str, str]
    spend: Decimal
    footprint_kgco2e: float | None
    low_kgco2e: float | None
    high_kgco2e: float | None
    share: float | None
    potential: tuple[float, float, float] | None = None
    not_assessed: str = ""

    def as_json(self) -> dict[str, Any]:
        """As JSON values, money as a decimal string: what an approved version keeps."""
        return vars(self) | {"spend": str(self.spend), "potential": list(self.potential) if self.potential else None}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> CategoryNumbers | None:
        """What ``as_json`` kept; None where there was nothing to keep."""
        if not kept:
            return None
        potential = tuple(kept["potential"]) if kept["potential"] else None
        return cls(**{**kept, "spend": Decimal(kept["spend"]), "potential": potential})


def current_numbers(organisation: Organisation) -> dict[str, CategoryNumbers]:
    """Numbers of the newest finished run by category; empty before the first."""
    run = current_run(organisation)
    return numbers_of(run) if run else {}


def numbers_of(run: Run) -> dict[str, CategoryNumbers]:
    """Numbers of a finished run by category, the largest footprint first."""
    result = run_result(run)
    if not result.by_year:
        return {}
    newest = result.by_year[-1]
    year, whole = int(newest.keys["year"]), newest.footprint_kgco2e
    potentials = _potentials(run)
    found = [
        CategoryNumbers(
            category=str(part.keys["category"]),
            run=str(run.public_id),
            finished_at=run.finished_at.isoformat() if run.finished_at else "",
            year=year,
            currency=result.currency,
            editions=dict(result.editions),
            spend=part.spend,
            footprint_kgco2e=part.footprint_kgco2e,
            low_kgco2e=part.low_kgco2e,
            high_kgco2e=part.high_kgco2e,
            share=part.footprint_kgco2e / whole if part.footprint_kgco2e is not None and whole else None,
            **_potential(potentials.get(str(part.keys["category"]))),
        )
        for part in result.by_category_year
        if int(part.keys["year"]) == year and part.keys["category"]
    ]
    return {row.category: row for row in sorted(found, key=lambda row: (-(row.footprint_kgco2e or 0), row.category))}


def _potentials(run: Run) -> dict[str, CategoryPotential]:
    """Potential by category; none where it can't be reckoned, which its own page explains."""
    try:
        return {row.category: row for row in potential_of(run).rows}
    except KeinoError:
        return {}


def _potential(row: CategoryPotential | None) -> dict[str, Any]:
    if row is None or row.potential_kgco2e is None:
        return {"potential": None, "not_assessed": row.not_assessed if row else ""}
    return {"potential": (row.potential_kgco2e.low, row.potential_kgco2e.mid, row.potential_kgco2e.high)}
