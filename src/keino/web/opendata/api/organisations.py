"""Public: the directory, code lists, published footprints."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import override
from ninja import Field, Query, Router, Schema

from keino.facts.read import read
from keino.web.opendata.api.paging import Page, rows_after
from keino.web.opendata.api.problems import Problem
from keino.web.opendata.api.schemas import Codes, FootprintPage, OrganisationOut, OrganisationPage
from keino.web.opendata.files import plain
from keino.web.opendata.queries import footprint_row, listed_organisations, organisation_row, published_totals
from keino.web.organisations.choices import OrganisationKind
from keino.web.organisations.queries.organisations import written_in_any_case

router = Router(tags=["public"])

_PROBLEMS = {422: Problem, 429: Problem}
#: Code lists that are fact tables: table → column of the code above.
_FACT_CODES = {"categories": "parent", "regions": "", "wellbeing_counties": "", "exclusion_reasons": ""}
KINDS = "organisation_kinds"
CODE_LISTS = (KINDS, *_FACT_CODES)


class OrganisationFilter(Schema):
    """Which organisations are asked for."""

    kind: str = Field("", max_length=30, description="Code of organisation_kinds")
    region: str = Field("", max_length=4, description="Code of regions")
    business_id: str = Field("", max_length=20)
    q: str = Field("", max_length=100, description="Part of a name")


class FootprintFilter(Schema):
    """Which published footprints are asked for."""

    organisation: str = Field("", max_length=80, description="Its address on the site")
    kind: str = Field("", max_length=30)
    region: str = Field("", max_length=4)
    year: int | None = Field(None, ge=1900, le=2999)
    category: str | None = Field(None, max_length=60, description="Main category; * for whole years")


@router.get("/organisations", response={200: OrganisationPage, **_PROBLEMS}, summary="List organisations")
def list_organisations(request: HttpRequest, page: Query[Page], wanted: Query[OrganisationFilter]) -> Any:
    """Organisations of the directory. Companies and people aren't in it."""
    rows = listed_organisations().select_related("parent", "merged_into", "successor")
    for column, value in (("kind", wanted.kind), ("region_code", wanted.region), ("business_id", wanted.business_id)):
        if value:
            rows = rows.filter(**{column: _storable(value)})
    if wanted.q:
        matches = [written_in_any_case(f"name_{language}", _storable(wanted.q)) for language in ("fi", "sv", "en")]
        rows = rows.filter(matches[0] | matches[1] | matches[2])
    found, following = rows_after(rows, page)
    return {"items": [organisation_row(row) for row in found], "next": following}


def _storable(text: str) -> str:
    """A text as a database can compare it: PostgreSQL takes no NUL, and no name has one."""
    return text.replace("\0", "\ufffd")


@router.get(
    "/organisations/{slug}", response={200: OrganisationOut, 404: Problem, **_PROBLEMS}, summary="One organisation"
)
def get_organisation(request: HttpRequest, slug: str) -> Any:
    """An organisation by its address on the site."""
    rows = listed_organisations().select_related("parent", "merged_into", "successor")
    found = rows.filter(slug=_storable(slug)).first()
    if found is None:
        raise Http404
    return organisation_row(found)


@router.get("/footprints", response={200: FootprintPage, **_PROBLEMS}, summary="Published footprints")
def list_footprints(request: HttpRequest, page: Query[Page], wanted: Query[FootprintFilter]) -> Any:
    """Footprints that organisations published: one row per organisation, year and main category."""
    chosen = {
        "run__organisation__slug": wanted.organisation,
        "run__organisation__kind": wanted.kind,
        "run__organisation__region_code": wanted.region,
    }
    rows = published_totals().filter(**{column: _storable(value) for column, value in chosen.items() if value})
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    if wanted.category is not None:
        rows = rows.filter(category=_storable(wanted.category))
    found, following = rows_after(rows, page)
    items = [{name: plain(value) for name, value in footprint_row(row).items()} for row in found]
    return {"items": items, "next": following}


@router.get("/codes/{name}", response={200: Codes, 404: Problem, **_PROBLEMS}, summary="A code list")
def get_codes(request: HttpRequest, name: str) -> Any:
    """A code list: organisation_kinds, categories, regions, wellbeing_counties, exclusion_reasons."""
    if name == KINDS:
        return {"name": name, "codes": _kinds()}
    if name not in _FACT_CODES:
        raise Http404
    above = _FACT_CODES[name]
    return {
        "name": name,
        "codes": [
            {
                "code": row["code"],
                "label": {language: row[f"label_{language}"] for language in ("fi", "sv", "en")},
                "part_of": row[above] if above else "",
            }
            for row in read(name).rows
        ],
    }


def _kinds() -> list[dict[str, Any]]:
    labels: dict[str, dict[str, str]] = {code: {} for code in OrganisationKind.values}
    for language in ("fi", "sv", "en"):
        with override(language):
            for kind in OrganisationKind:
                labels[kind.value][language] = str(kind.label)
    return [{"code": code, "label": label, "part_of": ""} for code, label in labels.items()]
