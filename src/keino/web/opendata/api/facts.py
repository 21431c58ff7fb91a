"""Public: fact tables and the publications behind them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from keino.facts.read import description, editions, read, sources, table_names
from keino.web.opendata.api.paging import Page, numbered
from keino.web.opendata.api.problems import Problem
from keino.web.opendata.api.schemas import FactRows, FactTableOut, FactTables, SourceOut, Sources

router = Router(tags=["public"])

_PROBLEMS = {422: Problem, 429: Problem}


class FactFilter(Schema):
    """Which rows of a fact table are asked for."""

    edition: str = Field("", max_length=20, description="Empty = the newest")
    source: str = Field("", max_length=60, description="Key of a publication")


@router.get("/facts", response={200: FactTables, **_PROBLEMS}, summary="List fact tables")
def list_fact_tables(request: HttpRequest) -> Any:
    """Every fact table: what it holds, its editions, columns, units and licence."""
    return {"items": [_table(name) for name in table_names()]}


@router.get("/facts/{table}", response={200: FactTableOut, 404: Problem, **_PROBLEMS}, summary="One fact table")
def get_fact_table(request: HttpRequest, table: str) -> Any:
    """What a fact table holds."""
    return _table(_known(table))


@router.get("/facts/{table}/rows", response={200: FactRows, 404: Problem, **_PROBLEMS}, summary="Rows of a fact table")
def list_fact_rows(request: HttpRequest, table: str, page: Query[Page], wanted: Query[FactFilter]) -> Any:
    """Rows with their units, sources, places in the source and review dates."""
    if wanted.edition and wanted.edition not in editions(_known(table)):
        raise Http404
    found = read(_known(table), wanted.edition or editions(table)[-1])
    rows = [row for row in found.rows if not wanted.source or row["source"] == wanted.source]
    items, following = numbered(rows, page)
    return {
        "table": table,
        "edition": found.edition,
        "licence": found.about["licence"],
        "items": items,
        "next": following,
    }


@router.get("/sources", response={200: Sources, **_PROBLEMS}, summary="List publications")
def list_sources(request: HttpRequest) -> Any:
    """Every publication behind a fact."""
    return {"items": list(sources().values())}


@router.get("/sources/{key}", response={200: SourceOut, 404: Problem, **_PROBLEMS}, summary="One publication")
def get_source(request: HttpRequest, key: str) -> Any:
    """A publication by its key."""
    if key not in sources():
        raise Http404
    return sources()[key]


def _known(table: str) -> str:
    if table not in table_names():
        raise Http404
    return table


def _table(name: str) -> dict[str, Any]:
    about = description(name)
    return {
        "table": name,
        "title": {language: about[f"title_{language}"] for language in ("fi", "sv", "en")},
        "about": about["about"],
        "editions": list(editions(name)),
        "licence": about["licence"],
        "keys": about["keys"],
        "columns": [
            {"name": column, "type": said["type"], "unit": said["unit"], "meaning": said["meaning"]}
            for column, said in about["columns"].items()
        ],
    }
