"""What changed from one year to the next, with the price effect taken out.

Spend change = price + volume. Footprint change = volume + intensity, by the additive logarithmic mean Divisia index
(``carbon.divisia``): the terms sum to the change, without a remainder. Method: docs/methods/year-on-year.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from keino.domain.carbon.divisia import divisia
from keino.domain.carbon.price_years import PriceIndex, price_ratio

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class CategoryYear:
    """Sums of one category in one year: spend in ledger currency, footprint in kgCO2e (None = no factor)."""

    category: str
    year: int
    spend: Decimal
    footprint_kgco2e: float | None


@dataclass(frozen=True)
class CategoryChange:
    """Change of a category ("" = the whole) between two years. Volume is spend in prices of the first year.

    ``price_effect_spend + volume_effect_spend = spend_change``, and
    ``volume_effect_kgco2e + intensity_effect_kgco2e = footprint_change_kgco2e``. None where no price index is known.
    """

    category: str
    year_from: int
    year_to: int
    spend_change: Decimal
    price_effect_spend: Decimal | None
    volume_effect_spend: Decimal | None
    footprint_change_kgco2e: float
    volume_effect_kgco2e: float | None
    intensity_effect_kgco2e: float | None
    price_index: str


def volume_and_intensity(
    volume_from: float, footprint_from: float, volume_to: float, footprint_to: float
) -> tuple[float, float]:
    """Split a footprint change into the effect of volume and of intensity (kgCO2e per unit of volume).

    Where a volume is zero its intensity is taken as that of the other year, so that what appears or disappears is all
    volume (the limit of LMDI: Wood & Lenzen 2006). All else is ``divisia`` of the two.
    """
    change = footprint_to - footprint_from
    if not volume_from or not volume_to:
        return change, 0.0
    start, end = (volume_from, footprint_from / volume_from), (volume_to, footprint_to / volume_to)
    volume, _ = divisia(start, end)
    return volume, change - volume


def year_changes(totals: Sequence[CategoryYear], indices: Sequence[PriceIndex] = ()) -> tuple[CategoryChange, ...]:
    """Return the changes between neighbouring years: for each pair of years the whole first, then the categories.

    ``indices``: price indices of the ledger's currency area, best first. A category that is missing in a year had
    no spend. Categories that never have a footprint (unclassified) count in the spend of the whole only. The effects of
    the whole are the sums over its categories, so a shift between categories shows as volume.
    """
    by_key = {(total.category, total.year): total for total in totals}
    years = sorted({total.year for total in totals})
    categories = sorted({total.category for total in totals})
    changes: list[CategoryChange] = []
    for year_from, year_to in pairwise(years):
        pairs = [(by_key.get((c, year_from)), by_key.get((c, year_to))) for c in categories]
        ratio = price_ratio(indices, year_from, year_to)
        rows = [_change(c, year_from, year_to, *pair, ratio) for c, pair in zip(categories, pairs, strict=True)]
        counted = [row for row, pair in zip(rows, pairs, strict=True) if any(map(_has_footprint, pair))]
        changes += [_whole(rows, counted, year_from, year_to, ratio), *(row for row in counted if row.category)]
    return tuple(changes)


def _has_footprint(total: CategoryYear | None) -> bool:
    return total is not None and total.footprint_kgco2e is not None


def _change(
    category: str,
    year_from: int,
    year_to: int,
    first: CategoryYear | None,
    last: CategoryYear | None,
    ratio: tuple[float, str] | None,
) -> CategoryChange:
    spend_from, spend_to = (total.spend if total else Decimal(0) for total in (first, last))
    kg_from, kg_to = ((total.footprint_kgco2e or 0.0) if total else 0.0 for total in (first, last))
    change, footprint_change = spend_to - spend_from, kg_to - kg_from
    if ratio is None:
        return CategoryChange(category, year_from, year_to, change, None, None, footprint_change, None, None, "")
    real_to = spend_to / Decimal(repr(ratio[0]))
    volume, intensity = volume_and_intensity(float(spend_from), kg_from, float(real_to), kg_to)
    price = spend_to - real_to
    return CategoryChange(
        category, year_from, year_to, change, price, change - price, footprint_change, volume, intensity, ratio[1]
    )


def _whole(
    rows: Sequence[CategoryChange],
    counted: Sequence[CategoryChange],
    year_from: int,
    year_to: int,
    ratio: tuple[float, str] | None,
) -> CategoryChange:
    """Sum of the categories; spend of all, footprint of those that have one."""
    spend = sum((row.spend_change for row in rows), Decimal(0))
    footprint = sum(row.footprint_change_kgco2e for row in counted)
    if ratio is None:
        return CategoryChange("", year_from, year_to, spend, None, None, footprint, None, None, "")
    price = sum((row.price_effect_spend or Decimal(0) for row in rows), Decimal(0))
    volume = sum(row.volume_effect_kgco2e or 0.0 for row in counted)
    return CategoryChange(
        "", year_from, year_to, spend, price, spend - price, footprint, volume, footprint - volume, ratio[1]
    )
