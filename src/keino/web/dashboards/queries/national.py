"""Numbers over many organisations: what public purchases emit, with definition, interval, spread, trend and count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from keino.web.dashboards.anonymity import Member, may_be_shown, pooled
from keino.web.dashboards.queries.totals import WHOLE, grouped, newest, published, rows, taking_part
from keino.web.measurement.models import RunTotal
from keino.web.organisations.peer_groups import Spread, spread

KEPT = 600
#: Stands for the cells that are too small to be shown alone.
OTHERS = "others"


@dataclass(frozen=True)
class Sum:
    """A sum over organisations. The interval adds up the ends: all use the same factors, whose errors are shared."""

    organisations: int
    spend: float
    footprint_kgco2e: float
    low_kgco2e: float
    high_kgco2e: float
    spend_with_factor: float

    @property
    def intensity(self) -> float | None:
        """KgCO2e per unit of money that has a factor."""
        return self.footprint_kgco2e / self.spend_with_factor if self.spend_with_factor > 0 else None


@dataclass(frozen=True)
class Cell:
    """A part of the whole: its code (``others`` for what is too small alone) and its sum."""

    code: str
    sum: Sum


@dataclass(frozen=True)
class Year:
    """One year: its sum, the spread among organisations, and the change since the year before in the same ones."""

    year: int
    sum: Sum | None
    intensity: Spread | None
    same: int = 0
    change: float | None = None
    change_of_intensity: float | None = None


@dataclass(frozen=True)
class National:
    """Everything that the page shows to one audience."""

    is_published: bool
    is_example: bool
    years: tuple[Year, ...]
    newest: int | None
    regions: tuple[Cell, ...]
    kinds: tuple[Cell, ...]
    categories: tuple[Cell, ...]


def national(*, only_published: bool) -> National:
    """The numbers for everyone (what organisations publish) or for officers (all that take part)."""
    key = f"national:{only_published}"
    found = cache.get(key)
    if found is None:
        found = counted(only_published=only_published)
        cache.set(key, found, KEPT)
    numbers: National = found
    return numbers


def counted(*, only_published: bool) -> National:
    """The same, counted now. Example organisations are counted only where there are no others (a demo)."""
    is_example = not RunTotal.objects.filter(run__organisation__is_example=False).exists()
    who = (published if only_published else taking_part)(is_example=is_example)
    totals = newest(published=only_published).filter(who)
    wholes = rows(totals.filter(category=WHOLE))
    by_year = grouped(wholes, "year")
    years = tuple(_year(int(year), by_year) for year in sorted(by_year))
    shown = [year.year for year in years if year.sum is not None]
    if not shown:
        return National(only_published, is_example, years, None, (), (), ())
    last = shown[-1]
    of_last = [row for row in wholes if row["year"] == last]
    parts = rows(totals.filter(year=last).exclude(category=WHOLE))
    return National(
        is_published=only_published,
        is_example=is_example,
        years=years,
        newest=last,
        regions=_cells(of_last, "run__organisation__region_code"),
        kinds=_cells(of_last, "run__organisation__kind"),
        categories=_cells([row for row in parts if row["category"]], "category"),
    )


def sum_of(members: Sequence[Member]) -> Sum:
    """Add organisations up. Without bounds a footprint counts as its own bounds."""
    kilograms = [each.footprint_kgco2e or 0.0 for each in members]
    lows = [kg if m.low_kgco2e is None else m.low_kgco2e for kg, m in zip(kilograms, members, strict=True)]
    highs = [kg if m.high_kgco2e is None else m.high_kgco2e for kg, m in zip(kilograms, members, strict=True)]
    return Sum(
        organisations=len({each.organisation for each in members}),
        spend=sum(each.spend for each in members),
        footprint_kgco2e=sum(kilograms),
        low_kgco2e=sum(lows),
        high_kgco2e=sum(highs),
        spend_with_factor=sum(each.spend_with_factor for each in members),
    )


def _year(year: int, by_year: dict[str, list[Member]]) -> Year:
    members = by_year[str(year)]
    if not may_be_shown(members):
        return Year(year, None, None)
    now = Year(year, sum_of(members), spread([each.intensity for each in members]))
    before = {each.organisation: each for each in by_year.get(str(year - 1), [])}
    same = [each for each in members if each.organisation in before]
    then = [before[each.organisation] for each in same]
    if not (may_be_shown(same) and may_be_shown(then)):
        return now
    first, second = sum_of(then), sum_of(same)
    return Year(
        year,
        now.sum,
        now.intensity,
        len(same),
        _change(first.footprint_kgco2e, second.footprint_kgco2e),
        _change(first.intensity, second.intensity),
    )


def _change(before: float | None, after: float | None) -> float | None:
    return after / before - 1 if before and after is not None else None


def _cells(found: list[dict[str, Any]], column: str) -> tuple[Cell, ...]:
    """The parts by a column, largest footprint first; what is too small alone is one cell, last."""
    shown, rest = pooled(grouped(found, column))
    cells = sorted(
        (Cell(code, sum_of(members)) for code, members in shown.items()), key=lambda c: -c.sum.footprint_kgco2e
    )
    return (*cells, *([Cell(OTHERS, sum_of(rest))] if rest else []))
