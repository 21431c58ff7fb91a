"""Where the emissions are: ranking by footprint, intensity and spend, Pareto shares, and four quadrants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

QUADRANTS = ("act_first", "volume", "intensity", "watch")


@dataclass(frozen=True)
class CategoryTotal:
    """Sums of one category: spend and spend without a factor in ledger currency, footprint in kgCO2e (None = none)."""

    category: str
    spend: float
    footprint_kgco2e: float | None
    spend_without_factor: float = 0.0

    @property
    def intensity_kgco2e_per_unit(self) -> float | None:
        """kgCO2e per currency unit of the spend that has a factor; None when that spend is not positive."""
        known = self.spend - self.spend_without_factor
        return self.footprint_kgco2e / known if self.footprint_kgco2e is not None and known > 0 else None


@dataclass(frozen=True)
class RankedCategory:
    """A category ranked three ways (1 = largest), its share of the footprint, and the share down to and with it."""

    category: str
    rank_footprint: int
    rank_intensity: int
    rank_spend: int
    share_of_footprint: float
    cumulative_share: float
    quadrant: str


@dataclass(frozen=True)
class QuadrantLimits:
    """From here on spend (in ledger currency) is much, and intensity (in kgCO2e per unit of it) is high."""

    spend: float
    intensity: float


def hotspots(totals: Sequence[CategoryTotal]) -> tuple[RankedCategory, ...]:
    """Rank the categories, largest footprint first; ties in order of the code.

    Categories without a footprint come last with share 0. Shares are of the sum of positive footprints, so they
    sum to 1 even where credit notes make a category negative (its share is 0).
    Quadrant, by ``quadrant_limits``: act_first = much spend and high intensity, volume = only much spend, intensity =
    only high intensity, watch = neither.
    """
    footprint_rank = _ranks(totals, lambda total: total.footprint_kgco2e)
    intensity_rank = _ranks(totals, lambda total: total.intensity_kgco2e_per_unit)
    spend_rank = _ranks(totals, lambda total: total.spend)
    whole = sum(max(total.footprint_kgco2e or 0.0, 0.0) for total in totals)
    limits = quadrant_limits(totals)
    quadrants = {total.category: _quadrant(total, limits) for total in totals}
    ranked, cumulative = [], 0.0
    for total in sorted(totals, key=lambda total: footprint_rank[total.category]):
        share = max(total.footprint_kgco2e or 0.0, 0.0) / whole if whole > 0 else 0.0
        cumulative += share
        ranks = (footprint_rank[total.category], intensity_rank[total.category], spend_rank[total.category])
        ranked.append(RankedCategory(total.category, *ranks, share, min(cumulative, 1.0), quadrants[total.category]))
    return tuple(ranked)


def _ranks(totals: Sequence[CategoryTotal], value: Callable[[CategoryTotal], float | None]) -> dict[str, int]:
    def largest_first(total: CategoryTotal) -> tuple[bool, float, str]:
        met = value(total)
        return met is None, -(met or 0.0), total.category

    return {total.category: rank for rank, total in enumerate(sorted(totals, key=largest_first), start=1)}


def quadrant_limits(totals: Sequence[CategoryTotal]) -> QuadrantLimits:
    """Return where the quadrants meet.

    Much spend = at least an equal share of the spend of all (1 / number of categories); high intensity = at least the
    average of all.
    """
    spend = sum(max(total.spend, 0.0) for total in totals)
    known = sum(total.spend - total.spend_without_factor for total in totals)
    average = sum(total.footprint_kgco2e or 0.0 for total in totals) / known if known > 0 else 0.0
    return QuadrantLimits(spend / len(totals) if totals else 0.0, average)


def _quadrant(total: CategoryTotal, limits: QuadrantLimits) -> str:
    much = total.spend > 0 and total.spend >= limits.spend
    intensity = total.intensity_kgco2e_per_unit
    high = intensity is not None and intensity > 0 and intensity >= limits.intensity
    return {(True, True): "act_first", (True, False): "volume", (False, True): "intensity"}.get((much, high), "watch")
