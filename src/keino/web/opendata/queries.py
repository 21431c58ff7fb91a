"""What is public: organisations of the directory, and footprints that their organisations published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform

from keino.web.measurement.choices import RunState
from keino.web.measurement.models import Run, RunTotal
from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.models import Organisation


def listed_organisations() -> QuerySet[Organisation]:
    """The directory. Companies aren't in it: the name of a sole trader is personal data."""
    return Organisation.objects.exclude(kind=OrganisationKind.COMPANY)


def published_runs() -> QuerySet[Run]:
    """The run that each public organisation shows to everyone: the newest of those it published."""
    newest = (
        Run.objects.filter(organisation=OuterRef("organisation"), published_at__isnull=False, state=RunState.DONE)
        .order_by("-published_at", "-pk")
        .values("pk")[:1]
    )
    return Run.objects.filter(
        organisation__in=listed_organisations().filter(is_public=True),
        published_at__isnull=False,
        state=RunState.DONE,
        pk=Subquery(newest),
    )


def published_totals() -> QuerySet[RunTotal]:
    """Published footprints: one row per organisation, year and main category; "*" is the year's total."""
    return (
        RunTotal.objects.filter(run__in=published_runs())
        .select_related("run__organisation")
        .defer("run__result", "run__manifest", "run__options")
        .annotate(
            currency=KeyTextTransform("currency", "run__result"),
            factor_set=KeyTextTransform("factor_set", "run__result"),
            factor_edition=KeyTextTransform("factor_edition", "run__result"),
        )
        .order_by("run__organisation__slug", "year", "category", "pk")
    )


def footprint_rows() -> Iterator[dict[str, Any]]:
    """Published footprints as the dataset has them."""
    for total in published_totals().iterator(chunk_size=2000):
        yield footprint_row(total)


def footprint_row(total: RunTotal) -> dict[str, Any]:
    """One row of the published footprints."""
    run: Run = total.run
    organisation = run.organisation
    assert organisation is not None
    kept: Any = total  # with what published_totals annotated
    return {
        "organisation_id": str(organisation.public_id),
        "organisation": organisation.slug,
        "name_fi": getattr(organisation, "name_fi", "") or "",
        "name_sv": getattr(organisation, "name_sv", "") or "",
        "name_en": getattr(organisation, "name_en", "") or "",
        "business_id": organisation.business_id,
        "kind": organisation.kind,
        "region_code": organisation.region_code,
        "municipality_code": organisation.municipality_code,
        "is_example": organisation.is_example,
        "year": total.year,
        "category": total.category,
        "lines": total.lines,
        "spend": total.spend,
        "spend_without_factor": total.spend_without_factor,
        "currency": kept.currency,
        "footprint_kgco2e": total.footprint_kgco2e,
        "low_kgco2e": total.low_kgco2e,
        "high_kgco2e": total.high_kgco2e,
        "factor_set": kept.factor_set,
        "factor_edition": kept.factor_edition,
        "run_id": str(run.public_id),
        "published_at": run.published_at,
    }


def organisation_rows() -> Iterator[dict[str, Any]]:
    """The directory as the dataset has it."""
    rows = listed_organisations().select_related("parent", "merged_into", "successor").order_by("slug")
    for organisation in rows.iterator(chunk_size=2000):
        yield organisation_row(organisation)


def organisation_row(organisation: Organisation) -> dict[str, Any]:
    """One row of the directory; nothing about people."""
    return {
        "organisation_id": str(organisation.public_id),
        "organisation": organisation.slug,
        "kind": organisation.kind,
        **{
            f"{name}_{language}": getattr(organisation, f"{name}_{language}", "") or ""
            for name in ("name", "short_name")
            for language in ("fi", "sv", "en")
        },
        "business_id": organisation.business_id,
        "municipality_code": organisation.municipality_code,
        "region_code": organisation.region_code,
        "population": organisation.population,
        "part_of": _id(organisation.parent),
        "merged_into": _id(organisation.merged_into),
        "successor": _id(organisation.successor),
        "valid_from": organisation.valid_from,
        "valid_to": organisation.valid_to,
        "homepage": organisation.homepage,
        "is_public": organisation.is_public,
        "is_example": organisation.is_example,
    }


def _id(organisation: Organisation | None) -> str:
    return str(organisation.public_id) if organisation is not None else ""


@dataclass(frozen=True)
class Stand:
    """Where a table of the database stands: something that changes with it, its last change, its years."""

    token: str
    changed_at: dt.datetime | None
    years: tuple[int, int] | None = None


def stand_of_footprints() -> Stand:
    """Where the published footprints stand."""
    runs = published_runs().aggregate(
        number=Count("pk"), keys=Sum("pk"), versions=Sum(F("organisation__version")), last=Max("published_at")
    )
    years = RunTotal.objects.filter(run__in=published_runs()).order_by("year").values_list("year", flat=True)
    first, last = years.first(), years.last()
    token = "-".join(str(runs[name]) for name in ("number", "keys", "versions", "last"))
    return Stand(token, runs["last"], (first, last) if first is not None and last is not None else None)


def stand_of_organisations() -> Stand:
    """Where the directory stands."""
    found = listed_organisations().aggregate(number=Count("pk"), versions=Sum("version"), last=Max("pk"))
    return Stand("-".join(str(found[name]) for name in ("number", "versions", "last")), None)
