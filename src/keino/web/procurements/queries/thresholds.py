"""Which thresholds a procurement's value reaches on the day its procedure starts, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from keino.domain.tenders.thresholds import (
    NoThreshold,
    Threshold,
    buyer_side,
    threshold_level,
    thresholds_from_rows,
)
from keino.web.base.errors import as_data, said
from keino.web.procurements.models import Procurement


@dataclass(frozen=True)
class Limit:
    """One threshold in force, whether the value reaches it, and where it comes from."""

    threshold: Threshold
    is_reached: bool
    citation: str
    url: str


@dataclass(frozen=True)
class ThresholdCheck:
    """The level of a procurement and the thresholds that hold for it; ``problem``: none is known for the day."""

    level: str
    limits: tuple[Limit, ...]
    edition: str
    problem: str = ""

    @property
    def levels_reached(self) -> tuple[str, ...]:
        """The scopes (national, eu) whose threshold the value reaches."""
        return tuple(limit.threshold.scope for limit in self.limits if limit.is_reached)


@cache
def _thresholds() -> tuple[tuple[Threshold, ...], str]:
    from keino.facts.read import read

    table = read("thresholds")
    return thresholds_from_rows(table.rows), table.edition


def threshold_check(procurement: Procurement) -> ThresholdCheck | None:
    """Compare the estimated value with the thresholds in force on the procedure's first day.

    None while the value, the kind of purchase or the day is not known.
    """
    value, kind, day = procurement.estimated_value_eur, procurement.purchase_kind, procurement.procedure_starts_on
    if value is None or not kind or day is None:
        return None
    thresholds, edition = _thresholds()
    side = "special_sector" if procurement.is_special_sector else buyer_side(procurement.organisation.kind)
    try:
        found = threshold_level(thresholds, value, purchase_kind=kind, buyer_side=side, day=day)
    except NoThreshold as error:
        return ThresholdCheck("", (), edition, said(as_data(error)))
    rows = [row for row in thresholds if (row.purchase_kind, row.buyer_side) == (kind, side) and row.holds(day)]
    limits = [_limit(row, is_reached=value >= row.value_eur) for row in sorted(rows, key=lambda row: row.value_eur)]
    return ThresholdCheck(found.level, tuple(limits), edition)


def _limit(threshold: Threshold, *, is_reached: bool) -> Limit:
    from keino.facts.read import sources

    source = sources().get(threshold.source, {})
    return Limit(threshold, is_reached, source.get("citation") or threshold.source, source.get("url", ""))
