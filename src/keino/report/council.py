"""What a council reads of one year on one page: numbers that were frozen, in no language yet.

The site collects them (``followup``), keeps them as JSON and never changes them after approval. Pages, PDF and workbook
are made of these values and of the texts that people wrote.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from keino.report.names import Names

#: The shape of these values; kept beside them, so that a later keino knows what it reads.
VERSION = 1


@dataclass(frozen=True)
class YearFootprint:
    """A year of purchases in ledger currency, and its footprint in kgCO2e with its 95 % interval."""

    year: int
    spend: Decimal
    footprint_kgco2e: float | None
    low_kgco2e: float | None
    high_kgco2e: float | None


@dataclass(frozen=True)
class CouncilHotspot:
    """One of the largest sources; ``share`` (0–1) is of the year's footprint."""

    category: str
    names: Names
    footprint_kgco2e: float
    low_kgco2e: float | None
    high_kgco2e: float | None
    share: float


@dataclass(frozen=True)
class CouncilTarget:
    """The decided target. ``baseline_kgco2e`` None: the baseline year is not known, so no level can be told."""

    baseline_year: int
    target_year: int
    reduction_share: float
    baseline_kgco2e: float | None
    decided_by: str
    decided_on: str  # ISO date; empty = not said

    def level_kgco2e(self, year: int) -> float | None:
        """What an even way from the baseline to the target leaves in a year; None outside of the way."""
        if self.baseline_kgco2e is None or not self.baseline_year <= year <= self.target_year:
            return None
        passed = (year - self.baseline_year) / (self.target_year - self.baseline_year)
        return self.baseline_kgco2e * (1 - self.reduction_share * passed)


@dataclass(frozen=True)
class CouncilChange:
    """Why the footprint changed from the year before; parts as in ``domain.plans.followup.Effects``."""

    year_from: int
    year_to: int
    footprint_from_kgco2e: float
    footprint_to_kgco2e: float
    price_kgco2e: float | None
    volume_kgco2e: float | None
    mix_kgco2e: float | None
    intensity_kgco2e: float | None
    unsplit_kgco2e: float
    edition_kgco2e: float
    perimeter_kgco2e: float
    intensity_half_width_kgco2e: float | None

    @property
    def change_kgco2e(self) -> float:
        """The whole change, as reported."""
        return self.footprint_to_kgco2e - self.footprint_from_kgco2e


@dataclass(frozen=True)
class CouncilProgress:
    """How far the actions are: how many, begun, done, late, and without a budget decision."""

    actions: int
    started: int
    done: int
    overdue: int
    without_decision: int
    planned_reduction_kgco2e: float | None  # of the chosen plan in the year; None without one


@dataclass(frozen=True)
class CouncilSource:
    """A publication that the numbers stand on."""

    citation: str
    url: str


@dataclass(frozen=True)
class CouncilContent:
    """The numbers of one year's report."""

    organisation: Names
    year: int
    currency: str
    footprint: YearFootprint
    years: tuple[YearFootprint, ...]
    population: int | None
    classified_share: float | None
    factor_share: float | None  # of the spend, with an emission factor
    hotspots: tuple[CouncilHotspot, ...]
    target: CouncilTarget | None
    change: CouncilChange | None
    progress: CouncilProgress | None
    sources: tuple[CouncilSource, ...]
    factor_edition: str
    code_version: str
    calculated_on: str  # ISO date
    is_example: bool = False
    version: int = field(default=VERSION)

    @property
    def per_capita_kgco2e(self) -> float | None:
        """Footprint per resident; None where either is unknown."""
        if not self.population or self.footprint.footprint_kgco2e is None:
            return None
        return self.footprint.footprint_kgco2e / self.population


@dataclass(frozen=True)
class CouncilTexts:
    """What people wrote, in one language; empty where they wrote nothing in it."""

    summary: str = ""
    next_steps: str = ""
    #: Languages that have a summary, where this one has none.
    written_in: tuple[str, ...] = ()
    #: "draft", or the day of approval as an ISO date.
    approved_on: str = ""
