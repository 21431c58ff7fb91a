"""Comparison with anonymous peers: organisations of the same kind and size that take part, at least five others.

Everyone of a group sees the same numbers; the asking organisation's own value counts in them. Groups are fixed: kind
and band of size, nothing to choose. So nobody can compare two groups that differ by one. Method: docs/methods/peers.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache

from keino.web.dashboards.anonymity import Member
from keino.web.dashboards.queries.totals import WHOLE, member, newest, rows, set_of, taking_part
from keino.web.measurement.models import Run, RunTotal
from keino.web.organisations.models import Organisation
from keino.web.organisations.peer_groups import FEWEST, Band, Spread, band_of, in_band_of_residents, spread

#: How long a group's numbers are kept before they are asked for again, in seconds.
KEPT = 600


@dataclass(frozen=True)
class CategoryPeers:
    """One main category: one's own share of the footprint and the spread among peers (None = too few have it)."""

    category: str
    own: float
    peers: Spread | None


@dataclass(frozen=True)
class Group:
    """What is known of one group in one year, the same for everyone in it."""

    size: int
    per_unit: Spread | None
    per_resident: Spread | None
    shares: dict[str, Spread | None]


@dataclass(frozen=True)
class Comparison:
    """An organisation beside its peers."""

    year: int
    band: Band
    group: Group
    own_per_unit: float | None
    own_per_resident: float | None
    categories: tuple[CategoryPeers, ...]

    @property
    def is_shown(self) -> bool:
        """Whether at least five others are in the group."""
        return self.group.size > FEWEST


def comparison(organisation: Organisation, run: Run) -> Comparison | None:
    """An organisation's newest year beside its peers; None when it has no year with a footprint."""
    own = list(RunTotal.objects.filter(run=run).order_by("-year", "category"))
    total = next((row for row in own if row.category == WHOLE and row.footprint_kgco2e), None)
    if total is None:
        return None
    band = band_of(organisation.population, total.spend)
    group = _kept_group(organisation, band, total.year, set_of(run.options.get("factors")))
    spend = float(total.spend - total.spend_without_factor)
    shares = _shares([(row.category, row.footprint_kgco2e) for row in own if row.year == total.year])
    return Comparison(
        year=total.year,
        band=band,
        group=group,
        own_per_unit=(total.footprint_kgco2e or 0.0) / spend if spend > 0 else None,
        own_per_resident=total.footprint_kgco2e / organisation.population
        if organisation.population and total.footprint_kgco2e
        else None,
        categories=tuple(
            CategoryPeers(category, share, group.shares.get(category))
            for category, share in sorted(shares.items(), key=lambda each: -each[1])
        ),
    )


def _kept_group(organisation: Organisation, band: Band, year: int, factor_set: str) -> Group:
    key = f"peers:{organisation.kind}:{organisation.is_example}:{band.key}:{year}:{factor_set}"
    found = cache.get(key)
    if found is None:
        found = group_of(organisation.kind, band, year, factor_set, is_example=organisation.is_example)
        cache.set(key, found, KEPT)
    group: Group = found
    return group


def group_of(kind: str, band: Band, year: int, factor_set: str, *, is_example: bool) -> Group:
    """What may be shown of one group: nothing but its size class where fewer than six take part."""
    totals = newest().filter(taking_part(is_example=is_example), run__organisation__kind=kind, year=year)
    found = rows(totals.filter(in_band_of_residents(band, "run__organisation")), factor_set)
    members = {row["run__organisation_id"]: member(row) for row in found if row["category"] == WHOLE}
    if band.counts == "spend":
        members = {key: each for key, each in members.items() if _in(band, Decimal(str(each.spend)))}
    if len(members) <= FEWEST:
        return Group(min(len(members), FEWEST), None, None, {})
    return Group(
        size=len(members),
        per_unit=spread((each.intensity for each in members.values()), FEWEST + 1),
        per_resident=spread((_per_resident(each) for each in members.values()), FEWEST + 1),
        shares=_spread_of_shares(found, members),
    )


def _in(band: Band, spend: Decimal) -> bool:
    return (spend >= band.low or band.low == 0) and (band.high is None or spend < band.high)


def _per_resident(each: Member) -> float | None:
    if each.footprint_kgco2e is None or not each.population:
        return None
    return each.footprint_kgco2e / each.population


def _shares(parts: list[tuple[str, float | None]]) -> dict[str, float]:
    """Shares of the main categories in the footprint of one organisation and year, those without one left out."""
    known = {category: kg for category, kg in parts if category not in {WHOLE, ""} and kg and kg > 0}
    whole = sum(known.values())
    return {category: kg / whole for category, kg in known.items()}


def _spread_of_shares(found: list[dict[str, Any]], members: dict[int, Member]) -> dict[str, Spread | None]:
    """The spread of each category's share. Who buys none of it counts as zero, if six or more do buy it."""
    parts: dict[int, list[tuple[str, float | None]]] = defaultdict(list)
    for row in found:
        if row["run__organisation_id"] in members:
            parts[row["run__organisation_id"]].append((row["category"], row["footprint_kgco2e"]))
    shares = [_shares(each) for each in parts.values()]
    categories = {category for each in shares for category in each}
    return {
        category: spread([each.get(category, 0.0) for each in shares])
        if sum(category in each for each in shares) > FEWEST
        else None
        for category in sorted(categories)
    }
