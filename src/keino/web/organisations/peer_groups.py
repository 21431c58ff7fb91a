"""Peers: bands of size in which organisations of one kind are compared, and the spread that may be shown of them.

Bands are fixed and there is nothing to choose, so that nobody can compare two groups that differ by one organisation.
Method: docs/methods/peers.md.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from keino.units import round_significant

#: Fewest organisations, and fewest people, whose numbers may be shown together.
FEWEST = 5
#: Lower ends of the bands by residents or members, and by the spend of a year in millions where nobody counts those.
RESIDENTS = (0, 5_000, 10_000, 20_000, 50_000, 100_000)
SPEND = tuple(Decimal(millions) * 1_000_000 for millions in (0, 1, 10, 50, 200))


@dataclass(frozen=True)
class Band:
    """One band of size: what is counted, from where, up to where (None = no end)."""

    counts: str  # "residents" or "spend"
    low: int | Decimal
    high: int | Decimal | None

    @property
    def key(self) -> str:
        """A stable name."""
        return f"{self.counts}-{self.low}"


def band_of(population: int | None, spend: Decimal) -> Band:
    """The band that an organisation belongs to."""
    ends: list[int | Decimal] = [*RESIDENTS] if population else [*SPEND]
    size = population or spend
    number = sum(size >= low for low in ends[1:])
    return Band(
        "residents" if population else "spend", ends[number], ends[number + 1] if number + 1 < len(ends) else None
    )


def in_band_of_residents(band: Band, path: str) -> Q:
    """Organisations (at ``path``) whose residents lie in a band; for a band of spend, those that nobody counts."""
    if band.counts == "spend":
        return Q((f"{path}__population", None)) | Q((f"{path}__population", 0))
    found = Q((f"{path}__population__gte", max(1, int(band.low))))
    return found & Q((f"{path}__population__lt", band.high)) if band.high is not None else found


@dataclass(frozen=True)
class Spread:
    """Lower quartile, median and upper quartile of several organisations, to two digits."""

    count: int
    lower: float
    median: float
    upper: float


def spread(values: Iterable[float | None], fewest: int = FEWEST) -> Spread | None:
    """The spread of the known values; None when there are too few of them."""
    known = sorted(value for value in values if value is not None)
    if len(known) < fewest:
        return None
    lower, median, upper = statistics.quantiles(known, n=4, method="inclusive")
    return Spread(len(known), *(round_significant(value) for value in (lower, median, upper)))
