"""Results of many organisations at once: one query over the small rows that every run keeps for this."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from keino.web.dashboards.anonymity import Member
from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal

#: The category of a year's total.
WHOLE = "*"
_COLUMNS = (
    "year",
    "category",
    "spend",
    "spend_without_factor",
    "footprint_kgco2e",
    "low_kgco2e",
    "high_kgco2e",
    "run__organisation_id",
    "run__organisation__population",
    "run__organisation__region_code",
    "run__organisation__kind",
    "run__organisation__is_public",
    "run__options__factors",
)


def newest(*, published: bool = False) -> QuerySet[RunTotal]:
    """Totals of each organisation's newest finished run, or of the newest that it shows to everyone."""
    runs = Run.objects.filter(organisation=OuterRef("run__organisation"), state=RunState.DONE)
    if published:
        runs = runs.exclude(published_at=None).order_by("-published_at", "-pk")
    else:
        runs = runs.order_by("-finished_at", "-pk")
    return RunTotal.objects.filter(run=Subquery(runs.values("pk")[:1]))


def taking_part(*, is_example: bool) -> Q:
    """Organisations whose numbers count in anonymous comparison."""
    return Q(run__organisation__is_compared=True, run__organisation__is_example=is_example)


def published(*, is_example: bool) -> Q:
    """Organisations that show their footprint to everyone."""
    return Q(run__organisation__is_public=True, run__organisation__is_example=is_example)


def rows(totals: QuerySet[RunTotal], factor_set: str = "fi") -> list[dict[str, Any]]:
    """The rows of totals with what is needed of their organisations; those made with another factor set are left out.

    A factor set belongs to a currency, so amounts in different currencies never meet.
    """
    shown = Run.objects.filter(organisation=OuterRef("run__organisation"), state=RunState.DONE).exclude(
        published_at=None
    )
    found = totals.annotate(has_published=Exists(shown)).values(*_COLUMNS, "has_published")
    return [row for row in found if set_of(row["run__options__factors"]) == factor_set]


def set_of(factors: str | None) -> str:
    """The factor set of a run's option ``fi@2026-1``."""
    return (factors or "fi").partition("@")[0]


def member(row: dict[str, Any]) -> Member:
    """One organisation's part of a sum."""
    return Member(
        organisation=row["run__organisation_id"],
        spend=float(row["spend"]),
        footprint_kgco2e=row["footprint_kgco2e"],
        low_kgco2e=row["low_kgco2e"],
        high_kgco2e=row["high_kgco2e"],
        spend_with_factor=float(row["spend"] - row["spend_without_factor"]),
        population=row["run__organisation__population"],
        is_public=row["run__organisation__is_public"] and row["has_published"],
    )


def grouped(found: Iterable[dict[str, Any]], key: str) -> dict[str, list[Member]]:
    """Members by the value of a column."""
    groups: dict[str, list[Member]] = defaultdict(list)
    for row in found:
        groups[str(row[key])].append(member(row))
    return dict(groups)
